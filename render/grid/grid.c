#include "render/grid/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MM 7.2       /* "411,5" stands in it on one line */
#define WIDE_SIDE_MM 9.4  /* and "51°40′30″" too */
#define FIRST_RING_MM 3.6 /* tick and a line of text */
#define NEXT_RING_MM 2.6

static const char *const names[GRID_KIND_COUNT] = {
    [GRID_MAP] = "map",   [GRID_RD] = "rd",           [GRID_UTM] = "utm",
    [GRID_MGRS] = "mgrs", [GRID_GRATICULE] = "wgs84", [GRID_SQUARES] = "squares"};

static const struct grid looks[GRID_KIND_COUNT] = {
    [GRID_MAP] = {GRID_MAP, false, {20, 40, 60, 80}, {84, 97, 109, 255}, 0.12, 0},
    [GRID_RD] = {GRID_RD, false, {20, 40, 60, 110}, {60, 72, 84, 255}, 0.12, 0},
    [GRID_UTM] = {GRID_UTM, false, {126, 34, 110, 140}, {126, 34, 110, 255}, 0.15, 0},
    [GRID_MGRS] = {GRID_MGRS, false, {126, 34, 110, 140}, {126, 34, 110, 255}, 0.15, 0},
    [GRID_GRATICULE] = {GRID_GRATICULE, false, {0, 96, 144, 150}, {0, 84, 128, 255}, 0.15, 2.4},
    [GRID_SQUARES] = {GRID_SQUARES, false, {20, 40, 60, 120}, {24, 34, 44, 255}, 0.2, 0},
};

struct grid grid_of(enum grid_kind kind)
{
    assert(kind < GRID_KIND_COUNT);
    return looks[kind];
}

const char *grid_kind_name(enum grid_kind kind)
{
    assert(kind < GRID_KIND_COUNT);
    return names[kind];
}

bool grid_kind_parse(const char *name, enum grid_kind *kind)
{
    for (int i = 0; name && i < GRID_KIND_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *kind = (enum grid_kind)i;
            return true;
        }
    }
    return false;
}

/** Is it the CRS of a zone, on WGS 84 or ETRS89? */
static bool is_utm(const char *crs_code)
{
    long code = strncmp(crs_code, "EPSG:", 5) == 0 ? strtol(crs_code + 5, NULL, 10) : 0;
    return (code > 32600 && code <= 32660) || (code > 32700 && code <= 32760) ||
           (code >= 25828 && code <= 25838);
}

/** Would one of them draw the lines of the other? Then the first says all, or more. */
static bool stands_for(enum grid_kind kind, enum grid_kind other, const char *crs_code)
{
    if (kind == GRID_UTM && other == GRID_MGRS) {
        return true;
    }
    bool is_zone = kind == GRID_UTM || kind == GRID_MGRS;
    bool is_rd = crs_code && strcmp(crs_code, "EPSG:28992") == 0;
    return other == GRID_MAP && crs_code && ((is_zone && is_utm(crs_code)) || (kind == GRID_RD && is_rd));
}

/** Makes one of two where one stands for the other: in the place of the first. */
static bool merge_two(struct grid *first, const struct grid *second, const char *crs_code)
{
    bool is_second = stands_for(second->kind, first->kind, crs_code);
    if (!is_second && !stands_for(first->kind, second->kind, crs_code)) {
        return false;
    }
    bool has_mgrs_names = first->kind == GRID_MGRS || second->kind == GRID_MGRS || first->has_mgrs_names;
    *first = is_second ? *second : *first;
    first->has_mgrs_names = has_mgrs_names && first->kind == GRID_UTM;
    return true;
}

size_t grid_merge(struct grid *grids, size_t count, const char *crs_code)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count;) {
            if (merge_two(&grids[i], &grids[j], crs_code)) {
                memmove(&grids[j], &grids[j + 1], (count - j - 1) * sizeof *grids);
                count--;
            } else {
                j++;
            }
        }
    }
    return count;
}

struct grid_bands grid_bands(const struct grid *grids, size_t count, double unit)
{
    struct grid_bands bands = {SIDE_MM * unit, FIRST_RING_MM * unit};
    size_t rings = 0;
    for (size_t i = 0; i < count; i++) {
        rings += grids[i].kind != GRID_SQUARES;
        if (grids[i].kind != GRID_MAP && grids[i].kind != GRID_RD && grids[i].kind != GRID_SQUARES) {
            bands.side_mm = WIDE_SIDE_MM * unit;
        }
    }
    bands.top_mm += rings > 1 ? (double)(rings - 1) * NEXT_RING_MM * unit : 0;
    return bands;
}
