/*
 * test_options.c - words behind a command, read by its table.
 */
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "tests/support/runner.h"

static const struct option table[] = {
    {"output", 'o', false, "FILE", "where to"},
    {"jobs", 'j', false, "N", "how many"},
    {"landscape", 0, false, NULL, "lying"},
    {"as-of", 0, false, "TIME", "when"},
    {"bbox", 0, false, "A,B", "where"},
    {"size", 0, false, "WxH", "how large"},
    {NULL, 0, false, NULL, NULL},
};

static const struct command command = {
    .name = "test", .arguments = "A B", .argument_least = 0, .argument_most = 2, .options = table};

#define READ(options, fault, ...)                                                                            \
    options_read(&command, (int)(sizeof((char *[]){__VA_ARGS__}) / sizeof(char *)), (char *[]){__VA_ARGS__}, \
                 options, fault)

START_TEST(every_way_to_give_a_value_means_the_same)
{
    static char *const ways[][2] = {{"--output", "x"}, {"--output=x", NULL}, {"-o", "x"}, {"-ox", NULL}};
    struct options options;
    struct fault fault = {0};
    int count = ways[_i][1] ? 2 : 1;
    ck_assert_msg(options_read(&command, count, (char **)ways[_i], &options, &fault), "%s", fault.message);
    ck_assert_str_eq(options_value(&options, "output"), "x");
    ck_assert(!options_has(&options, "landscape"));
    ck_assert_int_eq(options.argument_count, 0);
    options_finish(&options);
}
END_TEST

START_TEST(options_and_arguments_may_be_mixed)
{
    struct options options;
    struct fault fault = {0};
    ck_assert(READ(&options, &fault, "a", "--landscape", "-o", "-", "--", "-b"));
    ck_assert_int_eq(options.argument_count, 2);
    ck_assert_str_eq(options.arguments[0], "a");
    ck_assert_str_eq(options.arguments[1], "-b");
    ck_assert_str_eq(options_value(&options, "output"), "-");
    ck_assert(options_has(&options, "landscape"));
    options_finish(&options);
}
END_TEST

START_TEST(a_value_may_be_negative_and_empty)
{
    struct options options;
    struct fault fault = {0};
    double numbers[2];
    ck_assert(READ(&options, &fault, "--bbox", "-1.5,2e3", "--output="));
    ck_assert(options_numbers(&options, "bbox", 2, numbers, &fault));
    ck_assert_double_eq(numbers[0], -1.5);
    ck_assert_double_eq(numbers[1], 2000);
    ck_assert_str_eq(options_value(&options, "output"), "");
    options_finish(&options);
}
END_TEST

START_TEST(what_was_not_given_leaves_the_result_alone)
{
    struct options options;
    struct fault fault = {0};
    int jobs = 7;
    int64_t moment_ms = 42;
    ck_assert(READ(&options, &fault, "a"));
    ck_assert(options_integer(&options, "jobs", 1, 9, &jobs, &fault));
    ck_assert(options_moment(&options, &moment_ms, &fault));
    ck_assert_int_eq(jobs, 7);
    ck_assert_int_eq(moment_ms, 42);
    options_finish(&options);
}
END_TEST

START_TEST(numbers_are_whole_and_in_range)
{
    static char *const wrong[] = {"0", "10", "1.5", "", "x", "1x", "99999999999999999999", "-1", "+1", " 1"};
    struct options options;
    struct fault fault = {0};
    int jobs = 7;
    ck_assert(READ(&options, &fault, "--jobs", wrong[_i]));
    ck_assert(!options_integer(&options, "jobs", 1, 9, &jobs, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_int_eq(jobs, 7);
    options_finish(&options);
}
END_TEST

START_TEST(a_pair_has_its_sign_between)
{
    struct options options;
    struct fault fault = {0};
    struct options_pair pair = {.between = 'x', .least = 1, .most = 100};
    int width = 0;
    int height = 0;
    ck_assert(READ(&options, &fault, "--size", "30x40"));
    ck_assert(options_pair(&options, "size", pair, &width, &height, &fault));
    ck_assert_int_eq(width, 30);
    ck_assert_int_eq(height, 40);
    options_finish(&options);
    ck_assert(READ(&options, &fault, "--size", "30"));
    ck_assert(!options_pair(&options, "size", pair, &width, &height, &fault));
    pair.is_single_allowed = true;
    ck_assert(options_pair(&options, "size", pair, &width, &height, &fault));
    ck_assert_int_eq(height, 30);
    options_finish(&options);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *cases = tcase_create("options");
    tcase_add_loop_test(cases, every_way_to_give_a_value_means_the_same, 0, 4);
    tcase_add_test(cases, options_and_arguments_may_be_mixed);
    tcase_add_test(cases, a_value_may_be_negative_and_empty);
    tcase_add_test(cases, what_was_not_given_leaves_the_result_alone);
    tcase_add_loop_test(cases, numbers_are_whole_and_in_range, 0, 10);
    tcase_add_test(cases, a_pair_has_its_sign_between);
    suite_add_tcase(suite, cases);
    return suite;
}
