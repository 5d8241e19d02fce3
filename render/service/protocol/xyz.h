/*
 * xyz.h - /xyz/{map}/{tileMatrixSet}/{z}/{x}/{y}.png, .png8, .webp, .jpg and .mvt; pictures also @2x and @3x.
 *
 * ?as-of=TIME asks for another moment than now, ?revision=N for the plot as it was, ?palette=NAME for other
 * colours, ?size=512 for the picture of the four tiles of the next zoom.
 */
#ifndef RENDER_SERVICE_XYZ_H
#define RENDER_SERVICE_XYZ_H

#include <stdbool.h>

struct exchange;
struct fault;
struct request;
struct service;
struct tile_form;

/** Pictures and vector tiles: the address says which form. */
void xyz_handle_tile(struct service *service, struct exchange *exchange);

/** Reads ?size=: 256, which is meant when it is not given, or 512. */
bool xyz_read_size(const struct request *request, struct tile_form *form, struct fault *fault);

#endif
