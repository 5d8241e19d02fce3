/*
 * canvas_marks.c - what stands along a line. Places and directions are counted from the start of the whole
 * line, whatever the window, so a mark on an edge is the same on both sides of it. Outlines are one path;
 * glyphs are blitted at whole px, turned in steps, so that few pictures serve all.
 */
#include <math.h>

#include "render/canvas/canvas_internal.h"
#include "render/canvas/polyline.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/line_glyph.h"
#include "symbology/mark_row.h"

/** Further along a line than this distances can no longer be told apart. */
#define LENGTH_MAX_PX 1e12

/** Of a turn of 40 degrees. */
#define SHARP_COSINE 0.77

static const struct colour white = {255, 255, 255, 255};

void canvas_trace_outline(struct path *path, const struct mark_outline *outline, struct canvas_stand stand)
{
    path_begin(path);
    for (int i = 0; i < outline->count; i++) {
        struct point point = outline->points[i];
        struct point place = {stand.place.x + point.x * stand.direction.x - point.y * stand.direction.y,
                              stand.place.y + point.x * stand.direction.y + point.y * stand.direction.x};
        path_add(path, place);
    }
    path_close(path, false);
}

void canvas_paint_outlines(struct canvas *canvas, const struct path *path,
                           const struct canvas_outline_paint *paint)
{
    double edge_px = paint->is_hollow ? mark_outline_px(paint->size_px) : 0;
    struct stroke edge = {.width_px = edge_px, .colour = paint->colour, .join = STROKE_JOIN_ROUND};
    if (paint->is_halo) {
        edge.width_px += 2 * paint->look->halo_px;
        edge.colour = paint->look->halo;
        canvas_stroke_path(canvas, path, &edge);
        return;
    }
    canvas_fill_path(canvas, path, CANVAS_UNION, paint->is_hollow ? white : paint->colour);
    if (paint->is_hollow) {
        canvas_stroke_path(canvas, path, &edge);
    }
}

struct point canvas_direction(struct point from, struct point to)
{
    double length = point_distance(from, to);
    return length > 0 ? (struct point){(to.x - from.x) / length, (to.y - from.y) / length}
                      : (struct point){1, 0};
}

/** Marks being put along one line. */
struct marking {
    struct canvas *canvas;
    struct path *path;
    const struct line_look *look;
    const struct line_marks *marks;
    const struct canvas_part *part;
    struct bbox near;
    double half_size_px;
    struct mark_row row;
    enum line_side sides[2]; /* each is CENTRE, LEFT or RIGHT */
    struct mark_outline outlines[2];
    int side_count;
};

/** A place beside the line for what is not turned with it and so has no foot on it. */
static struct point beside(struct canvas_stand stand, enum line_side side, double distance_px)
{
    double shift = side == LINE_SIDE_CENTRE ? 0 : side == LINE_SIDE_RIGHT ? distance_px : -distance_px;
    return (struct point){stand.place.x - stand.direction.y * shift,
                          stand.place.y + stand.direction.x * shift};
}

static void paint_glyph(const struct marking *marking, struct canvas_stand stand, enum line_side side)
{
    double turn_deg = line_glyph_turn_deg(marking->marks, stand.direction);
    struct symbol_picture *picture =
        symbol_cache_get_mark(canvas_symbols(marking->canvas), marking->marks, marking->look, turn_deg);
    canvas_symbol(marking->canvas, picture, beside(stand, side, marking->half_size_px));
}

static void put_mark(const struct marking *marking, struct canvas_stand stand)
{
    for (int i = 0; i < marking->side_count; i++) {
        if (marking->marks->mark == LINE_MARK_GLYPH) {
            paint_glyph(marking, stand, marking->sides[i]);
        } else if (marking->marks->orient == MARK_UPRIGHT) {
            struct canvas_stand upright = {beside(stand, marking->sides[i], marking->half_size_px), {1, 0}};
            canvas_trace_outline(marking->path, &marking->outlines[i], upright);
        } else {
            canvas_trace_outline(marking->path, &marking->outlines[i], stand);
        }
    }
}

/** Does the line turn sharply at a point? */
static bool is_sharp(const struct canvas_part *part, size_t i)
{
    size_t last = part->count - 1;
    if (!part->is_closed && (i == 0 || i == last)) {
        return false;
    }
    struct point in = canvas_direction(part->points[i == 0 ? last - 1 : i - 1], part->points[i]);
    struct point out = canvas_direction(part->points[i], part->points[i == last ? 1 : i + 1]);
    return in.x * out.x + in.y * out.y < SHARP_COSINE;
}

/** A mark that would straddle a sharp corner stands beside it, where its segment has room. */
static double off_corner(const struct marking *marking, size_t segment, double along_px)
{
    const struct canvas_part *part = marking->part;
    double length = point_distance(part->points[segment], part->points[segment + 1]);
    double half = marking->half_size_px;
    if (length < 2 * half) {
        return along_px;
    }
    if (along_px < half && is_sharp(part, segment)) {
        return half;
    }
    return along_px > length - half && is_sharp(part, segment + 1) ? length - half : along_px;
}

/** One mark on a segment, turned by the line a little before and behind it, so that it sits well on bends. */
static void find_stand(const struct marking *marking, size_t segment, double along_px)
{
    const struct point *points = marking->part->points;
    size_t count = marking->part->count;
    along_px = off_corner(marking, segment, along_px);
    struct canvas_stand stand = {.place = polyline_walk(points, count, segment, along_px, 0)};
    if (!bbox_contains_point(marking->near, stand.place)) {
        return;
    }
    double reach = marking->half_size_px;
    stand.direction = canvas_direction(polyline_walk(points, count, segment, along_px, -reach),
                                       polyline_walk(points, count, segment, along_px, reach));
    put_mark(marking, stand);
}

/** A part of the line, told by how far from its start. */
struct stretch {
    double from_px;
    double to_px;
};

/** Of a segment that reaches far away only the part around the window is walked. */
static struct stretch near_part(const struct bbox *near, struct point a, struct point b, double before_px)
{
    struct point middle = bbox_centre(*near);
    double radius = hypot(bbox_width(*near), bbox_height(*near));
    struct point direction = canvas_direction(a, b);
    double at = (middle.x - a.x) * direction.x + (middle.y - a.y) * direction.y;
    return (struct stretch){before_px + fmax(0, at - radius),
                            before_px + fmin(point_distance(a, b), at + radius)};
}

/** Which of the marks lie on a segment near the window. */
static void put_segment_marks(const struct marking *marking, size_t segment, double before_px)
{
    struct point a = marking->part->points[segment];
    struct point b = marking->part->points[segment + 1];
    double length = point_distance(a, b);
    bool is_sound = canvas_is_place(a) && canvas_is_place(b) && length > 0 && before_px < LENGTH_MAX_PX;
    struct bbox box = polyline_segment_box(a, b);
    if (!is_sound || !bbox_intersects(marking->near, box)) {
        return;
    }
    const struct mark_row *row = &marking->row;
    struct stretch part = {before_px, before_px + length};
    part = bbox_contains(marking->near, box) ? part : near_part(&marking->near, a, b, before_px);
    bool is_last = segment + 2 == marking->part->count && part.to_px == before_px + length;
    double k = fmax(0, ceil((part.from_px - row->first_px) / row->step_px));
    for (; k < row->count && (row->first_px + k * row->step_px < part.to_px || is_last); k++) {
        find_stand(marking, segment, row->first_px + k * row->step_px - before_px);
    }
}

/** The stretch of the line that is free of ends decides where marks stand. */
static struct mark_row row_of(const struct marking *marking, const struct line_marks *marks)
{
    const struct canvas_part *part = marking->part;
    const struct line_look *look = marking->look;
    double total = polyline_length(part->points, part->count);
    if (part->is_closed) {
        return mark_row_of(marks, 0, total, true);
    }
    double room = canvas_end_size_px(look, part->points, part->count) + marks->size_px / 2;
    double least = look->start != LINE_END_NONE ? room : 0;
    double most = look->end != LINE_END_NONE ? total - room : total;
    return mark_row_of(marks, least, most, false);
}

static struct mark_row find_row(const struct marking *marking)
{
    const struct line_look *look = marking->look;
    bool is_sign_among_marks = marking->marks == &look->signs && line_look_has_signs_between(look);
    return is_sign_among_marks ? mark_row_between(row_of(marking, &look->marks), look->signs.spacing_px)
                               : row_of(marking, marking->marks);
}

/** On the edge of an area RIGHT means inside. */
static enum line_side side_on(const struct canvas_part *part, enum line_side side)
{
    if (part->is_flipped && (side == LINE_SIDE_LEFT || side == LINE_SIDE_RIGHT)) {
        return side == LINE_SIDE_LEFT ? LINE_SIDE_RIGHT : LINE_SIDE_LEFT;
    }
    return side;
}

static void find_sides(struct marking *marking)
{
    const struct line_marks *marks = marking->marks;
    bool is_both = marks->side == LINE_SIDE_BOTH;
    marking->side_count = is_both ? 2 : 1;
    marking->sides[0] = is_both ? LINE_SIDE_LEFT : side_on(marking->part, marks->side);
    marking->sides[1] = LINE_SIDE_RIGHT;
    for (int i = 0; i < marking->side_count; i++) {
        enum line_side side = marks->orient == MARK_UPRIGHT ? LINE_SIDE_CENTRE : marking->sides[i];
        marking->outlines[i] = line_mark_outline(marks->mark, marks->size_px, side);
    }
}

static bool are_seen(const struct line_marks *marks, bool is_halo)
{
    if (marks->mark == LINE_MARK_GLYPH) {
        return marks->glyph && !is_halo; /* its picture has its halo */
    }
    return marks->mark != LINE_MARK_NONE && marks->colour.alpha > 0 && marks->size_px > 0;
}

void canvas_marks(struct canvas *canvas, const struct canvas_part *part, const struct line_look *look,
                  const struct line_marks *marks, bool is_halo)
{
    if (!are_seen(marks, is_halo) || part->count < 2) {
        return;
    }
    struct marking marking = {.canvas = canvas,
                              .path = canvas_path(canvas),
                              .look = look,
                              .marks = marks,
                              .part = part,
                              .near = bbox_grow(canvas->window, 2 * marks->size_px + 4 + look->halo_px),
                              .half_size_px = marks->size_px / 2};
    find_sides(&marking);
    marking.row = find_row(&marking);
    double before_px = 0;
    for (size_t i = 0; i + 1 < part->count; i++) {
        put_segment_marks(&marking, i, before_px);
        before_px += point_distance(part->points[i], part->points[i + 1]);
    }
    struct canvas_outline_paint paint = {look, marks->colour, marks->size_px, marks->is_hollow, is_halo};
    canvas_paint_outlines(canvas, marking.path, &paint);
}
