#include "render/briefing/sheet_edges.h"

#include <math.h>

#include "render/briefing/frame_inks.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/print/pen.h"

#define ARROW_MM 1.6
#define PADDING_MM 0.7
#define EDGE_MM 0.6 /* between the neat line and the name */

/* Which way a side lies: x east, y down the page. */
static const struct point directions[SHEET_SIDE_COUNT] = {
    [SHEET_NORTH] = {0, -1},     [SHEET_NORTH_EAST] = {1, -1},  [SHEET_EAST] = {1, 0},
    [SHEET_SOUTH_EAST] = {1, 1}, [SHEET_SOUTH] = {0, 1},        [SHEET_SOUTH_WEST] = {-1, 1},
    [SHEET_WEST] = {-1, 0},      [SHEET_NORTH_WEST] = {-1, -1},
};

/* A box of that size in the middle of the edge, or in the corner, that lies that way. */
static struct bbox box_at(struct bbox map_mm, struct point direction, double width, double height)
{
    struct bbox room = bbox_grow(map_mm, -EDGE_MM);
    double x = room.min_x + (bbox_width(room) - width) * (1 + direction.x) / 2;
    double y = room.min_y + (bbox_height(room) - height) * (1 + direction.y) / 2;
    return (struct bbox){x, y, x + width, y + height};
}

static struct bbox box_of(const struct pen *pen, const char *name, struct point direction, struct bbox map_mm)
{
    double padding = PADDING_MM * pen->unit;
    double text = pen_measure(pen, PEN_STRONG, name, 0).width_mm + 0.1;
    return box_at(map_mm, direction, text + ARROW_MM * pen->unit + 3 * padding,
                  pen_line_height(pen, PEN_STRONG) + padding);
}

static void paint_arrow(const struct pen *pen, struct point middle, struct point direction)
{
    double length = hypot(direction.x, direction.y);
    struct point way = {direction.x / length, direction.y / length};
    double half = ARROW_MM * pen->unit / 2;
    struct point corners[3] = {
        {middle.x + way.x * half, middle.y + way.y * half},
        {middle.x - way.x * half - way.y * half, middle.y - way.y * half + way.x * half},
        {middle.x - way.x * half + way.y * half, middle.y - way.y * half - way.x * half}};
    pen_polygon(pen, corners, 3, pen_ink);
}

/* The arrow stands at the side it points to; up and down it stands before the name. */
static void paint_name(const struct pen *pen, const char *name, struct point direction, struct bbox map_mm)
{
    double padding = PADDING_MM * pen->unit;
    double arrow = ARROW_MM * pen->unit;
    struct bbox box = box_of(pen, name, direction, map_mm);
    bool is_right = direction.x > 0;
    double middle = (box.min_y + box.max_y) / 2;
    struct point place = {is_right ? box.max_x - padding - arrow / 2 : box.min_x + padding + arrow / 2,
                          middle};
    struct bbox inner = box;
    inner.min_x += is_right ? padding : arrow + 2 * padding;
    pen_fill(pen, box, pen_white);
    pen_frame(pen, box, 0.15 * pen->unit, pen_ink);
    paint_arrow(pen, place, direction);
    pen_line_of_text(pen, PEN_STRONG, TEXT_LEFT, name, inner);
}

bool sheet_edges_paint(const char *const names[SHEET_SIDE_COUNT], struct pen *pen,
                       struct page_document *document, struct bbox map_mm, struct fault *fault)
{
    bool has_any = false;
    for (int side = 0; side < SHEET_SIDE_COUNT; side++) {
        has_any = has_any || names[side];
    }
    if (!has_any) {
        return true;
    }
    pen->canvas =
        page_canvas(document, (struct bbox){0, 0, map_mm.max_x, map_mm.max_y}, (struct point){0, 0}, fault);
    for (int side = 0; side < SHEET_SIDE_COUNT && pen->canvas; side++) {
        if (names[side]) {
            paint_name(pen, names[side], directions[side], map_mm);
        }
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}

void sheet_edges_take(const char *const names[SHEET_SIDE_COUNT], const struct pen *pen, struct bbox map_mm,
                      struct box_grid *taken)
{
    for (int side = 0; side < SHEET_SIDE_COUNT; side++) {
        if (names[side]) {
            frame_inks_add_mm(taken, map_mm, box_of(pen, names[side], directions[side], map_mm));
        }
    }
}
