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

#define STRETCH_PLACES (PLACEMENT_BESIDE_PLACES / 2)

/* A place on a shape, and across it. */
struct spot {
    struct point at;
    struct point normal; /* of length 1 */
};

/* Parts of a shape, one behind the other. */
struct stretch {
    const struct shape *shape;
    uint32_t first_part;
    uint32_t part_count;
};

/* Those that are its own, or those that are the same a turn of the world away. */
static struct stretch stretch_of(const struct plot_shape *shape, bool is_own)
{
    uint32_t own_count = shape->own_part_count;
    return is_own ? (struct stretch){shape->shape, 0, own_count}
                  : (struct stretch){shape->shape, own_count, shape->shape->part_count - own_count};
}

static double length_of(const struct stretch *stretch)
{
    double length = 0;
    for (uint32_t i = 0; i < stretch->part_count; i++) {
        length += shape_part_length(stretch->shape, stretch->first_part + i);
    }
    return length;
}

/* The spot so far along all parts. False when it lies behind the end. */
static bool spot_at(const struct stretch *stretch, double along, struct spot *spot)
{
    for (uint32_t part = 0; part < stretch->part_count; part++) {
        struct shape_part run = stretch->shape->parts[stretch->first_part + part];
        const struct point *points = &stretch->shape->points[run.first];
        for (uint32_t i = 1; i < run.count; i++) {
            double step = point_distance(points[i - 1], points[i]);
            if (step > 0 && along <= step) {
                spot->at = point_between(points[i - 1], points[i], along / step);
                spot->normal = (struct point){(points[i - 1].y - points[i].y) / step,
                                              (points[i].x - points[i - 1].x) / step};
                return true;
            }
            along -= step > 0 ? step : 0;
        }
    }
    return false;
}

/* 0 is the middle, then one step to either side of it, two … */
static double part_of(int number)
{
    double away = (number + 1) / 2 / (double)STRETCH_PLACES;
    return 0.5 + (number % 2 ? away : -away);
}

/* The spot with a number: first those on its own parts. */
static bool find_spot(const struct scene_feature *feature, int number, struct spot *spot)
{
    bool has_shape = !feature->is_point && feature->shape && feature->shape->shape;
    if (!has_shape) {
        return false;
    }
    struct stretch stretch = stretch_of(feature->shape, number < STRETCH_PLACES);
    return spot_at(&stretch, part_of(number % STRETCH_PLACES) * length_of(&stretch), spot);
}

static bool try_side(const struct placement_texts *texts, struct placement_wish *wish,
                     const struct spot *spot, double away_px)
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

bool placement_beside_spot(const struct scene_feature *feature, int number, struct point *place)
{
    struct spot spot;
    bool is_there = find_spot(feature, number, &spot);
    if (is_there) {
        *place = spot.at;
    }
    return is_there;
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
    for (int i = 0; i < PLACEMENT_BESIDE_PLACES; i++) {
        struct spot spot;
        if (find_spot(wish->feature, i, &spot) && district_holds(texts->district, spot.at) &&
            (try_side(texts, wish, &spot, away) || try_side(texts, wish, &spot, -away))) {
            return true;
        }
    }
    return false;
}
