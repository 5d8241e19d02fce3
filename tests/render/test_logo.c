/* A logo is drawn with little computing and memory, or refused by name: a drawing of others is never waited
 * for. */
#include "render/briefing/logo.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "tests/support/runner.h"

static struct logo logo_of(char *svg)
{
    return (struct logo){.bytes = svg, .length = strlen(svg), .is_svg = true, .shape = 1};
}

START_TEST(a_logo_is_drawn_as_its_file_has_it)
{
    struct fault fault;
    struct logo logo = logo_of("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'>"
                               "<rect width='10' height='10' fill='#f00'/></svg>");
    struct image *image = logo_draw(&logo, 40, &fault);
    ck_assert_ptr_nonnull(image);
    ck_assert_int_eq(image->width, 40);
    ck_assert_int_eq(image->height, 20);
    ck_assert_uint_eq(image->pixels[5 * image->stride_px + 5], 0xFFFF0000u);
    ck_assert_uint_eq(image->pixels[5 * image->stride_px + 35], 0);
    image_free(image);
}
END_TEST

/* Ten of ten of ten … circles: a few hundred bytes. */
static char *nested(int depth)
{
    struct buffer svg;
    buffer_init(&svg, 100000);
    buffer_append_text(&svg, "<svg xmlns='http://www.w3.org/2000/svg' "
                             "xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 100 100'><defs>"
                             "<g id='g0'><circle cx='50' cy='50' r='40' fill='none' stroke='red' "
                             "stroke-width='.1' stroke-dasharray='.05'/></g>");
    for (int i = 1; i <= depth; i++) {
        buffer_appendf(&svg, "<g id='g%d' opacity='.9'>", i);
        for (int k = 0; k < 10; k++) {
            buffer_appendf(&svg, "<use xlink:href='#g%d'/>", i - 1);
        }
        buffer_append_text(&svg, "</g>");
    }
    buffer_appendf(&svg, "</defs><use xlink:href='#g%d'/></svg>", depth);
    return buffer_take(&svg, NULL);
}

/** Of children that have ended. */
static double computed_s(void)
{
    struct rusage used;
    ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &used), 0);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

START_TEST(a_logo_that_takes_for_ever_is_refused_within_a_second_of_computing)
{
    struct fault fault;
    char *svg = nested(4);
    struct logo logo = logo_of(svg);
    double before_s = computed_s();
    ck_assert_ptr_null(logo_draw(&logo, 200, &fault));
    ck_assert_double_lt(computed_s() - before_s, 1.0);
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_nonnull(strstr(fault.message, "0.8 s"));
    free(svg);
}
END_TEST

START_TEST(what_is_no_drawing_is_named)
{
    struct fault fault = {0};
    struct logo logo = logo_of("<svg xmlns='http://www.w3.org/2000/svg'><rect");
    ck_assert_ptr_null(logo_draw(&logo, 40, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_int_gt((int)strlen(fault.message), 5);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("logo");
    TCase *cases = tcase_create("logo");
    tcase_add_test(cases, a_logo_is_drawn_as_its_file_has_it);
    tcase_add_test(cases, a_logo_that_takes_for_ever_is_refused_within_a_second_of_computing);
    tcase_add_test(cases, what_is_no_drawing_is_named);
    suite_add_tcase(suite, cases);
    return suite;
}
