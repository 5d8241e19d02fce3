/*
 * along_curve.c - the line is sampled four times an em, and every sample becomes the mean of its neighbours,
 * twice: what wavers within an em is evened out, and corners become bends. A curve beside the line is moved
 * after that, by its own normals, and smoothed again where these crossed or spread.
 */
#include "render/along_curve.h"

#include <math.h>
#include <string.h>

#include "render/along_line.h"

#define SAMPLES_PER_EM 4.0
#define SMOOTH_EM 0.75      /* how far the mean reaches to either side */
#define SMOOTH_MOVED_EM 0.5 /* the same, beside the line */
#define SLACK_EM 2.0        /* what is sampled beyond the text on either side */
#define CROOKED_SHARE 1.3   /* so much longer than the text may its stretch of the line be */
#define STRAY_EM 0.6        /* so far from the line may smoothing lead */
#define UPRIGHT_RAD (3.0 * M_PI / 180)

/** A row of samples while it is smoothed. */
struct row {
    struct point points[ALONG_CURVE_POINT_MAX];
};

/** Every point becomes the mean of those up to reach to either side; fewer, but as many on both, at the ends.
 */
static void smooth(struct point *points, size_t count, size_t reach)
{
    struct row before;
    memcpy(before.points, points, count * sizeof(*points));
    for (size_t i = 0; i < count; i++) {
        size_t room = i < count - 1 - i ? i : count - 1 - i;
        size_t span = room < reach ? room : reach;
        struct point sum = {0, 0};
        for (size_t j = i - span; j <= i + span; j++) {
            sum.x += before.points[j].x;
            sum.y += before.points[j].y;
        }
        double share = 1.0 / (double)(2 * span + 1);
        points[i] = (struct point){sum.x * share, sum.y * share};
    }
}

static void smooth_twice(struct along_curve *curve, double reach_px, double step_px)
{
    size_t reach = (size_t)floor(reach_px / step_px + 0.5);
    if (reach > 0) {
        smooth(curve->points, curve->count, reach);
        smooth(curve->points, curve->count, reach);
    }
}

/** Moves the curve to the right of its direction. */
static void move_aside(struct along_curve *curve, double offset_px)
{
    struct row before;
    memcpy(before.points, curve->points, curve->count * sizeof(*curve->points));
    for (size_t i = 0; i < curve->count; i++) {
        struct point from = before.points[i > 0 ? i - 1 : 0];
        struct point to = before.points[i + 1 < curve->count ? i + 1 : i];
        double length = point_distance(from, to);
        if (length > 0) {
            curve->points[i].x -= (to.y - from.y) / length * offset_px;
            curve->points[i].y += (to.x - from.x) / length * offset_px;
        }
    }
}

static void measure(struct along_curve *curve)
{
    size_t middle = curve->count / 2;
    curve->along_px[middle] = 0;
    for (size_t i = middle; i + 1 < curve->count; i++) {
        curve->along_px[i + 1] = curve->along_px[i] + point_distance(curve->points[i], curve->points[i + 1]);
    }
    for (size_t i = middle; i > 0; i--) {
        curve->along_px[i - 1] = curve->along_px[i] - point_distance(curve->points[i], curve->points[i - 1]);
    }
}

/** Turns the curve round so that it reads from left to right, or upward where it is upright. */
static void turn_readable(struct along_curve *curve, double width_px)
{
    struct point from = along_curve_at(curve, -width_px / 2);
    struct point to = along_curve_at(curve, width_px / 2);
    double angle = atan2(to.y - from.y, to.x - from.x);
    if (angle >= -M_PI / 2 - UPRIGHT_RAD && angle < M_PI / 2 - UPRIGHT_RAD) {
        return;
    }
    for (size_t i = 0; i < curve->count / 2; i++) {
        size_t other = curve->count - 1 - i;
        struct point point = curve->points[i];
        curve->points[i] = curve->points[other];
        curve->points[other] = point;
    }
    measure(curve);
}

/** How far the curve turns at a sample. Turns are small: the sine stands for the angle. */
static double turn_at(const struct along_curve *curve, size_t i)
{
    struct point a = curve->points[i - 1];
    struct point b = curve->points[i];
    struct point c = curve->points[i + 1];
    double lengths =
        (curve->along_px[i] - curve->along_px[i - 1]) * (curve->along_px[i + 1] - curve->along_px[i]);
    double sine = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    double cosine = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    return cosine > 0 ? fabs(sine) / lengths : M_PI;
}

static void measure_bend(struct along_curve *curve, double width_px)
{
    curve->bend_rad = 0;
    curve->bend_around_rad = 0;
    for (size_t i = 1; i + 1 < curve->count; i++) {
        double turn = turn_at(curve, i);
        curve->bend_around_rad += turn;
        curve->bend_rad += fabs(curve->along_px[i]) <= width_px / 2 ? turn : 0;
    }
}

/** Samples the line around the middle. An open line has to reach so far, a ring comes round again. */
static void sample(struct along_curve *curve, const struct along_line *line,
                   const struct along_curve_wish *wish, double *step_px)
{
    double half = wish->width_px / 2 * CROOKED_SHARE + SLACK_EM * wish->size_px + fabs(wish->offset_px);
    double least = wish->width_px / 2;
    if (!line->is_closed) {
        half = fmax(least, fmin(half, fmin(wish->middle_px, line->length_px - wish->middle_px)));
    }
    double step = fmax(wish->size_px / SAMPLES_PER_EM, 2 * half / (ALONG_CURVE_POINT_MAX - 3));
    size_t side = (size_t)floor(half / step);
    curve->count = 2 * side + 1;
    for (size_t i = 0; i < curve->count; i++) {
        curve->points[i] = along_line_at(line, wish->middle_px + ((double)i - (double)side) * step);
    }
    *step_px = step;
}

/** Did smoothing lead a sample below the text off the line? */
static bool strays(const struct along_curve *curve, const struct row *sampled,
                   const struct along_curve_wish *wish, double step_px)
{
    size_t middle = curve->count / 2;
    size_t reach = (size_t)(wish->width_px / 2 / step_px);
    reach = reach < middle ? reach : middle;
    for (size_t i = middle - reach; i <= middle + reach; i++) {
        if (point_distance(curve->points[i], sampled->points[i]) > STRAY_EM * wish->size_px) {
            return true;
        }
    }
    return false;
}

bool along_curve_init(struct along_curve *curve, const struct along_line *line,
                      const struct along_curve_wish *wish)
{
    double step;
    sample(curve, line, wish, &step);
    if (curve->count < 3) {
        return false;
    }
    struct row sampled;
    memcpy(sampled.points, curve->points, curve->count * sizeof(*curve->points));
    smooth_twice(curve, SMOOTH_EM * wish->size_px, step);
    if (strays(curve, &sampled, wish, step)) {
        return false;
    }
    if (wish->offset_px != 0) {
        move_aside(curve, wish->offset_px);
        smooth_twice(curve, SMOOTH_MOVED_EM * wish->size_px, step);
    }
    measure(curve);
    double reach = wish->width_px / 2 - step;
    if (curve->along_px[0] > -reach || curve->along_px[curve->count - 1] < reach) {
        return false;
    }
    turn_readable(curve, wish->width_px);
    measure_bend(curve, wish->width_px);
    return true;
}

struct point along_curve_at(const struct along_curve *curve, double along_px)
{
    size_t low = 0;
    size_t high = curve->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (curve->along_px[middle] <= along_px) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double length = curve->along_px[high] - curve->along_px[low];
    double part = length > 0 ? (along_px - curve->along_px[low]) / length : 0;
    return point_between(curve->points[low], curve->points[high], part);
}
