/*
 * test_page.c - documents: true sizes, text that can be searched, the same bytes for the same calls.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/canvas/page.h"
#include "render/encode/png.h"
#include "render/pdf/pdf_facts.h"
#include "render/symbol/svg_ids.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"
#include "render/text/text_along.h"
#include "tests/support/runner.h"

static struct text_engine *engine;
static const struct page_metadata metadata = {
    .title = "Oefening Hollands Diep – één", .author = "Informatiemanager", .made_ms = 1789000000000};

static void open_engine(void)
{
    engine = text_engine_new(NULL);
}

static void close_engine(void)
{
    text_engine_free(engine);
}

static void paint_symbols(struct canvas *canvas)
{
    struct symbol_cache *cache = symbol_cache_new();
    struct symbol_code code = {.set = "nl", .version = 1};
    struct symbol_picture *symbol =
        symbol_cache_get(cache, NULL, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, NULL);
    for (int i = 0; i < 50; i++) {
        canvas_symbol(canvas, symbol, (struct point){1000020.0 + i * 9, 2000050.0 + i % 7 * 20});
    }
    symbol_cache_free(cache);
}

/** A name round half a circle. */
static void paint_text_along(struct canvas *canvas)
{
    struct point points[50];
    struct text_alongs texts = {.count = 0};
    struct text_along_wish wish = {.text = "Nieuwe Merwede",
                                   .look = {.size_px = 12, .colour = {0, 0, 0, 255}},
                                   .most = 1,
                                   .near = bbox_empty(),
                                   .frame = bbox_empty()};
    for (int i = 0; i < 50; i++) {
        double angle = M_PI + i * M_PI / 49;
        points[i] = (struct point){1000200 + 60 * cos(angle), 2000150 + 60 * sin(angle)};
    }
    text_along_set(engine, &wish, points, 50, false, &texts);
    ck_assert_uint_eq(texts.count, 1);
    canvas_text_along(canvas, texts.items[0]);
    text_alongs_finish(&texts);
}

/** Something of everything. */
static void paint_all(struct canvas *canvas)
{
    struct point ring[] = {{1000010, 2000010}, {1000300, 2000030}, {1000200, 2000250}, {1000010, 2000010}};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, ring, 4, false);
    struct fill hatch = {
        .kind = FILL_HATCH, .colour = {160, 20, 40, 255}, .angle_deg = 45, .spacing_px = 8, .width_px = 1};
    struct line_look look = {
        .stroke_count = 1,
        .strokes = {{.width_px = 2, .colour = {0, 0, 0, 255}, .dash_px = {5, 3}, .dash_count = 2}}};
    struct text_look text = {
        .size_px = 12, .colour = {0, 0, 0, 255}, .halo = {255, 255, 255, 255}, .halo_px = 1.5};
    struct image *image = image_new(3, 3, NULL);
    image->pixels[4] = 0xff00ff00u;
    canvas_fill(canvas, polygon, &hatch);
    canvas_line(canvas, polygon, &look);
    canvas_begin_group(canvas, polygon->box, 0.5);
    canvas_image(canvas, image, (struct bbox){1000020, 2000020, 1000080, 2000080}, true);
    canvas_end_group(canvas);
    paint_symbols(canvas);
    canvas_text(canvas, "Commandopost Moerdijk", &text, (struct text_box){0},
                (struct point){1000040, 2000120});
    paint_text_along(canvas);
    image_free(image);
    shape_free(polygon);
}

static char *make(enum page_format format, int page_count, size_t *length)
{
    struct fault fault = {0};
    struct page_document *document = page_document_new(format, 297, 210, 100, engine, &metadata, &fault);
    ck_assert_msg(document != NULL, "%s", fault.message);
    for (int i = 0; i < page_count; i++) {
        struct canvas *canvas =
            page_canvas(document, (struct bbox){20, 20, 277, 150}, (struct point){1000000, 2000000}, &fault);
        ck_assert(canvas_is_vector(canvas));
        paint_all(canvas);
        canvas_free(canvas);
        canvas = page_canvas(document, (struct bbox){20, 160, 277, 200}, (struct point){0, 0}, &fault);
        struct text_look look = {.size_px = 10, .colour = {0, 0, 0, 255}};
        canvas_text(canvas, "Schaal 1:25.000", &look, (struct text_box){0}, (struct point){5, 5});
        canvas_free(canvas);
        ck_assert(i + 1 == page_count || page_next(document, &fault));
    }
    char *bytes = page_document_take(document, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    page_document_free(document);
    return bytes;
}

START_TEST(the_same_calls_give_the_same_bytes)
{
    for (int format = PAGE_PDF; format <= PAGE_PNG; format++) {
        size_t length = 0;
        size_t again_length = 0;
        char *bytes = make((enum page_format)format, 1, &length);
        char *again = make((enum page_format)format, 1, &again_length);
        ck_assert_uint_eq(length, again_length);
        ck_assert_mem_eq(bytes, again, length);
        free(bytes);
        free(again);
    }
}
END_TEST

/** What a command says when it is given a PDF; NULL when the command is not there. Owned by the caller. */
static char *ask(const char *command, enum page_format format, int page_count)
{
    size_t length = 0;
    char path[300];
    char line[800];
    snprintf(line, sizeof line, "command -v %.*s >/dev/null 2>&1", (int)strcspn(command, " "), command);
    if (system(line) != 0) {
        test_skipped("%.*s is not there", (int)strcspn(command, " "), command);
        return NULL;
    }
    char *bytes = make(format, page_count, &length);
    snprintf(path, sizeof path, "%s/page", test_folder());
    ck_assert(file_write(path, bytes, length, NULL));
    free(bytes);
    snprintf(line, sizeof line, command, path);
    char *answer = calloc(1, 20000);
    FILE *pipe = popen(line, "r");
    size_t count = fread(answer, 1, 19999, pipe);
    pclose(pipe);
    ck_assert_msg(count > 0, "nothing from '%s'", line);
    return answer;
}

START_TEST(a_pdf_has_its_size_its_pages_and_its_metadata)
{
    char *info = ask("pdfinfo -isodates %s 2>/dev/null", PAGE_PDF, 3);
    if (!info) {
        return;
    }
    ck_assert_ptr_nonnull(strstr(info, "Pages:           3"));
    ck_assert_ptr_nonnull(strstr(info, "841.89 x 595.276 pts (A4)"));
    ck_assert_ptr_nonnull(strstr(info, "Oefening Hollands Diep – één"));
    ck_assert_ptr_nonnull(strstr(info, "Informatiemanager"));
    ck_assert_ptr_nonnull(strstr(info, "2026-09-10T00:26:40Z"));
    free(info);
}
END_TEST

START_TEST(text_of_a_pdf_is_found_and_its_fonts_are_in_it)
{
    char *text = ask("pdftotext %s - 2>/dev/null", PAGE_PDF, 1);
    char *fonts = ask("pdffonts %s 2>/dev/null | tail -n +3", PAGE_PDF, 1);
    if (text) {
        ck_assert_ptr_nonnull(strstr(text, "Commandopost Moerdijk"));
        ck_assert_ptr_nonnull(strstr(text, "Schaal 1:25.000"));
        ck_assert_ptr_nonnull(strstr(text, "Nieuwe Merwede"));
    }
    if (fonts) {
        ck_assert_ptr_nonnull(strstr(fonts, "B612"));
        ck_assert_ptr_null(strstr(fonts, " no  no"));
        ck_assert_ptr_null(strstr(fonts, " no  yes"));
    }
    free(text);
    free(fonts);
}
END_TEST

START_TEST(a_symbol_that_stands_on_a_page_fifty_times_is_in_the_file_once)
{
    size_t length = 0;
    char *bytes = make(PAGE_SVG, 1, &length);
    int count = 0;
    for (const char *use = bytes; (use = strstr(use, "<use xlink:href=\"#surface")); use++) {
        count++;
    }
    ck_assert_int_ge(count, 50);
    free(bytes);
}
END_TEST

START_TEST(an_svg_is_well_formed_and_has_its_size)
{
    char *answer = ask("python3 -c \"import sys, xml.dom.minidom as m; e = m.parse('%s').documentElement;"
                       "print(e.tagName, e.getAttribute('width'), e.getAttribute('height'))\" 2>&1",
                       PAGE_SVG, 1);
    if (answer) {
        ck_assert_str_eq(answer, "svg 841.889764pt 595.275591pt\n");
    }
    free(answer);
}
END_TEST

START_TEST(a_png_page_is_paper_of_the_right_size)
{
    size_t length = 0;
    char *bytes = make(PAGE_PNG, 1, &length);
    struct image *image = png_read(bytes, length, 10000000, NULL);
    ck_assert_int_eq(image->width, 1169);
    ck_assert_int_eq(image->height, 827);
    ck_assert_uint_eq(image->pixels[0], 0xffffffffu);
    image_free(image);
    free(bytes);
}
END_TEST

START_TEST(a_length_on_the_map_is_that_length_on_paper)
{
    /* 100 px of 0.28 mm are 28 mm; at 254 dpi that is 280 dots. */
    struct page_document *document = page_document_new(PAGE_PNG, 100, 50, 254, engine, NULL, NULL);
    struct canvas *canvas =
        page_canvas(document, (struct bbox){10, 10, 90, 40}, (struct point){500, 700}, NULL);
    canvas_fill_box(canvas, (struct bbox){500, 700, 600, 750}, (struct colour){0, 0, 0, 255});
    canvas_fill_box(canvas, (struct bbox){400, 800, 9999, 9999}, (struct colour){0, 0, 0, 255});
    canvas_free(canvas);
    size_t length = 0;
    char *bytes = page_document_take(document, &length, NULL);
    struct image *image = png_read(bytes, length, 10000000, NULL);
    int dark = 0;
    int low = 0;
    for (int x = 0; x < image->width; x++) {
        dark += image->pixels[150 * image->width + x] == 0xff000000u;
        low += image->pixels[395 * image->width + x] == 0xff000000u;
    }
    ck_assert_int_eq(dark, 280);
    ck_assert_int_eq(low, 800); /* cut to the box */
    ck_assert_uint_eq(image->pixels[405 * image->width + 500], 0xffffffffu);
    image_free(image);
    free(bytes);
    page_document_free(document);
}
END_TEST

START_TEST(sizes_out_of_range_and_a_second_page_of_a_picture_are_faults)
{
    struct fault fault = {0};
    ck_assert_ptr_null(page_document_new(PAGE_PDF, 0, 100, 0, engine, NULL, &fault));
    ck_assert_ptr_null(page_document_new(PAGE_PDF, 100, 1e9, 0, engine, NULL, &fault));
    ck_assert_ptr_null(page_document_new(PAGE_PNG, 100, 100, 0, engine, NULL, &fault));
    ck_assert_ptr_null(page_document_new(PAGE_PNG, 5000, 5000, 1200, engine, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    struct page_document *document = page_document_new(PAGE_SVG, 100, 100, 0, engine, NULL, &fault);
    ck_assert(!page_next(document, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    page_document_free(document);
    page_document_free(NULL);
}
END_TEST

static char *make_picture(enum page_format format, const struct page_metadata *said, size_t *length)
{
    struct fault fault = {0};
    struct page_document *document = page_document_new(format, 60, 40, 100, engine, said, &fault);
    ck_assert_msg(document != NULL, "%s", fault.message);
    char *bytes = page_document_take(document, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    page_document_free(document);
    return bytes;
}

/** Cut anywhere it is read as far as it is whole. */
static void expect_harmless_when_cut(const char *bytes, size_t length)
{
    struct pdf_facts facts;
    for (size_t cut = 0; cut < length; cut++) {
        char *exact = malloc(cut + 1);
        memcpy(exact, bytes, cut);
        pdf_facts_read_picture(exact, cut, &facts);
        ck_assert(facts.texts[PDF_FACT_ACTIVITY][0] == '\0' ||
                  strcmp(facts.texts[PDF_FACT_ACTIVITY], "OEF & 1") == 0);
        free(exact);
    }
}

START_TEST(a_picture_of_a_briefing_says_of_itself_what_a_pdf_says)
{
    static const enum page_format formats[] = {PAGE_SVG, PAGE_PNG};
    struct page_metadata said = metadata;
    struct pdf_facts facts;
    size_t length;
    said.activity = "OEF & 1";
    char *bytes = make_picture(formats[_i], &said, &length);
    pdf_facts_read_picture(bytes, length, &facts);
    ck_assert_str_eq(facts.texts[PDF_FACT_ACTIVITY], ""); /* it is no briefing: a plate */
    free(bytes);
    said.is_sealable = true;
    bytes = make_picture(formats[_i], &said, &length);
    pdf_facts_read_picture(bytes, length, &facts);
    ck_assert_str_eq(facts.texts[PDF_FACT_ACTIVITY], "OEF & 1");
    ck_assert_str_eq(facts.texts[PDF_FACT_TITLE], metadata.title);
    ck_assert_ptr_null(memmem(bytes, length, "plottafel:seal", 14));
    expect_harmless_when_cut(bytes, length);
    if (formats[_i] == PAGE_PNG) {
        struct image *image = png_read(bytes, length, 1000000, NULL);
        ck_assert_ptr_nonnull(image);
        image_free(image);
    }
    free(bytes);
}
END_TEST

START_TEST(names_in_an_svg_are_counted_anew)
{
    static const char svg[] =
        "<g id=\"surface19\"/><use href=\"#surface19\"/><g clip=\"url(#clip4)\" id=\"x\"/>"
        "<g id=\"clip19\"/><a b=\"#\"/>#";
    size_t length = 0;
    char *renumbered = svg_ids_renumber(svg, sizeof svg - 1, &length);
    ck_assert_str_eq(renumbered,
                     "<g id=\"surface0\"/><use href=\"#surface0\"/><g clip=\"url(#clip1)\" id=\"x\"/>"
                     "<g id=\"clip2\"/><a b=\"#\"/>#");
    free(renumbered);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("page");
    TCase *tests = tcase_create("page");
    tcase_add_unchecked_fixture(tests, open_engine, close_engine);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_same_calls_give_the_same_bytes);
    tcase_add_test(tests, a_pdf_has_its_size_its_pages_and_its_metadata);
    tcase_add_test(tests, text_of_a_pdf_is_found_and_its_fonts_are_in_it);
    tcase_add_test(tests, a_symbol_that_stands_on_a_page_fifty_times_is_in_the_file_once);
    tcase_add_test(tests, an_svg_is_well_formed_and_has_its_size);
    tcase_add_test(tests, a_png_page_is_paper_of_the_right_size);
    tcase_add_test(tests, a_length_on_the_map_is_that_length_on_paper);
    tcase_add_test(tests, sizes_out_of_range_and_a_second_page_of_a_picture_are_faults);
    tcase_add_loop_test(tests, a_picture_of_a_briefing_says_of_itself_what_a_pdf_says, 0, 2);
    tcase_add_test(tests, names_in_an_svg_are_counted_anew);
    suite_add_tcase(suite, tests);
    return suite;
}
