/* The worst drawings that a set may bring along are painted in no time to speak of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/glyph.h"
#include "symbology/symbol.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MOST_SECONDS 3.0 /* of a processor; a worker's deadline is longer */
#define MOST_GROWTH_KIB (200L * 1024)
#define WIDTH_PX 1024

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static long memory_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Reduces a drawing, composes a symbol with it and paints that as large as anybody may ask for. */
static void assert_painted_soon(const char *elements)
{
    struct buffer svg;
    buffer_init(&svg, GLYPH_FOREIGN_MOST_BYTES);
    buffer_append_text(&svg, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>");
    buffer_append_text(&svg, elements);
    buffer_append_text(&svg, "</svg>");
    ck_assert(!svg.is_full);
    struct problems problems;
    struct fault fault;
    problems_init(&problems);
    long memory_before_kib = memory_kib();
    double start = processor_seconds();
    char *glyph = glyph_reduce("bomb.svg", svg.bytes, svg.length, &problems);
    ck_assert_msg(glyph != NULL, "%s", problems.count > 0 ? problems.items[0].sentence : "");
    struct symbol_entry entry = {
        .letters = "B", .glyph = glyph, .kind = KIND_OBJECT, .fill = {255, 255, 255, 255}};
    struct symbol_code code = {.status = STATUS_PRESENT};
    struct symbol_drawing drawing;
    ck_assert_msg(symbol_compose(&entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, &fault), "%s",
                  fault.message);
    struct image *image = svg_render(drawing.svg, strlen(drawing.svg), WIDTH_PX, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    double seconds = processor_seconds() - start;
    ck_assert_msg(seconds < MOST_SECONDS, "took %.2f s", seconds);
    ck_assert_int_lt(memory_kib() - memory_before_kib, MOST_GROWTH_KIB);
    image_free(image);
    symbol_drawing_finish(&drawing);
    problems_finish(&problems);
    buffer_finish(&svg);
    free(glyph);
}

static void append_scribble(struct buffer *elements, int count)
{
    uint64_t state = 3;
    buffer_append_text(elements, "<path d='M0 0");
    for (int i = 0; i < count; i++) {
        buffer_appendf(elements, "L%.2f %.2f", random_between(&state, 6, 18), random_between(&state, 6, 18));
    }
    buffer_append_text(elements, "'");
}

START_TEST(a_scribble_of_1500_lines_is_filled_soon)
{
    struct buffer elements;
    buffer_init(&elements, 1 << 20);
    append_scribble(&elements, 1500);
    buffer_append_text(&elements, " fill-rule='evenodd'/>");
    assert_painted_soon(elements.bytes);
    buffer_finish(&elements);
}
END_TEST

START_TEST(a_scribble_with_a_thick_round_pen_is_painted_soon)
{
    struct buffer elements;
    buffer_init(&elements, 1 << 20);
    append_scribble(&elements, 1500);
    buffer_append_text(&elements, " fill='none' stroke='red' stroke-width='99' stroke-linejoin='round' "
                                  "stroke-linecap='round'/>");
    assert_painted_soon(elements.bytes);
    buffer_finish(&elements);
}
END_TEST

START_TEST(as_many_dashes_as_are_let_through_are_painted_soon)
{
    struct buffer elements;
    buffer_init(&elements, 1 << 20);
    for (int i = 0; i < 290; i++) {
        buffer_appendf(&elements,
                       "<path d='M0 %.2fL24 %.2f' stroke='red' stroke-width='12' stroke-linecap='round' "
                       "stroke-dasharray='2.3 3.7'/>",
                       i * 0.05, 24 - i * 0.05);
    }
    assert_painted_soon(elements.bytes);
    buffer_finish(&elements);
}
END_TEST

START_TEST(dashes_that_are_no_longer_than_an_atom_are_painted_soon)
{
    assert_painted_soon("<path d='M0 0H24V24' stroke='red' stroke-dasharray='0.0001'/>"
                        "<path d='M0 0H24V24' stroke='red' stroke-dasharray='1e-300 0'/>"
                        "<path d='M-99 0H99' stroke='red' stroke-width='9' stroke-dasharray='4 0.1'/>");
}
END_TEST

START_TEST(curves_that_wind_are_painted_soon)
{
    struct buffer elements;
    uint64_t state = 9;
    buffer_init(&elements, 1 << 20);
    buffer_append_text(&elements,
                       "<path fill='none' stroke='red' stroke-width='30' stroke-linejoin='round' d='M0 0");
    for (int i = 0; i < 40; i++) {
        buffer_appendf(&elements, "C%.1f %.1f %.1f %.1f %.1f %.1f", random_between(&state, -90, 90),
                       random_between(&state, -90, 90), random_between(&state, -90, 90),
                       random_between(&state, -90, 90), random_between(&state, 0, 24),
                       random_between(&state, 0, 24));
    }
    buffer_append_text(&elements, "'/>");
    assert_painted_soon(elements.bytes);
    buffer_finish(&elements);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("glyph picture");
    TCase *cases = tcase_create("time");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, a_scribble_of_1500_lines_is_filled_soon);
    tcase_add_test(cases, a_scribble_with_a_thick_round_pen_is_painted_soon);
    tcase_add_test(cases, as_many_dashes_as_are_let_through_are_painted_soon);
    tcase_add_test(cases, dashes_that_are_no_longer_than_an_atom_are_painted_soon);
    tcase_add_test(cases, curves_that_wind_are_painted_soon);
    suite_add_tcase(suite, cases);
    return suite;
}
