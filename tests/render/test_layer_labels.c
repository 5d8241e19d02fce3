#include "render/layer/layer_labels.h"

#include "geo/crs.h"
#include "render/layer/layer_window.h"
#include "render/scene/plot_room.h"
#include "tests/support/scenery.h"

static const char one_place[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                                "\"properties\":{\"naam\":\"Zevenbergen\"},"
                                "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.62,51.69]}}]}";

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;

static void setup(void)
{
    free(scenery_write("plaatsen.geojson", one_place));
    scenery_init(&scenery, "layers:\n" SCENERY_PLACES_YAML);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static struct map_view view_of(const struct plot *plot)
{
    return scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
}

/* The dot of Zevenbergen. */
static struct point dot_px(const struct map_view *view)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {4.62, 51.69};
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, view->grid.crs_code, &fault), &place, 1, &fault));
    return pixel_grid_to_px(&view->grid, place);
}

static void keep_label(const struct layer_label *label, void *context)
{
    const struct layer_label **kept = context;
    *kept = label;
}

/* Where the name stands beside a plot; NULL: nowhere. */
static const struct layer_label_place *name_place(const struct map_view *view)
{
    struct plot_room room = {scenery.renderer, view, NULL};
    const struct layer_label *label = NULL;
    struct point dot = dot_px(view);
    struct bbox around = {dot.x - 50, dot.y - 50, dot.x + 50, dot.y + 50};
    layer_labels_visit(scenery.renderer, view, catalogue_at(scenery.catalogue, 0), around, keep_label,
                       &label);
    return label ? layer_label_place(label, &room) : NULL;
}

/* A place some px north of Zevenbergen. */
static struct feature *symbol_north_of(const char *id, double px)
{
    return scenery_point(id, "nl@1/bw.ugs", 4.62,
                         51.69 + px * 0.0000532); /* degrees of latitude at zoom 13 */
}

START_TEST(a_name_stands_above_its_dot_where_no_plot_is_in_the_way)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = view_of(plot);
    const struct layer_label_place *place = name_place(&view);
    ck_assert_ptr_nonnull(place);
    ck_assert_double_lt(place->room.min_y, dot_px(&view).y - 10);
    plot_unref(plot);
}
END_TEST

START_TEST(a_symbol_above_the_dot_sends_the_name_below_it)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), symbol_north_of("a", 40), 1);
    struct map_view view = view_of(plot);
    const struct layer_label_place *place = name_place(&view);
    ck_assert_ptr_nonnull(place);
    ck_assert_double_gt(place->room.max_y, dot_px(&view).y + 10);
    plot_unref(plot);
}
END_TEST

START_TEST(a_symbol_on_the_dot_leaves_no_place_for_the_name)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), symbol_north_of("a", 0), 1);
    struct map_view view = view_of(plot);
    ck_assert_ptr_null(name_place(&view));
    plot_unref(plot);
}
END_TEST

START_TEST(in_a_frame_a_name_stands_whole_or_not_at_all)
{
    struct plot *plot = scenery_empty_plot();
    struct map_view view = view_of(plot);
    struct point dot = {floor(dot_px(&view).x), floor(dot_px(&view).y)};
    view.frame_px = (struct bbox){dot.x - 100, dot.y - 10, dot.x + 100, dot.y + 90};
    const struct layer_label_place *place = name_place(&view); /* above is cut, below is not */
    ck_assert_ptr_nonnull(place);
    ck_assert(bbox_contains(view.frame_px, place->ink));
    view.frame_px.max_y = dot.y + 10;
    ck_assert_ptr_null(name_place(&view));
    plot_unref(plot);
}
END_TEST

static size_t painted_count(const struct layer_window *window, const struct plot_room *room,
                            const struct layer_label_place **places)
{
    size_t count = 0;
    for (size_t i = 0; i < window->label_count; i++) {
        places[count] = layer_label_place(&window->labels[i], room);
        count += places[count] != NULL;
    }
    return count;
}

/* Whichever of its places each of them takes. */
START_TEST(no_name_touches_another_name_or_anything_of_the_plot)
{
    static const struct layer_label_place *places[2000];
    struct fault fault = {0};
    size_t below_count = 0;
    teardown();
    scenery_write_places(5, around_moerdijk, 500);
    scenery_init(&scenery, "layers:\n" SCENERY_PLACES_YAML);
    struct plot *plot = scenery_plot(&scenery, 3, around_moerdijk, 300);
    struct map_view view = view_of(plot);
    struct point dot = dot_px(&view);
    struct pixel_box box = {(int64_t)dot.x - 600, (int64_t)dot.y - 600, 1200, 1200};
    struct plot_room room = {scenery.renderer, &view, NULL};
    const struct layer_window *window =
        layer_window_get(scenery.renderer, &view, catalogue_at(scenery.catalogue, 0), box, &fault);
    ck_assert_uint_lt(window->label_count, 2000);
    size_t count = painted_count(window, &room, places);
    ck_assert_uint_gt(count, 20);
    ck_assert_uint_lt(count, window->label_count);
    for (size_t i = 0; i < count; i++) {
        ck_assert(plot_room_is_free(&room, places[i]->room));
        for (size_t j = 0; j < i; j++) {
            struct bbox common = bbox_intersection(places[i]->room, places[j]->room);
            ck_assert(bbox_is_empty(common) || bbox_width(common) == 0 || bbox_height(common) == 0);
        }
    }
    for (size_t i = 0; i < window->label_count; i++) {
        const struct layer_label *label = &window->labels[i];
        below_count += label->place_count > 1 && layer_label_place(label, &room) == &label->places[1];
    }
    ck_assert_uint_gt(below_count, 0);
    plot_unref(plot);
}
END_TEST

#define NAMED_MOST 300

/* The names of a window, by the middle of their text. */
struct names {
    struct pixel_box box;
    struct layer_label_place places[NAMED_MOST];
    size_t count;
};

static void find_names(const struct map_view *view, struct pixel_box box, struct names *names)
{
    struct fault fault = {0};
    const struct layer_window *window =
        layer_window_get(scenery.renderer, view, catalogue_at(scenery.catalogue, 0), box, &fault);
    ck_assert_msg(window != NULL, "%s", fault.message);
    ck_assert_uint_le(window->label_count, NAMED_MOST);
    *names = (struct names){.box = box, .count = window->label_count};
    for (size_t i = 0; i < names->count; i++) {
        names->places[i] = window->labels[i].places[0];
    }
}

static bool has_name_at(const struct names *names, struct point corner)
{
    for (size_t i = 0; i < names->count; i++) {
        if (names->places[i].corner.x == corner.x && names->places[i].corner.y == corner.y) {
            return true;
        }
    }
    return false;
}

/* How many names of a window reach into the other; all of them must be known there. */
static size_t shared_count(const struct names *names, const struct names *other)
{
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (bbox_intersects(names->places[i].ink, pixel_box_to_bbox(other->box))) {
            ck_assert(has_name_at(other, names->places[i].corner));
            count++;
        }
    }
    return count;
}

/* Around the middle of the lines; each window with the ones east and south of it. */
static size_t shared_in_neighbours(const struct map_view *view)
{
    enum { EDGE_PX = 256, WINDOWS = 12 };
    static struct names names[3];
    struct point dot = dot_px(view);
    size_t count = 0;
    for (int i = 0; i < WINDOWS * WINDOWS; i++) {
        struct pixel_box box = {(int64_t)dot.x + (i % WINDOWS - WINDOWS / 2) * EDGE_PX,
                                (int64_t)dot.y + (i / WINDOWS - WINDOWS / 2) * EDGE_PX, EDGE_PX, EDGE_PX};
        find_names(view, box, &names[0]);
        find_names(view, (struct pixel_box){box.x + EDGE_PX, box.y, EDGE_PX, EDGE_PX}, &names[1]);
        find_names(view, (struct pixel_box){box.x, box.y + EDGE_PX, EDGE_PX, EDGE_PX}, &names[2]);
        for (int k = 1; k <= 2; k++) {
            count += shared_count(&names[0], &names[k]);
            shared_count(&names[k], &names[0]);
        }
    }
    return count;
}

/* A name chooses among places that lie far apart: one window may see only the second best of them. */
START_TEST(windows_side_by_side_know_the_same_names_along_lines)
{
    static const char *const spacings[] = {"0", "150", "900"};
    for (size_t i = 0; i < 3; i++) {
        char yaml[400];
        snprintf(yaml, sizeof yaml,
                 "layers:\n  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson, "
                 "style: {rules: [\n      {label: {field: naam, size: 12, along: true, spacing: %s}}]}}\n",
                 spacings[i]);
        teardown();
        scenery_write_layer("wegen.geojson", SHAPE_LINE, 6, around_moerdijk, 60);
        scenery_init(&scenery, yaml);
        struct plot *plot = scenery_empty_plot();
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 15));
        ck_assert_uint_gt(shared_in_neighbours(&view), 3);
        plot_unref(plot);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer labels");
    TCase *tests = tcase_create("layer labels");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_name_stands_above_its_dot_where_no_plot_is_in_the_way);
    tcase_add_test(tests, a_symbol_above_the_dot_sends_the_name_below_it);
    tcase_add_test(tests, a_symbol_on_the_dot_leaves_no_place_for_the_name);
    tcase_add_test(tests, in_a_frame_a_name_stands_whole_or_not_at_all);
    tcase_add_test(tests, no_name_touches_another_name_or_anything_of_the_plot);
    tcase_add_test(tests, windows_side_by_side_know_the_same_names_along_lines);
    suite_add_tcase(suite, tests);
    return suite;
}
