/*
 * nursery.c - one socket to the process; a request is one byte with the worker's socket beside it.
 *
 * A nursery that dies again and again is started ever more slowly. Until then there is none: whoever asks
 * starts a worker that reads everything itself.
 */
#include "render/service/worker/nursery.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/nursery_run.h"
#include "render/service/worker/worker.h"
#include "render/service/worker/worker_process.h"

#define RETRY_LEAST_MS 1000
#define RETRY_MOST_MS 60000
#define READ_MS 120000 /* it may read so long before a worker comes */
#define LOOK_MS 20
#define LONG_LIFE_MS 60000 /* who lived so long did not die of its start */

struct nursery {
    const char *const *command;
    pthread_mutex_t lock; /* for what follows */
    pid_t pid;            /* 0: there is none */
    int socket;           /* -1: there is none */
    int64_t started_ms;
    int64_t due_ms;    /* not to be started before */
    int64_t looked_ms; /* when it was last looked after */
    int deaths;        /* in a row, each soon after the start */
};

static void start(struct nursery *nursery, int64_t now_ms)
{
    struct fault fault;
    nursery->started_ms = now_ms;
    if (!worker_process_spawn(nursery->command, &nursery->pid, &nursery->socket, &fault)) {
        log_write(LOG_ERROR, "nursery.start", "%s", fault.message);
        nursery->due_ms = now_ms + RETRY_MOST_MS;
        return;
    }
    log_write(LOG_INFO, "nursery.started", "nursery %d", (int)nursery->pid);
}

/** It is dead and waited for. */
static void forget(struct nursery *nursery, int64_t now_ms)
{
    bool was_short = now_ms - nursery->started_ms < LONG_LIFE_MS;
    int64_t wait_ms = nursery->deaths > 0 ? (int64_t)RETRY_LEAST_MS << (nursery->deaths - 1) : 0;
    log_write(LOG_WARNING, "nursery.died", "nursery %d ended", (int)nursery->pid);
    nursery->deaths = was_short ? nursery->deaths + (nursery->deaths < 10) : 1;
    nursery->due_ms = now_ms + (!was_short ? 0 : wait_ms < RETRY_MOST_MS ? wait_ms : RETRY_MOST_MS);
    close(nursery->socket);
    nursery->socket = -1;
    nursery->pid = 0;
}

static void end(struct nursery *nursery, int64_t now_ms)
{
    if (nursery->pid > 0) {
        kill(nursery->pid, SIGKILL);
        waitpid(nursery->pid, NULL, 0);
        forget(nursery, now_ms);
    }
}

static void look_after(struct nursery *nursery, int64_t now_ms)
{
    if (nursery->pid > 0 && waitpid(nursery->pid, NULL, WNOHANG) != 0) {
        forget(nursery, now_ms);
    }
    if (nursery->pid == 0 && now_ms >= nursery->due_ms) {
        start(nursery, now_ms);
    }
}

static struct nursery *prepare(const char *const *command)
{
    struct nursery *nursery = memory_new(1, sizeof(*nursery));
    nursery->command = command;
    nursery->socket = -1;
    pthread_mutex_init(&nursery->lock, NULL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    return nursery;
}

struct nursery *nursery_new(const char *const *command)
{
    struct nursery *nursery = prepare(command);
    start(nursery, monotonic_now_ms());
    return nursery;
}

/** What the fork does: it has nothing of this process but its memory, its output and one socket. */
static void live(const struct config *config, struct plot_shelf *shelf, int socket)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(socket, WORKER_SOCKET);
    close_range(WORKER_SOCKET + 1, UINT_MAX, 0);
    _exit(nursery_run(config, shelf, WORKER_SOCKET));
}

struct nursery *nursery_fork(const char *const *command, const struct config *config,
                             struct plot_shelf *shelf)
{
    int pair[2];
    struct nursery *nursery = prepare(command);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return nursery; /* it is started when somebody asks for a worker */
    }
    nursery->started_ms = monotonic_now_ms();
    nursery->pid = fork();
    if (nursery->pid == 0) {
        close(pair[0]);
        live(config, shelf, pair[1]);
    }
    close(pair[1]);
    nursery->socket = pair[0];
    if (nursery->pid < 0) {
        close(pair[0]);
        nursery->socket = -1;
        nursery->pid = 0;
        return nursery;
    }
    log_write(LOG_INFO, "nursery.started", "nursery %d", (int)nursery->pid);
    return nursery;
}

void nursery_free(struct nursery *nursery)
{
    if (!nursery) {
        return;
    }
    if (nursery->pid > 0) {
        kill(nursery->pid, SIGKILL);
        waitpid(nursery->pid, NULL, 0);
        close(nursery->socket);
    }
    pthread_mutex_destroy(&nursery->lock);
    free(nursery);
}

static bool send_socket(int to, int socket)
{
    char byte = 0;
    struct iovec part = {&byte, 1};
    union {
        struct cmsghdr header; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &socket, sizeof(int));
    return sendmsg(to, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

/** One that is just dying still takes the request, or does not: in both cases there is soon another. */
bool nursery_ask(struct nursery *nursery, int socket)
{
    pthread_mutex_lock(&nursery->lock);
    int64_t now_ms = monotonic_now_ms();
    look_after(nursery, now_ms);
    bool is_asked = nursery->pid > 0 && send_socket(nursery->socket, socket);
    if (nursery->pid > 0 && !is_asked) {
        end(nursery, now_ms);
        look_after(nursery, now_ms);
        is_asked = nursery->pid > 0 && send_socket(nursery->socket, socket);
    }
    pthread_mutex_unlock(&nursery->lock);
    return is_asked;
}

/** Who waits for workers asks after each of their words: it need not be so often. */
void nursery_look_after(struct nursery *nursery)
{
    int64_t now_ms = monotonic_now_ms();
    pthread_mutex_lock(&nursery->lock);
    if (now_ms - nursery->looked_ms >= LOOK_MS) {
        nursery->looked_ms = now_ms;
        look_after(nursery, now_ms);
    }
    pthread_mutex_unlock(&nursery->lock);
}

void nursery_overdue(struct nursery *nursery)
{
    int64_t now_ms = monotonic_now_ms();
    pthread_mutex_lock(&nursery->lock);
    if (now_ms - nursery->started_ms > READ_MS) {
        end(nursery, now_ms);
    }
    look_after(nursery, now_ms);
    pthread_mutex_unlock(&nursery->lock);
}

pid_t nursery_read_birth(const char *header, size_t length)
{
    struct json_reader reader;
    struct fault fault;
    if (!json_reader_open(&reader, "birth", header, length, &fault)) {
        return 0;
    }
    pid_t pid = (pid_t)json_read_integer(&reader, "born", 1, INT32_MAX);
    bool is_child = json_reader_close(&reader) && waitpid(pid, NULL, WNOHANG) == 0;
    return is_child ? pid : 0;
}
