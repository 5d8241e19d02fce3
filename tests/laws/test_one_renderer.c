/*
 * Law 1: tiles, maps, pages and legends are painted by the same code from the same symbol set.
 *
 * A page stays vector, so it is compared after it was made into dots of the same size: letters and symbols
 * then differ by their antialiasing, and nothing may be missing, moved or of another colour.
 */
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/canvas/canvas.h"
#include "render/scene/district.h"
#include "render/legend/legend.h"
#include "render/canvas/page.h"
#include "render/placement/placement.h"
#include "render/symbol/symbol_picture.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {stroke: [{width: 5, colour: '#806030'}, {width: 3, colour: '#FFE0A0'}], label: {field: naam, "
    "size: 12, "
    "colour: '#403010'}}]}}\n";

static const char roads_json[] = "{\"type\":\"FeatureCollection\",\"features\":[\n"
                                 "{\"type\":\"Feature\",\"properties\":{\"naam\":\"A16\"},\"geometry\":{"
                                 "\"type\":\"LineString\",\"coordinates\":"
                                 "[[4.63,51.60],[4.64,51.66],[4.62,51.70],[4.66,51.78]]}}]}";

static struct scenery scenery;

static void setup(void)
{
    free(scenery_write("wegen.geojson", roads_json));
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static struct pixel_box box_around(struct pixel_grid grid, double lon, double lat, int32_t width,
                                   int32_t height)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {lon, lat};
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid.crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(&grid, place);
    return (struct pixel_box){(int64_t)place.x - width / 2, (int64_t)place.y - height / 2, width, height};
}

/* The box moved into the district that its middle lies in: a page is painted from one. */
static struct pixel_box within_district(const struct map_view *view, struct pixel_box box)
{
    struct point middle = {(double)box.x + box.width / 2.0, (double)box.y + box.height / 2.0};
    struct bbox district = district_around(scenery.renderer, view, bbox_of_points(&middle, 1));
    box.x = (int64_t)fmin(fmax((double)box.x, district.min_x), district.max_x - box.width);
    box.y = (int64_t)fmin(fmax((double)box.y, district.min_y), district.max_y - box.height);
    return box;
}

/* The window as a vector page, then as dots: one to a px. */
static struct image *by_way_of_a_page(const struct map_view *view, struct pixel_box box)
{
    struct fault fault = {0};
    struct bbox paper = {0, 0, box.width * SCALE_PIXEL_MM, box.height * SCALE_PIXEL_MM};
    struct page_document *document = page_document_new(PAGE_SVG, paper.max_x, paper.max_y, 0,
                                                       renderer_text_engine(scenery.renderer), NULL, &fault);
    ck_assert_msg(document != NULL, "%s", fault.message);
    struct canvas *canvas =
        page_canvas(document, paper, (struct point){(double)box.x, (double)box.y}, &fault);
    ck_assert_msg(canvas != NULL, "%s", fault.message);
    ck_assert_msg(
        picture_paint(scenery.renderer, view, box, &(struct picture_target){.canvas = canvas}, &fault), "%s",
        fault.message);
    canvas_free(canvas);
    size_t length = 0;
    char *svg = page_document_take(document, &length, &fault);
    ck_assert_msg(svg != NULL, "%s", fault.message);
    struct image *image = svg_render(svg, length, box.width, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    free(svg);
    page_document_free(document);
    return image;
}

/* Mean of a channel over squares of 8 px: antialiasing and half a px do not count, a missing thing does. */
static double block_mean(const struct image *image, int x, int y, int shift)
{
    double sum = 0;
    for (int i = 0; i < 64; i++) {
        sum += image->pixels[(y + i / 8) * image->stride_px + x + i % 8] >> shift & 0xFF;
    }
    return sum / 64;
}

static void check_alike(const struct image *picture, const struct image *page)
{
    double most = 0;
    double sum = 0;
    int blocks = 0;
    ck_assert_int_eq(picture->width, page->width);
    ck_assert_int_le(picture->height, page->height); /* the page may be rounded up */
    for (int y = 0; y + 8 <= picture->height; y += 8) {
        for (int x = 0; x + 8 <= picture->width; x += 8) {
            for (int shift = 0; shift < 24; shift += 8) {
                double step = fabs(block_mean(picture, x, y, shift) - block_mean(page, x, y, shift));
                most = fmax(most, step);
                sum += step;
                blocks++;
            }
        }
    }
    printf("page and picture: squares of 8 px differ by %.2f on average, %.1f at most\n", sum / blocks, most);
    ck_assert_double_le(sum / blocks, 2.0);
    ck_assert_double_le(most, 40.0);
}

START_TEST(a_page_and_a_picture_show_the_same)
{
    struct plot *plot = scenery_plot(&scenery, 3, around_moerdijk, 60);
    static const struct {
        const char *set;
        uint32_t zoom;
    } cases[] = {{"WebMercatorQuad", 12}, {"NetherlandsRDNewQuad", 8}};
    for (int i = 0; i < 2; i++) {
        struct pixel_grid grid = scenery_grid(&scenery, cases[i].set, cases[i].zoom);
        struct map_view view = scenery_view(&scenery, plot, grid);
        struct pixel_box box = within_district(&view, box_around(grid, 4.62, 51.69, 600, 480));
        struct image *picture = scenery_picture(&scenery, &view, box, 1);
        struct image *page = by_way_of_a_page(&view, box);
        check_alike(picture, page);
        image_free(picture);
        image_free(page);
    }
    plot_unref(plot);
}
END_TEST

/* Is the window of a picture found somewhere in another, dot for dot? */
static bool is_found_in(const struct image *whole, const struct image *part)
{
    for (int y = 0; y + part->height <= whole->height; y++) {
        for (int x = 0; x + part->width <= whole->width; x++) {
            int row = 0;
            while (row < part->height &&
                   memcmp(whole->pixels + (y + row) * whole->stride_px + x,
                          part->pixels + row * part->stride_px, (size_t)part->width * 4) == 0) {
                row++;
            }
            if (row == part->height) {
                return true;
            }
        }
    }
    return false;
}

/* The symbol of one feature, cut out of the map it stands on. */
static struct image *symbol_on_map(const struct map_view *view, struct bbox window, int ratio)
{
    struct fault fault = {0};
    const struct placement *placement = placement_get(scenery.renderer, view, window, &fault);
    ck_assert_uint_eq(placement_count(placement), 1);
    struct bbox ink = placed_ink(placement_at(placement, 0));
    struct pixel_box box = {(int64_t)ceil(ink.min_x), (int64_t)ceil(ink.min_y),
                            (int32_t)(floor(ink.max_x) - ceil(ink.min_x)),
                            (int32_t)(floor(ink.max_y) - ceil(ink.min_y))};
    return scenery_picture(&scenery, view, box, ratio);
}

static struct image *legend_picture_of(const struct map_view *view, int ratio)
{
    struct fault fault = {0};
    struct pixel_box whole = {0, 0, 0, 0};
    struct pixel_box sheet = {0, 0, 300, 120};
    struct legend *legend = legend_new(scenery.renderer, view, whole, &fault);
    ck_assert_msg(legend != NULL, "%s", fault.message);
    struct canvas *canvas = canvas_new_picture(sheet, ratio, renderer_text_engine(scenery.renderer), &fault);
    canvas_fill_all(canvas, view->map->background);
    struct legend_layout layout = {.width_px = 280, .text_size_px = 12, .column_count = 1};
    ck_assert(legend_paint(scenery.renderer, view, legend, layout, canvas, (struct point){8, 8}, &fault));
    struct image *image = canvas_take_picture(canvas, &fault);
    canvas_free(canvas);
    legend_free(legend);
    return image;
}

START_TEST(a_symbol_in_the_legend_is_the_symbol_on_the_map)
{
    static const char *const codes[] = {"nl@1/bw.ugs",
                                        "nl@1/inc.brand",
                                        "nl@1/gev.giftig;st=unknown",
                                        "nl@1/gh.ziekenhuis;st=closed",
                                        "nl@1/po.blokkade;st=planned",
                                        "nl@1/alg.notitie"};
    scenery.map.items = &scenery.items[1]; /* the plot alone */
    scenery.map.item_count = 1;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", codes[i], 4.62, 51.69), 1);
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 14));
        struct bbox window = pixel_box_to_bbox(box_around(view.grid, 4.62, 51.69, 100, 100));
        for (int ratio = 1; ratio <= 2; ratio++) {
            struct image *symbol = symbol_on_map(&view, window, ratio);
            struct image *legend = legend_picture_of(&view, ratio);
            ck_assert_msg(is_found_in(legend, symbol), "%s at %dx", codes[i], ratio);
            image_free(symbol);
            image_free(legend);
        }
        plot_unref(plot);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 1: one renderer");
    TCase *tests = tcase_create("one renderer");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_page_and_a_picture_show_the_same);
    tcase_add_test(tests, a_symbol_in_the_legend_is_the_symbol_on_the_map);
    suite_add_tcase(suite, tests);
    return suite;
}
