/*
 * antimeridian.h - geometry whose longitudes jump from 180 to -180 degrees, cut there.
 *
 * A step of more than 180 degrees of longitude is taken as the short way round, over the antimeridian.
 * Without the cut it would be drawn across the whole map. Areas around the world or a pole stay as they are:
 * there a step from -180 to 180 is an edge of the map.
 */
#ifndef RENDER_ANTIMERIDIAN_H
#define RENDER_ANTIMERIDIAN_H

struct shape;

/** The shape cut at the antimeridian, or NULL when it does not cross it. Owned, shape_free(). */
struct shape *antimeridian_cut(const struct shape *lon_lat_deg);

/** The shape laid out without jumps, so that some longitudes lie beyond ±180; NULL when it does not cross the
 * antimeridian. For a CRS whose world runs on there. Owned, shape_free(). */
struct shape *antimeridian_unfold(const struct shape *lon_lat_deg);

#endif
