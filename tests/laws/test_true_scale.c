/*
 * Law 8, true places: a printed scale is true on paper. Measured with a ruler, so to speak: on the dots of a
 * PNG.
 */
#include "tests/support/runner.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/briefing/layout.h"
#include "render/briefing/template.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "tests/support/briefing_fixture.h"

#define DPI 300
#define DOTS_PER_MM (DPI / 25.4)

static struct image *print(struct briefing_fixture *fixture)
{
    struct fault fault = {0};
    struct briefing_document document;
    fixture->order.format = BRIEFING_PNG;
    fixture->order.page = 1;
    fixture->order.dpi = DPI;
    ck_assert_msg(briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault), "%s",
                  fault.message);
    struct image *image = png_read(document.bytes, document.length, 200000000, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    free(document.bytes);
    return image;
}

/* How red a dot is, 0 … 255: the marks are red lines on white, and grid lines are grey. */
static double redness(const struct image *image, int x, int y)
{
    uint32_t pixel = image->pixels[(size_t)y * (size_t)image->stride_px + (size_t)x];
    double red = (pixel >> 16) & 255;
    double blue = pixel & 255;
    return fmax(0, red - blue);
}

/* The middle of the red dots within 4 mm of a place along x (or y), over a strip of 6 mm across. */
static double middle_mm(const struct image *image, struct point place_mm, bool along_x)
{
    double sum = 0;
    double moment = 0;
    for (double along = -4 * DOTS_PER_MM; along < 4 * DOTS_PER_MM; along++) {
        for (double across = -3 * DOTS_PER_MM; across < 3 * DOTS_PER_MM; across++) {
            int x = (int)floor(place_mm.x * DOTS_PER_MM + (along_x ? along : across));
            int y = (int)floor(place_mm.y * DOTS_PER_MM + (along_x ? across : along));
            double weight = redness(image, x, y);
            sum += weight;
            moment += weight * ((along_x ? x : y) + 0.5);
        }
    }
    ck_assert_msg(sum > 0, "no mark at %.1f,%.1f mm", place_mm.x, place_mm.y);
    return moment / sum / DOTS_PER_MM;
}

static struct point middle_of_map(const struct briefing_order *order)
{
    struct problems problems;
    struct fault fault;
    problems_init(&problems);
    struct templates *templates = templates_read(NULL, 0, &problems);
    struct layout_sheet sheet = {.template = templates_find(templates, "situation"),
                                 .paper = order->paper,
                                 .is_landscape = order->is_landscape,
                                 .is_single = true};
    struct layout layout;
    ck_assert_ptr_nonnull(sheet.template);
    ck_assert(layout_frame(sheet, &layout, &fault));
    templates_free(templates);
    problems_finish(&problems);
    return bbox_centre(layout.maps[0]);
}

/* Where a place in the CRS of the order should be on the page. */
static struct point on_page(const struct briefing_order *order, struct point place)
{
    struct point middle = middle_of_map(order);
    double mm_per_unit = 1000 / order->scale_denominator;
    return (struct point){middle.x + (place.x - order->centre.x) * mm_per_unit,
                          middle.y - (place.y - order->centre.y) * mm_per_unit};
}

/* A line of many points: straight in RD, however it is drawn. */
static void add_line(struct briefing_fixture *fixture, const char *id, struct point from, struct point to)
{
    struct point points[41];
    for (int i = 0; i <= 40; i++) {
        points[i] = (struct point){from.x + (to.x - from.x) * i / 40, from.y + (to.y - from.y) * i / 40};
    }
    fixture_add(fixture, id, "nl@1/l.wegdicht", "Proef", points, 41);
}

/* Two lines a distance apart along x, and two along y, crossing far from where they are measured. */
static void add_cross(struct briefing_fixture *fixture, struct point corner, double distance)
{
    double reach = 3 * distance;
    add_line(fixture, "west", (struct point){corner.x, corner.y - reach},
             (struct point){corner.x, corner.y + reach});
    add_line(fixture, "east", (struct point){corner.x + distance, corner.y - reach},
             (struct point){corner.x + distance, corner.y + reach});
    add_line(fixture, "south", (struct point){corner.x - reach, corner.y},
             (struct point){corner.x + reach, corner.y});
    add_line(fixture, "north", (struct point){corner.x - reach, corner.y + distance},
             (struct point){corner.x + reach, corner.y + distance});
    fixture_plot(fixture, false);
}

/* Measures a cross whose lines are so many metres apart. Returns mm on paper. */
static void measure_cross(struct briefing_fixture *fixture, struct point corner, double distance,
                          double *across_mm, double *along_mm)
{
    struct image *image = print(fixture);
    double half = distance / 2;
    struct point west = on_page(&fixture->order, (struct point){corner.x, corner.y + half});
    struct point east = on_page(&fixture->order, (struct point){corner.x + distance, corner.y + half});
    struct point south = on_page(&fixture->order, (struct point){corner.x + half, corner.y});
    struct point north = on_page(&fixture->order, (struct point){corner.x + half, corner.y + distance});
    *across_mm = middle_mm(image, east, true) - middle_mm(image, west, true);
    *along_mm = middle_mm(image, south, false) - middle_mm(image, north, false);
    image_free(image);
}

START_TEST(a_kilometre_is_forty_millimetres_at_25000)
{
    struct briefing_fixture *fixture = fixture_new();
    struct point corner = {100300, 410300};
    add_cross(fixture, corner, 1000);
    double across_mm;
    double along_mm;
    measure_cross(fixture, corner, 1000, &across_mm, &along_mm);
    ck_assert_double_eq_tol(across_mm, 40.00, 0.02);
    ck_assert_double_eq_tol(along_mm, 40.00, 0.02);
    fixture_free(fixture);
}
END_TEST

START_TEST(every_paper_and_scale_is_as_true)
{
    static const struct {
        enum paper paper;
        bool is_landscape;
        double scale;
    } cases[] = {{PAPER_A4, false, 10000}, {PAPER_A4, true, 50000}, {PAPER_A5, false, 37500}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct briefing_fixture *fixture = fixture_new();
        fixture->order.paper = cases[i].paper;
        fixture->order.is_landscape = cases[i].is_landscape;
        fixture->order.scale_denominator = cases[i].scale;
        double distance = cases[i].scale / 25;
        struct point corner = {100800 - 0.55 * distance, 410800 - 0.55 * distance};
        add_cross(fixture, corner, distance);
        double across_mm;
        double along_mm;
        measure_cross(fixture, corner, distance, &across_mm, &along_mm);
        ck_assert_double_eq_tol(across_mm, 40.00, 0.02);
        ck_assert_double_eq_tol(along_mm, 40.00, 0.02);
        fixture_free(fixture);
    }
}
END_TEST

START_TEST(a_place_is_where_its_coordinates_say)
{
    struct briefing_fixture *fixture = fixture_new();
    struct point corner = {100300, 410300};
    add_cross(fixture, corner, 1000);
    struct image *image = print(fixture);
    struct point west = on_page(&fixture->order, (struct point){corner.x, corner.y + 500});
    ck_assert_double_eq_tol(middle_mm(image, west, true), west.x, 0.05);
    struct point south = on_page(&fixture->order, (struct point){corner.x + 500, corner.y});
    ck_assert_double_eq_tol(middle_mm(image, south, false), south.y, 0.05);
    image_free(image);
    fixture_free(fixture);
}
END_TEST

START_TEST(the_paper_is_as_large_as_it_says)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_plot(fixture, false);
    struct image *image = print(fixture);
    ck_assert_int_eq(image->width, (int)lround(420 * DOTS_PER_MM));
    ck_assert_int_eq(image->height, (int)lround(297 * DOTS_PER_MM));
    image_free(image);
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("true_scale");
    TCase *paper = tcase_create("paper");
    tcase_set_timeout(paper, 120);
    tcase_add_test(paper, a_kilometre_is_forty_millimetres_at_25000);
    tcase_add_test(paper, every_paper_and_scale_is_as_true);
    tcase_add_test(paper, a_place_is_where_its_coordinates_say);
    tcase_add_test(paper, the_paper_is_as_large_as_it_says);
    suite_add_tcase(suite, paper);
    return suite;
}
