/*
 * shape_image.h - the image of a lon/lat shape in a CRS, edges included.
 *
 * An edge between two points is straight in longitude and latitude (RFC 7946, 3.1.1) and so bent in most
 * other CRS: it gets as many points between as it needs to lie within 0.1 m of its place. What lies far
 * outside of where the CRS is of use is cut off before: areas as areas, lines as lines.
 */
#ifndef RENDER_SHAPE_IMAGE_H
#define RENDER_SHAPE_IMAGE_H

struct crs_way;
struct fault;
struct shape;

/** Owned, shape_free(); without points when all of it lies far outside. NULL on fault. */
struct shape *shape_image_of(const struct crs_way *way, const struct shape *lon_lat_deg, struct fault *fault);

#endif
