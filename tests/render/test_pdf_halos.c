/*
 * test_pdf_halos.c - halos of a PDF: their ink by laws, and documents by the programs of others.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/pdf/pdf_content.h"
#include "render/pdf/pdf_halos.h"
#include "render/pdf/pdf_marks.h"
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

static struct pdf_halos halos_with_outline(void)
{
    struct pdf_halos halos = {0};
    struct pdf_outline outline = {.glyph = 7, .ink = memory_copy_text("0 0 m\n9 9 l\nh\nS\n")};
    ck_assert_uint_eq(pdf_halos_find(&halos, NULL, 7), PDF_NO_OUTLINE);
    pdf_halos_add_outline(&halos, &outline);
    ck_assert_uint_eq(pdf_halos_find(&halos, NULL, 7), 0);
    ck_assert_uint_eq(pdf_halos_find(&halos, NULL, 8), PDF_NO_OUTLINE);
    return halos;
}

START_TEST(a_stand_in_becomes_its_halo_and_lines_stay)
{
    struct pdf_halos halos = halos_with_outline();
    struct pdf_marks marks = pdf_marks_new();
    bool used[1] = {false};
    pdf_halos_add_letter(&halos, &(struct pdf_letter){0, 0.5, 0, 0, 0.5, 10, 20});
    pdf_halos_add(&halos, 3);
    const char *content = "1 1 1 RG\n10 M\n1 2 m\n3 4 l S\n1000000 M\n5 6 7 8 re\nS\n1 2 m\n3 4 l S\n"
                          "1000001 M\n1 2 m\nS\n";
    struct buffer ink;
    struct fault fault = {0};
    buffer_init(&ink, 10000);
    ck_assert(pdf_content_rewrite(&marks, &halos, 0, content, strlen(content), &ink,
                                  &(struct pdf_inked){.outlines = used}, &fault));
    ck_assert_str_eq(ink.bytes,
                     "/Artifact BMC\n1 1 1 RG\n10 M\n1 2 m\n3 4 l\nS\n"
                     "q\n0.0050000 0.0000000 0.0000000 0.0050000 10.00 20.00 cm\n300 w\n/G0 Do\nQ\n"
                     "1 2 m\n3 4 l\nS\n1000001 M\n1 2 m\nS\nEMC\n");
    ck_assert(used[0]);
    buffer_finish(&ink);
    pdf_marks_finish(&marks);
    pdf_halos_finish(&halos);
}
END_TEST

/** Where letters stand that a halo's ink shows; how many they are. */
static int places_in(const char *ink, struct point *places, int most)
{
    double matrix[6] = {0};
    double at_x = 0;
    double at_y = 0;
    int count = 0;
    for (const char *line = ink; line && *line; line = strchr(line, '\n'), line += line != NULL) {
        double by[6];
        if (sscanf(line, "%lf %lf %lf %lf %lf %lf cm", &by[0], &by[1], &by[2], &by[3], &by[4], &by[5]) == 6) {
            bool is_first = line > ink + 1 && line[-2] == 'q';
            if (is_first) {
                memcpy(matrix, by, sizeof matrix);
            }
            at_x = is_first ? 0 : at_x + by[4];
            at_y = is_first ? 0 : at_y + by[5];
        } else if (line[0] == '/' && count < most) {
            places[count++] = (struct point){matrix[0] * at_x + matrix[2] * at_y + matrix[4],
                                             matrix[1] * at_x + matrix[3] * at_y + matrix[5]};
        }
    }
    return count;
}

START_TEST(letters_stand_where_they_were_put_however_long_and_turned_the_text)
{
    uint64_t random = 4;
    for (int round = 0; round < 300; round++) {
        struct pdf_halos halos = halos_with_outline();
        struct pdf_letter letter = {0, 1, 0, 0, 1, 0, 0};
        struct pdf_letter put[100];
        int count = 1 + (int)random_below(&random, 99);
        for (int i = 0; i < count; i++) {
            bool is_turned = round % 3 == 1 || (round % 3 == 2 && random_below(&random, 10) == 0);
            double angle = is_turned ? random_between(&random, -4, 4) : 0;
            double size = round % 2 ? 1 : 0.79;
            letter.xx = letter.yy = size * cos(angle);
            letter.yx = size * sin(angle);
            letter.xy = -letter.yx;
            letter.x0 += random_between(&random, 0, 9);
            letter.y0 += random_below(&random, 5) == 0 ? random_between(&random, -9, 9) : 0;
            put[i] = letter;
            pdf_halos_add_letter(&halos, &letter);
        }
        struct buffer ink;
        bool used[1];
        struct point places[100];
        buffer_init(&ink, 100000);
        pdf_halos_ink(&halos, pdf_halos_add(&halos, 2), &ink, used);
        ck_assert_int_eq(places_in(ink.bytes, places, 100), count);
        for (int i = 0; i < count; i++) {
            ck_assert_double_lt(hypot(places[i].x - put[i].x0, places[i].y - put[i].y0), 0.02);
        }
        buffer_finish(&ink);
        pdf_halos_finish(&halos);
    }
}
END_TEST

/* -- documents */

static struct text_look look_with_halo(uint8_t alpha)
{
    return (struct text_look){
        .size_px = 11, .colour = {0, 0, 0, 255}, .halo = {255, 220, 0, alpha}, .halo_px = 1.5};
}

/** Rows of texts with a halo. */
static struct page_fixture page_of_texts(enum page_format format, int count, uint8_t halo_alpha)
{
    struct page_fixture fixture = page_fixture_new(renderer, format, 210, 148, 100);
    struct text_look look = look_with_halo(halo_alpha);
    page_fixture_open(&fixture);
    for (int i = 0; i < count; i++) {
        char text[40];
        snprintf(text, sizeof text, "Ploeg %d-Ä", 1000 + i);
        canvas_text(fixture.pen.canvas, text, &look, (struct text_box){.align = TEXT_LEFT},
                    (struct point){(10 + 25 * (i % 8)) / SCALE_PIXEL_MM + 0.3,
                                   (5 + 4 * (i / 8 % 34)) / SCALE_PIXEL_MM + 0.6});
    }
    page_fixture_close(&fixture);
    return fixture;
}

static size_t bytes_of(int texts)
{
    size_t length = 0;
    struct page_fixture fixture = page_of_texts(PAGE_PDF, texts, 255);
    free(page_fixture_take(&fixture, &length));
    return length;
}

START_TEST(a_text_with_a_halo_takes_few_bytes)
{
    ck_assert_uint_lt((bytes_of(264) - bytes_of(64)) / 200, 120); /* as outlines some 2000 */
}
END_TEST

static int count_of(const char *text, const char *words)
{
    int count = 0;
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words)) {
        count++;
    }
    return count;
}

START_TEST(each_text_with_a_halo_is_found_once)
{
    struct page_fixture fixture = page_of_texts(PAGE_PDF, 200, 255);
    char *text = page_fixture_ask(&fixture, "halos.pdf", "pdftotext %s - 2>/dev/null");
    if (!text) {
        test_skipped("pdftotext is not there");
        return;
    }
    ck_assert_int_eq(count_of(text, "Ploeg"), 200);
    ck_assert_int_eq(count_of(text, "1123-Ä"), 1);
    free(text);
}
END_TEST

START_TEST(an_outline_is_in_the_document_once)
{
    struct page_fixture fixture = page_of_texts(PAGE_PDF, 200, 255);
    char *text =
        page_fixture_ask(&fixture, "halos.pdf", "qpdf --qdf --object-streams=disable %s - | tr -d '\\000'");
    if (!text) {
        test_skipped("qpdf is not there");
        return;
    }
    int letters = (int)strlen("Ploeg0123456789-") + 1;
    ck_assert_int_eq(count_of(text, "/Subtype /Form"), letters);
    ck_assert_int_eq(count_of(text, " Do\n"), 200 * ((int)strlen("Ploeg1000-") + 1));
    ck_assert_ptr_null(strstr(text, " M\n"));
    free(text);
}
END_TEST

/** The page as poppler draws it; NULL: it is not there. Owned. */
static struct image *drawn(uint8_t halo_alpha)
{
    char path[200];
    struct fault fault = {0};
    struct page_fixture fixture = page_of_texts(PAGE_PDF, 200, halo_alpha);
    char *text = page_fixture_ask(&fixture, "halos.pdf",
                                  "pdftoppm -r 60 -png -singlefile %s $(dirname %s)/halos 2>/dev/null");
    if (!text) {
        return NULL;
    }
    free(text);
    snprintf(path, sizeof path, "%s/halos.png", test_folder());
    size_t length = 0;
    char *bytes = file_read(path, 10000000, &length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    struct image *image = png_read(bytes, length, 10000000, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    free(bytes);
    return image;
}

START_TEST(a_halo_of_outlines_looks_as_one_stroke_does)
{
    struct image *outlines = drawn(255);
    if (!outlines) {
        test_skipped("pdftoppm is not there");
        return;
    }
    struct image *strokes = drawn(254); /* seen through: one stroke */
    int different = 0;
    int inked = 0;
    for (int i = 0; i < outlines->width * outlines->height; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
            int a = (int)(outlines->pixels[i] >> shift & 255);
            int b = (int)(strokes->pixels[i] >> shift & 255);
            different += abs(a - b) > 48;
            inked += a < 200;
        }
    }
    ck_assert_int_gt(inked, 10000);
    ck_assert_int_lt(different, inked / 50);
    image_free(outlines);
    image_free(strokes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("pdf_halos");
    TCase *ink = tcase_create("ink");
    tcase_add_test(ink, a_stand_in_becomes_its_halo_and_lines_stay);
    tcase_add_test(ink, letters_stand_where_they_were_put_however_long_and_turned_the_text);
    suite_add_tcase(suite, ink);
    TCase *documents = tcase_create("documents");
    tcase_set_timeout(documents, 60);
    tcase_add_unchecked_fixture(documents, open_renderer, close_renderer);
    tcase_add_test(documents, a_text_with_a_halo_takes_few_bytes);
    tcase_add_test(documents, each_text_with_a_halo_is_found_once);
    tcase_add_test(documents, an_outline_is_in_the_document_once);
    tcase_add_test(documents, a_halo_of_outlines_looks_as_one_stroke_does);
    suite_add_tcase(suite, documents);
    return suite;
}
