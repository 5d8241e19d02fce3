/*
 * disk_settler.h - the thread that brings the tiles on disk up to date after a change, and after a restart.
 *
 * It asks the workers which tiles look different between the state that the tiles are right for and the one
 * that their plots have. Nobody waits for it: until it is done those tiles are drawn, or come from memory.
 */
#ifndef RENDER_SERVICE_DISK_SETTLER_H
#define RENDER_SERVICE_DISK_SETTLER_H

struct disk_settler;
struct fault;
struct service;

/** The service's config, pool, tile_cache and disk_cache are used. NULL: there is no thread for it. */
struct disk_settler *disk_settler_new(struct service *service, struct fault *fault);
void disk_settler_free(struct disk_settler *settler);

#endif
