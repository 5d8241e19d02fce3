/*
 * Several grids over one map: whatever is combined, at any scale and place, no value and no name stands on
 * another, and nothing is drawn twice.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "render/grid/grid_paint.h"
#include "render/print/paper.h"
#include "render/print/pen.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/effort.h"
#include "tests/support/grid_fixture.h"
#include "tests/support/random.h"

#define TRIAL_COUNT 60

static struct briefing_fixture *fixture;
static uint64_t state = 20261122;

static void set_up(void)
{
    fixture = fixture_new();
}

static void tear_down(void)
{
    fixture_free(fixture);
}

/** Two to four of the six kinds, none twice. */
static size_t random_grids(struct grid grids[static GRID_MOST])
{
    size_t count = 2 + random_below(&state, GRID_MOST - 1);
    bool is_taken[GRID_KIND_COUNT] = {false};
    for (size_t i = 0; i < count;) {
        enum grid_kind kind = (enum grid_kind)random_below(&state, GRID_KIND_COUNT);
        if (!is_taken[kind]) {
            is_taken[kind] = true;
            grids[i++] = grid_of(kind);
        }
    }
    return count;
}

struct trial {
    struct grid_case frame;
    struct grid grids[GRID_MOST];
    size_t asked;
    struct grid_picture picture;
};

static struct trial trial_new(void)
{
    struct fault fault = {0};
    struct trial trial = {.frame = grid_case_at(renderer_crs_context(fixture->renderer),
                                                random_below(&state, GRID_CASE_COUNT))};
    trial.asked = random_grids(trial.grids);
    struct pen pen = {renderer_text_engine(fixture->renderer), NULL, 1,
                      (enum language)random_below(&state, LANGUAGE_COUNT), .colours = NULL};
    size_t ringed = random_below(&state, 2) ? trial.asked : 1; /* bands as asked for, or too narrow */
    struct grid_bands bands = grid_bands(trial.grids, ringed, pen.unit);
    struct bbox map = {20, 20, 20 + trial.frame.place.width_px * SCALE_PIXEL_MM,
                       20 + trial.frame.place.height_px * SCALE_PIXEL_MM};
    struct bbox frame = {map.min_x - bands.side_mm, map.min_y - bands.top_mm, map.max_x + bands.side_mm,
                         map.max_y + bands.top_mm};
    struct grid_wish wish = {.place = &trial.frame.place,
                             .grids = trial.grids,
                             .count = trial.asked,
                             .map_mm = map,
                             .frame_mm = frame};
    ck_assert_msg(grid_picture_make(&wish, &pen, &trial.picture, &fault), "%s", fault.message);
    return trial;
}

static void trial_finish(struct trial *trial)
{
    grid_picture_finish(&trial->picture);
}

/** All that has letters: values around the map, then names in it. */
static struct bbox box_at(const struct grid_picture *picture, size_t index, const char **text)
{
    bool is_value = index < picture->labels.count;
    size_t name = index - picture->labels.count;
    *text = is_value ? picture->labels.items[index].text.main : picture->names.items[name].text.main;
    return is_value ? picture->labels.items[index].box_px : picture->names.items[name].box_px;
}

static void check_apart(const struct trial *trial)
{
    const struct grid_picture *picture = &trial->picture;
    size_t count = picture->labels.count + picture->names.count;
    for (size_t i = 0; i < count; i++) {
        const char *text;
        const char *other;
        struct bbox box = bbox_grow(box_at(picture, i, &text), -1e-6);
        for (size_t j = i + 1; j < count; j++) {
            ck_assert_msg(!bbox_intersects(box, box_at(picture, j, &other)), "%s 1:%.0f: '%s' on '%s'",
                          trial->frame.name, trial->frame.scale, text, other);
        }
    }
}

START_TEST(no_value_and_no_name_stands_on_another_whatever_is_combined)
{
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial trial = trial_new();
        check_apart(&trial);
        trial_finish(&trial);
    }
}
END_TEST

static size_t count_of(const struct grid_picture *picture, enum grid_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < picture->count; i++) {
        count += picture->grids[i].kind == kind;
    }
    return count;
}

static bool is_asked(const struct trial *trial, enum grid_kind kind)
{
    for (size_t i = 0; i < trial->asked; i++) {
        if (trial->grids[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/** The same lines give the same ticks: those of two grids may meet by chance, but not all. */
static void check_lines(const struct trial *trial)
{
    const struct grid_picture *picture = &trial->picture;
    for (size_t i = 0; i < picture->count; i++) {
        const struct grid_lines *lines = &picture->lines[i];
        for (size_t j = i + 1; j < picture->count; j++) {
            const struct grid_lines *others = &picture->lines[j];
            bool is_drawn_twice = lines->point_count > 0 && lines->point_count == others->point_count &&
                                  memcmp(lines->points_px, others->points_px,
                                         sizeof *lines->points_px * lines->point_count) == 0;
            bool has_squares = lines->kind == GRID_SQUARES || others->kind == GRID_SQUARES;
            ck_assert_msg(!is_drawn_twice || has_squares, "%s: %s and %s", trial->frame.name,
                          grid_kind_name(lines->kind), grid_kind_name(others->kind));
        }
    }
}

START_TEST(grids_with_the_same_lines_are_one)
{
    for (int i = 0; i < test_rounds(TRIAL_COUNT); i++) {
        struct trial trial = trial_new();
        bool has_utm = is_asked(&trial, GRID_UTM);
        bool has_mgrs = is_asked(&trial, GRID_MGRS);
        ck_assert_uint_eq(count_of(&trial.picture, GRID_UTM), has_utm);
        ck_assert_uint_eq(count_of(&trial.picture, GRID_MGRS), has_mgrs && !has_utm);
        for (size_t j = 0; j < trial.picture.count; j++) {
            const struct grid *grid = &trial.picture.grids[j];
            ck_assert_int_eq(grid->has_mgrs_names, grid->kind == GRID_UTM && has_mgrs);
        }
        check_lines(&trial);
        trial_finish(&trial);
    }
}
END_TEST

static size_t merge(const char *kinds, const char *crs_code, struct grid grids[static GRID_MOST])
{
    static const char letters[] = "mrugws"; /* map, rd, utm, mgrs, wgs84, squares */
    size_t count = strlen(kinds);
    for (size_t i = 0; i < count; i++) {
        grids[i] = grid_of((enum grid_kind)(strchr(letters, kinds[i]) - letters));
    }
    return grid_merge(grids, count, crs_code);
}

START_TEST(what_is_left_keeps_the_first_place_of_those_it_stands_for)
{
    struct grid grids[GRID_MOST];
    ck_assert_uint_eq(merge("gwu", NULL, grids), 2);
    ck_assert(grids[0].kind == GRID_UTM && grids[0].has_mgrs_names && grids[1].kind == GRID_GRATICULE);
    ck_assert_uint_eq(merge("mwr", "EPSG:28992", grids), 2);
    ck_assert(grids[0].kind == GRID_RD && grids[1].kind == GRID_GRATICULE);
    ck_assert_uint_eq(merge("mr", NULL, grids), 2);
    ck_assert_uint_eq(merge("mr", "EPSG:25831", grids), 2);
    ck_assert_uint_eq(merge("mgu", "EPSG:25831", grids), 1);
    ck_assert(grids[0].kind == GRID_UTM && grids[0].has_mgrs_names);
    ck_assert_uint_eq(merge("mg", "EPSG:32760", grids), 1);
    ck_assert(grids[0].kind == GRID_MGRS && !grids[0].has_mgrs_names);
    ck_assert_uint_eq(merge("rugw", "EPSG:28992", grids), 3);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("grid_together");
    TCase *together = tcase_create("together");
    tcase_add_checked_fixture(together, set_up, tear_down);
    tcase_set_timeout(together, 120);
    tcase_add_test(together, no_value_and_no_name_stands_on_another_whatever_is_combined);
    tcase_add_test(together, grids_with_the_same_lines_are_one);
    tcase_add_test(together, what_is_left_keeps_the_first_place_of_those_it_stands_for);
    suite_add_tcase(suite, together);
    return suite;
}
