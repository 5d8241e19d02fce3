/*
 * QR codes as a phone sees them: a page is rasterised (poppler-utils) and read (zbar-tools).
 */
#include "render/briefing/qr.h"

#include "geo/base/memory.h"
#include "render/briefing/check_text.h"
#include "tests/support/page_fixture.h"
#include "tests/support/runner.h"

#define LINK "https://plot.example.nl/?map=situation&as-of=2026-10-08T09:30:00Z#12/51.68/4.58"

static struct renderer *renderer;

static void open_renderer(void)
{
    renderer = renderer_new(NULL, NULL);
}

static void close_renderer(void)
{
    renderer_free(renderer);
}

/** What is read off a page with the text as a code of that size; NULL: nothing, or no tools. */
static char *read_back(const char *text, double side_mm, int dpi)
{
    struct fault fault = {0};
    char command[200];
    struct page_fixture page = page_fixture_new(renderer, PAGE_PDF, 210, 148, 0);
    page_fixture_open(&page);
    struct bbox box = {20, 20, 20 + side_mm, 20 + side_mm};
    ck_assert_msg(qr_paint(&page.pen, text, box, &fault), "%s", fault.message);
    page_fixture_close(&page);
    snprintf(command, sizeof command,
             "pdftoppm -r %d -png -singlefile %%s %s/code && zbarimg -q --raw %s/code.png 2>/dev/null", dpi,
             test_folder(), test_folder());
    char *read = page_fixture_ask(&page, "code.pdf", command);
    if (read) {
        read[strcspn(read, "\n")] = '\0';
    }
    return read;
}

static bool has_tools(void)
{
    bool has = system("which pdftoppm zbarimg >/dev/null 2>&1") == 0;
    if (!has) {
        test_skipped("pdftoppm (poppler-utils) or zbarimg (zbar-tools) is not there");
    }
    return has;
}

START_TEST(a_code_as_small_as_it_may_be_is_read_from_a_printed_page)
{
    static const char *const texts[] = {LINK, "https://plot.example.nl/verify/01k3xq9z7m4t8b2c5d6e7f8g9h",
                                        "één: ü ß €", "x"};
    for (size_t i = 0; has_tools() && i < sizeof texts / sizeof texts[0]; i++) {
        char *read = read_back(texts[i], qr_least_mm(texts[i]), 200);
        ck_assert_ptr_nonnull(read);
        ck_assert_str_eq(read, texts[i]);
        free(read);
    }
}
END_TEST

START_TEST(a_large_code_has_no_seams)
{
    if (has_tools()) {
        char *read = read_back(LINK, 110, 96);
        ck_assert_ptr_nonnull(read);
        ck_assert_str_eq(read, LINK);
        free(read);
    }
}
END_TEST

START_TEST(modules_are_never_below_four_tenths_of_a_millimetre)
{
    /* Version 1 has 21 modules across and 8 of quiet zone. */
    ck_assert_double_eq_tol(qr_least_mm("x"), 29 * 0.4, 1e-9);
    struct page_fixture page = page_fixture_new(renderer, PAGE_PNG, 60, 60, 100);
    struct fault fault = {0};
    page_fixture_open(&page);
    ck_assert(!qr_paint(&page.pen, "x", (struct bbox){10, 10, 21.5, 40}, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_nonnull(strstr(fault.message, "11.6 mm"));
    page_fixture_close(&page);
    page_document_free(page.document);
}
END_TEST

START_TEST(the_quiet_zone_is_white_whatever_was_painted_before)
{
    struct page_fixture page = page_fixture_new(renderer, PAGE_PNG, 60, 60, 254); /* 10 dots to a mm */
    struct fault fault = {0};
    page_fixture_open(&page);
    pen_fill(&page.pen, page.page_mm, (struct colour){0, 90, 0, 255});
    ck_assert(qr_paint(&page.pen, "x", (struct bbox){10, 10, 50, 39}, &fault)); /* a module is 1 mm */
    page_fixture_close(&page);
    struct image *image = page_fixture_image(&page);
    const uint32_t white = 0xFFFFFFFF;
    for (int at = 155; at < 442; at += 5) { /* 29 mm in the middle of 40: from 15.5 to 44.5 */
        ck_assert_uint_eq(image->pixels[115 * image->stride_px + at], white);
    }
    ck_assert_uint_eq(image->pixels[145 * image->stride_px + 200], 0xFF000000); /* the corner's mark */
    ck_assert_uint_ne(image->pixels[145 * image->stride_px + 150], white);
    image_free(image);
}
END_TEST

START_TEST(a_text_that_no_code_holds_is_a_fault)
{
    char *text = memory_new(4001, 1);
    memset(text, 'x', 4000);
    struct fault fault = {0};
    struct pen pen = {0};
    ck_assert_double_eq(qr_least_mm(text), 0);
    ck_assert_double_eq(qr_least_mm(""), 0);
    ck_assert(!qr_paint(&pen, text, (struct bbox){0, 0, 500, 500}, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    free(text);
}
END_TEST

START_TEST(what_a_page_without_an_address_says_is_read_off_it_and_understood)
{
    uint64_t checksum = 0x0a07f5e296180613;
    char text[CHECK_TEXT_BYTES];
    char id[CHECK_ID_BYTES];
    char sum[CHECK_SUM_BYTES];
    check_text_write("01M81D37EV8X6CY93142XSS682", &checksum, text);
    ck_assert_str_eq(text, "plottafel:verify/01M81D37EV8X6CY93142XSS682/0a07f5e296180613");
    char *read = has_tools() ? read_back(text, qr_least_mm(text), 200) : memory_copy_text(text);
    ck_assert_ptr_nonnull(read);
    ck_assert(check_text_read(read, id, sum));
    ck_assert_str_eq(id, "01M81D37EV8X6CY93142XSS682");
    ck_assert_str_eq(sum, "0a07f5e296180613");
    free(read);
}
END_TEST

START_TEST(a_check_text_may_lack_its_checksum_but_not_its_id)
{
    static const char *const bad[] = {"",
                                      "plottafel:verify/",
                                      "plottafel:verify//0a07f5e296180613",
                                      "plottafel:verify/01M81D37EV8X6CY93142XSS682/",
                                      "briefing.pdf",
                                      "plottafel:verify/a/0123456789012345678901234567890123456789"};
    char text[CHECK_TEXT_BYTES];
    char id[CHECK_ID_BYTES];
    char sum[CHECK_SUM_BYTES];
    check_text_write("01M81D37EV8X6CY93142XSS682", NULL, text);
    ck_assert(check_text_read(text, id, sum));
    ck_assert_str_eq(sum, "");
    check_text_write(NULL, NULL, text);
    ck_assert_str_eq(text, "");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!check_text_read(bad[i], id, sum), "%s", bad[i]);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("qr");
    TCase *codes = tcase_create("codes");
    tcase_set_timeout(codes, 60);
    tcase_add_checked_fixture(codes, open_renderer, close_renderer);
    tcase_add_test(codes, a_code_as_small_as_it_may_be_is_read_from_a_printed_page);
    tcase_add_test(codes, a_large_code_has_no_seams);
    tcase_add_test(codes, modules_are_never_below_four_tenths_of_a_millimetre);
    tcase_add_test(codes, the_quiet_zone_is_white_whatever_was_painted_before);
    tcase_add_test(codes, a_text_that_no_code_holds_is_a_fault);
    tcase_add_test(codes, what_a_page_without_an_address_says_is_read_off_it_and_understood);
    tcase_add_test(codes, a_check_text_may_lack_its_checksum_but_not_its_id);
    suite_add_tcase(suite, codes);
    return suite;
}
