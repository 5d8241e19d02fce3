/*
 * scale.h - scale denominators, as OGC defines them: a pixel is 0.28 mm wide.
 */
#ifndef GEO_SCALE_H
#define GEO_SCALE_H

#define SCALE_PIXEL_M 0.00028 /* OGC 07-057r7 6.1: the standardized rendering pixel */
#define SCALE_PIXEL_MM 0.28
#define SCALE_METRES_PER_DEGREE 111319.4907932264 /* OGC 17-083r4 6.2.1.1: on the equator of WGS 84 */

double scale_denominator(double units_per_px, double metres_per_unit);
double scale_units_per_px(double denominator, double metres_per_unit);

/** The largest round distance (1, 2 or 5 times a power of ten) not above length. For scale bars. */
double scale_round_length(double length);

#endif
