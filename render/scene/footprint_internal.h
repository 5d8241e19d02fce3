/*
 * footprint_internal.h - what the files that find a footprint share.
 */
#ifndef RENDER_FOOTPRINT_INTERNAL_H
#define RENDER_FOOTPRINT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/tile_matrix_set.h"
#include "render/scene/footprint_trace.h"

struct fault;
struct footprint_limits;
struct map_view;
struct renderer;
struct scene;
struct spatial_index;

/** One of the two that are compared. */
struct footprint_side {
    const struct map_view *view;
    struct scene *scene; /* of the district that is compared; one reference */
};

struct footprint {
    struct renderer *renderer;
    const struct tile_matrix_set *set;
    struct footprint_side before;
    struct footprint_side after;
    const struct tile_address *addresses;
    size_t count;
    const struct footprint_limits *limits; /* NULL: none */
    struct spatial_index *tiles;
    double layer_reach_px; /* how far labels of layers may reach out of a district; 0: there are none */
    struct bbox reach;     /* px: around all tiles, as far as a label of a layer may reach into one */
    struct bbox district;  /* px: that is compared; empty while labels of layers are followed */
    bool *stale;
    struct footprint_trace trace; /* that is being followed */
    struct fault *fault;
    bool has_failed;
};

/** Marks the tiles that a trace touches; of a trace of a plot those of the district. */
void footprint_follow(struct footprint *footprint, struct footprint_trace trace);

/** Marks what follows for labels of layers when the plot takes or leaves a room. */
void footprint_follow_layer_labels(struct footprint *footprint, struct bbox room);

/** Follows all that differs between the scenes of the two sides (footprint_compare.c). */
void footprint_compare_scenes(struct footprint *footprint);

#endif
