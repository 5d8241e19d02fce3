/*
 * runner.h - what a test program has to give: one suite.
 */
#ifndef TESTS_SUPPORT_RUNNER_H
#define TESTS_SUPPORT_RUNNER_H

#include <check.h>
#include <stdbool.h>

/** Each test program defines it. */
Suite *test_suite(void);

/** Says "SKIPPED: …", why the test does not try what it is there for; the test then returns. */
void test_skipped(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * The path of a file of the real data beside the project (../shared/data, or $PLOTTAFEL_SHARED_DATA), or NULL
 * after printing "SKIPPED: …" when it is not there; the test then returns. Owned by the caller.
 */
char *test_shared_data(const char *path);

/** A fresh folder under $TMPDIR, or /tmp, that is removed when the test program ends. Borrowed until then. */
const char *test_folder(void);

#endif
