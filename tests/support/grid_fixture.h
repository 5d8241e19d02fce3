/*
 * grid_fixture.h - frames all over the world for tests of grids. Included by one file of a program.
 */
#ifndef TESTS_SUPPORT_GRID_FIXTURE_H
#define TESTS_SUPPORT_GRID_FIXTURE_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/grid/grid_labels.h"
#include "render/grid/grid_lines.h"
#include "render/grid/grid_place.h"

static const struct {
    const char *name;
    const char *crs;
    struct point centre;
} grid_places[] = {
    {"Hollands Diep", "EPSG:28992", {101234.5, 411567.8}},
    {"6 degrees east", "EPSG:28992", {196880, 480123.4}},
    {"North Sea", "EPSG:25831", {500321, 6205000}}, /* 56 N: the border of 31V and 32V */
    {"72 north", "EPSG:32633", {300111.1, 7990222.2}},
    {"Svalbard", "EPSG:32635", {500000, 8700000}},
    {"antimeridian", "EPSG:32601", {166100, 12345}},
    {"antimeridian in the south", "EPSG:32760", {830000, 8000000}},
    {"Belgium", "EPSG:31370", {150000, 170000}},
    {"Europe", "EPSG:3035", {4321000, 3210000}},
};
#define GRID_PLACE_COUNT (sizeof grid_places / sizeof grid_places[0])

static const double grid_scales[] = {100,    500,    1000,   2500, 7777,  10000, 12345, 25000,
                                     100000, 250000, 750000, 2e6,  3.3e6, 5e6,   1e7};
#define GRID_SCALE_COUNT (sizeof grid_scales / sizeof grid_scales[0])

static const struct point grid_papers_mm[] = {{118, 92}, {300, 235}, {235, 300}, {850, 690}};
#define GRID_PAPER_COUNT (sizeof grid_papers_mm / sizeof grid_papers_mm[0])

#define GRID_CASE_COUNT (GRID_PLACE_COUNT * GRID_SCALE_COUNT * GRID_PAPER_COUNT)

struct grid_case {
    const char *name;
    double scale;
    struct grid_place place;
};

/** One of GRID_CASE_COUNT frames. */
static inline struct grid_case grid_case_at(struct crs_context *context, size_t index)
{
    size_t where = index % GRID_PLACE_COUNT;
    struct fault fault = {0};
    struct grid_case found = {.name = grid_places[where].name};
    found.scale = grid_scales[index / GRID_PLACE_COUNT % GRID_SCALE_COUNT];
    struct point size_mm = grid_papers_mm[index / GRID_PLACE_COUNT / GRID_SCALE_COUNT];
    const struct crs *crs = crs_find(context, grid_places[where].crs, &fault);
    double width = floor(size_mm.x / SCALE_PIXEL_MM);
    double height = floor(size_mm.y / SCALE_PIXEL_MM);
    double units = scale_units_per_px(found.scale, crs->metres_per_unit);
    struct point centre = grid_places[where].centre;
    struct pixel_grid px = {.origin = {centre.x - width / 2 * units, centre.y + height / 2 * units},
                            .units_per_px = units,
                            .metres_per_unit = crs->metres_per_unit};
    snprintf(px.crs_code, sizeof px.crs_code, "%s", crs->code);
    ck_assert_msg(grid_place_find(context, crs, &px, width, height, &found.place, &fault), "%s",
                  fault.message);
    return found;
}

static inline struct grid_lines grid_case_lines(const struct grid_case *frame, enum grid_kind kind)
{
    struct fault fault = {0};
    struct grid_lines lines;
    ck_assert_msg(grid_lines_find(&frame->place, kind, &lines, &fault), "%s: %s", frame->name, fault.message);
    return lines;
}

/** RD lies elsewhere. */
static inline bool grid_case_has(const struct grid_case *frame, enum grid_kind kind)
{
    struct point centre = frame->place.centre_deg;
    return kind != GRID_RD || (centre.x > 2.5 && centre.x < 7.5 && centre.y > 50.5 && centre.y < 55.5);
}

/** The CRS in which a line's value counts. */
static inline const struct crs *grid_case_crs(const struct grid_case *frame, const struct grid_lines *lines,
                                              const struct grid_line *line)
{
    struct fault fault = {0};
    char code[32] = "EPSG:28992";
    if (line->is_border || lines->kind == GRID_GRATICULE) {
        return frame->place.lon_lat;
    }
    if (lines->kind == GRID_MAP || lines->kind == GRID_SQUARES) {
        return frame->place.crs;
    }
    if (lines->kind != GRID_RD) {
        utm_crs_code(line->zone, code);
    }
    return crs_find(frame->place.context, code, &fault);
}

/** How far a place of the frame lies from where the line's value is exact, mm on paper. */
static inline double grid_case_off_mm(const struct grid_case *frame, const struct grid_lines *lines,
                                      const struct grid_line *line, struct point px)
{
    struct fault fault = {0};
    const struct crs *crs = grid_case_crs(frame, lines, line);
    struct point at = px;
    ck_assert(grid_place_from_px(&frame->place, crs, &at, 1, &fault));
    double *value = line->is_easting ? &at.x : &at.y;
    double off = *value - line->value;
    off = crs->is_geographic && line->is_easting ? remainder(off, 360) : off;
    *value -= off;
    ck_assert(grid_place_to_px(&frame->place, crs, &at, 1, &fault));
    return point_distance(at, px) * SCALE_PIXEL_MM;
}

/** Letters two thirds as wide as high. */
static inline void grid_fixture_measure(const char *text, double *width_px, double *height_px, void *context)
{
    const double size = *(const double *)context;
    size_t characters = 0;
    for (; *text; text++) {
        characters += ((unsigned char)*text & 0xC0) != 0x80;
    }
    *width_px = 0.62 * size * (double)characters;
    *height_px = 1.25 * size;
}

#endif
