/*
 * raster_mesh.c - nodes are numbered from the origin of the pixel space, so that every tile computes the same
 * ones.
 */
#include "render/layer/raster_mesh.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/crs.h"

bool raster_mesh_init(struct raster_mesh *mesh, struct crs_context *context, const struct pixel_grid *grid,
                      const struct crs *from, const struct crs *to, struct bbox box, struct fault *fault)
{
    mesh->first_column = (int64_t)floor(box.min_x / RASTER_MESH_PX);
    mesh->first_row = (int64_t)floor(box.min_y / RASTER_MESH_PX);
    mesh->columns = (int)((int64_t)ceil(box.max_x / RASTER_MESH_PX) - mesh->first_column) + 1;
    mesh->rows = (int)((int64_t)ceil(box.max_y / RASTER_MESH_PX) - mesh->first_row) + 1;
    size_t count = (size_t)mesh->columns * (size_t)mesh->rows;
    mesh->nodes = memory_new(count, sizeof(*mesh->nodes));
    for (size_t i = 0; i < count; i++) {
        int64_t column = mesh->first_column + (int64_t)(i % (size_t)mesh->columns);
        int64_t row = mesh->first_row + (int64_t)(i / (size_t)mesh->columns);
        struct point place = {(double)(column * RASTER_MESH_PX), (double)(row * RASTER_MESH_PX)};
        mesh->nodes[i] = pixel_grid_from_px(grid, place);
    }
    if (crs_transform(context, from, to, mesh->nodes, count, fault)) {
        return true;
    }
    raster_mesh_finish(mesh);
    return false;
}

void raster_mesh_finish(struct raster_mesh *mesh)
{
    free(mesh->nodes);
    mesh->nodes = NULL;
}

static struct point between(struct point a, struct point b, double part)
{
    return (struct point){a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

/* The point of a column of nodes at a height within a row of cells. */
static struct point column_point(const struct raster_mesh *mesh, int column, int row, double part)
{
    const struct point *node = &mesh->nodes[(size_t)row * (size_t)mesh->columns + (size_t)column];
    return between(node[0], node[mesh->columns], part);
}

void raster_mesh_row(const struct raster_mesh *mesh, struct point place, double step, int count,
                     struct point *places)
{
    double y = place.y / RASTER_MESH_PX - (double)mesh->first_row;
    int row = (int)floor(y);
    int last = -1;
    struct point west = {0, 0};
    struct point east = {0, 0};
    for (int i = 0; i < count; i++) {
        double x = (place.x + i * step) / RASTER_MESH_PX - (double)mesh->first_column;
        int column = (int)floor(x);
        if (column != last) {
            west = column_point(mesh, column, row, y - row);
            east = column_point(mesh, column + 1, row, y - row);
            last = column;
        }
        places[i] = between(west, east, x - column);
    }
}
