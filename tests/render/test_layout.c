/*
 * The layout of a page by template, tried with thousands of templates and papers nobody would think of.
 */
#include "tests/support/effort.h"
#include "tests/support/runner.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/briefing/layout.h"
#include "render/briefing/marginalia.h"
#include "render/briefing/template_value.h"
#include "render/grid/grid.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/text/text.h"
#include "tests/support/random.h"

#define TRIAL_COUNT 20000
#define BOX_MOST (LAYOUT_BLOCK_MOST + 8)

/** How much each block has to say: mm2 it covers, and 0 for nothing. */
struct amounts {
    double area_mm2[BLOCK_KIND_COUNT];
    double unit;
};

/** Text fills lines of 3 mm: a block is as high as its lines. What has a size of its own keeps it. */
static double height_of(enum block_kind kind, unsigned elements, double width_mm, void *context)
{
    const struct amounts *amounts = context;
    if (kind == BLOCK_SCALE) {
        return layout_scale_height_mm(amounts->unit);
    }
    if (kind == BLOCK_LOGO) {
        return amounts->area_mm2[kind] > 0 ? width_mm / 2 : 0;
    }
    double line = 3 * amounts->unit;
    double height = ceil(amounts->area_mm2[kind] / (width_mm * line)) * line;
    return kind == BLOCK_INSETS ? fmin(height, 60 * amounts->unit) : height;
}

/** Mostly ordinary lengths, sometimes none, sometimes a book. */
static struct amounts random_amounts(uint64_t *state, double unit)
{
    struct amounts amounts = {.unit = unit};
    for (int i = 0; i < BLOCK_KIND_COUNT; i++) {
        double kind = random_between(state, 0, 1);
        double most = kind < 0.15 ? 0 : kind < 0.7 ? 1500 : kind < 0.95 ? 20000 : 1e7;
        amounts.area_mm2[i] = random_between(state, 0, 1) * most * unit * unit;
    }
    amounts.area_mm2[BLOCK_TITLE] += 200 * unit * unit;
    amounts.area_mm2[BLOCK_TIMES] += 200 * unit * unit;
    return amounts;
}

static enum place random_place(uint64_t *state, enum element element)
{
    for (;;) {
        enum place place = (enum place)random_below(state, PLACE_COUNT);
        if (element_allows(element, place)) {
            return place;
        }
    }
}

static double random_room(uint64_t *state)
{
    return random_below(state, 2) ? 0 : random_between(state, 0.05, 0.45);
}

static struct template random_template(uint64_t *state)
{
    struct template template = template_bare();
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < ELEMENT_COUNT; i++) {
            template.places[turn][i] = random_place(state, (enum element)i);
        }
    }
    for (int i = 0; i < PLACE_AROUND; i++) {
        template.shares[i] = random_below(state, 2) ? 0 : random_between(state, 0.2, 5);
    }
    template.room.left = random_room(state);
    template.room.right = random_room(state);
    template.room.top = random_room(state);
    template.room.bottom = random_room(state);
    template.is_slim = random_below(state, 12) == 0;
    template.kind = (enum template_kind)random_below(state, 3);
    template.changes = (enum template_changes)random_below(state, 2);
    if (template.is_slim && template.kind != TEMPLATE_COMPARISON && random_below(state, 2)) {
        template.frame.width_mm = 125; /* that the smallest paper has room for */
        template.frame.height_mm = 120;
    }
    template.grid_count = random_below(state, 4);
    for (size_t i = 0; i < template.grid_count; i++) {
        template.grids[i] = (enum grid_kind)((size_t)GRID_RD + i);
    }
    return template;
}

struct trial {
    struct template template;
    struct layout_sheet sheet;
    struct amounts amounts;
    struct layout layout;
};

static struct trial *random_trial(uint64_t *state)
{
    struct trial *trial = memory_new(1, sizeof *trial);
    struct fault fault;
    trial->template = random_template(state);
    trial->sheet = (struct layout_sheet){.template = &trial->template,
                                         .paper = (enum paper)random_below(state, PAPER_COUNT),
                                         .is_landscape = random_below(state, 2) == 0};
    trial->amounts = random_amounts(state, paper_unit(trial->sheet.paper));
    struct layout_measure measure = {height_of, &trial->amounts};
    ck_assert(layout_frame(trial->sheet, &trial->layout, &fault));
    layout_solve(trial->sheet, &measure, &trial->layout);
    return trial;
}

static void trial_free(struct trial *trial)
{
    template_finish(&trial->template);
    free(trial);
}

/** All that has a place of its own on the page. */
static int boxes_of(const struct trial *trial, struct bbox boxes[BOX_MOST])
{
    const struct layout *layout = &trial->layout;
    int count = 0;
    boxes[count++] = layout->furniture.marking_top;
    boxes[count++] = layout->furniture.marking_bottom;
    boxes[count++] = layout->furniture.footer;
    for (int i = 0; i < layout->map_count; i++) {
        boxes[count++] = layout->frames[i];
    }
    for (int i = 0; i < layout->block_count; i++) {
        boxes[count++] = layout->blocks[i].box;
    }
    return count;
}

static bool overlaps(struct bbox a, struct bbox b)
{
    struct bbox common = bbox_intersection(a, b);
    return !bbox_is_empty(common) && bbox_width(common) > 1e-6 && bbox_height(common) > 1e-6;
}

START_TEST(no_two_boxes_overlap)
{
    uint64_t state = 20260915;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        struct bbox boxes[BOX_MOST];
        int count = boxes_of(trial, boxes);
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                ck_assert_msg(!overlaps(boxes[a], boxes[b]), "trial %d: %s %s: boxes %d and %d overlap", i,
                              paper_name(trial->sheet.paper),
                              trial->sheet.is_landscape ? "landscape" : "portrait", a, b);
            }
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(no_box_leaves_the_page)
{
    uint64_t state = 4711;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        struct bbox printable = bbox_grow(trial->layout.furniture.page, trial->template.is_slim ? -3 : -4);
        struct bbox boxes[BOX_MOST];
        int count = boxes_of(trial, boxes);
        for (int box = 0; box < count; box++) {
            ck_assert_msg(bbox_is_empty(boxes[box]) || bbox_contains(printable, boxes[box]),
                          "trial %d: box %d", i, box);
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(every_map_lies_in_its_frame)
{
    uint64_t state = 77;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        for (int map = 0; map < trial->layout.map_count; map++) {
            struct bbox box = trial->layout.maps[map];
            ck_assert(bbox_contains(bbox_grow(trial->layout.frames[map], 1e-9), box));
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(the_maps_keep_their_least_part_of_the_paper)
{
    uint64_t state = 78;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        const struct layout *layout = &trial->layout;
        double width = 0;
        double height = 0;
        for (int map = 0; map < layout->map_count; map++) {
            bool adds_width = map == 0 || trial->sheet.is_landscape;
            bool adds_height = map == 0 || !trial->sheet.is_landscape;
            width += adds_width ? bbox_width(layout->maps[map]) : 0;
            height += adds_height ? bbox_height(layout->maps[map]) : 0;
        }
        double slack = trial->template.frame.width_mm > 0 ? 2000 : 4 * SCALE_PIXEL_MM + layout->gap_mm;
        ck_assert_msg(width + slack >= LAYOUT_MAP_LEAST_WIDTH * bbox_width(layout->furniture.page),
                      "trial %d: %.1f mm wide", i, width);
        ck_assert_msg(height + slack >= LAYOUT_MAP_LEAST_HEIGHT * bbox_height(layout->furniture.page),
                      "trial %d: %.1f mm high", i, height);
        trial_free(trial);
    }
}
END_TEST

/** What a block needs in the width that it has, or would have. */
static double need_of(const struct trial *trial, const struct layout_block *block)
{
    double width = bbox_is_empty(block->box) ? 60 : bbox_width(block->box);
    return height_of(block->kind, block->elements, width, (void *)&trial->amounts);
}

START_TEST(every_block_that_has_something_to_say_is_whole_or_short_or_moved)
{
    uint64_t state = 1953;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        for (int k = 0; k < trial->layout.block_count && !trial->template.is_slim; k++) {
            const struct layout_block *block = &trial->layout.blocks[k];
            bool is_shown = !bbox_is_empty(block->box);
            double need = need_of(trial, block);
            ck_assert_msg(is_shown != (block->is_moved || need == 0), "trial %d: block %d is lost", i, k);
            if (is_shown && block->kind != BLOCK_LOGO) {
                bool is_whole = bbox_height(block->box) >= need - 1e-6;
                ck_assert_msg(is_whole || block->is_short, "trial %d: block %d is cut in silence", i, k);
            }
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(a_short_block_has_its_least_height)
{
    uint64_t state = 88;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        for (int k = 0; k < trial->layout.block_count; k++) {
            const struct layout_block *block = &trial->layout.blocks[k];
            if (block->is_short) {
                ck_assert_double_ge(bbox_height(block->box) + 1e-6,
                                    layout_least_mm(block->kind) * trial->layout.unit);
            }
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(every_element_of_the_template_stands_in_exactly_one_block)
{
    uint64_t state = 1672;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        const enum place *places = trial->template.places[trial->sheet.is_landscape];
        for (int element = 0; element < ELEMENT_COUNT; element++) {
            int count = 0;
            for (int k = 0; k < trial->layout.block_count; k++) {
                count += (trial->layout.blocks[k].elements & element_bit((enum element)element)) != 0;
            }
            bool has_block =
                places[element] != PLACE_OFF && block_of((enum element)element) != BLOCK_KIND_COUNT;
            ck_assert_int_eq(count, has_block ? 1 : 0);
        }
        trial_free(trial);
    }
}
END_TEST

START_TEST(times_and_title_never_leave_the_page_of_the_map)
{
    uint64_t state = 3;
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial *trial = random_trial(&state);
        ck_assert_msg(layout_find(&trial->layout, BLOCK_TIMES) != NULL, "trial %d", i);
        bool has_title = trial->template.places[trial->sheet.is_landscape][ELEMENT_TITLE] != PLACE_OFF;
        ck_assert_msg(!has_title || layout_find(&trial->layout, BLOCK_TITLE), "trial %d", i);
        trial_free(trial);
    }
}
END_TEST

START_TEST(the_frame_of_the_map_follows_from_paper_and_template_alone)
{
    uint64_t state = 12;
    struct fault fault;
    for (int i = 0; i < test_rounds(2000); i++) {
        struct trial *trial = random_trial(&state);
        struct layout bare;
        ck_assert(layout_frame(trial->sheet, &bare, &fault));
        ck_assert_mem_eq(bare.maps, trial->layout.maps, sizeof bare.maps);
        trial_free(trial);
    }
}
END_TEST

START_TEST(a_map_of_a_given_size_has_it_or_is_refused)
{
    uint64_t state = 40;
    for (int i = 0; i < test_rounds(2000); i++) {
        struct template template = random_template(&state);
        template.id = memory_copy_text("proef");
        template.frame.width_mm = random_between(&state, 40, 500);
        template.frame.height_mm = random_between(&state, 40, 500);
        struct layout_sheet sheet = {.template = &template,
                                     .paper = (enum paper)random_below(&state, PAPER_COUNT),
                                     .is_landscape = random_below(&state, 2) == 0};
        struct layout layout;
        struct fault fault = {0};
        if (layout_frame(sheet, &layout, &fault)) {
            ck_assert_double_eq_tol(bbox_width(layout.maps[0]), template.frame.width_mm, 1e-9);
            ck_assert_double_eq_tol(bbox_height(layout.maps[0]), template.frame.height_mm, 1e-9);
        } else {
            ck_assert_int_eq(fault.code, FAULT_INPUT);
            ck_assert_ptr_nonnull(strstr(fault.message, "proef"));
        }
        template_finish(&template);
    }
}
END_TEST

/** A slim sheet, of a map of a given size or as large as it can be. */
static bool slim_layout(struct template *template, enum paper paper, bool is_landscape, struct layout *layout)
{
    struct fault fault;
    struct layout_sheet sheet = {.template = template, .paper = paper, .is_landscape = is_landscape};
    template->is_slim = true;
    return layout_frame(sheet, layout, &fault);
}

/** What letters need without the white above and below a line of them. */
static double letters_mm(const struct pen *pen, enum pen_style style)
{
    return 0.98 * pen_look(pen, style).size_px * SCALE_PIXEL_MM;
}

static void check_band(const struct pen *pen, struct bbox box, const struct marginalia *marginalia)
{
    struct marginalia_band band = marginalia_band(pen, box, marginalia);
    const char *label = marking_text(marginalia->marking);
    double word = pen_measure(pen, PEN_BANNER, words_text(WORD_EXERCISE, pen->language), 0).width_mm;
    ck_assert_double_ge(bbox_width(band.label), pen_measure(pen, PEN_MARKING, label, 0).width_mm);
    ck_assert(bbox_contains(bbox_grow(box, 1e-9), band.label));
    ck_assert_double_le(band.left.max_x, band.label.min_x);
    ck_assert_double_ge(band.right.min_x, band.label.max_x);
    ck_assert_msg(fmax(bbox_width(band.left), bbox_width(band.right)) >= word, "%s leaves %.1f mm of %.1f",
                  label, fmax(bbox_width(band.left), bbox_width(band.right)), word);
}

static const char long_identity[] = "01K6ZB4M5V0Q2S8T3W7XAECDFG · Plottafel 0.1.0 · situation · Plot "
                                    "hollands-diep, revisie 12345 · nl@1 · controlegetal 0123456789abcdef";

static void check_slim(const struct pen *pen, const struct layout *layout)
{
    const struct layout_furniture *furniture = &layout->furniture;
    char times[160];
    snprintf(times, sizeof times, "%s 08-10-2026 17:00 CEST · 1 : 100 000",
             words_text(WORD_SITUATION_AS_OF, pen->language));
    ck_assert_double_ge(bbox_height(furniture->marking_top), letters_mm(pen, PEN_MARKING));
    ck_assert_double_ge(bbox_height(furniture->marking_bottom), letters_mm(pen, PEN_MARKING));
    ck_assert_double_ge(bbox_height(layout->cells[PLACE_TOP_LEFT]), letters_mm(pen, PEN_TITLE_SMALL));
    ck_assert_double_ge(bbox_height(layout->cells[PLACE_TOP_CENTER]), letters_mm(pen, PEN_HEADING));
    ck_assert_double_ge(bbox_height(furniture->footer), pen_line_height(pen, PEN_SMALL));
    ck_assert_double_ge(bbox_width(layout->cells[PLACE_TOP_CENTER]),
                        pen_measure(pen, PEN_BODY, times, 0).width_mm);
    struct marginalia footer = {
        .identity_place = PLACE_BOTTOM_LEFT, .identity = long_identity, .page = 12, .page_count = 47};
    ck_assert_msg(marginalia_identity_fits(pen, furniture, &footer), "on %.0f x %.0f mm",
                  bbox_width(furniture->page), bbox_height(furniture->page));
    for (int marking = 0; marking < MARKING_COUNT; marking++) {
        for (int place = PLACE_TOP_LEFT; place <= PLACE_TOP_RIGHT; place++) {
            struct marginalia marginalia = {.marking = (enum marking)marking,
                                            .is_marked = true,
                                            .is_exercise = true,
                                            .marking_place = (enum place)place};
            check_band(pen, furniture->marking_top, &marginalia);
            check_band(pen, furniture->marking_bottom, &marginalia);
        }
    }
}

START_TEST(in_the_bands_of_a_slim_sheet_every_word_has_its_room)
{
    struct fault fault;
    struct text_engine *engine = text_engine_new(&fault);
    ck_assert_ptr_nonnull(engine);
    for (int i = 0; i < PAPER_COUNT * 2 * LANGUAGE_COUNT; i++) {
        enum paper paper = (enum paper)(i / 2 / LANGUAGE_COUNT);
        struct template template = template_bare();
        struct pen pen = {engine, NULL, paper_unit(paper), (enum language)(i % LANGUAGE_COUNT),
                          .colours = NULL};
        struct layout layout;
        ck_assert(slim_layout(&template, paper, i / LANGUAGE_COUNT % 2, &layout));
        check_slim(&pen, &layout);
        template_finish(&template);
    }
    text_engine_free(engine);
}
END_TEST

START_TEST(a_slim_sheet_has_bands_for_the_values_of_its_grids)
{
    for (int i = 0; i < PAPER_COUNT * 2; i++) {
        struct template template = template_bare();
        struct layout layout;
        template.grids[0] = GRID_MAP;
        template.grid_count = 1;
        template.places[0][ELEMENT_GRID] = template.places[1][ELEMENT_GRID] = PLACE_PAGE;
        ck_assert(slim_layout(&template, (enum paper)(i / 2), i % 2, &layout));
        struct grid grid = grid_of(GRID_MAP);
        struct grid_bands bands = grid_bands(&grid, 1, paper_unit((enum paper)(i / 2)));
        struct bbox inner = layout.frames[0];
        inner = (struct bbox){inner.min_x + bands.side_mm, inner.min_y + bands.top_mm,
                              inner.max_x - bands.side_mm, inner.max_y - bands.top_mm};
        ck_assert(bbox_contains(bbox_grow(inner, 1e-6), layout.maps[0]));
        template_finish(&template);
    }
}
END_TEST

START_TEST(values_of_a_grid_stand_at_the_map_however_large_the_paper_is)
{
    uint64_t state = 200100;
    for (int i = 0; i < test_rounds(4000); i++) {
        struct template template = random_template(&state);
        template.id = memory_copy_text("proef");
        template.frame.width_mm = random_between(&state, 40, 400);
        template.frame.height_mm = random_between(&state, 40, 300);
        struct layout_sheet sheet = {.template = &template,
                                     .paper = (enum paper)random_below(&state, PAPER_COUNT),
                                     .is_landscape = random_below(&state, 2) == 0};
        struct layout layout;
        struct fault fault;
        struct grid grids[GRID_MOST];
        size_t count = layout_grids(&sheet, grids);
        double unit = paper_unit(sheet.paper);
        struct grid_bands bands =
            count > 0 ? grid_bands(grids, count, unit) : (struct grid_bands){unit, unit};
        bool is_placed = layout_frame(sheet, &layout, &fault);
        for (int map = 0; is_placed && map < layout.map_count; map++) {
            struct bbox near = layout.maps[map];
            near = (struct bbox){near.min_x - bands.side_mm, near.min_y - bands.top_mm,
                                 near.max_x + bands.side_mm, near.max_y + bands.top_mm};
            ck_assert(bbox_contains(bbox_grow(near, 1e-6), layout.frames[map]));
        }
        template_finish(&template);
    }
}
END_TEST

START_TEST(a_map_of_a_given_size_has_the_rest_beside_it_on_large_paper)
{
    for (int is_landscape = 0; is_landscape < 2; is_landscape++) {
        uint64_t state = 7;
        struct template template = random_template(&state);
        template.kind = (enum template_kind)0;
        template.frame.width_mm = 400;
        template.frame.height_mm = 280;
        template.places[is_landscape][ELEMENT_LEGEND] = PLACE_PAGE;
        struct amounts amounts = {.unit = paper_unit(PAPER_A0)};
        amounts.area_mm2[BLOCK_LEGEND] = 20000;
        struct layout_measure measure = {height_of, &amounts};
        struct layout layout;
        ck_assert(slim_layout(&template, PAPER_A0, is_landscape, &layout));
        struct layout_sheet sheet = {.template = &template, .paper = PAPER_A0, .is_landscape = is_landscape};
        layout_solve(sheet, &measure, &layout);
        ck_assert_ptr_nonnull(layout_find(&layout, BLOCK_LEGEND));
        template_finish(&template);
    }
}
END_TEST

START_TEST(a_small_map_has_the_legend_and_the_rest_on_both_of_its_free_sides)
{
    static const struct point maps_mm[] = {{200, 160}, {280, 200}, {220, 120}};
    for (size_t i = 0; i < sizeof maps_mm / sizeof maps_mm[0]; i++) {
        struct template template = template_bare();
        template.frame.width_mm = maps_mm[i].x;
        template.frame.height_mm = maps_mm[i].y;
        for (int element = 0; element < ELEMENT_COUNT; element++) {
            enum place *place = &template.places[1][element];
            *place = *place == PLACE_OFF ? PLACE_PAGE : *place;
        }
        struct layout layout;
        ck_assert(slim_layout(&template, PAPER_A3, true, &layout));
        struct bbox body = layout.furniture.body;
        bool is_seen[PLACE_COUNT] = {false};
        for (int k = 0; k < layout.block_count; k++) {
            is_seen[layout.blocks[k].place] = true;
        }
        ck_assert(is_seen[PLACE_CENTER_RIGHT] && is_seen[PLACE_BOTTOM_LEFT] && !is_seen[PLACE_PAGE]);
        ck_assert_double_eq_tol(layout.cells[PLACE_CENTER_RIGHT].max_y, body.max_y, 1e-6);
        ck_assert_double_eq_tol(layout.cells[PLACE_BOTTOM_LEFT].max_y, body.max_y, 1e-6);
        ck_assert_double_gt(layout.cells[PLACE_BOTTOM_LEFT].min_y, layout.maps[0].max_y);
        ck_assert_double_lt(layout.cells[PLACE_BOTTOM_LEFT].max_x, layout.cells[PLACE_CENTER_RIGHT].min_x);
        template_finish(&template);
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
    tcase_set_timeout(pages, 120);
    tcase_add_test(pages, no_two_boxes_overlap);
    tcase_add_test(pages, no_box_leaves_the_page);
    tcase_add_test(pages, every_map_lies_in_its_frame);
    tcase_add_test(pages, the_maps_keep_their_least_part_of_the_paper);
    tcase_add_test(pages, every_block_that_has_something_to_say_is_whole_or_short_or_moved);
    tcase_add_test(pages, a_short_block_has_its_least_height);
    tcase_add_test(pages, every_element_of_the_template_stands_in_exactly_one_block);
    tcase_add_test(pages, times_and_title_never_leave_the_page_of_the_map);
    tcase_add_test(pages, the_frame_of_the_map_follows_from_paper_and_template_alone);
    tcase_add_test(pages, a_map_of_a_given_size_has_it_or_is_refused);
    tcase_add_test(pages, in_the_bands_of_a_slim_sheet_every_word_has_its_room);
    tcase_add_test(pages, a_slim_sheet_has_bands_for_the_values_of_its_grids);
    tcase_add_test(pages, values_of_a_grid_stand_at_the_map_however_large_the_paper_is);
    tcase_add_test(pages, a_map_of_a_given_size_has_the_rest_beside_it_on_large_paper);
    tcase_add_test(pages, a_small_map_has_the_legend_and_the_rest_on_both_of_its_free_sides);
    tcase_add_test(pages, papers_are_those_of_iso_216);
    suite_add_tcase(suite, pages);
    return suite;
}
