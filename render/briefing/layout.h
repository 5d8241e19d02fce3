/*
 * layout.h - where the blocks of a page stand, as its template says.
 *
 * The map's frame follows from template and paper alone, so a preview knows it before anything is drawn, and
 * what the map shows never depends on how long its legend is. Around it lie cells, one for each place: a
 * strip above it (top), a column at either side (center), a strip below it (bottom). The blocks of a cell
 * share its height: when that is too little the longest are shortened, then whole blocks are moved; what is
 * left out or moved stands on a following page. Millimetres from the north-west corner of the paper, y
 * downward.
 */
#ifndef RENDER_BRIEFING_LAYOUT_H
#define RENDER_BRIEFING_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/briefing/block.h"
#include "render/print/paper.h"

struct fault;
struct grid; /* render/grid/grid.h */
struct template;

#define LAYOUT_MAP_MOST 2 /* before and now */
#define LAYOUT_BLOCK_MOST 24

#define LAYOUT_MAP_LEAST_WIDTH 0.40  /* of the paper; two maps beside each other share it */
#define LAYOUT_MAP_LEAST_HEIGHT 0.36 /* of the paper */

/** Which page: all that a frame follows from. */
struct layout_sheet {
    const struct template *template; /* borrowed */
    enum paper paper;
    bool is_landscape;
    struct paper_own own;     /* in place of the paper */
    bool is_single;           /* one map even where the template has two: an index, a sheet of an atlas */
    const struct grid *grids; /* over the map, in place of the template's; borrowed; NULL: the template's */
    size_t grid_count;
};

/** What every page has, with a map or without. */
struct layout_furniture {
    struct bbox page;
    struct bbox marking_top;
    struct bbox marking_bottom;
    struct bbox header; /* the strip above the map; of a following page the title */
    struct bbox footer;
    struct bbox body; /* between header and footer */
};

struct layout_block {
    enum block_kind kind;
    unsigned elements; /* element_bit() of each */
    enum place place;
    struct bbox box; /* empty: there is nothing to say, or it is moved */
    bool is_short;   /* it has less height than it needs */
    bool is_moved;   /* found no place, or the template wants it there: stands on a following page */
};

struct layout {
    double unit; /* paper_unit() */
    double gap_mm;
    struct layout_furniture furniture;
    struct bbox cells[PLACE_AROUND]; /* empty: nothing stands there */
    int map_count;
    struct bbox frames[LAYOUT_MAP_MOST]; /* with the values of the grid around the map */
    struct bbox maps[LAYOUT_MAP_MOST];   /* the neat line */
    struct layout_block blocks[LAYOUT_BLOCK_MOST];
    int block_count;
};

/** How high a block is when it is as wide as that; 0: there is nothing to say. */
struct layout_measure {
    double (*height_mm)(enum block_kind kind, unsigned elements, double width_mm, void *context);
    void *context;
};

/** The grids that lie over the map, room for GRID_MOST; returns how many. */
size_t layout_grids(const struct layout_sheet *sheet, struct grid *grids);

/** Furniture, cells and maps. INPUT: a map of a given size does not fit on the paper. */
bool layout_frame(struct layout_sheet sheet, struct layout *layout, struct fault *fault);

/** Places all blocks in the cells of a layout_frame(). */
void layout_solve(struct layout_sheet sheet, const struct layout_measure *measure, struct layout *layout);

/** What a page without a map has. */
struct layout_furniture layout_following(enum paper paper, bool is_landscape);

/** The first block of that kind that stands on the page; NULL when there is none. */
const struct layout_block *layout_find(const struct layout *layout, enum block_kind kind);

/** The height that a block has at least when it is shortened, mm on A4. */
double layout_least_mm(enum block_kind kind);

/** The height of the scale block, which never changes. */
double layout_scale_height_mm(double unit);

#endif
