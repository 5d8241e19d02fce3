/*
 * along_curve.h - a piece of a line, smoothed, on which letters stand.
 *
 * The line is sampled at even distances from its start. So a curve is the same wherever it is begun, and many
 * places for a text are looked at on one curve.
 */
#ifndef RENDER_ALONG_CURVE_H
#define RENDER_ALONG_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/point.h"

struct along_line;

#define ALONG_CURVE_POINT_MAX 768

/** What is wanted of a curve, px. */
struct along_curve_wish {
    double width_px;  /* of the text */
    double size_px;   /* em: what is smoothed grows with it */
    double offset_px; /* from the line, to the right of its direction */
};

/** Points close to each other, and for each what is told of the curve before it. */
struct along_curve {
    const struct along_line *line; /* borrowed */
    struct along_curve_wish wish;
    double step_px;  /* of the line, from one sample to the next */
    ptrdiff_t side;  /* a text and what is around it lie within so many samples from its middle */
    ptrdiff_t last;  /* number of the last sample of an open line */
    ptrdiff_t first; /* number of the sample at points[0] */
    size_t from, to; /* points that are smoothed in full; from == to: there are none yet */
    struct point points[ALONG_CURVE_POINT_MAX];
    double along_px[ALONG_CURVE_POINT_MAX];
    double bend_rad[ALONG_CURVE_POINT_MAX]; /* all turns before it added up */
    uint32_t strays[ALONG_CURVE_POINT_MAX]; /* points before it that smoothing led off the line */
};

/** Where a text would stand on a curve. */
struct along_stand {
    size_t middle;          /* the point before its middle */
    double middle_px;       /* along the curve */
    bool is_backward;       /* it reads from left to right, and so against the direction of the line */
    struct point ends[2];   /* of its stretch, in the direction of the line */
    double bend_rad;        /* all turns of the text's stretch added up */
    double bend_around_rad; /* a little before and behind the text, too */
};

/** A curve of a line with a length, which must stay as long as the curve. */
void along_curve_init(struct along_curve *curve, const struct along_line *line, struct along_curve_wish wish);

/** Forgets what was smoothed: sums that begin elsewhere are rounded otherwise. */
void along_curve_clear(struct along_curve *curve);

/** Smooths what texts need whose middles lie on a stretch of the line; false when that is too long. */
bool along_curve_cover(struct along_curve *curve, double from_px, double to_px);
bool along_curve_covers(const struct along_curve *curve, double middle_px);

/** Looks at a place that is covered. False where none can stand: at the end of a line, or where smoothing
 * leads off the line. @param middle_px  along the line */
bool along_curve_stand(const struct along_curve *curve, double middle_px, struct along_stand *stand);

/** The place at a distance from the middle of a text, in its direction; straight on beyond the ends. */
struct point along_curve_at(const struct along_curve *curve, const struct along_stand *stand,
                            double beside_px);

#endif
