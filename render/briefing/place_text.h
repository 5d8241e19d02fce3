/*
 * place_text.h - places and extents as a staff writes them: in RD, in WGS 84, metres, square kilometres.
 *
 * Blanks inside a number do not break a line.
 */
#ifndef RENDER_BRIEFING_PLACE_TEXT_H
#define RENDER_BRIEFING_PLACE_TEXT_H

#include "geo/point.h"
#include "symbology/language.h"

struct shape;

#define PLACE_TEXT_BYTES 80

/** "101 250 / 411 480": east and north, whole metres. Returns text. */
char *place_text_rd(struct point rd, char text[static PLACE_TEXT_BYTES]);

/** Latitude and longitude on two lines, in degrees and minutes to 2 m: "51°41,160′ N.B.". Returns text. */
char *place_text_wgs84(struct point lon_lat_deg, enum language language, char text[static PLACE_TEXT_BYTES]);

/**
 * Length of a line, area of a polygon: "1,24 km", "3,1 km²"; "" of points. Good to half a percent.
 * Returns text.
 */
char *place_text_extent(const struct shape *lon_lat_deg, enum language language,
                        char text[static PLACE_TEXT_BYTES]);

/** A place on a shape that stands for it: the point, the middle of the line, a point inside the area. */
struct point place_text_point_of(const struct shape *shape);

#endif
