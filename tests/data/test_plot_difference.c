/*
 * test_plot_difference.c - the list of differences, applied to the situation before, gives the one after; and
 * each difference is named as a person would.
 */
#include "data/plot_difference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/geojson.h"
#include "data/plot.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/sphere.h"
#include "symbology/symbol_library.h"
#include "tests/data/make_feature.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

enum { ROUNDS = 300, ID_COUNT = 60, MOMENT_MOST = 20 };

static const struct plot_title title = {"oefening", "Oefening", "oefening-2026", true, {"nl", 1}};

/* The plot with one change more; the plot given is let go. */
static struct plot *change(struct plot *plot, struct change step)
{
    uint64_t revision = plot_revision(plot) + 1;
    if (step.feature) {
        step.feature->revision = revision;
        step.feature->recorded_ms = (int64_t)(1000 * revision);
    }
    struct plot *changed = plot_with_changes(plot, &step, 1, revision, (int64_t)(1000 * revision));
    change_finish(&step);
    plot_unref(plot);
    return changed;
}

static struct plot *empty_plot(void)
{
    return plot_new(&title);
}

static struct feature *always(struct feature *feature)
{
    feature->valid_from_ms = MOMENT_NONE;
    feature->valid_to_ms = MOMENT_FOREVER;
    return feature;
}

/* A plot with the feature "a", which is taken over. */
static struct plot *plot_of(struct feature *feature)
{
    return change(empty_plot(), put(feature, CHANGE_ANY_REVISION));
}

/* The only difference of two versions of one feature, both taken over; free the list with what it has. */
static struct plot_difference *compare(struct feature *before, struct feature *after)
{
    struct plot *old = plot_of(before);
    struct plot *new = change(plot_ref(old), put(after, CHANGE_ANY_REVISION));
    struct plot_difference *difference =
        plot_difference_new((struct plot_situation){old, 0}, (struct plot_situation){new, 0});
    plot_unref(old);
    plot_unref(new);
    return difference;
}

static unsigned changes_of(struct plot_difference *difference)
{
    ck_assert_uint_eq(plot_difference_count(difference), 1);
    return plot_difference_at(difference, 0)->what.changes;
}

/* The features of a situation, by id. */
struct picture {
    const struct feature *features[4 * ID_COUNT];
    size_t count;
};

static size_t place_of(const struct picture *picture, const char *id)
{
    size_t index = 0;
    while (index < picture->count && strcmp(picture->features[index]->id, id) < 0) {
        index++;
    }
    return index;
}

static struct picture picture_of(struct plot_situation situation)
{
    struct picture picture = {.count = 0};
    for (size_t i = 0; i < plot_count(situation.plot); i++) {
        const struct feature *feature = plot_at(situation.plot, i);
        if (feature_is_valid_at(feature, situation.moment_ms)) {
            picture.features[picture.count++] = feature;
        }
    }
    return picture;
}

static void take_out(struct picture *picture, const struct feature *feature)
{
    size_t place = place_of(picture, feature->id);
    ck_assert(place < picture->count && picture->features[place] == feature);
    picture->count--;
    memmove(&picture->features[place], &picture->features[place + 1],
            (picture->count - place) * sizeof picture->features[0]);
}

static void put_in(struct picture *picture, const struct feature *feature)
{
    size_t place = place_of(picture, feature->id);
    memmove(&picture->features[place + 1], &picture->features[place],
            (picture->count - place) * sizeof picture->features[0]);
    picture->features[place] = feature;
    picture->count++;
}

static void check_law(struct plot_situation before, struct plot_situation after)
{
    struct plot_difference *difference = plot_difference_new(before, after);
    struct picture picture = picture_of(before);
    struct picture wanted = picture_of(after);
    const char *last = "";
    for (size_t i = 0; i < plot_difference_count(difference); i++) {
        const struct plot_difference_item *item = plot_difference_at(difference, i);
        const char *id = item->what.before ? item->what.before->id : item->what.after->id;
        ck_assert_msg(strcmp(last, id) < 0, "'%s' comes after '%s'", id, last);
        last = id;
        ck_assert_ptr_eq(plot_difference_find(difference, id), item);
        ck_assert(item->what.changes != 0 && item->by != NULL);
        if (item->what.before) {
            take_out(&picture, item->what.before);
        }
        if (item->what.after) {
            put_in(&picture, item->what.after);
        }
    }
    ck_assert_ptr_null(plot_difference_find(difference, "nowhere"));
    ck_assert_uint_eq(picture.count, wanted.count);
    for (size_t i = 0; i < wanted.count; i++) {
        ck_assert_msg(feature_equals(picture.features[i], wanted.features[i]), "'%s' differs",
                      wanted.features[i]->id);
    }
    plot_difference_free(difference);
}

/* One of few values for each field, so that some edits change nothing. */
static struct feature *random_feature(uint64_t *random)
{
    static const char *const symbols[] = {"nl@1/bw.ugs", "nl@1/bw.ugs;st=planned", "nl@1/bw.ovd;n=OvD",
                                          "nl@2/bw.ugs;tr=verified;rot=45", "nl@1/bw.ovd;lod=dot;c=4"};
    char id[16];
    snprintf(id, sizeof id, "id%02u", random_below(random, ID_COUNT));
    struct shape *shape = shape_new(SHAPE_POINT);
    struct point place = {4 + random_below(random, 2), 51 + random_below(random, 2)};
    shape_add_part(shape, &place, 1, false);
    struct feature *feature = make_feature_with_shape(id, symbols[random_below(random, 5)], shape);
    feature->valid_from_ms = random_below(random, 2) ? MOMENT_NONE : random_below(random, MOMENT_MOST);
    feature->valid_to_ms =
        random_below(random, 2) ? MOMENT_FOREVER : MOMENT_MOST / 2 + random_below(random, MOMENT_MOST);
    return feature;
}

static struct change random_change(uint64_t *random)
{
    struct feature *feature = random_feature(random);
    if (random_below(random, 4) > 0) {
        return put(feature, CHANGE_ANY_REVISION);
    }
    struct change removal = removal_of(feature->id, CHANGE_ANY_REVISION);
    feature_unref(feature);
    return removal;
}

START_TEST(the_list_applied_to_before_gives_after)
{
    uint64_t random = 20261008;
    struct plot *plots[ROUNDS + 1] = {empty_plot()};
    for (int i = 0; i < ROUNDS; i++) {
        plots[i + 1] = change(plot_ref(plots[i]), random_change(&random));
    }
    for (int i = 0; i < 20 * ROUNDS; i++) {
        struct plot_situation before = {plots[random_below(&random, ROUNDS + 1)],
                                        random_below(&random, MOMENT_MOST)};
        struct plot_situation after = {plots[random_below(&random, ROUNDS + 1)],
                                       random_below(&random, MOMENT_MOST)};
        check_law(before, after);
    }
    for (int i = 0; i <= ROUNDS; i++) {
        plot_unref(plots[i]);
    }
}
END_TEST

START_TEST(two_versions_differ_in_nothing_just_when_they_are_equal)
{
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        struct feature *a = random_feature(&random);
        struct feature *b = random_feature(&random);
        free(b->id);
        b->id = memory_copy_text(a->id);
        struct feature_difference difference = feature_difference_of(a, b);
        ck_assert_int_eq(difference.changes == 0, feature_equals(a, b));
        feature_unref(a);
        feature_unref(b);
    }
}
END_TEST

START_TEST(a_situation_does_not_differ_from_itself)
{
    struct plot *plot = plot_of(always(make_point("a", 4.5, 51.7)));
    struct plot_situation situation = {plot, 0};
    struct plot_difference *difference = plot_difference_new(situation, situation);
    ck_assert_uint_eq(plot_difference_count(difference), 0);
    plot_difference_free(difference);
    plot_unref(plot);
}
END_TEST

START_TEST(what_is_written_again_unchanged_is_no_difference)
{
    struct plot_difference *difference =
        compare(always(make_point("a", 4.5, 51.7)), always(make_point("a", 4.5, 51.7)));
    ck_assert_uint_eq(plot_difference_count(difference), 0);
    plot_difference_free(difference);
}
END_TEST

START_TEST(a_new_feature_is_added_by_its_owner_when_it_was_recorded)
{
    struct plot *old = plot_of(always(make_point("a", 4.5, 51.7)));
    struct plot *new = change(plot_ref(old), put(always(make_point("b", 4.6, 51.7)), 0));
    struct plot_difference *difference =
        plot_difference_new((struct plot_situation){old, 0}, (struct plot_situation){new, 0});
    ck_assert_uint_eq(changes_of(difference), 1u << FEATURE_ADDED);
    const struct plot_difference_item *item = plot_difference_at(difference, 0);
    ck_assert_str_eq(item->what.after->id, "b");
    ck_assert_ptr_null(item->what.before);
    ck_assert_str_eq(item->by, "Brandweer");
    ck_assert_int_eq(item->at_ms, 2000);
    ck_assert_int_eq(item->cause, DIFFERENCE_EDITED);
    plot_difference_free(difference);
    plot_unref(old);
    plot_unref(new);
}
END_TEST

static int64_t removed_at(const char *id, void *context)
{
    ck_assert_str_eq(id, context);
    return 1234;
}

START_TEST(a_removed_feature_is_ended_and_the_time_is_known_of_the_last_revision_unless_asked_for)
{
    struct plot *old = plot_of(always(make_point("a", 4.5, 51.7)));
    struct plot *new = change(plot_ref(old), removal_of("a", CHANGE_ANY_REVISION));
    struct plot *newer = change(plot_ref(new), put(always(make_point("b", 4.5, 51.7)), 0));
    struct plot_difference *soon =
        plot_difference_new((struct plot_situation){old, 0}, (struct plot_situation){new, 0});
    struct plot_difference *late =
        plot_difference_new((struct plot_situation){old, 0}, (struct plot_situation){newer, 0});
    ck_assert_uint_eq(changes_of(soon), 1u << FEATURE_ENDED);
    ck_assert_int_eq(plot_difference_at(soon, 0)->cause, DIFFERENCE_REMOVED);
    ck_assert_int_eq(plot_difference_at(soon, 0)->at_ms, 2000);
    ck_assert_uint_eq(plot_difference_count(late), 2);
    ck_assert_int_eq(plot_difference_at(late, 0)->at_ms, MOMENT_NONE);
    plot_difference_date_removals(late, removed_at, "a");
    plot_difference_date_removals(soon, removed_at, "a");
    ck_assert_int_eq(plot_difference_at(late, 0)->at_ms, 1234);
    ck_assert_int_eq(plot_difference_at(soon, 0)->at_ms, 2000); /* known already */
    plot_difference_free(soon);
    plot_difference_free(late);
    plot_unref(old);
    plot_unref(new);
    plot_unref(newer);
}
END_TEST

START_TEST(time_alone_begins_and_ends_things)
{
    struct feature *feature = make_point("a", 4.5, 51.7);
    feature->valid_from_ms = 100;
    feature->valid_to_ms = 200;
    struct plot *plot = plot_of(feature);
    struct plot_difference *begun =
        plot_difference_new((struct plot_situation){plot, 50}, (struct plot_situation){plot, 150});
    struct plot_difference *over =
        plot_difference_new((struct plot_situation){plot, 150}, (struct plot_situation){plot, 250});
    ck_assert_uint_eq(changes_of(begun), 1u << FEATURE_ADDED);
    ck_assert_int_eq(plot_difference_at(begun, 0)->cause, DIFFERENCE_BEGAN);
    ck_assert_int_eq(plot_difference_at(begun, 0)->at_ms, 100);
    ck_assert_uint_eq(changes_of(over), 1u << FEATURE_ENDED);
    ck_assert_int_eq(plot_difference_at(over, 0)->cause, DIFFERENCE_EXPIRED);
    ck_assert_int_eq(plot_difference_at(over, 0)->at_ms, 200);
    plot_difference_free(begun);
    plot_difference_free(over);
    plot_unref(plot);
}
END_TEST

START_TEST(a_point_moves_as_far_and_in_the_direction_that_it_went)
{
    struct point from = {4.5, 51.7};
    for (int bearing = 0; bearing < 360; bearing += 15) {
        struct point to = sphere_destination(from, bearing, 2400);
        struct plot_difference *difference =
            compare(always(make_point("a", from.x, from.y)), always(make_point("a", to.x, to.y)));
        ck_assert_uint_eq(changes_of(difference), 1u << FEATURE_MOVED);
        const struct feature_difference *what = &plot_difference_at(difference, 0)->what;
        ck_assert_double_eq_tol(what->distance_m, 2400, 0.01);
        ck_assert_double_eq_tol(remainder(what->bearing_deg - bearing, 360), 0, 0.001);
        ck_assert(what->bearing_deg >= 0 && what->bearing_deg < 360);
        plot_difference_free(difference);
    }
}
END_TEST

static struct feature *make_area(double lon, double lat, double size_deg)
{
    struct shape *shape = shape_new(SHAPE_POLYGON);
    struct point ring[] = {{lon, lat},
                           {lon + size_deg, lat},
                           {lon + size_deg, lat + size_deg},
                           {lon, lat + size_deg},
                           {lon, lat}};
    shape_add_part(shape, ring, 5, false);
    return always(make_feature_with_shape("a", "nl@1/a.rood", shape));
}

START_TEST(an_area_that_goes_as_a_whole_has_moved_and_one_that_grows_is_reshaped)
{
    struct plot_difference *moved = compare(make_area(4.5, 51.7, 0.02), make_area(4.6, 51.75, 0.02));
    struct plot_difference *grown = compare(make_area(4.5, 51.7, 0.02), make_area(4.5, 51.7, 0.03));
    ck_assert_uint_eq(changes_of(moved), 1u << FEATURE_MOVED);
    struct point from = {4.51, 51.71};
    struct point to = {4.61, 51.76};
    double distance_m = plot_difference_at(moved, 0)->what.distance_m;
    ck_assert_double_eq_tol(distance_m, sphere_distance_m(from, to), 10);
    ck_assert_uint_eq(changes_of(grown), 1u << FEATURE_RESHAPED);
    plot_difference_free(moved);
    plot_difference_free(grown);
}
END_TEST

static struct feature *make_plume(double lon, double bearing)
{
    struct point source = {lon, 51.7};
    struct area_template plume = {.kind = TEMPLATE_PLUME, .number_count = 4};
    struct fault fault;
    plume.numbers[PLUME_BEARING] = bearing;
    plume.numbers[PLUME_OPENING] = 26;
    plume.numbers[PLUME_LENGTH] = 5000;
    plume.numbers[PLUME_SOURCE_RADIUS] = 100;
    area_template_set_points(&plume, &source, 1);
    struct shape *shape = area_template_expand(&plume, &fault);
    ck_assert_msg(shape != NULL, "%s", fault.message);
    struct feature *feature = always(make_feature_with_shape("a", "nl@1/a.pluim", shape));
    feature_set_template(feature, &plume);
    area_template_finish(&plume);
    return feature;
}

START_TEST(a_plume_moves_with_its_source_and_is_reshaped_when_the_wind_turns)
{
    struct plot_difference *moved = compare(make_plume(4.5, 45), make_plume(4.51, 45));
    struct plot_difference *turned = compare(make_plume(4.5, 45), make_plume(4.5, 60));
    struct plot_difference *both = compare(make_plume(4.5, 45), make_plume(4.51, 60));
    ck_assert_uint_eq(changes_of(moved), 1u << FEATURE_MOVED);
    ck_assert_uint_eq(changes_of(turned), 1u << FEATURE_RESHAPED);
    ck_assert_uint_eq(changes_of(both), 1u << FEATURE_MOVED | 1u << FEATURE_RESHAPED);
    plot_difference_free(moved);
    plot_difference_free(turned);
    plot_difference_free(both);
}
END_TEST

static unsigned changes_between(const char *before, const char *after, unsigned *text_slots)
{
    struct feature *old = always(make_point("a", 4.5, 51.7));
    struct feature *new = always(make_point("a", 4.5, 51.7));
    symbol_code_finish(&old->code);
    symbol_code_finish(&new->code);
    ck_assert(symbol_code_parse(before, &old->code, NULL) && symbol_code_parse(after, &new->code, NULL));
    struct plot_difference *difference = compare(old, new);
    unsigned changes = changes_of(difference);
    *text_slots = plot_difference_at(difference, 0)->what.text_slots;
    plot_difference_free(difference);
    return changes;
}

START_TEST(each_part_of_a_code_has_its_own_change)
{
    static const struct {
        const char *before;
        const char *after;
        enum feature_change change;
    } cases[] = {
        {"nl@1/bw.ugs", "nl@1/bw.ovd", FEATURE_SYMBOL},
        {"nl@1/bw.ugs", "nl@2/bw.ugs", FEATURE_SET},
        {"nl@1/bw.ugs", "nl@1/bw.ugs;st=ended", FEATURE_STATUS},
        {"nl@1/bw.ugs", "nl@1/bw.ugs;tr=verified", FEATURE_TRUST},
        {"nl@1/bw.ugs", "nl@1/bw.ugs;rot=90", FEATURE_TURNED},
        {"nl@1/bw.ugs", "nl@1/bw.ugs;lod=dot", FEATURE_DETAIL},
        {"nl@1/bw.ugs;n=Noord", "nl@1/bw.ugs;n=Zuid", FEATURE_TEXTS},
        {"nl@1/bw.ugs;c=4", "nl@1/bw.ugs", FEATURE_TEXTS},
    };
    unsigned slots;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unsigned changes = changes_between(cases[i].before, cases[i].after, &slots);
        ck_assert_msg(changes == 1u << cases[i].change, "%s", cases[i].after);
        ck_assert_int_eq(slots != 0, cases[i].change == FEATURE_TEXTS);
    }
    changes_between("nl@1/bw.ugs;n=Noord;c=4", "nl@1/bw.ugs;n=Zuid;c=5", &slots);
    ck_assert_uint_eq(slots, 1u << SLOT_NAME | 1u << SLOT_COUNT_OF);
}
END_TEST

START_TEST(the_exercise_differs_between_two_of_its_moments_by_what_begins_and_ends)
{
    struct problems problems;
    struct feature_list list = {0};
    size_t length;
    struct fault fault;
    problems_init(&problems);
    struct symbol_library *symbols = symbol_library_new(&problems);
    struct symbol_scope scope = {.library = symbols, .pin = {"nl", 1}};
    char *json = file_read("examples/hollands-diep/situation.geojson", 1 << 24, &length, &fault);
    ck_assert_msg(json != NULL, "%s", fault.message);
    ck_assert(geojson_read("exercise", json, length, geojson_limits_default(), &scope, &list, &problems));
    struct plot *plot = empty_plot();
    for (size_t i = 0; i < list.count; i++) {
        plot = change(plot, put(feature_ref(list.items[i]), CHANGE_ANY_REVISION));
    }
    int64_t before_ms, after_ms;
    ck_assert(moment_parse("2026-10-08T10:45:00+02:00", &before_ms, NULL) &&
              moment_parse("2026-10-08T11:45:00+02:00", &after_ms, NULL));
    struct plot_situation before = {plot, before_ms};
    struct plot_situation after = {plot, after_ms};
    check_law(before, after);
    struct plot_difference *difference = plot_difference_new(before, after);
    size_t added = plot_difference_count_of(difference, FEATURE_ADDED);
    size_t ended = plot_difference_count_of(difference, FEATURE_ENDED);
    ck_assert_uint_eq(added + ended, plot_difference_count(difference));
    ck_assert_uint_gt(added, 5);
    ck_assert_uint_gt(ended, 2);
    plot_difference_free(difference);
    plot_unref(plot);
    feature_list_finish(&list);
    problems_finish(&problems);
    symbol_library_free(symbols);
    free(json);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plot_difference");
    TCase *tests = tcase_create("differences");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_list_applied_to_before_gives_after);
    tcase_add_test(tests, two_versions_differ_in_nothing_just_when_they_are_equal);
    tcase_add_test(tests, a_situation_does_not_differ_from_itself);
    tcase_add_test(tests, what_is_written_again_unchanged_is_no_difference);
    tcase_add_test(tests, a_new_feature_is_added_by_its_owner_when_it_was_recorded);
    tcase_add_test(tests,
                   a_removed_feature_is_ended_and_the_time_is_known_of_the_last_revision_unless_asked_for);
    tcase_add_test(tests, time_alone_begins_and_ends_things);
    tcase_add_test(tests, a_point_moves_as_far_and_in_the_direction_that_it_went);
    tcase_add_test(tests, an_area_that_goes_as_a_whole_has_moved_and_one_that_grows_is_reshaped);
    tcase_add_test(tests, a_plume_moves_with_its_source_and_is_reshaped_when_the_wind_turns);
    tcase_add_test(tests, each_part_of_a_code_has_its_own_change);
    tcase_add_test(tests, the_exercise_differs_between_two_of_its_moments_by_what_begins_and_ends);
    suite_add_tcase(suite, tests);
    return suite;
}
