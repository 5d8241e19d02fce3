/*
 * test_store.c - revisions, moments, conflicts, writers and readers of a store.
 */
#include "data/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "tests/data/make_store.h"

static struct store *store;
static char *path;

static void set_up(void)
{
    static int number; /* counts when the tests share a process, the process number when not */
    char name[48];
    snprintf(name, sizeof name, "store-%ld-%d.gpkg", (long)getpid(), number++);
    path = path_of(name);
    store = make_store(path);
}

static void tear_down(void)
{
    struct fault fault = {0};
    ck_assert_msg(store_check(store, &fault), "%s", fault.message);
    store_close(store);
    free(path);
}

static struct feature *make_full_feature(void)
{
    struct shape *shape = shape_new(SHAPE_POLYGON);
    static const struct point ring[] = {{4.5, 51.7}, {4.6, 51.7}, {4.6, 51.8}, {4.5, 51.7}};
    shape_add_part(shape, ring, 4, false);
    struct feature *feature =
        make_feature_with_shape("wolk-1", "nl@1/a.bron;st=planned;n=50%25 %3B \"wolk\";c=12;rot=12.5", shape);
    feature->valid_from_ms = INT64_C(1789468200123);
    feature->valid_to_ms = INT64_C(1789471800000);
    struct point source = {4.5, 51.7};
    feature_set_template(feature, &(struct area_template){.kind = TEMPLATE_PLUME,
                                                          .points = &source,
                                                          .point_count = 1,
                                                          .numbers = {123.456789012345, 30, 5000, 0.1},
                                                          .number_count = 4});
    return feature;
}

/* The kinds of templates that the full feature has not. */
START_TEST(every_kind_of_template_comes_back)
{
    struct point line[] = {{4.5, 51.7}, {4.51, 51.700000123}, {4.52, 51.71}};
    static const struct area_template templates[] = {
        {.kind = TEMPLATE_RINGS, .point_count = 1, .numbers = {100, 250.5, 1000}, .number_count = 3},
        {.kind = TEMPLATE_CORRIDOR, .point_count = 3, .numbers = {333.3}, .number_count = 1},
        {.kind = TEMPLATE_CORRIDOR, .point_count = 2, .numbers = {40}, .number_count = 1},
        {.kind = TEMPLATE_BOX, .point_count = 1, .numbers = {100, 50, 12.25}, .number_count = 3},
        {.kind = TEMPLATE_GRID, .point_count = 1, .numbers = {3, 2, 500, 400, 7}, .number_count = 5},
    };
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        struct feature *feature = make_full_feature();
        area_template_finish(feature->area_template);
        *feature->area_template = templates[i];
        area_template_set_points(feature->area_template, line, templates[i].point_count);
        struct change change = put(feature_ref(feature), CHANGE_ANY_REVISION);
        commit_good(store, &change, 1, 777);
        struct plot *plot = read_good(store, 0);
        ck_assert(feature_equals(plot_find(plot, "wolk-1"), feature));
        plot_unref(plot);
        feature_unref(feature);
    }
}
END_TEST

START_TEST(a_feature_comes_back_with_everything_it_went_in_with)
{
    struct feature *feature = make_full_feature();
    struct change change = put(feature_ref(feature), 0);
    ck_assert_uint_eq(commit_good(store, &change, 1, 777), 1);
    ck_assert_uint_eq(feature->revision, 1);
    struct plot *plot = read_good(store, 0);
    const struct feature *again = plot_find(plot, "wolk-1");
    ck_assert(feature_equals(feature, again));
    ck_assert_uint_eq(again->revision, 1);
    ck_assert_int_eq(again->recorded_ms, 777);
    ck_assert_str_eq(plot_title(plot)->title, exercise.title);
    ck_assert_str_eq(plot_title(plot)->activity, exercise.activity);
    ck_assert(plot_title(plot)->is_exercise);
    plot_unref(plot);
    feature_unref(feature);
}
END_TEST

START_TEST(every_revision_can_be_read_again)
{
    commit_point(store, "a", 1, 100);
    commit_point(store, "b", 2, 200);
    commit_point(store, "a", 3, 300);
    struct change removal = removal_of("b", 2);
    commit_good(store, &removal, 1, 400);
    static const double a_at[] = {0, 1, 1, 3, 3};
    static const bool has_b[] = {false, false, true, true, false};
    for (uint64_t revision = 1; revision <= 4; revision++) {
        struct plot *plot = read_good(store, revision);
        ck_assert_uint_eq(plot_revision(plot), revision);
        ck_assert_int_eq(plot_recorded_ms(plot), (int64_t)revision * 100);
        ck_assert_double_eq(plot_find(plot, "a")->shape->points[0].x, a_at[revision]);
        ck_assert_int_eq(plot_find(plot, "b") != NULL, has_b[revision]);
        plot_unref(plot);
    }
    struct fault fault;
    ck_assert_ptr_null(store_read_plot(store, exercise.name, 5, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
}
END_TEST

START_TEST(a_plot_is_read_as_it_was_known_at_a_moment)
{
    static const struct {
        int64_t moment_ms;
        uint64_t revision;
    } expected[] = {{99, 0}, {100, 1}, {299, 1}, {300, 2}, {INT64_MAX - 1, 2}};
    commit_point(store, "a", 1, 100);
    commit_point(store, "a", 2, 300);
    for (size_t i = 0; i < 5; i++) {
        struct fault fault;
        struct plot *plot = store_read_plot_as_known(store, exercise.name, expected[i].moment_ms, &fault);
        ck_assert_uint_eq(plot_revision(plot), expected[i].revision);
        ck_assert_uint_eq(plot_count(plot), expected[i].revision > 0);
        plot_unref(plot);
    }
}
END_TEST

static enum fault_code try_commit(struct change *changes, size_t count, struct fault *fault)
{
    uint64_t revision;
    *fault = (struct fault){0};
    bool is_good = store_commit(store, exercise.name, changes, count, 500, &revision, fault);
    for (size_t i = 0; i < count; i++) {
        change_finish(&changes[i]);
    }
    return is_good ? FAULT_NONE : fault->code;
}

START_TEST(a_change_of_what_somebody_else_changed_is_a_conflict_and_nothing_of_it_is_kept)
{
    commit_point(store, "a", 1, 100);
    commit_point(store, "a", 2, 200);
    struct fault fault;
    struct change stale[] = {put(make_point("new", 5, 51), 0), put(make_point("a", 9, 51), 1)};
    ck_assert_int_eq(try_commit(stale, 2, &fault), FAULT_CONFLICT);
    ck_assert_ptr_nonnull(strstr(fault.message, "'a'"));
    struct change twin = put(make_point("a", 9, 51), 0);
    ck_assert_int_eq(try_commit(&twin, 1, &fault), FAULT_CONFLICT);
    struct change removal = removal_of("a", 1);
    ck_assert_int_eq(try_commit(&removal, 1, &fault), FAULT_CONFLICT);
    struct change gone = put(make_point("gone", 9, 51), 1);
    ck_assert_int_eq(try_commit(&gone, 1, &fault), FAULT_CONFLICT);
    struct change missing = removal_of("missing", CHANGE_ANY_REVISION);
    ck_assert_int_eq(try_commit(&missing, 1, &fault), FAULT_NOT_FOUND);
    struct plot *plot = read_good(store, 0);
    ck_assert_uint_eq(plot_revision(plot), 2);
    ck_assert_uint_eq(plot_count(plot), 1);
    plot_unref(plot);
    struct change right = put(make_point("a", 9, 51), 2);
    ck_assert_int_eq(try_commit(&right, 1, &fault), FAULT_NONE);
}
END_TEST

START_TEST(one_commit_changes_a_feature_only_once)
{
    struct fault fault;
    struct change changes[] = {put(make_point("a", 1, 51), 0), put(make_point("a", 2, 51), 0)};
    ck_assert_int_eq(try_commit(changes, 2, &fault), FAULT_INPUT);
    ck_assert_ptr_nonnull(strstr(fault.message, "'a'"));
}
END_TEST

START_TEST(a_feature_that_was_removed_may_come_back)
{
    commit_point(store, "a", 1, 100);
    struct change removal = removal_of("a", 1);
    commit_good(store, &removal, 1, 200);
    struct change again = put(make_point("a", 3, 51), 0);
    ck_assert_uint_eq(commit_good(store, &again, 1, 300), 3);
    struct plot *plot = read_good(store, 2);
    ck_assert_uint_eq(plot_count(plot), 0);
    plot_unref(plot);
    plot = read_good(store, 0);
    ck_assert_uint_eq(plot_find(plot, "a")->revision, 3);
    plot_unref(plot);
}
END_TEST

START_TEST(the_last_removal_up_to_a_revision_is_found_with_its_time)
{
    static const struct {
        const char *id;
        uint64_t revision;
        int64_t recorded_ms;
    } expected[] = {{"a", 1, MOMENT_NONE}, {"a", 2, 200}, {"a", 3, 200},
                    {"a", 4, 400},         {"a", 9, 400}, {"b", 9, MOMENT_NONE}};
    commit_point(store, "a", 1, 100);
    struct change removal = removal_of("a", 1);
    commit_good(store, &removal, 1, 200);
    struct change again = put(make_point("a", 3, 51), 0);
    commit_good(store, &again, 1, 300);
    removal = removal_of("a", 3);
    commit_good(store, &removal, 1, 400);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct fault fault;
        int64_t recorded_ms;
        ck_assert(store_find_removal(store, exercise.name, expected[i].revision, expected[i].id, &recorded_ms,
                                     &fault));
        ck_assert_int_eq(recorded_ms, expected[i].recorded_ms);
    }
    struct fault fault;
    int64_t recorded_ms;
    ck_assert(!store_find_removal(store, "nothing", 1, "a", &recorded_ms, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
}
END_TEST

START_TEST(a_second_writer_is_refused_with_the_process_that_writes)
{
    struct fault fault = {0};
    char *link_path = path_of("link.gpkg");
    char pid[16];
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    ck_assert_ptr_null(store_open(path, STORE_WRITER, &fault));
    ck_assert_int_eq(fault.code, FAULT_CONFLICT);
    ck_assert_ptr_nonnull(strstr(fault.message, pid));
    ck_assert_int_eq(symlink(path, link_path), 0);
    ck_assert_ptr_null(store_open(link_path, STORE_WRITER, &fault));
    ck_assert_int_eq(fault.code, FAULT_CONFLICT);
    unlink(link_path);
    free(link_path);
    store_close(store);
    store = open_good(path, STORE_WRITER);
}
END_TEST

START_TEST(a_reader_follows_the_writer_and_shares_what_did_not_change)
{
    struct fault fault;
    commit_point(store, "a", 1, 100);
    commit_point(store, "b", 2, 200);
    struct store *reader = open_good(path, STORE_READER);
    struct plot *before = read_good(reader, 0);
    struct plot *same = store_follow_plot(reader, before, &fault);
    ck_assert_ptr_eq(same, before);
    plot_unref(same);
    commit_point(store, "b", 5, 300);
    commit_point(store, "b", 6, 400);
    struct change changes[] = {put(make_point("c", 7, 51), 0), removal_of("b", 4)};
    commit_good(store, changes, 2, 500);
    struct plot *after = store_follow_plot(reader, before, &fault);
    ck_assert_uint_eq(plot_revision(after), 5);
    ck_assert_int_eq(plot_recorded_ms(after), 500);
    ck_assert_uint_eq(plot_count(after), 2);
    ck_assert_ptr_eq(plot_find(after, "a"), plot_find(before, "a"));
    ck_assert_ptr_null(plot_find(after, "b"));
    ck_assert_double_eq(plot_find(after, "c")->shape->points[0].x, 7);
    ck_assert_uint_eq(plot_count(before), 2);
    plot_unref(after);
    plot_unref(before);
    store_close(reader);
}
END_TEST

START_TEST(a_follower_gets_the_new_title_of_a_plot)
{
    struct fault fault;
    commit_point(store, "a", 1, 100);
    struct plot *before = read_good(store, 0);
    struct plot_title renewed = exercise;
    renewed.title = "Oefening Hollands Diep II";
    ck_assert(store_put_plot(store, &renewed, &fault));
    struct plot *after = store_follow_plot(store, before, &fault);
    ck_assert_str_eq(plot_title(after)->title, "Oefening Hollands Diep II");
    ck_assert_ptr_eq(plot_find(after, "a"), plot_find(before, "a"));
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_follower_of_a_store_that_went_back_reads_it_anew)
{
    struct fault fault;
    struct plot *empty = plot_new(&exercise);
    struct change change = put(make_point("elsewhere", 1, 51), 0);
    struct plot *stranger = plot_with_changes(empty, &change, 1, 1, 12345);
    commit_point(store, "a", 1, 100);
    struct plot *followed = store_follow_plot(store, stranger, &fault);
    ck_assert_uint_eq(plot_revision(followed), 1);
    ck_assert_ptr_null(plot_find(followed, "elsewhere"));
    ck_assert_ptr_nonnull(plot_find(followed, "a"));
    change_finish(&change);
    plot_unref(followed);
    plot_unref(stranger);
    plot_unref(empty);
}
END_TEST

START_TEST(a_plot_without_changes_is_at_revision_0_and_an_unknown_one_is_not_found)
{
    struct fault fault = {0};
    struct plot_title second = {"a-plot", NULL, NULL, false, {"", 0}};
    ck_assert(store_put_plot(store, &second, &fault));
    uint64_t revision;
    ck_assert(store_latest_revision(store, "a-plot", &revision, &fault));
    ck_assert_uint_eq(revision, 0);
    ck_assert(!store_latest_revision(store, "nowhere", &revision, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    ck_assert_ptr_null(store_read_plot(store, "nowhere", 0, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
}
END_TEST

START_TEST(a_bad_name_of_a_plot_is_refused)
{
    static const char *const names[] = {"", "Hollands", "a_b", "x\"; DROP TABLE plot; --", "a b"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct fault fault = {0};
        struct plot_title title = {(char *)names[i], NULL, NULL, false, {"", 0}};
        ck_assert(!store_put_plot(store, &title, &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
}
END_TEST

static enum fault_code open_code(const char *name, const char *bytes, size_t length, enum store_mode mode)
{
    char *file = path_of(name);
    struct fault fault = {0};
    if (bytes) {
        ck_assert(file_write(file, bytes, length, &fault));
    }
    struct store *opened = store_open(file, mode, &fault);
    ck_assert_ptr_null(opened);
    ck_assert_ptr_nonnull(strstr(fault.message, name));
    free(file);
    return fault.code;
}

START_TEST(what_is_no_store_is_refused_and_left_alone)
{
    static const char noise[4096] = "this is not a database at all";
    ck_assert_int_eq(open_code("absent.gpkg", NULL, 0, STORE_READER), FAULT_NOT_FOUND);
    ck_assert_int_eq(open_code("empty.gpkg", "", 0, STORE_READER), FAULT_UNAVAILABLE);
    ck_assert_int_eq(open_code("noise.gpkg", noise, sizeof noise, STORE_READER), FAULT_INPUT);
    ck_assert_int_eq(open_code("noise.gpkg", noise, sizeof noise, STORE_WRITER), FAULT_INPUT);
    ck_assert_int_eq(open_code("no/such/folder.gpkg", NULL, 0, STORE_WRITER), FAULT_UNAVAILABLE);
}
END_TEST

START_TEST(a_damaged_store_is_a_fault_and_not_a_crash)
{
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof id, "f%d", i);
        commit_point(store, id, i, i);
    }
    store_close(store);
    size_t length;
    struct fault fault = {0};
    char *bytes = file_read(path, 1 << 24, &length, &fault);
    ck_assert_msg(bytes, "%s", fault.message);
    char *broken_path = path_of("broken.gpkg");
    for (size_t at = 4096; at < length; at += 4096) {
        char *broken = memory_copy_bytes(bytes, length);
        memset(broken + at, 0xA5, 4096);
        ck_assert(file_write(broken_path, broken, length, &fault));
        struct store *damaged = store_open(broken_path, STORE_READER, &fault);
        struct plot *plot = damaged ? store_read_plot(damaged, exercise.name, 20, &fault) : NULL;
        ck_assert(!damaged || !store_check(damaged, &fault));
        plot_unref(plot);
        store_close(damaged);
        free(broken);
    }
    unlink(broken_path);
    free(broken_path);
    free(bytes);
    store = open_good(path, STORE_WRITER);
}
END_TEST

START_TEST(ten_thousand_features_are_read_soon)
{
    enum { FEATURES = 10000 };
    struct change *changes = memory_new(FEATURES, sizeof *changes);
    for (int i = 0; i < FEATURES; i++) {
        char id[16];
        snprintf(id, sizeof id, "f%d", i);
        changes[i] = put(make_point(id, 3 + i * 1e-4, 51), 0);
    }
    int64_t start_ms = monotonic_now_ms();
    commit_good(store, changes, FEATURES, 1);
    printf("commit of %d features: %lld ms\n", FEATURES, (long long)(monotonic_now_ms() - start_ms));
    free(changes);
    int64_t best_ms = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        start_ms = monotonic_now_ms();
        struct plot *plot = read_good(store, 0);
        int64_t took_ms = monotonic_now_ms() - start_ms;
        best_ms = took_ms < best_ms ? took_ms : best_ms;
        ck_assert_uint_eq(plot_count(plot), FEATURES);
        plot_unref(plot);
    }
    printf("reading them: %lld ms\n", (long long)best_ms);
    ck_assert_int_lt(best_ms, 2000); /* 50 ms, but sanitizers and busy machines are slow */
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("store");
    TCase *kept = tcase_create("store");
    tcase_set_timeout(kept, 60);
    tcase_add_checked_fixture(kept, set_up, tear_down);
    tcase_add_test(kept, a_feature_comes_back_with_everything_it_went_in_with);
    tcase_add_test(kept, every_kind_of_template_comes_back);
    tcase_add_test(kept, every_revision_can_be_read_again);
    tcase_add_test(kept, a_plot_is_read_as_it_was_known_at_a_moment);
    tcase_add_test(kept, a_change_of_what_somebody_else_changed_is_a_conflict_and_nothing_of_it_is_kept);
    tcase_add_test(kept, one_commit_changes_a_feature_only_once);
    tcase_add_test(kept, a_feature_that_was_removed_may_come_back);
    tcase_add_test(kept, the_last_removal_up_to_a_revision_is_found_with_its_time);
    tcase_add_test(kept, a_second_writer_is_refused_with_the_process_that_writes);
    tcase_add_test(kept, a_reader_follows_the_writer_and_shares_what_did_not_change);
    tcase_add_test(kept, a_follower_gets_the_new_title_of_a_plot);
    tcase_add_test(kept, a_follower_of_a_store_that_went_back_reads_it_anew);
    tcase_add_test(kept, a_plot_without_changes_is_at_revision_0_and_an_unknown_one_is_not_found);
    tcase_add_test(kept, a_bad_name_of_a_plot_is_refused);
    tcase_add_test(kept, what_is_no_store_is_refused_and_left_alone);
    tcase_add_test(kept, a_damaged_store_is_a_fault_and_not_a_crash);
    tcase_add_test(kept, ten_thousand_features_are_read_soon);
    suite_add_tcase(suite, kept);
    return suite;
}
