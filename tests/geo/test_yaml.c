#include "geo/base/yaml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct problems problems;

static void set_up(void)
{
    problems_init(&problems);
}

static void tear_down(void)
{
    problems_finish(&problems);
}

static struct yaml_document *parse(const char *text)
{
    return yaml_document_parse("map.yaml", text, strlen(text), &problems);
}

static void assert_problem(size_t index, int line, const char *field, const char *words)
{
    ck_assert_uint_gt(problems.count, index);
    const struct problem *problem = &problems.items[index];
    ck_assert_str_eq(problem->file, "map.yaml");
    ck_assert_int_eq(problem->line, line);
    ck_assert_str_eq(problem->field, field);
    ck_assert_msg(strstr(problem->sentence, words) != NULL, "'%s' lacks '%s'", problem->sentence, words);
}

START_TEST(every_node_knows_its_line_and_path)
{
    struct yaml_document *document =
        parse("title: a\nlayers:\n  - name: x\n  - name: y\n    style: {width: 2}\n");
    const struct yaml_node *layers = yaml_find(yaml_document_root(document), "layers");
    const struct yaml_node *width = yaml_find(yaml_find(yaml_at(layers, 1), "style"), "width");
    ck_assert_uint_eq(yaml_count(layers), 2);
    ck_assert_str_eq(yaml_path(width), "layers[1].style.width");
    ck_assert_int_eq(yaml_line(width), 5);
    ck_assert_str_eq(yaml_text(width), "2");
    ck_assert_str_eq(yaml_file(width), "map.yaml");
    ck_assert_str_eq(yaml_key_at(yaml_at(layers, 1), 1), "style");
    yaml_document_free(document);
}
END_TEST

START_TEST(all_mistakes_are_named_at_once)
{
    static const char *const known[] = {"title", "width", "kind", "visible", "layers", "extent", NULL};
    static const char *const kinds[] = {"line", "area", NULL};
    struct yaml_document *document =
        parse("titel: x\nwidth: wide\nkind: circle\nvisible: maybe\nlayers: none\nextent: [1]\n");
    const struct yaml_node *root = yaml_document_root(document);
    yaml_check_keys(root, known, &problems);
    ck_assert_str_eq(yaml_read_text(root, "title", NULL, &problems), "");
    ck_assert_double_eq(yaml_read_number(root, "width", 0, 5, 1, &problems), 1);
    ck_assert_int_eq(yaml_read_choice(root, "kind", kinds, -1, &problems), -1);
    ck_assert(yaml_read_bool(root, "visible", true, &problems));
    ck_assert_ptr_null(yaml_read_sequence(root, "layers", &problems));
    ck_assert_ptr_null(yaml_read_mapping(root, "extent", &problems));
    ck_assert_uint_eq(problems.count, 7);
    assert_problem(0, 1, "titel", "did you mean 'title'");
    assert_problem(1, 1, "title", "is missing");
    assert_problem(2, 2, "width", "must be a number, not 'wide'");
    assert_problem(3, 3, "kind", "line or area");
    assert_problem(4, 4, "visible", "false or true");
    assert_problem(5, 5, "layers", "must be a list");
    assert_problem(6, 6, "extent", "must be a mapping");
    yaml_document_free(document);
}
END_TEST

START_TEST(numbers_are_decimal_finite_and_within_their_range)
{
    static const char *const wrong[] = {"0x10", "inf", ".nan", "1e999", "1,5", "6", "-1", "1 2", "'' "};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[40];
        snprintf(text, sizeof text, "a: %s\n", wrong[i]);
        struct yaml_document *document = parse(text);
        ck_assert_double_eq(yaml_read_number(yaml_document_root(document), "a", 0, 5, 3, &problems), 3);
        ck_assert_uint_eq(problems.error_count, i + 1);
        yaml_document_free(document);
    }
    struct yaml_document *document = parse("a: +2.5e-1\n");
    ck_assert_double_eq(yaml_read_number(yaml_document_root(document), "a", 0, 5, 3, &problems), 0.25);
    ck_assert_double_nan(yaml_read_number(yaml_document_root(document), "b", 0, 5, NAN, &problems));
    ck_assert_uint_eq(problems.error_count, sizeof wrong / sizeof wrong[0] + 1);
    yaml_document_free(document);
}
END_TEST

START_TEST(an_empty_field_counts_as_absent)
{
    struct yaml_document *document = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n");
    const struct yaml_node *root = yaml_document_root(document);
    ck_assert_str_eq(yaml_read_text(root, "a", "x", &problems), "x");
    ck_assert_str_eq(yaml_read_text(root, "b", "x", &problems), "x");
    ck_assert_str_eq(yaml_read_text(root, "c", "x", &problems), "x");
    ck_assert_str_eq(yaml_read_text(root, "d", "x", &problems), "");
    ck_assert_str_eq(yaml_read_text(root, "e", "x", &problems), "null");
    ck_assert_uint_eq(problems.count, 0);
    yaml_read_text(root, "a", NULL, &problems);
    yaml_read_text(root, "d", NULL, &problems);
    assert_problem(0, 1, "a", "is missing");
    assert_problem(1, 4, "d", "must not be empty");
    yaml_document_free(document);
}
END_TEST

START_TEST(what_is_outside_the_safe_subset_is_refused)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } wrong[] = {
        {"a: &x 1\nb: *x\n", 2, "aliases"},
        {"a: !!binary aGk=\n", 1, "tags"},
        {"a: !python/name:os.system\n", 1, "tags"},
        {"a: 1\nb: 2\na: 3\n", 3, "twice"},
        {"a: 1\n---\nb: 2\n", 2, "second document"},
        {"? [a, b]\n: c\n", 1, "key must be a text"},
        {"a: [1, 2\n", 2, "expected"},
        {"", 0, "empty"},
        {"# only words\n", 0, "empty"},
        {"a: \"x\\0y\"\n", 1, "NUL"},
        {"\xff\xfe\xff", 1, ""},
        {"a: \tb\n\t- c\n", 2, ""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(!parse(wrong[i].text), "%s", wrong[i].text);
        ck_assert_uint_eq(problems.count, i + 1);
        ck_assert_msg(strstr(problems.items[i].sentence, wrong[i].words) != NULL, "%s",
                      problems.items[i].sentence);
        ck_assert_int_eq(problems.items[i].line, wrong[i].line);
    }
}
END_TEST

START_TEST(nesting_ends_at_32_levels)
{
    for (int depth = 31; depth <= 33; depth++) {
        struct buffer text;
        buffer_init(&text, 10000);
        for (int i = 0; i < depth; i++) {
            buffer_append_text(&text, "[");
        }
        for (int i = 0; i < depth; i++) {
            buffer_append_text(&text, "]");
        }
        struct yaml_document *document = parse(text.bytes);
        ck_assert_int_eq(document != NULL, depth <= 32);
        yaml_document_free(document);
        buffer_finish(&text);
    }
}
END_TEST

START_TEST(no_bytes_make_it_fall_over)
{
    static const char letters[] = "a: -[]{},\n'\"?!&*|>#% 1\t~\\\xC3\xA9\xff";
    uint64_t state = 21;
    for (int i = 0; i < 20000; i++) {
        char text[60];
        size_t length = random_below(&state, sizeof text);
        for (size_t k = 0; k < length; k++) {
            text[k] = letters[random_below(&state, sizeof letters)];
        }
        struct problems found;
        problems_init(&found);
        struct yaml_document *document = yaml_document_parse("x", text, length, &found);
        ck_assert_int_eq(document != NULL, found.error_count == 0);
        yaml_document_free(document);
        problems_finish(&found);
    }
}
END_TEST

START_TEST(a_file_that_is_not_there_is_a_problem)
{
    ck_assert_ptr_null(yaml_document_read("/nonexistent/plottafel.yaml", &problems));
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert_str_eq(problems.items[0].file, "/nonexistent/plottafel.yaml");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("yaml");
    TCase *cases = tcase_create("yaml");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, every_node_knows_its_line_and_path);
    tcase_add_test(cases, all_mistakes_are_named_at_once);
    tcase_add_test(cases, numbers_are_decimal_finite_and_within_their_range);
    tcase_add_test(cases, an_empty_field_counts_as_absent);
    tcase_add_test(cases, what_is_outside_the_safe_subset_is_refused);
    tcase_add_test(cases, nesting_ends_at_32_levels);
    tcase_add_test(cases, no_bytes_make_it_fall_over);
    tcase_add_test(cases, a_file_that_is_not_there_is_a_problem);
    suite_add_tcase(suite, cases);
    return suite;
}
