/*
 * test_symbol_compositions.c - every entry with every value that it accepts: composed, checked, counted.
 *
 * The number is counted so: for each entry, status x trust x rotation, with each level of detail (points) and
 * each palette; and then, one at a time, each text slot that the base shape draws with each sample that a
 * code may carry there, again with each level of detail and palette. Texts are not multiplied with status,
 * trust and rotation. What stands in labels beside a symbol is checked and not counted.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"
#include "tests/support/runner.h"
#include "tests/symbology/xml_check.h"

#define MOST_SVG_BYTES 16384
#define MOST_SWATCH_BYTES 131072
#define MOST_REACH_PX 64.0     /* of a symbol from its place, without what stands beside it */
#define MOST_TEXT_REACH_PX 520 /* of casualties, the only long text that a symbol carries */

static struct symbol_set *set;
static long composed;

static void open_set(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    ck_assert_ptr_nonnull(set);
    problems_finish(&problems);
    composed = 0;
}

static void close_set(void)
{
    symbol_set_free(set);
}

/* Where the place is within a drawing of a point: its own frame says it, whatever stands around. */
static struct point place_of(const struct symbol_entry *entry, enum symbol_detail detail)
{
    static const double heights_px[] = {
        [DETAIL_FULL] = SYMBOL_FULL_PX, [DETAIL_SMALL] = SYMBOL_SMALL_PX, [DETAIL_DOT] = SYMBOL_DOT_PX};
    struct point anchor = symbol_base_of(entry->kind)->anchor;
    double unit_px = heights_px[detail] / BASE_HEIGHT;
    bool has_foot =
        anchor.y > 0 && entry->tabs & TAB_SOUTH; /* then it stands on the tab's end, lower still */
    return (struct point){anchor.x * unit_px, has_foot ? INFINITY : anchor.y * unit_px};
}

static struct point view_box_corner(const char *svg)
{
    const char *numbers = strstr(svg, "viewBox=\"");
    ck_assert_ptr_nonnull(numbers);
    char *end = NULL;
    double x = strtod(numbers + strlen("viewBox=\""), &end);
    return (struct point){x, strtod(end, NULL)};
}

static void check_anchor(const struct symbol_entry *entry, enum symbol_detail detail,
                         const struct symbol_drawing *drawing)
{
    struct point corner = view_box_corner(drawing->svg);
    struct point found = {drawing->anchor.x + corner.x, drawing->anchor.y + corner.y};
    struct point place = place_of(entry, detail);
    ck_assert_msg(fabs(found.x - place.x) < 1e-3, "%s", entry->id);
    ck_assert_msg(isinf(place.y) ? found.y > 0 : fabs(found.y - place.y) < 1e-3, "%s", entry->id);
}

/* Well-formed; paint within its ink; ink within the document and near its place. */
static void check_point(const struct symbol_entry *entry, enum symbol_detail detail,
                        const struct symbol_drawing *drawing, double right_reach_px)
{
    struct bbox paint;
    const char *mistake = xml_mistake(drawing->svg, &paint);
    ck_assert_msg(!mistake, "%s has %s: %s", entry->id, mistake, drawing->svg);
    ck_assert_msg(strlen(drawing->svg) <= MOST_SVG_BYTES, "%s has %zu bytes", entry->id,
                  strlen(drawing->svg));
    struct point anchor = drawing->anchor;
    struct bbox page = {-anchor.x, -anchor.y, drawing->width_px - anchor.x, drawing->height_px - anchor.y};
    struct point corner = view_box_corner(drawing->svg);
    struct bbox moved = {paint.min_x - corner.x - anchor.x, paint.min_y - corner.y - anchor.y,
                         paint.max_x - corner.x - anchor.x, paint.max_y - corner.y - anchor.y};
    struct bbox reach = {-MOST_REACH_PX, -MOST_REACH_PX, right_reach_px, MOST_REACH_PX};
    ck_assert_msg(bbox_contains(bbox_grow(page, 1e-6), drawing->ink), "%s", entry->id);
    ck_assert_msg(bbox_contains(bbox_grow(drawing->ink, 0.01), moved), "%s paints beyond its ink", entry->id);
    ck_assert_msg(bbox_contains(reach, drawing->ink), "%s reaches too far", entry->id);
    check_anchor(entry, detail, drawing);
}

static void compose_point(const struct symbol_entry *entry, const struct symbol_code *code,
                          double right_reach_px)
{
    for (int way = 0; way < 3 * PALETTE_COUNT; way++) {
        enum symbol_detail detail = (enum symbol_detail)(DETAIL_FULL + way % 3);
        struct symbol_drawing drawing;
        struct fault fault;
        ck_assert_msg(symbol_compose(entry, code, detail, (enum palette)(way / 3), 1, &drawing, &fault),
                      "%s: %s", entry->id, fault.message);
        check_point(entry, detail, &drawing, right_reach_px);
        symbol_drawing_finish(&drawing);
        composed++;
    }
}

static void compose_swatch(const struct symbol_entry *entry, const struct symbol_code *code)
{
    for (int palette = 0; palette < PALETTE_COUNT; palette++) {
        struct symbol_drawing drawing;
        struct fault fault;
        ck_assert_msg(symbol_compose_swatch(entry, code, (enum palette)palette, 60, 24, &drawing, &fault),
                      "%s: %s", entry->id, fault.message);
        struct bbox paint;
        const char *mistake = xml_mistake(drawing.svg, &paint);
        ck_assert_msg(!mistake, "%s has %s: %s", entry->id, mistake, drawing.svg);
        ck_assert(drawing.width_px == 60 && drawing.height_px == 24);
        ck_assert(drawing.anchor.x == 30 && drawing.anchor.y == 12);
        ck_assert_uint_le(strlen(drawing.svg), MOST_SWATCH_BYTES);
        symbol_drawing_finish(&drawing);
        composed++;
    }
}

static void compose(const struct symbol_entry *entry, const struct symbol_code *code, double right_reach_px)
{
    if (entry->geometry == GEOMETRY_POINT) {
        compose_point(entry, code, right_reach_px);
    } else {
        compose_swatch(entry, code);
    }
}

static void compose_with_rotations(const struct symbol_entry *entry, struct symbol_code *code)
{
    static const double rotations_deg[] = {0, 1, 45, 135, 222.5, 360};
    for (size_t i = 0; i < sizeof rotations_deg / sizeof rotations_deg[0]; i++) {
        code->rotation_deg = rotations_deg[i];
        if (symbol_accepts(entry, code, NULL)) {
            compose(entry, code, MOST_REACH_PX);
        }
    }
}

static void compose_with_statuses(const struct symbol_entry *entry)
{
    for (int way = 0; way < STATUS_COUNT * TRUST_COUNT; way++) {
        struct symbol_code code = {.set = "nl", .version = 1};
        code.status = (enum symbol_status)(way % STATUS_COUNT);
        code.trust = (enum symbol_trust)(way / STATUS_COUNT);
        compose_with_rotations(entry, &code);
    }
}

/* Short, long, combining, from right to left, hostile; numbers and plates as their slots want them. */
static const char *const samples[] = {
    "7",
    "123456789",
    "3/5/12",
    "33/1203",
    "X338/1717",
    "/3077",
    "T1 3 / T2 7 / T3 12 / T4 1, 2 ?",
    "Een lange naam die niet ophoudt voordat iemand hem afbreekt bij de Moerdijkbrug",
    "Z\xCC\x81\xCC\xA3\xCC\x88u\xCC\x8Ar\xCC\x81",
    "\xD7\xA0\xD7\xA7\xD7\x95\xD7\x93\xD7\xAA",
    "\xD9\x86\xD9\x82\xD8\xB7\xD8\xA9 3",
    "<b>&amp;\"'</svg>"};
enum { SAMPLE_COUNT = sizeof samples / sizeof samples[0] };

static bool draws_slot(const struct symbol_entry *entry, enum text_slot slot)
{
    return entry->geometry == GEOMETRY_POINT && symbol_base_of(entry->kind)->slots & 1u << slot;
}

/* A name stands in the label as it was given. */
static void check_label(const struct symbol_entry *entry, const struct symbol_code *code, enum text_slot slot)
{
    char *label = symbol_label(entry, code, DETAIL_FULL);
    bool is_missing = !label || !strstr(label, code->texts[slot]);
    ck_assert_msg(slot != SLOT_NAME || !is_missing, "%s lost '%s'", entry->id, code->texts[slot]);
    free(label);
}

/* Composes an entry with one text, when a code may carry it there and the entry accepts it. */
static void compose_with_text(const struct symbol_entry *entry, enum text_slot slot, const char *sample)
{
    char text[300];
    struct symbol_code code;
    struct fault fault = {0};
    snprintf(text, sizeof text, "nl@1/%s;%s=%s", entry->id, text_slot_key(slot), sample);
    if (!symbol_code_parse(text, &code, &fault)) {
        bool is_strict = slot == SLOT_COUNT_OF || slot == SLOT_HAZARD || slot == SLOT_VICTIMS;
        ck_assert_msg(is_strict || strchr(sample, ';'), "%s: %s", text, fault.message);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        return;
    }
    if (symbol_accepts(entry, &code, NULL) && draws_slot(entry, slot)) {
        compose(entry, &code, MOST_TEXT_REACH_PX);
    }
    check_label(entry, &code, slot);
    symbol_code_finish(&code);
}

static void compose_with_texts(const struct symbol_entry *entry)
{
    for (int way = 0; way < SLOT_COUNT * SAMPLE_COUNT; way++) {
        compose_with_text(entry, (enum text_slot)(way % SLOT_COUNT), samples[way / SLOT_COUNT]);
    }
}

START_TEST(every_entry_composes_with_every_value_that_it_accepts)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        compose_with_statuses(symbol_set_at(set, i));
    }
    long without_texts = composed;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        compose_with_texts(symbol_set_at(set, i));
    }
    printf(
        "%ld compositions of %zu entries: %ld of status, trust, rotation, detail and palette, %ld of texts\n",
        composed, symbol_set_count(set), without_texts, composed - without_texts);
    ck_assert_int_gt(without_texts, 30000);
    ck_assert_int_gt(composed - without_texts, 15000);
}
END_TEST

/* The first colour of a document that is not grey, or NULL. */
static const char *first_hue(const char *svg)
{
    for (const char *place = svg; (place = strchr(place, '#')); place++) {
        bool is_colour = strspn(place + 1, "0123456789ABCDEFabcdef") >= 6;
        if (is_colour && (strncmp(place + 1, place + 3, 2) != 0 || strncmp(place + 3, place + 5, 2) != 0)) {
            return place;
        }
    }
    return NULL;
}

static void check_mono(const struct symbol_entry *entry, const struct symbol_code *code)
{
    struct symbol_drawing drawing;
    bool is_point = entry->geometry == GEOMETRY_POINT;
    for (int way = 0; way < 3; way++) {
        static const double heights_px[] = {12, 24, 80};
        ck_assert(is_point ? symbol_compose(entry, code, (enum symbol_detail)(DETAIL_FULL + way),
                                            PALETTE_MONO, 1, &drawing, NULL)
                           : symbol_compose_swatch(entry, code, PALETTE_MONO, 2 * heights_px[way],
                                                   heights_px[way], &drawing, NULL));
        const char *hue = first_hue(drawing.svg);
        ck_assert_msg(!hue, "%s, status %d: %.7s", entry->id, (int)code->status, hue ? hue : "");
        symbol_drawing_finish(&drawing);
    }
}

/* Letters along lines and edges had their own way to a swatch, past the palette. */
START_TEST(nothing_has_a_colour_in_mono)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        for (int status = 0; status < STATUS_COUNT; status++) {
            struct symbol_code code = {.set = "nl", .version = 1, .status = (enum symbol_status)status};
            check_mono(symbol_set_at(set, i), &code);
        }
    }
    ck_assert_ptr_nonnull(first_hue("fill=\"#1A1A1B\""));
}
END_TEST

/* A wrong number on a plate is refused by name; the symbol is drawn all the same, without it. */
START_TEST(a_wrong_plate_is_named_and_an_empty_one_is_drawn)
{
    static const char *const wrong[] = {"33",      "33/",     "3/1203",    "X/1203", "33/120",   "33/12034",
                                        "33/12a4", "3333/12", "33/1203/4", "x33/12", "33 /1203", "-3/1203"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[64];
        struct symbol_code code;
        struct fault fault = {0};
        snprintf(text, sizeof text, "nl@1/gev.bord;h=%s", wrong[i]);
        ck_assert_msg(!symbol_code_parse(text, &code, &fault), "%s", text);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_ptr_nonnull(strstr(fault.message, "hazard"));
        ck_assert_ptr_nonnull(strstr(fault.message, wrong[i]));
    }
    struct symbol_code empty = {.set = "nl", .version = 1};
    compose(symbol_set_find(set, "gev.bord"), &empty, MOST_REACH_PX);
}
END_TEST

static double pointer_count(const char *id, const char *key_and_value)
{
    char text[64];
    struct symbol_code code;
    struct symbol_drawing drawing;
    snprintf(text, sizeof text, "nl@1/%s;%s", id, key_and_value);
    ck_assert(symbol_code_parse(text, &code, NULL));
    ck_assert(
        symbol_compose(symbol_set_find(set, id), &code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL));
    int count = 0;
    for (const char *place = drawing.svg; (place = strstr(place, "<polygon")); place++) {
        count++;
    }
    symbol_drawing_finish(&drawing);
    symbol_code_finish(&code);
    return count;
}

START_TEST(a_unit_shows_its_heading_and_north_is_360)
{
    ck_assert_double_eq(pointer_count("bw.voertuig", "rot=0"), 0);
    ck_assert_double_eq(pointer_count("bw.voertuig", "rot=90"), 2); /* the pointer and its halo */
    ck_assert_double_eq(pointer_count("bw.voertuig", "rot=360"), 2);
    ck_assert_double_eq(pointer_count("bw.voertuig", "rot=-360"), 2);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol compositions");
    TCase *cases = tcase_create("every value");
    tcase_add_checked_fixture(cases, open_set, close_set);
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, every_entry_composes_with_every_value_that_it_accepts);
    tcase_add_test(cases, nothing_has_a_colour_in_mono);
    tcase_add_test(cases, a_wrong_plate_is_named_and_an_empty_one_is_drawn);
    tcase_add_test(cases, a_unit_shows_its_heading_and_north_is_360);
    suite_add_tcase(suite, cases);
    return suite;
}
