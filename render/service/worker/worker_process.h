/*
 * worker_process.h - one worker as the front sees it: a process, its socket, and what is being sent over it.
 */
#ifndef RENDER_SERVICE_WORKER_PROCESS_H
#define RENDER_SERVICE_WORKER_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "render/service/worker/message.h"

struct buffer;
struct fault;
struct nursery;

struct worker_process {
    pid_t pid;  /* 0: none, or not born yet */
    int socket; /* -1: none; does not block */
    struct message_reader reader;
    char *outgoing; /* owned; prefix, header and payload */
    size_t outgoing_length;
    size_t outgoing_sent;
};

void worker_process_init(struct worker_process *process);

/** Starts a program with one end of a socket pair as descriptor 3; the other end does not block. */
bool worker_process_spawn(const char *const *command, pid_t *pid, int *socket, struct fault *fault);

/** Starts the program as worker_process_spawn(). */
bool worker_process_start(struct worker_process *process, const char *const *command, struct fault *fault);

/** Has it born by a nursery: pid is told later. False when there is none now. */
bool worker_process_ask(struct worker_process *process, struct nursery *nursery);

/** Kills it and closes the socket. The caller waits for the returned process id; 0: there was none. */
pid_t worker_process_kill(struct worker_process *process);

/** Begins to send a message; worker_process_flush() goes on. Nothing else may be under way. */
void worker_process_send(struct worker_process *process, const struct buffer *header, const char *payload,
                         size_t payload_length);

/** Sends what the socket takes. False when the worker is gone. */
bool worker_process_flush(struct worker_process *process);
bool worker_process_is_sending(const struct worker_process *process);

/** Has the worker taken in all that was sent to it? For one that is alive. */
bool worker_process_has_read_all(const struct worker_process *process);

#endif
