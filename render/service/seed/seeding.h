/*
 * seeding.h - the tiles of a plan, drawn by several processes into one package.
 */
#ifndef RENDER_SERVICE_SEEDING_H
#define RENDER_SERVICE_SEEDING_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/service/worker/order.h"

struct config;
struct fault;
struct map;
struct plot_shelf;
struct seed_plan;

/** What is to be done. All pointers are borrowed. */
struct seeding {
    const struct config *config;
    const struct map *map;
    const struct seed_plan *plan;
    struct order order; /* of a tile, whose address is filled in; view with revisions and moment */
    int64_t recorded_ms[MAP_VIEW_PLOT_MAX]; /* when the revisions were committed */
    struct bbox lon_lat_deg;                /* as asked for */
    struct plot_shelf *shelf;               /* what was read of the plots already: the workers share it */
    int job_count;
    bool is_fresh; /* nothing of an earlier package stays */
};

/**
 * Draws what is missing or no longer right, and then makes it part of the package in one step. Prints how
 * many tiles were drawn, kept and removed; on stderr how far it is, and what tiles do not show. A tile that
 * cannot be drawn is named and left out.
 * @return false with a fault when the package or tiles failed, or it was interrupted: then what was drawn is
 *         in the draft, and the next run goes on with it
 */
bool seeding_run(const struct seeding *seeding, const char *path, struct fault *fault);

#endif
