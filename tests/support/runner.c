/*
 * runner.c - the main of every test program. Tests run without forking, so that sanitizers and
 * debuggers see them, when CK_FORK=no is set.
 */
#include "tests/support/runner.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/plottafel-test-XXXXXX";
static pid_t maker;

char *test_shared_data(const char *path)
{
    const char *root = getenv("PLOTTAFEL_SHARED_DATA");
    char *whole = NULL;
    if (asprintf(&whole, "%s/%s", root ? root : "../shared/data", path) < 0) {
        return NULL;
    }
    if (access(whole, R_OK) != 0) {
        printf("SKIPPED: %s is not there\n", whole);
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

int main(void)
{
    maker = getpid();
    if (!mkdtemp(folder)) {
        perror(folder);
        return EXIT_FAILURE;
    }
    atexit(remove_folder);
    SRunner *runner = srunner_create(test_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
