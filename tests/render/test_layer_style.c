#include "geo/crs.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_point.h"
#include "render/layer/layer_window.h"
#include "render/legend/legend.h"
#include "symbology/style.h"
#include "tests/support/scenery.h"

static const char points[] =
    "{\"type\":\"FeatureCollection\",\"features\":[\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"school\",\"naam\":\"De Schakel\",\"leerlingen\":240},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.62,51.69]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"school\",\"naam\":\"De Brug\",\"leerlingen\":90.5},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.66,51.69]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"paal\",\"koers\":-90},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.62,51.695]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"naam\",\"naam\":\"Zevenbergen\"},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.625,51.685]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"weg\",\"naam\":\"Langeweg\"},"
    "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[4.55,51.68],[4.60,51.681],[4.70,51.68]]}}]}";

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: punten, title: Punten, kind: vector, driver: GeoJSON, path: punten.geojson, style: {rules: [\n"
    "      {title: Grote school, where: {leerlingen: {min: 100}}, symbol: nl@1/obj.school,\n"
    "       label: {text: '{naam}[ ({leerlingen})]'}},\n"
    "      {title: School, where: {soort: school}, symbol: {code: nl@1/obj.school, size: 0.5},\n"
    "       label: {field: naam, priority: 3}},\n"
    "      {title: Paal, where: {soort: paal}, mark: {shape: triangle, size: 9, rotation: koers}},\n"
    "      {title: Weg, where: {soort: weg}, stroke: {width: 2}, end: arrow,\n"
    "       label: {field: naam, along: true, spacing: 200}},\n"
    "      {otherwise: true, label: {field: naam}}]}}\n";

static struct scenery scenery;

static void setup(void)
{
    free(scenery_write("punten.geojson", points));
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static struct pixel_box around_points(const struct pixel_grid *grid)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {4.625, 51.688};
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, grid->crs_code, &fault), &place, 1, &fault));
    place = pixel_grid_to_px(grid, place);
    return (struct pixel_box){(int64_t)place.x - 400, (int64_t)place.y - 300, 800, 600};
}

static const struct layer_window *window_of(const struct map_view *view)
{
    struct fault fault = {0};
    const struct layer_window *window = layer_window_get(
        scenery.renderer, view, catalogue_at(scenery.catalogue, 0), around_points(&view->grid), &fault);
    ck_assert_msg(window != NULL, "%s", fault.message);
    return window;
}

static const struct layer_stratum *stratum_of(const struct layer_window *window, size_t rule)
{
    return &window->strata[window->stratum_count - 1 - rule];
}

static const struct layer_label *label_of(const struct layer_window *window, const char *text)
{
    for (size_t i = 0; i < window->label_count; i++) {
        if (strcmp(window->labels[i].text, text) == 0) {
            return &window->labels[i];
        }
    }
    return NULL;
}

START_TEST(numbers_in_attributes_choose_the_rule)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
    const struct layer_window *window = window_of(&view);
    ck_assert_uint_eq(stratum_of(window, 0)->point_count, 1);
    ck_assert_uint_eq(stratum_of(window, 1)->point_count, 1);
    ck_assert_uint_eq(stratum_of(window, 2)->point_count, 1);
    ck_assert_double_eq(stratum_of(window, 2)->points[0].rotation_deg, -90);
    ck_assert_uint_eq(stratum_of(window, 3)->whole_count, 1);
    ck_assert_uint_eq(stratum_of(window, 4)->point_count, 0);
    plot_unref(plot);
}
END_TEST

START_TEST(labels_say_their_template_and_follow_lines)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
    const struct layer_window *window = window_of(&view);
    ck_assert_ptr_nonnull(label_of(window, "De Schakel (240)"));
    ck_assert_ptr_nonnull(label_of(window, "De Brug"));
    ck_assert_ptr_nonnull(label_of(window, "Zevenbergen"));
    ck_assert_ptr_null(label_of(window, "De Brug")->along);
    ck_assert_ptr_nonnull(label_of(window, "Langeweg"));
    ck_assert_ptr_nonnull(label_of(window, "Langeweg")->along);
    plot_unref(plot);
}
END_TEST

/* Whichever of its places each takes. */
START_TEST(labels_stand_clear_of_the_symbols_of_their_layer)
{
    for (uint32_t zoom = 10; zoom <= 13; zoom++) {
        struct plot *plot = scenery_empty_plot();
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", zoom));
        const struct layer_window *window = window_of(&view);
        const struct layer_point *symbol = &stratum_of(window, 0)->points[0];
        double body = layer_point_body_px(stratum_of(window, 0)->rule, 1.0) - 3;
        struct bbox box = {symbol->place.x - body, symbol->place.y - body, symbol->place.x + body,
                           symbol->place.y + body};
        for (size_t i = 0; i < window->label_count; i++) {
            const struct layer_label *label = &window->labels[i];
            for (int k = 0; k < label->place_count && !label->along; k++) {
                ck_assert(!bbox_intersects(label->places[k].room, box));
            }
        }
        plot_unref(plot);
    }
}
END_TEST

START_TEST(a_legend_names_every_rule_that_draws_and_none_for_names)
{
    static const char *const titles[] = {"Punten: Grote school", "Punten: School", "Punten: Paal",
                                         "Punten: Weg"};
    static const enum shape_kind kinds[] = {SHAPE_POINT, SHAPE_POINT, SHAPE_POINT, SHAPE_LINE};
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
    struct legend *legend = legend_new(scenery.renderer, &view, around_points(&view.grid), &fault);
    ck_assert_msg(legend != NULL, "%s", fault.message);
    ck_assert_uint_eq(legend_count(legend), 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(legend_at(legend, i)->title, titles[i]);
        ck_assert_int_eq(legend_at(legend, i)->rule_kind, kinds[i]);
    }
    legend_free(legend);
    plot_unref(plot);
}
END_TEST

/* With all that can stand beside a frame. */
static void check_reach(const struct symbol_entry *entry, const char *keys)
{
    struct style_rule rule = {.symbol = {.is_given = true, .size = 1}};
    struct symbol_drawing drawing;
    struct fault fault = {0};
    char code[400];
    snprintf(code, sizeof code, "nl@1/%s;st=planned;tr=unverified;rot=45%s", entry->id, keys);
    ck_assert_msg(symbol_code_parse(code, &rule.symbol.code, &fault), "%s", fault.message);
    ck_assert(symbol_compose(entry, &rule.symbol.code, DETAIL_FULL, PALETTE_IMAGERY, 1, &drawing, &fault));
    double reach = layer_point_reach_px(&rule);
    ck_assert_msg(bbox_contains((struct bbox){-reach, -reach, reach, reach}, drawing.ink), "%s%s: %g",
                  entry->id, keys, reach);
    symbol_drawing_finish(&drawing);
    symbol_code_finish(&rule.symbol.code);
}

START_TEST(no_symbol_reaches_further_than_windows_allow_for)
{
    static const char *const keys[] = {"",
                                       ";c=7",
                                       ";c=123456789",
                                       ";h=33/1203",
                                       ";v=1+1",
                                       ";v=999+999+99",
                                       ";c=12;t=12:30 vrijdag;o=Veiligheidsregio;h=333/1203;v=9+9"};
    const struct symbol_set *set = symbol_library_default(scenery.symbols);
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (size_t k = 0; entry->geometry == GEOMETRY_POINT && k < sizeof keys / sizeof keys[0]; k++) {
            check_reach(entry, keys[k]);
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer style");
    TCase *tests = tcase_create("layer style");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, numbers_in_attributes_choose_the_rule);
    tcase_add_test(tests, labels_say_their_template_and_follow_lines);
    tcase_add_test(tests, labels_stand_clear_of_the_symbols_of_their_layer);
    tcase_add_test(tests, a_legend_names_every_rule_that_draws_and_none_for_names);
    tcase_add_test(tests, no_symbol_reaches_further_than_windows_allow_for);
    suite_add_tcase(suite, tests);
    return suite;
}
