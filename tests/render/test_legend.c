#include "render/legend/legend.h"

#include "geo/crs.h"
#include "render/canvas/canvas.h"
#include "tests/support/scenery.h"

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: wegen, title: {nl: Wegen, en: Roads}, kind: vector, driver: GeoJSON, path: wegen.geojson, "
    "style: {rules: [\n"
    "      {where: {klasse: snelweg}, stroke: {width: 4, colour: '#806030'}},\n"
    "      {where: {klasse: pad}, stroke: {width: 1, colour: '#806030'}},\n"
    "      {scale: [0, 1000], stroke: {width: 1, colour: '#000000'}}]}}\n"
    "  - {id: ver, title: Te grof, kind: vector, driver: GeoJSON, path: wegen.geojson, scale: [5000000, "
    "9000000],\n"
    "     style: {rules: [{stroke: {width: 1, colour: '#806030'}}]}}\n";

static const char roads_json[] =
    "{\"type\":\"FeatureCollection\",\"features\":[\n"
    "{\"type\":\"Feature\",\"properties\":{\"klasse\":\"snelweg\"},\"geometry\":{\"type\":\"LineString\","
    "\"coordinates\":[[4.55,51.65],[4.70,51.74]]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"klasse\":\"pad\"},\"geometry\":{\"type\":\"LineString\","
    "\"coordinates\":[[5.55,51.65],[5.70,51.74]]}}]}";

/* Layers whose rules have titles, some or none, and rasters with and without a unit. No file is opened. */
static const char titles_yaml[] =
    "layers:\n"
    "  - {id: diepte, title: {nl: Diepte, en: Depth}, kind: raster, driver: GTiff, path: diepte.tif, style:\n"
    "      {raster: {unit: m, ramp: [[0.05, '#DDEEFF'], [3, '#001144']]}}}\n"
    "  - {id: hoogte, title: Hoogte, kind: raster, driver: GTiff, path: hoogte.tif, style:\n"
    "      {raster: {ramp: [[-2.5, '#DDEEFF'], [120, '#001144']]}}}\n"
    "  - {id: foto, title: Luchtfoto, kind: raster, driver: GTiff, path: foto.tif, style:\n"
    "      {raster: {unit: m}}}\n"
    "  - {id: kust, title: Kust, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {title: Dichtbij, scale: [0, 1000], stroke: {width: 1, colour: '#000000'}},\n"
    "      {title: Oever, where: {niveau: 1}, stroke: {width: 1, colour: '#000000'}},\n"
    "      {title: Naam, label: {field: naam}}]}}\n"
    "  - {id: plaats, title: {nl: Plaatsen, en: Places}, kind: vector, driver: GeoJSON,\n"
    "     path: wegen.geojson, style: {rules: [\n"
    "      {where: {klasse: zee}, radius: 0.1, label: {field: naam}},\n"
    "      {title: {nl: Dorp, en: Village}, where: {klasse: village}, radius: 2, fill: '#333333'},\n"
    "      {where: {klasse: gehucht, deel: 2}, fill: '#333333'},\n"
    "      {title: '', fill: '#333333'}]}}\n";

static const struct pixel_box whole = {0, 0, 0, 0};

static struct scenery scenery;

static void setup(void)
{
    free(scenery_write("wegen.geojson", roads_json));
    scenery_init(&scenery, catalogue_yaml);
}

static void setup_titles(void)
{
    scenery_init(&scenery, titles_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static struct pixel_box box_around(struct pixel_grid grid, double lon, double lat, int32_t side)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {lon, lat};
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid.crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(&grid, place);
    return (struct pixel_box){(int64_t)place.x - side / 2, (int64_t)place.y - side / 2, side, side};
}

static struct plot *small_plot(void)
{
    uint64_t random = 1;
    struct plot *plot = scenery_empty_plot();
    plot = scenery_put(plot, scenery_point("1", "nl@1/bw.ugs;n=UGS 1", 4.62, 51.69), 1);
    plot = scenery_put(plot, scenery_point("2", "nl@1/bw.ugs;n=UGS 2", 4.63, 51.69), 2);
    plot = scenery_put(plot, scenery_point("3", "nl@1/bw.ugs;st=planned", 4.61, 51.69), 3);
    plot = scenery_put(plot, scenery_point("4", "nl@1/inc.brand", 4.62, 51.70), 4);
    plot = scenery_put(plot, scenery_point("5", "nl@1/gh.ziekenhuis", 5.62, 51.70), 5); /* far away */
    plot = scenery_put(plot,
                       scenery_feature("6", "nl@1/a.effect",
                                       scenery_random_area(&random, (struct point){4.62, 51.69}, 9, 0.01)),
                       6);
    return plot;
}

static struct legend *legend_of(const struct map_view *view, struct pixel_box box)
{
    struct fault fault = {0};
    struct legend *legend = legend_new(scenery.renderer, view, box, &fault);
    ck_assert_msg(legend != NULL, "%s", fault.message);
    return legend;
}

static void expect(const struct legend *legend, const char *const *titles, size_t count)
{
    for (size_t i = 0; i < legend_count(legend) || i < count; i++) {
        ck_assert_uint_lt(i, legend_count(legend));
        ck_assert_uint_lt(i, count);
        ck_assert_str_eq(legend_at(legend, i)->title, titles[i]);
    }
}

START_TEST(a_legend_names_exactly_what_its_window_shows_in_the_order_of_the_set)
{
    static const char *const titles[] = {"Brand gebouw", "Uitgangsstelling (UGS)",
                                         "Uitgangsstelling (UGS) (gepland)", "Effectgebied, huidig",
                                         "Wegen: snelweg"};
    struct plot *plot = small_plot();
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct legend *legend = legend_of(&view, box_around(grid, 4.62, 51.69, 600));
    expect(legend, titles, 5);
    ck_assert_str_eq(legend_at(legend, 0)->group, "Incident");
    ck_assert_str_eq(legend_at(legend, 1)->group, legend_at(legend, 2)->group);
    ck_assert_ptr_nonnull(legend_at(legend, 4)->layer);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(without_a_window_the_whole_plot_is_named)
{
    struct plot *plot = small_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    view.language = LANGUAGE_EN;
    struct legend *legend = legend_of(&view, whole);
    bool has_hospital = false;
    bool has_planned = false;
    for (size_t i = 0; i < legend_count(legend); i++) {
        has_hospital = has_hospital || strcmp(legend_at(legend, i)->title, "Hospital") == 0;
        has_planned = has_planned || strstr(legend_at(legend, i)->title, "(planned)");
    }
    ck_assert(has_hospital);
    ck_assert(has_planned);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

/* Around a heap: explained where it is seen, as the first line, and nowhere else. */
START_TEST(a_badge_that_counts_symbols_is_explained_where_one_is_seen)
{
    static const char *const titles[LANGUAGE_COUNT] = {
        [LANGUAGE_NL] = "Getal: zoveel symbolen staan hier samen",
        [LANGUAGE_EN] = "Number: so many symbols stand here together",
        [LANGUAGE_FR] = "Nombre\u00a0: autant de symboles sont réunis ici",
        [LANGUAGE_DE] = "Zahl: so viele Zeichen stehen hier zusammen"};
    scenery.map.crowded = MAP_CROWDED_COUNT;
    struct plot *plot = small_plot();
    for (int i = 0; i < 5; i++) {
        char id[8];
        snprintf(id, sizeof id, "h%d", i);
        plot = scenery_put(plot, scenery_point(id, "nl@1/bw.ovd", 4.65, 51.71), 7 + (uint64_t)i);
    }
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct map_view view = scenery_view(&scenery, plot, grid);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        view.language = (enum language)language;
        struct legend *legend = legend_of(&view, box_around(grid, 4.65, 51.71, 100));
        ck_assert_uint_gt(legend_count(legend), 1);
        ck_assert(legend_at(legend, 0)->is_badge && !legend_at(legend, 1)->is_badge);
        ck_assert_str_eq(legend_at(legend, 0)->title, titles[language]);
        legend_free(legend);
    }
    struct legend *legend = legend_of(&view, box_around(grid, 4.615, 51.695, 100));
    ck_assert(legend_count(legend) > 0 && !legend_at(legend, 0)->is_badge);
    legend_free(legend);
    legend = legend_of(&view, whole);
    ck_assert(legend_at(legend, 0)->is_badge);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(what_is_not_valid_at_the_moment_is_not_named)
{
    struct feature *past = scenery_point("1", "nl@1/bw.ugs", 4.62, 51.69);
    past->valid_to_ms = 1700000000000;
    struct plot *plot = scenery_put(scenery_empty_plot(), past, 1);
    scenery.map.items = &scenery.items[2];
    scenery.map.item_count = 1;
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    ck_assert_uint_eq(legend_count(legend), 0);
    size_t left = 9;
    struct legend_layout layout = {.width_px = 200, .text_size_px = 12, .column_count = 2};
    ck_assert_double_eq(legend_height_px(scenery.renderer, legend, layout, &left), 0);
    ck_assert_uint_eq(left, 0);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(more_columns_make_it_lower_and_a_limit_leaves_items_out)
{
    struct plot *plot = scenery_plot(&scenery, 1, (struct bbox){4.5, 51.6, 4.8, 51.8}, 300);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    ck_assert_uint_gt(legend_count(legend), 60);
    size_t left = 0;
    struct legend_layout layout = {.width_px = 300, .text_size_px = 12, .column_count = 1};
    double high = legend_height_px(scenery.renderer, legend, layout, &left);
    ck_assert_uint_eq(left, 0);
    layout.width_px = 900;
    layout.column_count = 3;
    layout.height_px = high / 3 + 80;
    double low = legend_height_px(scenery.renderer, legend, layout, &left);
    ck_assert_uint_eq(left, 0);
    ck_assert_double_le(low, layout.height_px);
    layout.height_px = high / 6;
    low = legend_height_px(scenery.renderer, legend, layout, &left);
    ck_assert_uint_gt(left, 0);
    ck_assert_uint_lt(left, legend_count(legend));
    ck_assert_double_le(low, layout.height_px);
    layout.height_px = 0.1;
    legend_height_px(scenery.renderer, legend, layout, &left);
    ck_assert_uint_eq(left, legend_count(legend));
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

/* The legend of the whole zoom, in a language, has exactly these titles. */
static void expect_in(enum language language, const char *const *titles, size_t count)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    view.language = language;
    struct legend *legend = legend_of(&view, whole);
    expect(legend, titles, count);
    legend_free(legend);
    plot_unref(plot);
}

START_TEST(a_rule_shows_its_title_and_what_only_labels_or_stands_alone_needs_none)
{
    static const char *const dutch[] = {
        "Plaatsen: Dorp",           "Plaatsen: gehucht, 2",         "Plaatsen", "Kust", "Luchtfoto",
        "Hoogte (-2,5 \u2013 120)", "Diepte (0,05 \u2013 3\u00a0m)"};
    expect_in(LANGUAGE_NL, dutch, sizeof dutch / sizeof dutch[0]);
}
END_TEST

START_TEST(a_rule_with_a_radius_and_a_fill_is_shown_as_its_dot)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    ck_assert_int_eq(legend_at(legend, 0)->rule_kind, SHAPE_POINT);
    ck_assert_int_eq(legend_at(legend, 1)->rule_kind, SHAPE_POLYGON); /* a fill alone */
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(titles_and_decimals_follow_the_language)
{
    static const char *const english[] = {
        "Places: Village",          "Places: gehucht, 2",          "Places", "Kust", "Luchtfoto",
        "Hoogte (-2.5 \u2013 120)", "Depth (0.05 \u2013 3\u00a0m)"};
    expect_in(LANGUAGE_EN, english, sizeof english / sizeof english[0]);
}
END_TEST

static struct image *paint(const struct map_view *view, const struct legend *legend,
                           struct legend_layout layout, int32_t width, int32_t height)
{
    struct fault fault = {0};
    struct canvas *canvas = canvas_new_picture((struct pixel_box){0, 0, width, height}, 1,
                                               renderer_text_engine(scenery.renderer), &fault);
    canvas_fill_all(canvas, (struct colour){255, 255, 255, 255});
    ck_assert(legend_paint(scenery.renderer, view, legend, layout, canvas, (struct point){20, 20}, &fault));
    struct image *image = canvas_take_picture(canvas, &fault);
    canvas_free(canvas);
    return image;
}

static size_t count_ink(const struct image *image, int first_x, int first_y, int last_x, int last_y)
{
    size_t count = 0;
    for (int y = first_y; y < last_y; y++) {
        for (int x = first_x; x < last_x; x++) {
            count += image->pixels[y * image->stride_px + x] != 0xFFFFFFFFu;
        }
    }
    return count;
}

START_TEST(it_paints_within_its_columns_and_its_height)
{
    struct plot *plot = scenery_plot(&scenery, 1, (struct bbox){4.5, 51.6, 4.8, 51.8}, 100);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    struct legend_layout layout = {.width_px = 400, .height_px = 500, .text_size_px = 12, .column_count = 2};
    size_t left = 0;
    int height = (int)ceil(legend_height_px(scenery.renderer, legend, layout, &left));
    struct image *image = paint(&view, legend, layout, 440, 600);
    double gap = 0.8 * 12;
    int column = (int)((400 - gap) / 2);
    ck_assert_uint_gt(count_ink(image, 20, 20, 20 + column, 20 + height), 1000);
    ck_assert_uint_eq(count_ink(image, 0, 0, 440, 18), 0);                                       /* above */
    ck_assert_uint_eq(count_ink(image, 0, 20 + height + 2, 440, 600), 0);                        /* below */
    ck_assert_uint_eq(count_ink(image, 0, 0, 19, 600), 0);                                       /* left */
    ck_assert_uint_eq(count_ink(image, 20 + column + 2, 0, 20 + column + (int)gap - 1, 600), 0); /* between */
    ck_assert_uint_eq(count_ink(image, 421, 0, 440, 600), 0);                                    /* right */
    image_free(image);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(a_long_title_is_broken_and_pushes_the_next_line_down)
{
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_point("1", "nl@1/inc.infra", 4.62, 51.69), 1);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    scenery.map.items = &scenery.items[2];
    scenery.map.item_count = 1;
    struct legend *legend = legend_of(&view, whole);
    size_t left = 0;
    struct legend_layout wide = {.width_px = 600, .text_size_px = 14, .column_count = 1};
    struct legend_layout narrow = {.width_px = 100, .text_size_px = 14, .column_count = 1};
    ck_assert_double_gt(legend_height_px(scenery.renderer, legend, narrow, &left),
                        legend_height_px(scenery.renderer, legend, wide, &left) + 14);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(an_unknown_symbol_has_a_line_of_its_own)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("1", "nl@1/xx.wat", 4.62, 51.69), 1);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    ck_assert_str_eq(legend_at(legend, 0)->title, "Onbekend symbool: xx.wat");
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

/* The legend of a plot with about everything. */
static struct legend *long_legend(struct plot **plot, struct map_view *view)
{
    *plot = scenery_plot(&scenery, 1, (struct bbox){4.5, 51.6, 4.8, 51.8}, 300);
    *view = scenery_view(&scenery, *plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    return legend_of(view, whole);
}

START_TEST(column_by_column_every_item_is_set_once)
{
    struct plot *plot;
    struct map_view view;
    struct legend *legend = long_legend(&plot, &view);
    struct legend_layout layout = {
        .width_px = 220, .height_px = 400, .text_size_px = 12, .column_count = 1, .symbol_scale = 0.8};
    size_t columns = 0;
    size_t left = legend_count(legend);
    while (left > 0) {
        layout.first_item = legend_count(legend) - left;
        size_t still_left = left;
        double height = legend_height_px(scenery.renderer, legend, layout, &still_left);
        ck_assert_uint_lt(still_left, left);
        ck_assert_double_le(height, 400);
        ck_assert_double_gt(height, still_left > 0 ? 250 : 0);
        left = still_left;
        columns++;
    }
    struct legend_layout together = layout;
    together.first_item = 0;
    together.column_count = 2;
    together.width_px = 2 * 220 + 0.8 * 12; /* with the gap between them */
    struct legend_layout second = layout;
    size_t left_of_two = 0;
    legend_height_px(scenery.renderer, legend, together, &left_of_two);
    second.first_item = 0;
    legend_height_px(scenery.renderer, legend, second, &left);
    second.first_item = legend_count(legend) - left;
    legend_height_px(scenery.renderer, legend, second, &left);
    ck_assert_uint_eq(left, left_of_two);
    ck_assert_uint_gt(columns, 3);
    layout.first_item = legend_count(legend);
    ck_assert_double_eq(legend_height_px(scenery.renderer, legend, layout, &left), 0);
    ck_assert_uint_eq(left, 0);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(a_group_that_goes_on_is_named_again)
{
    struct plot *plot;
    struct map_view view;
    struct legend *legend = long_legend(&plot, &view);
    struct legend_layout layout = {.width_px = 300, .text_size_px = 12, .column_count = 1};
    size_t first = 1;
    while (strcmp(legend_at(legend, first)->group, legend_at(legend, first - 1)->group) != 0) {
        first++;
    }
    layout.first_item = first;
    struct image *image = paint(&view, legend, layout, 340, 300);
    /* Beside a drawing the name of an item would begin lower. */
    ck_assert_uint_gt(count_ink(image, 70, 20, 320, 31), 50);
    image_free(image);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(small_symbols_make_it_lower)
{
    struct plot *plot;
    struct map_view view;
    struct legend *legend = long_legend(&plot, &view);
    struct legend_layout layout = {.width_px = 300, .text_size_px = 12, .column_count = 1};
    size_t left = 0;
    double plain = legend_height_px(scenery.renderer, legend, layout, &left);
    layout.symbol_scale = 1.0;
    ck_assert_double_eq(legend_height_px(scenery.renderer, legend, layout, &left), plain);
    layout.symbol_scale = 0.6;
    ck_assert_double_lt(legend_height_px(scenery.renderer, legend, layout, &left), 0.8 * plain);
    ck_assert_uint_eq(left, 0);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(columns_are_as_wide_as_the_longest_word)
{
    struct plot *plot;
    struct map_view view;
    struct legend *legend = long_legend(&plot, &view);
    struct legend_layout layout = {.text_size_px = 12};
    int before = 1;
    for (layout.width_px = 60; layout.width_px < 1400; layout.width_px += 20) {
        int count = legend_column_count(scenery.renderer, legend, layout, 4);
        ck_assert_int_ge(count, before);
        ck_assert_int_le(count, 4);
        ck_assert(count == 1 || layout.width_px / count > 100);
        before = count;
    }
    ck_assert_int_eq(before, 4);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

START_TEST(two_languages_say_all_twice_and_take_more_room)
{
    struct plot *plot = small_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *single = legend_of(&view, whole);
    view.has_second_language = true;
    view.second_language = LANGUAGE_DE;
    struct legend *both = legend_of(&view, whole);
    ck_assert_uint_eq(legend_count(both), legend_count(single));
    for (size_t i = 0; i < legend_count(both); i++) {
        const struct legend_item *item = legend_at(both, i);
        ck_assert_str_eq(item->title, legend_at(single, i)->title);
        ck_assert(!item->second_title || strcmp(item->second_title, item->title) != 0);
        if (item->entry && strcmp(item->entry->id, "bw.ugs") == 0) {
            ck_assert_ptr_nonnull(strstr(item->second_title, "Bereitstellungsraum"));
            ck_assert_str_eq(item->second_group, "Feuerwehr");
        }
    }
    struct legend_layout layout = {.width_px = 280, .text_size_px = 12, .column_count = 1};
    size_t left;
    double height = legend_height_px(scenery.renderer, single, layout, &left);
    ck_assert_double_gt(legend_height_px(scenery.renderer, both, layout, &left), height);
    ck_assert_uint_eq(left, 0);
    legend_free(single);
    legend_free(both);
    plot_unref(plot);
}
END_TEST

START_TEST(what_two_sets_have_alike_is_shown_once_and_under_one_heading)
{
    struct problems problems;
    problems_init(&problems);
    ck_assert(symbol_library_add(scenery.symbols, "examples/symbol-sets/haven", &problems));
    problems_finish(&problems);
    struct plot *plot = scenery_empty_plot();
    plot = scenery_put(plot, scenery_point("1", "nl@1/bw.voertuig", 4.60, 51.70), 1);
    plot = scenery_put(plot, scenery_point("2", "haven@1/bw.voertuig", 4.62, 51.70), 2);
    plot = scenery_put(plot, scenery_point("3", "haven@1/bw.voertuig;st=planned", 4.64, 51.70), 3);
    plot = scenery_put(plot, scenery_point("4", "haven@1/haven.sleepboot", 4.66, 51.70), 4);
    plot = scenery_put(plot, scenery_point("5", "nl@1/bw.ladder", 4.68, 51.70), 5);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct legend *legend = legend_of(&view, whole);
    size_t vehicles = 0;
    size_t groups = 0;
    const char *group = "";
    for (size_t i = 0; i < legend_count(legend) && legend_at(legend, i)->entry; i++) {
        const struct legend_item *item = legend_at(legend, i);
        vehicles += strcmp(item->title, "Brandweervoertuig") == 0;
        groups += strcmp(item->group, group) != 0;
        group = item->group;
    }
    ck_assert_uint_eq(vehicles, 1);
    ck_assert_uint_eq(groups, 2);
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("legend");
    TCase *tests = tcase_create("legend");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_legend_names_exactly_what_its_window_shows_in_the_order_of_the_set);
    tcase_add_test(tests, without_a_window_the_whole_plot_is_named);
    tcase_add_test(tests, a_badge_that_counts_symbols_is_explained_where_one_is_seen);
    tcase_add_test(tests, what_is_not_valid_at_the_moment_is_not_named);
    tcase_add_test(tests, more_columns_make_it_lower_and_a_limit_leaves_items_out);
    tcase_add_test(tests, it_paints_within_its_columns_and_its_height);
    tcase_add_test(tests, a_long_title_is_broken_and_pushes_the_next_line_down);
    tcase_add_test(tests, an_unknown_symbol_has_a_line_of_its_own);
    tcase_add_test(tests, column_by_column_every_item_is_set_once);
    tcase_add_test(tests, a_group_that_goes_on_is_named_again);
    tcase_add_test(tests, small_symbols_make_it_lower);
    tcase_add_test(tests, columns_are_as_wide_as_the_longest_word);
    tcase_add_test(tests, two_languages_say_all_twice_and_take_more_room);
    tcase_add_test(tests, what_two_sets_have_alike_is_shown_once_and_under_one_heading);
    suite_add_tcase(suite, tests);
    TCase *titles = tcase_create("titles");
    tcase_add_checked_fixture(titles, setup_titles, teardown);
    tcase_add_test(titles, a_rule_shows_its_title_and_what_only_labels_or_stands_alone_needs_none);
    tcase_add_test(titles, a_rule_with_a_radius_and_a_fill_is_shown_as_its_dot);
    tcase_add_test(titles, titles_and_decimals_follow_the_language);
    suite_add_tcase(suite, titles);
    return suite;
}
