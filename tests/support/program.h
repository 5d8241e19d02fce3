/*
 * program.h - the real program, run to its end in a folder of its own, with all that it said.
 *
 * Included by one file of a program. PLOTTAFEL_PROGRAM says where the binary is.
 */
#ifndef TESTS_SUPPORT_PROGRAM_H
#define TESTS_SUPPORT_PROGRAM_H

#include <check.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "tests/support/runner.h"

struct program_result {
    int status; /* of its exit; -1: a signal ended it */
    char *out;  /* owned */
    size_t out_length;
    char *err; /* owned */
};

static inline char *program_path(const char *folder, const char *name)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", folder, name), 0);
    return path;
}

static inline void program_write(const char *folder, const char *name, const char *text)
{
    struct fault fault = {0};
    char *path = program_path(folder, name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    free(path);
}

/** Owned by the caller. */
static inline char *program_read(const char *folder, const char *name, size_t *length)
{
    struct fault fault = {0};
    char *path = program_path(folder, name);
    char *bytes = file_read(path, 64u << 20, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    free(path);
    return bytes;
}

static inline bool program_has(const char *folder, const char *name)
{
    char *path = program_path(folder, name);
    bool is_there = file_exists(path);
    free(path);
    return is_there;
}

/** Starts it in the folder, with what it says in the files .out and .err there. arguments end with NULL. */
static inline pid_t program_start(const char *folder, const char *const arguments[])
{
    const char *program = getenv("PLOTTAFEL_PROGRAM");
    const char *words[40] = {program};
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    ck_assert_ptr_nonnull(program);
    for (int i = 0; arguments[i]; i++) {
        ck_assert_int_lt(i, 38);
        words[i + 1] = arguments[i];
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, ".out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, ".err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_eq(posix_spawn(&pid, program, &actions, NULL, (char *const *)words, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static inline struct program_result program_wait(const char *folder, pid_t pid)
{
    int status = 0;
    size_t length;
    struct program_result result = {0};
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.out = program_read(folder, ".out", &result.out_length);
    result.err = program_read(folder, ".err", &length);
    return result;
}

static inline void program_finish(struct program_result *result)
{
    free(result->out);
    free(result->err);
}

#define PROGRAM_RUN(folder, ...)                                                                             \
    program_wait(folder, program_start(folder, (const char *const[]){__VA_ARGS__, NULL}))

/** Runs it, expects the status, and forgets what it said. */
#define PROGRAM_EXPECT(expected, folder, ...)                                                                \
    do {                                                                                                     \
        struct program_result result_ = PROGRAM_RUN(folder, __VA_ARGS__);                                    \
        ck_assert_msg(result_.status == (expected), "status %d: %s", result_.status, result_.err);           \
        program_finish(&result_);                                                                            \
    } while (0)

#define ck_assert_holds(text, words) ck_assert_msg(strstr(text, words) != NULL, "no '%s' in: %s", words, text)

static inline size_t program_count(const char *text, const char *words)
{
    size_t count = 0;
    for (const char *found = strstr(text, words); found; found = strstr(found + 1, words)) {
        count++;
    }
    return count;
}

/** A folder with a small land layer, a map of it and a plot, and the plot's features as plot.geojson. */
static inline const char *program_folder(void)
{
    static char folder[300];
    static int number;
    snprintf(folder, sizeof(folder), "%s/program-%d-%d", test_folder(), (int)getpid(), number++);
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    program_write(
        folder, "land.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\n"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4.3,51.6],[4.6,51.6],[4.7,51.8],[4.3,51.8],"
        "[4.3,51.6]]]}}]}\n");
    program_write(folder, "catalogue.yaml",
                  "layers:\n"
                  "  - id: land\n"
                  "    title: Land\n"
                  "    kind: vector\n"
                  "    driver: GeoJSON\n"
                  "    path: land.geojson\n"
                  "    credit: Test, 2026\n"
                  "    style: {rules: [{fill: \"#F7F4EC\"}]}\n");
    program_write(folder, "maps.yaml",
                  "maps:\n"
                  "  - id: situation\n"
                  "    title: Situatie\n"
                  "    extent: [4.4, 51.6, 4.8, 51.8]\n"
                  "    background: \"#D3E4EF\"\n"
                  "    items: [{layer: land}, {plot: exercise}]\n");
    program_write(folder, "plottafel.yaml",
                  "store: plots.gpkg\n"
                  "catalogue: catalogue.yaml\n"
                  "maps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening, activity: OEF-1, exercise: true}]\n"
                  "service: {port: 0, workers: 2, writers: open}\n");
    program_write(
        folder, "plot.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"id\":\"inc-1\",\"properties\":{\"symbol\":\"nl@1/inc.gevstof;tr=verified\","
        "\"texts\":{\"n\":\"Brand; 100 %\",\"t\":\"09:10\"},\"owner\":\"Brandweer\","
        "\"validFrom\":\"2026-10-08T09:10:00+02:00\"},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.5835,51.6882]}},\n"
        "{\"type\":\"Feature\",\"id\":\"ugs-1\",\"properties\":{\"symbol\":\"nl@1/"
        "bw.ugs;st=planned\",\"owner\":"
        "\"Brandweer\",\"validFrom\":\"2026-10-08T09:30:00+02:00\",\"validTo\":\"2026-10-08T13:00:00+02:00\"}"
        ","
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.61,51.70]}}\n"
        "]}\n");
    return folder;
}

#endif
