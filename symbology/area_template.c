/*
 * area_template.c - what each kind of template is made of, and what its numbers may be.
 */
#include "symbology/area_template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/sphere.h"

#define MOST_LENGTH_M 200000.0
#define MOST_CORRIDOR_M 500000.0 /* from its first point to any other */
#define MOST_COLUMNS 26

static const struct area_template_form forms[TEMPLATE_COUNT] = {
    [TEMPLATE_NONE] = {.name = ""},
    [TEMPLATE_PLUME] = {.name = "plume",
                        .number_count = 4,
                        .numbers = {[PLUME_BEARING] = {"bearing", -360, 360, NAN},
                                    [PLUME_OPENING] = {"opening", 1, 360, NAN},
                                    [PLUME_LENGTH] = {"length", 1, MOST_LENGTH_M, NAN},
                                    [PLUME_SOURCE_RADIUS] = {"sourceRadius", 0, MOST_LENGTH_M, 0}}},
    [TEMPLATE_RINGS] = {.name = "rings",
                        .is_list = true,
                        .number_count = 1,
                        .numbers = {{"radii", 1, MOST_LENGTH_M, NAN}}},
    [TEMPLATE_CORRIDOR] = {.name = "corridor",
                           .is_along_a_line = true,
                           .number_count = 1,
                           .numbers = {[CORRIDOR_WIDTH] = {"width", 1, MOST_LENGTH_M, NAN}}},
    [TEMPLATE_BOX] = {.name = "box",
                      .number_count = 3,
                      .numbers = {[BOX_WIDTH] = {"width", 1, MOST_LENGTH_M, NAN},
                                  [BOX_HEIGHT] = {"height", 1, MOST_LENGTH_M, NAN},
                                  [BOX_BEARING] = {"bearing", -360, 360, 0}}},
    [TEMPLATE_GRID] = {.name = "grid",
                       .number_count = 5,
                       .numbers = {[GRID_COLUMNS] = {"columns", 1, MOST_COLUMNS, NAN},
                                   [GRID_ROWS] = {"rows", 1, TEMPLATE_CELL_MAX, NAN},
                                   [GRID_WIDTH] = {"cellWidth", 1, MOST_LENGTH_M, NAN},
                                   [GRID_HEIGHT] = {"cellHeight", 1, MOST_LENGTH_M, NAN},
                                   [GRID_BEARING] = {"bearing", -360, 360, 0}}},
};

const struct area_template_form *area_template_form(enum area_template_kind kind)
{
    return &forms[kind];
}

enum area_template_kind area_template_kind_of(const char *name)
{
    for (int kind = TEMPLATE_NONE + 1; kind < TEMPLATE_COUNT; kind++) {
        if (strcmp(forms[kind].name, name) == 0) {
            return (enum area_template_kind)kind;
        }
    }
    return TEMPLATE_NONE;
}

static bool refuse(struct fault *fault, const char *sentence)
{
    fault_set(fault, FAULT_INPUT, "area template: %s", sentence);
    return false;
}

static bool check_number(const struct area_template_number *number, double value, struct fault *fault)
{
    if (value >= number->least && value <= number->most) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "area template: '%s' must be from %.15g to %.15g, not %.15g", number->key,
              number->least, number->most, value);
    return false;
}

static bool check_list(const struct area_template *area_template, struct fault *fault)
{
    double before = 0;
    for (int i = 0; i < area_template->number_count; i++) {
        double value = area_template->numbers[i];
        if (!check_number(&forms[area_template->kind].numbers[0], value, fault)) {
            return false;
        }
        if (value <= before) {
            return refuse(fault, "the radii must grow");
        }
        before = value;
    }
    return true;
}

static bool check_numbers(const struct area_template *area_template, struct fault *fault)
{
    const struct area_template_form *form = &forms[area_template->kind];
    if (form->is_list) {
        bool is_filled =
            area_template->number_count >= 1 && area_template->number_count <= TEMPLATE_NUMBER_MAX;
        return is_filled ? check_list(area_template, fault) : refuse(fault, "there must be 1 to 8 rings");
    }
    if (area_template->number_count != form->number_count) {
        return refuse(fault, "has not as many numbers as its kind");
    }
    for (int i = 0; i < form->number_count; i++) {
        if (!check_number(&form->numbers[i], area_template->numbers[i], fault)) {
            return false;
        }
    }
    return true;
}

/* What a number alone cannot tell. */
static bool check_together(const struct area_template *area_template, struct fault *fault)
{
    const double *numbers = area_template->numbers;
    if (area_template->kind == TEMPLATE_PLUME && numbers[PLUME_SOURCE_RADIUS] > numbers[PLUME_LENGTH]) {
        return refuse(fault, "'sourceRadius' must be from 0 to the length");
    }
    if (area_template->kind != TEMPLATE_GRID) {
        return true;
    }
    if (numbers[GRID_COLUMNS] != floor(numbers[GRID_COLUMNS]) ||
        numbers[GRID_ROWS] != floor(numbers[GRID_ROWS])) {
        return refuse(fault, "'columns' and 'rows' must be whole numbers");
    }
    if (numbers[GRID_COLUMNS] * numbers[GRID_ROWS] > TEMPLATE_CELL_MAX) {
        return refuse(fault, "has more than 400 cells");
    }
    if (numbers[GRID_COLUMNS] * numbers[GRID_WIDTH] > MOST_LENGTH_M ||
        numbers[GRID_ROWS] * numbers[GRID_HEIGHT] > MOST_LENGTH_M) {
        return refuse(fault, "the grid is longer than 200,000 metres");
    }
    return true;
}

/* How far the shape reaches from its source. */
static double reach_of_m(const struct area_template *area_template)
{
    const double *numbers = area_template->numbers;
    switch (area_template->kind) {
    case TEMPLATE_PLUME:
        return numbers[PLUME_LENGTH];
    case TEMPLATE_RINGS:
        return numbers[area_template->number_count - 1];
    case TEMPLATE_CORRIDOR:
        return numbers[CORRIDOR_WIDTH] / 2;
    case TEMPLATE_BOX:
        return hypot(numbers[BOX_WIDTH], numbers[BOX_HEIGHT]) / 2;
    case TEMPLATE_GRID:
        return hypot(numbers[GRID_COLUMNS] * numbers[GRID_WIDTH], numbers[GRID_ROWS] * numbers[GRID_HEIGHT]);
    default:
        return 0;
    }
}

static bool check_source(struct point source, double reach_m, struct fault *fault)
{
    /* Nearer to a pole a circle of 300 km would reach over it. */
    if (!point_is_finite(source) || fabs(source.x) > 180 || fabs(source.y) > 85) {
        return refuse(fault, "the source must lie within 180 degrees of longitude and 85 of latitude");
    }
    double reach_deg = sphere_degrees(asin(sin(reach_m / SPHERE_RADIUS_M) / cos(sphere_radians(source.y))));
    return fabs(source.x) + reach_deg <= 180 ||
           refuse(fault, "must not reach over the meridian of 180 degrees");
}

static bool check_line(const struct area_template *area_template, struct fault *fault)
{
    for (size_t i = 1; i < area_template->point_count; i++) {
        struct point place = area_template->points[i];
        if (fabs(place.x - area_template->points[0].x) > 180) {
            return refuse(fault, "must not reach over the meridian of 180 degrees");
        }
        if (sphere_distance_m(area_template->points[0], place) > MOST_CORRIDOR_M) {
            return refuse(fault, "a corridor may reach at most 500 km from its first point");
        }
    }
    return true;
}

bool area_template_check(const struct area_template *area_template, struct fault *fault)
{
    if (area_template->kind == TEMPLATE_NONE) {
        return refuse(fault, "must be a plume, rings, a corridor, a box or a grid");
    }
    size_t least = forms[area_template->kind].is_along_a_line ? 2 : 1;
    size_t most = forms[area_template->kind].is_along_a_line ? TEMPLATE_POINT_MAX : 1;
    if (area_template->point_count < least || area_template->point_count > most) {
        return refuse(fault, "its source must be one point, or a line of 2 to 200 for a corridor");
    }
    if (!check_numbers(area_template, fault) || !check_together(area_template, fault)) {
        return false;
    }
    for (size_t i = 0; i < area_template->point_count; i++) {
        if (!check_source(area_template->points[i], reach_of_m(area_template), fault)) {
            return false;
        }
    }
    return check_line(area_template, fault);
}

char *area_template_part_name(const struct area_template *area_template, size_t part)
{
    char name[32];
    if (area_template->kind == TEMPLATE_RINGS) {
        double radius_m = area_template->numbers[part];
        bool is_long = radius_m >= 1000;
        snprintf(name, sizeof name, "%.4g %s", is_long ? radius_m / 1000 : radius_m, is_long ? "km" : "m");
        return memory_copy_text(name);
    }
    if (area_template->kind == TEMPLATE_GRID) {
        size_t columns = (size_t)area_template->numbers[GRID_COLUMNS];
        snprintf(name, sizeof name, "%c%zu", (char)('A' + part % columns), part / columns + 1);
        return memory_copy_text(name);
    }
    return NULL;
}

bool area_template_equals(const struct area_template *a, const struct area_template *b)
{
    if (a->kind != b->kind || a->point_count != b->point_count || a->number_count != b->number_count) {
        return false;
    }
    for (size_t i = 0; i < a->point_count; i++) {
        if (!point_equals(a->points[i], b->points[i])) {
            return false;
        }
    }
    for (int i = 0; i < a->number_count; i++) {
        if (a->numbers[i] != b->numbers[i]) {
            return false;
        }
    }
    return true;
}

void area_template_set_points(struct area_template *area_template, const struct point *points, size_t count)
{
    struct point *copy = memory_new(count, sizeof(*copy));
    memcpy(copy, points, count * sizeof(*copy));
    free(area_template->points);
    area_template->points = copy;
    area_template->point_count = count;
}

void area_template_finish(struct area_template *area_template)
{
    free(area_template->points);
    *area_template = (struct area_template){.kind = TEMPLATE_NONE};
}
