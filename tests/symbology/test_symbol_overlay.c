/*
 * test_symbol_overlay.c - sets that extend another one, what entries accept, and what replaces them.
 */
#include <stdlib.h>

#include "geo/base/fault.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "tests/symbology/set_folder.h"

static struct problems problems;
static struct symbol_library *library;
static struct symbol_set *set;

static void set_up(void)
{
    problems_init(&problems);
    library = symbol_library_new(&problems);
    ck_assert_ptr_nonnull(library);
}

static void tear_down(void)
{
    symbol_set_free(set);
    set = NULL;
    symbol_library_free(library);
    problems_finish(&problems);
}

static void read_folder(const char *folder)
{
    symbol_set_free(set);
    set = symbol_set_read(folder, library, &problems);
}

static void read_good(const char *yaml)
{
    read_folder(write_set("haven", yaml));
    problems_print(&problems, stderr);
    ck_assert_ptr_nonnull(set);
}

#define HEAD "set: haven\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\n"

/* Nothing is lost, nothing is different, but the set. */
START_TEST(an_overlay_that_says_nothing_is_its_base)
{
    const struct symbol_set *base = symbol_library_default(library);
    read_good(HEAD);
    ck_assert_uint_eq(symbol_set_count(set), symbol_set_count(base));
    ck_assert_ptr_eq(symbol_set_base(set), base);
    for (size_t i = 0; i < symbol_set_count(base); i++) {
        const struct symbol_entry *theirs = symbol_set_at(base, i);
        const struct symbol_entry *ours = symbol_set_at(set, i);
        ck_assert_str_eq(ours->id, theirs->id);
        ck_assert_str_eq(ours->letters, theirs->letters);
        ck_assert_str_eq(ours->glyph ? ours->glyph : "", theirs->glyph ? theirs->glyph : "");
        ck_assert_uint_eq(ours->statuses, theirs->statuses);
        ck_assert_uint_eq(ours->texts, theirs->texts);
        ck_assert_mem_eq(&ours->fill, &theirs->fill, sizeof ours->fill);
        ck_assert_int_eq(ours->priority, theirs->priority);
        ck_assert_str_eq(symbol_set_group_title(set, ours->group, LANGUAGE_DE),
                         symbol_set_group_title(base, theirs->group, LANGUAGE_DE));
    }
    ck_assert_ptr_eq(symbol_set_find(set, "im.s0870"), symbol_set_find(set, "bw.ugs"));
    ck_assert_ptr_ne(symbol_set_find(set, "bw.ugs"), symbol_set_find(base, "bw.ugs"));
    ck_assert_ptr_eq(symbol_set_crosswalk(set), symbol_set_crosswalk(base));
}
END_TEST

#define OVERLAY                                                                                              \
    HEAD "groups: [{id: haven, priority: 5, title: {nl: Haven}}]\n"                                          \
         "points:\n"                                                                                         \
         "  - {id: haven.kraan, kind: object, letters: KR, name: {nl: Kraan}}\n"                             \
         "  - {id: bw.havenpost, kind: site, owner: fire, letters: HP, name: {nl: Havenpost}}\n"             \
         "  - {id: bw.ugs, kind: object, owner: police, letters: UG, name: {nl: Verzamelplek}}\n"            \
         "areas:\n"                                                                                          \
         "  - {id: haven.ree, letters: RE, name: {nl: Ree}, fill: \"#1B5E8C33\", centre: haven.kraan}\n"     \
         "changes:\n"                                                                                        \
         "  - {id: bw.tewater, name: {nl: Helling}, letters: HE, aliases: [haven.helling], priority: 1}\n"   \
         "  - {id: bw.dompelplaats, deprecated: true, replaced_by: bw.bluswater}\n"

START_TEST(an_overlay_adds_renames_replaces_and_deprecates)
{
    const struct symbol_set *base = symbol_library_default(library);
    read_good(OVERLAY);
    ck_assert_uint_eq(symbol_set_count(set), symbol_set_count(base) + 3);
    const struct symbol_entry *slipway = symbol_set_find(set, "haven.helling");
    ck_assert_str_eq(slipway->id, "bw.tewater");
    ck_assert_str_eq(multilingual_text(&slipway->name, LANGUAGE_EN), "Helling");
    ck_assert_str_eq(slipway->letters, "HE");
    ck_assert_int_eq(slipway->priority, 1);
    ck_assert_str_eq(slipway->glyph, symbol_set_find(base, "bw.tewater")->glyph);
    ck_assert(symbol_set_find(set, "bw.dompelplaats")->is_deprecated);
    const struct symbol_entry *replaced = symbol_set_find(set, "im.s0870"); /* by its old alias */
    ck_assert_str_eq(replaced->id, "bw.ugs");
    ck_assert_int_eq(replaced->kind, KIND_OBJECT);
    ck_assert_int_eq(replaced->owner, OWNER_POLICE);
    ck_assert_ptr_null(replaced->glyph);
    const struct symbol_entry *area = symbol_set_find(set, "haven.ree");
    ck_assert_ptr_eq(area->centre_entry, symbol_set_find(set, "haven.kraan"));
    ck_assert_str_eq(symbol_set_find(base, "bw.tewater")->letters,
                     symbol_set_find(symbol_library_find(library, "nl", 1), "bw.tewater")->letters);
    ck_assert_ptr_null(symbol_set_find(base, "haven.helling"));
}
END_TEST

/* Lists and sheets run through a set group by group. */
START_TEST(entries_of_an_overlay_stand_with_their_group)
{
    read_good(OVERLAY);
    for (size_t i = 1; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        const struct symbol_entry *before = symbol_set_at(set, i - 1);
        ck_assert_int_ge(entry->geometry, before->geometry);
        if (strcmp(entry->group, before->group) == 0) {
            continue;
        }
        for (size_t j = 0; j + 1 < i; j++) {
            const struct symbol_entry *earlier = symbol_set_at(set, j);
            ck_assert_msg(earlier->geometry != entry->geometry || strcmp(earlier->group, entry->group) != 0,
                          "%s stands apart from %s", entry->id, earlier->id);
        }
    }
}
END_TEST

START_TEST(all_mistakes_of_an_overlay_are_named_with_their_line)
{
    read_folder(write_set(
        "slecht", HEAD                                                                        /* 1 to 4 */
        "owners: {fire: {fill: \"#FF0000\"}}\n"                                               /* 5 */
        "groups:\n"                                                                           /* 6 */
        "  - {id: bw, title: {nl: Brandweer}}\n"                                              /* 7 */
        "points:\n"                                                                           /* 8 */
        "  - {id: l.front, kind: object, letters: LF, name: {nl: Punt}}\n"                    /* 9 */
        "  - {id: bw.nieuw, kind: object, letters: UGS, name: {nl: Nieuw}}\n"                 /* 10 */
        "  - {id: bw.nieuw, kind: object, letters: NW, name: {nl: Nog eens}}\n"               /* 11 */
        "  - {id: bw.weg, kind: object, letters: WG, name: {nl: Weg}, replaced_by: bw.ovd}\n" /* 12 */
        "changes:\n"                                                                          /* 13 */
        "  - {id: bw.ugz, letters: X}\n"                                                      /* 14 */
        "  - {id: im.s0870, letters: X}\n"                                                    /* 15 */
        "  - {id: bw.nieuw, letters: X}\n"                                                    /* 16 */
        "  - {id: bw.hovd, deprecated: true, replaced_by: bw.nergens}\n"                      /* 17 */
        "  - {id: bw.ovd, deprecated: true, replaced_by: bw.ladder}\n"                        /* 18 */
        "  - {id: bw.ladder, deprecated: true, replaced_by: bw.ovd}\n"                        /* 19 */
        "  - {id: bw.decon, deprecated: true, replaced_by: l.front}\n"                        /* 20 */
        "  - {id: bw.wts, deprecated: true, replaced_by: bw.ovd}\n"                           /* 21 */
        "  - {id: bw.wts, letters: Y}\n"                                                      /* 22 */
        "  - {id: bw.ontsmet, kind: site}\n"                                                  /* 23 */
        "  - {id: bw.brandstof, name: {en: Fuel}}\n"                                          /* 24 */
        "  - {id: bw.kazerne, aliases: [bw.ugs]}\n"                                           /* 25 */
        "  - just text\n"));                                                                  /* 26 */
    static const struct expected expected[] = {
        {5, "owners"},      {7, "already a group"}, {9, "geometry"},         {10, "'bw.ugs'"},
        {11, "bw.nieuw"},   {12, "deprecated"},     {14, "bw.ugs"},          {15, "alias"},
        {16, "set itself"}, {17, "bw.nergens"},     {18, "leads back"},      {19, "leads back"},
        {20, "geometry"},   {21, "deprecated too"}, {22, "changed already"}, {23, "kind"},
        {24, "nl"},         {25, "bw.ugs"},         {26, "id of an entry"}};
    ck_assert_ptr_null(set);
    expect_named(&problems, expected, sizeof expected / sizeof expected[0]);
}
END_TEST

START_TEST(a_base_that_is_not_there_is_the_only_mistake)
{
    static const struct {
        const char *extends;
        const char *word;
    } wrong[] = {{"nl@7", "nl@7"},
                 {"be@1", "be@1"},
                 {"nl", "nl@1"},
                 {"haven@1", "earlier versions"},
                 {"haven@2", "earlier versions"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char yaml[300];
        snprintf(yaml, sizeof yaml,
                 "set: haven\nversion: 1\nextends: %s\ntitle: {nl: Haven}\nchanges:\n  - {id: bw.ugs}\n",
                 wrong[i].extends);
        problems_finish(&problems);
        problems_init(&problems);
        read_folder(write_set("los", yaml));
        ck_assert_ptr_null(set);
        ck_assert_uint_eq(problems.error_count, 1);
        expect_named(&problems, &(struct expected){3, wrong[i].word}, 1);
    }
}
END_TEST

START_TEST(a_set_has_a_name_that_codes_can_say)
{
    static const char *const names[] = {"Haven", "een-veel-te-lange-naam", "a@b", "9"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char yaml[200];
        snprintf(yaml, sizeof yaml, "set: \"%s\"\nversion: 1\nextends: nl@1\ntitle: {nl: H}\n", names[i]);
        problems_finish(&problems);
        problems_init(&problems);
        read_folder(write_set("naam", yaml));
        ck_assert_ptr_null(set);
        expect_named(&problems, &(struct expected){1, "1 to 15"}, 1);
    }
}
END_TEST

/* ---- what an entry accepts ---- */

#define NARROW                                                                                               \
    HEAD "points:\n"                                                                                         \
         "  - {id: bw.smal, kind: site, letters: SM, name: {nl: Smal},\n"                                    \
         "     accepts: {statuses: [present, ended], texts: [n], trust: false}}\n"                           \
         "  - {id: bw.breed, kind: site, letters: BR, name: {nl: Breed}}\n"                                  \
         "lines:\n"                                                                                          \
         "  - {id: l.smal, letters: LS, name: {nl: Smal}, strokes: {width: 2},\n"                            \
         "     accepts: {statuses: [present, damaged], texts: [r]}}\n"                                       \
         "changes:\n"                                                                                        \
         "  - {id: a.bron, accepts: {texts: []}}\n"

static bool is_accepted(const char *text)
{
    struct symbol_code code;
    struct fault fault = {0};
    ck_assert_msg(symbol_code_parse(text, &code, &fault), "%s", fault.message);
    const struct symbol_entry *entry = symbol_set_find(set, code.entity);
    ck_assert_ptr_nonnull(entry);
    bool is_whole = symbol_accepts(entry, &code, NULL);
    symbol_code_finish(&code);
    return is_whole;
}

START_TEST(an_entry_accepts_what_it_lists_and_nothing_else)
{
    static const char *const refused[] = {
        "haven@1/bw.smal;st=planned",  "haven@1/bw.smal;c=3",        "haven@1/bw.smal;r=x",
        "haven@1/bw.smal;tr=verified", "haven@1/l.smal;st=planned",  "haven@1/l.smal;n=x",
        "haven@1/a.bron;n=x",          "haven@1/bw.breed;h=33/1203", "haven@1/l.front;st=damaged"};
    static const char *const accepted[] = {"haven@1/bw.smal", "haven@1/bw.smal;st=ended;n=x",
                                           "haven@1/bw.breed;st=full;c=3;tr=verified",
                                           "haven@1/l.smal;st=damaged;r=x", "haven@1/a.bron;st=planned"};
    read_good(NARROW);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        ck_assert_msg(!is_accepted(refused[i]), "%s", refused[i]);
    }
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        ck_assert_msg(is_accepted(accepted[i]), "%s", accepted[i]);
    }
}
END_TEST

static void check_alike(const char *refused, const char *plain)
{
    struct symbol_code codes[2];
    struct symbol_drawing drawings[2];
    struct fault fault = {0};
    const char *texts[] = {refused, plain};
    for (int i = 0; i < 2; i++) {
        ck_assert(symbol_code_parse(texts[i], &codes[i], &fault));
        const struct symbol_entry *entry = symbol_set_find(set, codes[i].entity);
        ck_assert(symbol_compose(entry, &codes[i], DETAIL_FULL, PALETTE_DEFAULT, 1, &drawings[i], &fault));
    }
    ck_assert_msg(strcmp(drawings[0].svg, drawings[1].svg) == 0, "%s", refused);
    for (int i = 0; i < 2; i++) {
        symbol_drawing_finish(&drawings[i]);
        symbol_code_finish(&codes[i]);
    }
}

START_TEST(what_an_entry_does_not_accept_is_left_out_of_the_drawing_and_the_label)
{
    read_good(NARROW);
    check_alike("haven@1/bw.smal;st=planned", "haven@1/bw.smal");
    check_alike("haven@1/bw.smal;tr=verified", "haven@1/bw.smal");
    check_alike("haven@1/bw.smal;c=3", "haven@1/bw.smal");
    struct symbol_code code;
    ck_assert(symbol_code_parse("haven@1/bw.smal;n=Post;c=3;o=Haven;t=10:00", &code, NULL));
    char *label = symbol_label(symbol_set_find(set, "bw.smal"), &code, DETAIL_SMALL);
    ck_assert_str_eq(label, "Post");
    free(label);
    symbol_code_finish(&code);
}
END_TEST

START_TEST(an_entry_cannot_accept_what_its_base_shape_does_not)
{
    read_folder(write_set("wijd",
                          HEAD "points:\n"                                                          /* 5 */
                               "  - {id: bw.een, kind: note, letters: A1, name: {nl: A},\n"         /* 6 */
                               "     accepts: {statuses: [present, destroyed]}}\n"                  /* 7 */
                               "  - {id: bw.twee, kind: unit, letters: A2, name: {nl: A},\n"        /* 8 */
                               "     accepts: {texts: [n, h]}}\n"                                   /* 9 */
                               "  - {id: bw.drie, kind: note, letters: A3, name: {nl: A},\n"        /* 10 */
                               "     accepts: {trust: true}}\n"                                     /* 11 */
                               "  - {id: bw.vier, kind: unit, letters: A4, name: {nl: A},\n"        /* 12 */
                               "     accepts: {statuses: [planned], texts: [naam], colours: []}}\n" /* 13 */
                               "changes:\n"                                                         /* 14 */
                               "  - {id: a.bron, accepts: {texts: [v]}}\n"));                       /* 15 */
    static const struct expected expected[] = {{7, "destroyed"}, {9, "'h'"},     {11, "trust"},
                                               {13, "lacks"},    {13, "'naam'"}, {13, "colours"},
                                               {15, "'v'"}};
    ck_assert_ptr_null(set);
    expect_named(&problems, expected, sizeof expected / sizeof expected[0]);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol overlay");
    TCase *cases = tcase_create("overlay");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, an_overlay_that_says_nothing_is_its_base);
    tcase_add_test(cases, an_overlay_adds_renames_replaces_and_deprecates);
    tcase_add_test(cases, entries_of_an_overlay_stand_with_their_group);
    tcase_add_test(cases, all_mistakes_of_an_overlay_are_named_with_their_line);
    tcase_add_test(cases, a_base_that_is_not_there_is_the_only_mistake);
    tcase_add_test(cases, a_set_has_a_name_that_codes_can_say);
    tcase_add_test(cases, an_entry_accepts_what_it_lists_and_nothing_else);
    tcase_add_test(cases, what_an_entry_does_not_accept_is_left_out_of_the_drawing_and_the_label);
    tcase_add_test(cases, an_entry_cannot_accept_what_its_base_shape_does_not);
    suite_add_tcase(suite, cases);
    return suite;
}
