/*
 * test_nothing_lost.c - law 5: an acknowledged change survives kill -9 and a full disk.
 *
 * A child commits in a loop and tells each acknowledged revision through a pipe; it is killed at a random
 * moment. What every revision must hold follows from its number alone (nothing_lost.h).
 * PLOTTAFEL_KILL_ROUNDS sets how often (20).
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/moment.h"
#include "tests/laws/nothing_lost.h"

enum { LONGEST_LIFE_US = 60000, DESCRIPTORS_MOST = 64 };

/* A child that is killed while it tells check what it asserted would leave half a message there. */
static void tell_check_nothing(int kept)
{
    int nowhere = open("/dev/null", O_WRONLY);
    for (int i = STDERR_FILENO + 1; i < DESCRIPTORS_MOST; i++) {
        if (i != kept && i != nowhere && fcntl(i, F_GETFD) >= 0) {
            dup2(nowhere, i);
        }
    }
}

/* What the child does until it is killed. */
static void commit_for_ever(const char *path, int acknowledged)
{
    struct fault fault = {0};
    struct store *store = store_open(path, STORE_WRITER, &fault);
    uint64_t revision = 0;
    bool is_good = store && store_latest_revision(store, exercise.name, &revision, &fault);
    while (is_good) {
        is_good = commit_next(store, &revision, &fault) &&
                  write(acknowledged, &revision, sizeof revision) == sizeof revision;
    }
    dprintf(STDERR_FILENO, "the committing child stopped: %s\n", fault.message);
    _exit(1);
}

static void sleep_us(long duration_us)
{
    nanosleep(&(struct timespec){.tv_nsec = duration_us * 1000}, NULL);
}

/* The last revision that a child acknowledged before it was killed; 0 when it came to none. */
static uint64_t run_and_kill(const char *path, long life_us)
{
    int pipe_ends[2];
    ck_assert_int_eq(pipe(pipe_ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(pipe_ends[0]);
        tell_check_nothing(pipe_ends[1]);
        commit_for_ever(path, pipe_ends[1]);
    }
    close(pipe_ends[1]);
    sleep_us(life_us);
    kill(child, SIGKILL);
    uint64_t acknowledged = 0;
    uint64_t revision;
    while (read(pipe_ends[0], &revision, sizeof revision) == sizeof revision) {
        acknowledged = revision;
    }
    close(pipe_ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    return acknowledged;
}

static void check_whole(const char *path, enum store_mode mode, uint64_t acknowledged, unsigned *seed)
{
    struct fault fault = {0};
    struct store *store = open_good(path, mode);
    ck_assert_msg(store_check(store, &fault), "%s", fault.message);
    uint64_t latest = latest_of(store);
    ck_assert_uint_ge(latest, acknowledged);
    check_revision(store, latest);
    if (latest > 1) {
        check_revision(store, 1 + (uint64_t)rand_r(seed) % (latest - 1));
    }
    store_close(store);
}

START_TEST(what_was_acknowledged_is_there_after_kill_9)
{
    const char *wanted = getenv("PLOTTAFEL_KILL_ROUNDS");
    long rounds = wanted ? strtol(wanted, NULL, 10) : 20;
    unsigned seed = (unsigned)monotonic_now_us();
    printf("seed %u\n", seed);
    char *path = path_of("killed.gpkg");
    store_close(make_store(path));
    uint64_t acknowledged = 0;
    for (long i = 0; i < rounds; i++) {
        uint64_t last = run_and_kill(path, rand_r(&seed) % LONGEST_LIFE_US);
        acknowledged = last > acknowledged ? last : acknowledged;
        /* A reader must get over the dead writer's log as well as the next writer. */
        check_whole(path, i % 2 ? STORE_READER : STORE_WRITER, acknowledged, &seed);
    }
    printf("%ld kills, %llu acknowledged commits\n", rounds, (unsigned long long)acknowledged);
    ck_assert_uint_gt(acknowledged, 0);
    free(path);
}
END_TEST

START_TEST(a_store_whose_making_was_killed_is_made_by_the_next)
{
    unsigned seed = (unsigned)monotonic_now_us();
    printf("seed %u\n", seed);
    for (int i = 0; i < 10; i++) {
        char name[32];
        snprintf(name, sizeof name, "born%d.gpkg", i);
        char *path = path_of(name);
        pid_t child = fork();
        if (child == 0) {
            store_close(store_open(path, STORE_WRITER, NULL));
            for (;;) {
                pause();
            }
        }
        sleep_us(rand_r(&seed) % 20000);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        struct store *store = make_store(path);
        ck_assert_uint_eq(commit_point(store, "a", 1, 1), 1);
        store_close(store);
        free(path);
    }
}
END_TEST

/* Commits until the store refuses; false unless it does so as it should. */
static bool commit_until_full(struct store *store, uint64_t *revision)
{
    struct fault fault = {0};
    while (commit_next(store, revision, &fault)) {
        if (*revision > 100000) {
            return false;
        }
    }
    printf("revision %llu, then: %s\n", (unsigned long long)*revision, fault.message);
    return fault.code == FAULT_UNAVAILABLE;
}

START_TEST(a_file_that_may_not_grow_refuses_changes_and_keeps_what_it_has)
{
    char *path = path_of("limited.gpkg");
    struct store *store = make_store(path);
    struct rlimit before;
    struct fault fault = {0};
    uint64_t revision = 0;
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 300000, .rlim_max = before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool is_refused = commit_until_full(store, &revision);
    uint64_t acknowledged = revision;
    bool is_refused_again = commit_until_full(store, &revision);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert(is_refused);
    ck_assert(is_refused_again);
    ck_assert_uint_eq(latest_of(store), acknowledged);
    check_revision(store, acknowledged);
    ck_assert_msg(store_check(store, &fault), "%s", fault.message);
    ck_assert_msg(commit_next(store, &revision, &fault), "%s", fault.message);
    check_revision(store, acknowledged + 1);
    store_close(store);
    free(path);
}
END_TEST

enum { CHILD_GOOD = 0, CHILD_BAD = 1, CHILD_CANNOT = 77 };

static int complain(const char *words)
{
    printf("%s\n", words);
    fflush(stdout);
    return CHILD_BAD;
}

/* A disk of 1 MiB in a mount namespace of this process alone, so that it vanishes with it. */
static bool mount_small_disk(const char *folder)
{
    return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0;
}

/* Something to remove later on, so that there is space again. */
static bool write_ballast(const char *path)
{
    static const char bytes[65536];
    FILE *file = fopen(path, "w");
    bool is_good = file && fwrite(bytes, sizeof bytes, 1, file) == 1;
    return file && fclose(file) == 0 && is_good;
}

static int fill_store(struct store *store, const char *ballast)
{
    struct fault fault = {0};
    uint64_t revision = 0;
    uint64_t latest = 0;
    if (!store_put_plot(store, &exercise, &fault)) {
        return complain(fault.message);
    }
    if (!commit_until_full(store, &revision)) {
        return complain("the full disk was not named");
    }
    if (!store_check(store, &fault) || !store_latest_revision(store, exercise.name, &latest, &fault)) {
        return complain(fault.message);
    }
    if (latest != revision) {
        return complain("the latest revision is not the acknowledged one");
    }
    unlink(ballast);
    return commit_next(store, &revision, &fault) ? CHILD_GOOD : complain(fault.message);
}

static int fill_small_disk(const char *folder)
{
    if (!mount_small_disk(folder)) {
        return CHILD_CANNOT;
    }
    char path[512];
    char ballast[512];
    snprintf(path, sizeof path, "%s/full.gpkg", folder);
    snprintf(ballast, sizeof ballast, "%s/ballast", folder);
    struct fault fault = {0};
    struct store *store = write_ballast(ballast) ? store_open(path, STORE_WRITER, &fault) : NULL;
    if (!store) {
        return complain(fault.message);
    }
    int outcome = fill_store(store, ballast);
    store_close(store);
    return outcome;
}

START_TEST(a_full_disk_refuses_changes_and_takes_them_again_when_there_is_space)
{
    char *folder = path_of("disk");
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int outcome = fill_small_disk(folder);
        fflush(stdout);
        _exit(outcome);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) == CHILD_CANNOT) {
        test_skipped("a small disk can only be mounted as root");
    } else {
        ck_assert_int_eq(WEXITSTATUS(status), CHILD_GOOD);
    }
    free(folder);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("nothing lost");
    TCase *law = tcase_create("law 5");
    tcase_set_timeout(law, 600);
    tcase_add_test(law, what_was_acknowledged_is_there_after_kill_9);
    tcase_add_test(law, a_store_whose_making_was_killed_is_made_by_the_next);
    tcase_add_test(law, a_file_that_may_not_grow_refuses_changes_and_keeps_what_it_has);
    tcase_add_test(law, a_full_disk_refuses_changes_and_takes_them_again_when_there_is_space);
    suite_add_tcase(suite, law);
    return suite;
}
