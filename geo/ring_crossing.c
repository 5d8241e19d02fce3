/*
 * ring_crossing.c - edges are compared through a tree of boxes.
 *
 * Edges that follow each other in a ring are near each other, so the order in which they are given is
 * already a good tree: a node holds the box of a run of edges, its children those of the two halves. Runs
 * whose boxes lie apart are never looked into. The tree is a heap: node 1 is the root, the children of
 * node i are 2 i and 2 i + 1, and the last level holds runs of RUN edges.
 *
 * Coordinates become whole numbers of 2^-50 degrees, which fit in 59 bits; twice the area of a triangle
 * then fits in 120, so on which side of an edge a point lies is told without error.
 */
#include "geo/ring_crossing.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/shape.h"

#define RUN 8

/*
 * Pairs of edges or boxes that may be looked at, some 10 ns each: coasts take 10 a point, tight spirals 80.
 * In proportion to the points, so that many small polygons cost no more time than reading them does.
 */
#define WORK_PER_POINT RING_CROSSING_WORK_PER_POINT
#define WORK_BESIDE RING_CROSSING_WORK_BESIDE
#define STEPS_PER_DEGREE 0x1p50

struct place {
    int64_t x;
    int64_t y;
};

/* A vertex, and the edge from it to the next. Repeated points are left out. */
struct corner {
    struct place place;
    uint32_t previous;
    uint32_t next;
    uint32_t part;
    uint32_t point;
};

struct box {
    struct place least;
    struct place most;
};

struct search {
    struct corner *corners;
    uint32_t count;
    struct box *boxes;
    uint32_t first_run; /* index of the first box of the last level */
    uint64_t work;
    uint64_t most_work;
    struct ring_crossing *crossing;
};

static struct place place_of(struct point point)
{
    return (struct place){llrint(point.x * STEPS_PER_DEGREE), llrint(point.y * STEPS_PER_DEGREE)};
}

static bool is_same(struct place a, struct place b)
{
    return a.x == b.x && a.y == b.y;
}

/* 1 when c lies left of the line from a to b, -1 right of it, 0 on it. */
static int side(struct place a, struct place b, struct place c)
{
    __extension__ __int128 left = (__int128)(b.x - a.x) * (c.y - a.y);
    __extension__ __int128 right = (__int128)(b.y - a.y) * (c.x - a.x);
    return (left > right) - (left < right);
}

static void add_ring(struct search *search, const struct shape *polygon, uint32_t part)
{
    const struct point *points = polygon->points + polygon->parts[part].first;
    uint32_t first = search->count;
    for (uint32_t i = 0; i + 1 < polygon->parts[part].count; i++) {
        struct place place = place_of(points[i]);
        if (search->count > first && is_same(place, search->corners[search->count - 1].place)) {
            continue;
        }
        uint32_t number = search->count++;
        search->corners[number] = (struct corner){place, number - 1, number + 1, part, i};
    }
    while (search->count > first + 1 &&
           is_same(search->corners[first].place, search->corners[search->count - 1].place)) {
        search->count--;
    }
    if (search->count > first) {
        search->corners[first].previous = search->count - 1;
        search->corners[search->count - 1].next = first;
    }
}

static struct box edge_box(const struct search *search, uint32_t edge)
{
    struct place a = search->corners[edge].place;
    struct place b = search->corners[search->corners[edge].next].place;
    return (struct box){{a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y},
                        {a.x > b.x ? a.x : b.x, a.y > b.y ? a.y : b.y}};
}

static struct box join(struct box a, struct box b)
{
    return (struct box){
        {a.least.x < b.least.x ? a.least.x : b.least.x, a.least.y < b.least.y ? a.least.y : b.least.y},
        {a.most.x > b.most.x ? a.most.x : b.most.x, a.most.y > b.most.y ? a.most.y : b.most.y}};
}

static bool is_apart(struct box a, struct box b)
{
    return a.least.x > b.most.x || b.least.x > a.most.x || a.least.y > b.most.y || b.least.y > a.most.y;
}

static bool holds(struct box box, struct place place)
{
    return !is_apart(box, (struct box){place, place});
}

static void build_boxes(struct search *search)
{
    uint32_t runs = (search->count + RUN - 1) / RUN;
    for (search->first_run = 1; search->first_run < runs;) {
        search->first_run *= 2;
    }
    const struct box nothing = {{INT64_MAX, INT64_MAX}, {INT64_MIN, INT64_MIN}};
    search->boxes = memory_new(2 * (size_t)search->first_run, sizeof *search->boxes);
    for (uint32_t node = 1; node < 2 * search->first_run; node++) {
        search->boxes[node] = nothing;
    }
    for (uint32_t edge = 0; edge < search->count; edge++) {
        struct box *box = &search->boxes[search->first_run + edge / RUN];
        *box = join(*box, edge_box(search, edge));
    }
    for (uint32_t node = search->first_run - 1; node > 0; node--) {
        search->boxes[node] = join(search->boxes[2 * node], search->boxes[2 * node + 1]);
    }
}

/* Does the ray from apex to place lie between the rays to from and to, turning left from the first to the
 * second? */
static bool is_between(struct place apex, struct place from, struct place to, struct place place)
{
    int turn = side(apex, from, to);
    if (turn > 0) {
        return side(apex, from, place) > 0 && side(apex, place, to) > 0;
    }
    if (turn < 0) {
        return side(apex, from, place) > 0 || side(apex, place, to) > 0;
    }
    bool is_straight = (from.x < apex.x) != (to.x < apex.x) || (from.y < apex.y) != (to.y < apex.y);
    return is_straight && side(apex, from, place) > 0;
}

/* Two ways through the same apex: does b come in on one side of a and go out on the other? */
static bool passes_through(struct place apex, struct place a_before, struct place a_after,
                           struct place b_before, struct place b_after)
{
    bool before_left = is_between(apex, a_after, a_before, b_before);
    bool before_right = is_between(apex, a_before, a_after, b_before);
    bool after_left = is_between(apex, a_after, a_before, b_after);
    bool after_right = is_between(apex, a_before, a_after, b_after);
    return (before_left && after_right) || (before_right && after_left);
}

/* Does the ring of edge number `through` pass through edge `along` at its own first point, which lies on
 * it? */
static bool passes_at_start(const struct search *search, uint32_t through, uint32_t along)
{
    const struct corner *corner = &search->corners[through];
    const struct corner *other = &search->corners[along];
    struct place before =
        is_same(corner->place, other->place) ? search->corners[other->previous].place : other->place;
    return passes_through(corner->place, before, search->corners[other->next].place,
                          search->corners[corner->previous].place, search->corners[corner->next].place);
}

static bool do_cross(const struct search *search, uint32_t first, uint32_t second)
{
    struct place a = search->corners[first].place;
    struct place b = search->corners[search->corners[first].next].place;
    struct place c = search->corners[second].place;
    struct place d = search->corners[search->corners[second].next].place;
    int side_c = side(a, b, c);
    int side_d = side(a, b, d);
    int side_a = side(c, d, a);
    int side_b = side(c, d, b);
    if (side_c * side_d < 0 && side_a * side_b < 0) {
        return true;
    }
    /* Each touch is looked at once: at the edge that starts there, never at the one that ends there. */
    if (side_c == 0 && !is_same(c, b) && holds(edge_box(search, first), c)) {
        return passes_at_start(search, second, first);
    }
    if (side_a == 0 && !is_same(a, d) && !is_same(a, c) && holds(edge_box(search, second), a)) {
        return passes_at_start(search, first, second);
    }
    return false;
}

static bool report(struct search *search, uint32_t first, uint32_t second)
{
    const struct corner *a = &search->corners[first];
    const struct corner *b = &search->corners[second];
    *search->crossing = (struct ring_crossing){a->part, a->point, b->part, b->point};
    return true;
}

static uint32_t run_end(const struct search *search, uint32_t run)
{
    uint32_t end = (run + 1) * RUN;
    return end < search->count ? end : search->count;
}

/* Compares an edge with those from first on of a run. */
static bool compare_edge(struct search *search, uint32_t edge, uint32_t first, uint32_t run)
{
    struct box box = edge_box(search, edge);
    if (is_apart(box, search->boxes[search->first_run + run])) {
        return false;
    }
    for (uint32_t other = first; other < run_end(search, run); other++) {
        search->work++;
        if (!is_apart(box, edge_box(search, other)) && do_cross(search, edge, other)) {
            return report(search, edge, other);
        }
    }
    return false;
}

/* Compares the edges of two runs, or of one with itself; true when two cross. */
static bool compare_runs(struct search *search, uint32_t run, uint32_t other)
{
    for (uint32_t edge = run * RUN; edge < run_end(search, run); edge++) {
        if (compare_edge(search, edge, run == other ? edge + 1 : other * RUN, other)) {
            return true;
        }
    }
    return false;
}

/* Compares the edges below two nodes of the same level; as deep as the tree. */
static bool compare_nodes(struct search *search, uint32_t node, uint32_t other)
{
    search->work++;
    if (search->work > search->most_work || is_apart(search->boxes[node], search->boxes[other])) {
        return false;
    }
    if (node >= search->first_run) {
        return compare_runs(search, node - search->first_run, other - search->first_run);
    }
    if (node == other) {
        return compare_nodes(search, 2 * node, 2 * node) ||
               compare_nodes(search, 2 * node + 1, 2 * node + 1) ||
               compare_nodes(search, 2 * node, 2 * node + 1);
    }
    return compare_nodes(search, 2 * node, 2 * other) || compare_nodes(search, 2 * node, 2 * other + 1) ||
           compare_nodes(search, 2 * node + 1, 2 * other) ||
           compare_nodes(search, 2 * node + 1, 2 * other + 1);
}

/* A place, and what a ray from it to the east meets of a ring: edges first to end. */
struct ray {
    struct place place;
    uint32_t first;
    uint32_t end;
    bool is_inside;
    bool is_on_ring;
};

static void meet_edge(const struct search *search, uint32_t edge, struct ray *ray)
{
    struct place a = search->corners[edge].place;
    struct place b = search->corners[search->corners[edge].next].place;
    int turn = side(a, b, ray->place);
    ray->is_on_ring |= turn == 0 && holds(edge_box(search, edge), ray->place);
    if ((a.y > ray->place.y) != (b.y > ray->place.y) && turn == (b.y > a.y ? 1 : -1)) {
        ray->is_inside = !ray->is_inside;
    }
}

/* Follows a ray through the edges below a node, which are edge_count from first_edge on; as deep as the tree.
 */
static void cast_ray(struct search *search, uint32_t node, uint64_t first_edge, uint64_t edge_count,
                     struct ray *ray)
{
    const struct box *box = &search->boxes[node];
    bool is_met = box->least.y <= ray->place.y && box->most.y >= ray->place.y && box->most.x >= ray->place.x;
    search->work++;
    if (!is_met || first_edge >= ray->end || first_edge + edge_count <= ray->first) {
        return;
    }
    if (node < search->first_run) {
        cast_ray(search, 2 * node, first_edge, edge_count / 2, ray);
        cast_ray(search, 2 * node + 1, first_edge + edge_count / 2, edge_count / 2, ray);
        return;
    }
    for (uint64_t edge = first_edge; edge < first_edge + RUN; edge++) {
        if (edge >= ray->first && edge < ray->end) {
            search->work++;
            meet_edge(search, (uint32_t)edge, ray);
        }
    }
}

static uint32_t ring_end(const struct search *search, uint32_t first)
{
    uint32_t end = first;
    while (end < search->count && search->corners[end].part == search->corners[first].part) {
        end++;
    }
    return end;
}

/* Does the ring from corner first to end lie outside that of the shell? What crosses nothing does when one of
 * its corners does; one with all its corners on the shell is taken to lie inside. */
static bool is_outside(struct search *search, uint32_t shell, uint32_t shell_end, uint32_t first,
                       uint32_t end)
{
    for (uint32_t corner = first; corner < end && search->work <= search->most_work; corner++) {
        struct ray ray = {.place = search->corners[corner].place, .first = shell, .end = shell_end};
        cast_ray(search, 1, 0, (uint64_t)RUN * search->first_run, &ray);
        if (!ray.is_on_ring) {
            return !ray.is_inside;
        }
    }
    return false;
}

/* Looks for a hole outside its ring; it may cost as much as looking for crossings. */
static bool find_outside(struct search *search, const struct shape *polygon)
{
    uint32_t shell = 0;
    uint32_t shell_end = 0;
    search->work = 0;
    for (uint32_t first = 0; first < search->count;) {
        uint32_t end = ring_end(search, first);
        if (!polygon->parts[search->corners[first].part].is_hole) {
            shell = first;
            shell_end = end;
        } else if (is_outside(search, shell, shell_end, first, end)) {
            return report(search, first, shell);
        }
        first = end;
    }
    return false;
}

static enum ring_crossing_result look(struct search *search, const struct shape *polygon)
{
    if (compare_nodes(search, 1, 1)) {
        return RING_CROSSING_FOUND;
    }
    if (search->work <= search->most_work && find_outside(search, polygon)) {
        return RING_CROSSING_OUTSIDE;
    }
    return search->work > search->most_work ? RING_CROSSING_TOO_INTRICATE : RING_CROSSING_NONE;
}

enum ring_crossing_result ring_crossing_find(const struct shape *polygon, struct ring_crossing *crossing)
{
    struct search search = {.crossing = crossing,
                            .most_work = WORK_BESIDE + WORK_PER_POINT * (uint64_t)polygon->point_count};
    search.corners = memory_new(polygon->point_count, sizeof *search.corners);
    for (uint32_t part = 0; part < polygon->part_count; part++) {
        add_ring(&search, polygon, part);
    }
    build_boxes(&search);
    enum ring_crossing_result result = look(&search, polygon);
    free(search.corners);
    free(search.boxes);
    return result;
}
