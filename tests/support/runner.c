/*
 * runner.c - the main of every test program. Tests run without forking, so that sanitizers and
 * debuggers see them, when CK_FORK=no is set. A program whose tests were all skipped ends with the status
 * that ctest takes for that; the others are listed by tests/run.sh.
 */
#include "tests/support/runner.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char folder[100];
static pid_t maker;
static int *skipped_count; /* shared with the forks that tests run in */

#define SKIPPED_STATUS 77

void test_skipped(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("SKIPPED: ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    static bool is_counted; /* once for each test, which has a process of its own */
    __atomic_add_fetch(skipped_count, !is_counted, __ATOMIC_RELAXED);
    is_counted = true;
}

char *test_shared_data(const char *path)
{
    const char *root = getenv("PLOTTAFEL_SHARED_DATA");
    char *whole = NULL;
    if (asprintf(&whole, "%s/%s", root ? root : "../shared/data", path) < 0) {
        return NULL;
    }
    if (access(whole, R_OK) != 0) {
        printf("SKIPPED: %s is not there\n", whole); /* not counted: some tests can do without it */
        free(whole);
        return NULL;
    }
    return whole;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    return remove(path);
}

static void remove_folder(void)
{
    if (getpid() == maker) {
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }
}

const char *test_folder(void)
{
    return folder;
}

static bool make_folder(void)
{
    const char *parent = getenv("TMPDIR");
    int length =
        snprintf(folder, sizeof(folder), "%s/plottafel-test-XXXXXX", parent && *parent ? parent : "/tmp");
    return length < (int)sizeof(folder) && mkdtemp(folder);
}

/* Limits of the clock are there to end what hangs. check's own four seconds are over soon where other
 * programs run beside; ctest ends the program after minutes. */
static void be_patient(void)
{
    setenv("CK_DEFAULT_TIMEOUT", "60", 0);
    setenv("CK_TIMEOUT_MULTIPLIER", "4", 0);
}

int main(void)
{
    maker = getpid();
    be_patient();
    skipped_count =
        mmap(NULL, sizeof(*skipped_count), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (skipped_count == MAP_FAILED || !make_folder()) {
        perror(folder);
        return EXIT_FAILURE;
    }
    atexit(remove_folder);
    SRunner *runner = srunner_create(test_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    int run = srunner_ntests_run(runner);
    srunner_free(runner);
    if (failed > 0) {
        return EXIT_FAILURE;
    }
    return *skipped_count >= run ? SKIPPED_STATUS : EXIT_SUCCESS;
}
