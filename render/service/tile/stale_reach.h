/*
 * stale_reach.h - how far a change may reach, told without drawing anything: what is dropped when nobody can
 * say in time which tiles look different.
 *
 * Everything is decided by district (render/scene/district.h), so a change leaves alone what is not painted
 * from a district that it touches. All tiles of those that it does touch may look different.
 */
#ifndef RENDER_SERVICE_STALE_REACH_H
#define RENDER_SERVICE_STALE_REACH_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct crs_context;
struct map_view;
struct stale_reach;
struct tile_key; /* render/service/tile/tile_key.h */

/**
 * @param config         borrowed, must outlive it
 * @param crs_context    the same; NULL: places cannot be found, and all tiles may look different
 * @param before, after  views of the same map, whose plots are borrowed for the call; their grids are not
 * used
 * @return owned, stale_reach_free(); belongs to one thread
 */
struct stale_reach *stale_reach_new(const struct config *config, struct crs_context *crs_context,
                                    const struct map_view *before, const struct map_view *after);
void stale_reach_free(struct stale_reach *reach);

/** May the tile look different? Never false of one that does. */
bool stale_reach_touches(struct stale_reach *reach, const struct tile_key *key);

#endif
