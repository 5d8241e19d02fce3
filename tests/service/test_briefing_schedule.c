/* Briefings by the clock, with clocks of our own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "render/service/briefing/briefing_schedule.h"
#include "render/service/config.h"
#include "tests/data/make_feature.h"
#include "tests/support/program.h"
#include "tests/support/runner.h"

#define HOUR_MS INT64_C(3600000)

static int64_t at(const char *text)
{
    int64_t moment_ms = 0;
    ck_assert_msg(moment_parse(text, &moment_ms, NULL), "%s", text);
    return moment_ms;
}

static struct briefing_schedule every(int64_t every_ms)
{
    return (struct briefing_schedule){
        .every_ms = every_ms, .from_ms = MOMENT_NONE, .until_ms = MOMENT_FOREVER};
}

static void expect_due(const struct briefing_schedule *schedule, const char *now, const char *due)
{
    char text[32];
    ck_assert_str_eq(moment_format(briefing_schedule_last_due(schedule, at(now)), text), due);
}

START_TEST(they_are_due_on_whole_hours_of_local_clocks)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    struct briefing_schedule daily = every(24 * HOUR_MS);
    struct briefing_schedule quarterly = every(6 * HOUR_MS);
    expect_due(&hourly, "2026-10-08T09:59:59.999Z", "2026-10-08T09:00:00Z");
    expect_due(&hourly, "2026-10-08T10:00:00Z", "2026-10-08T10:00:00Z");
    expect_due(&daily, "2026-10-08T10:00:00Z", "2026-10-07T22:00:00Z");     /* midnight in summer */
    expect_due(&daily, "2026-12-08T10:00:00Z", "2026-12-07T23:00:00Z");     /* and in winter */
    expect_due(&quarterly, "2026-10-08T09:59:00Z", "2026-10-08T04:00:00Z"); /* 06:00 CEST */
}
END_TEST

START_TEST(when_clocks_go_back_the_hour_that_is_there_twice_is_due_twice)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    struct briefing_schedule daily = every(24 * HOUR_MS);
    expect_due(&hourly, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z"); /* 02:00 CEST */
    expect_due(&hourly, "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z"); /* 02:00 CET */
    expect_due(&daily, "2026-10-26T22:59:00Z", "2026-10-25T23:00:00Z");  /* a day of 25 hours before it */
    expect_due(&daily, "2026-10-25T22:59:00Z", "2026-10-24T22:00:00Z");
}
END_TEST

START_TEST(from_and_until_bound_it)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    hourly.from_ms = at("2026-10-08T08:30:00Z");
    hourly.until_ms = at("2026-10-08T12:00:00Z");
    expect_due(&hourly, "2026-10-08T08:59:00Z", "");
    expect_due(&hourly, "2026-10-08T09:00:00Z", "2026-10-08T09:00:00Z");
    expect_due(&hourly, "2026-10-08T11:59:00Z", "2026-10-08T11:00:00Z");
    expect_due(&hourly, "2026-10-08T12:00:00Z", "2026-10-08T11:00:00Z"); /* the last, if it was missed */
    expect_due(&hourly, "2026-10-09T12:00:00Z", "");
}
END_TEST

/** A clock that runs, with a process that is down in between: what is made, and how often. */
START_TEST(missed_ones_are_not_made_up_except_the_last)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    struct briefing_schedule_state state = {MOMENT_NONE, at("2026-10-08T08:20:00Z")};
    int64_t down_from_ms = at("2026-10-08T10:30:00Z");
    int64_t down_until_ms = at("2026-10-08T14:10:00Z");
    int64_t made[20];
    size_t count = 0;
    for (int64_t now_ms = state.since_ms; now_ms < at("2026-10-08T16:30:00Z"); now_ms += 7000) {
        bool is_down = now_ms >= down_from_ms && now_ms < down_until_ms;
        int64_t due_ms = is_down ? MOMENT_NONE : briefing_schedule_next(&hourly, &state, now_ms);
        if (due_ms != MOMENT_NONE) {
            ck_assert_uint_lt(count, 20);
            made[count++] = due_ms;
            state.last_done_ms = due_ms;
        }
    }
    static const char *const expected[] = {"2026-10-08T09:00:00Z", "2026-10-08T10:00:00Z",
                                           "2026-10-08T14:00:00Z", "2026-10-08T15:00:00Z",
                                           "2026-10-08T16:00:00Z"};
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(made[i], at(expected[i]));
    }
}
END_TEST

START_TEST(a_new_schedule_begins_with_the_next_hour_unless_it_says_from_when)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    struct briefing_schedule_state state = {MOMENT_NONE, at("2026-10-08T08:20:00Z")};
    ck_assert_int_eq(briefing_schedule_next(&hourly, &state, at("2026-10-08T08:21:00Z")), MOMENT_NONE);
    hourly.from_ms = at("2026-10-08T07:00:00Z");
    ck_assert_int_eq(briefing_schedule_next(&hourly, &state, at("2026-10-08T08:21:00Z")),
                     at("2026-10-08T08:00:00Z"));
}
END_TEST

START_TEST(a_clock_that_was_ahead_and_is_set_back_does_not_silence_a_schedule)
{
    struct briefing_schedule hourly = every(HOUR_MS);
    struct briefing_schedule_state state = {at("2040-01-01T00:00:00Z"), at("2026-10-08T08:20:00Z")};
    ck_assert(briefing_schedule_is_ahead(&hourly, &state, at("2026-10-08T09:00:00Z")));
    state.last_done_ms = at("2026-10-08T10:00:00Z"); /* by seconds only: it is not made twice */
    ck_assert(!briefing_schedule_is_ahead(&hourly, &state, at("2026-10-08T09:59:58Z")));
    state.last_done_ms = MOMENT_NONE;
    ck_assert(!briefing_schedule_is_ahead(&hourly, &state, at("2026-10-08T09:00:00Z")));
}
END_TEST

static struct plot *plot_until(int64_t valid_to_ms)
{
    struct plot_title title = {.name = (char *)"a", .title = (char *)"A", .activity = (char *)""};
    struct plot *empty = plot_new(&title);
    struct feature *feature = make_point("f", 4.6, 51.7);
    feature->valid_to_ms = valid_to_ms;
    struct change change = {.kind = CHANGE_PUT, .feature = feature_pack(feature)};
    feature_unref(feature);
    struct plot *plot = plot_with_changes(empty, &change, 1, 1, 0);
    change_finish(&change);
    plot_unref(empty);
    return plot;
}

START_TEST(an_activity_has_ended_when_nothing_is_valid_any_more)
{
    struct map map = {.status = MAP_CONCEPT};
    struct briefing_schedule hourly = every(HOUR_MS);
    hourly.map = &map;
    struct plot_title title = {.name = (char *)"b", .title = (char *)"B", .activity = (char *)""};
    struct plot *empty = plot_new(&title);
    struct plot *brief = plot_until(at("2026-10-08T13:00:00Z"));
    struct plot *lasting = plot_until(MOMENT_FOREVER);
    const struct plot *const one[] = {brief};
    const struct plot *const two[] = {brief, lasting};
    const struct plot *const none[] = {empty};
    ck_assert(!briefing_schedule_has_ended(&hourly, one, 1, at("2026-10-08T12:00:00Z")));
    ck_assert(briefing_schedule_has_ended(&hourly, one, 1, at("2026-10-08T13:00:00Z")));
    ck_assert(!briefing_schedule_has_ended(&hourly, two, 2, at("2026-10-08T13:00:00Z")));
    ck_assert(!briefing_schedule_has_ended(&hourly, none, 1, at("2026-10-08T13:00:00Z"))); /* not begun */
    map.status = MAP_EXPIRED;
    ck_assert(briefing_schedule_has_ended(&hourly, two, 2, at("2026-10-08T12:00:00Z")));
    plot_unref(empty);
    plot_unref(brief);
    plot_unref(lasting);
}
END_TEST

static struct config *read_config(const char *schedules, struct problems *problems)
{
    const char *folder = program_folder();
    char text[3000];
    char path[400];
    snprintf(text, sizeof(text),
             "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
             "plots: [{name: exercise, title: Oefening}]\nservice: {writers: open}\nschedules:\n%s",
             schedules);
    program_write(folder, "plottafel.yaml", text);
    program_write(folder, "maps.yaml",
                  "maps:\n"
                  "  - id: situation\n    title: Situatie\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
                  "    items: [{layer: land}, {plot: exercise}]\n"
                  "    areas: [{id: haven, title: Haven, bbox: [4.55, 51.67, 4.63, 51.71]}, "
                  "{id: dorp, bbox: [4.5, 51.65, 4.53, 51.67]}]\n");
    snprintf(path, sizeof(path), "%s/plottafel.yaml", folder);
    problems_init(problems);
    return config_read(path, problems);
}

START_TEST(schedules_are_read)
{
    struct problems problems;
    char name[BRIEFING_SCHEDULE_NAME_BYTES];
    struct config *config =
        read_config("  - {map: situation, every: 1h}\n"
                    "  - {map: situation, every: 30m, areas: all, language: 'nl,en', paper: A3,"
                    " landscape: true, until: 2026-10-09T08:00:00+02:00}\n"
                    "  - {map: situation, every: 1h, areas: [dorp], name: dorp}\n",
                    &problems);
    ck_assert_ptr_nonnull(config);
    ck_assert_uint_eq(config->schedules->count, 3);
    const struct briefing_schedule *schedules = config->schedules->items;
    ck_assert_str_eq(briefing_schedule_name(&schedules[0], 0, name), "situation-1h");
    ck_assert_ptr_null(schedules[0].areas[0]);
    ck_assert_uint_eq(schedules[1].area_count, 2);
    ck_assert_str_eq(briefing_schedule_name(&schedules[1], 1, name), "situation-30m/dorp");
    ck_assert_int_eq(schedules[1].until_ms, at("2026-10-09T06:00:00Z"));
    ck_assert_str_eq(briefing_schedule_name(&schedules[2], 0, name), "dorp/dorp");
    config_free(config);
    problems_finish(&problems);
}
END_TEST

START_TEST(every_mistake_of_a_schedule_is_named_with_its_line)
{
    struct problems problems;
    struct config *config = read_config(
        "  - {map: nope, every: 7m, areas: [x], from: soon, until: 2026-13-01,"
        " language: xx, paper: B4, landscape: maybe, format: doc, template: nope, since: ever, colour: red}\n"
        "  - {map: situation, every: 1h, areas: [nope]}\n"
        "  - {map: situation, every: 1h, areas: dorp}\n"
        "  - 5\n"
        "  - {map: situation, every: 1h, name: a/b, from: 2026-10-09, until: "
        "2026-10-08}\n",
        &problems);
    ck_assert_ptr_null(config);
    static const char *const fields[] = {
        "schedules[0].map",      "schedules[0].every",    "schedules[0].from",      "schedules[0].until",
        "schedules[0].language", "schedules[0].paper",    "schedules[0].landscape", "schedules[0].format",
        "schedules[0].colour",   "schedules[1].areas[0]", "schedules[2].areas",     "schedules[3]",
        "schedules[4].name",     "schedules[0].template", "schedules[0].since",     "schedules[4].until"};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        bool is_named = false;
        for (size_t j = 0; j < problems.count; j++) {
            is_named =
                is_named || (strcmp(problems.items[j].field, fields[i]) == 0 && problems.items[j].line > 5);
        }
        ck_assert_msg(is_named, "%s is not named", fields[i]);
    }
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing_schedule");
    TCase *tests = tcase_create("briefing_schedule");
    tcase_add_test(tests, they_are_due_on_whole_hours_of_local_clocks);
    tcase_add_test(tests, when_clocks_go_back_the_hour_that_is_there_twice_is_due_twice);
    tcase_add_test(tests, from_and_until_bound_it);
    tcase_add_test(tests, missed_ones_are_not_made_up_except_the_last);
    tcase_add_test(tests, a_new_schedule_begins_with_the_next_hour_unless_it_says_from_when);
    tcase_add_test(tests, a_clock_that_was_ahead_and_is_set_back_does_not_silence_a_schedule);
    tcase_add_test(tests, an_activity_has_ended_when_nothing_is_valid_any_more);
    tcase_add_test(tests, schedules_are_read);
    tcase_add_test(tests, every_mistake_of_a_schedule_is_named_with_its_line);
    suite_add_tcase(suite, tests);
    return suite;
}
