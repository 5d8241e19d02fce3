/*
 * along_curve.h - a short piece of a line, smoothed, on which letters stand.
 */
#ifndef RENDER_ALONG_CURVE_H
#define RENDER_ALONG_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/point.h"

struct along_line;

#define ALONG_CURVE_POINT_MAX 512

/** Points close to each other, px. It reads from left to right. */
struct along_curve {
    struct point points[ALONG_CURVE_POINT_MAX];
    double along_px[ALONG_CURVE_POINT_MAX]; /* from the middle; negative before it */
    size_t count;
    double bend_rad;        /* all turns of the text's stretch added up */
    double bend_around_rad; /* of the whole curve, which goes on a little before and behind the text */
};

/** What is wanted of a curve, px. */
struct along_curve_wish {
    double middle_px; /* on the line: where the middle of the text is to be */
    double width_px;  /* of the text */
    double size_px;   /* em: what is smoothed grows with it */
    double offset_px; /* from the line, to the right of its direction */
};

/** False where there is no such curve: at the end of a line, or where smoothing would lead off the line. */
bool along_curve_init(struct along_curve *curve, const struct along_line *line,
                      const struct along_curve_wish *wish);

/** The place at a distance from the middle; straight on beyond the ends. */
struct point along_curve_at(const struct along_curve *curve, double along_px);

#endif
