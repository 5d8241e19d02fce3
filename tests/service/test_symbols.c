/*
 * test_symbols.c - symbol sets over HTTP, asked of the real service.
 */
#include "tests/service/running_service.h"

static struct running_service service;

static void start(void)
{
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

static const char *ask(const char *path)
{
    static char line[4000];
    snprintf(line, sizeof(line), "GET %s", path);
    return service_ask(&service, line, "", "");
}

static void expect(const char *path, int status, const char *holds)
{
    const char *answer = ask(path);
    ck_assert_msg(status_of(answer) == status, "%s: %.300s", path, answer);
    ck_assert_msg(strstr(answer, holds) != NULL, "%s has no '%s': %.2000s", path, holds, answer);
    if (status >= 400) {
        ck_assert_str_eq(header_of(answer, "Content-Type"), "application/problem+json");
    }
}

/** Which symbol stands first in the list. */
static void expect_first(const char *path, const char *id)
{
    char wanted[100];
    const char *answer = ask(path);
    const char *symbols = strstr(answer, "\"symbols\":[");
    snprintf(wanted, sizeof(wanted), "\"id\":\"%s\"", id);
    ck_assert_msg(symbols != NULL, "%s: %.500s", path, answer);
    const char *first = strstr(symbols, "\"id\":");
    ck_assert_msg(first && strncmp(first, wanted, strlen(wanted)) == 0, "%s: %.200s", path,
                  first ? first : "nothing");
}

START_TEST(sets_are_listed_with_version_title_and_counts)
{
    expect("/symbols", 200, "\"code\":\"nl@1\",\"name\":\"nl\",\"version\":1");
    expect("/symbols", 200, "\"count\":155,\"points\":114,\"lines\":19,\"areas\":22,\"deprecated\":0");
    expect("/symbols", 200, "\"extends\":null");
    expect("/symbols/nl", 200, "\"default\":true");
}
END_TEST

START_TEST(a_search_ranks_and_speaks_four_languages)
{
    expect_first("/symbols/nl@1?q=staging", "bw.ugs");
    expect_first("/symbols/nl@1?q=BEREITSTELL", "bw.ugs");
    expect_first("/symbols/nl@1?q=sante%20publique&language=fr", "inc.gezondheid");
    expect_first("/symbols/nl@1?q=brand", "inc.brand");
    expect_first("/symbols/nl@1?q=s0870", "bw.ugs");
    expect_first("/symbols/nl@1?q=UGS&geometry=point&group=bw", "bw.ugs");
    expect_first("/symbols?q=hospital", "gh.ziekenhuis");
    expect("/symbols/nl@1?q=xyzzy", 200, "\"found\":0,\"symbols\":[\n]");
    expect("/symbols/nl@1?geometry=area", 200, "\"found\":22");
    expect("/symbols/nl@1?limit=1", 200, "\"found\":155");
}
END_TEST

START_TEST(the_facts_of_a_symbol_say_what_it_accepts_and_what_others_call_it)
{
    expect("/symbols/nl@1/bw.ugs.json", 200, "\"de\":\"Bereitstellungsraum\"");
    expect("/symbols/nl@1/bw.ugs.json", 200, "\"aliases\":[\"im.s0870\"");
    expect("/symbols/nl@1/bw.ugs.json", 200, "\"statuses\":[\"present\",\"planned\"");
    expect("/symbols/nl@1/bw.ugs.json", 200, "\"scheme\":\"imoov\"");
    expect("/symbols/nl@1/im.s0870.json", 200, "\"id\":\"bw.ugs\"");
    expect("/symbols/nl@1/bw.ugs;st=planned.json", 200, "\"refusal\":null");
    expect("/symbols/nl@1/l.front;st=full.json", 200,
           "\"refusal\":\"status 'full' is not shown: 'l.front' is drawn as present\"");
}
END_TEST

START_TEST(what_is_wrong_is_said)
{
    expect("/symbols/xx", 404, "there is no symbol set 'xx'; there is: nl@1");
    expect("/symbols/nl@9", 404, "there is: nl@1");
    expect("/symbols/nl@", 404, "there is: nl@1");
    expect("/symbols/nl@1/bw.usg.json", 404, "the nearest is 'bw.ugs'");
    expect("/symbols/nl@1/bw.ugs;st=gone.svg", 400, "gone");
    expect("/symbols/nl@1?geometry=circle", 400, "geometry must be point, line or area");
    expect("/symbols/nl@1?deprecated=perhaps", 400, "deprecated must be true or false");
    expect("/symbols/nl@1?group=zz", 400, "no group 'zz'");
    expect("/symbols/nl@1?limit=0", 400, "limit");
    expect("/symbols/nl@1?language=xx", 400, "language must be nl, en, fr or de");
    expect("/symbols/nl@1?colour=red", 400, "there is no parameter 'colour'");
    expect("/symbols/nl@1/bw.ugs.png?ratio=4", 400, "ratio");
    expect("/symbols/nl@1/bw.ugs.png?st=planned", 400, "ask for 'bw.ugs;st=planned'");
    expect("/symbols/nl@1/alg.wind.json?rot=45", 400, "ask for 'alg.wind;rot=45'");
    expect("/symbols/nl@1/bw.ugs.svg?n=Noord", 400, "the text 'n' stands beside the symbol");
    expect("/symbols/nl@1/bw.ugs.png?size=2000", 400, "size");
    expect("/symbols/nl@1/bw.ugs.svg?palette=neon", 400, "palette must be");
    char path[3200];
    int length = snprintf(path, sizeof(path), "/symbols/nl@1/bw.ugs.svg?h=");
    memset(path + length, 'x', sizeof(path) - (size_t)length);
    path[sizeof(path) - 1] = '\0';
    ck_assert_int_eq(status_of(ask(path)) / 100, 4);
}
END_TEST

/** Width of a PNG, from its first chunk. */
static unsigned png_width(const char *answer)
{
    const char *header = strstr(answer, "\r\n\r\n");
    ck_assert_ptr_nonnull(header);
    const unsigned char *bytes = (const unsigned char *)header + 4 + 16;
    return (unsigned)bytes[0] << 24 | (unsigned)bytes[1] << 16 | (unsigned)bytes[2] << 8 | bytes[3];
}

START_TEST(pictures_have_the_size_asked_for_and_svg_its_name)
{
    ck_assert_uint_eq(png_width(ask("/symbols/nl@1/bw.ugs.png?size=64")), 64);
    ck_assert_uint_eq(png_width(ask("/symbols/nl@1/bw.ugs.png?size=64&ratio=3")), 192);
    expect("/symbols/nl@1/bw.ugs.svg?language=fr", 200, "<title>");
    expect("/symbols/nl@1/gev.bord.svg?h=33/1203", 200, ">1203<");
    ck_assert_ptr_null(strstr(ask("/symbols/nl@1/bw.ugs.svg"), "<title>"));
}
END_TEST

START_TEST(what_cannot_change_may_be_kept_and_the_newest_version_not)
{
    char headers[200];
    char tag[100];
    const char *answer = ask("/symbols/nl@1/bw.ugs.svg");
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Cache-Control"), "immutable"));
    snprintf(tag, sizeof(tag), "%s", header_of(answer, "ETag"));
    snprintf(headers, sizeof(headers), "If-None-Match: %s\r\n", tag);
    ck_assert_int_eq(status_of(service_ask(&service, "GET /symbols/nl@1/bw.ugs.svg", headers, "")), 304);
    ck_assert_ptr_nonnull(strstr(header_of(ask("/symbols/nl@1"), "Cache-Control"), "immutable"));
    ck_assert_str_eq(header_of(ask("/symbols/nl/bw.ugs.svg"), "Cache-Control"), "no-cache");
    ck_assert_str_eq(header_of(ask("/symbols"), "Cache-Control"), "no-cache");
    ck_assert_str_eq(header_of(ask("/symbols/nl@1/bw.usg.svg"), "Cache-Control"), "no-store");
}
END_TEST

START_TEST(a_legend_in_two_languages_says_all_twice)
{
    expect("/maps/situation/legend.json?language=nl,en", 200, "\"items\":[");
    expect("/maps/situation/legend.png?language=en,de", 200, "PNG");
    expect("/maps/situation/legend.json?bbox=4.4,51.6,4.8,51.8", 400,
           "in the CRS of tms (EPSG:28992, x east");
    expect("/maps/situation/legend.json?language=nl,nl", 400, "one or two of nl, en, fr and de");
    expect("/maps/situation/legend.json?language=nl,en,de", 400, "one or two of nl, en, fr and de");
}
END_TEST

START_TEST(the_interface_describes_its_parameters)
{
    expect("/openapi.json", 200, "\"/symbols/{set}/{code}.json\"");
    expect("/openapi.json", 200, "{\"name\":\"geometry\",\"in\":\"query\"");
    expect("/openapi.json", 200, "{\"name\":\"bbox\",\"in\":\"query\"");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbols");
    TCase *tests = tcase_create("symbols");
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, sets_are_listed_with_version_title_and_counts);
    tcase_add_test(tests, a_search_ranks_and_speaks_four_languages);
    tcase_add_test(tests, the_facts_of_a_symbol_say_what_it_accepts_and_what_others_call_it);
    tcase_add_test(tests, what_is_wrong_is_said);
    tcase_add_test(tests, pictures_have_the_size_asked_for_and_svg_its_name);
    tcase_add_test(tests, what_cannot_change_may_be_kept_and_the_newest_version_not);
    tcase_add_test(tests, a_legend_in_two_languages_says_all_twice);
    tcase_add_test(tests, the_interface_describes_its_parameters);
    suite_add_tcase(suite, tests);
    return suite;
}
