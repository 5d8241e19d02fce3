/*
 * The overview on paper: its scale is true, the frame stands where it is, sheets have their names.
 */
#include "render/briefing/overview.h"

#include <math.h>

#include "data/catalogue.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "geo/scale.h"
#include "render/briefing/frame.h"
#include "render/briefing/sheet_frame.h"
#include "render/map_view.h"
#include "render/placement/box_grid.h"
#include "render/report.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/page_fixture.h"

#define DPI 254 /* ten dots to a millimetre */

static const struct bbox map_mm = {10, 10, 210, 150};
static const struct bbox box_mm = {20, 30, 120, 100};

struct scene_of_overview {
    struct briefing_fixture *fixture;
    struct frame frame;
    struct map_view view;
    struct overview overview;
};

/** Where the map of its order lies. */
static void find_frame(struct scene_of_overview *scenery)
{
    struct fault fault = {0};
    struct briefing_fixture *fixture = scenery->fixture;
    ck_assert_msg(frame_find(fixture->renderer, &fixture->order, map_mm, &scenery->frame, &fault), "%s",
                  fault.message);
    scenery->view = frame_view(&scenery->frame, &fixture->order);
    scenery->overview.frame = scenery->frame.box_units;
}

static struct scene_of_overview scenery(struct bbox extent_deg)
{
    struct scene_of_overview scenery = {.fixture = fixture_new()};
    fixture_add(scenery.fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer",
                &(struct point){100800, 410800}, 1);
    fixture_plot(scenery.fixture, true);
    scenery.fixture->map.extent_deg = extent_deg;
    find_frame(&scenery);
    return scenery;
}

/** The map is no larger than the frame. */
static struct scene_of_overview scenery_of_frame(void)
{
    return scenery((struct bbox){4.58, 51.68, 4.6, 51.69});
}

static struct scene_of_overview scenery_of_country(void)
{
    return scenery((struct bbox){3.4, 50.75, 7.2, 53.55});
}

static double scale_of(struct scene_of_overview *scenery)
{
    struct fault fault = {0};
    double denominator = 0;
    struct pen pen = {renderer_text_engine(scenery->fixture->renderer), NULL, 1.0, LANGUAGE_NL,
                      .colours = NULL};
    scenery->overview.view = &scenery->view;
    ck_assert_msg(
        overview_scale(scenery->fixture->renderer, &scenery->overview, &pen, box_mm, &denominator, &fault),
        "%s", fault.message);
    return denominator;
}

static struct page_fixture painted(struct scene_of_overview *scenery, enum page_format format)
{
    struct fault fault = {0};
    struct report report;
    report_init(&report);
    struct page_fixture page =
        page_fixture_new(scenery->fixture->renderer, format, 150, 120, format == PAGE_PNG ? DPI : 0);
    scenery->overview.view = &scenery->view;
    ck_assert_msg(overview_paint(scenery->fixture->renderer, &scenery->overview, &page.pen, page.document,
                                 box_mm, &report, &fault),
                  "%s", fault.message);
    ck_assert_ptr_null(page.pen.canvas);
    report_finish(&report);
    return page;
}

static bool is_red(uint32_t dot)
{
    return (dot >> 16 & 0xFF) > 190 && (dot >> 8 & 0xFF) < 40;
}

/** Around all red dots, in millimetres. */
static struct bbox red_box(const struct image *image)
{
    struct bbox box = bbox_empty();
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            if (is_red(image->pixels[y * image->stride_px + x])) {
                box = bbox_union(box, (struct bbox){x / 10.0, y / 10.0, (x + 1) / 10.0, (y + 1) / 10.0});
            }
        }
    }
    return box;
}

START_TEST(the_frame_is_as_large_as_its_scale_says)
{
    struct scene_of_overview scenery = scenery_of_frame();
    double denominator = scale_of(&scenery);
    struct page_fixture page = painted(&scenery, PAGE_PNG);
    struct image *image = page_fixture_image(&page);
    struct bbox red = red_box(image);
    double width_mm = bbox_width(scenery.frame.box_units) * 1000 / denominator;
    double height_mm = bbox_height(scenery.frame.box_units) * 1000 / denominator;
    ck_assert_double_eq_tol(bbox_width(red), width_mm + 0.5, 0.2); /* the line is half a mm wide */
    ck_assert_double_eq_tol(bbox_height(red), height_mm + 0.5, 0.2);
    ck_assert_double_eq_tol(bbox_centre(red).x, 70, 0.3);
    image_free(image);
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(the_scale_is_round_and_shows_at_least_four_times_the_frame)
{
    struct scene_of_overview scenery = scenery_of_frame();
    double denominator = scale_of(&scenery);
    double mantissa = denominator / pow(10, floor(log10(denominator)));
    ck_assert(mantissa == 1 || mantissa == 2 || mantissa == 2.5 || mantissa == 5);
    ck_assert_double_ge(100 * denominator / 1000, 4 * bbox_width(scenery.frame.box_units));
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(an_extent_that_is_wider_is_shown_whole)
{
    struct scene_of_overview scenery = scenery_of_country();
    double denominator = scale_of(&scenery);
    ck_assert_double_ge(70 * denominator / 1000, 300000); /* the country is 300 km high */
    ck_assert_double_le(denominator, 10e6);
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(a_frame_too_small_to_see_is_a_cross_with_a_ring)
{
    struct scene_of_overview scenery = scenery_of_country();
    struct page_fixture page = painted(&scenery, PAGE_PNG);
    struct image *image = page_fixture_image(&page);
    struct bbox red = red_box(image);
    double dot = bbox_width(scenery.frame.box_units) * 1000 / scale_of(&scenery);
    ck_assert_double_lt(dot, 3);
    ck_assert_double_gt(bbox_width(red), 5);
    ck_assert_double_eq_tol(bbox_width(red), bbox_height(red), 0.21);
    image_free(image);
    fixture_free(scenery.fixture);
}
END_TEST

/** The same place at a smaller scale. */
static struct scene_of_overview scenery_at(double denominator)
{
    struct scene_of_overview scenery = scenery_of_frame();
    scenery.fixture->order.scale_denominator = denominator;
    find_frame(&scenery);
    return scenery;
}

static bool is_worth(struct scene_of_overview *scenery)
{
    scenery->overview.view = &scenery->view;
    return overview_is_worth(scenery->fixture->renderer, &scenery->overview, 1.0);
}

START_TEST(none_is_coarser_than_can_be_read)
{
    for (double denominator = 1000; denominator < 9e6; denominator *= 3) {
        struct scene_of_overview scenery = scenery_at(denominator);
        if (is_worth(&scenery)) {
            ck_assert_double_le(scale_of(&scenery), 4e7);
            ck_assert_double_ge(scale_of(&scenery), 2 * denominator);
        } else {
            ck_assert_double_ge(denominator, 2e6);
        }
        fixture_free(scenery.fixture);
    }
}
END_TEST

START_TEST(where_it_could_not_show_more_than_the_map_it_is_not_worth_its_place)
{
    struct scene_of_overview scenery = scenery_at(1e7);
    ck_assert(!is_worth(&scenery));
    fixture_free(scenery.fixture);
}
END_TEST

/** The map with land in a box around the place, so many degrees to each side. */
static struct catalogue *give_land(struct scene_of_overview *scenery, double degrees)
{
    char path[600];
    char text[600];
    struct fault fault = {0};
    struct problems problems;
    problems_init(&problems);
    double west = 4.6 - degrees, east = 4.6 + degrees, south = 51.7 - degrees, north = 51.7 + degrees;
    snprintf(text, sizeof text,
             "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
             "[[[%f,%f],[%f,%f],[%f,%f],[%f,%f],[%f,%f]]]}}",
             west, south, east, south, east, north, west, north, west, south);
    snprintf(path, sizeof path, "%s/land.geojson", test_folder());
    ck_assert(file_write(path, text, strlen(text), &fault));
    snprintf(text, sizeof text,
             "layers:\n  - {id: land, title: Land, kind: vector, driver: GeoJSON, "
             "path: land.geojson, style: {rules: [{fill: '#EEF3E8'}]}}\n");
    snprintf(path, sizeof path, "%s/catalogue.yaml", test_folder());
    ck_assert(file_write(path, text, strlen(text), &fault));
    struct catalogue *catalogue = catalogue_read(path, &problems);
    ck_assert_ptr_nonnull(catalogue);
    problems_finish(&problems);
    struct map *map = &scenery->fixture->map;
    map->items[map->item_count++].layer = catalogue_at(catalogue, 0);
    return catalogue;
}

START_TEST(it_shows_no_more_than_there_is_to_see)
{
    struct scene_of_overview all = scenery_at(100000);
    double widest = scale_of(&all);
    fixture_free(all.fixture);
    struct scene_of_overview scenery = scenery_at(100000);
    struct catalogue *catalogue = give_land(&scenery, 0.4); /* 90 km high */
    ck_assert(is_worth(&scenery));
    ck_assert_double_lt(scale_of(&scenery), widest);
    fixture_free(scenery.fixture);
    catalogue_free(catalogue);
}
END_TEST

START_TEST(where_there_is_no_land_there_is_no_overview)
{
    struct scene_of_overview scenery = scenery_at(100000);
    struct catalogue *catalogue = give_land(&scenery, 0.02);
    ck_assert(!is_worth(&scenery));
    fixture_free(scenery.fixture);
    catalogue_free(catalogue);
}
END_TEST

START_TEST(nothing_is_painted_beside_the_box)
{
    struct scene_of_overview scenery = scenery_of_frame();
    scenery.fixture->map.background = (struct colour){0, 0, 90, 255};
    struct page_fixture page = painted(&scenery, PAGE_PNG);
    struct image *image = page_fixture_image(&page);
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            bool is_beside = x < 197 || x > 1203 || y < 297 || y > 1003;
            ck_assert(!is_beside || image->pixels[y * image->stride_px + x] == 0xFFFFFFFF);
        }
    }
    image_free(image);
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(an_index_names_every_sheet_and_the_scale)
{
    struct scene_of_overview scenery = scenery_of_frame();
    struct overview_sheet sheets[6];
    static const char *const names[6] = {"A1", "B1", "C1", "A2", "B2", "C2"};
    struct bbox frame = scenery.frame.box_units;
    for (int i = 0; i < 6; i++) {
        double east = (i % 3) * bbox_width(frame);
        double north = (i / 3) * bbox_height(frame);
        sheets[i] = (struct overview_sheet){
            .name = names[i],
            .box = {frame.min_x + east, frame.min_y + north, frame.max_x + east, frame.max_y + north}};
    }
    scenery.overview.sheets = sheets;
    scenery.overview.sheet_count = 6;
    struct page_fixture page = painted(&scenery, PAGE_PDF);
    char *text = page_fixture_ask(&page, "index.pdf", "pdftotext %s - 2>/dev/null");
    for (int i = 0; text && i < 6; i++) {
        ck_assert_ptr_nonnull(strstr(text, names[i]));
    }
    ck_assert(!text || strstr(text, "1 : ") || strstr(text, "1\u00a0:\u00a0"));
    ck_assert(!text || !strstr(text, "Loods B")); /* an overview has no symbols */
    free(text);
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(it_is_a_figure_to_those_who_listen)
{
    struct scene_of_overview scenery = scenery_of_frame();
    struct page_fixture page = painted(&scenery, PAGE_PDF);
    char *text = page_fixture_ask(&page, "figure.pdf", "pdfinfo -struct %s 2>/dev/null");
    ck_assert(!text || strstr(text, "Figure"));
    free(text);
    fixture_free(scenery.fixture);
}
END_TEST

START_TEST(an_overview_of_nothing_is_a_fault)
{
    struct scene_of_overview scenery = scenery_of_frame();
    struct fault fault = {0};
    double denominator = 0;
    struct pen pen = {renderer_text_engine(scenery.fixture->renderer), NULL, 1.0, LANGUAGE_NL,
                      .colours = NULL};
    scenery.overview.view = &scenery.view;
    scenery.overview.frame = bbox_empty();
    scenery.fixture->map.extent_deg = bbox_empty();
    ck_assert(
        !overview_scale(scenery.fixture->renderer, &scenery.overview, &pen, box_mm, &denominator, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    fixture_free(scenery.fixture);
}
END_TEST

static uint32_t shade_at(const struct image *image, double x_mm, double y_mm)
{
    int at = (int)(y_mm * 10) * image->stride_px + (int)(x_mm * 10);
    return image->pixels[at] & 0xFF;
}

/** A black frame around the whole of a map, part of whose northern side the map needs, on a grey page. */
static struct image *framed_page(void)
{
    struct briefing_fixture *fixture = fixture_new();
    struct page_fixture page = page_fixture_new(fixture->renderer, PAGE_PNG, 150, 120, DPI);
    struct box_grid *taken = box_grid_new((struct bbox){0, 0, 400, 300}, 1, 0);
    struct bbox label = {20 / SCALE_PIXEL_MM, -1, 30 / SCALE_PIXEL_MM, 1 / SCALE_PIXEL_MM};
    struct sheet_frame frame = {.box_mm = {20, 30, 120, 100},
                                .map_mm = {20, 30, 120, 100},
                                .taken = taken,
                                .width_mm = 0.5,
                                .colour = {0, 0, 0, 255}};
    box_grid_add(taken, label, 0);
    page_fixture_open(&page);
    pen_fill(&page.pen, page.page_mm, (struct colour){160, 160, 160, 255});
    sheet_frame_paint_halo(&frame, &page.pen);
    sheet_frame_paint(&frame, &page.pen);
    page_fixture_close(&page);
    struct image *image = page_fixture_image(&page);
    box_grid_free(taken);
    fixture_free(fixture);
    return image;
}

START_TEST(the_frame_of_a_sheet_is_only_hinted_at_where_the_map_has_something_to_say)
{
    struct image *image = framed_page();
    for (double along = 20.5; along < 119.5; along += 0.1) {
        bool is_taken = along > 40 && along < 50;
        bool is_near = along > 39 && along < 51;
        uint32_t shade = shade_at(image, along, 30);
        ck_assert(!is_taken || (shade > 40 && shade < 110));
        ck_assert(is_near || shade < 10);
        ck_assert_uint_lt(shade_at(image, along, 100), 10);
    }
    for (double along = 30; along < 100; along += 0.1) {
        ck_assert_uint_lt(shade_at(image, 20, along), 10);
        ck_assert_uint_lt(shade_at(image, 120, along), 10);
    }
    image_free(image);
}
END_TEST

START_TEST(the_frame_of_a_sheet_has_a_halo_but_where_the_map_has_something_to_say)
{
    struct image *image = framed_page();
    for (double along = 21.5; along < 118.5; along += 0.1) {
        bool is_taken = along > 40 && along < 50;
        bool is_near = along > 39 && along < 51;
        ck_assert(!is_taken || shade_at(image, along, 29.6) == 160);
        ck_assert(is_near || (shade_at(image, along, 29.6) > 220 && shade_at(image, along, 30.4) > 220));
        ck_assert_uint_gt(shade_at(image, along, 100.4), 220);
    }
    image_free(image);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("overview");
    TCase *overviews = tcase_create("overviews");
    tcase_set_timeout(overviews, 60);
    tcase_add_test(overviews, the_frame_is_as_large_as_its_scale_says);
    tcase_add_test(overviews, the_scale_is_round_and_shows_at_least_four_times_the_frame);
    tcase_add_test(overviews, an_extent_that_is_wider_is_shown_whole);
    tcase_add_test(overviews, a_frame_too_small_to_see_is_a_cross_with_a_ring);
    tcase_add_test(overviews, none_is_coarser_than_can_be_read);
    tcase_add_test(overviews, where_it_could_not_show_more_than_the_map_it_is_not_worth_its_place);
    tcase_add_test(overviews, it_shows_no_more_than_there_is_to_see);
    tcase_add_test(overviews, where_there_is_no_land_there_is_no_overview);
    tcase_add_test(overviews, the_frame_of_a_sheet_is_only_hinted_at_where_the_map_has_something_to_say);
    tcase_add_test(overviews, the_frame_of_a_sheet_has_a_halo_but_where_the_map_has_something_to_say);
    tcase_add_test(overviews, nothing_is_painted_beside_the_box);
    tcase_add_test(overviews, an_index_names_every_sheet_and_the_scale);
    tcase_add_test(overviews, it_is_a_figure_to_those_who_listen);
    tcase_add_test(overviews, an_overview_of_nothing_is_a_fault);
    suite_add_tcase(suite, overviews);
    return suite;
}
