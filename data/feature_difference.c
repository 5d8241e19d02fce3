/*
 * feature_difference.c - one comparison for each kind of change; places are compared on the sphere.
 */
#include "data/feature_difference.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data/feature.h"
#include "geo/shape.h"
#include "geo/sphere.h"

#define STEP_PART 0.02 /* by which steps between points may differ: projections agree no better */
#define STEP_LEAST_M 0.05

static bool text_equals(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* A run of points before and after. */
struct steps {
    const struct point *before;
    const struct point *after;
    size_t count;
};

/* East and north, m, the short way round the earth. */
static struct point step_at(const struct steps *steps, size_t index)
{
    struct point from = steps->before[index];
    struct point to = steps->after[index];
    double east_rad = sphere_radians(remainder(to.x - from.x, 360));
    double parallel = cos(sphere_radians((from.y + to.y) / 2));
    return (struct point){east_rad * parallel * SPHERE_RADIUS_M,
                          sphere_radians(to.y - from.y) * SPHERE_RADIUS_M};
}

static struct point mean_step(const struct steps *steps)
{
    struct point sum = {0, 0};
    for (size_t i = 0; i < steps->count; i++) {
        struct point step = step_at(steps, i);
        sum = (struct point){sum.x + step.x, sum.y + step.y};
    }
    return (struct point){sum.x / (double)steps->count, sum.y / (double)steps->count};
}

static bool are_equal(const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!point_equals(steps->before[i], steps->after[i])) {
            return false;
        }
    }
    return true;
}

static bool are_one_step(const struct steps *steps, struct point mean)
{
    double most_m = STEP_LEAST_M + STEP_PART * hypot(mean.x, mean.y);
    for (size_t i = 0; i < steps->count; i++) {
        if (point_distance(step_at(steps, i), mean) > most_m) {
            return false;
        }
    }
    return true;
}

static void add(struct feature_difference *difference, enum feature_change change, bool is_changed)
{
    difference->changes |= is_changed ? 1u << change : 0;
}

static void add_move(struct feature_difference *difference, const struct steps *steps, struct point mean)
{
    add(difference, FEATURE_MOVED, true);
    difference->distance_m = hypot(mean.x, mean.y);
    struct point way = mean;
    if (steps->count == 1) {
        difference->distance_m = sphere_distance_m(steps->before[0], steps->after[0]);
        way = sphere_to_plane(steps->before[0], steps->after[0]);
    }
    double bearing = sphere_degrees(atan2(way.x, way.y));
    difference->bearing_deg = bearing < 0 ? bearing + 360 : bearing;
}

/* Points that belong together one by one: equal, moved as a whole, or reshaped. */
static void compare_points(struct feature_difference *difference, const struct steps *steps)
{
    if (steps->count == 0 || are_equal(steps)) {
        return;
    }
    struct point mean = mean_step(steps);
    if (are_one_step(steps, mean)) {
        add_move(difference, steps, mean);
    } else {
        add(difference, FEATURE_RESHAPED, true);
    }
}

static bool has_same_parts(const struct shape *a, const struct shape *b)
{
    if (a->kind != b->kind || a->part_count != b->part_count || a->point_count != b->point_count) {
        return false;
    }
    for (uint32_t i = 0; i < a->part_count; i++) {
        if (a->parts[i].count != b->parts[i].count || a->parts[i].is_hole != b->parts[i].is_hole) {
            return false;
        }
    }
    return true;
}

static void compare_shapes(struct feature_difference *difference, const struct shape *before,
                           const struct shape *after)
{
    if (!before || !after || !has_same_parts(before, after)) {
        add(difference, FEATURE_RESHAPED, before != after);
        return;
    }
    compare_points(difference, &(struct steps){before->points, after->points, before->point_count});
    add(difference, FEATURE_RESHAPED, before->is_multi != after->is_multi);
}

static bool has_same_numbers(const struct area_template *a, const struct area_template *b)
{
    bool is_alike = a->kind == b->kind && a->number_count == b->number_count;
    for (int i = 0; is_alike && i < a->number_count; i++) {
        is_alike = fabs(a->numbers[i] - b->numbers[i]) <= 0;
    }
    return is_alike;
}

/* Where one is: shapes of templates are compared by what they were made from. */
static void compare_templates(struct feature_difference *difference)
{
    const struct area_template *before = difference->before->area_template;
    const struct area_template *after = difference->after->area_template;
    if (!before || !after || before->point_count != after->point_count) {
        add(difference, FEATURE_RESHAPED, true);
        return;
    }
    compare_points(difference, &(struct steps){before->points, after->points, before->point_count});
    add(difference, FEATURE_RESHAPED, !has_same_numbers(before, after));
    if (area_template_equals(before, after)) {
        compare_shapes(difference, difference->before->shape, difference->after->shape);
    }
}

static void compare_places(struct feature_difference *difference)
{
    if (difference->before->area_template || difference->after->area_template) {
        compare_templates(difference);
    } else {
        compare_shapes(difference, difference->before->shape, difference->after->shape);
    }
}

static void compare_texts(struct feature_difference *difference)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (!text_equals(difference->before->code.texts[slot], difference->after->code.texts[slot])) {
            difference->text_slots |= 1u << slot;
        }
    }
    add(difference, FEATURE_TEXTS, difference->text_slots != 0);
}

static void compare_codes(struct feature_difference *difference)
{
    const struct symbol_code *before = &difference->before->code;
    const struct symbol_code *after = &difference->after->code;
    bool is_same_entity = strcmp(before->entity, after->entity) == 0;
    bool is_same_set = strcmp(before->set, after->set) == 0 && before->version == after->version;
    add(difference, FEATURE_SYMBOL, !is_same_entity);
    add(difference, FEATURE_SET, is_same_entity && !is_same_set);
    add(difference, FEATURE_STATUS, before->status != after->status);
    add(difference, FEATURE_TRUST, before->trust != after->trust);
    add(difference, FEATURE_DETAIL, before->detail != after->detail);
    add(difference, FEATURE_TURNED, fabs(before->rotation_deg - after->rotation_deg) > 0);
    compare_texts(difference);
}

struct feature_difference feature_difference_of(const struct feature *before, const struct feature *after)
{
    assert(before || after);
    struct feature_difference difference = {.before = before, .after = after};
    if (!before || !after) {
        add(&difference, before ? FEATURE_ENDED : FEATURE_ADDED, true);
        return difference;
    }
    compare_places(&difference);
    compare_codes(&difference);
    add(&difference, FEATURE_OWNER, !text_equals(before->owner, after->owner));
    add(&difference, FEATURE_SOURCE, !text_equals(before->source, after->source));
    add(&difference, FEATURE_VALIDITY,
        before->valid_from_ms != after->valid_from_ms || before->valid_to_ms != after->valid_to_ms);
    return difference;
}

bool feature_difference_has(const struct feature_difference *difference, enum feature_change change)
{
    return (difference->changes & 1u << change) != 0;
}
