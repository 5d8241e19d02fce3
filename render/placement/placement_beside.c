/*
 * placement_beside.c - tries places evenly along the shape, at each on both sides of it: the box of the text
 * touches the line's paint with a gap between them, however the line runs there.
 */
#include "render/placement/placement_beside.h"

#include <math.h>

#include "geo/shape.h"
#include "render/placement/placement_lines.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"

/* The next places, as far as they lie on a line from a to b; walked px lie before it. */
static void add_places(struct placement_stretch *stretch, struct point a, struct point b, double walked)
{
    double run = point_distance(a, b);
    struct point normal = {(a.y - b.y) / run, (b.x - a.x) / run};
    while (run > 0 && stretch->count < PLACEMENT_STRETCH_PLACES) {
        double along = stretch->length * (stretch->count + 1) / PLACEMENT_STRETCH_PLACES - walked;
        if (along > run) {
            return;
        }
        stretch->spots[stretch->count++] = (struct placement_spot){point_between(a, b, along / run), normal};
    }
}

/* Evenly apart, the last one at the end. */
static void find_places(const struct shape *shape, uint32_t first_part, uint32_t end_part,
                        struct placement_stretch *stretch)
{
    double walked = 0;
    *stretch = (struct placement_stretch){.length = 0};
    for (uint32_t part = first_part; part < end_part; part++) {
        stretch->length += shape_part_length(shape, part);
    }
    for (uint32_t part = first_part; part < end_part; part++) {
        const struct point *points = &shape->points[shape->parts[part].first];
        for (uint32_t i = 1; i < shape->parts[part].count; i++) {
            add_places(stretch, points[i - 1], points[i], walked);
            walked += point_distance(points[i - 1], points[i]);
        }
    }
}

void placement_beside_init(struct placement_beside *beside, const struct scene_feature *feature)
{
    bool has_shape = !feature->is_point && feature->shape && feature->shape->shape;
    beside->shape = has_shape ? feature->shape : NULL;
    beside->is_walked[0] = beside->is_walked[1] = false;
}

/* Those on its own parts, or on those that are the same a turn of the world away. */
static const struct placement_stretch *walk(struct placement_beside *beside, bool is_own)
{
    struct placement_stretch *stretch = &beside->stretches[is_own];
    const struct shape *shape = beside->shape->shape;
    uint32_t own_count = beside->shape->own_part_count;
    if (!beside->is_walked[is_own]) {
        beside->is_walked[is_own] = true;
        find_places(shape, is_own ? 0 : own_count, is_own ? own_count : shape->part_count, stretch);
    }
    return stretch;
}

const struct placement_spot *placement_beside_spot(struct placement_beside *beside, int number)
{
    if (!beside->shape) {
        return NULL;
    }
    const struct placement_stretch *stretch = walk(beside, number < PLACEMENT_STRETCH_PLACES);
    int away = (number % PLACEMENT_STRETCH_PLACES + 1) / 2;
    int place = PLACEMENT_STRETCH_PLACES / 2 - 1 + (number % 2 ? away : -away);
    return place < stretch->count ? &stretch->spots[place] : NULL;
}

static bool try_side(const struct placement_texts *texts, struct placement_wish *wish,
                     const struct placement_spot *spot, double away_px)
{
    struct text_size size = wish->label->size;
    double half = fabs(spot->normal.x) * size.width_px / 2 + fabs(spot->normal.y) * size.height_px / 2;
    double away = away_px < 0 ? away_px - half : away_px + half;
    struct point corner = {round(spot->at.x + spot->normal.x * away - size.width_px / 2),
                           round(spot->at.y + spot->normal.y * away - size.height_px / 2)};
    struct label_place place = {corner, TEXT_CENTRE};
    if (texts->shown_lines && !(placement_texts_may_try(texts, wish, place) &&
                                placement_lines_are_told_apart(texts->shown_lines, wish->feature,
                                                               placement_texts_room(wish->label, corner)))) {
        return false;
    }
    return placement_texts_try(texts, wish, place);
}

static struct line_look look_of(const struct scene_feature *feature, enum palette palette)
{
    bool is_line = feature->shape->shape->kind == SHAPE_LINE;
    return is_line ? scene_line_look(feature, palette) : scene_area_look(feature, palette).outline;
}

double placement_beside_stroke_px(const struct scene_feature *feature, enum palette palette)
{
    return placement_lines_stroke_px(look_of(feature, palette));
}

bool placement_beside_place(const struct placement_texts *texts, struct placement_wish *wish, double gap_px)
{
    if (wish->feature->is_point || !wish->feature->shape->shape) {
        return false;
    }
    double away = gap_px + placement_lines_reach_px(look_of(wish->feature, wish->label->palette));
    struct placement_beside beside;
    placement_beside_init(&beside, wish->feature);
    for (int i = 0; i < PLACEMENT_BESIDE_PLACES; i++) {
        const struct placement_spot *spot = placement_beside_spot(&beside, i);
        if (spot && district_holds(texts->district, spot->at) &&
            (try_side(texts, wish, spot, away) || try_side(texts, wish, spot, -away))) {
            return true;
        }
    }
    return false;
}
