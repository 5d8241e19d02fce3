/*
 * worker.c - one order after the other from the socket. The first message out of it is the answer to a ping.
 *
 * While there is none it makes symbols ready, and then districts. That is done here and not once for all
 * workers before they are forked: the nursery would have to draw, with all the libraries that a fork cannot
 * share, and the first tile would wait for it.
 */
#include "render/service/worker/worker.h"

#include <inttypes.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/scheduling.h"
#include "render/service/config.h"
#include "render/service/worker/layer_watch.h"
#include "render/service/worker/message.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_runner.h"
#include "render/service/worker/program_pages.h"

#define HEADER_MOST_BYTES MESSAGE_HEADER_MAX_BYTES
#define MAPPED_BYTES (2 << 20)  /* what is larger goes back to the system as soon as it is freed */
#define TRIMMED_BYTES (4 << 20) /* so much free memory at the end of the heap, too */
#define SPARE_BYTES (128 << 20) /* free memory that is kept while nothing is to be done */
#define PREPARE_US 500          /* an order that comes meanwhile waits no longer than that */
#define QUIET_MS 50             /* without orders; then one may have to wait for a district */

static bool send_header(int socket, struct buffer *header, struct message message)
{
    struct fault fault;
    message.header = header->bytes;
    message.header_length = header->length;
    bool is_sent = !header->is_full && message_send(socket, &message, &fault);
    buffer_finish(header);
    return is_sent;
}

/** False (stop drawing) when the front is gone. */
static bool tell_progress(double part, void *context)
{
    struct buffer json;
    buffer_init(&json, 128);
    buffer_appendf(&json, "{\"progress\":%.4f}", part);
    return send_header(*(const int *)context, &json, (struct message){0});
}

static bool send_result(int socket, const struct order_result *result)
{
    struct buffer fields;
    buffer_init(&fields, HEADER_MOST_BYTES);
    order_result_write(result, &fields);
    return send_header(socket, &fields,
                       (struct message){.payload = result->bytes, .payload_length = result->length});
}

/** What serving needs. */
struct worker {
    const struct config *config;
    struct order_runner *runner;
    struct layer_watch *watch;
    int socket;
    struct message_reader reader;
    bool has_worked;     /* since it gave memory back */
    bool is_ready;       /* it has been quiet, */
    bool is_experienced; /* and after an order too: all libraries have been used */
};

/** The front ends this process and has the order carried out without the layer. */
static void tell_hung(const char *layer_id, int64_t waited_ms, void *context)
{
    struct worker *worker = context;
    struct buffer json;
    buffer_init(&json, HEADER_MOST_BYTES);
    buffer_append_text(&json, "{\"hung\":");
    buffer_append_json(&json, layer_id);
    buffer_appendf(&json, ",\"hung_ms\":%" PRId64 "}", waited_ms);
    send_header(worker->socket, &json, (struct message){0});
}

static struct order_result *run_message(struct worker *worker, struct message *message)
{
    struct order order;
    struct fault fault;
    if (!order_read(message->header, message->header_length, &order, &fault)) {
        return order_result_of_fault(&fault);
    }
    order.payload = message->payload;
    order.payload_length = message->payload_length;
    struct order_progress progress = {tell_progress, &worker->socket};
    layer_watch_begin(worker->watch, worker->config, &order);
    return order_runner_run(worker->runner, &order, &progress);
}

static bool has_message(const struct worker *worker, int wait_ms)
{
    struct pollfd wait = {.fd = worker->socket, .events = POLLIN};
    return message_reader_has_more(&worker->reader) || poll(&wait, 1, wait_ms) != 0;
}

/** Large districts that are gone leave holes in the heap, libraries that are set up pages that nobody needs.
 */
static void give_back(struct worker *worker)
{
    if (!worker->is_ready || (worker->has_worked && !worker->is_experienced)) {
        program_pages_give_back();
    }
    worker->is_ready = true;
    worker->is_experienced = worker->is_experienced || worker->has_worked;
    if (worker->has_worked && mallinfo2().fordblks > SPARE_BYTES) {
        memory_give_back();
    }
    worker->has_worked = false;
}

/** Until there is an order, or all is ready. */
static void prepare(struct worker *worker)
{
    bool has_more = true;
    while (has_more && !has_message(worker, 0)) {
        has_more = order_runner_prepare(worker->runner, PREPARE_US);
    }
    bool is_quiet = !has_message(worker, QUIET_MS);
    has_more = is_quiet;
    while (has_more && !has_message(worker, 0)) {
        has_more = order_runner_prepare_district(worker->runner);
    }
    if (is_quiet && !has_message(worker, 0)) {
        give_back(worker);
    }
}

static bool serve_one(struct worker *worker)
{
    struct message message = {0};
    struct fault fault;
    prepare(worker);
    if (!message_receive(&worker->reader, worker->socket, &message, &fault)) {
        return false;
    }
    struct order_result *result = run_message(worker, &message);
    worker->has_worked = true;
    bool is_sent = send_result(worker->socket, result);
    order_result_unref(result);
    message_finish(&message);
    return is_sent;
}

void worker_settle_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
    mallopt(M_TRIM_THRESHOLD, TRIMMED_BYTES);
}

/** Ends with its parent, and before it takes all memory. A sanitizer needs its address space to itself. */
static void limit_process(const struct config *config)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit limit = {(rlim_t)config->service.worker_memory_bytes,
                           (rlim_t)config->service.worker_memory_bytes};
    if (limit.rlim_cur > 0 && setrlimit(RLIMIT_AS, &limit) != 0) {
        log_write(LOG_WARNING, "worker.limit", "the memory of a worker could not be limited");
    }
#endif
    scheduling_yield(); /* what is cached goes out first */
    worker_settle_memory();
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* both go to the whole group, but the front decides when workers end */
    signal(SIGTERM, SIG_IGN);
}

int worker_run(const struct config *config, struct plot_shelf *shelf, int socket)
{
    struct fault fault;
    limit_process(config);
    struct order_runner *runner = order_runner_new_with(config, shelf, &fault);
    if (!runner) {
        log_write(LOG_ERROR, "worker.start", "%s", fault.message);
        return EXIT_FAILURE;
    }
    struct worker worker = {.config = config, .runner = runner, .socket = socket};
    order_runner_count_features(runner); /* they are told in a header */
    message_reader_init(&worker.reader);
    worker.watch = layer_watch_new(tell_hung, &worker);
    order_runner_listen(runner, layer_watch_listener(worker.watch));
    while (serve_one(&worker)) {
    }
    message_reader_finish(&worker.reader);
    order_runner_free(runner);
    layer_watch_free(worker.watch);
    return EXIT_SUCCESS;
}
