/*
 * worker_pool_serve.c - what a worker says.
 *
 * A message is taken out of its reader under the lock. While a result is then read without it the worker may
 * be ended for its deadline, and even be another one: what it was sent for has another number then, and what
 * came of the earlier order is told to nobody.
 */
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>

#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/order.h"
#include "render/service/worker/worker_pool_internal.h"

/** The answer to the first ping. */
static void worker_is_ready(struct worker_pool *pool, struct pool_worker *worker,
                            const struct order_result *result)
{
    worker->state = WORKER_IDLE;
    worker->failures = 0;
    if (report_count(&result->report, REPORT_NO_RD_GRID) > 0 && pool->state.has_rd_grid) {
        pool->state.has_rd_grid = false;
        log_write(LOG_WARNING, "worker.rd_grid", "%s", result->report.items[0].sentence);
    }
}

static bool read_progress(const struct message *message, double *part)
{
    static const char start[] = "{\"progress\":"; /* so that a result is not read twice */
    struct json_reader reader;
    struct fault fault;
    if (strncmp(message->header, start, sizeof(start) - 1) != 0 ||
        !json_reader_open(&reader, "message", message->header, message->header_length, &fault)) {
        return false;
    }
    *part = json_read_double(&reader, "progress", 0, 1);
    return json_reader_close(&reader);
}

/** A result, or NULL when the worker does not speak as it should. */
static struct order_result *read_result(struct message *message)
{
    struct order_result *result = order_result_new();
    struct fault fault;
    if (!order_result_read(message->header, message->header_length, result, &fault)) {
        log_write(LOG_ERROR, "worker.message", "%s", fault.message);
        order_result_unref(result);
        return NULL;
    }
    result->bytes = message->payload;
    result->length = message->payload_length;
    message->payload = NULL;
    order_result_share_bytes(result);
    return result;
}

static void take_progress(struct worker_pool *pool, struct pool_worker *worker, double part)
{
    for (size_t i = 0; i < worker->job->asker_count; i++) {
        worker_pool_deliver_later(pool, worker->job->askers[i].asker, NULL, part);
    }
}

/** What it has of districts after its job. */
static void note_district(struct pool_worker *worker, const struct order_result *result)
{
    uint64_t district = worker->job->district;
    if (result->fault.code == FAULT_NONE) {
        worker_districts_made(&worker->districts, district, monotonic_now_ms());
    } else {
        worker_districts_failed(&worker->districts, district);
    }
    worker_districts_trim(&worker->districts, result->district_count);
}

/** Without the lock: there may be thousands of notes, and whoever asks for a tile would wait for them. */
static struct order_result *read_result_aside(struct worker_pool *pool, struct message *message)
{
    pthread_mutex_unlock(&pool->lock);
    struct order_result *result = read_result(message);
    pthread_mutex_lock(&pool->lock);
    return result;
}

static bool is_at_work(const struct pool_worker *worker)
{
    return worker->state == WORKER_STARTING || worker->state == WORKER_BUSY;
}

/** What it was sent for is there. */
static void take_result(struct worker_pool *pool, struct pool_worker *worker, struct order_result *result)
{
    if (worker->state == WORKER_STARTING) {
        worker_is_ready(pool, worker, result);
        return;
    }
    bool is_made = result->fault.code == FAULT_NONE; /* one that cannot be is told of much sooner */
    note_district(worker, result);
    worker_pool_note_map(pool, worker, is_made, monotonic_now_ms());
    worker_pool_finish_job(pool, worker->job, result);
    worker->job = NULL;
    worker->state = WORKER_IDLE;
}

/** The first words of one that comes of a nursery. */
static bool take_birth(struct worker_pool *pool, struct pool_worker *worker, const struct message *message)
{
    worker->process.pid = nursery_read_birth(message->header, message->header_length);
    worker->due_ms = monotonic_now_ms() + pool->options.start_ms;
    log_write(LOG_INFO, "worker.started", "worker %d", (int)worker->process.pid);
    return worker->process.pid > 0;
}

/** False when the worker cannot be used any longer. */
static bool take_message(struct worker_pool *pool, struct pool_worker *worker, struct message *message)
{
    double part;
    if (worker->process.pid == 0) {
        return take_birth(pool, worker, message);
    }
    if (worker->job && read_progress(message, &part)) {
        take_progress(pool, worker, part);
        return true;
    }
    struct hung_layer layer;
    if (worker->job && hung_layer_read(message, &layer)) {
        worker_pool_layer_hung(pool, worker, &layer, monotonic_now_ms());
        return true;
    }
    if (!is_at_work(worker)) {
        return false;
    }
    uint64_t errand = worker->errand;
    struct order_result *result = read_result_aside(pool, message);
    bool is_ended = !is_at_work(worker) || worker->errand != errand; /* meanwhile */
    bool is_understood = result != NULL;
    if (is_understood && !is_ended) {
        take_result(pool, worker, result);
    }
    order_result_unref(result);
    return is_understood || is_ended;
}

/** Reads all that is there. False when the worker cannot be used any longer; *progress says why. */
static bool read_messages(struct worker_pool *pool, struct pool_worker *worker,
                          enum message_progress *progress)
{
    struct message_reader *reader = &worker->process.reader;
    bool is_alive = true;
    do {
        struct message message = {0};
        *progress = message_reader_read(reader, worker->process.socket, &message);
        if (*progress == MESSAGE_WHOLE) {
            is_alive = take_message(pool, worker, &message);
            message_finish(&message);
        }
    } while (is_alive && *progress == MESSAGE_WHOLE && message_reader_has_more(reader));
    return is_alive && *progress <= MESSAGE_WHOLE;
}

void worker_pool_serve(struct worker_pool *pool, struct pool_worker *worker, uint32_t events, int64_t now_ms)
{
    if (worker->process.socket < 0) {
        return;
    }
    bool is_alive = true;
    if (events & EPOLLOUT) {
        is_alive = worker_process_flush(&worker->process);
        worker_pool_watch_sending(pool, worker);
    }
    enum message_progress progress = MESSAGE_MORE;
    if (is_alive && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        is_alive = read_messages(pool, worker, &progress);
    }
    if (!is_alive) {
        bool has_begun = !worker_process_is_sending(&worker->process) && progress != MESSAGE_ABANDONED;
        worker_pool_worker_died(pool, worker, has_begun, now_ms);
    }
}
