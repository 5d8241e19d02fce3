/*
 * layout_cells.c - from paper and template to cells, without any content.
 *
 * Strips and columns are as large as is usual for what stands in them, or as the template says, but the map
 * keeps its least part of the paper: then columns get narrower, the left one joins the right one, the last
 * goes below the map, and strips get lower.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/briefing/layout_internal.h"
#include "render/briefing/template.h"

#define COLUMN_LEAST_MM 44 /* of a column, on A4 */
#define CELL_LEAST_MM 44   /* wide, of a strip: less breaks a scale bar */

/** All lengths on their way to a frame. */
struct cutting {
    struct layout_sheet sheet;
    struct layout *layout;
    struct grid_bands bands;
    double left_mm; /* of the columns, without their gap; 0: there is none */
    double right_mm;
    double top_mm; /* of the strips */
    double bottom_mm;
};

static const double usual_mm[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = 13.5, [BLOCK_LOGO] = 14,      [BLOCK_TIMES] = 13.5,      [BLOCK_LEGEND] = 44,
    [BLOCK_SCALE] = 16,   [BLOCK_INSETS] = 26,    [BLOCK_COMPLETENESS] = 16, [BLOCK_FACTS] = 27,
    [BLOCK_SOURCES] = 14, [BLOCK_DISCLAIMER] = 8,
};

static bool has_block(const struct layout *layout, enum place place)
{
    for (int i = 0; i < layout->block_count; i++) {
        if (layout->blocks[i].place == place) {
            return true;
        }
    }
    return false;
}

bool layout_has_kind(const struct layout *layout, enum place place, enum block_kind kind)
{
    for (int i = 0; i < layout->block_count; i++) {
        if (layout->blocks[i].place == place && layout->blocks[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/** What blocks of a cell usually need, or only those that can never leave the page. */
static double usual_height(const struct layout *layout, enum place place, bool is_required_only)
{
    double height = 0;
    for (int i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->blocks[i];
        bool is_beside_others = block->kind == BLOCK_LOGO && place <= PLACE_TOP_RIGHT;
        if (block->place != place || is_beside_others ||
            (is_required_only && !layout_block_is_required(block->kind))) {
            continue;
        }
        height += (height > 0 ? layout->gap_mm : 0) + usual_mm[block->kind] * layout->unit;
    }
    return height;
}

static double strip_height(const struct layout *layout, enum place first, bool is_required_only)
{
    double height = 0;
    for (int place = first; place < (int)first + 3; place++) {
        height = fmax(height, usual_height(layout, (enum place)place, is_required_only));
    }
    return height;
}

static bool strip_has(const struct layout *layout, enum place first)
{
    return has_block(layout, first) || has_block(layout, first + 1) || has_block(layout, first + 2);
}

/** The blocks of one place join those of another. */
static void move_place(struct layout *layout, enum place from, enum place to)
{
    struct layout_block moved[LAYOUT_BLOCK_MOST];
    int count = layout->block_count;
    memcpy(moved, layout->blocks, sizeof moved);
    layout->block_count = 0;
    for (int i = 0; i < count; i++) {
        layout_add_block(layout, moved[i].kind, moved[i].elements,
                         moved[i].place == from ? to : moved[i].place);
    }
}

static double inner_width(const struct cutting *cutting)
{
    const struct layout_furniture *furniture = &cutting->layout->furniture;
    return bbox_width(furniture->footer) - 2 * cutting->bands.side_mm;
}

static double columns_width(const struct cutting *cutting)
{
    double gap = cutting->layout->gap_mm;
    return (cutting->left_mm > 0 ? cutting->left_mm + gap : 0) +
           (cutting->right_mm > 0 ? cutting->right_mm + gap : 0);
}

static double excess_width(const struct cutting *cutting)
{
    double page = bbox_width(cutting->layout->furniture.page);
    int count = cutting->sheet.is_landscape ? cutting->layout->map_count : 1;
    double inside = count * 2 * cutting->bands.side_mm - 2 * cutting->bands.side_mm;
    return LAYOUT_MAP_LEAST_WIDTH * page + inside - (inner_width(cutting) - columns_width(cutting));
}

static void narrow(double *column_mm, double least_mm, double excess_mm)
{
    if (*column_mm > 0 && excess_mm > 0) {
        *column_mm = fmax(fmin(*column_mm, least_mm), *column_mm - excess_mm);
    }
}

static void cut_columns(struct cutting *cutting)
{
    struct layout *layout = cutting->layout;
    const struct template_room *room = &cutting->sheet.template->room;
    double page = bbox_width(layout->furniture.page);
    double least = COLUMN_LEAST_MM * layout->unit;
    double usual = fmax(60 * layout->unit, 0.245 * page);
    bool has_left = has_block(layout, PLACE_CENTER_LEFT);
    bool has_right = has_block(layout, PLACE_CENTER_RIGHT);
    cutting->left_mm = has_left ? fmax(room->left > 0 ? room->left * page : usual, least) : 0;
    cutting->right_mm = has_right ? fmax(room->right > 0 ? room->right * page : usual, least) : 0;
    narrow(&cutting->left_mm, least, excess_width(cutting));
    narrow(&cutting->right_mm, least, excess_width(cutting));
    if (has_left && has_right && excess_width(cutting) > 0) {
        move_place(layout, PLACE_CENTER_LEFT, PLACE_CENTER_RIGHT);
        cutting->left_mm = 0;
    }
    if (excess_width(cutting) > 0) {
        move_place(layout, PLACE_CENTER_LEFT, PLACE_BOTTOM_LEFT);
        move_place(layout, PLACE_CENTER_RIGHT, PLACE_BOTTOM_RIGHT);
        cutting->left_mm = cutting->right_mm = 0;
    }
}

/** The strip that has a legend gets more: a column of nothing else would be empty below it. */
static double usual_strip(const struct layout *layout, enum place first, double part, double room)
{
    double page = bbox_height(layout->furniture.page);
    if (!strip_has(layout, first)) {
        return 0;
    }
    bool has_legend = false;
    for (int place = first; place < (int)first + 3; place++) {
        has_legend = has_legend || layout_has_kind(layout, (enum place)place, BLOCK_LEGEND);
    }
    double usual = strip_height(layout, first, false);
    usual = has_legend ? fmax(80 * layout->unit, part * page) : fmin(usual, part * page);
    double required = strip_height(layout, first, true);
    return fmax(room > 0 ? room * page : usual, fmax(required, LAYOUT_STRIP_LEAST_MM * layout->unit));
}

static double excess_height(const struct cutting *cutting)
{
    const struct layout *layout = cutting->layout;
    double page = bbox_height(layout->furniture.page);
    int count = cutting->sheet.is_landscape ? 1 : layout->map_count;
    double needed =
        LAYOUT_MAP_LEAST_HEIGHT * page + count * 2 * cutting->bands.top_mm + (count - 1) * layout->gap_mm;
    double strips = (cutting->top_mm > 0 ? cutting->top_mm + layout->unit : 0) +
                    (cutting->bottom_mm > 0 ? cutting->bottom_mm + layout->gap_mm : 0);
    return needed + strips - bbox_height(layout->furniture.body);
}

static void lower(double *strip_mm, const struct layout *layout, enum place first, double excess_mm)
{
    double least = fmax(strip_height(layout, first, true), LAYOUT_STRIP_LEAST_MM * layout->unit);
    narrow(strip_mm, least, excess_mm);
}

static void cut_strips(struct cutting *cutting)
{
    struct layout *layout = cutting->layout;
    const struct template_room *room = &cutting->sheet.template->room;
    cutting->top_mm = usual_strip(layout, PLACE_TOP_LEFT, 0.2, room->top);
    cutting->bottom_mm = usual_strip(layout, PLACE_BOTTOM_LEFT, 0.27, room->bottom);
    lower(&cutting->bottom_mm, layout, PLACE_BOTTOM_LEFT, excess_height(cutting));
    lower(&cutting->top_mm, layout, PLACE_TOP_LEFT, excess_height(cutting));
}

/** How much of a strip's width a cell gets; 0: nothing stands there. */
static double share_of(const struct cutting *cutting, enum place place)
{
    const struct layout *layout = cutting->layout;
    double said = cutting->sheet.template->shares[place];
    if (!has_block(layout, place)) {
        return 0;
    }
    if (said > 0) {
        return said;
    }
    return layout_has_kind(layout, place, BLOCK_LEGEND)  ? 2
           : layout_has_kind(layout, place, BLOCK_TITLE) ? 1.8
                                                         : 1;
}

/** The place of a strip with the greatest share, but for one; PLACE_AROUND: there is no other. */
static enum place widest_beside(const struct cutting *cutting, enum place first, enum place place)
{
    enum place widest = PLACE_AROUND;
    for (int other = first; other < (int)first + 3; other++) {
        double share = share_of(cutting, (enum place)other);
        if (other != (int)place && share > 0 &&
            (widest == PLACE_AROUND || share > share_of(cutting, widest))) {
            widest = (enum place)other;
        }
    }
    return widest;
}

/** What would stand in a cell too narrow for it joins the widest one; on a plate places are as asked for. */
static void join_narrow(struct cutting *cutting, enum place first, double strip_mm)
{
    if (cutting->sheet.own.width_mm > 0) {
        return;
    }
    for (int place = first; place < (int)first + 3; place++) {
        double sum = 0;
        for (int other = first; other < (int)first + 3; other++) {
            sum += share_of(cutting, (enum place)other);
        }
        double share = share_of(cutting, (enum place)place);
        enum place widest = widest_beside(cutting, first, (enum place)place);
        bool is_free = !layout_has_kind(cutting->layout, (enum place)place, BLOCK_TITLE) &&
                       !layout_has_kind(cutting->layout, (enum place)place, BLOCK_TIMES);
        if (share > 0 && is_free && widest != PLACE_AROUND &&
            strip_mm * share / sum < CELL_LEAST_MM * cutting->layout->unit) {
            move_place(cutting->layout, (enum place)place, widest);
        }
    }
}

static void cut_strip(struct cutting *cutting, enum place first, struct bbox strip)
{
    struct layout *layout = cutting->layout;
    double sum = 0;
    int count = 0;
    join_narrow(cutting, first, bbox_width(strip));
    for (int place = first; place < (int)first + 3; place++) {
        double share = share_of(cutting, (enum place)place);
        sum += share;
        count += share > 0;
    }
    double width = bbox_width(strip) - (count - 1) * layout->gap_mm;
    double left = strip.min_x;
    for (int place = first; place < (int)first + 3 && count > 0; place++) {
        double share = share_of(cutting, (enum place)place);
        if (share > 0) {
            double right = left + width * share / sum;
            layout->cells[place] = (struct bbox){left, strip.min_y, right, strip.max_y};
            left = right + layout->gap_mm;
        }
    }
}

/** Cuts what stands around the map off the body; what is left is the maps' with their bands. */
static struct bbox cut_cells(struct cutting *cutting)
{
    struct layout *layout = cutting->layout;
    struct bbox rest = layout->furniture.body;
    if (cutting->top_mm > 0) {
        struct bbox strip = {rest.min_x, rest.min_y, rest.max_x, rest.min_y + cutting->top_mm};
        cut_strip(cutting, PLACE_TOP_LEFT, strip);
        rest.min_y = strip.max_y + layout->unit;
    }
    if (cutting->left_mm > 0) {
        layout->cells[PLACE_CENTER_LEFT] =
            (struct bbox){rest.min_x, rest.min_y, rest.min_x + cutting->left_mm, rest.max_y};
        rest.min_x += cutting->left_mm + layout->gap_mm;
    }
    if (cutting->right_mm > 0) {
        layout->cells[PLACE_CENTER_RIGHT] =
            (struct bbox){rest.max_x - cutting->right_mm, rest.min_y, rest.max_x, rest.max_y};
        rest.max_x -= cutting->right_mm + layout->gap_mm;
    }
    if (cutting->bottom_mm > 0) {
        struct bbox strip = {rest.min_x, rest.max_y - cutting->bottom_mm, rest.max_x, rest.max_y};
        cut_strip(cutting, PLACE_BOTTOM_LEFT, strip);
        rest.max_y = strip.min_y - layout->gap_mm;
    }
    return rest;
}

size_t layout_grids(const struct layout_sheet *sheet, struct grid *grids)
{
    const struct template *template = sheet->template;
    if (template->places[sheet->is_landscape][ELEMENT_GRID] == PLACE_OFF) {
        return 0;
    }
    size_t count = sheet->grids ? sheet->grid_count : template->grid_count;
    count = count < GRID_MOST ? count : GRID_MOST;
    for (size_t i = 0; i < count; i++) {
        grids[i] = sheet->grids ? sheet->grids[i] : grid_of(template->grids[i]);
    }
    return grid_merge(grids, count, NULL);
}

static struct grid_bands bands_of(const struct layout_sheet *sheet, double unit)
{
    struct grid grids[GRID_MOST];
    size_t count = layout_grids(sheet, grids);
    return count > 0 ? grid_bands(grids, count, unit) : (struct grid_bands){unit, unit};
}

bool layout_frame(struct layout_sheet sheet, struct layout *layout, struct fault *fault)
{
    assert(sheet.template && sheet.paper < PAPER_COUNT);
    bool has_two = sheet.template->kind == TEMPLATE_COMPARISON && !sheet.is_single &&
                   sheet.template->changes == TEMPLATE_CHANGES_BESIDE;
    double unit = paper_own_unit(sheet.own, sheet.paper);
    *layout = (struct layout){.unit = unit, .gap_mm = 3 * unit, .map_count = has_two ? 2 : 1};
    for (int i = 0; i < PLACE_AROUND; i++) {
        layout->cells[i] = bbox_empty();
    }
    layout_collect_blocks(sheet, layout);
    struct cutting cutting = {.sheet = sheet, .layout = layout, .bands = bands_of(&sheet, unit)};
    if (sheet.template->is_slim) {
        return layout_frame_slim(&sheet, cutting.bands, layout, fault);
    }
    layout->furniture = layout_full_furniture(&sheet, unit);
    cut_columns(&cutting);
    cut_strips(&cutting);
    struct bbox room = cut_cells(&cutting);
    layout->furniture.header = layout->furniture.body;
    layout->furniture.header.max_y = layout->furniture.body.min_y + cutting.top_mm;
    return layout_place_maps(&sheet, room, cutting.bands, layout, fault);
}
