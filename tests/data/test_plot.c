/*
 * test_plot.c - a plot after any changes equals a naive list of features, and earlier snapshots never change.
 */
#include "data/plot.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/moment.h"
#include "tests/data/make_feature.h"
#include "tests/support/effort.h"
#include "tests/support/runner.h"

enum { ID_COUNT = 9000, ROUNDS = 40, MOMENT_MOST = 40 };

static const struct plot_title title = {"oefening", "Oefening", "oefening-2026", true, {"nl", 1}};

/* A plot as a person would write it without thinking: one place for each possible id. */
struct model {
    struct feature *features[ID_COUNT]; /* NULL: not there; one reference each */
    size_t count;
};

/* A small generator, so that a failing run can be repeated. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void format_id(int number, char id[static 16])
{
    snprintf(id, 16, "id%05d", number);
}

/* Its revision tells it from all others. */
static struct feature *random_feature(int number, uint64_t *state)
{
    char id[16];
    format_id(number, id);
    struct feature *feature = make_point(id, 3 + (double)(next_random(state) % 5000) / 1000,
                                         50 + (double)(next_random(state) % 4000) / 1000);
    if (next_random(state) % 3 == 0) {
        feature->valid_from_ms = next_random(state) % MOMENT_MOST;
    }
    if (next_random(state) % 3 == 0) {
        feature->valid_to_ms = MOMENT_MOST + next_random(state) % MOMENT_MOST;
    }
    feature->revision = next_random(state);
    return feature;
}

/* A plot holds copies: they are the same when they are of one version. */
static void check_same(const struct feature *found, const struct feature *expected)
{
    ck_assert_int_eq(found != NULL, expected != NULL);
    if (found) {
        ck_assert_uint_eq(found->revision, expected->revision);
        ck_assert(feature_equals(found, expected));
    }
}

static struct change random_change(struct model *model, uint64_t *state, bool is_removal)
{
    int number = (int)(next_random(state) % ID_COUNT);
    struct feature **place = &model->features[number];
    model->count -= *place != NULL;
    feature_unref(*place);
    *place = NULL;
    if (is_removal) {
        char id[16];
        format_id(number, id);
        return removal_of(id, CHANGE_ANY_REVISION);
    }
    *place = random_feature(number, state);
    model->count++;
    return put(feature_ref(*place), CHANGE_ANY_REVISION);
}

static struct plot *change_at_random(struct plot *plot, struct model *model, uint64_t *state, size_t count,
                                     unsigned removals_of_ten)
{
    struct change *changes = memory_new(count, sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        changes[i] = random_change(model, state, next_random(state) % 10 < removals_of_ten);
    }
    struct plot *changed = plot_with_changes(plot, changes, count, plot_revision(plot) + 1, 1000);
    for (size_t i = 0; i < count; i++) {
        change_finish(&changes[i]);
    }
    free(changes);
    plot_unref(plot);
    return changed;
}

static void check_features(const struct plot *plot, const struct model *model)
{
    size_t index = 0;
    ck_assert_uint_eq(plot_count(plot), model->count);
    for (int i = 0; i < ID_COUNT; i++) {
        char id[16];
        format_id(i, id);
        check_same(plot_find(plot, id), model->features[i]);
        if (model->features[i]) {
            check_same(plot_at(plot, index++), model->features[i]);
        }
    }
}

struct expectation {
    const struct model *model;
    int next;
    struct bbox box;
    int64_t moment_ms;
};

static bool is_expected(const struct expectation *expectation, int number)
{
    const struct feature *feature = expectation->model->features[number];
    return feature && feature_is_valid_at(feature, expectation->moment_ms) &&
           bbox_intersects(feature->shape->box, expectation->box);
}

static bool check_next(const struct feature *feature, void *context)
{
    struct expectation *expectation = context;
    while (expectation->next < ID_COUNT && !is_expected(expectation, expectation->next)) {
        expectation->next++;
    }
    ck_assert_int_lt(expectation->next, ID_COUNT);
    check_same(feature, expectation->model->features[expectation->next]);
    expectation->next++;
    return true;
}

static void check_query(const struct plot *plot, const struct model *model, struct bbox box,
                        int64_t moment_ms)
{
    struct expectation expectation = {model, 0, box, moment_ms};
    plot_query(plot, box, moment_ms, check_next, &expectation);
    for (; expectation.next < ID_COUNT; expectation.next++) {
        ck_assert(!is_expected(&expectation, expectation.next));
    }
}

static void check_moments(const struct plot *plot, const struct model *model)
{
    bool is_used[2 * MOMENT_MOST] = {false};
    for (int i = 0; i < ID_COUNT; i++) {
        const struct feature *feature = model->features[i];
        if (feature && feature->valid_from_ms != MOMENT_NONE) {
            is_used[feature->valid_from_ms] = true;
        }
        if (feature && feature->valid_to_ms != MOMENT_FOREVER) {
            is_used[feature->valid_to_ms] = true;
        }
    }
    size_t count;
    const int64_t *moments = plot_moments(plot, &count);
    size_t index = 0;
    for (int i = 0; i < 2 * MOMENT_MOST; i++) {
        if (is_used[i]) {
            ck_assert_uint_lt(index, count);
            ck_assert_int_eq(moments[index++], i);
        }
    }
    ck_assert_uint_eq(index, count);
}

static void check_all(const struct plot *plot, const struct model *model, uint64_t *state)
{
    check_features(plot, model);
    check_moments(plot, model);
    for (int i = 0; i < 5; i++) {
        double x = 3 + next_random(state) % 5;
        double y = 50 + next_random(state) % 4;
        double width = (double)(next_random(state) % 100) / 50;
        check_query(plot, model, (struct bbox){x, y, x + width, y + width},
                    next_random(state) % (2 * MOMENT_MOST));
    }
}

static void keep_model(struct model *kept, const struct model *model)
{
    *kept = *model;
    for (int i = 0; i < ID_COUNT; i++) {
        if (kept->features[i]) {
            feature_ref(kept->features[i]);
        }
    }
}

static void finish_model(struct model *model)
{
    for (int i = 0; i < ID_COUNT; i++) {
        feature_unref(model->features[i]);
    }
    free(model);
}

START_TEST(random_changes_equal_a_naive_model_and_leave_earlier_snapshots_alone)
{
    const int rounds = test_rounds(ROUNDS);
    uint64_t state = 20260729;
    struct model *model = memory_new(1, sizeof *model);
    struct model *earlier_model = memory_new(1, sizeof *earlier_model);
    struct plot *plot = plot_new(&title);
    struct plot *earlier = NULL;
    static const size_t sizes[] = {1, 3, 40, 3000};
    for (int i = 0; i < rounds; i++) {
        unsigned removals_of_ten = i < rounds / 2 ? 2 : 8;
        plot = change_at_random(plot, model, &state, sizes[next_random(&state) % 4], removals_of_ten);
        check_all(plot, model, &state);
        if (i == rounds / 2) {
            keep_model(earlier_model, model);
            earlier = plot_ref(plot);
        }
    }
    ck_assert_uint_eq(plot_revision(plot), rounds);
    check_all(earlier, earlier_model, &state);
    plot_unref(earlier);
    plot_unref(plot);
    finish_model(earlier_model);
    finish_model(model);
}
END_TEST

START_TEST(of_several_changes_of_one_feature_the_last_counts)
{
    struct plot *empty = plot_new(&title);
    struct change changes[] = {put(make_point("a", 1, 1), 0), removal_of("a", 1),
                               put(make_point("a", 2, 2), 0), put(make_point("b", 3, 3), 0),
                               removal_of("b", 1)};
    struct plot *plot = plot_with_changes(empty, changes, 5, 1, 1);
    ck_assert_uint_eq(plot_count(plot), 1);
    ck_assert_double_eq(plot_find(plot, "a")->shape->points[0].x, 2);
    ck_assert_ptr_null(plot_find(plot, "b"));
    for (size_t i = 0; i < 5; i++) {
        change_finish(&changes[i]);
    }
    plot_unref(plot);
    plot_unref(empty);
}
END_TEST

/* Those that begin like others, and those that differ behind many bytes only. */
START_TEST(ids_of_any_length_stand_in_their_order)
{
    static const char *const ids[] = {"a",         "a-",         "a-0",         "a-00000000", "a-000000000",
                                      "a-0000000", "a-00000001", "a-000000001", "a.b",        "a_b"};
    enum { COUNT = sizeof ids / sizeof ids[0] };
    uint64_t state = 3;
    for (size_t first = 0; first < COUNT; first++) {
        struct change changes[COUNT];
        size_t count = COUNT - first;
        for (size_t i = 0; i < count; i++) {
            changes[i] = put(make_point(ids[first + i], 1, 1), CHANGE_ANY_REVISION);
        }
        for (size_t i = count - 1; i > 0; i--) {
            size_t other = next_random(&state) % (i + 1);
            struct change change = changes[i];
            changes[i] = changes[other];
            changes[other] = change;
        }
        struct plot *empty = plot_new(&title);
        struct plot *plot = plot_with_changes(empty, changes, count, 1, 1);
        ck_assert_uint_eq(plot_count(plot), count);
        for (size_t i = 0; i < count; i++) {
            ck_assert(i == 0 || strcmp(plot_at(plot, i - 1)->id, plot_at(plot, i)->id) < 0);
            ck_assert_ptr_nonnull(plot_find(plot, ids[first + i]));
            change_finish(&changes[i]);
        }
        plot_unref(plot);
        plot_unref(empty);
    }
}
END_TEST

START_TEST(an_empty_plot_answers_everything)
{
    struct plot *plot = plot_new(&title);
    size_t count;
    ck_assert_uint_eq(plot_count(plot), 0);
    ck_assert_ptr_null(plot_find(plot, "a"));
    plot_moments(plot, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(plot_moment_at(plot, 5), MOMENT_NONE);
    ck_assert_int_eq(plot_recorded_ms(plot), MOMENT_NONE);
    ck_assert_str_eq(plot_title(plot)->activity, "oefening-2026");
    struct plot *same = plot_with_changes(plot, NULL, 0, 1, 1);
    ck_assert_uint_eq(plot_count(same), 0);
    plot_unref(same);
    plot_unref(plot);
}
END_TEST

START_TEST(the_moment_of_a_picture_is_the_last_change_not_after_it)
{
    struct plot *empty = plot_new(&title);
    struct feature *feature = make_point("a", 1, 1);
    feature->valid_from_ms = 100;
    feature->valid_to_ms = 200;
    struct change change = put(feature, 0);
    struct plot *plot = plot_with_changes(empty, &change, 1, 1, 1);
    ck_assert_int_eq(plot_moment_at(plot, 50), 100);
    ck_assert_int_eq(plot_moment_at(plot, 100), 100);
    ck_assert_int_eq(plot_moment_at(plot, 199), 100);
    ck_assert_int_eq(plot_moment_at(plot, 200), 200);
    ck_assert_int_eq(plot_moment_at(plot, 5000), 200);
    change_finish(&change);
    plot_unref(plot);
    plot_unref(empty);
}
END_TEST

static bool stop_at_second(const struct feature *feature, void *context)
{
    int *count = context;
    *count += 1;
    return *count < 2;
}

/* What a comparison visited. */
struct visited {
    size_t count;
    uint64_t sum; /* of the addresses: in whatever order */
};

static void note_visit(const struct feature *feature, void *context)
{
    struct visited *visited = context;
    visited->count++;
    visited->sum += (uintptr_t)feature;
}

static void note_if_alone(const struct feature *feature, int64_t moment_ms, const struct plot *other,
                          int64_t other_ms, struct visited *visited)
{
    const struct feature *twin = plot_find(other, feature->id);
    if (feature_is_valid_at(feature, moment_ms) &&
        (twin != feature || !feature_is_valid_at(twin, other_ms))) {
        note_visit(feature, visited);
    }
}

START_TEST(a_comparison_visits_what_is_valid_in_one_of_two_snapshots_only)
{
    uint64_t state = 5;
    struct model *model = memory_new(1, sizeof *model);
    struct plot *before = change_at_random(plot_new(&title), model, &state, 3000, 2);
    for (int round = 0; round < 12; round++) {
        struct plot *after =
            change_at_random(plot_ref(before), model, &state, 1 + next_random(&state) % 90, 3);
        int64_t before_ms = next_random(&state) % (2 * MOMENT_MOST);
        int64_t after_ms = round % 2 == 0 ? before_ms : next_random(&state) % (2 * MOMENT_MOST);
        struct visited found = {0};
        struct visited expected = {0};
        plot_compare(before, before_ms, after, after_ms, note_visit, &found);
        for (size_t i = 0; i < plot_count(before); i++) {
            note_if_alone(plot_at(before, i), before_ms, after, after_ms, &expected);
        }
        for (size_t i = 0; i < plot_count(after); i++) {
            note_if_alone(plot_at(after, i), after_ms, before, before_ms, &expected);
        }
        ck_assert_uint_gt(expected.count, 0);
        ck_assert_uint_eq(found.count, expected.count);
        ck_assert_uint_eq(found.sum, expected.sum);
        plot_unref(before);
        before = after;
    }
    plot_unref(before);
    finish_model(model);
}
END_TEST

static bool count_feature(const struct feature *feature, void *context)
{
    (void)feature;
    ++*(size_t *)context;
    return true;
}

static void *look_everywhere(void *context)
{
    const struct plot *plot = context;
    size_t count = 0;
    for (int row = 0; row < 90; row++) {
        struct bbox band = {-180, row * 2 - 90, 180, row * 2 - 88.000001};
        plot_query(plot, band, MOMENT_MOST, count_feature, &count);
    }
    return (void *)(uintptr_t)count;
}

/* The index of a chunk is made by whoever looks first; a build with -fsanitize=thread sees whether that is
 * safe. */
START_TEST(threads_that_look_into_a_new_plot_at_once_find_the_same)
{
    enum { THREADS = 4 };
    uint64_t state = 77;
    struct model *model = memory_new(1, sizeof *model);
    struct plot *plot = change_at_random(plot_new(&title), model, &state, 5000, 2);
    pthread_t threads[THREADS];
    void *counts[THREADS];
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, look_everywhere, plot), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], &counts[i]), 0);
        ck_assert_ptr_eq(counts[i], counts[0]);
    }
    ck_assert_ptr_nonnull(counts[0]);
    plot_unref(plot);
    finish_model(model);
}
END_TEST

START_TEST(a_query_ends_when_its_visitor_has_seen_enough)
{
    struct plot *empty = plot_new(&title);
    struct change changes[] = {put(make_point("a", 1, 1), 0), put(make_point("b", 1, 1), 0),
                               put(make_point("c", 1, 1), 0)};
    struct plot *plot = plot_with_changes(empty, changes, 3, 1, 1);
    int count = 0;
    plot_query(plot, (struct bbox){0, 0, 2, 2}, 0, stop_at_second, &count);
    ck_assert_int_eq(count, 2);
    for (size_t i = 0; i < 3; i++) {
        change_finish(&changes[i]);
    }
    plot_unref(plot);
    plot_unref(empty);
}
END_TEST

START_TEST(one_change_of_ten_thousand_features_takes_less_than_ten_milliseconds)
{
    enum { FEATURES = 10000, CHANGES = 50 };
    struct plot *plot = plot_new(&title);
    struct change *changes = memory_new(FEATURES, sizeof *changes);
    uint64_t state = 1;
    for (int i = 0; i < FEATURES; i++) {
        changes[i] = put(random_feature(i, &state), 0);
    }
    struct plot *full = plot_with_changes(plot, changes, FEATURES, 1, 1);
    plot_unref(plot);
    int64_t start_us = monotonic_now_us();
    for (int i = 0; i < CHANGES; i++) {
        plot = plot_with_changes(full, &changes[i], 1, 2, 2);
        plot_unref(full);
        full = plot;
    }
    int64_t each_us = (monotonic_now_us() - start_us) / CHANGES;
    printf("one change of %d features: %lld us\n", FEATURES, (long long)each_us);
    ck_assert_int_lt(each_us, 10000);
    for (int i = 0; i < FEATURES; i++) {
        change_finish(&changes[i]);
    }
    free(changes);
    plot_unref(full);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plot");
    TCase *plot = tcase_create("plot");
    tcase_set_timeout(plot, 120);
    tcase_add_test(plot, random_changes_equal_a_naive_model_and_leave_earlier_snapshots_alone);
    tcase_add_test(plot, of_several_changes_of_one_feature_the_last_counts);
    tcase_add_test(plot, ids_of_any_length_stand_in_their_order);
    tcase_add_test(plot, an_empty_plot_answers_everything);
    tcase_add_test(plot, the_moment_of_a_picture_is_the_last_change_not_after_it);
    tcase_add_test(plot, a_comparison_visits_what_is_valid_in_one_of_two_snapshots_only);
    tcase_add_test(plot, threads_that_look_into_a_new_plot_at_once_find_the_same);
    tcase_add_test(plot, a_query_ends_when_its_visitor_has_seen_enough);
    tcase_add_test(plot, one_change_of_ten_thousand_features_takes_less_than_ten_milliseconds);
    suite_add_tcase(suite, plot);
    return suite;
}
