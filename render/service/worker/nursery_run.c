/*
 * nursery_run.c - reads and forks. Nothing of GDAL, PROJ, the fonts or SQLite is open or has a thread when it
 * forks: only our own memory goes on to the workers.
 *
 * A worker is a grandchild: its parent ends at once, and the front, which takes in what lost its parent, is
 * its parent from then on. So the front waits for it and kills it as if it had started it, it does not die
 * with the nursery, and it does with the front.
 */
#include "render/service/worker/nursery_run.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "render/service/config.h"
#include "render/service/worker/message.h"
#include "render/service/worker/plot_shelf.h"
#include "render/service/worker/worker.h"

#define BIRTH_MOST_BYTES 64
#define WAIT_NS 50000

/** Brings a plot up to what is in the store. Without one the workers will see for themselves. */
static void follow_plot(struct plot_shelf *shelf, const char *name)
{
    struct fault fault;
    struct plot *plot = plot_shelf_get(shelf, name, 0, &fault);
    if (plot) {
        plot_make_index(plot);
    }
    plot_unref(plot);
}

void nursery_read(const struct config *config, struct plot_shelf *shelf)
{
    for (size_t i = 0; i < config->plot_count; i++) {
        follow_plot(shelf, config->plots[i].name);
    }
    plot_shelf_close_store(shelf);
    memory_give_back();
}

/** Waits for a request. The worker's socket, or -1 when nobody is there any more. */
static int receive_socket(int socket)
{
    char byte;
    struct iovec part = {&byte, 1};
    union {
        struct cmsghdr header; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    ssize_t received;
    do {
        received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (received < 0 && errno == EINTR);
    struct cmsghdr *head = received == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(sizeof(int))) {
        return -1;
    }
    int worker_socket;
    memcpy(&worker_socket, CMSG_DATA(head), sizeof(int));
    return worker_socket;
}

/** Tells the front who its worker is. False: nobody wants it any more. */
static bool tell_birth(int socket)
{
    struct buffer json;
    struct fault fault;
    buffer_init(&json, BIRTH_MOST_BYTES);
    buffer_appendf(&json, "{\"born\":%d}", (int)getpid());
    bool is_told =
        message_send(socket, &(struct message){.header = json.bytes, .header_length = json.length}, &fault);
    buffer_finish(&json);
    return is_told;
}

/** What the new process does: it waits until the front is its parent. */
static int live(const struct config *config, struct plot_shelf *shelf, int socket, pid_t parent, pid_t front)
{
    while (getppid() == parent) {
        nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    }
    prctl(PR_SET_NAME, "plottafel-work");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != front || !tell_birth(socket)) {
        plot_shelf_free(shelf);
        return EXIT_SUCCESS;
    }
    return worker_run(config, shelf, socket);
}

/** False in the worker that came of it, when it has ended with *status. */
static bool give_birth(const struct config *config, struct plot_shelf *shelf, int socket, pid_t front,
                       int *status)
{
    pid_t parent = fork();
    if (parent > 0) {
        waitpid(parent, NULL, 0);
        return true;
    }
    if (parent < 0) {
        log_write(LOG_ERROR, "nursery.fork", "a worker could not be forked: %s", strerror(errno));
        return true;
    }
    parent = getpid();
    pid_t worker = fork();
    if (worker != 0) {
        _exit(worker > 0 ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    dup2(socket, WORKER_SOCKET); /* in the place of the nursery's own */
    close(socket);
    *status = live(config, shelf, WORKER_SOCKET, parent, front);
    return false;
}

int nursery_run(const struct config *config, struct plot_shelf *shelf, int socket)
{
    pid_t front = getppid();
    prctl(PR_SET_NAME, "plottafel-nurse");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN); /* both go to the whole group, but the front decides when it ends */
    signal(SIGTERM, SIG_IGN);
    worker_settle_memory();
    nursery_read(config, shelf);
    int worker_socket;
    while ((worker_socket = receive_socket(socket)) >= 0) {
        int status;
        nursery_read(config, shelf);
        if (!give_birth(config, shelf, worker_socket, front, &status)) {
            return status;
        }
        close(worker_socket);
    }
    plot_shelf_free(shelf);
    return EXIT_SUCCESS;
}
