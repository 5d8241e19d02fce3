/*
 * xyz.h - /xyz/{map}/{tileMatrixSet}/{z}/{x}/{y}.png and @2x.png
 *
 * ?as-of=TIME asks for another moment than now, ?revision=N for the plot as it was.
 */
#ifndef RENDER_SERVICE_XYZ_H
#define RENDER_SERVICE_XYZ_H

struct exchange;
struct service;

void xyz_handle_tile(struct service *service, struct exchange *exchange);
void xyz_handle_tile_2x(struct service *service, struct exchange *exchange);

/** {y}.mvt and {y}.pbf: a vector tile (render/vector_tile.h), packed by gzip for all who take it. */
void xyz_handle_tile_mvt(struct service *service, struct exchange *exchange);

#endif
