/*
 * glyph_path.c - writes segments on the grid. Arcs become cubic curves of at most a quarter turn, which are
 * off by less than 0.03 % of the radius; their centre is found as SVG 1.1, F.6 says.
 */
#include "symbology/glyph_path.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_BYTES 262144
#define MOST_REACH 120.0 /* grid units from the origin */

void glyph_path_init(struct glyph_path *path, struct glyph_matrix to_grid, int most_segments)
{
    *path = (struct glyph_path){.to_grid = to_grid, .most_segments = most_segments, .box = bbox_empty()};
    buffer_init(&path->data, MOST_BYTES);
}

void glyph_path_finish(struct glyph_path *path)
{
    buffer_finish(&path->data);
}

static void append_number(struct buffer *buffer, double number)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%.3f", number);
    while (text[length - 1] == '0') {
        length--;
    }
    length -= text[length - 1] == '.';
    text[length] = '\0';
    buffer_append_text(buffer, strcmp(text, "-0") == 0 ? "0" : text);
}

static void append_point(struct glyph_path *path, const char *before, struct point point)
{
    struct point place = glyph_matrix_apply(path->to_grid, point);
    if (!(fabs(place.x) < MOST_REACH && fabs(place.y) < MOST_REACH)) {
        path->refusal = "reaches far beyond the viewBox";
        path->is_far = true;
        return;
    }
    path->box = bbox_union(path->box, bbox_of_points(&place, 1));
    buffer_append_text(&path->data, before);
    append_number(&path->data, place.x);
    buffer_append_text(&path->data, " ");
    append_number(&path->data, place.y);
}

static double distance(const struct glyph_path *path, struct point a, struct point b)
{
    return point_distance(glyph_matrix_apply(path->to_grid, a), glyph_matrix_apply(path->to_grid, b));
}

/* Is there room for one more segment? Opens a part when there is none, as after "Z". */
static bool begin_segment(struct glyph_path *path)
{
    if (path->refusal) {
        return false;
    }
    if (path->segment_count == path->most_segments) {
        path->refusal = "has too many segments";
        return false;
    }
    path->segment_count++;
    if (!path->is_open) {
        path->start = path->place;
        path->is_open = true;
        append_point(path, "M", path->place);
    }
    return true;
}

void glyph_path_move(struct glyph_path *path, struct point to)
{
    path->place = to;
    path->start = to;
    path->is_open = false;
}

void glyph_path_line(struct glyph_path *path, struct point to)
{
    if (begin_segment(path)) {
        append_point(path, "L", to);
        path->length += distance(path, path->place, to);
        path->place = to;
    }
}

void glyph_path_curve(struct glyph_path *path, struct point first_control, struct point second_control,
                      struct point to)
{
    if (begin_segment(path)) {
        append_point(path, "C", first_control);
        append_point(path, " ", second_control);
        append_point(path, " ", to);
        path->length += distance(path, path->place, first_control) +
                        distance(path, first_control, second_control) + distance(path, second_control, to);
        path->place = to;
    }
}

void glyph_path_close(struct glyph_path *path)
{
    if (path->is_open) {
        buffer_append_text(&path->data, "Z");
        path->length += distance(path, path->place, path->start);
    }
    path->place = path->start;
    path->is_open = false;
}

/* The ellipse of which an arc is a part. */
struct ellipse {
    struct point centre;
    double radius_x;
    double radius_y;
    double rotation_rad;
};

static struct point on_ellipse(const struct ellipse *ellipse, double x, double y)
{
    double cosine = cos(ellipse->rotation_rad);
    double sine = sin(ellipse->rotation_rad);
    x *= ellipse->radius_x;
    y *= ellipse->radius_y;
    return (struct point){ellipse->centre.x + cosine * x - sine * y,
                          ellipse->centre.y + sine * x + cosine * y};
}

/* The place of a point on the circle that the ellipse is made of. */
static struct point to_circle(const struct ellipse *ellipse, struct point point)
{
    double cosine = cos(ellipse->rotation_rad);
    double sine = sin(ellipse->rotation_rad);
    double x = point.x - ellipse->centre.x;
    double y = point.y - ellipse->centre.y;
    return (struct point){(cosine * x + sine * y) / ellipse->radius_x,
                          (cosine * y - sine * x) / ellipse->radius_y};
}

static void draw_turn(struct glyph_path *path, const struct ellipse *ellipse, double from_rad,
                      double turn_rad)
{
    if (!isfinite(turn_rad)) {
        path->refusal = "has an arc that is beyond all measure";
        return;
    }
    int count = (int)fmax(1, ceil(fabs(turn_rad) / (M_PI / 2) - 1e-9));
    double step_rad = turn_rad / count;
    double reach = 4.0 / 3 * tan(step_rad / 4);
    for (int i = 0; i < count; i++) {
        double start = from_rad + i * step_rad;
        double end = start + step_rad;
        glyph_path_curve(
            path, on_ellipse(ellipse, cos(start) - reach * sin(start), sin(start) + reach * cos(start)),
            on_ellipse(ellipse, cos(end) + reach * sin(end), sin(end) - reach * cos(end)),
            on_ellipse(ellipse, cos(end), sin(end)));
    }
}

void glyph_path_arc(struct glyph_path *path, const struct glyph_arc *arc, struct point to)
{
    struct point from = path->place;
    struct ellipse ellipse = {.centre = point_between(from, to, 0.5),
                              .radius_x = fabs(arc->radius_x),
                              .radius_y = fabs(arc->radius_y),
                              .rotation_rad = fmod(arc->rotation_deg, 360) / 180 * M_PI};
    if (point_equals(from, to)) {
        return;
    }
    if (!(ellipse.radius_x > 0 && ellipse.radius_y > 0)) {
        glyph_path_line(path, to);
        return;
    }
    struct point start = to_circle(&ellipse, from); /* of a circle round the middle of the two */
    double half = hypot(start.x, start.y);
    double grown = fmax(1, half); /* radii that do not reach are made longer */
    ellipse.radius_x *= grown;
    ellipse.radius_y *= grown;
    start = (struct point){start.x / grown, start.y / grown};
    double offset = sqrt(fmax(0, 1 - half * half / (grown * grown))) / (half / grown);
    double side = arc->is_large == arc->is_clockwise ? offset : -offset;
    ellipse.centre = on_ellipse(&ellipse, -side * start.y, side * start.x);
    struct point first = to_circle(&ellipse, from);
    struct point last = to_circle(&ellipse, to);
    double from_rad = atan2(first.y, first.x);
    double turn_rad = atan2(last.y, last.x) - from_rad;
    turn_rad += arc->is_clockwise && turn_rad <= 0 ? 2 * M_PI : 0;
    turn_rad -= !arc->is_clockwise && turn_rad >= 0 ? 2 * M_PI : 0;
    draw_turn(path, &ellipse, from_rad, turn_rad);
    path->place = to;
}
