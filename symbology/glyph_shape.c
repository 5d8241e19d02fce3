/*
 * glyph_shape.c - one function a shape; they write outlines as SVG 1.1, chapter 9 says, which fixes where
 * each begins and which way it turns: dashes show it.
 */
#include "symbology/glyph_shape.h"

#include <math.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/base/xml.h"

struct shape_kind {
    const char *element;
    void (*add)(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path);
};

static bool unit_factor(const char *unit, double whole, double *factor)
{
    static const struct {
        const char *name;
        double factor;
    } units[] = {{"", 1},           {"px", 1},         {"pt", 4.0 / 3}, {"pc", 16},
                 {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}};
    if (strcmp(unit, "%") == 0) {
        *factor = whole / 100;
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].name) == 0) {
            *factor = units[i].factor;
            return true;
        }
    }
    return false;
}

bool glyph_length_read(const struct xml_node *element, const char *name, double whole, double fallback,
                       double *length)
{
    const char *text = xml_attribute(element, name);
    double factor = 1;
    *length = fallback;
    if (!text) {
        return true;
    }
    text += strspn(text, " \t\r\n");
    if (strcmp(text, "auto") == 0) {
        return true;
    }
    if (!number_read(&text, length) || !unit_factor(text, whole, &factor)) {
        return false;
    }
    *length *= factor;
    return true;
}

/* The same, 0 when absent; what is wrong is the path's refusal. */
static double length_of(const struct xml_node *shape, const char *name, double whole, struct glyph_path *path)
{
    double length = 0;
    if (!glyph_length_read(shape, name, whole, 0, &length)) {
        path->refusal = "has a length that is not understood";
    }
    return length;
}

static void add_path(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    const char *data = xml_attribute(shape, "d");
    if (data) {
        glyph_path_read(path, data);
    }
}

static void add_round_box(struct glyph_path *path, struct bbox box, double radius_x, double radius_y)
{
    struct glyph_arc corner = {.radius_x = radius_x, .radius_y = radius_y, .is_clockwise = true};
    glyph_path_move(path, (struct point){box.min_x + radius_x, box.min_y});
    glyph_path_line(path, (struct point){box.max_x - radius_x, box.min_y});
    glyph_path_arc(path, &corner, (struct point){box.max_x, box.min_y + radius_y});
    glyph_path_line(path, (struct point){box.max_x, box.max_y - radius_y});
    glyph_path_arc(path, &corner, (struct point){box.max_x - radius_x, box.max_y});
    glyph_path_line(path, (struct point){box.min_x + radius_x, box.max_y});
    glyph_path_arc(path, &corner, (struct point){box.min_x, box.max_y - radius_y});
    glyph_path_line(path, (struct point){box.min_x, box.min_y + radius_y});
    glyph_path_arc(path, &corner, (struct point){box.min_x + radius_x, box.min_y});
    glyph_path_close(path);
}

static void add_rect(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    double x = length_of(shape, "x", view.width, path);
    double y = length_of(shape, "y", view.height, path);
    double width = length_of(shape, "width", view.width, path);
    double height = length_of(shape, "height", view.height, path);
    double radius_x = length_of(shape, "rx", view.width, path);
    double radius_y = length_of(shape, "ry", view.height, path);
    if (!(width > 0 && height > 0)) {
        return;
    }
    radius_x = xml_attribute(shape, "rx") ? radius_x : radius_y;
    radius_y = xml_attribute(shape, "ry") ? radius_y : radius_x;
    radius_x = fmin(fmax(0, radius_x), width / 2);
    radius_y = fmin(fmax(0, radius_y), height / 2);
    add_round_box(path, (struct bbox){x, y, x + width, y + height}, radius_x, radius_y);
}

static void add_oval(struct glyph_path *path, struct point centre, double radius_x, double radius_y)
{
    struct glyph_arc half = {.radius_x = radius_x, .radius_y = radius_y, .is_clockwise = true};
    if (!(radius_x > 0 && radius_y > 0)) {
        return;
    }
    glyph_path_move(path, (struct point){centre.x + radius_x, centre.y});
    glyph_path_arc(path, &half, (struct point){centre.x - radius_x, centre.y});
    glyph_path_arc(path, &half, (struct point){centre.x + radius_x, centre.y});
    glyph_path_close(path);
}

static void add_circle(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    struct point centre = {length_of(shape, "cx", view.width, path),
                           length_of(shape, "cy", view.height, path)};
    double radius = length_of(shape, "r", hypot(view.width, view.height) / sqrt(2), path);
    add_oval(path, centre, radius, radius);
}

static void add_ellipse(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    struct point centre = {length_of(shape, "cx", view.width, path),
                           length_of(shape, "cy", view.height, path)};
    add_oval(path, centre, length_of(shape, "rx", view.width, path),
             length_of(shape, "ry", view.height, path));
}

static void add_line(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    struct point from = {length_of(shape, "x1", view.width, path), length_of(shape, "y1", view.height, path)};
    struct point to = {length_of(shape, "x2", view.width, path), length_of(shape, "y2", view.height, path)};
    glyph_path_move(path, from);
    glyph_path_line(path, to);
}

static void add_points(const struct xml_node *shape, struct glyph_path *path)
{
    static const char separators[] = " \t\r\n,";
    const char *text = xml_attribute(shape, "points");
    bool is_first = true;
    for (text = text ? text : "", text += strspn(text, separators); *text != '\0' && !path->refusal;
         text += strspn(text, separators)) {
        struct point point;
        bool is_good = number_read(&text, &point.x);
        text += strspn(text, separators);
        if (!is_good || !number_read(&text, &point.y)) {
            path->refusal = "has points that are not understood";
            return;
        }
        if (is_first) {
            glyph_path_move(path, point);
        } else {
            glyph_path_line(path, point);
        }
        is_first = false;
    }
}

static void add_polyline(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    add_points(shape, path);
}

static void add_polygon(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    add_points(shape, path);
    glyph_path_close(path);
}

static const struct shape_kind *kind_of(const char *element)
{
    static const struct shape_kind kinds[] = {
        {"path", add_path}, {"rect", add_rect},         {"circle", add_circle},  {"ellipse", add_ellipse},
        {"line", add_line}, {"polyline", add_polyline}, {"polygon", add_polygon}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(element, kinds[i].element) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

bool glyph_shape_is(const char *element)
{
    return kind_of(element) != NULL;
}

void glyph_shape_add(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path)
{
    kind_of(xml_name(shape))->add(shape, view, path);
}
