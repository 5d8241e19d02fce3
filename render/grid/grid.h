/*
 * grid.h - which grids lie over a map: their kind, and how their lines look.
 *
 * Templates name them: "map", "rd", "utm", "mgrs", "wgs84", "squares". Several may lie over one map; the
 * first has the ring of values next to the map.
 */
#ifndef RENDER_GRID_GRID_H
#define RENDER_GRID_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/colour.h"

enum grid_kind {
    GRID_MAP,       /* kilometres of the map's own CRS */
    GRID_RD,        /* kilometres of RD New, within its area */
    GRID_UTM,       /* kilometres of UTM, every zone its own, with zone borders */
    GRID_MGRS,      /* the same lines with two digits, and the letters of the 100 km squares */
    GRID_GRATICULE, /* degrees, minutes, seconds of WGS 84 */
    GRID_SQUARES,   /* squares of the map's own CRS: letters eastward, numbers northward */
    GRID_KIND_COUNT
};

#define GRID_MOST 4 /* over one map */

/** A grid; lengths in mm on A4. */
struct grid {
    enum grid_kind kind;
    bool has_mgrs_names;  /* of GRID_UTM: it stands for GRID_MGRS too, and names the squares of 100 km */
    struct colour line;   /* of the lines */
    struct colour letter; /* of its values and ticks */
    double line_mm;
    double dash_mm; /* length of a dash; 0: solid */
};

/** A grid as it usually looks: those of different kinds differ in colour, and in dashes for prints in black.
 */
struct grid grid_of(enum grid_kind kind);

const char *grid_kind_name(enum grid_kind kind);
bool grid_kind_parse(const char *name, enum grid_kind *kind);

/**
 * Makes one grid of those that have the same lines, so that neither lines nor values are drawn twice: UTM and
 * MGRS; the kilometres of the map and of RD or UTM where those are its CRS. What is left keeps its order.
 * @param crs_code  of the map; NULL: not known yet
 * @return how many are left
 */
size_t grid_merge(struct grid *grids, size_t count, const char *crs_code);

/** The bands around the map, mm. */
struct grid_bands {
    double side_mm; /* left and right */
    double top_mm;  /* top and bottom */
};

/** What the values of these grids need at paper_unit(): more rings make wider bands. */
struct grid_bands grid_bands(const struct grid *grids, size_t count, double unit);

#endif
