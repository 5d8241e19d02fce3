/*
 * placement_along.c - one wish for all parts of a geometry, the longest first.
 */
#include "render/placement/placement_along.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/placement/box_grid.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/placement/placement_lines.h"
#include "render/scene/plot_shapes.h"
#include "render/canvas/polyline.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/text/text_along.h"
#include "render/text/text_lines.h"
#include "symbology/line_text_look.h"

#define PART_MOST 64       /* of a geometry: shorter ones get no text */
#define SINGLE_PART_MOST 4 /* tried for a single text */
#define APART_SHARE 0.6    /* of the spacing: a name repeated is at least so far from the first */
#define TEXT_BYTES_MAX 16384

static enum line_text_source source_of(const struct scene_feature *feature)
{
    const struct symbol_entry *entry = feature->entry;
    if (!entry || entry->text.source == LINE_TEXT_NONE) {
        return LINE_TEXT_NONE;
    }
    bool is_line = entry->geometry == GEOMETRY_LINE && feature->is_line;
    bool is_area = entry->geometry == GEOMETRY_AREA && !feature->is_line && !feature->is_point;
    return (is_line || is_area) && feature->shape->shape ? entry->text.source : LINE_TEXT_NONE;
}

bool placement_along_wants_name(const struct scene_feature *feature)
{
    return source_of(feature) == LINE_TEXT_NAME;
}

bool placement_along_wants_letters(const struct scene_feature *feature)
{
    return source_of(feature) == LINE_TEXT_LETTERS;
}

/** A label of two lines as one: "Stoplijn 2 · 14:30". Owned by the caller. */
static char *one_line(const char *label)
{
    struct buffer line;
    buffer_init(&line, TEXT_BYTES_MAX);
    for (const char *c = label; *c; c++) {
        if (*c == '\n' && text_lines_is_broken(label, c)) {
            continue;
        }
        buffer_append(&line, *c == '\n' ? " \u00B7 " : c, *c == '\n' ? strlen(" \u00B7 ") : 1);
    }
    return buffer_take(&line, NULL);
}

/** Would a repeated name stand so near the one that was set in its turn that it says nothing new? */
static bool is_near_name(const struct placement_along *along, struct point place)
{
    const struct text_alongs *texts = along->alongs;
    double least_px = APART_SHARE * along->feature->entry->text.spacing_px * along->view->symbol_scale;
    return placement_along_wants_name(along->feature) && texts->count > 0 &&
           point_distance(texts->items[0]->place, place) < least_px;
}

/** Takes the room of a text when all of it is free. */
static bool take(const struct text_along_room *room, void *context)
{
    struct placement_along *along = context;
    if (is_near_name(along, room->place)) {
        return false;
    }
    for (size_t i = 0; i < room->count; i++) {
        along->looked = bbox_union(along->looked, room->boxes[i]);
        if (!box_grid_is_free(along->taken, room->boxes[i]) ||
            !placement_lines_are_told_apart(along->shown_lines, along->feature, room->boxes[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < room->count; i++) {
        box_grid_add(along->taken, room->boxes[i], along->number);
    }
    return true;
}

static struct text_along_wish wish_of(struct placement_along *along, const char *text)
{
    const struct scene_feature *feature = along->feature;
    enum palette palette = along->view->palette;
    double scale = along->view->symbol_scale;
    struct line_look look =
        feature->is_line ? scene_line_look(feature, palette) : scene_area_look(feature, palette).outline;
    bool has_ends = look.start != LINE_END_NONE || look.end != LINE_END_NONE;
    return (struct text_along_wish){
        .text = text,
        .look = line_text_look(feature->entry, &feature->feature->code, palette, scale),
        .side = feature->entry->text.side,
        .clear_px = feature->entry->text.gap_px * scale + placement_lines_reach_px(look),
        .ends_px = has_ends ? look.end_size_px : 0,
        .most = 1,
        .near = bbox_empty(),
        .frame = along->district,
        .take = take,
        .context = along};
}

struct part {
    uint32_t number;
    double length_px;
};

static int compare_parts(const void *a, const void *b)
{
    const struct part *part_a = a;
    const struct part *part_b = b;
    if (part_a->length_px != part_b->length_px) {
        return part_a->length_px > part_b->length_px ? -1 : 1;
    }
    return part_a->number < part_b->number ? -1 : part_a->number > part_b->number;
}

/** Lines, or outer rings, the longest first. Owned by the caller. */
static struct part *sorted_parts(const struct shape *shape, size_t *count)
{
    struct part *parts = memory_new(shape->part_count, sizeof(*parts));
    *count = 0;
    for (uint32_t i = 0; i < shape->part_count; i++) {
        if (!shape->parts[i].is_hole) {
            parts[(*count)++] = (struct part){i, shape_part_length(shape, i)};
        }
    }
    if (*count > 1) {
        qsort(parts, *count, sizeof(*parts), compare_parts);
    }
    return parts;
}

static enum line_side opposite(enum line_side side)
{
    return side == LINE_SIDE_LEFT ? LINE_SIDE_RIGHT : side == LINE_SIDE_RIGHT ? LINE_SIDE_LEFT : side;
}

static void set_on_part(const struct placement_along *along, struct text_along_wish wish,
                        const struct part *part, struct text_alongs *texts)
{
    const struct shape *shape = along->feature->shape->shape;
    const struct point *points = shape->points + shape->parts[part->number].first;
    size_t count = shape->parts[part->number].count;
    bool is_ring = shape->kind == SHAPE_POLYGON;
    bool is_inside_right = polyline_twice_area_px2(points, count) >= 0;
    if (is_ring && !is_inside_right) {
        wish.side = opposite(wish.side);
    }
    text_along_set(along->renderer->text_engine, &wish, points, count, is_ring, texts);
}

/** Sets a wish along the longest parts, until there are as many texts as it asks for. */
static void set_texts(const struct placement_along *along, struct text_along_wish wish)
{
    size_t count;
    struct text_alongs texts = {.count = 0};
    size_t part_most = wish.spacing_px > 0 ? PART_MOST : SINGLE_PART_MOST;
    struct part *parts = sorted_parts(along->feature->shape->shape, &count);
    for (size_t i = 0; i < count && i < part_most && texts.count < (size_t)wish.most; i++) {
        set_on_part(along, wish, &parts[i], &texts);
    }
    for (size_t i = 0; i < texts.count; i++) {
        text_alongs_add(along->alongs, texts.items[i]);
    }
    text_alongs_finish(&texts);
    free(parts);
}

bool placement_along_is_long(const struct scene_feature *feature, double least_px)
{
    const struct shape *shape = feature->shape->shape;
    for (uint32_t i = 0; i < shape->part_count; i++) {
        if (!shape->parts[i].is_hole && shape_part_length(shape, i) >= least_px) {
            return true;
        }
    }
    return false;
}

bool placement_along_name(struct placement_along *along, const char *name)
{
    char *text = one_line(name);
    struct text_along_wish wish = wish_of(along, text);
    set_texts(along, wish);
    bool is_beside = wish.side == LINE_SIDE_LEFT || wish.side == LINE_SIDE_RIGHT;
    if (along->alongs->count == 0 && is_beside && along->feature->is_line) {
        wish.side = opposite(wish.side);
        set_texts(along, wish);
    }
    free(text);
    return along->alongs->count > 0;
}

void placement_along_repeat(struct placement_along *along, const char *label, int most)
{
    double spacing = along->feature->entry->text.spacing_px;
    bool is_set = along->alongs->count > 0;
    if (spacing > 0 ? most <= 0 && is_set : is_set) {
        return;
    }
    char *text = one_line(label);
    struct text_along_wish wish = wish_of(along, text);
    wish.spacing_px = spacing * along->view->symbol_scale;
    wish.most = spacing > 0 && most > 1 ? most : 1;
    set_texts(along, wish);
    free(text);
}
