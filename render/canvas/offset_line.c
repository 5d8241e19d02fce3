/*
 * offset_line.c - the moved line (polyline_offset) is cut by a capsule round each near segment of the line:
 * all places nearer to it than a radius a little below the offset. A capsule is convex, so it takes one
 * interval out of a straight line.
 *
 * Segments that are near are found in a tree of boxes over the whole line, in the order of the line. How many
 * are looked at for one segment of the moved line is bounded by a number that depends on the line alone:
 * beside a tangle some loops stay, but the same in every window.
 */
#include "render/canvas/offset_line.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/canvas_internal.h"

/** Corners are made of chords, which come nearer to the line than the offset; by less than this. */
#define RADIUS_SHARE 0.97
#define RADIUS_SLACK_PX 0.03

#define CUT_MOST 64       /* intervals taken out of one segment */
#define LEFT_OVER_PX 0.25 /* shorter remains between two cuts are noise */

#define CHUNK 16 /* segments that share a leaf of the tree */

/** Looking at a box of the tree is one look. The longer a line, the fewer there are for each segment beside
 * it: up to some 30,000 segments enough wherever the line is no tangle. */
#define LOOKS_OF_LINE 20000000
#define LOOKS_LEAST 150
#define SEGMENT_LOOKS 3
#define CAPSULE_LOOKS 12

void offset_line_finish(struct offset_line *line)
{
    polyline_finish(&line->raw);
    polyline_finish(&line->piece);
    free(line->boxes);
    *line = (struct offset_line){.boxes = NULL};
}

void offset_line_begin(struct offset_line *line, const struct point *points, size_t count)
{
    line->points = points;
    line->segment_count = count > 0 ? count - 1 : 0;
    line->leaf_count = 0;
}

static struct bbox segment_box(const struct offset_line *line, size_t i)
{
    struct point a = line->points[i];
    struct point b = line->points[i + 1];
    return canvas_is_place(a) && canvas_is_place(b) ? polyline_segment_box(a, b) : bbox_empty();
}

static size_t chunk_end(const struct offset_line *line, size_t chunk)
{
    size_t end = (chunk + 1) * CHUNK;
    return end < line->segment_count ? end : line->segment_count;
}

static void make_tree(struct offset_line *line)
{
    line->leaf_count = 1;
    while (line->leaf_count * CHUNK < line->segment_count) {
        line->leaf_count *= 2;
    }
    if (line->box_capacity < 2 * line->leaf_count) {
        line->box_capacity = 2 * line->leaf_count;
        line->boxes = memory_resize(line->boxes, line->box_capacity, sizeof *line->boxes);
    }
    for (size_t chunk = 0; chunk < line->leaf_count; chunk++) {
        struct bbox box = bbox_empty();
        for (size_t i = chunk * CHUNK; i < chunk_end(line, chunk); i++) {
            box = bbox_union(box, segment_box(line, i));
        }
        line->boxes[line->leaf_count + chunk] = box;
    }
    for (size_t node = line->leaf_count - 1; node > 0; node--) {
        line->boxes[node] = bbox_union(line->boxes[2 * node], line->boxes[2 * node + 1]);
    }
}

/** A part of a segment, as shares of its length; empty when from >= to. */
struct interval {
    double from;
    double to;
};

static const struct interval nothing = {1, 0};

static struct interval united(struct interval a, struct interval b)
{
    if (a.from >= a.to || b.from >= b.to) {
        return a.from >= a.to ? b : a;
    }
    return (struct interval){fmin(a.from, b.from), fmax(a.to, b.to)};
}

/** Where start + t * change is within a radius of (0, 0). */
static struct interval in_disc(struct point start, struct point change, double radius)
{
    double a = change.x * change.x + change.y * change.y;
    double b = start.x * change.x + start.y * change.y;
    double c = start.x * start.x + start.y * start.y - radius * radius;
    double root = b * b - a * c;
    if (a == 0 || root <= 0) {
        return nothing;
    }
    return (struct interval){(-b - sqrt(root)) / a, (-b + sqrt(root)) / a};
}

/** Narrows to where low <= start + t * change <= high. */
static struct interval narrowed(struct interval interval, double start, double change, double low,
                                double high)
{
    if (change == 0) {
        return start > low && start < high ? interval : nothing;
    }
    double first = (low - start) / change;
    double last = (high - start) / change;
    return (struct interval){fmax(interval.from, fmin(first, last)), fmin(interval.to, fmax(first, last))};
}

/** Where the segment from p to q is within a radius of the segment from a to b. */
static struct interval in_capsule(struct point p, struct point q, struct point a, struct point b,
                                  double radius)
{
    struct point change = {q.x - p.x, q.y - p.y};
    struct point from_a = {p.x - a.x, p.y - a.y};
    struct point from_b = {p.x - b.x, p.y - b.y};
    double length = sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)); /* places are small */
    double aside = from_a.y * (b.x - a.x) - from_a.x * (b.y - a.y);
    double aside_change = change.y * (b.x - a.x) - change.x * (b.y - a.y);
    double limit = radius * length;
    if ((aside > limit && aside + aside_change > limit) ||
        (aside < -limit && aside + aside_change < -limit)) {
        return nothing;
    }
    struct interval inside = united(in_disc(from_a, change, radius), in_disc(from_b, change, radius));
    if (length > 0) {
        struct point u = {(b.x - a.x) / length, (b.y - a.y) / length};
        struct interval beside =
            narrowed((struct interval){-INFINITY, INFINITY}, from_a.x * u.x + from_a.y * u.y,
                     change.x * u.x + change.y * u.y, 0, length);
        beside = narrowed(beside, aside, aside_change, -limit, limit);
        inside = united(inside, beside);
    }
    return (struct interval){fmax(0, inside.from), fmin(1, inside.to)};
}

/** What is taken out of one segment, ordered and apart. */
struct cuts {
    struct interval intervals[CUT_MOST];
    int count;
};

/** Takes one more out; those that it touches are joined with it. When there are too many it is left out. */
static void add_cut(struct cuts *cuts, struct interval cut)
{
    int kept = 0;
    for (int i = 0; i < cuts->count; i++) {
        struct interval other = cuts->intervals[i];
        bool do_touch = other.from <= cut.to && cut.from <= other.to;
        if (do_touch) {
            cut = united(cut, other);
        } else {
            cuts->intervals[kept++] = other;
        }
    }
    cuts->count = kept;
    if (kept == CUT_MOST) {
        return;
    }
    int place = cuts->count++;
    for (; place > 0 && cuts->intervals[place - 1].from > cut.from; place--) {
        cuts->intervals[place] = cuts->intervals[place - 1];
    }
    cuts->intervals[place] = cut;
}

static bool is_all_cut(const struct cuts *cuts)
{
    return cuts->count == 1 && cuts->intervals[0].from <= 0 && cuts->intervals[0].to >= 1;
}

/** Does a segment lie on one side of a box? Asked all at once: which side it is nobody can foretell. */
static bool is_beside(struct point a, struct point b, struct bbox box)
{
    return ((a.x < box.min_x) & (b.x < box.min_x)) | ((a.x > box.max_x) & (b.x > box.max_x)) |
           ((a.y < box.min_y) & (b.y < box.min_y)) | ((a.y > box.max_y) & (b.y > box.max_y));
}

/** Like bbox_intersects(), in the innermost loop: what is in the tree is finite, or empty and never met. */
static bool do_meet(const struct bbox *a, const struct bbox *b)
{
    return a->min_x <= b->max_x && b->min_x <= a->max_x && a->min_y <= b->max_y && b->min_y <= a->max_y;
}

/** A segment of the moved line, and what is looked for near it. */
struct search {
    const struct offset_line *line;
    struct point p;
    struct point q;
    double radius;
    struct bbox reach;
    size_t looks; /* left */
    struct cuts *cuts;
};

static void spend(struct search *search, size_t looks)
{
    search->looks -= looks < search->looks ? looks : search->looks;
}

static bool is_over(const struct search *search)
{
    return search->looks == 0 || is_all_cut(search->cuts); /* in a tangle: soon */
}

static void cut_by_chunk(struct search *search, size_t chunk)
{
    size_t end = chunk_end(search->line, chunk);
    for (size_t i = chunk * CHUNK; i < end && !is_over(search); i++) {
        struct point a = search->line->points[i];
        struct point b = search->line->points[i + 1];
        spend(search, SEGMENT_LOOKS);
        if (is_beside(a, b, search->reach) || !canvas_is_place(a) || !canvas_is_place(b)) {
            continue;
        }
        struct interval cut = in_capsule(search->p, search->q, a, b, search->radius);
        spend(search, CAPSULE_LOOKS);
        if (cut.from < cut.to) {
            add_cut(search->cuts, cut);
        }
    }
}

/** After all that is below a node; 0 after the last. */
static size_t next_node(size_t node)
{
    while (node % 2 == 1) {
        node /= 2;
    }
    return node == 0 ? 0 : node + 1;
}

static void find_cuts(struct search *search)
{
    const struct offset_line *line = search->line;
    search->reach = bbox_grow(polyline_segment_box(search->p, search->q), search->radius);
    search->cuts->count = 0;
    for (size_t node = 1; node > 0 && !is_over(search);) {
        bool is_near = do_meet(&line->boxes[node], &search->reach);
        spend(search, 1);
        if (is_near && node < line->leaf_count) {
            node *= 2;
            continue;
        }
        if (is_near) {
            cut_by_chunk(search, node - line->leaf_count);
        }
        node = next_node(node);
    }
}

/** Tells of the piece so far and begins the next. */
static void end_piece(struct offset_line *line, void (*visit)(const struct polyline *piece, void *context),
                      void *context)
{
    if (line->piece.count > 1) {
        visit(&line->piece, context);
    }
    polyline_clear(&line->piece);
}

/** Adds what lies between two cuts of a segment to the piece. */
static void add_rest(struct offset_line *line, struct point p, struct point q, struct interval rest)
{
    bool is_between_cuts = rest.from > 0 && rest.to < 1;
    bool is_noise = is_between_cuts && (rest.to - rest.from) * point_distance(p, q) < LEFT_OVER_PX;
    if (rest.from >= rest.to || is_noise) {
        return;
    }
    if (line->piece.count == 0) {
        polyline_add(&line->piece, point_between(p, q, rest.from));
    }
    polyline_add(&line->piece, point_between(p, q, rest.to));
}

/** How often one segment beside the line may look for others. */
static size_t looks_of(const struct offset_line *line)
{
    size_t looks = LOOKS_OF_LINE / (line->segment_count + 1);
    return looks > LOOKS_LEAST ? looks : LOOKS_LEAST;
}

void offset_line_visit(struct offset_line *line, const struct point *points, size_t count, double offset_px,
                       void (*visit)(const struct polyline *piece, void *context), void *context)
{
    double radius = fabs(offset_px) * RADIUS_SHARE - RADIUS_SLACK_PX;
    struct cuts cuts;
    if (line->leaf_count == 0) {
        make_tree(line);
    }
    polyline_clear(&line->raw);
    polyline_clear(&line->piece);
    polyline_offset(points, count, offset_px, &line->raw);
    for (size_t i = 0; i + 1 < line->raw.count; i++) {
        struct point p = line->raw.points[i];
        struct point q = line->raw.points[i + 1];
        double from = 0;
        find_cuts(&(struct search){line, p, q, radius, .looks = looks_of(line), .cuts = &cuts});
        for (int k = 0; k < cuts.count; k++) {
            add_rest(line, p, q, (struct interval){from, cuts.intervals[k].from});
            end_piece(line, visit, context);
            from = cuts.intervals[k].to;
        }
        add_rest(line, p, q, (struct interval){from, 1});
    }
    end_piece(line, visit, context);
}
