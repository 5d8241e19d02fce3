#include "geo/scale.h"

#include <math.h>

double scale_denominator(double units_per_px, double metres_per_unit)
{
    return units_per_px * metres_per_unit / SCALE_PIXEL_M;
}

double scale_units_per_px(double denominator, double metres_per_unit)
{
    return denominator * SCALE_PIXEL_M / metres_per_unit;
}

double scale_round_length(double length)
{
    if (!(length > 0) || !isfinite(length)) {
        return 0;
    }
    double decade = pow(10, floor(log10(length)));
    static const double steps[] = {10, 5, 2, 1}; /* 10: log10() may round down just below a power of ten */
    for (int i = 0; i < 4; i++) {
        if (steps[i] * decade <= length) {
            return steps[i] * decade;
        }
    }
    return decade / 2; /* log10() rounded up */
}
