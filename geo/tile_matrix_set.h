/*
 * tile_matrix_set.h - how a plane is cut into tiles at each zoom (OGC 17-083r4).
 *
 * Read from JSON definitions; four are part of the program: WebMercatorQuad,
 * NetherlandsRDNewQuad, EuropeanETRS89_LAEAQuad, WorldCRS84Quad.
 */
#ifndef GEO_TILE_MATRIX_SET_H
#define GEO_TILE_MATRIX_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct fault;

/** Which tile. Column 0, row 0 is the north-west corner of the matrix. */
struct tile_address {
    uint32_t zoom;   /* index of the tile matrix, 0 is the coarsest */
    uint32_t column; /* grows eastward */
    uint32_t row;    /* grows southward */
};

struct tile_matrix {
    char id[16];
    double scale_denominator;
    double cell_size;       /* CRS units per pixel */
    struct point top_left;  /* x east, y north, whatever the order in the definition */
    uint32_t tile_size_px;  /* square tiles only: 256 */
    uint32_t matrix_width;  /* tiles */
    uint32_t matrix_height; /* tiles */
};

struct tile_matrix_set {
    char id[48];
    char title[128];
    char crs_code[32];
    char uri[128];                  /* "" when it is not in the OGC registry */
    char well_known_scale_set[128]; /* "" when there is none */
    bool is_north_first;            /* axis order in the definition */
    double metres_per_unit;
    size_t matrix_count;
    struct tile_matrix *matrices; /* owned; coarsest first */
};

/** All sets the program knows: an immutable list. */
struct tile_matrix_sets;

struct tile_matrix_sets *tile_matrix_sets_new(struct fault *fault);
void tile_matrix_sets_free(struct tile_matrix_sets *sets);
size_t tile_matrix_sets_count(const struct tile_matrix_sets *sets);
const struct tile_matrix_set *tile_matrix_sets_at(const struct tile_matrix_sets *sets, size_t index);

/** By id, or by CRS code ("EPSG:28992" as PDOK's clients say). NULL when unknown. Borrowed. */
const struct tile_matrix_set *tile_matrix_sets_find(const struct tile_matrix_sets *sets, const char *id);

/** Reads one JSON definition. Owned, tile_matrix_set_free(). */
struct tile_matrix_set *tile_matrix_set_read(const char *json, size_t length, struct fault *fault);
void tile_matrix_set_free(struct tile_matrix_set *set);

/** Index of the matrix called "4", "04" or "EPSG:28992:4"; false when there is none. */
bool tile_matrix_set_find_zoom(const struct tile_matrix_set *set, const char *matrix_id, uint32_t *zoom);

/** OUTSIDE names the allowed range. */
bool tile_address_check(const struct tile_matrix_set *set, struct tile_address address, struct fault *fault);

struct bbox tile_bbox(const struct tile_matrix_set *set, struct tile_address address);
struct pixel_grid tile_matrix_set_grid(const struct tile_matrix_set *set, uint32_t zoom);

/** The tile's window in the grid of its zoom. */
struct pixel_box tile_pixel_box(const struct tile_matrix_set *set, struct tile_address address);

/**
 * First and last tile (inclusive) of a zoom that a box in CRS coordinates reaches into; false when none.
 * Merely touching an edge (less than a millionth of a tile) does not count; a box without width lies in one
 * tile.
 */
bool tile_range(const struct tile_matrix_set *set, uint32_t zoom, struct bbox box, struct tile_address *first,
                struct tile_address *last);

#endif
