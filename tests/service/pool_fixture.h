/* pool_fixture.h - for tests: a pool of fake workers (tests/support/fake_worker.c) and the log that they
 * write. */
#ifndef PLOTTAFEL_TESTS_SERVICE_POOL_FIXTURE_H
#define PLOTTAFEL_TESTS_SERVICE_POOL_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/worker/worker_pool.h"
#include "tests/support/runner.h"

static struct worker_pool *pool;
static char log_path[256];
static const char *command[3];

static inline void sleep_ms(int64_t time_ms)
{
    nanosleep(&(struct timespec){time_ms / 1000, time_ms % 1000 * 1000000}, NULL);
}

static inline void wait_ready(int count)
{
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (worker_pool_state(pool).ready < count && monotonic_now_ms() < until_ms) {
        sleep_ms(2);
    }
    ck_assert_int_eq(worker_pool_state(pool).ready, count);
}

/** What most tests want of a pool. */
static inline struct worker_pool_options usual_options(int workers)
{
    return (struct worker_pool_options){.worker_count = workers,
                                        .queue_length = 400,
                                        .long_queue_length = 4,
                                        .quarantine_ms = 60000,
                                        .start_ms = 5000};
}

/** Starts the pool with a log of its own and waits until its workers are ready. options: without the command.
 */
static inline void start_pool_of(struct worker_pool_options options)
{
    static int number;
    struct fault fault;
    snprintf(log_path, sizeof(log_path), "%s/pool-%d-%d", test_folder(), (int)getpid(), number++);
    command[0] = getenv("PLOTTAFEL_FAKE_WORKER");
    command[1] = log_path;
    ck_assert_ptr_nonnull(command[0]);
    options.command = command;
    pool = worker_pool_new(&options, &fault);
    ck_assert_msg(pool, "%s", fault.message);
    wait_ready(options.worker_count);
}

static inline void stop_pool(void)
{
    worker_pool_free(pool);
    pool = NULL;
}

/** How often a line stands in the log: an order that was begun, a district that was made. */
static inline int lines_of(const char *what)
{
    char line[600];
    int count = 0;
    FILE *file = fopen(log_path, "r");
    while (file && fgets(line, sizeof(line), file)) {
        line[strcspn(line, "\n")] = '\0';
        count += strcmp(line, what) == 0;
    }
    if (file) {
        fclose(file);
    }
    return count;
}

#endif
