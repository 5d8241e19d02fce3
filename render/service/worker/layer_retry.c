/*
 * layer_retry.c - exec() ends the thread that hangs and all it holds. What is left out goes on by a variable
 * of the environment, so the words of the command stay what the user wrote.
 */
#include "render/service/worker/layer_retry.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/service/worker/layer_watch.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_runner.h"

#define VARIABLE "PLOTTAFEL_HUNG_LAYERS" /* "5000 rivers sea": ms, then the layers */
#define WORDS_MOST_BYTES (1u << 20)

/** What earlier tries found out. */
static void read_variable(struct order_hung *hung)
{
    const char *text = getenv(VARIABLE);
    char *layers = NULL;
    long waited_ms = text ? strtol(text, &layers, 10) : 0;
    char id[sizeof(hung->layers)];
    for (const char *next = layers; next && *next; next += strcspn(next, " ")) {
        next += strspn(next, " ");
        snprintf(id, sizeof(id), "%.*s", (int)strcspn(next, " "), next);
        order_hung_add(hung, id, waited_ms);
    }
}

/** The words of this process, NULL at the end; bytes holds them. NULL: they cannot be read. */
static char **own_words(char *bytes, size_t length)
{
    size_t count = 0;
    char **words = memory_new(length + 1, sizeof(*words));
    for (size_t at = 0; at < length; at += strlen(bytes + at) + 1) {
        words[count++] = bytes + at;
    }
    return words;
}

/** The watch's thread has all signals blocked, and a program that is begun by it would have them, too. */
static void let_signals_in(void)
{
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}

/** In the watch's thread. */
static void begin_again(const char *layer_id, int64_t waited_ms, void *context)
{
    struct order_hung *hung = context;
    struct fault fault;
    size_t length = 0;
    char variable[sizeof(hung->layers) + 40];
    order_hung_fault(layer_id, waited_ms, &fault);
    char *bytes = file_read("/proc/self/cmdline", WORDS_MOST_BYTES, &length, NULL);
    if (bytes && order_hung_add(hung, layer_id, waited_ms)) {
        snprintf(variable, sizeof(variable), "%" PRId64 " %s", waited_ms, hung->layers);
        setenv(VARIABLE, variable, 1);
        let_signals_in();
        execv("/proc/self/exe", own_words(bytes, length));
    }
    fprintf(stderr, "plottafel: %s\n", fault.message);
    _exit(EXIT_FAILURE);
}

struct order_result *layer_retry_run(const struct config *config, struct order_runner *runner,
                                     const struct order *order, const struct order_progress *progress)
{
    struct order told = *order; /* the payload is borrowed */
    read_variable(&told.hung);
    struct layer_watch *watch = layer_watch_new(begin_again, &told.hung);
    layer_watch_begin(watch, config, order);
    order_runner_listen(runner, layer_watch_listener(watch));
    struct order_result *result = order_runner_run(runner, &told, progress);
    order_runner_listen(runner, NULL);
    layer_watch_free(watch);
    return result;
}
