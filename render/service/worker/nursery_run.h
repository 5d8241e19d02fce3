/*
 * nursery_run.h - the nursery's own side: what its process does.
 */
#ifndef RENDER_SERVICE_NURSERY_RUN_H
#define RENDER_SERVICE_NURSERY_RUN_H

struct config;
struct plot_shelf;

/** Brings all plots of the configuration up to what is in the store, and closes it. */
void nursery_read(const struct config *config, struct plot_shelf *shelf);

/**
 * Reads the plots, then forks a worker for each socket that comes, until the other side is gone.
 * To be called while the process has one thread. Returns the exit status of the process, be it the nursery's
 * or, in a process of its own, a worker's.
 * @param shelf what it has of the plots already; taken over
 */
int nursery_run(const struct config *config, struct plot_shelf *shelf, int socket);

#endif
