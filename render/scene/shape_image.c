/*
 * shape_image.c - an edge is divided in the middle, in lon/lat, as long as the image of a point of it lies
 * beside the straight way between the images of its ends.
 *
 * Which edges are looked at: the image of one of L radians bends by at most about L * L / 8 * (1 + 2 * tan
 * latitude) radii of the earth, so below a hundredth of a degree it is hardly ever 0.1 m. A bend is a quarter
 * in each half; of long edges, that may bend to both sides, three points are looked at. A shape with very
 * many long edges has each of them divided less often: all its images stay within MOST_ADDED points.
 */
#include "render/scene/shape_image.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/clip.h"
#include "geo/crs.h"
#include "geo/segment.h"
#include "geo/shape.h"
#include "render/scene/antimeridian.h"
#include "render/scene/crs_way.h"

#define TOLERANCE_M 0.1
#define LEAST_DEG 0.01 /* of an edge that is looked at */
#define LONG_DEG 0.5   /* of one that may bend to both sides by more than the tolerance */
#define MOST_DEPTH 10
#define MOST_ADDED (1 << 17)

/* Where the world runs on, what crosses the antimeridian stays in one piece; else it is cut. NULL: it does
 * not cross it, as nearly all. */
static struct shape *laid_out(const struct crs_way *way, const struct shape *lon_lat_deg)
{
    return way->turn_units > 0 ? antimeridian_unfold(lon_lat_deg) : antimeridian_cut(lon_lat_deg);
}

static void add_piece(const struct point *points, size_t count, double start, void *context)
{
    shape_add_part(context, points, count, false);
}

static struct shape *clipped_lines(const struct shape *lines, struct bbox box)
{
    struct shape *clipped = shape_new(SHAPE_LINE);
    for (size_t i = 0; i < lines->part_count; i++) {
        clip_line(lines->points + lines->parts[i].first, lines->parts[i].count, box, add_piece, clipped);
    }
    return clipped;
}

/* What of it has a usable image. NULL: all of it. */
static struct shape *usable(const struct crs_way *way, const struct shape *shape)
{
    if (shape->kind == SHAPE_POINT || bbox_contains(way->usable_deg, shape->box)) {
        return NULL;
    }
    return shape->kind == SHAPE_LINE ? clipped_lines(shape, way->usable_deg)
                                     : clip_polygon(shape, way->usable_deg);
}

static bool is_longer(struct point from, struct point to, double deg)
{
    double x = to.x - from.x;
    double y = to.y - from.y;
    return x * x + y * y > deg * deg;
}

static uint32_t count_long_edges(const struct shape *lon_lat_deg)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < lon_lat_deg->part_count; i++) {
        const struct point *points = lon_lat_deg->points + lon_lat_deg->parts[i].first;
        for (uint32_t j = 1; j < lon_lat_deg->parts[i].count; j++) {
            count += is_longer(points[j - 1], points[j], LEAST_DEG);
        }
    }
    return count;
}

/* How often an edge may be halved. */
static int depth_for(uint32_t long_edge_count)
{
    int depth = 0;
    while (depth < MOST_DEPTH && ((uint64_t)long_edge_count << (depth + 1)) <= MOST_ADDED) {
        depth++;
    }
    return depth;
}

/* The image of a part that grows. */
struct division {
    const struct crs_way *way;
    double tolerance_squared; /* in units of the CRS */
    struct point *points;     /* owned */
    size_t count;
    size_t capacity;
};

struct edge {
    struct point from_deg;
    struct point to_deg;
    struct point from; /* their images */
    struct point to;
};

static void add(struct division *division, struct point image)
{
    if (division->count == division->capacity) {
        division->capacity = 2 * division->capacity + 64;
        division->points = memory_resize(division->points, division->capacity, sizeof(*division->points));
    }
    division->points[division->count++] = image;
}

/* Of a place on the edge. NaN when there is none. */
static struct point image_at(const struct division *division, const struct edge *edge, double part)
{
    struct point image = point_between(edge->from_deg, edge->to_deg, part);
    return crs_way_points(division->way, &image, 1, NULL) ? image : (struct point){NAN, NAN};
}

static double bend_squared(const struct division *division, const struct edge *edge, struct point middle)
{
    double bend = segment_distance_squared(middle, edge->from, edge->to);
    for (int i = 1; i <= 3 && is_longer(edge->from_deg, edge->to_deg, LONG_DEG); i += 2) {
        struct point beside = image_at(division, edge, i / 4.0);
        bend = fmax(bend, segment_distance_squared(beside, edge->from, edge->to));
    }
    return bend;
}

/* Adds the images of what lies between the ends of an edge. */
static void divide(struct division *division, const struct edge *edge, int depth)
{
    struct point middle = image_at(division, edge, 0.5);
    double bend = bend_squared(division, edge, middle);
    if (!point_is_finite(middle) || !(bend > division->tolerance_squared)) {
        return;
    }
    struct point middle_deg = point_between(edge->from_deg, edge->to_deg, 0.5);
    bool is_enough = depth <= 1 || bend <= 4 * 4 * division->tolerance_squared;
    if (!is_enough) {
        divide(division, &(struct edge){edge->from_deg, middle_deg, edge->from, middle}, depth - 1);
    }
    add(division, middle);
    if (!is_enough) {
        divide(division, &(struct edge){middle_deg, edge->to_deg, middle, edge->to}, depth - 1);
    }
}

static void divide_part(struct division *division, const struct point *points_deg, const struct point *images,
                        uint32_t count, int depth)
{
    division->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && depth > 0 && is_longer(points_deg[i - 1], points_deg[i], LEAST_DEG)) {
            divide(division, &(struct edge){points_deg[i - 1], points_deg[i], images[i - 1], images[i]},
                   depth);
        }
        add(division, images[i]);
    }
}

/* The images of the ends are there already. Takes them over. */
static struct shape *divided(const struct crs_way *way, const struct shape *lon_lat_deg, struct shape *ends)
{
    uint32_t long_edge_count = count_long_edges(lon_lat_deg);
    if (ends->kind == SHAPE_POINT || way->crs->is_geographic || long_edge_count == 0) {
        return ends;
    }
    double tolerance = TOLERANCE_M / way->crs->metres_per_unit;
    struct division division = {.way = way, .tolerance_squared = tolerance * tolerance};
    struct shape *image = shape_new(ends->kind);
    image->is_multi = ends->is_multi;
    for (uint32_t i = 0; i < ends->part_count; i++) {
        struct shape_part part = ends->parts[i];
        divide_part(&division, lon_lat_deg->points + part.first, ends->points + part.first, part.count,
                    depth_for(long_edge_count));
        shape_add_part(image, division.points, division.count, part.is_hole);
    }
    free(division.points);
    shape_free(ends);
    return image;
}

struct shape *shape_image_of(const struct crs_way *way, const struct shape *lon_lat_deg, struct fault *fault)
{
    struct shape *whole = laid_out(way, lon_lat_deg);
    struct shape *part = usable(way, whole ? whole : lon_lat_deg);
    const struct shape *shape = part ? part : whole ? whole : lon_lat_deg;
    struct shape *image = shape_copy(shape);
    if (crs_way_points(way, image->points, image->point_count, fault)) {
        shape_update_box(image);
        image = divided(way, shape, image);
    } else {
        shape_free(image);
        image = NULL;
    }
    shape_free(part);
    shape_free(whole);
    return image;
}
