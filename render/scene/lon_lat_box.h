/*
 * lon_lat_box.h - where on earth all lies that may be seen in a box of pixels.
 */
#ifndef RENDER_LON_LAT_BOX_H
#define RENDER_LON_LAT_BOX_H

#include <stdbool.h>

#include "geo/bbox.h"

struct crs_context;
struct fault;
struct pixel_grid;

/**
 * A box of lon/lat degrees around all places whose image lies in box_px: rather too large than too small. It
 * goes all round the world where a pole or the antimeridian is in sight, or where the CRS ends; it is empty
 * where there is nothing.
 * @param longest_step_deg  of lines, whose steps may be straight in the CRS (of those of very many long ones,
 *                          shape_image.h) and so leave the lon/lat box around their ends where that bends
 * them
 * @return false on fault: an unknown CRS
 */
bool lon_lat_box_of(struct crs_context *context, const struct pixel_grid *grid, struct bbox box_px,
                    double longest_step_deg, struct bbox *lon_lat_deg, struct fault *fault);

#endif
