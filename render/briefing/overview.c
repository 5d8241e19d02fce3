/*
 * overview.c - a view of the base layers around the main map, at the next round scale that shows all of it;
 * at a finer one where that would show little but the end of their data, or be coarser than can be read. Its
 * map is a copy of the main one without plots: what is kept for layers is found by the layer, so nothing is
 * read twice.
 */
#include "render/briefing/overview.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/briefing/sheet_frame.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/grid/name_box.h"
#include "render/layer/layer_reach.h"
#include "render/map_view.h"
#include "render/picture.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/renderer.h"

#define WIDER 4.0           /* an inset shows at least so many times the frame, each way */
#define LEAST_WIDER 1.5     /* less than that tells no more than the map does */
#define COARSEST 40000000.0 /* 1:N */
#define LEAST_SHARE 0.5     /* of an inset, that the base layers reach */
#define MARGIN 1.04         /* around what must be seen */
#define LEAST_MAP_MM 23.0   /* high, on A4: of an inset with its scale below */
#define LEAST_FRAME_MM 3.0
#define RING_MM 2.2 /* radius, of a frame that is too small to be drawn */
#define RING_STEPS 48
#define NAME_INSET_MM 0.8 /* of a name that stands at the edge of its sheet */
#define SMALLER 0.6       /* part of its size that a name shrinks to where there is little room */

static const struct colour frame_red = {200, 16, 46, 255};
static const struct colour frame_wash = {200, 16, 46, 36};

/* The map of an overview as it is laid out in a box. */
struct inset {
    const struct overview *overview;
    struct pen *pen;
    struct bbox map_mm;
    struct pixel_grid grid;
    struct pixel_box box;
    double scale_denominator;
    const struct box_grid *taken; /* where names of sheets would cover something, px; NULL: nowhere */
};

static double caption_mm(const struct pen *pen)
{
    return pen_line_height(pen, PEN_SMALL) + 0.4 * pen->unit;
}

/* ---- what it shows ---- */

/* The extent of the map in the CRS of the view; empty where it has no image there. */
static bool extent_of_map(struct renderer *renderer, const struct map_view *view, struct bbox *extent,
                          struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", fault);
    const struct crs *crs = lon_lat ? crs_find(context, view->grid.crs_code, fault) : NULL;
    if (!crs) {
        return false;
    }
    struct bbox deg = bbox_intersection(view->map->extent_deg, crs->area_deg);
    *extent = bbox_empty();
    if (!bbox_is_empty(deg) && !crs_transform_bbox(context, lon_lat, crs, deg, extent, NULL)) {
        *extent = bbox_empty();
    }
    return true;
}

static struct bbox widened(struct bbox box, double times)
{
    struct point centre = bbox_centre(box);
    double half_width = bbox_width(box) / 2 * times;
    double half_height = bbox_height(box) / 2 * times;
    return (struct bbox){centre.x - half_width, centre.y - half_height, centre.x + half_width,
                         centre.y + half_height};
}

static struct bbox sheets_of(const struct overview *overview)
{
    struct bbox box = overview->frame;
    for (size_t i = 0; i < overview->sheet_count; i++) {
        box = bbox_union(box, overview->sheets[i].box);
    }
    return box;
}

/* An index shows its sheets; an inset the map's extent, or more than the frame when that fills it. */
static bool area_of(struct renderer *renderer, const struct overview *overview, struct bbox *area,
                    struct fault *fault)
{
    if (overview->sheet_count > 0) {
        *area = sheets_of(overview);
        return true;
    }
    struct bbox extent;
    if (!extent_of_map(renderer, overview->view, &extent, fault)) {
        return false;
    }
    struct bbox frame = overview->frame;
    struct bbox least = bbox_is_empty(frame) ? extent : widened(frame, WIDER);
    *area = bbox_contains(extent, least) ? bbox_union(extent, frame) : least;
    return true;
}

/* The next round number: 1, 2, 2.5 or 5 times a power of ten. */
static double round_scale_above(double denominator)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(denominator)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * power >= denominator * (1 - 1e-9)) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

/* The round number before. */
static double round_scale_below(double denominator)
{
    double above = round_scale_above(denominator / 10);
    double below = above;
    while (above < denominator * (1 - 1e-9)) {
        below = above;
        above = round_scale_above(above * 1.001);
    }
    return below;
}

static double scale_to_show(const struct overview *overview, struct bbox map_mm, struct bbox area)
{
    double across = bbox_width(area) * MARGIN / bbox_width(map_mm);
    double down = bbox_height(area) * MARGIN / bbox_height(map_mm);
    return fmax(fmax(across, down) * overview->view->grid.metres_per_unit * 1000, 100);
}

static struct inset lay_out(const struct overview *overview, struct pen *pen, struct bbox map_mm,
                            struct point centre, double scale_denominator)
{
    struct inset inset = {
        .overview = overview, .pen = pen, .map_mm = map_mm, .scale_denominator = scale_denominator};
    inset.grid = overview->view->grid;
    inset.grid.units_per_px = scale_units_per_px(scale_denominator, inset.grid.metres_per_unit);
    inset.box.width = (int32_t)floor(bbox_width(map_mm) / SCALE_PIXEL_MM);
    inset.box.height = (int32_t)floor(bbox_height(map_mm) / SCALE_PIXEL_MM);
    inset.grid.origin = (struct point){centre.x - inset.box.width / 2.0 * inset.grid.units_per_px,
                                       centre.y + inset.box.height / 2.0 * inset.grid.units_per_px};
    inset.map_mm.max_x = map_mm.min_x + inset.box.width * SCALE_PIXEL_MM;
    inset.map_mm.max_y = map_mm.min_y + inset.box.height * SCALE_PIXEL_MM;
    return inset;
}

/* Is there land, or what else the base layers are, in most of it? */
static bool is_filled(struct renderer *renderer, const struct inset *inset)
{
    struct map_view view = *inset->overview->view;
    view.grid = inset->grid;
    view.scale_denominator = inset->scale_denominator;
    return layer_reach_share(renderer, &view, inset->box) >= LEAST_SHARE;
}

/* An inset as wide as it should be, or else the widest that is worth its place. False: none is. */
static bool choose(struct renderer *renderer, const struct overview *overview, struct inset *inset)
{
    double finest = scale_to_show(overview, inset->map_mm, widened(overview->frame, LEAST_WIDER));
    double denominator = inset->scale_denominator;
    while (denominator > COARSEST || !is_filled(renderer, inset)) {
        denominator = denominator > COARSEST ? COARSEST : round_scale_below(denominator);
        if (denominator < finest) {
            return false;
        }
        *inset = lay_out(overview, inset->pen, inset->map_mm, bbox_centre(overview->frame), denominator);
    }
    return denominator >= finest;
}

static bool plan(struct renderer *renderer, const struct overview *overview, struct pen *pen,
                 struct bbox map_mm, struct inset *inset, struct fault *fault)
{
    struct bbox area;
    if (!area_of(renderer, overview, &area, fault)) {
        return false;
    }
    if (bbox_is_empty(area) || bbox_width(map_mm) < 1 || bbox_height(map_mm) < 1) {
        fault_set(fault, FAULT_INPUT, "there is nothing to give an overview of, or no room for one");
        return false;
    }
    double denominator = round_scale_above(scale_to_show(overview, map_mm, area));
    *inset = lay_out(overview, pen, map_mm, bbox_centre(area), denominator);
    if (overview->sheet_count == 0 && !choose(renderer, overview, inset)) {
        double finest = scale_to_show(overview, map_mm, widened(overview->frame, LEAST_WIDER));
        *inset = lay_out(overview, pen, map_mm, bbox_centre(overview->frame), round_scale_above(finest));
    }
    return true;
}

/* ---- the map ---- */

/* The items of the map that an overview shows; owned by the caller. */
static struct map_item *base_items(const struct overview *overview, size_t *count)
{
    const struct map *map = overview->view->map;
    struct map_item *items = memory_new(map->item_count, sizeof *items);
    *count = 0;
    for (size_t i = 0; i < map->item_count; i++) {
        if (map->items[i].layer || overview->has_plots) {
            items[(*count)++] = map->items[i];
        }
    }
    return items;
}

static bool paint_map(struct renderer *renderer, const struct inset *inset, struct page_document *document,
                      struct report *report, struct fault *fault)
{
    struct map_view view = *inset->overview->view;
    struct map map = *view.map;
    map.items = base_items(inset->overview, &map.item_count);
    view.map = &map;
    view.plot_count = inset->overview->has_plots ? view.plot_count : 0;
    view.numbers = NULL;
    view.grid = inset->grid;
    view.frame_px = pixel_box_to_bbox(inset->box);
    view.scale_denominator = inset->scale_denominator;
    struct canvas *canvas = page_canvas(document, inset->map_mm, (struct point){0, 0}, fault);
    struct picture_target target = {canvas, report, NULL};
    bool is_painted = canvas && picture_paint(renderer, &view, inset->box, &target, fault);
    canvas_free(canvas);
    free(map.items);
    return is_painted;
}

/* ---- what stands on it ---- */

static struct point on_page(const struct inset *inset, struct point place)
{
    struct point px = pixel_grid_to_px(&inset->grid, place);
    return (struct point){inset->map_mm.min_x + px.x * SCALE_PIXEL_MM,
                          inset->map_mm.min_y + px.y * SCALE_PIXEL_MM};
}

static struct bbox box_on_page(const struct inset *inset, struct bbox box)
{
    struct point corner = on_page(inset, (struct point){box.min_x, box.max_y});
    struct point far = on_page(inset, (struct point){box.max_x, box.min_y});
    return bbox_intersection((struct bbox){corner.x, corner.y, far.x, far.y}, inset->map_mm);
}

/* A cross with a ring: where the frame is too small to be seen. */
static void paint_spot(const struct inset *inset, struct point centre)
{
    const struct pen *pen = inset->pen;
    double radius = RING_MM * pen->unit;
    double arm = 1.5 * radius;
    double width = 0.4 * pen->unit;
    struct point before = {centre.x + radius, centre.y};
    for (int i = 1; i <= RING_STEPS; i++) {
        double angle = 2 * M_PI * i / RING_STEPS;
        struct point here = {centre.x + radius * cos(angle), centre.y + radius * sin(angle)};
        pen_stroke(pen, before, here, width, frame_red);
        before = here;
    }
    pen_stroke(pen, (struct point){centre.x - arm, centre.y}, (struct point){centre.x + arm, centre.y}, width,
               frame_red);
    pen_stroke(pen, (struct point){centre.x, centre.y - arm}, (struct point){centre.x, centre.y + arm}, width,
               frame_red);
}

static void paint_frame(const struct inset *inset)
{
    struct bbox box = box_on_page(inset, inset->overview->frame);
    double least = LEAST_FRAME_MM * inset->pen->unit;
    if (bbox_is_empty(box)) {
        return;
    }
    if (bbox_width(box) < least || bbox_height(box) < least) {
        paint_spot(inset, bbox_centre(box));
        return;
    }
    pen_fill(inset->pen, box, frame_wash);
    pen_frame(inset->pen, box, 0.5 * inset->pen->unit, frame_red);
}

static struct bbox moved_scaled(struct bbox box, struct point corner, double times)
{
    return (struct bbox){corner.x + box.min_x * times, corner.y + box.min_y * times,
                         corner.x + box.max_x * times, corner.y + box.max_y * times};
}

/* Finds where a name of a size covers nothing: the middle of its sheet, else along its edges. */
static bool find_name_box(const struct inset *inset, struct pen_size size, struct bbox sheet_mm,
                          struct bbox *found_mm)
{
    struct point middle = bbox_centre(sheet_mm);
    struct point corner = {-inset->map_mm.min_x / SCALE_PIXEL_MM, -inset->map_mm.min_y / SCALE_PIXEL_MM};
    struct name_box_wish wish = {
        .room = moved_scaled(bbox_grow(sheet_mm, -NAME_INSET_MM), corner, 1 / SCALE_PIXEL_MM),
        .size = {size.width_mm / SCALE_PIXEL_MM, size.height_mm / SCALE_PIXEL_MM}};
    struct bbox found = {middle.x - size.width_mm / 2, middle.y - size.height_mm / 2,
                         middle.x + size.width_mm / 2, middle.y + size.height_mm / 2};
    *found_mm = found;
    if (name_box_is_free(inset->taken, moved_scaled(found, corner, 1 / SCALE_PIXEL_MM), 0)) {
        return true;
    }
    if (!name_box_find(&wish, inset->taken, &found)) {
        return false;
    }
    *found_mm = moved_scaled(found, (struct point){inset->map_mm.min_x, inset->map_mm.min_y}, SCALE_PIXEL_MM);
    return true;
}

/* As large as the sheet has room for, with a halo so that it can be read over any map. */
static void paint_name(const struct inset *inset, const struct overview_sheet *sheet, struct bbox box)
{
    const struct pen *pen = inset->pen;
    struct text_look look = pen_look(pen, PEN_MOMENT);
    look.colour = sheet->is_left_out ? pen_rule : look.colour;
    look.is_bold = !sheet->is_left_out;
    struct pen_size size = pen_measure(pen, PEN_MOMENT, sheet->name, 0);
    double part =
        fmin(fmin(0.8 * bbox_width(box) / size.width_mm, 0.6 * bbox_height(box) / size.height_mm), 1.0);
    struct pen_size large = {part * size.width_mm, part * size.height_mm};
    struct pen_size small = {SMALLER * large.width_mm, SMALLER * large.height_mm};
    struct bbox place;
    if (!find_name_box(inset, large, box, &place)) {
        part *= SMALLER;
        if (!find_name_box(inset, small, box, &place) && sheet->is_left_out) {
            return;
        }
    }
    look.size_px *= part;
    look.halo = pen_white;
    look.halo_px = 2 * part * pen->unit;
    pen_look_line(pen, &look, TEXT_CENTRE, sheet->name, place);
}

static void paint_sheet_halo(const struct inset *inset, const struct overview_sheet *sheet,
                             const struct sheet_frame *frame)
{
    (void)sheet;
    sheet_frame_paint_halo(frame, inset->pen);
}

static void paint_sheet_frame(const struct inset *inset, const struct overview_sheet *sheet,
                              const struct sheet_frame *frame)
{
    (void)sheet;
    sheet_frame_paint(frame, inset->pen);
}

static void paint_sheet_name(const struct inset *inset, const struct overview_sheet *sheet,
                             const struct sheet_frame *frame)
{
    paint_name(inset, sheet, frame->box_mm);
}

/** Something of all sheets with a page, or of all without. */
static void paint_of_sheets(const struct inset *inset, bool is_left_out,
                            void (*paint)(const struct inset *inset, const struct overview_sheet *sheet,
                                          const struct sheet_frame *frame))
{
    double width_mm = (is_left_out ? 0.12 : 0.4) * inset->pen->unit;
    for (size_t i = 0; i < inset->overview->sheet_count; i++) {
        const struct overview_sheet *sheet = &inset->overview->sheets[i];
        struct bbox box = box_on_page(inset, sheet->box);
        if (sheet->is_left_out == is_left_out && !bbox_is_empty(box)) {
            struct sheet_frame frame = {box, inset->map_mm, inset->taken, width_mm,
                                        is_left_out ? pen_rule : pen_ink};
            paint(inset, sheet, &frame);
        }
    }
}

/** Those without a page lie below the others. */
static void paint_sheets(const struct inset *inset)
{
    paint_of_sheets(inset, true, paint_sheet_frame);
    paint_of_sheets(inset, false, paint_sheet_halo);
    paint_of_sheets(inset, false, paint_sheet_frame);
    paint_of_sheets(inset, true, paint_sheet_name);
    paint_of_sheets(inset, false, paint_sheet_name);
}

static void paint_caption(const struct inset *inset, struct bbox box_mm)
{
    char scale[64];
    words_scale_unbroken(inset->scale_denominator, scale);
    struct bbox line = {inset->map_mm.min_x, inset->map_mm.max_y, inset->map_mm.max_x, box_mm.max_y};
    pen_line_of_text(inset->pen, PEN_SMALL, TEXT_LEFT, scale, line);
}

static bool paint_marks(const struct inset *inset, struct page_document *document, struct bbox box_mm,
                        struct fault *fault)
{
    inset->pen->canvas = page_canvas(document, box_mm, pen_corner(box_mm), fault);
    if (!inset->pen->canvas) {
        return false;
    }
    paint_sheets(inset);
    paint_frame(inset);
    pen_frame(inset->pen, inset->map_mm, 0.25 * inset->pen->unit, pen_ink);
    paint_caption(inset, box_mm);
    canvas_free(inset->pen->canvas);
    inset->pen->canvas = NULL;
    return true;
}

static struct bbox map_part(const struct pen *pen, struct bbox box_mm)
{
    box_mm.max_y -= caption_mm(pen);
    return box_mm;
}

bool overview_is_worth(struct renderer *renderer, const struct overview *overview, double unit)
{
    struct bbox area;
    struct bbox map_mm = {0, 0, LEAST_MAP_MM * unit, LEAST_MAP_MM * unit};
    if (!area_of(renderer, overview, &area, NULL) || bbox_is_empty(area)) {
        return false;
    }
    double denominator = round_scale_above(scale_to_show(overview, map_mm, area));
    struct inset inset = lay_out(overview, NULL, map_mm, bbox_centre(area), denominator);
    return overview->sheet_count > 0 || choose(renderer, overview, &inset);
}

bool overview_scale(struct renderer *renderer, const struct overview *overview, const struct pen *pen,
                    struct bbox box_mm, double *denominator, struct fault *fault)
{
    struct inset inset;
    if (!plan(renderer, overview, NULL, map_part(pen, box_mm), &inset, fault)) {
        return false;
    }
    *denominator = inset.scale_denominator;
    return true;
}

bool overview_paint(struct renderer *renderer, const struct overview *overview, struct pen *pen,
                    struct page_document *document, struct bbox box_mm, struct report *report,
                    struct fault *fault)
{
    assert(!pen->canvas);
    struct inset inset;
    if (!plan(renderer, overview, pen, map_part(pen, box_mm), &inset, fault)) {
        return false;
    }
    char scale[64];
    char alternative[200];
    words_format(alternative, sizeof alternative, WORD_OVERVIEW_SHOWS, pen->language,
                 words_scale_unbroken(inset.scale_denominator, scale));
    page_tag_begin(document, PAGE_TAG_FIGURE, alternative);
    bool is_painted =
        paint_map(renderer, &inset, document, report, fault) && paint_marks(&inset, document, box_mm, fault);
    page_tag_end(document);
    return is_painted;
}

void overview_paint_sheets(const struct overview *overview, struct pen *pen, const struct pixel_grid *grid,
                           struct bbox map_mm, const struct box_grid *taken)
{
    struct inset inset = {.overview = overview, .pen = pen, .grid = *grid, .map_mm = map_mm, .taken = taken};
    paint_sheets(&inset);
}
