/* Tiles of 512 px, at every pixel ratio, and which tiles there are. */
#include "render/encode/tile_picture.h"

#include "geo/crs.h"
#include "tests/support/scenery.h"

static struct scenery scenery;

static const struct bbox netherlands = {3.5, 50.8, 7.2, 53.5};

static void setup(void)
{
    scenery_init(&scenery, "layers: []\n");
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static const struct tile_matrix_set *set_of(const char *name)
{
    return tile_matrix_sets_find(scenery.tile_matrix_sets, name);
}

static struct image *tile_of(const struct plot *plot, const struct tile_matrix_set *set,
                             struct tile_address address, struct tile_form form)
{
    struct fault fault = {0};
    ck_assert_msg(tile_picture_check(&scenery.map, set, address, form, &fault), "%s", fault.message);
    struct map_view view = scenery_view(&scenery, plot, tile_picture_grid(set, address.zoom, form.size_px));
    struct image *image = tile_picture_render(scenery.renderer, &view, address, form, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    ck_assert_int_eq(image->width, form.size_px * form.pixel_ratio);
    return image;
}

static struct tile_address tile_at(const struct tile_matrix_set *set, uint32_t zoom, struct point lon_lat)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, set->crs_code, &fault), &lon_lat, 1, &fault));
    return scenery_tile(&scenery, set->id, zoom, lon_lat);
}

/** The four tiles of the next zoom, laid side by side. */
static struct image *four_tiles(const struct plot *plot, const struct tile_matrix_set *set,
                                struct tile_address address, struct tile_form form)
{
    int side = TILE_SIZE_PX * form.pixel_ratio;
    struct image *whole = image_new(2 * side, 2 * side, NULL);
    form.size_px = TILE_SIZE_PX;
    for (uint32_t i = 0; i < 4; i++) {
        struct tile_address part = {address.zoom + 1, 2 * address.column + i % 2, 2 * address.row + i / 2};
        struct image *tile = tile_of(plot, set, part, form);
        image_copy(whole, tile, (int)(i % 2) * side, (int)(i / 2) * side);
        image_free(tile);
    }
    return whole;
}

START_TEST(a_tile_of_512_px_is_the_four_tiles_of_the_next_zoom)
{
    static const char *const sets[] = {"NetherlandsRDNewQuad", "WebMercatorQuad", "WorldCRS84Quad"};
    struct plot *plot = scenery_plot(&scenery, 11, netherlands, 400);
    const struct tile_matrix_set *set = set_of(sets[_i % 3]);
    struct tile_form form = {TILE_PNG, (uint8_t)(1 + _i / 3), TILE_SIZE_LARGE_PX};
    struct tile_address address = tile_at(set, 7, (struct point){5.1, 52.1});
    struct image *large = tile_of(plot, set, address, form);
    struct image *parts = four_tiles(plot, set, address, form);
    ck_assert_mem_eq(large->pixels, parts->pixels, (size_t)large->width * (size_t)large->height * 4);
    image_free(parts);
    image_free(large);
    plot_unref(plot);
}
END_TEST

static enum fault_code refusal(const char *set_name, struct tile_address address, struct tile_form form)
{
    struct fault fault = {.code = FAULT_NONE};
    tile_picture_check(&scenery.map, set_of(set_name), address, form, &fault);
    return fault.code;
}

START_TEST(the_last_zoom_has_no_tiles_of_512_px)
{
    const struct tile_matrix_set *set = set_of("NetherlandsRDNewQuad");
    struct tile_address last = {(uint32_t)set->matrix_count - 1, 5, 5};
    struct tile_form large = {TILE_WEBP, 1, TILE_SIZE_LARGE_PX};
    struct tile_form vector = {TILE_MVT, 1, TILE_SIZE_LARGE_PX};
    ck_assert_int_eq(refusal(set->id, last, tile_form_plain()), FAULT_NONE);
    ck_assert_int_eq(refusal(set->id, last, vector), FAULT_NONE);
    ck_assert_int_eq(refusal(set->id, last, large), FAULT_OUTSIDE);
    last.zoom--;
    ck_assert_int_eq(refusal(set->id, last, large), FAULT_NONE);
}
END_TEST

START_TEST(a_map_with_a_transparent_background_has_no_jpeg)
{
    struct tile_form jpeg = {TILE_JPEG, 1, TILE_SIZE_PX};
    struct tile_address address = {3, 2, 2};
    ck_assert_int_eq(refusal("WebMercatorQuad", address, jpeg), FAULT_NONE);
    scenery.map.background.alpha = 254;
    ck_assert_int_eq(refusal("WebMercatorQuad", address, jpeg), FAULT_INPUT);
    jpeg.format = TILE_WEBP;
    ck_assert_int_eq(refusal("WebMercatorQuad", address, jpeg), FAULT_NONE);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("tile_picture");
    TCase *tests = tcase_create("tile_picture");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_tile_of_512_px_is_the_four_tiles_of_the_next_zoom, 0, 9);
    tcase_add_test(tests, the_last_zoom_has_no_tiles_of_512_px);
    tcase_add_test(tests, a_map_with_a_transparent_background_has_no_jpeg);
    suite_add_tcase(suite, tests);
    return suite;
}
