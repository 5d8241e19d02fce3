/*
 * nursery.h - a process that has read configuration and plots, and of which draw workers are born.
 *
 * They come in milliseconds and share the pages of what it has read, until one of them writes there. It
 * draws nothing itself. When it dies its workers live on, and it is started again.
 */
#ifndef RENDER_SERVICE_NURSERY_H
#define RENDER_SERVICE_NURSERY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct config;
struct nursery;
struct plot_shelf;

/**
 * Starts it. This process becomes the parent of its workers, and of whatever else loses its own.
 * @param command argv, NULL at the end; borrowed for ever
 * @return owned, nursery_free(). May be used from many threads.
 */
struct nursery *nursery_new(const char *const *command);

/**
 * The same as a fork of this process, which has one thread still: so it shares what the shelf holds with its
 * workers, too. One that dies later is replaced by the command.
 * @param shelf borrowed; of the store of the configuration
 */
struct nursery *nursery_fork(const char *const *command, const struct config *config,
                             struct plot_shelf *shelf);

/** Kills it; its workers live on. */
void nursery_free(struct nursery *nursery);

/**
 * Asks for a worker. It comes when the nursery has read what there is, and says so on the socket first of all
 * (nursery_read_birth()); when it does not come the socket is closed.
 * @param socket the worker's end; borrowed
 * @return false: there is no nursery at this moment
 */
bool nursery_ask(struct nursery *nursery, int socket);

/** Starts it again when it has died. To be called now and then. */
void nursery_look_after(struct nursery *nursery);

/** A worker that it was asked for does not come: unless it may still be reading it is started anew. */
void nursery_overdue(struct nursery *nursery);

/** The worker's process id out of its first words; 0 when it is no living child of this process. */
pid_t nursery_read_birth(const char *header, size_t length);

#endif
