/*
 * Templates as their authors write them: inheritance, and every mistake named with file, line and field.
 */
#include "tests/support/runner.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "render/briefing/layout.h"
#include "render/briefing/logo.h"
#include "render/briefing/template.h"

/** A folder of its own for each test. */
struct folder {
    char path[200];
    struct problems problems;
    struct templates *templates;
};

static struct folder folder_new(const char *name)
{
    struct folder folder = {.templates = NULL};
    snprintf(folder.path, sizeof folder.path, "%s/%s", test_folder(), name);
    mkdir(folder.path, 0700);
    problems_init(&folder.problems);
    return folder;
}

static void write_bytes(const struct folder *folder, const char *name, const void *bytes, size_t length)
{
    char path[400];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    ck_assert_msg(file_write(path, bytes, length, &fault), "%s", fault.message);
}

static void write_text(const struct folder *folder, const char *name, const char *text)
{
    write_bytes(folder, name, text, strlen(text));
}

static void read_folder(struct folder *folder)
{
    const char *folders[] = {folder->path};
    folder->templates = templates_read(folders, 1, &folder->problems);
    ck_assert_ptr_nonnull(folder->templates);
}

static void finish(struct folder *folder)
{
    templates_free(folder->templates);
    problems_finish(&folder->problems);
}

/** Is there a mistake on that line of the file, about that field, that says this? */
static bool has_mistake(const struct folder *folder, const char *file, int line, const char *field,
                        const char *words)
{
    for (size_t i = 0; i < folder->problems.count; i++) {
        const struct problem *problem = &folder->problems.items[i];
        if (strstr(problem->file, file) && (line == 0 || problem->line == line) &&
            strcmp(problem->field, field) == 0 && strstr(problem->sentence, words)) {
            return true;
        }
    }
    return false;
}

START_TEST(the_programs_own_templates_have_no_mistake_and_fit_their_paper)
{
    static const char *const ids[] = {"situation", "overview", "wall", "fire-service", "atlas", "comparison"};
    struct problems problems;
    struct fault fault = {0};
    problems_init(&problems);
    struct templates *templates = templates_read(NULL, 0, &problems);
    ck_assert_uint_eq(problems.count, 0);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const struct template *template = templates_find(templates, ids[i]);
        ck_assert_msg(template != NULL, "%s", ids[i]);
        struct layout_sheet sheet = {
            .template = template, .paper = template->paper, .is_landscape = template->is_landscape};
        struct layout layout;
        ck_assert_msg(layout_frame(sheet, &layout, &fault), "%s: %s", ids[i], fault.message);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            ck_assert_ptr_nonnull(template->title.texts[language]);
        }
    }
    templates_free(templates);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_template_takes_over_what_it_does_not_say)
{
    struct folder folder = folder_new("takes-over");
    write_text(&folder, "a-region.yaml",
               "extends: b-house\nelements: {legend: bottom-left}\nlandscape: {overview: off}\n");
    write_text(&folder, "b-house.yaml",
               "extends: situation\npaper: A2\ncolours: {heading: \"#7A1F3D\"}\n"
               "organisation: {contact: 088-1}\n");
    read_folder(&folder);
    ck_assert_uint_eq(folder.problems.count, 0);
    const struct template *parent = templates_find(folder.templates, "b-house");
    const struct template *child = templates_find(folder.templates, "a-region");
    const struct template *situation = templates_find(folder.templates, "situation");
    ck_assert_int_eq(child->paper, PAPER_A2);
    ck_assert_int_eq(child->colours.heading.red, 0x7A);
    ck_assert_str_eq(multilingual_text(&child->contact, LANGUAGE_NL), "088-1");
    ck_assert_int_eq(child->places[0][ELEMENT_LEGEND], PLACE_BOTTOM_LEFT);
    ck_assert_int_eq(child->places[1][ELEMENT_LEGEND], PLACE_BOTTOM_LEFT);
    ck_assert_int_eq(child->places[1][ELEMENT_OVERVIEW], PLACE_OFF);
    ck_assert_int_eq(child->places[0][ELEMENT_OVERVIEW], situation->places[0][ELEMENT_OVERVIEW]);
    ck_assert_int_eq(parent->places[1][ELEMENT_LEGEND], PLACE_CENTER_RIGHT);
    ck_assert(child->hash != parent->hash && parent->hash != situation->hash);
    finish(&folder);
}
END_TEST

START_TEST(a_change_in_what_is_extended_changes_the_hash)
{
    struct folder before = folder_new("hash-before");
    struct folder after = folder_new("hash-after");
    write_text(&before, "child.yaml", "extends: parent\n");
    write_text(&after, "child.yaml", "extends: parent\n");
    write_text(&before, "parent.yaml", "extends: situation\npaper: A3\n");
    write_text(&after, "parent.yaml", "extends: situation\npaper: A2\n");
    read_folder(&before);
    read_folder(&after);
    ck_assert(templates_find(before.templates, "child")->hash !=
              templates_find(after.templates, "child")->hash);
    ck_assert(templates_find(before.templates, "situation")->hash ==
              templates_find(after.templates, "situation")->hash);
    finish(&before);
    finish(&after);
}
END_TEST

START_TEST(templates_that_extend_each_other_in_a_circle_are_named)
{
    struct folder folder = folder_new("circle");
    write_text(&folder, "a.yaml", "extends: b\n");
    write_text(&folder, "b.yaml", "extends: c\n");
    write_text(&folder, "c.yaml", "extends: a\n");
    write_text(&folder, "self.yaml", "extends: self\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "c.yaml", 1, "extends", "'a'"));
    ck_assert(has_mistake(&folder, "self.yaml", 1, "extends", "'self'"));
    ck_assert_ptr_null(templates_find(folder.templates, "a"));
    ck_assert_ptr_null(templates_find(folder.templates, "self"));
    ck_assert_ptr_nonnull(templates_find(folder.templates, "situation"));
    finish(&folder);
}
END_TEST

START_TEST(a_template_with_twenty_mistakes_names_twenty)
{
    static const struct {
        int line;
        const char *field;
        const char *words;
    } mistakes[] = {
        {1, "paper", "A5"},
        {2, "orientation", "portrait"},
        {3, "scale", ""},
        {4, "languages", ""},
        {5, "pages", "[map]"},
        {6, "changes", "marked"},
        {7, "numbering", "auto"},
        {9, "elements.times", "moment"},
        {10, "elements.identity", "identity"},
        {11, "elements.legend", "top-left"},
        {12, "elements.legende", "legend"},
        {13, "elements.tables", "page or off"},
        {14, "room.right", ""},
        {15, "shares.middle", ""},
        {16, "map", "A4"},
        {17, "marginalia", "full"},
        {18, "grids[1]", "squares"},
        {20, "organisation.logo", "gone.svg"},
        {21, "colours.heading", "light"},
        {22, "papier", "paper"},
    };
    struct folder folder = folder_new("twenty");
    write_text(&folder, "wrong.yaml",
               "paper: A7\norientation: sideways\nscale: 1\nlanguages: [nl, en, fr]\npages: [tables, map]\n"
               "changes: loud\nnumbering: sometimes\nelements:\n  times: off\n  identity: page\n"
               "  legend: middle\n  legende: top-left\n  tables: top-left\nroom: {right: 0.9}\n"
               "shares: {middle: 1}\nmap: {width_mm: 400, height_mm: 280}\nmarginalia: thin\n"
               "grids: [map, chess]\norganisation:\n  logo: gone.svg\ncolours: {heading: \"#FFFF99\"}\n"
               "papier: A4\n");
    read_folder(&folder);
    size_t count = sizeof mistakes / sizeof mistakes[0];
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(
            has_mistake(&folder, "wrong.yaml", mistakes[i].line, mistakes[i].field, mistakes[i].words),
            "line %d: %s", mistakes[i].line, mistakes[i].field);
    }
    for (size_t i = 1; i < folder.problems.count; i++) {
        ck_assert_int_ge(folder.problems.items[i].line, folder.problems.items[i - 1].line);
    }
    ck_assert_uint_eq(folder.problems.error_count, count);
    ck_assert_ptr_null(templates_find(folder.templates, "wrong"));
    finish(&folder);
}
END_TEST

START_TEST(a_mistake_in_what_is_extended_is_named_once)
{
    struct folder folder = folder_new("once");
    write_text(&folder, "child.yaml", "extends: parent\npaper: A3\n");
    write_text(&folder, "parent.yaml", "paper: A9\n");
    read_folder(&folder);
    ck_assert_uint_eq(folder.problems.error_count, 1);
    ck_assert_ptr_null(templates_find(folder.templates, "child"));
    finish(&folder);
}
END_TEST

/** Who forgets the quotes of a year gets the year. */
START_TEST(numbers_and_bools_are_texts_as_they_are_written)
{
    struct folder folder = folder_new("plain-texts");
    write_text(&folder, "texts.yaml",
               "extends: situation\ntitle: {nl: 5, en: 1.0}\n"
               "organisation: {name: 2026, contact: true, disclaimer: ''}\n");
    read_folder(&folder);
    ck_assert_uint_eq(folder.problems.count, 0);
    const struct template *template = templates_find(folder.templates, "texts");
    ck_assert_str_eq(multilingual_text(&template->title, LANGUAGE_NL), "5");
    ck_assert_str_eq(multilingual_text(&template->title, LANGUAGE_EN), "1.0");
    ck_assert_str_eq(multilingual_text(&template->organisation, LANGUAGE_NL), "2026");
    ck_assert_str_eq(multilingual_text(&template->contact, LANGUAGE_NL), "true");
    ck_assert_str_eq(multilingual_text(&template->disclaimer, LANGUAGE_NL), "");
    finish(&folder);
}
END_TEST

START_TEST(what_is_no_text_where_one_is_wanted_is_named)
{
    static const struct {
        const char *text;
        const char *field;
        const char *words;
    } wrong[] = {
        {"title: {nl: }\n", "title.nl", "must not be empty"},
        {"title: {nl: Kaart, de: ~}\n", "title.de", "must not be empty"},
        {"title: {nl: Kaart, en: ''}\n", "title.en", "must not be empty"},
        {"title: {}\n", "title", "must be a text"},
        {"title:\n", "title", "has no text"},
        {"title: null\n", "title", "has no text"},
        {"title: [5]\n", "title", "must be a text"},
        {"title: {nl: [5]}\n", "title.nl", "must be a text"},
        {"title: {nl: {nl: 5}}\n", "title.nl", "must be a text"},
        {"title.nl: 5\n", "title.nl", "is not a known field"},
        {"organisation: {name: {nl: }}\n", "organisation.name.nl", "must not be empty"},
        {"organisation: {contact: [a]}\n", "organisation.contact", "must be a text"},
        {"organisation.name: Veiligheidsregio\n", "organisation.name", "is not a known field"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char name[40];
        snprintf(name, sizeof name, "no-text-%zu", i);
        struct folder folder = folder_new(name);
        write_text(&folder, "wrong.yaml", wrong[i].text);
        read_folder(&folder);
        ck_assert_msg(has_mistake(&folder, "wrong.yaml", 1, wrong[i].field, wrong[i].words), "%s",
                      wrong[i].text);
        ck_assert_uint_eq(folder.problems.error_count, 1);
        finish(&folder);
    }
}
END_TEST

START_TEST(a_template_with_mistakes_stops_only_itself_and_those_that_extend_it)
{
    struct folder folder = folder_new("stops");
    struct fault fault = {0};
    write_text(&folder, "bad.yaml", "extends: situation\npaper: A9\nscale: 1\n");
    write_text(&folder, "child.yaml", "extends: bad\ntitle: Kind\n");
    write_text(&folder, "good.yaml", "extends: situation\npaper: A2\n");
    write_text(&folder, "torn.yaml", "paper: [A3\n");
    read_folder(&folder);
    ck_assert_ptr_nonnull(templates_find(folder.templates, "good"));
    ck_assert_ptr_nonnull(templates_find(folder.templates, "wall"));
    ck_assert_uint_eq(templates_count(folder.templates), 7);
    ck_assert(!templates_is_refused(folder.templates, "good", &fault));
    ck_assert(!templates_is_refused(folder.templates, "nobody", &fault));
    ck_assert(templates_is_refused(folder.templates, "torn", &fault));
    ck_assert(templates_is_refused(folder.templates, "bad", &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_ptr_nonnull(strstr(fault.message, "2 mistakes: bad.yaml:2: paper: "));
    ck_assert_ptr_nonnull(strstr(fault.message, "; bad.yaml:3: scale: "));
    ck_assert(templates_is_refused(folder.templates, "child", &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "'child' has 2 mistakes: bad.yaml:2: paper: "));
    ck_assert(has_mistake(&folder, "child.yaml", 1, "extends", "'bad'"));
    finish(&folder);
}
END_TEST

START_TEST(a_refusal_of_twenty_mistakes_is_cut_and_counts_them_all)
{
    struct folder folder = folder_new("long-refusal");
    struct fault fault = {0};
    char text[2000] = "";
    size_t used = 0;
    for (int i = 0; i < 20; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "unknown-%d: 1\n", i);
    }
    write_text(&folder, "many.yaml", text);
    read_folder(&folder);
    ck_assert(templates_is_refused(folder.templates, "many", &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "20 mistakes"));
    ck_assert_ptr_nonnull(strstr(fault.message, " …"));
    finish(&folder);
}
END_TEST

START_TEST(what_can_be_judged_without_a_map_is_judged_when_it_is_read)
{
    struct folder folder = folder_new("judged");
    write_text(&folder, "no-crs.yaml", "extends: situation\npaper: A3\ncrs: EPSG:999999\n");
    write_text(&folder, "degrees.yaml", "crs: EPSG:4326\n");
    write_text(&folder, "words.yaml", "crs: Rijksdriehoek\n");
    write_text(&folder, "wide.yaml", "extends: situation\nroom: {left: 0.35, right: 0.35}\n");
    write_text(&folder, "added.yaml", "extends: good\nroom: {bottom: 0.4}\n");
    write_text(&folder, "big.yaml",
               "extends: situation\npaper: A3\nmap: {width_mm: 380, height_mm: 250, snap_m: 1000}\n");
    write_text(&folder, "good.yaml", "crs: EPSG:25831\nroom: {left: 0.3, right: 0.3, top: 0.3}\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "no-crs.yaml", 3, "crs", "999999"));
    ck_assert(has_mistake(&folder, "degrees.yaml", 1, "crs", "degrees"));
    ck_assert(has_mistake(&folder, "words.yaml", 1, "crs", "Rijksdriehoek"));
    ck_assert(has_mistake(&folder, "wide.yaml", 2, "room", "left and right together take 0.7"));
    ck_assert(has_mistake(&folder, "added.yaml", 2, "room", "top and bottom together take 0.7"));
    ck_assert(has_mistake(&folder, "big.yaml", 3, "map", "does not fit on A3 landscape"));
    ck_assert_uint_eq(folder.problems.error_count, 6);
    ck_assert_ptr_nonnull(templates_find(folder.templates, "good"));
    finish(&folder);
}
END_TEST

START_TEST(names_that_cannot_be_are_refused)
{
    struct folder folder = folder_new("names");
    write_text(&folder, "Groot.yaml", "paper: A3\n");
    write_text(&folder, "situation.yaml", "paper: A3\n");
    write_text(&folder, "orphan.yaml", "extends: nobody\n");
    write_text(&folder, "list.yaml", "- a\n- b\n");
    write_text(&folder, "broken.yaml", "paper: [A3\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "Groot.yaml", 0, "", "a-z"));
    ck_assert(has_mistake(&folder, "situation.yaml", 0, "", "already"));
    ck_assert(has_mistake(&folder, "orphan.yaml", 1, "extends", "nobody"));
    ck_assert(has_mistake(&folder, "list.yaml", 1, "", "mapping"));
    ck_assert_uint_ge(folder.problems.error_count, 5);
    ck_assert_uint_eq(templates_count(folder.templates), 6);
    finish(&folder);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_named)
{
    struct problems problems;
    const char *folders[] = {"/nowhere/templates"};
    problems_init(&problems);
    struct templates *templates = templates_read(folders, 1, &problems);
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert_ptr_nonnull(strstr(problems.items[0].file, "/nowhere/templates"));
    ck_assert_uint_eq(templates_count(templates), 6);
    templates_free(templates);
    problems_finish(&problems);
}
END_TEST

START_TEST(pages_of_no_kind_are_refused_however_long_their_name)
{
    struct folder folder = folder_new("pages");
    char text[200];
    memset(text, 'x', sizeof text);
    memcpy(text, "pages: [map, ", 13);
    memcpy(text + 120, "]\n", 3);
    write_text(&folder, "long.yaml", text);
    write_text(&folder, "comma.yaml", "pages: [\"index,sheet\"]\n");
    write_text(&folder, "empty.yaml", "pages: [map, \"\"]\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "long.yaml", 1, "pages", "[map]"));
    ck_assert(has_mistake(&folder, "comma.yaml", 1, "pages", "[map]"));
    ck_assert(has_mistake(&folder, "empty.yaml", 1, "pages", "[map]"));
    finish(&folder);
}
END_TEST

START_TEST(a_map_that_is_taken_over_must_fit_the_paper_too)
{
    struct folder folder = folder_new("inherited-map");
    write_text(&folder, "small.yaml", "extends: fire-service\npaper: A5\n");
    write_text(&folder, "standing.yaml", "extends: fire-service\norientation: portrait\n");
    write_text(&folder, "large.yaml", "extends: fire-service\npaper: A2\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "small.yaml", 2, "paper", "A5"));
    ck_assert(has_mistake(&folder, "standing.yaml", 2, "orientation", "A3"));
    ck_assert_uint_eq(folder.problems.error_count, 2);
    ck_assert_ptr_nonnull(templates_find(folder.templates, "large"));
    finish(&folder);
}
END_TEST

/** A chain of templates, of which number 0 extends none; named so that it is read first or last. */
static void write_chain(const struct folder *folder, const char *prefix, int count, bool is_first)
{
    for (int i = 0; i < count; i++) {
        char name[40];
        char text[80];
        int rank = is_first ? i : 99 - i;
        snprintf(name, sizeof name, "%s%02d.yaml", prefix, rank);
        snprintf(text, sizeof text, "extends: %s%02d\n", prefix, is_first ? rank - 1 : rank + 1);
        write_text(folder, name, i == 0 ? "paper: A3\n" : text);
    }
}

START_TEST(a_chain_is_as_long_whichever_of_its_files_is_read_first)
{
    for (int is_first = 0; is_first < 2; is_first++) {
        struct folder folder = folder_new(is_first ? "chain-first" : "chain-last");
        write_chain(&folder, "short", TEMPLATE_DEPTH_MAX, is_first);
        write_chain(&folder, "long", TEMPLATE_DEPTH_MAX + 4, is_first);
        read_folder(&folder);
        ck_assert_uint_eq(folder.problems.error_count, 1);
        ck_assert(
            has_mistake(&folder, is_first ? "long08.yaml" : "long91.yaml", 1, "extends", "more than 8"));
        ck_assert_uint_eq(templates_count(folder.templates), 6 + 2 * TEMPLATE_DEPTH_MAX);
        finish(&folder);
    }
}
END_TEST

START_TEST(as_many_templates_as_are_allowed_are_no_mistake)
{
    struct folder folder = folder_new("full");
    struct folder more = folder_new("too-full");
    for (int i = 0; i < TEMPLATE_FOLDER_MAX - 6 + 1; i++) {
        char name[40];
        snprintf(name, sizeof name, "t%03d.yaml", i);
        write_text(&more, name, "paper: A3\n");
        if (i < TEMPLATE_FOLDER_MAX - 6) {
            write_text(&folder, name, "paper: A3\n");
        }
    }
    read_folder(&folder);
    read_folder(&more);
    ck_assert_uint_eq(folder.problems.count, 0);
    ck_assert_uint_eq(templates_count(folder.templates), TEMPLATE_FOLDER_MAX);
    ck_assert(has_mistake(&more, "too-full", 0, "", "more than 200"));
    ck_assert_uint_eq(more.problems.count, 1);
    finish(&folder);
    finish(&more);
}
END_TEST

#define GOOD_SVG                                                                                             \
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><rect width='9' height='9'/></svg>"

START_TEST(a_logo_lies_in_the_folder_of_its_template)
{
    struct folder outside = folder_new("outside");
    struct folder folder = folder_new("inside");
    char path[400];
    char text[600];
    write_text(&outside, "secret.svg", GOOD_SVG);
    write_text(&folder, "good.svg", GOOD_SVG);
    snprintf(path, sizeof path, "%s/link.svg", folder.path);
    ck_assert_int_eq(symlink("../outside/secret.svg", path), 0);
    snprintf(path, sizeof path, "%s/near.svg", folder.path);
    ck_assert_int_eq(symlink("good.svg", path), 0);
    snprintf(text, sizeof text, "organisation: {logo: %s/secret.svg}\n", outside.path);
    write_text(&folder, "absolute.yaml", text);
    write_text(&folder, "dots.yaml", "organisation: {logo: ../outside/secret.svg}\n");
    write_text(&folder, "link.yaml", "organisation: {logo: link.svg}\n");
    write_text(&folder, "near.yaml", "organisation: {logo: near.svg}\n");
    write_text(&folder, "good.yaml", "organisation: {logo: ./good.svg}\n");
    read_folder(&folder);
    ck_assert(has_mistake(&folder, "absolute.yaml", 1, "organisation.logo", "outside"));
    ck_assert(has_mistake(&folder, "dots.yaml", 1, "organisation.logo", "outside"));
    ck_assert(has_mistake(&folder, "link.yaml", 1, "organisation.logo", "outside"));
    ck_assert_uint_eq(folder.problems.error_count, 3);
    ck_assert_ptr_nonnull(templates_find(folder.templates, "near")->logo);
    ck_assert_ptr_nonnull(templates_find(folder.templates, "good")->logo);
    finish(&folder);
    finish(&outside);
}
END_TEST

/** What logo_read() says of bytes; FAULT_NONE when it takes them. */
static enum fault_code judge(const struct folder *folder, const void *bytes, size_t length)
{
    char path[400];
    struct fault fault = {0};
    write_bytes(folder, "logo", bytes, length);
    snprintf(path, sizeof path, "%s/logo", folder->path);
    struct logo *logo = logo_read(path, &fault);
    enum fault_code code = logo ? FAULT_NONE : fault.code;
    ck_assert(logo || fault.message[0]);
    logo_free(logo);
    return code;
}

static enum fault_code judge_text(const struct folder *folder, const char *text)
{
    return judge(folder, text, strlen(text));
}

START_TEST(logos_are_judged_by_their_outside)
{
    static const unsigned char huge[45] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,   0, 0,    13,
                                           'I',  'H', 'D', 'R', 0,    0,    0xff, 0xff, 0,   0, 0xff, 0xff,
                                           8,    6,   0,   0,   0,    0,    0,    0,    0,   0, 0,    0,
                                           0,    'I', 'E', 'N', 'D',  0xae, 0x42, 0x60, 0x82};
    struct folder folder = folder_new("logos");
    ck_assert_int_eq(judge_text(&folder, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'/>"),
                     FAULT_NONE);
    ck_assert_int_eq(judge_text(&folder, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3"),
                     FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<html/>"), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg/>"), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg viewBox='0 0 0 0'/>"), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg viewBox='0 0 1000 1'/>"), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg viewBox='0 0 nan nan'/>"), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, ""), FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg viewBox='0 0 9 9'><g><image href='file:///x.png'/></g></svg>"),
                     FAULT_INPUT);
    ck_assert_int_eq(judge_text(&folder, "<svg viewBox='0 0 9 9'><filter><feTurbulence/></filter></svg>"),
                     FAULT_INPUT);
    ck_assert_int_eq(judge(&folder, huge, sizeof huge), FAULT_LIMIT);
    ck_assert_int_eq(judge(&folder, huge, 20), FAULT_INPUT);
    char *large = calloc(LOGO_BYTES_MAX + 1, 1);
    ck_assert_int_eq(judge(&folder, large, LOGO_BYTES_MAX + 1), FAULT_LIMIT);
    free(large);
    finish(&folder);
}
END_TEST

START_TEST(every_element_has_a_name_and_a_place)
{
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        int allowed = 0;
        ck_assert_ptr_nonnull(element_names()[i]);
        for (int place = 0; place < PLACE_COUNT; place++) {
            allowed += element_allows((enum element)i, (enum place)place);
        }
        ck_assert_int_gt(allowed, 1);
    }
    ck_assert_ptr_null(element_names()[ELEMENT_COUNT]);
    ck_assert_ptr_null(place_names()[PLACE_COUNT]);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *reading = tcase_create("reading");
    tcase_add_test(reading, the_programs_own_templates_have_no_mistake_and_fit_their_paper);
    tcase_add_test(reading, a_template_takes_over_what_it_does_not_say);
    tcase_add_test(reading, a_change_in_what_is_extended_changes_the_hash);
    tcase_add_test(reading, templates_that_extend_each_other_in_a_circle_are_named);
    tcase_add_test(reading, a_template_with_twenty_mistakes_names_twenty);
    tcase_add_test(reading, a_mistake_in_what_is_extended_is_named_once);
    tcase_add_test(reading, numbers_and_bools_are_texts_as_they_are_written);
    tcase_add_test(reading, what_is_no_text_where_one_is_wanted_is_named);
    tcase_add_test(reading, a_template_with_mistakes_stops_only_itself_and_those_that_extend_it);
    tcase_add_test(reading, a_refusal_of_twenty_mistakes_is_cut_and_counts_them_all);
    tcase_add_test(reading, what_can_be_judged_without_a_map_is_judged_when_it_is_read);
    tcase_add_test(reading, names_that_cannot_be_are_refused);
    tcase_add_test(reading, a_folder_that_is_not_there_is_named);
    tcase_add_test(reading, pages_of_no_kind_are_refused_however_long_their_name);
    tcase_add_test(reading, a_map_that_is_taken_over_must_fit_the_paper_too);
    tcase_add_test(reading, a_chain_is_as_long_whichever_of_its_files_is_read_first);
    tcase_add_test(reading, as_many_templates_as_are_allowed_are_no_mistake);
    tcase_add_test(reading, a_logo_lies_in_the_folder_of_its_template);
    tcase_add_test(reading, logos_are_judged_by_their_outside);
    tcase_add_test(reading, every_element_has_a_name_and_a_place);
    suite_add_tcase(suite, reading);
    return suite;
}
