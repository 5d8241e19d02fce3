/* Whose turn it is: laws over random crowds, and what each of the rules says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/briefing/briefing_queue.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static int jobs[1000];

static void put(struct briefing_queue *queue, int job, const char *asker, const char *organisation)
{
    struct fault fault = {0};
    ck_assert_msg(briefing_queue_put(queue, &jobs[job], asker, organisation, &fault), "%s", fault.message);
}

static int take(struct briefing_queue *queue)
{
    int *job = briefing_queue_take(queue);
    return job ? (int)(job - jobs) : -1;
}

START_TEST(fifty_of_one_asker_do_not_hold_up_the_first_of_another)
{
    struct briefing_queue *queue = briefing_queue_new(200);
    for (int i = 0; i < 50; i++) {
        put(queue, i, "10.0.0.1", "");
    }
    ck_assert_int_eq(take(queue), 0);
    put(queue, 100, "10.0.0.2", "");
    ck_assert_int_eq(take(queue), 100);
    ck_assert_int_eq(take(queue), 1);
    briefing_queue_free(queue);
}
END_TEST

START_TEST(the_turn_goes_round_over_organisations_within_an_asker)
{
    struct briefing_queue *queue = briefing_queue_new(100);
    static const int expected[] = {0, 3, 4, 1, 5, 2};
    put(queue, 0, "token", "Brandweer");
    put(queue, 1, "token", "Brandweer");
    put(queue, 2, "token", "Brandweer");
    put(queue, 3, "token", "Politie");
    put(queue, 4, "token", "GHOR");
    put(queue, 5, "token", "Politie");
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        ck_assert_int_eq(take(queue), expected[i]);
    }
    ck_assert_int_eq(take(queue), -1);
    briefing_queue_free(queue);
}
END_TEST

START_TEST(who_calls_himself_by_many_names_gets_no_more_turns)
{
    struct briefing_queue *queue = briefing_queue_new(100);
    char name[30];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof(name), "Dienst %d", i);
        put(queue, i, "10.0.0.1", name);
    }
    for (int i = 0; i < 5; i++) {
        put(queue, 100 + i, "10.0.0.2", "");
    }
    int of_other = 0;
    for (int i = 0; i < 10; i++) {
        of_other += take(queue) >= 100;
    }
    ck_assert_int_eq(of_other, 5);
    briefing_queue_free(queue);
}
END_TEST

START_TEST(one_asker_may_take_half_of_the_places)
{
    struct briefing_queue *queue = briefing_queue_new(6);
    struct fault fault = {0};
    for (int i = 0; i < 3; i++) {
        put(queue, i, "10.0.0.1", "");
    }
    ck_assert(!briefing_queue_put(queue, &jobs[3], "10.0.0.1", "other name", &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    put(queue, 4, "10.0.0.2", "");
    put(queue, 5, "10.0.0.3", "");
    put(queue, 6, "10.0.0.4", "");
    ck_assert(!briefing_queue_put(queue, &jobs[7], "10.0.0.5", "", &fault));
    ck_assert_uint_eq(briefing_queue_count(queue), 6);
    briefing_queue_free(queue);
}
END_TEST

START_TEST(a_queue_of_one_place_takes_one)
{
    struct briefing_queue *queue = briefing_queue_new(1);
    struct fault fault = {0};
    put(queue, 0, "a", "");
    ck_assert(!briefing_queue_put(queue, &jobs[1], "b", "", &fault));
    ck_assert_int_eq(take(queue), 0);
    put(queue, 1, "b", "");
    briefing_queue_free(queue);
}
END_TEST

/** A position is what the queue does then, whatever crowd waits; and nobody is lost or served twice. */
START_TEST(positions_are_kept_and_nobody_is_lost)
{
    uint64_t random = (uint64_t)_i + 1;
    struct briefing_queue *queue = briefing_queue_new(1000);
    size_t positions[60];
    char asker[30];
    char organisation[30];
    int count = 1 + (int)random_below(&random, 60);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < count; i++) {
            snprintf(asker, sizeof(asker), "a%d", (int)random_below(&random, 4));
            snprintf(organisation, sizeof(organisation), "o%d", (int)random_below(&random, 3));
            put(queue, i, asker, organisation);
        }
        if (count > 2) {
            ck_assert(briefing_queue_remove(queue, &jobs[2]));
            ck_assert(!briefing_queue_remove(queue, &jobs[2]));
            ck_assert_uint_eq(briefing_queue_position(queue, &jobs[2]), 0);
        }
        for (int i = 0; i < count; i++) {
            positions[i] = briefing_queue_position(queue, &jobs[i]);
        }
        size_t turn = 0;
        for (int job = take(queue); job >= 0; job = take(queue)) {
            ck_assert_uint_eq(positions[job], ++turn);
        }
        ck_assert_uint_eq(turn, (size_t)count - (count > 2));
    }
    briefing_queue_free(queue);
}
END_TEST

/** More names than are remembered. */
START_TEST(ten_thousand_askers_are_served_in_turn)
{
    struct briefing_queue *queue = briefing_queue_new(100);
    char asker[40];
    for (int i = 0; i < 10000; i++) {
        snprintf(asker, sizeof(asker), "asker %d", i);
        put(queue, i % 1000, asker, "x");
        if (i % 50 == 49) {
            while (take(queue) >= 0) {
            }
        }
    }
    briefing_queue_free(queue);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing_queue");
    TCase *tests = tcase_create("briefing_queue");
    tcase_add_test(tests, fifty_of_one_asker_do_not_hold_up_the_first_of_another);
    tcase_add_test(tests, the_turn_goes_round_over_organisations_within_an_asker);
    tcase_add_test(tests, who_calls_himself_by_many_names_gets_no_more_turns);
    tcase_add_test(tests, one_asker_may_take_half_of_the_places);
    tcase_add_test(tests, a_queue_of_one_place_takes_one);
    tcase_add_loop_test(tests, positions_are_kept_and_nobody_is_lost, 0, 50);
    tcase_add_test(tests, ten_thousand_askers_are_served_in_turn);
    suite_add_tcase(suite, tests);
    return suite;
}
