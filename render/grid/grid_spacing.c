#include "render/grid/grid_spacing.h"

#include <stddef.h>

#include "geo/scale.h"

#define SECOND 100
#define MINUTE (60 * SECOND)
#define DEGREE (60 * MINUTE)

/* No step is more than 2.5 times the one before: so a line is at least 6 / 2.5 cm from the next. */
static const int64_t angles[] = {1,           2,           5,          10,          20,          50,
                                 SECOND,      2 * SECOND,  5 * SECOND, 10 * SECOND, 15 * SECOND, 20 * SECOND,
                                 30 * SECOND, MINUTE,      2 * MINUTE, 5 * MINUTE,  10 * MINUTE, 15 * MINUTE,
                                 20 * MINUTE, 30 * MINUTE, DEGREE,     2 * DEGREE,  5 * DEGREE,  10 * DEGREE,
                                 15 * DEGREE, 20 * DEGREE, 30 * DEGREE};
#define ANGLE_COUNT (sizeof angles / sizeof angles[0])

double grid_spacing_units(double scale_denominator, double metres_per_unit)
{
    return scale_round_length(GRID_SPACING_MOST_MM / 1000 * scale_denominator / metres_per_unit);
}

int64_t grid_spacing_angle(double mm_per_degree)
{
    size_t found = 0;
    for (size_t i = 0; i < ANGLE_COUNT; i++) {
        if ((double)angles[i] / DEGREE * mm_per_degree <= GRID_SPACING_MOST_MM) {
            found = i;
        }
    }
    return angles[found];
}
