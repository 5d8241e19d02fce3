/* Whole pages with a legend and several grids: together they have broken the documents of others. */
#include "tests/support/briefing_fixture.h"

#include <stdio.h>

#include "render/grid/grid.h"
#include "render/report.h"

static struct briefing_fixture *fixture;

static void set_up(void)
{
    static const char *const codes[] = {"nl@1/bw.ugs", "nl@1/gev.bord;h=33/1203", "nl@1/alg.wind;rot=225",
                                        "nl@1/obj.school"};
    fixture = fixture_new();
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char id[16];
        struct point place = {100000 + 300 * (double)i, 410800};
        snprintf(id, sizeof id, "f%zu", i);
        fixture_add(fixture, id, codes[i], "VR", &place, 1);
    }
    fixture_plot(fixture, true);
}

static void tear_down(void)
{
    fixture_free(fixture);
}

static char *make(const struct grid *grids, size_t count, size_t *length, struct report *report)
{
    struct fault fault = {0};
    fixture->order.grids = grids;
    fixture->order.grid_count = count;
    struct briefing_document document = {0};
    briefing_make(fixture->renderer, &fixture->order, &document, report, &fault);
    *length = document.length;
    ck_assert_msg(document.bytes != NULL, "1:%.0f with %zu grids: %s", fixture->order.scale_denominator,
                  count, fault.message);
    return document.bytes;
}

START_TEST(a_page_with_a_legend_and_any_grids_is_a_whole_document)
{
    static const double scales[] = {100, 10000, 25000, 250000, 2e6, 1e7};
    for (size_t i = 0; i < 6 * GRID_KIND_COUNT; i++) {
        struct grid grids[GRID_MOST];
        size_t count = 1 + i % GRID_MOST;
        for (size_t j = 0; j < count; j++) {
            grids[j] = grid_of((enum grid_kind)((i + j) % GRID_KIND_COUNT));
        }
        fixture->order.scale_denominator = scales[i % 6];
        fixture->order.paper = i % 2 ? PAPER_A4 : PAPER_A3;
        fixture->order.is_landscape = i % 3 > 0;
        size_t length;
        char *bytes = make(grids, count, &length, NULL);
        ck_assert_uint_gt(length, 5000);
        ck_assert(memcmp(bytes, "%PDF", 4) == 0);
        ck_assert(memcmp(bytes + length - 6, "%%EOF", 5) == 0 || memcmp(bytes + length - 5, "%%EOF", 5) == 0);
        free(bytes);
    }
}
END_TEST

START_TEST(the_same_grids_give_the_same_bytes)
{
    const struct grid grids[] = {grid_of(GRID_RD), grid_of(GRID_MGRS), grid_of(GRID_GRATICULE),
                                 grid_of(GRID_SQUARES)};
    size_t lengths[2];
    char *first = make(grids, 4, &lengths[0], NULL);
    char *second = make(grids, 4, &lengths[1], NULL);
    ck_assert_uint_eq(lengths[0], lengths[1]);
    ck_assert(memcmp(first, second, lengths[0]) == 0);
    free(first);
    free(second);
}
END_TEST

START_TEST(a_line_that_has_no_value_is_named_in_the_report)
{
    const struct grid grids[] = {grid_of(GRID_RD)};
    struct report report;
    size_t length;
    report_init(&report);
    fixture->order.scale_denominator = 5e6; /* RD ends before the edges of the map */
    free(make(grids, 1, &length, &report));
    ck_assert_uint_gt(report_count(&report, REPORT_GRID_UNNAMED), 0);
    for (size_t i = 0; i < report.count; i++) {
        bool is_grid = report.items[i].kind == REPORT_GRID_UNNAMED; /* as a reader calls it */
        ck_assert(!is_grid || strncmp(report_title(&report.items[i]), "RD ", 3) == 0);
    }
    report_finish(&report);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("grid_pages");
    TCase *pages = tcase_create("pages");
    tcase_set_timeout(pages, 120);
    tcase_add_checked_fixture(pages, set_up, tear_down);
    tcase_add_test(pages, a_page_with_a_legend_and_any_grids_is_a_whole_document);
    tcase_add_test(pages, the_same_grids_give_the_same_bytes);
    tcase_add_test(pages, a_line_that_has_no_value_is_named_in_the_report);
    suite_add_tcase(suite, pages);
    return suite;
}
