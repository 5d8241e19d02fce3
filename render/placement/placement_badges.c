/*
 * placement_badges.c - sorted by block, cell and importance, each cell is a run of neighbours.
 */
#include "render/placement/placement_badges.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/map_view.h"
#include "render/placement/placement_make.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/district.h"
#include "render/scene/feature_symbol.h"

#define COVERED_PART 0.2  /* of a dot: more than this may not be hidden */
#define SURELY_CROWDED 64 /* so many dots do not fit into a cell: each touches another one */
#define CELL_MOST 999     /* the badge of more is wider than a cell: it stands for a whole block */

#define CELL_BIAS (INT64_C(1) << 30) /* no map reaches so many cells west or north */
#define HALF_MASK (CELL_BIAS - 1)

/* A symbol in its cell. */
struct member {
    struct point place;
    uint64_t cell; /* cell_at() */
    uint32_t rank;
    bool is_crowded; /* another dot hides it, or it hides another one */
    bool has_left;   /* it is counted in another cell */
};

/* A run of members. */
struct cell {
    uint64_t number; /* cell_at() */
    size_t first;
    size_t count;
    bool is_crowded; /* within itself */
};

/* A member that is counted in the cell of one that it hides, or that hides it. */
struct guest {
    size_t cell;
    size_t member;
};

struct gathering {
    struct placement_wishes *wishes;
    struct bbox district; /* px */
    double dot_px;
    double scale;
    struct member *members;
    size_t member_count;
    struct cell *cells;
    size_t cell_count;
    struct guest *guests; /* by cell */
    size_t guest_count;
    uint32_t *ranks;             /* for those of one badge */
    struct placement *placement; /* out */
};

/* A number for each cell. Those of a block follow each other: its row, its column, which of the four. */
static uint64_t cell_at(int64_t column, int64_t row)
{
    uint64_t right = (uint64_t)(column + CELL_BIAS);
    uint64_t down = (uint64_t)(row + CELL_BIAS);
    return down >> 1 << 32 | right >> 1 << 2 | (down & 1) << 1 | (right & 1);
}

static uint64_t block_of(uint64_t cell)
{
    return cell >> 2;
}

static int64_t column_of(uint64_t cell)
{
    return (int64_t)((cell >> 2 & HALF_MASK) << 1 | (cell & 1)) - CELL_BIAS;
}

static int64_t row_of(uint64_t cell)
{
    return (int64_t)(cell >> 32 << 1 | (cell >> 1 & 1)) - CELL_BIAS;
}

static int compare_members(const void *a, const void *b)
{
    const struct member *one = a;
    const struct member *other = b;
    if (one->cell != other->cell) {
        return one->cell < other->cell ? -1 : 1;
    }
    return (one->rank > other->rank) - (one->rank < other->rank);
}

static int compare_guests(const void *a, const void *b)
{
    const struct guest *one = a;
    const struct guest *other = b;
    return one->cell != other->cell       ? (one->cell < other->cell ? -1 : 1)
           : one->member != other->member ? (one->member < other->member ? -1 : 1)
                                          : 0;
}

static int compare_ranks(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a;
    uint32_t other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

static void sort_members(struct gathering *gathering)
{
    const struct placement_wishes *wishes = gathering->wishes;
    gathering->members = memory_new(wishes->count, sizeof(*gathering->members));
    for (uint32_t rank = 0; rank < wishes->count; rank++) {
        const struct placed *placed = &placement_wishes_at(wishes, rank)->placed;
        bool is_point = placed->feature->shape->kind == SHAPE_POINT;
        if (placed->has_symbol && is_point && placed->feature->code.detail == DETAIL_BY_SCALE) {
            gathering->members[gathering->member_count++] =
                (struct member){.place = placed->place,
                                .cell = cell_at((int64_t)floor(placed->place.x / PLACEMENT_BADGE_CELL_PX),
                                                (int64_t)floor(placed->place.y / PLACEMENT_BADGE_CELL_PX)),
                                .rank = rank};
        }
    }
    if (gathering->member_count > 1) {
        qsort(gathering->members, gathering->member_count, sizeof(*gathering->members), compare_members);
    }
}

/* Do two of them hide each other, as dots? */
static bool do_hide(const struct gathering *gathering, const struct member *one, const struct member *other)
{
    double dot = gathering->dot_px;
    struct point a = one->place;
    struct point b = other->place;
    double width = dot - fabs(a.x - b.x);
    double height = dot - fabs(a.y - b.y);
    return width > 0 && height > 0 && width * height > COVERED_PART * dot * dot;
}

/* Which of its members hide each other. */
static void mark_crowded(const struct gathering *gathering, struct cell *cell)
{
    struct member *members = &gathering->members[cell->first];
    cell->is_crowded = cell->count > SURELY_CROWDED;
    for (size_t i = 0; i < cell->count; i++) {
        members[i].is_crowded = members[i].is_crowded || cell->count > SURELY_CROWDED;
        for (size_t k = 0; k < i && cell->count <= SURELY_CROWDED; k++) {
            bool is_known = members[i].is_crowded && members[k].is_crowded;
            if (!is_known && do_hide(gathering, &members[i], &members[k])) {
                members[i].is_crowded = members[k].is_crowded = cell->is_crowded = true;
            }
        }
    }
}

static void find_cells(struct gathering *gathering)
{
    const struct member *members = gathering->members;
    gathering->cells = memory_new(gathering->member_count, sizeof(*gathering->cells));
    for (size_t first = 0; first < gathering->member_count;) {
        struct cell *cell = &gathering->cells[gathering->cell_count++];
        *cell = (struct cell){.number = members[first].cell, .first = first};
        while (first < gathering->member_count && members[first].cell == members[cell->first].cell) {
            first++;
        }
        cell->count = first - cell->first;
        mark_crowded(gathering, cell);
    }
}

/* The cell of a column and row, or as many as there are. */
static size_t find_cell(const struct gathering *gathering, int64_t column, int64_t row)
{
    uint64_t sought = cell_at(column, row);
    size_t low = 0;
    size_t high = gathering->cell_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint64_t cell = gathering->cells[middle].number;
        if (cell == sought) {
            return middle;
        }
        low = cell < sought ? middle + 1 : low;
        high = cell > sought ? middle : high;
    }
    return gathering->cell_count;
}

/* Does it hide one of a cell that is not crowded itself? All of these are marked. */
static bool hides_one_of(const struct gathering *gathering, const struct member *member,
                         const struct cell *cell)
{
    bool does_hide = false;
    for (size_t i = 0; i < cell->count && !cell->is_crowded; i++) {
        struct member *other = &gathering->members[cell->first + i];
        if (do_hide(gathering, member, other)) {
            other->is_crowded = does_hide = true;
        }
    }
    return does_hide;
}

/* -1, 0, 1: across which edge of its cell a dot may meet others. */
static int side_of(const struct gathering *gathering, double px, int64_t cell)
{
    double into = px - (double)cell * PLACEMENT_BADGE_CELL_PX;
    bool is_after = into + gathering->dot_px > PLACEMENT_BADGE_CELL_PX;
    return into < gathering->dot_px ? -1 : is_after ? 1 : 0;
}

/* The first of the cells before its own in which it hides one, or its own. */
static size_t host_of(const struct gathering *gathering, size_t own, const struct member *member)
{
    struct point place = member->place;
    int across = side_of(gathering, place.x, column_of(member->cell));
    int along = side_of(gathering, place.y, row_of(member->cell));
    size_t host = own;
    for (int i = 1; i < 4; i++) {
        int right = i & 1 ? across : 0;
        int down = i & 2 ? along : 0;
        bool is_own = right == 0 && down == 0;
        size_t cell =
            is_own ? own : find_cell(gathering, column_of(member->cell) + right, row_of(member->cell) + down);
        if (cell < host && hides_one_of(gathering, member, &gathering->cells[cell])) {
            host = cell;
        }
    }
    return host;
}

/* Those that hide each other across the edge of a cell are counted together. */
static void find_guests(struct gathering *gathering)
{
    gathering->guests = memory_new(gathering->member_count, sizeof(*gathering->guests));
    for (size_t own = 0; own < gathering->cell_count; own++) {
        const struct cell *cell = &gathering->cells[own];
        for (size_t i = cell->first; i < cell->first + cell->count && !cell->is_crowded; i++) {
            size_t host = host_of(gathering, own, &gathering->members[i]);
            if (host < own) {
                gathering->members[i].has_left = true;
                gathering->guests[gathering->guest_count++] = (struct guest){host, i};
            }
        }
    }
    if (gathering->guest_count > 1) {
        qsort(gathering->guests, gathering->guest_count, sizeof(*gathering->guests), compare_guests);
    }
}

/* The cells of one block that have members, from the first to the end. */
static size_t end_of_block(const struct gathering *gathering, size_t first)
{
    uint64_t block = block_of(gathering->cells[first].number);
    size_t end = first + 1;
    while (end < gathering->cell_count && block_of(gathering->cells[end].number) == block) {
        end++;
    }
    return end;
}

static bool is_too_full(const struct gathering *gathering, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (gathering->cells[i].count > CELL_MOST) {
            return true;
        }
    }
    return false;
}

/* Cells that are gathered together, and where their badge stands. */
struct spot {
    size_t first_cell;
    size_t end_cell;
    size_t first_guest;
    size_t end_guest;
    struct bbox bounds; /* px: the badge stands inside */
    bool is_block;      /* all are counted */
};

static struct bbox bounds_of(uint64_t cell, bool is_block)
{
    uint64_t first = is_block ? block_of(cell) << 2 : cell;
    double edge = PLACEMENT_BADGE_CELL_PX * (is_block ? PLACEMENT_BADGE_BLOCK_CELLS : 1);
    double x = PLACEMENT_BADGE_CELL_PX * (double)column_of(first);
    double y = PLACEMENT_BADGE_CELL_PX * (double)row_of(first);
    return (struct bbox){x, y, x + edge, y + edge};
}

/* A coordinate so far inside that a badge does not cross the edges. */
static double inside(double px, double low, double high, double reach)
{
    return fmin(fmax(px, low + reach), high - reach);
}

static struct point middle_of(const struct gathering *gathering, const struct spot *spot, size_t count)
{
    double x = 0;
    double y = 0;
    for (size_t i = 0; i < count; i++) {
        struct point place = placement_wishes_at(gathering->wishes, gathering->ranks[i])->placed.place;
        x += place.x;
        y += place.y;
    }
    size_t most = spot->end_guest - spot->first_guest;
    for (size_t i = spot->first_cell; i < spot->end_cell; i++) {
        most += gathering->cells[i].count;
    }
    double reach = ceil(feature_symbol_badge_reach_px((uint32_t)most, gathering->scale));
    struct bbox bounds = spot->bounds;
    return (struct point){inside(floor(x / (double)count + 0.5), bounds.min_x, bounds.max_x, reach),
                          inside(floor(y / (double)count + 0.5), bounds.min_y, bounds.max_y, reach)};
}

/* Those that hide each other. */
static size_t collect_crowded(const struct gathering *gathering, const struct spot *spot)
{
    size_t count = 0;
    for (size_t i = spot->first_guest; i < spot->end_guest; i++) {
        gathering->ranks[count++] = gathering->members[gathering->guests[i].member].rank;
    }
    const struct cell *last = &gathering->cells[spot->end_cell - 1];
    for (size_t i = gathering->cells[spot->first_cell].first; i < last->first + last->count; i++) {
        const struct member *member = &gathering->members[i];
        if (!member->has_left && (member->is_crowded || spot->is_block)) {
            gathering->ranks[count++] = member->rank;
        }
    }
    return count;
}

/* And those that the badge would hide. Returns how many there are then. */
static size_t collect_covered(const struct gathering *gathering, const struct spot *spot, struct point middle,
                              size_t count)
{
    const struct cell *cell = &gathering->cells[spot->first_cell];
    double half = gathering->dot_px / 2;
    double reach = ceil(feature_symbol_badge_reach_px((uint32_t)(count + cell->count), gathering->scale));
    for (size_t i = cell->first; i < cell->first + cell->count && !spot->is_block; i++) {
        const struct member *member = &gathering->members[i];
        struct point place = member->place;
        bool is_far = fabs(place.x - middle.x) >= reach + half || fabs(place.y - middle.y) >= reach + half;
        if (!member->has_left && !member->is_crowded && !is_far) {
            gathering->ranks[count++] = member->rank;
        }
    }
    return count;
}

/* The most important of them becomes the badge. */
static void count_all(const struct gathering *gathering, struct point middle, size_t count)
{
    struct placement *placement = gathering->placement;
    qsort(gathering->ranks, count, sizeof(*gathering->ranks), compare_ranks);
    for (size_t i = 0; i < count; i++) {
        struct placement_wish *wish = placement_wishes_at(gathering->wishes, gathering->ranks[i]);
        struct placed *placed = &wish->placed;
        if (wish->is_home) {
            placement->counted[placement->counted_count++] =
                (struct placement_counted){placed->feature, placed->entry, placed->place, (uint32_t)count};
        }
        wish->is_counted = true;
        placed->has_symbol = i == 0;
    }
    struct placement_wish *first = placement_wishes_at(gathering->wishes, gathering->ranks[0]);
    first->placed.badge_count = (uint32_t)count;
    first->placed.place = middle;
    first->is_home = district_holds(gathering->district, middle);
}

static void gather(const struct gathering *gathering, const struct spot *spot)
{
    size_t count = collect_crowded(gathering, spot);
    if (count > 1) {
        struct point middle = middle_of(gathering, spot, count);
        count_all(gathering, middle, collect_covered(gathering, spot, middle, count));
    }
}

static void gather_all(const struct gathering *gathering)
{
    size_t guest = 0;
    for (size_t first = 0, end; first < gathering->cell_count; first = end) {
        end = end_of_block(gathering, first);
        bool is_block = is_too_full(gathering, first, end);
        end = is_block ? end : first + 1;
        struct spot spot = {.first_cell = first,
                            .end_cell = end,
                            .first_guest = guest,
                            .bounds = bounds_of(gathering->cells[first].number, is_block),
                            .is_block = is_block};
        while (guest < gathering->guest_count && gathering->guests[guest].cell < end) {
            guest++;
        }
        spot.end_guest = guest;
        gather(gathering, &spot);
    }
}

void placement_badges_gather(const struct map_view *view, struct bbox district,
                             struct placement_wishes *wishes, struct placement *placement)
{
    struct gathering gathering = {.wishes = wishes,
                                  .district = district,
                                  .dot_px = SYMBOL_DOT_PX * view->symbol_scale,
                                  .scale = view->symbol_scale,
                                  .placement = placement};
    sort_members(&gathering);
    find_cells(&gathering);
    find_guests(&gathering);
    gathering.ranks = memory_new(gathering.member_count, sizeof(*gathering.ranks));
    placement->counted = memory_new(gathering.member_count, sizeof(*placement->counted));
    gather_all(&gathering);
    placement->counted =
        memory_resize(placement->counted, placement->counted_count + 1, sizeof(*placement->counted));
    free(gathering.ranks);
    free(gathering.guests);
    free(gathering.cells);
    free(gathering.members);
}
