/*
 * layout_slim.c - sheets of which the map takes all but the bands: only title and times stand in these. Where
 * a map of a given size leaves room on its paper, the rest stands beside and below it.
 */
#include <math.h>
#include <string.h>

#include "render/briefing/layout_internal.h"
#include "render/briefing/template.h"

#define BESIDE_LEAST_MM 60 /* of a column beside a map of a given size, on A4 */
#define BESIDE_MOST_MM 110
#define BELOW_LEAST_MM 60
#define AROUND_LEAST_MM 40 /* of a strip below a map that has a column too */
#define BELOW_LEGEND_PART 0.6
#define AROUND_LEGEND_PART 0.4 /* of the column: a strip with less room leaves the legend there */

/** What a slim sheet is cut of. */
struct slim {
    const struct layout_sheet *sheet;
    struct layout *layout;
    struct grid_bands bands;
};

/** Only title and times have room in the bands. */
static void move_slim(struct layout *layout)
{
    struct layout_block blocks[LAYOUT_BLOCK_MOST];
    int count = layout->block_count;
    memcpy(blocks, layout->blocks, sizeof blocks);
    layout->block_count = 0;
    for (int i = 0; i < count; i++) {
        enum place to = blocks[i].kind == BLOCK_TITLE   ? PLACE_TOP_LEFT
                        : blocks[i].kind == BLOCK_TIMES ? PLACE_TOP_CENTER
                                                        : PLACE_PAGE;
        layout_add_block(layout, blocks[i].kind, blocks[i].elements, to);
    }
}

/** Title and times: beside each other in the band; where the sheet is narrow the times stand below the
 * marking, and the title has two lines beside both. */
static void cut_band(const struct layout_sheet *sheet, struct layout *layout)
{
    struct bbox header = layout->furniture.header;
    struct bbox title = header;
    struct bbox times = header;
    if (layout_slim_is_narrow(sheet)) {
        times.min_y = layout->furniture.marking_top.max_y;
        times.min_x = layout->furniture.marking_top.min_x;
        times.max_x = layout->furniture.marking_top.max_x;
    } else {
        times.min_x = header.min_x + 0.58 * bbox_width(header);
        title.max_x = times.min_x - 2 * layout->unit;
    }
    layout->cells[PLACE_TOP_LEFT] = title;
    layout->cells[PLACE_TOP_CENTER] = times;
}

/** All that has no place in the band stands there, the legend apart from the rest. */
static void move_beside(struct layout *layout, enum place legend, enum place rest)
{
    for (int i = 0; i < layout->block_count; i++) {
        struct layout_block *block = &layout->blocks[i];
        if (block->place == PLACE_PAGE) {
            block->place = block->kind == BLOCK_LEGEND ? legend : rest;
        }
    }
}

/** Beside each other: the map with its bands and a column. Returns the room of the map. */
static struct bbox cut_column_beside(const struct slim *slim, struct point map, double column)
{
    struct layout *layout = slim->layout;
    struct bbox room = layout->furniture.body;
    double gap = layout->gap_mm;
    double left = room.min_x + (bbox_width(room) - map.x - gap - column) / 2;
    double right = left + map.x;
    layout->cells[PLACE_CENTER_RIGHT] =
        (struct bbox){right + gap, room.min_y + slim->bands.top_mm, right + gap + column, room.max_y};
    move_beside(layout, PLACE_CENTER_RIGHT, PLACE_CENTER_RIGHT);
    return (struct bbox){left, room.min_y, right, room.min_y + map.y};
}

/** Below the map the legend, and all else beside that. Returns the room of the map. */
static struct bbox cut_strip_below(const struct slim *slim, struct point map)
{
    struct layout *layout = slim->layout;
    struct bbox room = layout->furniture.body;
    double middle = room.min_x + BELOW_LEGEND_PART * bbox_width(room);
    double top = room.min_y + map.y + layout->gap_mm;
    layout->cells[PLACE_BOTTOM_LEFT] = (struct bbox){room.min_x, top, middle - layout->gap_mm, room.max_y};
    layout->cells[PLACE_BOTTOM_RIGHT] = (struct bbox){middle, top, room.max_x, room.max_y};
    move_beside(layout, PLACE_BOTTOM_LEFT, PLACE_BOTTOM_RIGHT);
    room.max_y = room.min_y + map.y;
    return room;
}

/** Beside and below: the legend, which flows into any shape, takes the strip unless that is much the smaller.
 */
static struct bbox cut_around(const struct slim *slim, struct point map, double column)
{
    struct layout *layout = slim->layout;
    struct bbox body = layout->furniture.body;
    double below = bbox_height(body) - map.y - layout->gap_mm;
    struct bbox room = cut_column_beside(slim, map, column);
    struct bbox strip = {room.min_x, room.max_y + layout->gap_mm, room.max_x, body.max_y};
    bool is_legend_below = map.x * below >= AROUND_LEGEND_PART * column * bbox_height(body);
    for (int i = 0; i < layout->block_count; i++) {
        struct layout_block *block = &layout->blocks[i];
        bool is_below = (block->kind == BLOCK_LEGEND) == is_legend_below;
        if (block->place == PLACE_CENTER_RIGHT && is_below) {
            block->place = PLACE_BOTTOM_LEFT;
        }
    }
    layout->cells[PLACE_BOTTOM_LEFT] = strip;
    return room;
}

/** A map of a given size on a larger sheet leaves room for what else would stand on the next page. */
static struct bbox cut_beside(const struct slim *slim)
{
    const struct layout *layout = slim->layout;
    const struct template_frame *frame = &slim->sheet->template->frame;
    struct bbox room = layout->furniture.body;
    struct point map = {fmin(bbox_width(room), frame->width_mm + 2 * slim->bands.side_mm),
                        fmin(bbox_height(room), frame->height_mm + 2 * slim->bands.top_mm)};
    double beside = bbox_width(room) - map.x - layout->gap_mm;
    double below = bbox_height(room) - map.y - layout->gap_mm;
    if (layout->map_count > 1 || !(frame->width_mm > 0)) {
        return room;
    }
    double column = fmin(beside, BESIDE_MOST_MM * layout->unit);
    bool has_beside = beside >= BESIDE_LEAST_MM * layout->unit;
    bool has_both = has_beside && below >= AROUND_LEAST_MM * layout->unit;
    if (has_both && layout_has_kind(layout, PLACE_PAGE, BLOCK_LEGEND)) {
        return cut_around(slim, map, column);
    }
    if (has_beside) {
        return cut_column_beside(slim, map, column);
    }
    return below >= BELOW_LEAST_MM * layout->unit ? cut_strip_below(slim, map) : room;
}

bool layout_frame_slim(const struct layout_sheet *sheet, struct grid_bands bands, struct layout *layout,
                       struct fault *fault)
{
    struct grid grids[GRID_MOST];
    bool has_bands = sheet->template->frame.width_mm > 0 || layout_grids(sheet, grids) > 0;
    struct slim slim = {sheet, layout, has_bands ? bands : (struct grid_bands){0, 0}};
    layout->furniture = layout_slim_furniture(sheet);
    move_slim(layout);
    cut_band(sheet, layout);
    return layout_place_maps(sheet, cut_beside(&slim), slim.bands, layout, fault);
}
