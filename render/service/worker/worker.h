/*
 * worker.h - a process that draws: takes orders from its socket until it is closed.
 *
 * It ends with its parent, has a ceiling on memory, and may be killed at any moment: it owns nothing.
 */
#ifndef RENDER_SERVICE_WORKER_H
#define RENDER_SERVICE_WORKER_H

struct config;
struct plot_shelf;

/** The socket of a worker that the pool started. */
#define WORKER_SOCKET 3

/**
 * Runs until the front is gone. Returns the exit status of the process.
 * @param shelf what it has of the plots already; taken over. NULL: nothing
 */
int worker_run(const struct config *config, struct plot_shelf *shelf, int socket);

/** Lets what is freed go back to the system from now on. */
void worker_settle_memory(void);

#endif
