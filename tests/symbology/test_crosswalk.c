#include "symbology/crosswalk.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "tests/support/runner.h"

static struct symbol_set *set;
static const struct crosswalk *crosswalk;

static void open_set(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    problems_print(&problems, stderr);
    ck_assert_ptr_nonnull(set);
    ck_assert_uint_eq(problems.count, 0);
    crosswalk = symbol_set_crosswalk(set);
    ck_assert_ptr_nonnull(crosswalk);
    problems_finish(&problems);
}

static void close_set(void)
{
    symbol_set_free(set);
}

struct visitor {
    void (*visit)(const struct symbol_entry *entry, const struct crosswalk_link *link, void *context);
    void *context;
};

static void visit_all(const struct visitor *visitor)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        size_t count = 0;
        const struct crosswalk_link *links = crosswalk_find(crosswalk, entry->id, &count);
        for (size_t k = 0; k < count; k++) {
            visitor->visit(entry, &links[k], visitor->context);
        }
    }
}

#define MOST_SCHEMES 16
#define MATCH_COUNT 3

static size_t place_of(const struct crosswalk_scheme *scheme)
{
    size_t i = 0;
    while (crosswalk_scheme_at(crosswalk, i) != scheme) {
        i++;
    }
    return i;
}

static void count_link(const struct symbol_entry *entry, const struct crosswalk_link *link, void *context)
{
    int(*counts)[MATCH_COUNT] = context;
    counts[place_of(link->scheme)][link->match]++;
}

START_TEST(every_scheme_is_used)
{
    int counts[MOST_SCHEMES][MATCH_COUNT] = {{0}};
    size_t scheme_count = crosswalk_scheme_count(crosswalk);
    ck_assert_uint_eq(scheme_count, 7);
    visit_all(&(struct visitor){count_link, counts});
    printf("%-24s exact close broad\n", "scheme");
    for (size_t i = 0; i < scheme_count; i++) {
        const struct crosswalk_scheme *scheme = crosswalk_scheme_at(crosswalk, i);
        printf("%-24s %5d %5d %5d\n", scheme->title, counts[i][MATCH_EXACT], counts[i][MATCH_CLOSE],
               counts[i][MATCH_BROAD]);
        ck_assert_int_gt(counts[i][MATCH_EXACT], 0);
        ck_assert_str_ne(scheme->publisher, "");
    }
}
END_TEST

struct sighting {
    const struct symbol_entry *entry;
    const struct crosswalk_link *link;
};

static bool says_the_same(const struct crosswalk_link *a, const struct crosswalk_link *b)
{
    return a->scheme == b->scheme && strcmp(a->code, b->code) == 0 && strcmp(a->name, b->name) == 0;
}

/* What is exactly the same as two of our entries would make these the same, too. */
static void look_for_twin(const struct symbol_entry *entry, const struct crosswalk_link *link, void *context)
{
    const struct sighting *first = context;
    bool is_twin = says_the_same(link, first->link) && link != first->link;
    ck_assert_msg(!is_twin || entry != first->entry, "%s has '%s%s' twice", entry->id, link->code,
                  link->name);
    ck_assert_msg(!is_twin || link->match != MATCH_EXACT || first->link->match != MATCH_EXACT,
                  "'%s%s' is exactly %s and %s", link->code, link->name, entry->id, first->entry->id);
}

static void look_for_twins(const struct symbol_entry *entry, const struct crosswalk_link *link, void *context)
{
    struct sighting sighting = {entry, link};
    visit_all(&(struct visitor){look_for_twin, &sighting});
}

START_TEST(nothing_elsewhere_is_exactly_two_of_our_entries)
{
    visit_all(&(struct visitor){look_for_twins, NULL});
}
END_TEST

/* Does the code look like the pattern: 9 a digit, a a small letter, A a capital, others themselves? */
static bool fits(const char *code, const char *pattern)
{
    for (; *pattern != '\0'; pattern++, code++) {
        bool is_good = *pattern == '9'   ? isdigit((unsigned char)*code)
                       : *pattern == 'a' ? islower((unsigned char)*code)
                       : *pattern == 'A' ? isupper((unsigned char)*code)
                                         : *pattern == *code;
        if (!is_good) {
            return false;
        }
    }
    return *code == '\0';
}

static bool is_small_words(const char *code)
{
    return code[0] != '\0' && strspn(code, "abcdefghijklmnopqrstuvwxyz_-") == strlen(code);
}

static bool is_code_of(const char *scheme, const char *code)
{
    if (strcmp(scheme, "imoov") == 0) {
        return fits(code, "A99") || fits(code, "A99-A") || fits(code, "s9999");
    }
    if (strcmp(scheme, "oiv") == 0) {
        return fits(code, "aaa999") || is_small_words(code);
    }
    if (strcmp(scheme, "babs") == 0) {
        return fits(code, "9") || fits(code, "99") || fits(code, "999");
    }
    if (strcmp(scheme, "mil2525") == 0) { /* symbol set and entity, of the 20 digits of an identification */
        return fits(code, "99999999");
    }
    return strcmp(scheme, "ocha") == 0 ? is_small_words(code) : code[0] == '\0';
}

static void check_form(const struct symbol_entry *entry, const struct crosswalk_link *link, void *context)
{
    ck_assert_msg(is_code_of(link->scheme->id, link->code), "%s: %s '%s'", entry->id, link->scheme->id,
                  link->code);
}

START_TEST(codes_have_the_form_of_their_scheme)
{
    visit_all(&(struct visitor){check_form, NULL});
}
END_TEST

static bool has_link(const char *entity, const char *scheme, const char *code)
{
    size_t count = 0;
    const struct crosswalk_link *links = crosswalk_find(crosswalk, entity, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(links[i].scheme->id, scheme) == 0 && strcmp(links[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* The codes at the start of "C05/C06; OIV …", "s0460..s0540" or "B06-B09". */
static int check_reference(const struct symbol_entry *entry, const char *codes)
{
    int count = 0;
    while (isalnum((unsigned char)*codes)) {
        size_t length = strcspn(codes, " ;./");
        char code[32];
        if (length == 7 && codes[3] == '-') { /* a range, not "B01-A" */
            length = 3;
        }
        snprintf(code, sizeof code, "%.*s", (int)length, codes);
        ck_assert_msg(strcmp(code, "context") == 0 || has_link(entry->id, "imoov", code), "%s: IMOOV %s",
                      entry->id, code);
        codes += length + strspn(codes + length, "./-");
        count++;
    }
    return count;
}

START_TEST(every_imoov_code_of_the_set_is_a_link)
{
    int count = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (strncmp(entry->reference, "IM ", 3) == 0) {
            count += check_reference(entry, entry->reference + 3);
        }
    }
    ck_assert_int_gt(count, 70);
}
END_TEST

START_TEST(links_are_found_by_entity)
{
    size_t count = 9;
    ck_assert(has_link("bw.ugs", "imoov", "s0870"));
    ck_assert(has_link("a.besmet", "mil2525", "25271700"));
    ck_assert_ptr_null(crosswalk_find(crosswalk, "no.such", &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_ptr_null(crosswalk_find(NULL, "bw.ugs", &count));
    ck_assert_uint_eq(crosswalk_scheme_count(NULL), 0);
    ck_assert_str_eq(crosswalk_match_name(MATCH_BROAD), "broad");
}
END_TEST

#define OVERLAY                                                                                              \
    "set: port\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\ngroups: [{id: hv, title: {nl: Haven}}]\n"     \
    "points: [{id: hv.kade, kind: object, letters: K, name: {nl: Kade}, aliases: [hv.wal]}]\n"

static struct symbol_library *read_overlay(const char *name, const char *text, struct problems *problems)
{
    char folder[512];
    char path[600];
    snprintf(folder, sizeof folder, "%s/%s", test_folder(), name);
    ck_assert_int_eq(mkdir(folder, 0777), 0);
    snprintf(path, sizeof path, "%s/set.yaml", folder);
    ck_assert(file_write(path, OVERLAY, strlen(OVERLAY), NULL));
    snprintf(path, sizeof path, "%s/crosswalk.yaml", folder);
    if (text) {
        ck_assert(file_write(path, text, strlen(text), NULL));
    }
    problems_init(problems);
    struct symbol_library *library = symbol_library_new(problems);
    ck_assert_ptr_nonnull(library);
    symbol_library_add(library, folder, problems);
    return library;
}

START_TEST(an_overlay_has_the_links_of_its_base_and_its_own)
{
    struct problems problems;
    struct symbol_library *library =
        read_overlay("own",
                     "schemes: [{id: port, title: Haven, publisher: Havenbedrijf}]\n"
                     "entries:\n  hv.kade: [{scheme: port, code: K1, match: exact}, {scheme: oiv, code: x, "
                     "match: close}]\n"
                     "  bw.ugs: [{scheme: port, name: Opstellen, match: broad}]\n",
                     &problems);
    problems_print(&problems, stderr);
    ck_assert_uint_eq(problems.count, 0);
    crosswalk = symbol_set_crosswalk(symbol_library_find(library, "port", 1));
    ck_assert_uint_eq(crosswalk_scheme_count(crosswalk), 8);
    ck_assert_str_eq(crosswalk_scheme_at(crosswalk, 7)->title, "Haven");
    ck_assert(has_link("hv.kade", "port", "K1"));
    ck_assert(has_link("hv.kade", "oiv", "x"));
    ck_assert(has_link("bw.ugs", "port", ""));
    ck_assert(!has_link("bw.ugs", "imoov", "s0870"));
    ck_assert(has_link("bw.kazerne", "imoov", "B10"));
    problems_finish(&problems);
    symbol_library_free(library);
}
END_TEST

START_TEST(an_overlay_without_a_crosswalk_has_that_of_its_base)
{
    struct problems problems;
    struct symbol_library *library = read_overlay("none", NULL, &problems);
    crosswalk = symbol_set_crosswalk(symbol_library_find(library, "port", 1));
    ck_assert(has_link("bw.ugs", "imoov", "s0870"));
    problems_finish(&problems);
    symbol_library_free(library);
}
END_TEST

static void assert_problem(const struct problems *problems, size_t index, int line, const char *words)
{
    ck_assert_uint_gt(problems->count, index);
    const struct problem *problem = &problems->items[index];
    ck_assert_ptr_nonnull(strstr(problem->file, "crosswalk.yaml"));
    ck_assert_int_eq(problem->line, line);
    ck_assert_msg(strstr(problem->sentence, words) != NULL, "'%s' lacks '%s'", problem->sentence, words);
}

START_TEST(all_mistakes_of_a_crosswalk_are_named)
{
    struct problems problems;
    struct symbol_library *library = read_overlay("bad",
                                                  "schemes:\n"
                                                  "  - {id: imoov, title: Again}\n"
                                                  "  - words\n"
                                                  "  - {id: p, title: P, colour: red}\n"
                                                  "entries:\n"
                                                  "  hv.kode:\n"
                                                  "    - {scheme: p, code: a, match: exact}\n"
                                                  "  hv.wal:\n"
                                                  "    - {scheme: p, code: a, match: exact}\n"
                                                  "  hv.kade:\n"
                                                  "    - {scheme: q, code: a, match: exact}\n"
                                                  "    - {scheme: p, match: exact}\n"
                                                  "    - {scheme: p, code: a, match: narrow}\n"
                                                  "    - {scheme: p, code: \"a\\u202E\", match: exact}\n"
                                                  "    - words\n"
                                                  "  bw.ugs: words\n",
                                                  &problems);
    assert_problem(&problems, 0, 2, "already a scheme");
    assert_problem(&problems, 1, 3, "must be a scheme");
    assert_problem(&problems, 2, 4, "not a known field");
    assert_problem(&problems, 3, 7, "nearest is 'hv.kade'");
    assert_problem(&problems, 4, 9, "another name of 'hv.kade'");
    assert_problem(&problems, 5, 11, "none of the schemes");
    assert_problem(&problems, 6, 12, "neither code nor name");
    assert_problem(&problems, 7, 13, "exact, close or broad");
    ck_assert_uint_gt(problems.error_count, 9);
    ck_assert_ptr_null(symbol_library_find(library, "port", 1));
    problems_finish(&problems);
    symbol_library_free(library);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("crosswalk");
    TCase *cases = tcase_create("crosswalk");
    tcase_add_checked_fixture(cases, open_set, close_set);
    tcase_add_test(cases, every_scheme_is_used);
    tcase_add_test(cases, nothing_elsewhere_is_exactly_two_of_our_entries);
    tcase_add_test(cases, codes_have_the_form_of_their_scheme);
    tcase_add_test(cases, every_imoov_code_of_the_set_is_a_link);
    tcase_add_test(cases, links_are_found_by_entity);
    tcase_add_test(cases, an_overlay_has_the_links_of_its_base_and_its_own);
    tcase_add_test(cases, an_overlay_without_a_crosswalk_has_that_of_its_base);
    tcase_add_test(cases, all_mistakes_of_a_crosswalk_are_named);
    suite_add_tcase(suite, cases);
    return suite;
}
