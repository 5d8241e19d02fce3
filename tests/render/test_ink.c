/*
 * test_ink.c - ink lies where a drawing covers, as much as it covers, and nowhere else.
 */
#include "render/canvas/ink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/canvas/image.h"
#include "render/canvas/pixel.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define WIDTH 230 /* several stretches of an edge */
#define HEIGHT 40
#define MARGIN 3 /* of the picture around the drawing */

static struct coverage coverage;

static void teardown(void)
{
    coverage_finish(&coverage);
}

static uint32_t random_opaque(uint64_t *random)
{
    return 0xff000000u | (uint32_t)random_between(random, 0, 0xffffff);
}

static struct image *random_picture(uint64_t *random)
{
    struct image *image = image_new(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN, NULL);
    for (int i = 0; i < image->width * image->height; i++) {
        image->pixels[i] = random_opaque(random);
    }
    return image;
}

/* The part of a picture that is drawn on. */
static struct image inside(const struct image *image)
{
    struct image view = *image;
    view.pixels += MARGIN * view.stride_px + MARGIN;
    view.width = WIDTH;
    view.height = HEIGHT;
    return view;
}

/* Two rings: steep edges, and one that is nearly level. */
static void draw(const struct point *points)
{
    coverage_begin(&coverage, 0, 0, WIDTH, HEIGHT, 1);
    coverage_ring(&coverage, points, 3, false);
    coverage_ring(&coverage, points + 3, 4, false);
}

static void lay_dot_by_dot(const struct ink *ink, const struct image *view, enum coverage_rule rule)
{
    for (int number = coverage.first_row; number < coverage.end_row; number++) {
        uint32_t *dots = view->pixels + number * view->stride_px;
        uint32_t steps[WIDTH + 1] = {0};
        struct coverage_row row = coverage_take_row(&coverage, number);
        while (coverage_next(&row, rule)) {
            for (int x = row.x; x < WIDTH; x++) {
                steps[x] = row.step;
            }
        }
        for (int x = 0; x < WIDTH; x++) {
            dots[x] = pixel_over(ink->pixels[steps[x]], dots[x]);
        }
    }
}

START_TEST(ink_lies_as_if_it_were_laid_dot_by_dot)
{
    uint64_t random = 3;
    for (int round = 0; round < 2000; round++) {
        struct point points[7];
        for (int i = 0; i < 7; i++) {
            points[i] = (struct point){random_between(&random, -20, WIDTH + 20),
                                       random_between(&random, -10, HEIGHT + 10)};
        }
        points[4] = (struct point){points[3].x + 200, points[3].y + random_between(&random, -2, 2)};
        struct colour colour = {10, 200, 90, round % 3 == 0 ? 255 : (uint8_t)random_between(&random, 1, 255)};
        struct ink ink = ink_of_colour(colour);
        enum coverage_rule rule = round % 2 ? COVERAGE_UNION : COVERAGE_EVEN_ODD;
        struct image *laid = random_picture(&random);
        struct image *expected = image_cut(laid, 0, 0, laid->width, laid->height, NULL);
        struct image view = inside(laid);
        struct image expected_view = inside(expected);
        draw(points);
        ink_lay(&ink, &view, &coverage, rule);
        draw(points);
        lay_dot_by_dot(&ink, &expected_view, rule);
        ck_assert_mem_eq(laid->pixels, expected->pixels,
                         (size_t)laid->width * (size_t)laid->height * sizeof(uint32_t));
        image_free(laid);
        image_free(expected);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("ink");
    TCase *tests = tcase_create("ink");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, ink_lies_as_if_it_were_laid_dot_by_dot);
    suite_add_tcase(suite, tests);
    return suite;
}
