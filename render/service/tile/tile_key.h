/*
 * tile_key.h - which tile of which map, for caches: all that a picture of a tile depends on besides the
 * current revisions of its map's plots.
 *
 * Pictures are made for one audience. When there are more, the audience is a field here, and nothing else of
 * the caches changes.
 */
#ifndef RENDER_SERVICE_TILE_KEY_H
#define RENDER_SERVICE_TILE_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"
#include "render/encode/tile_form.h"

struct tile_key {
    uint16_t map;             /* index in the configuration's maps */
    uint16_t tile_matrix_set; /* index in tile_matrix_sets */
    struct tile_form form;
    uint8_t palette; /* enum palette */
    struct tile_address address;
    int64_t moment_ms;
    uint64_t fixed_revision; /* of a tile asked for by ?revision=; 0: the current one */
};

/** Never the padding, so the same in every process. */
uint64_t tile_key_hash(const struct tile_key *key);
bool tile_key_equals(const struct tile_key *a, const struct tile_key *b);

#endif
