/*
 * test_pdf.c - what a PDF is besides ink: judged by the programs of others (qpdf, GDAL, poppler), and the
 * rewriting of its content by laws.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/pdf/pdf_colour_profile.h"
#include "render/pdf/pdf_content.h"
#include "render/pdf/pdf_halos.h"
#include "render/pdf/pdf_marks.h"
#include "render/pdf/pdf_metadata.h"
#include "render/pdf/pdf_seal.h"
#include "tests/support/page_fixture.h"
#include "tests/support/random.h"

static struct renderer *renderer;

static void open_renderer(void)
{
    renderer = renderer_new(NULL, NULL);
    ck_assert_ptr_nonnull(renderer);
}

static void close_renderer(void)
{
    renderer_free(renderer);
}

static bool is_there(const char *program)
{
    char command[120];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    if (system(command) == 0) {
        return true;
    }
    test_skipped("%s is not there", program);
    return false;
}

/** How often words stand in a text. */
static int count_words(const char *text, const char *words)
{
    int count = 0;
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words)) {
        count++;
    }
    return count;
}

/* -- content */

/** Content with these marks on one page; NULL on fault. Owned. */
static char *rewritten(const struct pdf_marks *marks, const char *content, size_t length, bool *inked)
{
    struct buffer buffer;
    struct fault fault = {0};
    buffer_init(&buffer, 1 << 20);
    static const struct pdf_halos no_halos;
    bool is_rewritten = pdf_content_rewrite(marks, &no_halos, 0, content, length, &buffer,
                                            &(struct pdf_inked){.layers = inked}, &fault);
    ck_assert(is_rewritten || fault.code == FAULT_INTERNAL);
    char *text = buffer_take(&buffer, NULL);
    if (!is_rewritten) {
        free(text);
        return NULL;
    }
    return text;
}

#define BOX "400 300 0.308594 0.0429688 re "
#define MARK BOX "f\n"

/* With a mark in the ink for each. */
static void begin_layer(struct pdf_marks *marks, const char *id, const char *title)
{
    ck_assert(pdf_marks_layer_begin(marks, id, title));
    pdf_marks_inked(marks);
}

static void end_layer(struct pdf_marks *marks)
{
    ck_assert(pdf_marks_layer_end(marks));
    pdf_marks_inked(marks);
}

static void begin_leaf(struct pdf_marks *marks, enum page_tag tag, const char *alternative)
{
    ck_assert(pdf_marks_tag_begin(marks, tag, alternative));
    pdf_marks_inked(marks);
}

static void end_leaf(struct pdf_marks *marks)
{
    ck_assert(pdf_marks_tag_end(marks));
    pdf_marks_inked(marks);
}

START_TEST(marks_become_layers_leaves_and_decoration_that_nest)
{
    struct pdf_marks marks = pdf_marks_new();
    bool inked[2] = {false, false};
    begin_layer(&marks, "a", "A");
    begin_leaf(&marks, PAGE_TAG_PARAGRAPH, NULL);
    end_leaf(&marks);
    end_layer(&marks);
    begin_layer(&marks, "b", "B");
    end_layer(&marks);
    const char *content = "q " MARK "f " MARK "S " MARK "n " MARK "Q " MARK MARK;
    char *text = rewritten(&marks, content, strlen(content), inked);
    ck_assert_str_eq(text,
                     "/Artifact BMC\nq\nEMC\n/OC /L0 BDC\n/Artifact BMC\nf\nEMC\n/P <</MCID 0>> BDC\nS\n"
                     "EMC\n/Artifact BMC\nn\nEMC\nEMC\n/Artifact BMC\nQ\nEMC\n");
    ck_assert(inked[0] && !inked[1]); /* a layer without ink is not written */
    free(text);
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(a_layer_within_a_figure_stays_within_it)
{
    struct pdf_marks marks = pdf_marks_new();
    bool inked[1] = {false};
    begin_leaf(&marks, PAGE_TAG_FIGURE, "kaart");
    begin_layer(&marks, "a", "A");
    ck_assert(!pdf_marks_tag_begin(&marks, PAGE_TAG_PARAGRAPH, NULL)); /* no leaf within a leaf */
    ck_assert(!pdf_marks_tag_end(&marks));
    end_layer(&marks);
    end_leaf(&marks);
    const char *content = MARK MARK "f " MARK MARK;
    char *text = rewritten(&marks, content, strlen(content), inked);
    ck_assert_str_eq(text, "/Figure <</MCID 0>> BDC\n/OC /L0 BDC\nf\nEMC\nEMC\n");
    free(text);
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(marks_without_ink_between_them_share_a_box)
{
    struct pdf_marks marks = pdf_marks_new();
    bool inked[1] = {false};
    begin_leaf(&marks, PAGE_TAG_CELL, NULL);
    pdf_marks_tag_end(&marks);
    pdf_marks_tag_begin(&marks, PAGE_TAG_CELL, NULL);
    pdf_marks_tag_end(&marks);
    pdf_marks_layer_begin(&marks, "a", "A");
    pdf_marks_inked(&marks);
    end_layer(&marks);
    const char *content = MARK "f " MARK "S " MARK;
    char *text = rewritten(&marks, content, strlen(content), inked);
    ck_assert_str_eq(text, "/TD <</MCID 0>> BDC\nf\nEMC\n/TD <</MCID 1>> BDC\nEMC\n/OC /L0 BDC\n"
                           "/Artifact BMC\nS\nEMC\nEMC\n");
    free(text);
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(the_ground_of_a_page_is_taken_out_again)
{
    struct pdf_marks marks = pdf_marks_new();
    marks.pages[0].has_ground = true;
    const char *content = "0 0 9 9 re f 1 2 3 4 re f";
    char *text = rewritten(&marks, content, strlen(content), NULL);
    ck_assert_str_eq(text, "/Artifact BMC\n1 2 3 4 re\nf\nEMC\n");
    free(text);
    ck_assert_ptr_null(rewritten(&marks, "f", 1, NULL));
    ck_assert_ptr_null(rewritten(&marks, "0 0 9 9 re S", 12, NULL));
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(strings_words_and_foreign_marks_stay_as_they_are)
{
    struct pdf_marks marks = pdf_marks_new();
    const char *content = "BT\n1 0 0 -1 10.123456 3 Tm\n/Span << /ActualText <feff0048> >> BDC\n"
                          "[(a\\)(b)])-700(]<)]TJ\nEMC\n(EMC \\\\) Tj\n<0a> Tj\nET";
    char *text = rewritten(&marks, content, strlen(content), NULL);
    ck_assert_str_eq(text, "/Artifact BMC\nBT\n1 0 0 -1 10.123456 3 Tm\n"
                           "/Span << /ActualText <feff0048> >> BDC\n[(a\\)(b)])-700(]<)] TJ\nEMC\n"
                           "(EMC \\\\) Tj\n<0a> Tj\nET\nEMC\n");
    free(text);
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(coordinates_of_paths_keep_a_hundredth_of_a_point)
{
    struct pdf_marks marks = pdf_marks_new();
    uint64_t random = 47;
    for (int i = 0; i < 2000; i++) {
        double range = pow(10, random_below(&random, 5));
        double x = random_between(&random, -range, range);
        double y = i % 7 == 0 ? 0 : i % 5 == 0 ? round(x) : random_between(&random, -0.05, 0.05);
        char content[80];
        int length = snprintf(content, sizeof content, "%.6f %.6f l", x, y);
        char *text = rewritten(&marks, content, (size_t)length, NULL);
        double read_x;
        double read_y;
        ck_assert_msg(sscanf(text, "/Artifact BMC\n%lf %lf l", &read_x, &read_y) == 2, "%s of %s", text,
                      content);
        ck_assert_double_le(fabs(read_x - x), 0.005001);
        ck_assert_double_le(fabs(read_y - y), 0.005001);
        free(text);
    }
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(marks_that_are_lost_doubled_or_inked_are_a_fault)
{
    static const char *const contents[] = {
        "f", MARK, MARK MARK MARK, BOX "S " MARK, MARK BOX, MARK MARK "1 2", "BI ID x EI"};
    struct pdf_marks marks = pdf_marks_new();
    begin_leaf(&marks, PAGE_TAG_TITLE, NULL);
    end_leaf(&marks);
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        ck_assert_msg(!rewritten(&marks, contents[i], strlen(contents[i]), NULL), "%s", contents[i]);
    }
    pdf_marks_finish(&marks);
}
END_TEST

START_TEST(any_bytes_are_rewritten_or_refused)
{
    static const char some[] = "()<>[]/\\ \n0.5-EMCBDCq";
    struct pdf_marks marks = pdf_marks_new();
    uint64_t random = 48;
    for (int i = 0; i < 3000; i++) {
        size_t length = random_below(&random, 60);
        char *content = memory_new(length, 1); /* of just that size: a byte too far is seen */
        for (size_t j = 0; j < length; j++) {
            content[j] =
                i % 2 ? (char)random_below(&random, 256) : some[random_below(&random, sizeof some - 1)];
        }
        free(rewritten(&marks, content, length, NULL));
        free(content);
    }
    pdf_marks_finish(&marks);
}
END_TEST

/* -- metadata and colours */

START_TEST(the_packet_is_sealable_and_keeps_any_text_apart_from_its_own)
{
    struct page_metadata metadata = {.title = "<plottafel:seal>&\"]]>",
                                     .made_ms = 1789000000123,
                                     .language = "nl",
                                     .marking = "TLP:GREEN",
                                     .is_sealable = true};
    size_t length = 0;
    char *packet = pdf_metadata_packet(&metadata, "Plottafel 0", &length);
    ck_assert_int_eq(count_words(packet, PDF_SEAL_BEGIN), 1);
    const char *seal = strstr(packet, PDF_SEAL_BEGIN) + strlen(PDF_SEAL_BEGIN);
    ck_assert_uint_eq(strspn(seal, "0"), PDF_SEAL_DIGITS);
    ck_assert_int_eq(strncmp(seal + PDF_SEAL_DIGITS, PDF_SEAL_END, strlen(PDF_SEAL_END)), 0);
    ck_assert_ptr_nonnull(strstr(packet, "<plottafel:marking>TLP:GREEN</plottafel:marking>"));
    ck_assert_ptr_nonnull(strstr(packet, "2026-09-10T"));
    ck_assert_ptr_null(strstr(packet, "plottafel:activity>"));
    ck_assert_uint_eq(strlen(packet), length);
    free(packet);
}
END_TEST

START_TEST(the_colour_profile_says_its_own_size)
{
    size_t length = 0;
    char *profile = pdf_colour_profile(&length);
    const unsigned char *bytes = (const unsigned char *)profile;
    ck_assert_uint_eq((size_t)bytes[2] << 8 | bytes[3], length);
    ck_assert_int_eq(memcmp(profile + 12, "mntrRGB XYZ ", 12), 0);
    ck_assert_int_eq(memcmp(profile + 36, "acsp", 4), 0);
    ck_assert_uint_eq(length % 4, 0);
    free(profile);
}
END_TEST

/* -- documents */

static const struct bbox map_mm = {20, 30, 180, 130};

/** A page with a title, a map in two layers, a table with a note, and pictures of all kinds. */
static struct page_fixture some_page(void)
{
    struct page_fixture fixture = page_fixture_new(renderer, PAGE_PDF, 210, 148, 100);
    struct pen *pen = &fixture.pen;
    page_fixture_open(&fixture);
    pen_text(pen, PEN_BODY, TEXT_LEFT, "Eerst geschilderd", (struct bbox){20, 20, 100, 30});
    pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
    pen_text(pen, PEN_TITLE, TEXT_LEFT, "Titel", (struct bbox){20, 5, 100, 20});
    pen_tag_end(pen);
    pen_tag_begin(pen, PAGE_TAG_FIGURE, "Kaart van één");
    page_layer_begin(fixture.document, "land", "Land (één)");
    pen_fill(pen, map_mm, (struct colour){240, 230, 200, 255});
    page_layer_end(fixture.document);
    page_layer_begin(fixture.document, "names", "Namen");
    pen_text(pen, PEN_GROUP, TEXT_LEFT, "Moerdijk", map_mm);
    page_layer_end(fixture.document);
    page_layer_begin(fixture.document, "empty", "Leeg");
    page_layer_end(fixture.document);
    pen_tag_end(pen);
    pen_tag_begin(pen, PAGE_TAG_TABLE, NULL);
    for (int row = 0; row < 3; row++) {
        pen_tag_begin(pen, PAGE_TAG_ROW, NULL);
        for (int column = 0; column < (row == 1 ? 1 : 2); column++) {
            double x = 20 + 40 * column;
            pen_tag_begin(pen, row == 0 ? PAGE_TAG_HEADER_CELL : PAGE_TAG_CELL, NULL);
            pen_text(pen, PEN_BODY, TEXT_LEFT, "cel", (struct bbox){x, 132 + 4 * row, x + 30, 140 + 4 * row});
            pen_tag_end(pen);
        }
        pen_tag_end(pen);
    }
    pen_tag_end(pen);
    return fixture;
}

/** A picture with many colours, or few; transparent in places, or all. */
static void paint_picture(struct page_fixture *fixture, double left_mm, int colours, int alpha)
{
    struct image *image = image_new(64, 48, NULL);
    for (int i = 0; i < 64 * 48; i++) {
        uint32_t value = (uint32_t)(i % colours) * (255u / (uint32_t)(colours > 255 ? 255 : colours)) & 255;
        uint32_t opacity = i % 64 < 32 ? 255u : (uint32_t)alpha;
        value = value * opacity / 255;
        image->pixels[i] = opacity << 24 | value << 16 | (value * (uint32_t)(i / 64 % 7) / 8) << 8 | value;
    }
    struct bbox box = {left_mm / SCALE_PIXEL_MM, 40 / SCALE_PIXEL_MM, (left_mm + 20) / SCALE_PIXEL_MM,
                       55 / SCALE_PIXEL_MM};
    canvas_image(fixture->pen.canvas, image, box, true);
    image_free(image);
}

/** What a command says of that page. NULL: the program is not there. */
static char *asked(const char *program, const char *command)
{
    if (!is_there(program)) {
        return NULL;
    }
    struct page_fixture fixture = some_page();
    page_fixture_close(&fixture);
    char *text = page_fixture_ask(&fixture, "some.pdf", command);
    ck_assert_msg(text != NULL, "%s fails", command);
    return text;
}

START_TEST(qpdf_finds_nothing_to_warn_of)
{
    char *text = asked("qpdf", "qpdf --check %s 2>&1");
    if (text) {
        ck_assert_msg(!strstr(text, "WARNING"), "%s", text);
        free(text);
    }
}
END_TEST

START_TEST(a_reader_can_switch_the_layers_that_have_ink)
{
    char *text = asked("qpdf", "qpdf --qdf --object-streams=disable %s - | tr -d '\\000'");
    if (!text) {
        return;
    }
    ck_assert_int_eq(count_words(text, "/Type /OCG"), 2);
    ck_assert_int_eq(count_words(text, "/OC /L"), 2);
    ck_assert_int_eq(count_words(text, " BDC\n") + count_words(text, " BMC\n"), count_words(text, "EMC\n"));
    ck_assert_ptr_nonnull(strstr(text, "(Namen)"));
    ck_assert_ptr_null(strstr(text, "(Leeg)"));
    ck_assert_ptr_null(strstr(text, " .31 .04 re"));
    free(text);
}
END_TEST

START_TEST(it_is_read_aloud_from_its_title_on_with_tables_as_tables)
{
    char *text = asked("pdfinfo", "pdfinfo -struct-text %s 2>/dev/null");
    if (!text) {
        return;
    }
    const char *title = strstr(text, "\"Titel\"");
    const char *first = strstr(text, "\"Eerst geschilderd\"");
    ck_assert(title && first && title < first);
    ck_assert_int_eq(count_words(text, "TR\n"), 3);
    ck_assert_int_eq(count_words(text, "      TH:\n"), 2);
    ck_assert_int_eq(count_words(text, "      TD"), 3);
    free(text);
    text = asked("qpdf", "qpdf --qdf --object-streams=disable %s - | tr -d '\\000'");
    if (text) {
        ck_assert_int_eq(count_words(text, "/ColSpan 2"), 1); /* the note's cell is as wide as the table */
        ck_assert_int_eq(count_words(text, "/Alt "), 1);
        ck_assert_ptr_nonnull(strstr(text, "/DisplayDocTitle true"));
        free(text);
    }
}
END_TEST

START_TEST(lines_that_were_broken_are_read_whole)
{
    if (!is_there("pdfinfo")) {
        return;
    }
    struct page_fixture fixture = page_fixture_new(renderer, PAGE_PDF, 210, 148, 100);
    page_fixture_open(&fixture);
    pen_text(&fixture.pen, PEN_BODY, TEXT_LEFT, "Brandweer Midden- en West-Brabant",
             (struct bbox){20, 5, 40, 90});
    page_fixture_close(&fixture);
    char *text = page_fixture_ask(&fixture, "lines.pdf", "pdfinfo -struct-text %s 2>/dev/null");
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(strstr(text, "\"Brandweer Midden- en West-Brabant\"") != NULL, "%s", text);
    free(text);
}
END_TEST

START_TEST(text_can_be_searched)
{
    char *text = asked("pdftotext", "pdftotext %s -");
    if (text) {
        ck_assert(strstr(text, "Moerdijk") && strstr(text, "Titel"));
        free(text);
    }
}
END_TEST

START_TEST(pictures_are_jpeg_or_have_a_palette_and_keep_what_is_transparent)
{
    if (!is_there("pdfimages")) {
        return;
    }
    struct page_fixture fixture = some_page();
    paint_picture(&fixture, 20, 1000, 255);
    paint_picture(&fixture, 60, 5, 255);
    paint_picture(&fixture, 100, 1000, 80);
    paint_picture(&fixture, 140, 3, 0);
    page_fixture_close(&fixture);
    char *text = page_fixture_ask(&fixture, "pictures.pdf", "pdfimages -list %s");
    ck_assert_ptr_nonnull(text);
    ck_assert_int_eq(count_words(text, "jpeg"), 2);
    ck_assert_int_eq(count_words(text, "index"), 2);
    ck_assert_int_eq(count_words(text, "smask"), 2);
    ck_assert_int_eq(count_words(text, "  64    48 "), 6);
    free(text);
}
END_TEST

/** A polygon of four corners and the first again, in the words of GDAL. */
static void check_corners(const char *text, struct bbox box, double tolerance)
{
    const char *at = strstr(text, "NEATLINE=POLYGON ((");
    ck_assert_msg(at != NULL, "no neatline in %s", text);
    struct bbox found = bbox_empty();
    at += strlen("NEATLINE=POLYGON ((");
    for (int i = 0; i < 4; i++) {
        char *end;
        double x = strtod(at, &end);
        double y = strtod(end, &end);
        found = bbox_union(found, (struct bbox){x, y, x, y});
        at = end + 1;
    }
    ck_assert_double_le(fabs(found.min_x - box.min_x), tolerance);
    ck_assert_double_le(fabs(found.min_y - box.min_y), tolerance);
    ck_assert_double_le(fabs(found.max_x - box.max_x), tolerance);
    ck_assert_double_le(fabs(found.max_y - box.max_y), tolerance);
}

static void check_place(const char *code, struct point centre)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *crs = crs_find(context, code, &fault);
    double width = 25 * 160; /* 1 : 25 000 */
    double height = 25 * 100;
    struct bbox box = {centre.x, centre.y, centre.x + width, centre.y + height};
    struct page_place place = {
        .title = code,
        .crs_code = code,
        .corners_deg = {
            {box.min_x, box.min_y}, {box.min_x, box.max_y}, {box.max_x, box.max_y}, {box.max_x, box.min_y}}};
    char *wkt = crs_wkt(context, crs, &fault);
    ck_assert_msg(wkt != NULL, "%s", fault.message);
    ck_assert(crs_to_own_degrees(context, crs, place.corners_deg, 4, &fault));
    place.crs_wkt = wkt;
    struct page_fixture fixture = some_page();
    page_place(fixture.document, map_mm, &place);
    page_fixture_close(&fixture);
    char *text = page_fixture_ask(&fixture, "place.pdf", "gdalinfo %s 2>&1");
    ck_assert_ptr_nonnull(text);
    char id[40];
    snprintf(id, sizeof id, "ID[\"EPSG\",%s]]", code + strlen("EPSG:"));
    ck_assert_msg(strstr(text, id) != NULL, "%s is not told in %s", code, text);
    check_corners(text, box, 0.01);
    free(text);
    free(wkt);
}

START_TEST(gdal_finds_the_map_within_a_centimetre_whatever_its_crs)
{
    if (!is_there("gdalinfo") || system("gdalinfo --formats | grep -q 'PDF -raster'") != 0) {
        test_skipped("gdalinfo with PDF is not there");
        return;
    }
    check_place("EPSG:28992", (struct point){101000, 411500});
    check_place("EPSG:25831", (struct point){600000, 5700000});
    check_place("EPSG:25832", (struct point){300000, 5650000});
    check_place("EPSG:3035", (struct point){3950000, 3180000});
    check_place("EPSG:31370", (struct point){150000, 170000});
}
END_TEST

START_TEST(the_same_calls_give_the_same_bytes)
{
    char *bytes[2];
    size_t lengths[2];
    for (int i = 0; i < 2; i++) {
        struct page_fixture fixture = some_page();
        paint_picture(&fixture, 20, 1000, 80);
        page_fixture_close(&fixture);
        bytes[i] = page_fixture_take(&fixture, &lengths[i]);
    }
    ck_assert_uint_eq(lengths[0], lengths[1]);
    ck_assert_mem_eq(bytes[0], bytes[1], lengths[0]);
    free(bytes[0]);
    free(bytes[1]);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("pdf");
    TCase *content = tcase_create("content");
    tcase_add_test(content, marks_become_layers_leaves_and_decoration_that_nest);
    tcase_add_test(content, a_layer_within_a_figure_stays_within_it);
    tcase_add_test(content, marks_without_ink_between_them_share_a_box);
    tcase_add_test(content, the_ground_of_a_page_is_taken_out_again);
    tcase_add_test(content, strings_words_and_foreign_marks_stay_as_they_are);
    tcase_add_test(content, coordinates_of_paths_keep_a_hundredth_of_a_point);
    tcase_add_test(content, marks_that_are_lost_doubled_or_inked_are_a_fault);
    tcase_add_test(content, any_bytes_are_rewritten_or_refused);
    tcase_add_test(content, the_packet_is_sealable_and_keeps_any_text_apart_from_its_own);
    tcase_add_test(content, the_colour_profile_says_its_own_size);
    suite_add_tcase(suite, content);
    TCase *documents = tcase_create("documents");
    tcase_add_unchecked_fixture(documents, open_renderer, close_renderer);
    tcase_set_timeout(documents, 60);
    tcase_add_test(documents, qpdf_finds_nothing_to_warn_of);
    tcase_add_test(documents, a_reader_can_switch_the_layers_that_have_ink);
    tcase_add_test(documents, it_is_read_aloud_from_its_title_on_with_tables_as_tables);
    tcase_add_test(documents, lines_that_were_broken_are_read_whole);
    tcase_add_test(documents, text_can_be_searched);
    tcase_add_test(documents, pictures_are_jpeg_or_have_a_palette_and_keep_what_is_transparent);
    tcase_add_test(documents, gdal_finds_the_map_within_a_centimetre_whatever_its_crs);
    tcase_add_test(documents, the_same_calls_give_the_same_bytes);
    suite_add_tcase(suite, documents);
    return suite;
}
