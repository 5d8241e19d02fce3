#include "symbology/symbol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "symbology/palette.h"
#include "symbology/symbol_base.h"
#include "tests/support/runner.h"
#include "tests/symbology/xml_check.h"

static struct symbol_set *set;

static void open_set(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    ck_assert_uint_eq(problems.count, 0);
    problems_finish(&problems);
}

static void close_set(void)
{
    symbol_set_free(set);
}

static struct symbol_code code_of(const char *text)
{
    struct symbol_code code;
    struct fault fault;
    ck_assert_msg(symbol_code_parse(text, &code, &fault), "%s", fault.message);
    return code;
}

static const struct symbol_entry *entry_of(const struct symbol_code *code)
{
    const struct symbol_entry *entry = symbol_set_find(set, code->entity);
    ck_assert_ptr_nonnull(entry);
    return entry;
}

/* Well-formed, its paint within its ink, its ink within the document. */
static void check_drawing(const char *id, const struct symbol_drawing *drawing, double scale)
{
    struct bbox paint;
    const char *mistake = xml_mistake(drawing->svg, &paint);
    ck_assert_msg(!mistake, "%s has %s: %s", id, mistake, drawing->svg);
    struct bbox page = {-drawing->anchor.x, -drawing->anchor.y, drawing->width_px - drawing->anchor.x,
                        drawing->height_px - drawing->anchor.y};
    ck_assert_msg(bbox_contains(bbox_grow(page, 1e-6), drawing->ink), "%s", id);
    const char *view_box = strstr(drawing->svg, "viewBox=\"") + strlen("viewBox=\"");
    char *end = NULL;
    struct point corner = {strtod(view_box, &end), strtod(end, NULL)};
    struct bbox moved = {(paint.min_x - corner.x) * scale - drawing->anchor.x,
                         (paint.min_y - corner.y) * scale - drawing->anchor.y,
                         (paint.max_x - corner.x) * scale - drawing->anchor.x,
                         (paint.max_y - corner.y) * scale - drawing->anchor.y};
    ck_assert_msg(bbox_contains(bbox_grow(drawing->ink, 0.01), moved), "%s paints beyond its ink", id);
    ck_assert_ptr_null(strstr(drawing->svg, "href"));
    ck_assert_ptr_null(strstr(drawing->svg, "nan"));
}

static void check_point(const struct symbol_entry *entry, const struct symbol_code *code,
                        enum palette palette)
{
    for (int detail = DETAIL_FULL; detail <= DETAIL_DOT; detail++) {
        struct symbol_drawing drawing;
        ck_assert(symbol_compose(entry, code, (enum symbol_detail)detail, palette, 1.25, &drawing, NULL));
        check_drawing(entry->id, &drawing, 1.25);
        symbol_drawing_finish(&drawing);
    }
}

static void check_swatch(const struct symbol_entry *entry, const struct symbol_code *code,
                         enum palette palette)
{
    struct symbol_drawing drawing;
    ck_assert(symbol_compose_swatch(entry, code, palette, 60, 24, &drawing, NULL));
    struct bbox paint;
    ck_assert_msg(!xml_mistake(drawing.svg, &paint), "%s", entry->id);
    ck_assert_double_eq(drawing.width_px, 60);
    ck_assert_double_eq(drawing.height_px, 24);
    symbol_drawing_finish(&drawing);
}

static void check_entry(const struct symbol_entry *entry, struct symbol_code *code)
{
    for (int palette = 0; palette < PALETTE_COUNT; palette++) {
        if (entry->geometry == GEOMETRY_POINT) {
            check_point(entry, code, (enum palette)palette);
        } else {
            check_swatch(entry, code, (enum palette)palette);
        }
    }
}

START_TEST(every_entry_composes_in_every_way_it_accepts)
{
    struct symbol_code code = {.set = "nl", .version = 1};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int way = 0; way < STATUS_COUNT * TRUST_COUNT; way++) {
            code.status = (enum symbol_status)(way % STATUS_COUNT);
            code.trust = (enum symbol_trust)(way / STATUS_COUNT);
            if (symbol_accepts(entry, &code, NULL)) {
                check_entry(entry, &code);
            }
        }
    }
}
END_TEST

/* One mistake at a time would hide the others until the next try. */
START_TEST(all_that_is_left_out_is_named_with_what_is_drawn)
{
    static const char *const codes[][2] = {
        {"nl@1/inc.brand;st=full", "status 'full' is not shown: 'inc.brand' is drawn as present"},
        {"nl@1/alg.notitie;st=planned;rot=3;tr=verified",
         "status 'planned' is not shown: 'alg.notitie' is drawn as present; 'alg.notitie' shows no trust; "
         "'alg.notitie' has no direction, so it cannot be turned"},
        {"nl@1/a.rood;v=3;h=33/1203", "'a.rood' carries no hazard plate; 'a.rood' carries no casualties"}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct symbol_code code = code_of(codes[i][0]);
        struct fault fault = {0};
        ck_assert(!symbol_accepts(entry_of(&code), &code, &fault));
        ck_assert_str_eq(fault.message, codes[i][1]);
        symbol_code_finish(&code);
    }
}
END_TEST

START_TEST(what_a_base_does_not_accept_is_said_and_left_out)
{
    static const char *const refused[] = {"nl@1/alg.notitie;st=planned",
                                          "nl@1/alg.notitie;tr=verified",
                                          "nl@1/bw.ugs;rot=10",
                                          "nl@1/bw.ugs;h=33/1203",
                                          "nl@1/bw.voertuig;v=3",
                                          "nl@1/inc.brand;st=full",
                                          "nl@1/l.front;st=closed",
                                          "nl@1/a.rood;v=3",
                                          "nl@1/a.rood;rot=5"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct symbol_code code = code_of(refused[i]);
        ck_assert_msg(!symbol_accepts(entry_of(&code), &code, NULL), "%s", refused[i]);
        check_entry(entry_of(&code), &code);
        symbol_code_finish(&code);
    }
    static const char *const accepted[] = {"nl@1/alg.wind;rot=45", "nl@1/gev.bord;h=33/1203",
                                           "nl@1/ge.opvang;st=full", "nl@1/per.gewond;v=T1 3 / T2 7",
                                           "nl@1/l.front;st=planned"};
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        struct symbol_code code = code_of(accepted[i]);
        ck_assert_msg(symbol_accepts(entry_of(&code), &code, NULL), "%s", accepted[i]);
        symbol_code_finish(&code);
    }
}
END_TEST

/* The drawing of a code in full detail; the caller finishes it. */
static struct symbol_drawing drawing_of(const char *text, enum palette palette, double scale)
{
    struct symbol_code code = code_of(text);
    struct symbol_drawing drawing;
    struct fault fault;
    ck_assert_msg(symbol_compose(entry_of(&code), &code, DETAIL_FULL, palette, scale, &drawing, &fault), "%s",
                  fault.message);
    symbol_code_finish(&code);
    return drawing;
}

START_TEST(hostile_texts_are_escaped)
{
    struct symbol_drawing drawing =
        drawing_of("nl@1/per.gewond;v=<script>&\"'</svg>;c=5", PALETTE_DEFAULT, 1);
    check_drawing("hostile", &drawing, 1);
    ck_assert_ptr_null(strstr(drawing.svg, "<script"));
    ck_assert_ptr_nonnull(strstr(drawing.svg, "&lt;script&gt;"));
    symbol_drawing_finish(&drawing);
}
END_TEST

START_TEST(a_plate_shows_kemler_over_un)
{
    struct symbol_drawing drawing = drawing_of("nl@1/gev.bord;h=X423/1428", PALETTE_DEFAULT, 1);
    const char *kemler = strstr(drawing.svg, ">X423<");
    const char *un = strstr(drawing.svg, ">1428<");
    ck_assert(kemler && un && kemler < un);
    ck_assert_ptr_nonnull(strstr(drawing.svg, "#FF8000"));
    symbol_drawing_finish(&drawing);
}
END_TEST

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *place = text; (place = strstr(place, part)); place++) {
        count++;
    }
    return count;
}

/* A plate with nothing on it means several goods. */
START_TEST(a_small_plate_tells_numbers_it_does_not_show_from_none)
{
    static const enum symbol_detail details[] = {DETAIL_SMALL, DETAIL_DOT};
    struct symbol_code numbered = code_of("nl@1/gev.bord;h=33/1203");
    struct symbol_code other = code_of("nl@1/gev.bord;h=/1294");
    struct symbol_code empty = code_of("nl@1/gev.bord");
    for (int i = 0; i < 2 * PALETTE_COUNT; i++) {
        struct symbol_drawing drawings[3];
        const struct symbol_code *codes[] = {&numbered, &other, &empty};
        for (int k = 0; k < 3; k++) {
            ck_assert(symbol_compose(entry_of(codes[k]), codes[k], details[i % 2], (enum palette)(i / 2), 1,
                                     &drawings[k], NULL));
        }
        ck_assert_str_eq(drawings[0].svg, drawings[1].svg);
        ck_assert_ptr_null(strstr(drawings[0].svg, "<text"));
        ck_assert_uint_eq(count_of(drawings[0].svg, "<rect"), count_of(drawings[2].svg, "<rect") + 2);
        for (int k = 0; k < 3; k++) {
            symbol_drawing_finish(&drawings[k]);
        }
    }
    symbol_code_finish(&numbered);
    symbol_code_finish(&other);
    symbol_code_finish(&empty);
}
END_TEST

START_TEST(status_trust_rotation_and_palette_each_change_the_drawing)
{
    static const char *const codes[] = {"nl@1/alg.wind",
                                        "nl@1/alg.wind;st=planned",
                                        "nl@1/alg.wind;st=ended",
                                        "nl@1/alg.wind;st=unknown",
                                        "nl@1/alg.wind;st=closed",
                                        "nl@1/alg.wind;st=damaged",
                                        "nl@1/alg.wind;st=destroyed",
                                        "nl@1/alg.wind;tr=verified",
                                        "nl@1/alg.wind;tr=unverified",
                                        "nl@1/alg.wind;rot=90",
                                        "nl@1/alg.wind;c=2"};
    enum { COUNT = sizeof codes / sizeof codes[0] };
    struct symbol_drawing drawings[COUNT + 1];
    for (int i = 0; i <= COUNT; i++) {
        drawings[i] = drawing_of(codes[i % COUNT], i < COUNT ? PALETTE_DEFAULT : PALETTE_IMAGERY, 1);
        for (int j = 0; j < i; j++) {
            ck_assert_str_ne(drawings[i].svg, drawings[j].svg);
        }
    }
    for (int i = 0; i <= COUNT; i++) {
        symbol_drawing_finish(&drawings[i]);
    }
}
END_TEST

START_TEST(a_symbol_grows_with_its_scale)
{
    struct symbol_drawing once = drawing_of("nl@1/bw.ugs;c=3", PALETTE_DEFAULT, 1);
    struct symbol_drawing twice = drawing_of("nl@1/bw.ugs;c=3", PALETTE_DEFAULT, 2);
    ck_assert_double_eq_tol(twice.width_px, 2 * once.width_px, 1e-9);
    ck_assert_double_eq_tol(twice.anchor.y, 2 * once.anchor.y, 1e-9);
    ck_assert_double_eq_tol(twice.ink.max_x, 2 * once.ink.max_x, 1e-9);
    symbol_drawing_finish(&once);
    symbol_drawing_finish(&twice);
    struct symbol_code code = code_of("nl@1/bw.ugs");
    struct fault fault;
    ck_assert(!symbol_compose(entry_of(&code), &code, DETAIL_FULL, PALETTE_DEFAULT, 0, &once, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
}
END_TEST

START_TEST(what_stands_inside_a_frame_can_be_read_on_its_fill)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int palette = 0; entry->geometry == GEOMETRY_POINT && palette < PALETTE_COUNT; palette++) {
            struct symbol_inks inks = symbol_inks_of(entry, STATUS_PRESENT, (enum palette)palette);
            ck_assert_msg(colour_contrast(inks.fill, inks.glyph) >= 4, "%s in %s", entry->id,
                          palette_name((enum palette)palette));
        }
    }
}
END_TEST

START_TEST(detail_grows_coarser_with_the_scale)
{
    ck_assert_int_eq(symbol_detail_at(1000), DETAIL_FULL);
    ck_assert_int_eq(symbol_detail_at(500000), DETAIL_SMALL);
    ck_assert_int_eq(symbol_detail_at(1e7), DETAIL_DOT);
}
END_TEST

static void check_label_beside(enum symbol_detail detail, const char *text, const char *expected)
{
    struct symbol_code code = code_of(text);
    char *label = symbol_label(entry_of(&code), &code, detail);
    if (expected) {
        ck_assert_str_eq(label, expected);
    } else {
        ck_assert_ptr_null(label);
    }
    free(label);
    symbol_code_finish(&code);
}

static void check_label(const char *text, const char *expected)
{
    check_label_beside(DETAIL_FULL, text, expected);
}

START_TEST(a_label_says_what_a_smaller_symbol_no_longer_shows)
{
    check_label_beside(DETAIL_SMALL, "nl@1/bw.voertuig;n=TS peloton 1;c=4", "TS peloton 1 ×4");
    check_label_beside(DETAIL_DOT, "nl@1/bw.voertuig;c=4", "×4");
    check_label_beside(DETAIL_FULL, "nl@1/bw.voertuig;c=4", NULL);
    check_label_beside(DETAIL_SMALL, "nl@1/bw.ugs;n=UGS Noord;c=4;t=10:30", "UGS Noord ×4\n10:30");
    check_label_beside(DETAIL_SMALL, "nl@1/a.evac;n=Moerdijk;c=900", "Moerdijk\n×900");
}
END_TEST

START_TEST(labels_have_the_name_first_and_leave_out_what_the_symbol_draws)
{
    check_label("nl@1/bw.ugs", NULL);
    check_label("nl@1/bw.ugs;n=UGS Noord", "UGS Noord");
    check_label("nl@1/bw.ugs;n=UGS Noord;c=4;t=10:30;o=VR MWB", "UGS Noord\n10:30 · VR MWB");
    check_label("nl@1/a.evac;n=Moerdijk;c=900", "Moerdijk\n×900");
    check_label("nl@1/bw.ugs;t=10:30", "10:30");
}
END_TEST

START_TEST(status_shows_in_lines_and_areas)
{
    struct symbol_code planned = code_of("nl@1/l.front;st=planned");
    struct symbol_code ended = code_of("nl@1/l.front;st=ended");
    struct symbol_code unknown = code_of("nl@1/l.front;st=unknown");
    const struct symbol_entry *entry = entry_of(&planned);
    ck_assert_int_eq(entry->line.strokes[0].dash_count, 0);
    ck_assert_int_eq(symbol_line_look(entry, &planned, PALETTE_DEFAULT).strokes[0].dash_count, 2);
    struct stroke dotted = symbol_line_look(entry, &unknown, PALETTE_DEFAULT).strokes[0];
    ck_assert(dotted.dash_count == 2 && dotted.dash_px[0] == 0 && dotted.cap == STROKE_CAP_ROUND);
    struct colour grey = symbol_line_look(entry, &ended, PALETTE_DEFAULT).strokes[0].colour;
    ck_assert(grey.red == grey.green && grey.green == grey.blue);
    struct line_look haloed = symbol_line_look(entry, &ended, PALETTE_IMAGERY);
    ck_assert(haloed.halo.alpha == 255 && haloed.halo_px >= 1);
    ck_assert_double_ge(line_look_reach_px(&haloed),
                        line_look_reach_px(&(struct line_look){.stroke_count = 0, .signs = haloed.signs}) +
                            haloed.halo_px);
}
END_TEST

START_TEST(a_swatch_of_a_silly_size_is_refused)
{
    struct symbol_code code = code_of("nl@1/a.rood");
    struct symbol_drawing drawing;
    struct fault fault;
    const double sizes[] = {0, -5, 7, 1e9, 0.0 / 0.0};
    for (int i = 0; i < 5; i++) {
        ck_assert(
            !symbol_compose_swatch(entry_of(&code), &code, PALETTE_DEFAULT, sizes[i], 20, &drawing, &fault));
        ck_assert_int_eq(fault.code, FAULT_LIMIT);
    }
}
END_TEST

START_TEST(a_swatch_much_higher_than_wide_has_no_box_turned_inside_out)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        struct symbol_code code = {.set = "nl", .version = 1};
        struct symbol_drawing drawing;
        if (entry->geometry == GEOMETRY_POINT) {
            continue;
        }
        ck_assert(symbol_compose_swatch(entry, &code, PALETTE_IMAGERY, 8, 200, &drawing, NULL));
        ck_assert_msg(!strstr(drawing.svg, "width=\"-"), "%s: %s", entry->id, drawing.svg);
        symbol_drawing_finish(&drawing);
    }
}
END_TEST

START_TEST(a_swatch_too_fine_to_be_drawn_is_a_fault_and_not_an_empty_one)
{
    struct colour black = {0, 0, 0, 255};
    struct symbol_entry entry = {.id = "a.stip", .geometry = GEOMETRY_AREA};
    entry.area.fill = (struct fill){.kind = FILL_STIPPLE, .colour = black, .spacing_px = 2, .width_px = 1};
    struct symbol_code code = {.version = 1};
    struct symbol_drawing drawing;
    struct fault fault = {0};
    ck_assert(symbol_compose_swatch(&entry, &code, PALETTE_DEFAULT, 60, 24, &drawing, &fault));
    symbol_drawing_finish(&drawing);
    ck_assert(!symbol_compose_swatch(&entry, &code, PALETTE_DEFAULT, 2000, 2000, &drawing, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
}
END_TEST

/* Once units without a glyph had letters of no size. */
START_TEST(letters_can_be_read_on_every_kind_of_symbol)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct symbol_entry entry = {.id = "a.een", .kind = (enum symbol_kind)kind, .letters = "WXYZ"};
        struct symbol_code code = {.version = 1};
        struct symbol_drawing drawing;
        ck_assert(symbol_compose(&entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL));
        const char *size = strstr(drawing.svg, "font-size=\"");
        ck_assert(kind == KIND_PLATE || strtod(size + strlen("font-size=\""), NULL) > 4);
        symbol_drawing_finish(&drawing);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol");
    TCase *cases = tcase_create("composition");
    tcase_add_checked_fixture(cases, open_set, close_set);
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, every_entry_composes_in_every_way_it_accepts);
    tcase_add_test(cases, what_a_base_does_not_accept_is_said_and_left_out);
    tcase_add_test(cases, all_that_is_left_out_is_named_with_what_is_drawn);
    tcase_add_test(cases, hostile_texts_are_escaped);
    tcase_add_test(cases, a_plate_shows_kemler_over_un);
    tcase_add_test(cases, a_small_plate_tells_numbers_it_does_not_show_from_none);
    tcase_add_test(cases, status_trust_rotation_and_palette_each_change_the_drawing);
    tcase_add_test(cases, a_symbol_grows_with_its_scale);
    tcase_add_test(cases, what_stands_inside_a_frame_can_be_read_on_its_fill);
    tcase_add_test(cases, detail_grows_coarser_with_the_scale);
    tcase_add_test(cases, labels_have_the_name_first_and_leave_out_what_the_symbol_draws);
    tcase_add_test(cases, a_label_says_what_a_smaller_symbol_no_longer_shows);
    tcase_add_test(cases, status_shows_in_lines_and_areas);
    tcase_add_test(cases, a_swatch_of_a_silly_size_is_refused);
    tcase_add_test(cases, a_swatch_much_higher_than_wide_has_no_box_turned_inside_out);
    tcase_add_test(cases, a_swatch_too_fine_to_be_drawn_is_a_fault_and_not_an_empty_one);
    tcase_add_test(cases, letters_can_be_read_on_every_kind_of_symbol);
    suite_add_tcase(suite, cases);
    return suite;
}
