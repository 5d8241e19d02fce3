/*
 * seeding.h - the tiles of a plan, drawn by several processes into one MBTiles file.
 */
#ifndef RENDER_SERVICE_SEEDING_H
#define RENDER_SERVICE_SEEDING_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "render/service/order.h"

struct config;
struct fault;
struct map;
struct seed_plan;

/** What is to be done. All pointers are borrowed. */
struct seeding {
    const struct config *config;
    const struct map *map;
    const struct seed_plan *plan;
    struct order order;      /* of a tile, whose address is filled in; view with revisions and moment */
    struct bbox lon_lat_deg; /* as asked for */
    int job_count;
    bool is_fresh; /* draw what is in the file too */
};

/**
 * Draws what is missing; prints what was drawn, and on stderr what tiles do not show. A tile that cannot be
 * drawn is named and left out.
 * @return false with a fault when the file or too many tiles failed; what was drawn until then is in the file
 */
bool seeding_run(const struct seeding *seeding, const char *path, struct fault *fault);

#endif
