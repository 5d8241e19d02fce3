/*
 * along_curve.c - the line is sampled three times an em, and every sample becomes the mean of its neighbours,
 * twice: what wavers within an em is evened out, and corners become bends. A curve beside the line is moved
 * after that, by its own normals, and smoothed again where these crossed or spread. Lengths, turns and strays
 * are added up from the first point on, so that a place is judged by differences.
 */
#include "render/text/along_curve.h"

#include <math.h>
#include <string.h>

#include "render/text/along_line.h"

#define SAMPLES_PER_EM 3.0
#define SMOOTH_EM 0.75      /* how far the mean reaches to either side */
#define SMOOTH_MOVED_EM 0.5 /* the same, beside the line */
#define SLACK_EM 2.0        /* what is looked at beyond the text on either side */
#define CROOKED_SHARE 1.3   /* so much longer than the text may its stretch of the line be */
#define STRAY_EM 0.6        /* so far from the line may smoothing lead */
#define SIDE_MOST (ALONG_CURVE_POINT_MAX / 3) /* of a long text, whose samples lie further apart */

/** A row of samples while it is smoothed. */
struct row {
    struct point points[ALONG_CURVE_POINT_MAX];
};

static double distance(struct point a, struct point b)
{
    return sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
}

static void add(struct point *sum, struct point more, struct point less)
{
    sum->x += more.x - less.x;
    sum->y += more.y - less.y;
}

/**
 * Every point becomes the mean of those up to reach to either side; fewer, but as many on both, at the ends.
 * The sum grows by two points at the start, goes along, and shrinks by two points at the end.
 */
static void smooth(const struct point *from, struct point *to, size_t count, size_t reach)
{
    const struct point none = {0, 0};
    size_t most = reach < (count - 1) / 2 ? reach : (count - 1) / 2;
    struct point sum = from[0];
    for (size_t i = 0; i < count; i++) {
        size_t left = count - 1 - i;
        size_t span = i < most ? i : left < most ? left : most;
        double share = 1.0 / (double)(2 * span + 1);
        to[i] = (struct point){sum.x * share, sum.y * share};
        if (i < most) {
            add(&sum, from[2 * i + 1], none);
            add(&sum, from[2 * i + 2], none);
        } else if (left > most) {
            add(&sum, from[i + most + 1], from[i - most]);
        } else if (left > 0) {
            add(&sum, none, from[i - left]);
            add(&sum, none, from[i - left + 1]);
        }
    }
}

/** How many samples a mean reaches to either side. */
static size_t reach_of(const struct along_curve *curve, double em)
{
    return (size_t)floor(em * curve->wish.size_px / curve->step_px + 0.5);
}

/** Moves the curve to the right of its direction. */
static void move_aside(const struct point *from, struct point *to, size_t count, double offset_px)
{
    for (size_t i = 0; i < count; i++) {
        struct point before = from[i > 0 ? i - 1 : 0];
        struct point behind = from[i + 1 < count ? i + 1 : i];
        double length = distance(before, behind);
        double share = length > 0 ? offset_px / length : 0;
        to[i] = (struct point){from[i].x - (behind.y - before.y) * share,
                               from[i].y + (behind.x - before.x) * share};
    }
}

/** How far the curve turns at a point. Turns are small: the sine stands for the angle. */
static double turn_at(const struct point *points, double lengths)
{
    struct point step = {points[0].x - points[-1].x, points[0].y - points[-1].y};
    struct point next = {points[1].x - points[0].x, points[1].y - points[0].y};
    double sine = step.x * next.y - step.y * next.x;
    double cosine = step.x * next.x + step.y * next.y;
    return cosine > 0 ? fabs(sine) / lengths : M_PI;
}

static void measure(struct along_curve *curve, size_t count)
{
    double length = 0;
    curve->along_px[0] = 0;
    curve->bend_rad[0] = curve->bend_rad[1] = 0;
    for (size_t i = 1; i < count; i++) {
        double last = length;
        length = distance(curve->points[i - 1], curve->points[i]);
        curve->along_px[i] = curve->along_px[i - 1] + length;
        if (i > 1) {
            curve->bend_rad[i] = curve->bend_rad[i - 1] + turn_at(&curve->points[i - 1], last * length);
        }
    }
}

/** Where did smoothing lead off the line? */
static void find_strays(struct along_curve *curve, const struct point *sampled, size_t count)
{
    double most = STRAY_EM * curve->wish.size_px;
    uint32_t strays = 0;
    for (size_t i = 0; i < count; i++) {
        curve->strays[i] = strays;
        struct point aside = {curve->points[i].x - sampled[i].x, curve->points[i].y - sampled[i].y};
        strays += aside.x * aside.x + aside.y * aside.y > most * most;
    }
}

void along_curve_init(struct along_curve *curve, const struct along_line *line, struct along_curve_wish wish)
{
    double half = wish.width_px / 2 * CROOKED_SHARE + SLACK_EM * wish.size_px + fabs(wish.offset_px);
    double step = fmax(wish.size_px / SAMPLES_PER_EM, half / SIDE_MOST);
    curve->line = line;
    curve->wish = wish;
    curve->step_px = line->is_closed ? line->length_px / fmax(1, floor(line->length_px / step)) : step;
    curve->side = (ptrdiff_t)floor(half / curve->step_px);
    curve->last = (ptrdiff_t)fmin(line->length_px / curve->step_px, 1e15);
    along_curve_clear(curve);
}

void along_curve_clear(struct along_curve *curve)
{
    curve->from = curve->to = 0;
}

/** Samples of the line, smoothed and, where asked for, beside it. */
static void make(struct along_curve *curve, size_t count)
{
    struct row sampled;
    struct row other;
    size_t reach = reach_of(curve, SMOOTH_EM);
    along_line_sample(curve->line, curve->step_px, curve->first, count, sampled.points);
    smooth(sampled.points, other.points, count, reach);
    smooth(other.points, curve->points, count, reach);
    find_strays(curve, sampled.points, count);
    if (curve->wish.offset_px != 0) {
        reach = reach_of(curve, SMOOTH_MOVED_EM);
        move_aside(curve->points, other.points, count, curve->wish.offset_px);
        smooth(other.points, sampled.points, count, reach);
        smooth(sampled.points, curve->points, count, reach);
    }
    measure(curve, count);
}

static ptrdiff_t within(const struct along_curve *curve, ptrdiff_t number)
{
    if (curve->line->is_closed) {
        return number;
    }
    return number < 0 ? 0 : number > curve->last ? curve->last : number;
}

bool along_curve_cover(struct along_curve *curve, double from_px, double to_px)
{
    bool is_moved = curve->wish.offset_px != 0;
    size_t reach = reach_of(curve, SMOOTH_EM) + (is_moved ? reach_of(curve, SMOOTH_MOVED_EM) : 0);
    ptrdiff_t blur = 2 * (ptrdiff_t)reach + 1;
    ptrdiff_t from = within(curve, (ptrdiff_t)floor(from_px / curve->step_px) - curve->side - 1);
    ptrdiff_t to = within(curve, (ptrdiff_t)floor(to_px / curve->step_px) + curve->side + 2);
    ptrdiff_t first = within(curve, from - blur);
    ptrdiff_t last = within(curve, to + blur);
    if (to - from < 2 || last - first >= ALONG_CURVE_POINT_MAX) {
        return false;
    }
    curve->first = first;
    curve->from = (size_t)(from - first);
    curve->to = (size_t)(to - first);
    make(curve, (size_t)(last - first) + 1);
    return true;
}

bool along_curve_covers(const struct along_curve *curve, double middle_px)
{
    ptrdiff_t number = (ptrdiff_t)floor(middle_px / curve->step_px);
    ptrdiff_t from = within(curve, number - curve->side - 1) - curve->first;
    ptrdiff_t to = within(curve, number + curve->side + 2) - curve->first;
    return curve->from < curve->to && from >= (ptrdiff_t)curve->from && to <= (ptrdiff_t)curve->to;
}

/** The point before a place on the curve. @param guess  a point near it */
static size_t point_before(const struct along_curve *curve, double along_px, size_t guess)
{
    while (guess > curve->from && curve->along_px[guess] > along_px) {
        guess--;
    }
    while (guess + 2 <= curve->to && curve->along_px[guess + 1] <= along_px) {
        guess++;
    }
    return guess;
}

static struct point place_behind(const struct along_curve *curve, size_t before, double along_px)
{
    struct point from = curve->points[before];
    struct point to = curve->points[before + 1];
    double length = curve->along_px[before + 1] - curve->along_px[before];
    double part = length > 0 ? (along_px - curve->along_px[before]) / length : 0;
    return (struct point){from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

/** Bends from one point to another; at the end of a line a place may lie a step beyond its points. */
static double bend_between(const struct along_curve *curve, size_t from, size_t to)
{
    return from + 1 < to ? curve->bend_rad[to] - curve->bend_rad[from + 1] : 0;
}

static double bend_around(const struct along_curve *curve, size_t middle)
{
    size_t side = (size_t)curve->side;
    size_t from = middle > curve->from + side ? middle - side : curve->from;
    size_t to = middle + side < curve->to ? middle + side : curve->to;
    return bend_between(curve, from, to);
}

/** Texts read from left to right, or upward where they are upright within 3 degrees. */
static bool is_backward(struct point from, struct point to)
{
    const double cosine = 0.99862953475457387;
    const double sine = 0.05233595624294383;
    return (to.x - from.x) * cosine - (to.y - from.y) * sine <= 0;
}

bool along_curve_stand(const struct along_curve *curve, double middle_px, struct along_stand *stand)
{
    double half = curve->wish.width_px / 2;
    double number = middle_px / curve->step_px - (double)curve->first;
    size_t middle = (size_t)fmax((double)curve->from, fmin(floor(number), (double)curve->to - 1));
    double length = curve->along_px[middle + 1] - curve->along_px[middle];
    stand->middle = middle;
    stand->middle_px = curve->along_px[middle] + length * (number - (double)middle);
    double from_px = stand->middle_px - half;
    double to_px = stand->middle_px + half;
    if (curve->along_px[curve->from] > from_px + curve->step_px ||
        curve->along_px[curve->to] < to_px - curve->step_px) {
        return false;
    }
    size_t from = point_before(curve, from_px, middle);
    size_t to = point_before(curve, to_px, middle) + 1;
    if (middle - from > (size_t)curve->side || to - middle > (size_t)curve->side + 1 ||
        curve->strays[to] > curve->strays[from]) {
        return false;
    }
    stand->ends[0] = place_behind(curve, from, from_px);
    stand->ends[1] = place_behind(curve, to - 1, to_px);
    stand->is_backward = is_backward(stand->ends[0], stand->ends[1]);
    stand->bend_rad = bend_between(curve, from, to);
    stand->bend_around_rad = bend_around(curve, middle);
    return true;
}

struct point along_curve_at(const struct along_curve *curve, const struct along_stand *stand,
                            double beside_px)
{
    double aside_px = stand->is_backward ? -beside_px : beside_px;
    double along_px = stand->middle_px + aside_px;
    double guess = (double)stand->middle + aside_px / curve->step_px;
    double last = (double)curve->to - 1;
    size_t near = (size_t)(guess > last ? last : guess > (double)curve->from ? guess : (double)curve->from);
    return place_behind(curve, point_before(curve, along_px, near), along_px);
}
