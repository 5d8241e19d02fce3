/*
 * raster_mesh.h - where in a raster's CRS the dots of a picture lie.
 *
 * Exact at the nodes of a mesh RASTER_MESH_PX apart, whose places are fixed in the pixel space of the zoom,
 * and bilinear between them. At 16 px the way between two of the usual CRS is straight to some thousandths of
 * a px.
 */
#ifndef RENDER_RASTER_MESH_H
#define RENDER_RASTER_MESH_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct crs;
struct crs_context;
struct fault;

#define RASTER_MESH_PX 16

struct raster_mesh {
    int64_t first_column; /* of its first node, in steps of the mesh */
    int64_t first_row;
    int columns; /* nodes */
    int rows;
    struct point *nodes; /* owned; NaN where there is no image */
};

/** A mesh under a box. raster_mesh_finish() it. */
bool raster_mesh_init(struct raster_mesh *mesh, struct crs_context *context, const struct pixel_grid *grid,
                      const struct crs *from, const struct crs *to, struct bbox box_px, struct fault *fault);
void raster_mesh_finish(struct raster_mesh *mesh);

/** The places of count dots of a row: the first lies at place_px, the others step_px apart to the east. */
void raster_mesh_row(const struct raster_mesh *mesh, struct point place_px, double step_px, int count,
                     struct point *places);

#endif
