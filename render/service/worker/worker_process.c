/*
 * worker_process.c - posix_spawn, because this process has threads and perhaps a large heap. Everything else
 * that a worker needs (limits, its parent's death) it arranges itself.
 */
#include "render/service/worker/worker_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/worker/nursery.h"
#include "render/service/worker/worker.h"

void worker_process_init(struct worker_process *process)
{
    *process = (struct worker_process){.socket = -1};
    message_reader_init(&process->reader);
}

/** Signals as a fresh process has them: this thread blocks some. */
static void reset_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(pid_t *pid, const char *const *command, int socket)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    reset_signals(&attributes);
    posix_spawn_file_actions_adddup2(&actions, socket, WORKER_SOCKET);
    int error = posix_spawn(pid, command[0], &actions, &attributes, (char *const *)command, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

bool worker_process_spawn(const char *const *command, pid_t *pid, int *socket, struct fault *fault)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "no socket for a worker: %s", strerror(errno));
        return false;
    }
    int error = spawn(pid, command, pair[1]);
    close(pair[1]);
    if (error != 0) {
        close(pair[0]);
        *pid = 0;
        fault_set(fault, FAULT_UNAVAILABLE, "worker '%s' does not start: %s", command[0], strerror(error));
        return false;
    }
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    *socket = pair[0];
    return true;
}

bool worker_process_start(struct worker_process *process, const char *const *command, struct fault *fault)
{
    return worker_process_spawn(command, &process->pid, &process->socket, fault);
}

bool worker_process_ask(struct worker_process *process, struct nursery *nursery)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    bool is_asked = nursery_ask(nursery, pair[1]);
    close(pair[1]);
    if (!is_asked) {
        close(pair[0]);
        return false;
    }
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    process->socket = pair[0];
    return true;
}

pid_t worker_process_kill(struct worker_process *process)
{
    pid_t pid = process->pid;
    if (pid > 0) {
        kill(pid, SIGKILL);
    }
    if (process->socket >= 0) {
        close(process->socket);
    }
    message_reader_finish(&process->reader);
    free(process->outgoing);
    worker_process_init(process);
    return pid;
}

void worker_process_send(struct worker_process *process, const struct buffer *header, const char *payload,
                         size_t payload_length)
{
    struct message message = {.header_length = header->length, .payload_length = payload_length};
    size_t length = MESSAGE_PREFIX_BYTES + header->length + payload_length;
    char *bytes = memory_new(length, 1);
    message_prefix(&message, (uint8_t *)bytes);
    memcpy(bytes + MESSAGE_PREFIX_BYTES, header->bytes, header->length);
    if (payload_length > 0) {
        memcpy(bytes + MESSAGE_PREFIX_BYTES + header->length, payload, payload_length);
    }
    free(process->outgoing);
    process->outgoing = bytes;
    process->outgoing_length = length;
    process->outgoing_sent = 0;
}

bool worker_process_flush(struct worker_process *process)
{
    while (worker_process_is_sending(process)) {
        ssize_t sent = send(process->socket, process->outgoing + process->outgoing_sent,
                            process->outgoing_length - process->outgoing_sent, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
        process->outgoing_sent += (size_t)sent;
    }
    return true;
}

bool worker_process_is_sending(const struct worker_process *process)
{
    return process->outgoing_sent < process->outgoing_length;
}

bool worker_process_has_read_all(const struct worker_process *process)
{
    int waiting = 0;
    bool is_known = process->socket >= 0 && ioctl(process->socket, SIOCOUTQ, &waiting) == 0;
    return is_known && waiting == 0 && !worker_process_is_sending(process);
}
