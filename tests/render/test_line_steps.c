/*
 * Which lines are near a box: what is answered, and how many steps are looked at for it.
 */
#include "render/placement/line_steps.h"

#include <math.h>

#include "geo/segment.h"
#include "render/scene/scene.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define FEATURE_MOST 16000
#define STEPS_EACH 10

static const struct bbox frame = {-200, -200, 1200, 950}; /* of steps beyond nothing is known */
static struct scene_feature features[FEATURE_MOST];       /* told apart by where they stand */

/* Lines that wander all over the frame; every third is not painted. */
static struct line_step random_step(uint64_t *random, uint32_t feature, struct point from)
{
    struct point to = {from.x + random_between(random, -12, 12), from.y + random_between(random, -12, 12)};
    return (struct line_step){.from = from,
                              .to = to,
                              .feature = &features[feature],
                              .reach_px = feature % 5 == 0 ? 6 : 2,
                              .stroke_px = 2,
                              .is_painted = feature % 3 != 0,
                              .is_sign = feature % 5 == 0};
}

/* Tells the steps too, when there is room for them. */
static struct line_steps *lines(uint32_t feature_count, struct line_step *told)
{
    uint64_t random = 7;
    struct line_steps *steps = line_steps_new(frame);
    for (uint32_t feature = 0; feature < feature_count; feature++) {
        struct point at = {random_between(&random, -20, 1020), random_between(&random, -20, 770)};
        for (uint32_t i = 0; i < STEPS_EACH; i++) {
            struct line_step step = random_step(&random, feature, at);
            line_steps_add(steps, step);
            if (told) {
                told[feature * STEPS_EACH + i] = step;
            }
            at = step.to;
        }
    }
    line_steps_finish(steps);
    return steps;
}

static struct bbox random_room(uint64_t *random)
{
    struct point corner = {random_between(random, 0, 940), random_between(random, 0, 735)};
    return (struct bbox){corner.x, corner.y, corner.x + 60, corner.y + 15};
}

/* What a look at every step finds. */
struct found {
    double own_px;
    double other_px;
    bool is_touched;
    bool has_sign;
    bool has_sign_stroke;
};

static struct found look_at_all(const struct line_step *steps, size_t count, uint32_t feature,
                                struct bbox room)
{
    struct found found = {.own_px = 64, .other_px = HUGE_VAL};
    for (size_t i = 0; i < count; i++) {
        double away = sqrt(segment_box_distance_squared(steps[i].from, steps[i].to, room));
        bool is_painted = steps[i].is_painted;
        if (steps[i].feature == &features[feature]) {
            found.own_px = fmin(found.own_px, away - steps[i].stroke_px);
        } else if (is_painted) {
            found.other_px = fmin(found.other_px, away - steps[i].stroke_px);
            found.is_touched |= away < steps[i].reach_px;
        }
        found.has_sign |= is_painted && steps[i].is_sign && away < steps[i].reach_px;
        found.has_sign_stroke |= is_painted && steps[i].is_sign && away < steps[i].stroke_px;
    }
    return found;
}

static void check_answers(struct line_steps *steps, struct found found, uint32_t feature, struct bbox room,
                          int *told)
{
    const struct scene_feature *own = &features[feature];
    double own_px = line_steps_own_px(steps, own, room, 64);
    ck_assert(own_px == found.own_px || (own_px <= 0 && found.own_px <= 0));
    ck_assert_int_eq(line_steps_have_no_sign(steps, room), !found.has_sign);
    ck_assert_int_eq(line_steps_have_no_sign_stroke(steps, room), !found.has_sign_stroke);
    for (double away = 0; away <= 40; away += 10) {
        bool is_off = found.other_px >= away;
        ck_assert_int_eq(line_steps_others_keep_off(steps, own, room, away), is_off);
        ck_assert_int_eq(line_steps_others_are_further(steps, own, room, away, 64),
                         is_off && !found.is_touched);
        told[is_off]++;
    }
}

START_TEST(answers_are_those_of_a_look_at_every_step)
{
    enum { COUNT = 120 };
    static struct line_step all[COUNT * STEPS_EACH];
    struct line_steps *steps = lines(COUNT, all);
    uint64_t random = 11;
    int told[2] = {0};
    for (uint32_t i = 0; i < 3000; i++) {
        struct bbox room = random_room(&random);
        uint32_t feature = i % COUNT;
        if (i % 2 == 0) { /* near its own line */
            struct point at = all[feature * STEPS_EACH].from;
            room = (struct bbox){at.x + 3, at.y + 3, at.x + 63, at.y + 18};
        }
        check_answers(steps, look_at_all(all, COUNT * STEPS_EACH, feature, room), feature, room, told);
    }
    ck_assert_msg(told[0] > 1000 && told[1] > 1000, "%d near, %d off", told[0], told[1]);
    line_steps_free(steps);
}
END_TEST

/* So many steps are looked at for the same questions among so many lines. */
static uint64_t cost_among(uint32_t feature_count)
{
    struct line_steps *steps = lines(feature_count, NULL);
    uint64_t random = 5;
    for (uint32_t i = 0; i < 2000; i++) {
        struct bbox room = random_room(&random);
        const struct scene_feature *own = &features[i];
        line_steps_others_are_further(steps, own, room, 3, 64);
        line_steps_others_keep_off(steps, own, room, 0);
        line_steps_own_px(steps, own, room, 64);
        line_steps_have_no_sign(steps, room);
    }
    uint64_t looked = line_steps_looked(steps);
    line_steps_free(steps);
    return looked;
}

START_TEST(a_question_costs_the_same_in_a_crowd_of_any_size)
{
    uint64_t few = cost_among(4000);
    uint64_t many = cost_among(FEATURE_MOST);
    ck_assert_msg(many <= few + few / 2, "%llu steps among 4,000 lines, %llu among 16,000",
                  (unsigned long long)few, (unsigned long long)many);
}
END_TEST

/* A line of so many steps that there is no work left for others. */
START_TEST(when_all_work_is_done_every_answer_is_no)
{
    struct line_steps *steps = line_steps_new(frame);
    struct line_step step = {.from = {10, 10}, .to = {11, 10}, .feature = &features[0], .is_painted = true};
    for (int i = 0; i < 100000; i++) {
        line_steps_add(steps, step);
    }
    line_steps_finish(steps);
    struct bbox near = {20, 8, 30, 12};
    struct bbox far = {500, 500, 510, 510};
    ck_assert(line_steps_others_keep_off(steps, &features[1], far, 0));
    for (int i = 0; i < 1000 && !line_steps_are_spent(steps); i++) {
        line_steps_own_px(steps, &features[0], near, 64);
    }
    ck_assert(line_steps_are_spent(steps));
    ck_assert(!line_steps_others_keep_off(steps, &features[1], far, 0));
    ck_assert(!line_steps_others_are_further(steps, &features[1], far, 0, 64));
    ck_assert(!line_steps_have_no_sign(steps, far));
    uint64_t looked = line_steps_looked(steps);
    line_steps_own_px(steps, &features[0], near, 64);
    ck_assert_uint_eq(line_steps_looked(steps), looked);
    line_steps_free(steps);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("line steps");
    TCase *tests = tcase_create("steps");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, answers_are_those_of_a_look_at_every_step);
    tcase_add_test(tests, a_question_costs_the_same_in_a_crowd_of_any_size);
    tcase_add_test(tests, when_all_work_is_done_every_answer_is_no);
    suite_add_tcase(suite, tests);
    return suite;
}
