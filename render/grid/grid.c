#include "render/grid/grid.h"

#include <assert.h>
#include <string.h>

#define SIDE_MM 7.2       /* "411,5" stands in it on one line */
#define WIDE_SIDE_MM 9.4  /* and "51°40′30″" too */
#define FIRST_RING_MM 3.6 /* tick and a line of text */
#define NEXT_RING_MM 2.6

static const char *const names[GRID_KIND_COUNT] = {
    [GRID_MAP] = "map",   [GRID_RD] = "rd",           [GRID_UTM] = "utm",
    [GRID_MGRS] = "mgrs", [GRID_GRATICULE] = "wgs84", [GRID_SQUARES] = "squares"};

static const struct grid looks[GRID_KIND_COUNT] = {
    [GRID_MAP] = {GRID_MAP, {20, 40, 60, 80}, {84, 97, 109, 255}, 0.12, 0},
    [GRID_RD] = {GRID_RD, {20, 40, 60, 110}, {60, 72, 84, 255}, 0.12, 0},
    [GRID_UTM] = {GRID_UTM, {126, 34, 110, 140}, {126, 34, 110, 255}, 0.15, 0},
    [GRID_MGRS] = {GRID_MGRS, {126, 34, 110, 140}, {126, 34, 110, 255}, 0.15, 0},
    [GRID_GRATICULE] = {GRID_GRATICULE, {0, 96, 144, 150}, {0, 84, 128, 255}, 0.15, 2.4},
    [GRID_SQUARES] = {GRID_SQUARES, {20, 40, 60, 120}, {24, 34, 44, 255}, 0.2, 0},
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
