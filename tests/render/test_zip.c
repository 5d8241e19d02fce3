/* Files as one ZIP and back: also by unzip, and whatever has been done to the bytes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "render/encode/zip.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MADE_MS 1791450000000LL
#define MOST_BYTES (1u << 20)

/** A long line that packs well, an empty file, and noise that does not. */
static char *three_files(size_t *length, char *line, char *noise)
{
    struct fault fault = {0};
    uint64_t random = 7;
    memset(line, 'a', 5000);
    for (size_t i = 0; i < 5000; i++) {
        noise[i] = (char)random_below(&random, 256);
    }
    struct zip_entry entries[] = {
        {"page-1.svg", line, 5000, false}, {"page-2.svg", "", 0, false}, {"page-3.png", noise, 5000, true}};
    char *zip = zip_write(entries, 3, MADE_MS, length, &fault);
    ck_assert_msg(zip != NULL, "%s", fault.message);
    return zip;
}

START_TEST(what_goes_in_comes_out)
{
    char line[5000];
    char noise[5000];
    size_t length;
    size_t file_length;
    char *zip = three_files(&length, line, noise);
    ck_assert_uint_lt(length, 5600); /* the line is packed */
    ck_assert_uint_eq(zip_count(zip, length), 3);
    const char *const files[] = {line, "", noise};
    const size_t lengths[] = {5000, 0, 5000};
    for (size_t i = 0; i < 3; i++) {
        struct fault fault = {0};
        char *file = zip_read(zip, length, i, MOST_BYTES, &file_length, &fault);
        ck_assert_msg(file != NULL, "%zu: %s", i, fault.message);
        ck_assert_uint_eq(file_length, lengths[i]);
        ck_assert(memcmp(file, files[i], lengths[i]) == 0);
        free(file);
    }
    free(zip);
}
END_TEST

START_TEST(the_same_files_give_the_same_bytes)
{
    char line[5000];
    char noise[5000];
    size_t first_length;
    size_t second_length;
    char *first = three_files(&first_length, line, noise);
    char *second = three_files(&second_length, line, noise);
    ck_assert_uint_eq(first_length, second_length);
    ck_assert_mem_eq(first, second, first_length);
    free(first);
    free(second);
}
END_TEST

START_TEST(python_finds_nothing_wrong)
{
    char line[5000];
    char noise[5000];
    char path[300];
    char command[900];
    size_t length;
    struct fault fault = {0};
    char *zip = three_files(&length, line, noise);
    snprintf(path, sizeof(path), "%s/three.zip", test_folder());
    ck_assert(file_write(path, zip, length, &fault));
    free(zip);
    snprintf(command, sizeof(command),
             "python3 -c \"import zipfile; z = zipfile.ZipFile('%s'); assert z.testzip() is None; "
             "assert z.namelist() == ['page-1.svg', 'page-2.svg', 'page-3.png']; "
             "assert z.read('page-1.svg') == b'a' * 5000; "
             "assert z.infolist()[0].date_time == (2026, 10, 8, 9, 0, 0), z.infolist()[0].date_time\"",
             path);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(what_is_too_long_or_not_there_is_refused)
{
    char line[5000];
    char noise[5000];
    size_t length;
    size_t file_length;
    struct fault fault = {0};
    char *zip = three_files(&length, line, noise);
    ck_assert_ptr_null(zip_read(zip, length, 3, MOST_BYTES, &file_length, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    ck_assert_ptr_null(zip_read(zip, length, 0, 4999, &file_length, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_uint_eq(zip_count("%PDF-1.7", 8), 0);
    ck_assert_ptr_null(zip_read("%PDF-1.7", 8, 0, MOST_BYTES, &file_length, &fault));
    free(zip);
}
END_TEST

/** Never a crash, never other bytes than those that went in. */
START_TEST(damaged_bytes_are_refused)
{
    char line[5000];
    char noise[5000];
    size_t length;
    size_t file_length;
    uint64_t random = 11;
    char *zip = three_files(&length, line, noise);
    for (int turn = 0; turn < 4000; turn++) {
        struct fault fault = {0};
        size_t cut = turn % 4 ? length : random_below(&random, (uint32_t)length);
        char *copy = malloc(cut + 1);
        memcpy(copy, zip, cut);
        for (int i = 0; cut > 0 && i < 3; i++) {
            size_t reach = turn % 2 || cut < 300 ? cut : 300; /* the directory, or anywhere */
            size_t at = cut - 1 - random_below(&random, (uint32_t)reach);
            copy[at] = (char)random_below(&random, 256);
        }
        char *file = zip_read(copy, cut, 0, MOST_BYTES, &file_length, &fault);
        if (file && (file_length != 5000 || memcmp(file, line, 5000) != 0)) {
            ck_abort_msg("other bytes were taken for those of the file");
        }
        free(file);
        free(copy);
    }
    free(zip);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("zip");
    TCase *tests = tcase_create("zip");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, what_goes_in_comes_out);
    tcase_add_test(tests, the_same_files_give_the_same_bytes);
    tcase_add_test(tests, python_finds_nothing_wrong);
    tcase_add_test(tests, what_is_too_long_or_not_there_is_refused);
    tcase_add_test(tests, damaged_bytes_are_refused);
    return suite;
}
