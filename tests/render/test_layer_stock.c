/*
 * test_layer_stock.c - fonts and marks of layers that are made ahead: the same pictures, what the layers ask
 * for later, and never more than was wanted at a time.
 */
#include "render/layer/layer_stock.h"

#include "geo/crs.h"
#include "render/layer/layer_paint.h"
#include "render/layer/layer_point.h"
#include "render/lru_cache.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"
#include "symbology/style.h"
#include "tests/support/scenery.h"

#define LATER_US INT64_MAX

static const char points[] =
    "{\"type\":\"FeatureCollection\",\"features\":[\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"school\",\"naam\":\"De Schakel\"},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.62,51.69]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"paal\",\"naam\":\"fjord Ǻlf 12\"},"
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.63,51.695]}},\n"
    "{\"type\":\"Feature\",\"properties\":{\"soort\":\"weg\",\"naam\":\"Langeweg\"},"
    "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[4.55,51.68],[4.60,51.681],[4.70,51.68]]}}]}";

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: punten, title: Punten, kind: vector, driver: GeoJSON, path: punten.geojson, style: {rules: [\n"
    "      {title: School, where: {soort: school}, symbol: nl@1/obj.school, label: {field: naam}},\n"
    "      {title: Paal, where: {soort: paal}, mark: {shape: triangle, size: 9},\n"
    "       label: {field: naam, size: 14.5, bold: true}},\n"
    "      {title: Weg, where: {soort: weg}, stroke: {width: 2},\n"
    "       label: {field: naam, size: 13.5, italic: true, along: true, spacing: 200}}]}}\n"
    "  - {id: zee, title: Zee, kind: raster, driver: GTiff, path: zee.tif, style: {raster: {ramp:\n"
    "      [[0, '#000000'], [1, '#FFFFFF']]}}}\n";

#define RULE_COUNT 3

static struct scenery scenery;
static struct plot *plot;
static struct map_view view;

static void setup(void)
{
    free(scenery_write("punten.geojson", points));
    scenery_init(&scenery, catalogue_yaml);
    plot = scenery_empty_plot();
    view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
}

static void teardown(void)
{
    plot_unref(plot);
    scenery_finish(&scenery);
}

/** A picture of some windows, the middle of which is the place of the layer's points. */
static struct pixel_box around_points(struct renderer *renderer)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(renderer);
    struct point place = {4.625, 51.688};
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, view.grid.crs_code, &fault), &place, 1, &fault));
    place = pixel_grid_to_px(&view.grid, place);
    return (struct pixel_box){(int64_t)place.x - 400, (int64_t)place.y - 300, 800, 600};
}

static struct image *draw(struct renderer *renderer)
{
    struct fault fault = {0};
    struct pixel_box box = around_points(renderer);
    struct image *image = picture_render(renderer, &view, box, 1, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

START_TEST(pictures_are_the_same_with_and_without_a_stock)
{
    struct layer_stock stock = {0};
    struct image *before = draw(scenery.renderer);
    struct renderer *renderer = scenery_renderer();
    ck_assert(!layer_stock_fill(&stock, renderer, &view, LATER_US));
    struct image *after = draw(renderer);
    scenery_same_pictures(before, after);
    renderer_free(renderer);
}
END_TEST

START_TEST(marks_are_in_stock)
{
    struct layer_stock stock = {0};
    struct fault fault = {0};
    struct symbol_cache *cache = scenery.renderer->symbol_cache;
    const struct style *style = catalogue_at(scenery.catalogue, 0)->style;
    ck_assert(!layer_stock_fill(&stock, scenery.renderer, &view, LATER_US));
    size_t bytes = symbol_cache_bytes(cache);
    ck_assert_uint_gt(bytes, 0);
    for (size_t i = 0; i < 2; i++) {
        struct symbol_picture *picture =
            layer_point_picture(scenery.renderer, &view, &style->rules[i], 0, 1.0, &fault);
        ck_assert_ptr_nonnull(picture);
        ck_assert_ptr_nonnull(symbol_picture_image(picture, 1, &fault));
    }
    ck_assert_uint_eq(symbol_cache_bytes(cache), bytes);
}
END_TEST

/* A text of letters that are known is measured without shaping it. */
START_TEST(fonts_of_labels_are_in_stock)
{
    const struct style *style = catalogue_at(scenery.catalogue, 0)->style;
    struct text_box box = {.wrap_px = 0};
    struct text_size size;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct text_look *look = &style->rules[i].label.look;
        ck_assert(!text_measure_at_once(scenery.renderer->text_engine, "abcdef", look, box, &size));
    }
    struct layer_stock stock = {0};
    ck_assert(!layer_stock_fill(&stock, scenery.renderer, &view, LATER_US));
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct text_look *look = &style->rules[i].label.look;
        const char *known = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        ck_assert(text_measure_at_once(scenery.renderer->text_engine, known, look, box, &size));
    }
}
END_TEST

START_TEST(it_goes_on_where_it_stopped)
{
    struct layer_stock stock = {0};
    size_t rounds = 0;
    while (layer_stock_fill(&stock, scenery.renderer, &view, 0)) {
        rounds++;
        ck_assert_uint_le(rounds, RULE_COUNT);
    }
    ck_assert_uint_eq(rounds, RULE_COUNT); /* one rule each time, since its time is over */
}
END_TEST

START_TEST(windows_of_layers_that_were_read_are_made_before_they_are_painted)
{
    struct pixel_box box = around_points(scenery.renderer);
    struct lru_cache *windows = scenery.renderer->vector_windows;
    layers_make_ready(scenery.renderer, &view, (struct point){(double)box.x, (double)box.y});
    ck_assert_uint_eq(lru_cache_count(windows), 0); /* nothing is read for it */
    image_free(draw(scenery.renderer));
    size_t count = lru_cache_count(windows);
    view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 14));
    box = around_points(scenery.renderer);
    for (int i = 0; i < 4; i++) {
        struct point corner = {(double)box.x + (i % 2) * box.width, (double)box.y + (i / 2) * box.height};
        layers_make_ready(scenery.renderer, &view, corner);
    }
    size_t made = lru_cache_count(windows);
    ck_assert_uint_gt(made, count);
    image_free(draw(scenery.renderer));
    ck_assert_uint_eq(lru_cache_count(windows), made);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer_stock");
    TCase *tcase = tcase_create("layer_stock");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, pictures_are_the_same_with_and_without_a_stock);
    tcase_add_test(tcase, marks_are_in_stock);
    tcase_add_test(tcase, fonts_of_labels_are_in_stock);
    tcase_add_test(tcase, it_goes_on_where_it_stopped);
    tcase_add_test(tcase, windows_of_layers_that_were_read_are_made_before_they_are_painted);
    suite_add_tcase(suite, tcase);
    return suite;
}
