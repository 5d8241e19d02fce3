/*
 * grid_labels.c - for each grid in turn: first the values that are written in full, then the others, each
 * edge from the south-west. So what stands in full is what a reader meets first. Squares are named last, or
 * all is done again with them first.
 */
#include "render/grid/grid_labels.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/grid/grid_labels_internal.h"

#define SIDE_PART 0.9     /* that a value may take of the side band: beside a tick it looks negative */
#define LEAST_SIZE 0.72   /* a value in full that would be smaller is written short */
#define ON_EDGE_PX 0.01   /* as near as this a line ends on the edge */
#define TAIL_GAP_PART 0.2 /* of the height of a line */
#define RING_PART 0.99    /* that a value may take of its ring */
#define SHIFT_COUNT 5
#define SIDE_INSET 0.12 /* of the room beside a value that is left between it and its side of the band */

bool grid_edge_is_level(enum grid_edge edge)
{
    return edge == GRID_EDGE_TOP || edge == GRID_EDGE_BOTTOM;
}

static double width_of(const char *text, const struct grid_label_look *look, double *height)
{
    double width;
    look->measure(text, &width, height, look->context);
    return text[0] != '\0' ? width : 0;
}

struct grid_text_size grid_text_measure(const struct grid_text *text, const struct grid_label_look *look)
{
    struct grid_text_size size;
    double height;
    size.main = width_of(text->main, look, &size.height);
    size.lead = GRID_SMALL * width_of(text->lead, look, &height);
    size.tail = GRID_SMALL * width_of(text->tail, look, &height);
    size.small_height = GRID_SMALL * size.height;
    size.gap = size.tail > 0 ? TAIL_GAP_PART * size.height : 0;
    return size;
}

/** The ring that a grid asks for: names of squares stand among the values of the grid before. */
static size_t ring_needed_of(const struct label_maker *maker, size_t grid)
{
    size_t count = 0;
    for (size_t i = 0; i <= grid; i++) {
        count += maker->grids[i].kind != GRID_SQUARES;
    }
    return count > 0 ? count - 1 : 0;
}

static size_t ring_of(const struct label_maker *maker, size_t grid)
{
    size_t ring = ring_needed_of(maker, grid);
    return ring < maker->ring_count ? ring : maker->ring_count - 1;
}

/** How far the middle of a value stands from the map: of one grid in the middle of the band, else in columns.
 */
static double column_of(const struct label_maker *maker, size_t grid, double width, bool is_swapped)
{
    const struct grid_label_look *look = maker->look;
    double spare = look->side_px - look->tick_px - width;
    if (maker->ring_needed < 2) {
        return (look->side_px + look->tick_px) / 2;
    }
    bool is_inner = (ring_needed_of(maker, grid) == 0) != is_swapped;
    return look->tick_px + width / 2 + (is_inner ? SIDE_INSET : 1 - SIDE_INSET) * spare;
}

/** Its box when its middle stands at a place along its edge. */
static struct bbox box_at(const struct label_maker *maker, const struct grid_label *label, double along,
                          double width, double height, bool is_swapped)
{
    const struct grid_label_look *look = maker->look;
    double across = column_of(maker, label->grid, width, is_swapped);
    struct point middle = {0};
    if (grid_edge_is_level(label->edge)) {
        across = look->tick_px + ((double)ring_of(maker, label->grid) + 0.5) * maker->ring_px;
        middle = (struct point){along, label->edge == GRID_EDGE_TOP ? -across : maker->height_px + across};
    } else {
        middle = (struct point){label->edge == GRID_EDGE_LEFT ? -across : maker->width_px + across, along};
    }
    return (struct bbox){middle.x - width / 2, middle.y - height / 2, middle.x + width / 2,
                         middle.y + height / 2};
}

static bool has_room(const struct label_maker *maker, struct bbox box)
{
    const struct grid_label_look *look = maker->look;
    struct bbox paper = {-look->side_px, -look->top_px, maker->width_px + look->side_px,
                         maker->height_px + look->top_px};
    struct bbox map = {0, 0, maker->width_px, maker->height_px};
    if (!bbox_contains(paper, box) || bbox_intersects(map, box)) {
        return false;
    }
    for (size_t i = 0; i < maker->labels->count; i++) {
        struct bbox taken = maker->labels->items[i].box_px; /* rings lie close to each other */
        taken.min_x -= maker->apart_px;
        taken.max_x += maker->apart_px;
        if (bbox_intersects(taken, box)) {
            return false;
        }
    }
    return true;
}

/** Beside each other, else the tail below, else smaller. @return false when a full value would be too small
 */
static bool fit_side(const struct label_maker *maker, struct grid_label *label, double *width, double *height)
{
    struct grid_text_size size = grid_text_measure(&label->text, maker->look);
    double room = SIDE_PART * (maker->look->side_px - maker->look->tick_px);
    *width = size.lead + size.main + size.gap + size.tail;
    *height = size.height;
    if (*width > room && size.tail > 0) {
        label->is_stacked = true;
        *width = fmax(size.lead + size.main, size.tail);
        *height = size.height + size.small_height;
    }
    label->size = fmin(1, room / *width);
    *width *= label->size;
    *height *= label->size;
    return !label->is_full || label->size >= LEAST_SIZE;
}

static bool fit_top(const struct label_maker *maker, struct grid_label *label, double *width, double *height)
{
    struct grid_text_size size = grid_text_measure(&label->text, maker->look);
    label->size = fmin(1, RING_PART * maker->ring_px / size.height);
    *width = label->size * (size.lead + size.main + size.gap + size.tail);
    *height = label->size * size.height;
    return true;
}

bool grid_labels_try(struct label_maker *maker, struct grid_label label)
{
    static const double shifts[SHIFT_COUNT] = {0, 0.25, -0.25, 0.5, -0.5}; /* of its length along the edge */
    bool is_level = grid_edge_is_level(label.edge);
    double width;
    double height;
    bool fits = is_level ? fit_top(maker, &label, &width, &height) : fit_side(maker, &label, &width, &height);
    double along = is_level ? label.tick_px.x : label.tick_px.y;
    for (size_t i = 0; fits && i < 2 * SHIFT_COUNT; i++) {
        double place = along + shifts[i % SHIFT_COUNT] * (is_level ? width : height);
        label.box_px = box_at(maker, &label, place, width, height, i >= SHIFT_COUNT);
        if (has_room(maker, label.box_px)) {
            struct grid_labels *labels = maker->labels;
            labels->items = memory_resize(labels->items, labels->count + 1, sizeof *labels->items);
            labels->items[labels->count++] = label;
            return true;
        }
    }
    return false;
}

/** The edge that a line crosses rather than follows at a place; in a corner it lies on two. */
static bool edge_of(const struct label_maker *maker, struct point at, struct point next, enum grid_edge *edge)
{
    double off[GRID_EDGE_COUNT] = {at.y, maker->height_px - at.y, at.x, maker->width_px - at.x};
    double steepest = -1;
    for (int i = 0; i < GRID_EDGE_COUNT; i++) {
        double across = grid_edge_is_level((enum grid_edge)i) ? fabs(next.y - at.y) : fabs(next.x - at.x);
        if (fabs(off[i]) <= ON_EDGE_PX && across > steepest) {
            steepest = across;
            *edge = (enum grid_edge)i;
        }
    }
    return steepest >= 0;
}

static void add_tick(struct label_maker *maker, size_t grid, size_t line, struct point at, struct point next)
{
    struct grid_labels *labels = maker->labels;
    struct grid_tick tick = {.grid = grid, .line = line, .at_px = at};
    if (edge_of(maker, at, next, &tick.edge)) {
        labels->ticks = memory_resize(labels->ticks, labels->tick_count + 1, sizeof *labels->ticks);
        labels->ticks[labels->tick_count++] = tick;
    }
}

static void add_ticks(struct label_maker *maker, size_t grid)
{
    const struct grid_lines *lines = &maker->grids[grid];
    for (size_t i = 0; i < lines->count; i++) {
        const struct grid_line *line = &lines->items[i];
        const struct point *points = &lines->points_px[line->first];
        if (!line->is_border) {
            add_tick(maker, grid, i, points[0], points[1]);
            add_tick(maker, grid, i, points[line->count - 1], points[line->count - 2]);
        }
    }
}

/** By grid, then by edge, then from the south-west. */
static int compare_ticks(const void *a, const void *b)
{
    const struct grid_tick *first = a;
    const struct grid_tick *second = b;
    if (first->grid != second->grid) {
        return first->grid < second->grid ? -1 : 1;
    }
    if (first->edge != second->edge) {
        return first->edge < second->edge ? -1 : 1;
    }
    double apart =
        grid_edge_is_level(first->edge) ? first->at_px.x - second->at_px.x : second->at_px.y - first->at_px.y;
    if (apart != 0) {
        return apart < 0 ? -1 : 1;
    }
    return first->line < second->line ? -1 : first->line > second->line;
}

static const struct grid_line *line_of(const struct label_maker *maker, const struct grid_tick *tick)
{
    return &maker->grids[tick->grid].items[tick->line];
}

static bool label_tick(struct label_maker *maker, struct grid_tick *tick, bool is_full)
{
    const struct grid_lines *lines = &maker->grids[tick->grid];
    struct grid_label label = {.grid = tick->grid,
                               .line = tick->line,
                               .edge = tick->edge,
                               .tick_px = tick->at_px,
                               .is_full = is_full,
                               .text = grid_value(lines, line_of(maker, tick), is_full, maker->language)};
    tick->has_label = grid_labels_try(maker, label);
    return tick->has_label;
}

/** Has an edge a value in full of this direction, and of this zone, before a tick? */
static bool is_told(const struct label_maker *maker, const struct grid_tick *tick)
{
    const struct grid_line *line = line_of(maker, tick);
    for (size_t i = 0; i < maker->labels->count; i++) {
        const struct grid_label *label = &maker->labels->items[i];
        if (label->grid != tick->grid || label->edge != tick->edge || label->line == SIZE_MAX) {
            continue;
        }
        const struct grid_line *other = &maker->grids[label->grid].items[label->line];
        if (label->is_full && other->is_easting == line->is_easting &&
            utm_zone_equals(other->zone, line->zone)) {
            return true;
        }
    }
    return false;
}

/** Has any piece of the line a value? A northing has the same one in all zones. */
static bool has_value(const struct grid_labels *labels, const struct grid_lines *grids, size_t grid,
                      const struct grid_line *line)
{
    for (size_t i = 0; i < labels->count; i++) {
        const struct grid_label *label = &labels->items[i];
        if (label->grid == grid && label->line != SIZE_MAX &&
            grid_line_has_same_value(&grids[grid].items[label->line], line)) {
            return true;
        }
    }
    return false;
}

/** An easting is read above and below, a northing left and right: elsewhere only where it stands nowhere
 * else. */
static bool is_at_home(const struct label_maker *maker, const struct grid_tick *tick)
{
    return line_of(maker, tick)->is_easting == grid_edge_is_level(tick->edge);
}

/** Writes values in full, or those that are left in short. */
static void label_ticks(struct label_maker *maker, size_t grid, bool is_home, bool is_full)
{
    struct grid_labels *labels = maker->labels;
    for (size_t i = 0; i < labels->tick_count; i++) {
        struct grid_tick *tick = &labels->ticks[i];
        bool is_asked = tick->grid == grid && !tick->has_label && is_at_home(maker, tick) == is_home;
        if (!is_asked || (!is_home && has_value(labels, maker->grids, grid, line_of(maker, tick)))) {
            continue;
        }
        bool is_due = grid_value_is_round(&maker->grids[grid], line_of(maker, tick)) || !is_told(maker, tick);
        if (!is_full || is_due) {
            label_tick(maker, tick, is_full);
        }
    }
}

static void label_grid(struct label_maker *maker, size_t grid)
{
    for (int away = 0; away < 2; away++) {
        label_ticks(maker, grid, away == 0, true);
        label_ticks(maker, grid, away == 0, false);
    }
}

bool grid_labels_lacks(const struct grid_labels *labels, const struct grid_lines *grids, size_t grid,
                       size_t line)
{
    const struct grid_lines *lines = &grids[grid];
    if (lines->items[line].is_border || lines->kind == GRID_SQUARES) {
        return false;
    }
    for (size_t i = 0; i < line; i++) {
        if (grid_line_has_same_value(&lines->items[line], &lines->items[i])) {
            return false; /* told with its first piece */
        }
    }
    return !has_value(labels, grids, grid, &lines->items[line]);
}

static void find_rings(struct label_maker *maker)
{
    const struct grid_text digits = {.main = "0"};
    double room = maker->look->top_px - maker->look->tick_px;
    struct grid_text_size digit = grid_text_measure(&digits, maker->look);
    double line = digit.height;
    maker->apart_px = digit.main;
    maker->ring_count = (size_t)fmax(1, floor(room / line + 0.1));
    for (size_t i = 0; i < maker->grid_count; i++) {
        maker->ring_needed += maker->grids[i].kind != GRID_SQUARES;
    }
    size_t needed = maker->ring_needed > 0 ? maker->ring_needed : 1;
    maker->ring_count = needed < maker->ring_count ? needed : maker->ring_count;
    maker->ring_px = room / (double)maker->ring_count;
}

static void name_squares(struct label_maker *maker)
{
    for (size_t i = 0; i < maker->grid_count; i++) {
        if (maker->grids[i].kind == GRID_SQUARES) {
            grid_labels_name_squares(maker, i);
        }
    }
}

/** Squares have a letter or two, but no other place to be told: where they find no room they go first. */
static void place_all(struct label_maker *maker, bool is_squares_first)
{
    if (is_squares_first) {
        name_squares(maker);
    }
    for (size_t i = 0; i < maker->grid_count; i++) {
        if (maker->grids[i].kind != GRID_SQUARES) {
            label_grid(maker, i);
        }
    }
    if (!is_squares_first) {
        name_squares(maker);
    }
}

static void forget_places(struct grid_labels *labels)
{
    labels->count = 0;
    labels->unnamed_squares = 0;
    for (size_t i = 0; i < labels->tick_count; i++) {
        labels->ticks[i].has_label = false;
    }
}

struct grid_labels grid_labels_of(const struct grid_lines *grids, size_t grid_count, double width_px,
                                  double height_px, const struct grid_label_look *look,
                                  enum language language)
{
    struct grid_labels labels = {0};
    struct label_maker maker = {.grids = grids,
                                .grid_count = grid_count,
                                .width_px = width_px,
                                .height_px = height_px,
                                .look = look,
                                .language = language,
                                .labels = &labels};
    find_rings(&maker);
    for (size_t i = 0; i < grid_count; i++) {
        if (grids[i].kind != GRID_SQUARES) {
            add_ticks(&maker, i);
        }
    }
    if (labels.tick_count > 0) {
        qsort(labels.ticks, labels.tick_count, sizeof *labels.ticks, compare_ticks);
    }
    place_all(&maker, false);
    if (labels.unnamed_squares > 0) {
        forget_places(&labels);
        place_all(&maker, true);
    }
    return labels;
}

void grid_labels_finish(struct grid_labels *labels)
{
    free(labels->items);
    free(labels->ticks);
    *labels = (struct grid_labels){0};
}
