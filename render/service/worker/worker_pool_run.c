/*
 * worker_pool_run.c - one thread waits for all sockets with epoll and for the next thing that is due.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/order.h"
#include "render/service/worker/quarantine.h"
#include "render/service/worker/worker_pool_internal.h"

#define GRAVE_POLL_MS 20
#define BIRTHS_TRIED 2 /* then a worker is started by itself */
#define RETRY_LEAST_MS 100
#define RETRY_MOST_MS 4000
#define KILLS_ALLOWED 2

/** An order that did not fit into the socket at once is waited for, too. */
static void watch_sending(struct worker_pool *pool, struct pool_worker *worker)
{
    bool is_sending = worker_process_is_sending(&worker->process);
    if (is_sending != worker->is_sending_watched) {
        worker->is_sending_watched = is_sending;
        worker_pool_watch(pool, worker, EPOLL_CTL_MOD);
    }
}

static void bury(struct worker_pool *pool, pid_t pid)
{
    if (pid > 0 && waitpid(pid, NULL, WNOHANG) == 0 && pool->grave_count < GRAVE_MAX) {
        pool->graves[pool->grave_count++] = pid;
    }
}

static void visit_graves(struct worker_pool *pool)
{
    for (size_t i = 0; i < pool->grave_count;) {
        if (waitpid(pool->graves[i], NULL, WNOHANG) != 0) {
            pool->graves[i] = pool->graves[--pool->grave_count];
        } else {
            i++;
        }
    }
}

/** A worker whose start failed waits longer each time; one that had worked is started at once. */
static void plan_start(struct pool_worker *worker, int64_t now_ms)
{
    int64_t wait_ms = 0;
    if (worker->failures > 0) {
        int doublings = worker->failures > 6 ? 6 : worker->failures - 1;
        wait_ms = (int64_t)RETRY_LEAST_MS << doublings;
        wait_ms = wait_ms > RETRY_MOST_MS ? RETRY_MOST_MS : wait_ms;
    }
    worker->state = WORKER_DOWN;
    worker->due_ms = now_ms + wait_ms;
}

static void put_down(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    bury(pool, worker_process_kill(&worker->process));
    worker->failures += worker->state == WORKER_STARTING;
    worker->job = NULL;
    worker->districts = (struct worker_districts){0};
    pool->state.restarts++;
    plan_start(worker, now_ms);
}

/** What becomes of the job of a worker that died with it. It is tried once more, unless it broke another
 * before. */
static void rescue_job(struct worker_pool *pool, struct job *job, bool has_begun, int64_t now_ms)
{
    int kills = has_begun ? quarantine_add(pool->quarantine, job->key, now_ms) : 0;
    job->kills += has_begun;
    if (job->asker_count == 0) {
        worker_pool_finish_job(pool, job, NULL);
    } else if (job->kills >= KILLS_ALLOWED || kills >= KILLS_ALLOWED) {
        worker_pool_fail_job(pool, job, FAULT_LIMIT,
                             "this picture broke two workers and is not tried again for some minutes");
    } else if (job->deadline_ms <= now_ms) {
        worker_pool_fail_job(pool, job, FAULT_DEADLINE,
                             "the worker that drew this ended, and there is no time to try again");
    } else {
        job_queue_prepend(worker_pool_queue_of(pool, &job->order), job);
    }
}

/** The worker died, by itself or from outside. has_begun: it had read its order, which may have been why. */
static void worker_died(struct worker_pool *pool, struct pool_worker *worker, bool has_begun, int64_t now_ms)
{
    struct job *job = worker->job;
    log_write(LOG_WARNING, "worker.died", "worker %d ended while %s", (int)worker->process.pid,
              job                                ? order_kind_name(job->order.kind)
              : worker->state == WORKER_STARTING ? "starting"
                                                 : "idle");
    put_down(pool, worker, now_ms);
    if (job) {
        rescue_job(pool, job, has_begun, now_ms);
    }
}

/** A layer keeps the worker from its order: another one carries it out without the layer, if there is time.
 */
static void layer_hung(struct worker_pool *pool, struct pool_worker *worker, const struct hung_layer *layer,
                       int64_t now_ms)
{
    struct job *job = worker->job;
    struct fault fault;
    order_hung_fault(layer->id, layer->waited_ms, &fault);
    log_write(LOG_WARNING, "layer.hung", "%s: worker %d is ended, and the layer left out for some seconds",
              fault.message, (int)worker->process.pid);
    hung_layers_note(&pool->hung, layer, now_ms);
    put_down(pool, worker, now_ms);
    pool->state.killed++;
    if (job->asker_count == 0) {
        worker_pool_finish_job(pool, job, NULL);
    } else if (job->deadline_ms <= now_ms) {
        worker_pool_fail_job(pool, job, fault.code, fault.message);
    } else {
        job_queue_prepend(worker_pool_queue_of(pool, &job->order), job);
    }
}

/** The worker took too long. */
static void kill_overdue(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    struct job *job = worker->job;
    bool has_begun = worker_process_has_read_all(&worker->process);
    bool is_unborn = worker->process.pid == 0;
    bool is_unwanted = job && job->asker_count == 0;
    log_write(is_unwanted ? LOG_INFO : LOG_WARNING, "worker.killed", "worker %d %s %s",
              (int)worker->process.pid,
              is_unwanted ? "made what nobody wants any more:" : "took too long with",
              job ? order_kind_name(job->order.kind) : "its start");
    if (is_unborn) {
        worker->failures = BIRTHS_TRIED;
        nursery_overdue(pool->options.nursery);
    }
    if (!is_unwanted) {
        worker_pool_note_map(pool, worker, now_ms);
    }
    put_down(pool, worker, now_ms);
    pool->state.killed += !is_unwanted;
    if (!job) {
        return;
    }
    if (is_unwanted) {
        worker_pool_finish_job(pool, job, NULL);
        return;
    }
    if (has_begun) {
        quarantine_add(pool->quarantine, job->key, now_ms);
    }
    worker_pool_fail_job(pool, job, FAULT_DEADLINE, "drawing this took longer than it may");
}

/** @param left_ms how much time there is for it; 0: nobody waits */
static void send_order(struct worker_pool *pool, struct pool_worker *worker, const struct order *order,
                       int64_t left_ms)
{
    struct buffer header;
    struct order told = *order; /* the payload is borrowed */
    buffer_init(&header, MESSAGE_HEADER_MAX_BYTES);
    told.hung.left_ms = left_ms < INT32_MAX ? left_ms : INT32_MAX;
    hung_layers_tell(&pool->hung, monotonic_now_ms(), &told.hung);
    order_write(&told, &header);
    worker_process_send(&worker->process, &header, order->payload, order->payload_length);
    buffer_finish(&header);
    worker_process_flush(&worker->process); /* a worker that is gone shows itself in epoll */
}

static void start_worker(struct worker_pool *pool, struct pool_worker *worker, int64_t now_ms)
{
    struct fault fault;
    struct nursery *nursery = pool->options.nursery;
    bool is_asked =
        nursery && worker->failures < BIRTHS_TRIED && worker_process_ask(&worker->process, nursery);
    if (!is_asked && !worker_process_start(&worker->process, pool->options.command, &fault)) {
        log_write(LOG_ERROR, "worker.start", "%s", fault.message);
        worker->failures++;
        plan_start(worker, now_ms);
        return;
    }
    struct order ping;
    order_init(&ping, ORDER_PING);
    ping.post = (struct order_post){(int)(worker - pool->workers), pool->options.worker_count};
    worker->state = WORKER_STARTING;
    worker->due_ms = now_ms + pool->options.start_ms;
    send_order(pool, worker, &ping, 0);
    worker->is_sending_watched = worker_process_is_sending(&worker->process);
    worker->listener = 0;
    worker_pool_watch(pool, worker, EPOLL_CTL_ADD);
    if (!is_asked) {
        log_write(LOG_INFO, "worker.started", "worker %d", (int)worker->process.pid);
    }
}

static void assign(struct worker_pool *pool, struct pool_worker *worker, struct job *job, int64_t now_ms)
{
    worker->state = WORKER_BUSY;
    worker->job = job;
    worker->begun_ms = now_ms;
    worker->due_ms = job->deadline_ms;
    if (job->district != 0) {
        worker_districts_begin(&worker->districts, job->district, now_ms);
    }
    pool->state.runs++;
    worker_pool_listen_for(pool, worker, job);
    send_order(pool, worker, &job->order, job->deadline_ms > now_ms ? job->deadline_ms - now_ms : 1);
    watch_sending(pool, worker);
}

void worker_pool_assign(struct worker_pool *pool, int64_t now_ms)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        struct job *job = worker->state == WORKER_IDLE ? worker_pool_take_job(pool, worker, now_ms) : NULL;
        if (job) {
            assign(pool, worker, job, now_ms);
        }
    }
}

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
        layer_hung(pool, worker, &layer, monotonic_now_ms());
        return true;
    }
    bool is_expected = worker->state == WORKER_STARTING || worker->state == WORKER_BUSY;
    struct order_result *result = is_expected ? read_result(message) : NULL;
    if (!result) {
        return false;
    }
    if (worker->state == WORKER_STARTING) {
        worker_is_ready(pool, worker, result);
    } else {
        note_district(worker, result);
        worker_pool_note_map(pool, worker, monotonic_now_ms());
        worker_pool_finish_job(pool, worker->job, result);
        worker->job = NULL;
        worker->state = WORKER_IDLE;
    }
    order_result_unref(result);
    return true;
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
        watch_sending(pool, worker);
    }
    enum message_progress progress = MESSAGE_MORE;
    if (is_alive && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        is_alive = read_messages(pool, worker, &progress);
    }
    if (!is_alive) {
        bool has_begun = !worker_process_is_sending(&worker->process) && progress != MESSAGE_ABANDONED;
        worker_died(pool, worker, has_begun, now_ms);
    }
}

static void expire_queue(struct worker_pool *pool, struct job_queue *queue, int64_t now_ms)
{
    struct job *job;
    while ((job = job_queue_take_expired(queue, now_ms))) {
        worker_pool_fail_job(pool, job, FAULT_DEADLINE, "no worker had time for this");
    }
}

/** Nothing is due for that: a thread that woke for each tile once more would keep workers from drawing. */
void worker_pool_forget_finished(struct worker_pool *pool, int64_t now_ms)
{
    while (pool->finished.first && pool->finished.first->forget_ms <= now_ms) {
        worker_pool_forget_job(pool, job_queue_take_first(&pool->finished));
    }
}

/** Does what is due: starts, kills, expires, forgets. */
static void keep_time(struct worker_pool *pool, int64_t now_ms)
{
    for (int i = 0; i < pool->options.worker_count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        bool is_due = worker->state != WORKER_IDLE && worker->due_ms <= now_ms;
        if (is_due && worker->state != WORKER_DOWN) {
            kill_overdue(pool, worker, now_ms);
        }
        if (worker->state == WORKER_DOWN && worker->due_ms <= now_ms) {
            start_worker(pool, worker, now_ms);
        }
    }
    expire_queue(pool, &pool->urgent, now_ms);
    expire_queue(pool, &pool->pictures, now_ms);
    expire_queue(pool, &pool->longs, now_ms);
    expire_queue(pool, &pool->maps, now_ms);
    worker_pool_forget_finished(pool, now_ms);
    visit_graves(pool);
    if (pool->options.nursery) {
        nursery_look_after(pool->options.nursery);
    }
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int wait_ms(struct worker_pool *pool, int64_t now_ms)
{
    int64_t due_ms = now_ms + (pool->grave_count > 0 ? GRAVE_POLL_MS : WORKER_POOL_WAIT_MS);
    for (int i = 0; i < pool->options.worker_count; i++) {
        const struct pool_worker *worker = &pool->workers[i];
        due_ms = worker->state == WORKER_IDLE ? due_ms : earlier(due_ms, worker->due_ms);
    }
    due_ms = earlier(due_ms, worker_pool_choice_ms(pool));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->urgent));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->pictures));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->longs));
    due_ms = earlier(due_ms, job_queue_deadline(&pool->maps));
    return due_ms <= now_ms ? 0 : (int)(due_ms - now_ms);
}

static void turn(struct worker_pool *pool, const struct epoll_event *events, int count)
{
    int64_t now_ms = monotonic_now_ms();
    for (int i = 0; i < count; i++) {
        uint32_t index = (uint32_t)events[i].data.u64;
        uint64_t wakes;
        if (index == WAKE_EVENT) {
            ssize_t got = read(pool->wake, &wakes, sizeof(wakes));
            (void)got; /* how often it was woken does not matter */
        } else {
            worker_pool_serve(pool, &pool->workers[index], events[i].events, now_ms);
        }
    }
    keep_time(pool, now_ms);
    worker_pool_assign(pool, now_ms);
}

void *worker_pool_run(void *context)
{
    struct worker_pool *pool = context;
    struct epoll_event events[16];
    pthread_mutex_lock(&pool->lock);
    turn(pool, NULL, 0);
    while (!pool->is_stopping) {
        int timeout_ms = wait_ms(pool, monotonic_now_ms());
        pthread_mutex_unlock(&pool->lock);
        int count = epoll_wait(pool->epolls[0], events, 16, timeout_ms);
        pthread_mutex_lock(&pool->lock);
        turn(pool, events, count < 0 ? 0 : count);
        struct delivery *deliveries = worker_pool_take_deliveries(pool);
        pthread_mutex_unlock(&pool->lock);
        worker_pool_deliver(deliveries);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}
