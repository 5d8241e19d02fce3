/*
 * seed_facts.h - what a package of tiles says of itself, by the names of MBTiles 1.3; written into a draft.
 */
#ifndef RENDER_SERVICE_SEED_FACTS_H
#define RENDER_SERVICE_SEED_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/point.h"
#include "geo/tile_matrix_set.h"

struct fault;
struct map;
struct order;
struct seed_draft;

/** Where its tiles lie. West is never east of east: of a box across the antimeridian it is the whole belt. */
struct seed_place {
    struct bbox bounds_deg;
    struct point centre_deg;
    uint32_t centre_zoom;
    uint32_t first_zoom;
    uint32_t last_zoom;
};

/** Title, format, credits and the like, of tiles drawn by the order. */
bool seed_facts_write(struct seed_draft *draft, const struct map *map, const struct tile_matrix_set *set,
                      const struct order *order, struct fault *fault);

bool seed_facts_write_place(struct seed_draft *draft, const struct seed_place *place, struct fault *fault);
bool seed_facts_read_place(struct seed_draft *draft, struct seed_place *place, struct fault *fault);

/** All facts as a JSON object of texts, with the members of the fact `json`. Owned by the caller. */
char *seed_facts_json(struct seed_draft *draft, struct fault *fault);

#endif
