/*
 * placement_badges.c - sorted by cell and importance, each cell is a run of neighbours.
 */
#include "render/placement/placement_badges.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/map_view.h"
#include "render/placement/placement_make.h"
#include "render/placement/placement_wishes.h"

#define COVERED_PART 0.2    /* of a dot: more than this may not be hidden */
#define SURELY_CROWDED 64   /* so many dots do not fit into a cell: each touches another one */
#define BADGE_REACH_PX 26.0 /* of the widest: it stands whole in its district */

/* A symbol in its cell. */
struct member {
    int64_t column;
    int64_t row;
    uint32_t rank;
};

struct gathering {
    const struct placement_wishes *wishes;
    struct bbox district; /* px */
    double edge_px;       /* of districts */
    double scale;
    struct placement *placement; /* out */
};

static int compare_members(const void *a, const void *b)
{
    const struct member *one = a;
    const struct member *other = b;
    if (one->row != other->row) {
        return one->row < other->row ? -1 : 1;
    }
    if (one->column != other->column) {
        return one->column < other->column ? -1 : 1;
    }
    return one->rank < other->rank ? -1 : one->rank > other->rank;
}

static struct member *sort_members(const struct placement_wishes *wishes, size_t *count)
{
    struct member *members = memory_new(wishes->count, sizeof(*members));
    *count = 0;
    for (uint32_t rank = 0; rank < wishes->count; rank++) {
        const struct placed *placed = &placement_wishes_at(wishes, rank)->placed;
        bool is_point = placed->feature->shape->kind == SHAPE_POINT;
        if (placed->has_symbol && is_point && placed->feature->code.detail == DETAIL_BY_SCALE) {
            members[(*count)++] =
                (struct member){(int64_t)floor(placed->place.x / PLACEMENT_BADGE_CELL_PX),
                                (int64_t)floor(placed->place.y / PLACEMENT_BADGE_CELL_PX), rank};
        }
    }
    if (*count > 1) {
        qsort(members, *count, sizeof(*members), compare_members);
    }
    return members;
}

static bool hide_each_other(struct point a, struct point b, double dot)
{
    double width = dot - fabs(a.x - b.x);
    double height = dot - fabs(a.y - b.y);
    return width > 0 && height > 0 && width * height > COVERED_PART * dot * dot;
}

static bool is_hidden(const struct placement_wishes *wishes, const struct member *cell, size_t count,
                      size_t own, double dot)
{
    struct point place = placement_wishes_at(wishes, cell[own].rank)->placed.place;
    for (size_t i = 0; i < count; i++) {
        if (i != own &&
            hide_each_other(place, placement_wishes_at(wishes, cell[i].rank)->placed.place, dot)) {
            return true;
        }
    }
    return false;
}

/* Keeps of a cell those that no dot could show. Returns how many, in the order of their importance. */
static size_t keep_hidden(const struct placement_wishes *wishes, const struct member *cell, size_t count,
                          double dot, uint32_t *ranks)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (count > SURELY_CROWDED || is_hidden(wishes, cell, count, i, dot)) {
            ranks[kept++] = cell[i].rank;
        }
    }
    return kept;
}

/* A coordinate so far inside the district that its place is in that a badge does not cross the border. */
static double inside(const struct gathering *gathering, double px)
{
    double edge = gathering->edge_px;
    double reach = ceil(BADGE_REACH_PX * gathering->scale);
    double start = floor(px / edge) * edge;
    return fmin(fmax(px, start + reach), start + edge - reach);
}

static struct point middle_of(const struct gathering *gathering, const uint32_t *ranks, size_t count)
{
    double x = 0;
    double y = 0;
    for (size_t i = 0; i < count; i++) {
        struct point place = placement_wishes_at(gathering->wishes, ranks[i])->placed.place;
        x += place.x;
        y += place.y;
    }
    return (struct point){inside(gathering, floor(x / (double)count + 0.5)),
                          inside(gathering, floor(y / (double)count + 0.5))};
}

static void gather(const struct gathering *gathering, const uint32_t *ranks, size_t count)
{
    const struct placement_wishes *wishes = gathering->wishes;
    struct placement *placement = gathering->placement;
    struct point middle = middle_of(gathering, ranks, count);
    for (size_t i = 0; i < count; i++) {
        struct placement_wish *wish = placement_wishes_at(wishes, ranks[i]);
        struct placed *placed = &wish->placed;
        if (wish->is_home) {
            placement->counted[placement->counted_count++] =
                (struct placement_counted){placed->feature, placed->entry, placed->place, (uint32_t)count};
        }
        wish->is_counted = true;
        placed->has_symbol = i == 0;
    }
    struct placement_wish *first = placement_wishes_at(wishes, ranks[0]);
    first->placed.badge_count = (uint32_t)count;
    first->placed.place = middle;
    first->is_home = district_holds(gathering->district, middle);
}

void placement_badges_gather(const struct map_view *view, struct bbox district,
                             struct placement_wishes *wishes, struct placement *placement)
{
    size_t count;
    struct member *members = sort_members(wishes, &count);
    uint32_t *ranks = memory_new(count, sizeof(*ranks));
    double dot = SYMBOL_DOT_PX * view->symbol_scale;
    struct gathering gathering = {wishes, district, district_edge_px(view), view->symbol_scale, placement};
    placement->counted = memory_new(count, sizeof(*placement->counted));
    for (size_t first = 0, length; first < count; first += length) {
        const struct member *cell = &members[first];
        for (length = 1;
             first + length < count && cell[length].row == cell->row && cell[length].column == cell->column;
             length++) {
        }
        size_t kept = keep_hidden(wishes, cell, length, dot, ranks);
        if (kept > 1) {
            gather(&gathering, ranks, kept);
        }
    }
    placement->counted =
        memory_resize(placement->counted, placement->counted_count + 1, sizeof(*placement->counted));
    free(ranks);
    free(members);
}
