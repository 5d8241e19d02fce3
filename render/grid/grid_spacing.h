/*
 * grid_spacing.h - how far apart the lines of a grid are: 2.4 to 6 cm on paper, at every scale.
 *
 * Metres in 1, 2 and 5 times a power of ten; degrees, minutes and seconds in 1, 2, 5, 10, 15, 20 and 30,
 * below a second in tenths and hundredths.
 */
#ifndef RENDER_GRID_GRID_SPACING_H
#define RENDER_GRID_GRID_SPACING_H

#include <stdint.h>

#define GRID_SPACING_MOST_MM 60.0

#define GRID_SPACING_PARTS_PER_DEGREE 360000.0 /* hundredths of a second */

/** CRS units between two lines. */
double grid_spacing_units(double scale_denominator, double metres_per_unit);

/** Hundredths of a second between two lines, where a degree is so long on paper. */
int64_t grid_spacing_angle(double mm_per_degree);

#endif
