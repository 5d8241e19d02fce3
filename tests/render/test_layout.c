/*
 * The layout of a briefing page, tried with thousands of pages nobody would think of.
 */
#include "tests/support/runner.h"

#include <math.h>
#include <stdint.h>

#include "geo/scale.h"
#include "render/briefing/layout.h"
#include "render/print/paper.h"
#include "tests/support/random.h"

#define TRIAL_COUNT 20000

/** How much text each block has: mm2 it covers, and 0 for none. */
struct amounts {
    double area_mm2[LAYOUT_COUNT];
    double unit;
};

/** Text fills lines of 3 mm: a block is as high as its lines. */
static double height_of(enum layout_block block, double width_mm, void *context)
{
    const struct amounts *amounts = context;
    if (block == LAYOUT_SCALE) {
        return layout_scale_height_mm(amounts->unit);
    }
    double line = 3 * amounts->unit;
    return ceil(amounts->area_mm2[block] / (width_mm * line)) * line;
}

/** Mostly ordinary lengths, sometimes none, sometimes a book. */
static struct amounts random_amounts(uint64_t *state, double unit)
{
    struct amounts amounts = {.unit = unit};
    for (int i = 0; i < LAYOUT_COUNT; i++) {
        double kind = random_between(state, 0, 1);
        double most = kind < 0.15 ? 0 : kind < 0.7 ? 1500 : kind < 0.95 ? 20000 : 1e7;
        amounts.area_mm2[i] = random_between(state, 0, 1) * most * unit * unit;
    }
    amounts.area_mm2[LAYOUT_FACTS] += 600 * unit * unit;
    amounts.area_mm2[LAYOUT_COMPLETENESS] += 500 * unit * unit;
    amounts.area_mm2[LAYOUT_SOURCES] += 200 * unit * unit;
    amounts.area_mm2[LAYOUT_LEGEND] += 200 * unit * unit;
    return amounts;
}

struct trial {
    enum paper paper;
    bool is_landscape;
    struct amounts amounts;
    struct layout layout;
};

static struct trial random_trial(uint64_t *state)
{
    struct trial trial = {.paper = (enum paper)random_below(state, PAPER_COUNT),
                          .is_landscape = random_below(state, 2) == 0};
    trial.amounts = random_amounts(state, paper_unit(trial.paper));
    struct layout_measure measure = {height_of, &trial.amounts};
    trial.layout = layout_solve(trial.paper, trial.is_landscape, &measure);
    return trial;
}

static bool overlaps(struct bbox a, struct bbox b)
{
    struct bbox common = bbox_intersection(a, b);
    return !bbox_is_empty(common) && bbox_width(common) > 1e-6 && bbox_height(common) > 1e-6;
}

static void check_apart(const struct trial *trial)
{
    const struct bbox *boxes = trial->layout.boxes;
    for (int i = 0; i < LAYOUT_COUNT; i++) {
        for (int j = i + 1; j < LAYOUT_COUNT; j++) {
            ck_assert_msg(!overlaps(boxes[i], boxes[j]), "%s %s: blocks %d and %d overlap",
                          paper_name(trial->paper), trial->is_landscape ? "landscape" : "portrait", i, j);
        }
    }
}

START_TEST(no_two_blocks_overlap)
{
    uint64_t state = 20260915;
    for (int i = 0; i < TRIAL_COUNT; i++) {
        struct trial trial = random_trial(&state);
        check_apart(&trial);
    }
}
END_TEST

START_TEST(no_block_leaves_the_page)
{
    uint64_t state = 4711;
    for (int i = 0; i < TRIAL_COUNT; i++) {
        struct trial trial = random_trial(&state);
        struct bbox printable = bbox_grow(trial.layout.page, -4);
        for (int block = 0; block < LAYOUT_COUNT; block++) {
            struct bbox box = trial.layout.boxes[block];
            ck_assert(bbox_is_empty(box) || bbox_contains(printable, box));
        }
        ck_assert(bbox_contains(trial.layout.boxes[LAYOUT_FRAME], trial.layout.map));
    }
}
END_TEST

START_TEST(every_block_that_has_something_to_say_has_a_box)
{
    uint64_t state = 1953;
    for (int i = 0; i < TRIAL_COUNT; i++) {
        struct trial trial = random_trial(&state);
        for (int block = LAYOUT_LEGEND; block < LAYOUT_FOOTER; block++) {
            struct bbox box = trial.layout.boxes[block];
            double need = bbox_is_empty(box) ? height_of(block, 40, &trial.amounts)
                                             : height_of(block, bbox_width(box), &trial.amounts);
            ck_assert_int_eq(bbox_is_empty(box), need == 0);
        }
    }
}
END_TEST

START_TEST(a_block_is_as_high_as_it_needs_or_says_that_it_is_short)
{
    uint64_t state = 1672;
    for (int i = 0; i < TRIAL_COUNT; i++) {
        struct trial trial = random_trial(&state);
        for (int block = LAYOUT_LEGEND; block < LAYOUT_FOOTER; block++) {
            struct bbox box = trial.layout.boxes[block];
            if (bbox_is_empty(box)) {
                continue;
            }
            double need = height_of(block, bbox_width(box), &trial.amounts);
            bool is_whole = bbox_height(box) >= need - 1e-6;
            ck_assert_int_eq(is_whole, !trial.layout.is_short[block]);
        }
    }
}
END_TEST

START_TEST(a_short_block_still_has_room_for_a_heading_and_a_line)
{
    uint64_t state = 88;
    for (int i = 0; i < TRIAL_COUNT; i++) {
        struct trial trial = random_trial(&state);
        for (int block = LAYOUT_LEGEND; block < LAYOUT_FOOTER; block++) {
            if (trial.layout.is_short[block]) {
                ck_assert_double_ge(bbox_height(trial.layout.boxes[block]), 5.9 * trial.layout.unit);
            }
        }
    }
}
END_TEST

START_TEST(the_frame_of_the_map_follows_from_the_paper_alone)
{
    uint64_t state = 12;
    for (int i = 0; i < 2000; i++) {
        struct trial trial = random_trial(&state);
        struct layout bare = layout_frame(trial.paper, trial.is_landscape);
        ck_assert_mem_eq(&bare.map, &trial.layout.map, sizeof bare.map);
    }
}
END_TEST

START_TEST(the_map_takes_about_half_of_every_paper)
{
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        for (int landscape = 0; landscape < 2; landscape++) {
            struct layout layout = layout_frame((enum paper)paper, landscape == 1);
            double part = bbox_width(layout.map) * bbox_height(layout.map) /
                          (bbox_width(layout.page) * bbox_height(layout.page));
            double least = paper == PAPER_A5 ? 0.37 : 0.46;
            ck_assert_msg(part > least, "%s: %.2f", paper_name((enum paper)paper), part);
        }
    }
}
END_TEST

START_TEST(the_neat_line_is_whole_px_wide_and_high)
{
    for (int paper = 0; paper < PAPER_COUNT; paper++) {
        struct layout layout = layout_frame((enum paper)paper, true);
        double columns = bbox_width(layout.map) / SCALE_PIXEL_MM;
        double rows = bbox_height(layout.map) / SCALE_PIXEL_MM;
        ck_assert_double_eq_tol(columns, round(columns), 1e-6);
        ck_assert_double_eq_tol(rows, round(rows), 1e-6);
    }
}
END_TEST

START_TEST(papers_are_those_of_iso_216)
{
    struct paper_size a3 = paper_size(PAPER_A3, true);
    ck_assert_double_eq(a3.width_mm, 420);
    ck_assert_double_eq(a3.height_mm, 297);
    enum paper paper;
    ck_assert(paper_parse("a0", &paper) && paper == PAPER_A0);
    ck_assert(!paper_parse("A6", &paper));
    ck_assert(!paper_parse("", &paper));
    ck_assert(!paper_parse(NULL, &paper));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *pages = tcase_create("pages");
    tcase_set_timeout(pages, 60);
    tcase_add_test(pages, no_two_blocks_overlap);
    tcase_add_test(pages, no_block_leaves_the_page);
    tcase_add_test(pages, every_block_that_has_something_to_say_has_a_box);
    tcase_add_test(pages, a_block_is_as_high_as_it_needs_or_says_that_it_is_short);
    tcase_add_test(pages, a_short_block_still_has_room_for_a_heading_and_a_line);
    tcase_add_test(pages, the_frame_of_the_map_follows_from_the_paper_alone);
    tcase_add_test(pages, the_map_takes_about_half_of_every_paper);
    tcase_add_test(pages, the_neat_line_is_whole_px_wide_and_high);
    tcase_add_test(pages, papers_are_those_of_iso_216);
    suite_add_tcase(suite, pages);
    return suite;
}
