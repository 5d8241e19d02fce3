#include "geo/base/xml.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/buffer.h"
#include "geo/base/problems.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MOST_BYTES (32u << 20)

static struct problems problems;

static void set_up(void)
{
    problems_init(&problems);
}

static void tear_down(void)
{
    problems_finish(&problems);
}

static struct xml_document *parse(const char *text)
{
    return xml_document_parse("a.svg", text, strlen(text), &problems);
}

static void assert_refused(const char *text, size_t length, int line, const char *words)
{
    struct problems found;
    problems_init(&found);
    ck_assert_ptr_null(xml_document_parse("a.svg", text, length, &found));
    ck_assert_uint_eq(found.count, 1);
    ck_assert_uint_eq(found.error_count, 1);
    ck_assert_str_eq(found.items[0].file, "a.svg");
    ck_assert_msg(strstr(found.items[0].sentence, words) != NULL, "'%s' lacks '%s'", found.items[0].sentence,
                  words);
    ck_assert_int_eq(found.items[0].line, line);
    problems_finish(&found);
}

static void assert_text_refused(const char *text, int line, const char *words)
{
    assert_refused(text, strlen(text), line, words);
}

START_TEST(every_element_knows_the_line_on_which_its_tag_begins)
{
    struct xml_document *document =
        parse("<?xml version='1.0'?>\n<!-- a <b> -->\n<svg\n  width='1'\n"
              "  height='2'>\n<g a='>' b=\"<\n\" />\n<![CDATA[<no>]]><path/></svg>");
    ck_assert_ptr_null(document); /* "<" may not stand in a value */
    problems_finish(&problems);
    document = parse("<?xml version='1.0'?>\n<!-- a <b> -->\n<svg\n  width='1'\n"
                     "  height='2'>\n<g a='>' b=\"\n\" />\n<![CDATA[<no>]]><path/></svg>");
    const struct xml_node *root = xml_document_root(document);
    ck_assert_int_eq(xml_line(root), 3);
    ck_assert_int_eq(xml_line(xml_first(root)), 6);
    ck_assert_int_eq(xml_line(xml_next(xml_first(root))), 8);
    ck_assert_ptr_null(xml_next(xml_next(xml_first(root))));
    ck_assert_ptr_null(xml_first(xml_first(root)));
    xml_document_free(document);
}
END_TEST

START_TEST(names_are_local_whatever_the_prefix)
{
    struct xml_document *document =
        parse("<se:Rule xmlns:se='http://www.opengis.net/se' xmlns='urn:b' xmlns:x='urn:x' x:href='a &amp; "
              "&#66;'><se:Name>n</se:Name><Name/><x:Name unknown:thing='1'/></se:Rule>");
    ck_assert_ptr_nonnull(document);
    const struct xml_node *root = xml_document_root(document);
    ck_assert_str_eq(xml_name(root), "Rule");
    ck_assert_str_eq(xml_namespace(root), "http://www.opengis.net/se");
    ck_assert_str_eq(xml_attribute(root, "href"), "a & B");
    ck_assert_str_eq(xml_attribute_name(root, 0), "href");
    ck_assert_ptr_null(xml_attribute_name(root, 1));
    ck_assert_ptr_null(xml_attribute_at(root, 1));
    ck_assert_ptr_null(xml_attribute(root, "se"));
    ck_assert_ptr_null(xml_attribute(NULL, "href"));
    const struct xml_node *name = xml_find(root, "Name");
    ck_assert_str_eq(xml_namespace(name), "http://www.opengis.net/se");
    ck_assert_str_eq(xml_namespace(xml_next(name)), "urn:b");
    ck_assert_str_eq(xml_attribute(xml_next(xml_next(name)), "thing"), "1");
    ck_assert_ptr_null(xml_find(root, "name"));
    ck_assert_ptr_null(xml_find(NULL, "Name"));
    xml_document_free(document);
}
END_TEST

START_TEST(a_document_without_namespaces_has_empty_ones)
{
    struct xml_document *document = parse("<a/>");
    ck_assert_str_eq(xml_namespace(xml_document_root(document)), "");
    char *text = xml_text(xml_document_root(document));
    ck_assert_str_eq(text, "");
    free(text);
    xml_document_free(document);
}
END_TEST

START_TEST(text_is_all_that_stands_within)
{
    struct xml_document *document = parse("<a> \n one <b>two</b> <!-- no --><c>th<![CDATA[<r>&amp;]]>"
                                          "ee</c> &lt;&#x20AC;\t </a>");
    char *text = xml_text(xml_document_root(document));
    ck_assert_str_eq(text, "one two th<r>&amp;ee <\xE2\x82\xAC");
    free(text);
    xml_document_free(document);
}
END_TEST

START_TEST(other_encodings_that_hold_ascii_are_read_and_no_others)
{
    struct xml_document *document = parse("<?xml version='1.0' encoding='iso-8859-1'?><a b='\xE9'/>");
    ck_assert_ptr_nonnull(document);
    ck_assert_str_eq(xml_attribute(xml_document_root(document), "b"), "\xC3\xA9");
    xml_document_free(document);
    document = parse("\xEF\xBB\xBF<a/>");
    ck_assert_ptr_nonnull(document);
    xml_document_free(document);
    assert_text_refused("<?xml version='1.0' encoding='UTF-7'?><a/>", 1, "must be in UTF-8");
    assert_refused("\xFF\xFE<\0a\0/\0>\0", 10, 0, "no XML in UTF-8");
    assert_refused("\x4C\x6F\xA7\x94", 4, 0, "no XML in UTF-8");
}
END_TEST

START_TEST(what_is_not_well_formed_is_refused_with_its_line)
{
    assert_text_refused("", 0, "empty");
    assert_text_refused(" \n", 0, "empty");
    assert_text_refused("set: nl", 0, "no XML");
    assert_text_refused("<a>\n<b>\n</a>", 3, "mismatch");
    assert_text_refused("<a>\n\n", 3, "");
    assert_text_refused("<a/>\n<b/>", 2, "");
    assert_text_refused("<a>\n<b c='1' c='2'/></a>", 2, "redefined");
    assert_text_refused("<a>\n\n\xC3\x28</a>", 3, "");
    assert_text_refused("<a b='\xED\xA0\x80'/>", 1, "");
    assert_text_refused("<a>\x01</a>", 1, "");
    assert_text_refused("<a>\n&unknown;</a>", 2, "unknown");
    assert_text_refused("<!DOCTYPE svg PUBLIC 'x' 'http://127.0.0.1:1/x.dtd'>\n<a>&unknown;</a>", 2,
                        "unknown");
    assert_refused("<a>\0</a>", 8, 0, "no XML");
}
END_TEST

START_TEST(a_doctype_that_declares_nothing_is_passed_over)
{
    struct xml_document *document = parse("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
                                          "\"file:///etc/passwd\">\n<svg/>");
    ck_assert_ptr_nonnull(document);
    ck_assert_int_eq(xml_line(xml_document_root(document)), 2);
    ck_assert_uint_eq(problems.count, 0);
    xml_document_free(document);
}
END_TEST

START_TEST(entities_are_never_declared_read_or_expanded)
{
    assert_text_refused("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a>&x;</a>", 1, "DOCTYPE");
    assert_text_refused("<?xml version='1.0'?>\n<!DOCTYPE a\n [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> "
                        "%x;]><a/>",
                        3, "DOCTYPE");
    assert_text_refused("<!DOCTYPE a [\n<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><a>&c;</a>",
                        1, "DOCTYPE");
    assert_text_refused("<!DOCTYPE a [<!ATTLIST b c CDATA 'aaaaaaaaaaaaaaaaaaaaaaaaaaa'>]><a><b/><b/></a>", 1,
                        "DOCTYPE");
}
END_TEST

/* The seconds that a text takes to be refused. */
static double seconds_to_refuse(struct buffer *text, const char *words)
{
    ck_assert(!text->is_full);
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    struct problems found;
    problems_init(&found);
    ck_assert_ptr_null(xml_document_parse("bomb.svg", text->bytes, text->length, &found));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_msg(strstr(found.items[0].sentence, words) != NULL, "'%s' lacks '%s'", found.items[0].sentence,
                  words);
    problems_finish(&found);
    buffer_finish(text);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

static void append_times(struct buffer *text, const char *words, int times)
{
    for (int i = 0; i < times; i++) {
        buffer_append_text(text, words);
    }
}

START_TEST(what_is_too_large_or_too_deep_is_refused_soon)
{
    struct buffer text;
    buffer_init(&text, MOST_BYTES);
    append_times(&text, "<g>", 65);
    append_times(&text, "</g>", 65);
    ck_assert_double_lt(seconds_to_refuse(&text, "deeper than 64"), 1);
    buffer_init(&text, MOST_BYTES);
    append_times(&text, "<g>", 2000000);
    ck_assert_double_lt(seconds_to_refuse(&text, "too many elements"), 2);
    buffer_init(&text, MOST_BYTES);
    buffer_append_text(&text, "<a>");
    append_times(&text, "<b/>", 200000);
    buffer_append_text(&text, "</a>");
    ck_assert_double_lt(seconds_to_refuse(&text, "too many elements"), 2);
    buffer_init(&text, MOST_BYTES);
    buffer_append_text(&text, "<a");
    for (int i = 0; i < 500000; i++) {
        buffer_appendf(&text, " a%d='%d'", i, i);
    }
    buffer_append_text(&text, "/>");
    ck_assert_double_lt(seconds_to_refuse(&text, "too many attributes"), 2);
    buffer_init(&text, MOST_BYTES);
    append_times(&text, " <!-- a long comment -->", 1000000);
    ck_assert_double_lt(seconds_to_refuse(&text, "16 MiB"), 1);
    buffer_init(&text, MOST_BYTES);
    for (int i = 0; i < 60; i++) {
        buffer_append_text(&text, "<g");
        for (int j = 0; j < 100; j++) {
            buffer_appendf(&text, " xmlns:n%dx%d='urn:%d'", i, j, j);
        }
        buffer_append_text(&text, ">");
    }
    ck_assert_double_lt(seconds_to_refuse(&text, "too many namespaces"), 1);
}
END_TEST

START_TEST(a_huge_attribute_and_a_huge_text_are_no_trouble)
{
    struct buffer text;
    buffer_init(&text, MOST_BYTES);
    buffer_append_text(&text, "<a b='");
    append_times(&text, "0123456789", 500000);
    buffer_append_text(&text, "'>");
    append_times(&text, "0123456789", 500000);
    buffer_append_text(&text, "</a>");
    struct xml_document *document = xml_document_parse("a.svg", text.bytes, text.length, &problems);
    ck_assert_ptr_nonnull(document);
    ck_assert_uint_eq(strlen(xml_attribute(xml_document_root(document), "b")), 5000000);
    char *within = xml_text(xml_document_root(document));
    ck_assert_uint_eq(strlen(within), 5000000);
    free(within);
    xml_document_free(document);
    buffer_finish(&text);
}
END_TEST

START_TEST(any_damage_is_read_or_refused_with_one_problem)
{
    static const char whole[] =
        "<?xml version='1.0'?><!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg' "
        "a='&lt;'><!-- c --><g id=\"x\">t<![CDATA[u]]></g><?pi x?><path d='M0 0'/></svg>";
    uint64_t state = 42;
    for (int round = 0; round < 20000; round++) {
        char text[sizeof whole];
        memcpy(text, whole, sizeof whole);
        for (uint32_t i = 0; i <= random_below(&state, 3); i++) {
            text[random_below(&state, sizeof whole - 1)] = (char)random_below(&state, 256);
        }
        struct problems found;
        problems_init(&found);
        size_t length = 1 + random_below(&state, sizeof whole - 1);
        struct xml_document *document =
            xml_document_parse("a.svg", text, round % 2 ? length : sizeof whole - 1, &found);
        ck_assert_uint_eq(found.count, document ? 0 : 1);
        xml_document_free(document);
        problems_finish(&found);
    }
}
END_TEST

static void *parse_often(void *context)
{
    for (int i = 0; i < 500; i++) {
        struct problems found;
        problems_init(&found);
        struct xml_document *good = xml_document_parse("a", "<a b='c'><d/></a>", 17, &found);
        ck_assert_ptr_nonnull(good);
        xml_document_free(good);
        ck_assert_ptr_null(xml_document_parse("a", "<a>", 3, &found));
        problems_finish(&found);
    }
    return NULL;
}

START_TEST(several_threads_read_at_once)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, parse_often, NULL), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("xml");
    TCase *cases = tcase_create("xml");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, every_element_knows_the_line_on_which_its_tag_begins);
    tcase_add_test(cases, names_are_local_whatever_the_prefix);
    tcase_add_test(cases, a_document_without_namespaces_has_empty_ones);
    tcase_add_test(cases, text_is_all_that_stands_within);
    tcase_add_test(cases, other_encodings_that_hold_ascii_are_read_and_no_others);
    tcase_add_test(cases, what_is_not_well_formed_is_refused_with_its_line);
    tcase_add_test(cases, a_doctype_that_declares_nothing_is_passed_over);
    tcase_add_test(cases, entities_are_never_declared_read_or_expanded);
    tcase_add_test(cases, what_is_too_large_or_too_deep_is_refused_soon);
    tcase_add_test(cases, a_huge_attribute_and_a_huge_text_are_no_trouble);
    tcase_add_test(cases, any_damage_is_read_or_refused_with_one_problem);
    tcase_add_test(cases, several_threads_read_at_once);
    suite_add_tcase(suite, cases);
    return suite;
}
