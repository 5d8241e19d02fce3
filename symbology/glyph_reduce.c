/*
 * glyph_reduce.c - walks through a foreign drawing and writes each shape anew, as a path on the grid of a
 * glyph in ink or paper. What it cannot say is left out and reported. Everything it meets is counted, what is
 * used twice twice, so no drawing can take long.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/xml.h"
#include "symbology/glyph.h"
#include "symbology/glyph_paint.h"
#include "symbology/glyph_report.h"
#include "symbology/glyph_shape.h"
#include "symbology/glyph_style.h"

#define GRID 24.0
#define MOST_VISITS 5000 /* elements, each time that they are used */
#define MOST_DEPTH 32
#define MOST_PATHS 500
#define MOST_SEGMENTS 2000
#define MOST_LENGTH 10000.0 /* of all outlines, grid units */
#define MOST_DASHES 2000.0
#define MOST_OUTPUT_BYTES 131072

struct reducer {
    struct glyph_report report;
    struct glyph_styles styles;
    struct table *ids; /* values are elements */
    struct buffer elements;
    int visit_count;
    int path_count;
    int segment_count;
    double length;
    double dashes_left;
    bool has_ink;
};

/* Where in the drawing the walk is. */
struct surroundings {
    struct glyph_matrix to_grid;
    struct glyph_view view;
    struct glyph_paint paint;
    int depth;
};

/* Nothing is lost with them; what is defined is drawn where it is used. */
static const char *const silent[] = {"title", "desc", "metadata", "defs", "symbol", "style", NULL};

static void walk(struct reducer *reducer, const struct xml_node *element, struct surroundings around);

static bool is_one_of(const char *word, const char *const words[])
{
    for (int i = 0; words[i]; i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_svg(const struct xml_node *element)
{
    const char *namespace = xml_namespace(element);
    return namespace[0] == '\0' || strcmp(namespace, "http://www.w3.org/2000/svg") == 0;
}

static void apply_transform(struct reducer *reducer, const struct xml_node *element,
                            struct surroundings *around)
{
    const char *text = xml_attribute(element, "transform");
    struct glyph_matrix matrix;
    if (!text) {
        return;
    }
    if (glyph_matrix_parse(text, &matrix)) {
        around->to_grid = glyph_matrix_within(around->to_grid, matrix);
    } else {
        glyph_report_fail(&reducer->report, element, "has a transform that is not understood");
    }
}

static void write_path(struct reducer *reducer, const struct xml_node *shape, const struct glyph_paint *paint,
                       const struct glyph_path *path)
{
    double scale = glyph_matrix_scale(path->to_grid);
    double margin = glyph_paint_strokes(paint) ? paint->stroke_width * scale / 2 : 0;
    if (!bbox_intersects(bbox_grow(path->box, margin), (struct bbox){0, 0, GRID, GRID})) {
        glyph_report_warn(&reducer->report, shape, "a shape outside the viewBox was left out");
        return;
    }
    reducer->length += path->length;
    if (++reducer->path_count > MOST_PATHS || reducer->length > MOST_LENGTH) {
        glyph_report_fail(&reducer->report, shape,
                          "has more than 500 shapes, or outlines longer than 400 times the grid");
        return;
    }
    const char *complaint = glyph_paint_write(paint, path, &reducer->dashes_left, &reducer->elements);
    if (complaint) {
        glyph_report_warn(&reducer->report, shape, "%s", complaint);
    }
    reducer->has_ink |= glyph_paint_fills(paint) && paint->fill == GLYPH_INK;
    reducer->has_ink |= glyph_paint_strokes(paint) && paint->stroke == GLYPH_INK;
}

static void reduce_shape(struct reducer *reducer, const struct xml_node *shape,
                         const struct surroundings *around)
{
    struct glyph_path path;
    if (!glyph_paint_fills(&around->paint) && !glyph_paint_strokes(&around->paint)) {
        return;
    }
    glyph_path_init(&path, around->to_grid, MOST_SEGMENTS - reducer->segment_count);
    glyph_shape_add(shape, around->view, &path);
    reducer->segment_count += path.segment_count;
    if (path.is_far) {
        glyph_report_warn(&reducer->report, shape,
                          "a shape that reaches far beyond the viewBox was left out");
    } else if (path.refusal) {
        glyph_report_fail(&reducer->report, shape, path.refusal);
    } else if (path.segment_count > 0) {
        write_path(reducer, shape, &around->paint, &path);
    }
    glyph_path_finish(&path);
}

/* What stands within a shape moves it or explains it. */
static void warn_of_animations(struct reducer *reducer, const struct xml_node *shape)
{
    for (const struct xml_node *child = xml_first(shape); child; child = xml_next(child)) {
        if (is_svg(child) && !is_one_of(xml_name(child), silent)) {
            glyph_report_warn(&reducer->report, child, "<%.30s> was left out", xml_name(child));
        }
    }
}

static void walk_children(struct reducer *reducer, const struct xml_node *element, struct surroundings around)
{
    for (const struct xml_node *child = xml_first(element); child && !reducer->report.has_failed;
         child = xml_next(child)) {
        walk(reducer, child, around);
    }
}

/* Reads "0 0 24 24". False, and the box left alone, when it is absent or has no area. */
static bool read_view_box(const struct xml_node *element, struct bbox *box)
{
    static const char separators[] = " \t\r\n,";
    double numbers[4] = {0};
    const char *text = xml_attribute(element, "viewBox");
    for (int i = 0; text && i < 4; i++) {
        text += strspn(text, separators);
        text = number_read(&text, &numbers[i]) ? text : NULL;
    }
    struct bbox found = {numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]};
    bool is_good = text && bbox_is_finite(found) && numbers[2] > 0 && numbers[3] > 0;
    *box = is_good ? found : *box;
    return is_good;
}

/* An svg or symbol within a drawing has coordinates of its own; its edges do not cut. */
static void enter_view(struct reducer *reducer, const struct xml_node *element, const struct xml_node *user,
                       struct surroundings *around)
{
    struct bbox box = {0, 0, 0, 0};
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool is_good = glyph_length_read(user, "width", around->view.width, around->view.width, &width) &&
                   glyph_length_read(user, "height", around->view.height, around->view.height, &height);
    if (element == user) { /* use has moved already */
        is_good = is_good && glyph_length_read(element, "x", around->view.width, 0, &x) &&
                  glyph_length_read(element, "y", around->view.height, 0, &y);
    }
    if (!is_good) {
        glyph_report_fail(&reducer->report, user, "has a length that is not understood");
    }
    struct glyph_matrix inner = glyph_matrix_shift(x, y);
    if (read_view_box(element, &box) && width > 0 && height > 0) {
        inner = glyph_matrix_fit(box, (struct bbox){x, y, x + width, y + height});
        around->view = (struct glyph_view){bbox_width(box), bbox_height(box)};
    }
    around->to_grid = glyph_matrix_within(around->to_grid, inner);
}

/* Draws what a use names, when it stands in the same file. */
static void follow_use(struct reducer *reducer, const struct xml_node *use, struct surroundings around)
{
    const char *link = xml_attribute(use, "href");
    const struct xml_node *target = link && link[0] == '#' ? table_find(reducer->ids, link + 1) : NULL;
    double x = 0;
    double y = 0;
    if (!target) {
        glyph_report_warn(&reducer->report, use, "a use of '%.40s', which is not in the file, was left out",
                          link ? link : "");
        return;
    }
    if (!glyph_length_read(use, "x", around.view.width, 0, &x) ||
        !glyph_length_read(use, "y", around.view.height, 0, &y)) {
        glyph_report_fail(&reducer->report, use, "has a length that is not understood");
        return;
    }
    around.to_grid = glyph_matrix_within(around.to_grid, glyph_matrix_shift(x, y));
    if (strcmp(xml_name(target), "symbol") != 0) {
        walk(reducer, target, around);
        return;
    }
    glyph_styles_apply(&reducer->styles, target, &around.paint, &reducer->report);
    enter_view(reducer, target, use, &around);
    walk_children(reducer, target, around);
}

static void reduce_element(struct reducer *reducer, const struct xml_node *element,
                           struct surroundings around)
{
    const char *name = xml_name(element);
    glyph_styles_apply(&reducer->styles, element, &around.paint, &reducer->report);
    apply_transform(reducer, element, &around);
    if (around.paint.is_invisible || reducer->report.has_failed) {
        return;
    }
    if (glyph_shape_is(name)) {
        reduce_shape(reducer, element, &around);
        warn_of_animations(reducer, element);
    } else if (strcmp(name, "use") == 0) {
        follow_use(reducer, element, around);
    } else if (strcmp(name, "svg") == 0) {
        enter_view(reducer, element, element, &around);
        walk_children(reducer, element, around);
    } else {
        walk_children(reducer, element, around);
    }
}

static void walk(struct reducer *reducer, const struct xml_node *element, struct surroundings around)
{
    static const char *const drawn[] = {"g", "svg", "use", "a", "switch", NULL};
    const char *name = xml_name(element);
    if (++reducer->visit_count > MOST_VISITS) {
        glyph_report_fail(&reducer->report, element,
                          "has more than 5,000 elements, each counted as often as it is used");
        return;
    }
    if (++around.depth > MOST_DEPTH) {
        glyph_report_fail(&reducer->report, element, "is nested deeper than 32 levels");
        return;
    }
    if (!is_svg(element) || is_one_of(name, silent)) {
        return;
    }
    if (is_one_of(name, drawn) || glyph_shape_is(name)) {
        reduce_element(reducer, element, around);
    } else {
        glyph_report_warn(&reducer->report, element, "<%.30s> was left out", name);
    }
}

/* Finds what is named and all style sheets, wherever they stand; tells what defs hold in vain. */
static void survey(struct reducer *reducer, const struct xml_node *element)
{
    static const char *const effects[] = {
        "filter",         "mask",   "clipPath", "linearGradient", "script", "pattern",
        "radialGradient", "marker", "image",    "font-face",      NULL};
    bool is_definition = strcmp(xml_name(element), "defs") == 0;
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        const char *id = xml_attribute(child, "id");
        if (id && !table_find(reducer->ids, id)) {
            table_put(reducer->ids, id, (void *)child);
        }
        if (is_svg(child) && strcmp(xml_name(child), "style") == 0) {
            glyph_styles_read(&reducer->styles, child, &reducer->report);
        } else if (is_definition && is_svg(child) && is_one_of(xml_name(child), effects)) {
            glyph_report_warn(&reducer->report, child, "<%.30s> was left out", xml_name(child));
        }
        survey(reducer, child);
    }
}

static bool begin(struct reducer *reducer, const struct xml_node *root, struct surroundings *around)
{
    struct bbox box = {0, 0, 0, 0};
    if (strcmp(xml_name(root), "svg") != 0 || !is_svg(root)) {
        glyph_report_fail(&reducer->report, root, "is no SVG");
        return false;
    }
    if (!read_view_box(root, &box) &&
        (!glyph_length_read(root, "width", 0, 0, &box.max_x) ||
         !glyph_length_read(root, "height", 0, 0, &box.max_y) || !(box.max_x > 0 && box.max_y > 0))) {
        glyph_report_fail(&reducer->report, root, "has neither a viewBox nor width and height");
        return false;
    }
    *around = (struct surroundings){.to_grid = glyph_matrix_fit(box, (struct bbox){0, 0, GRID, GRID}),
                                    .view = {bbox_width(box), bbox_height(box)},
                                    .paint = glyph_paint_default()};
    return true;
}

/* A drawing that is light all over was made for a dark ground: it becomes ink. */
static char *paper_to_ink(char *elements)
{
    static const char paper[] = "\"" GLYPH_PAPER_COLOUR "\"";
    struct buffer inked;
    buffer_init(&inked, 2 * MOST_OUTPUT_BYTES);
    const char *rest = elements;
    for (const char *found = strstr(rest, paper); found; found = strstr(rest, paper)) {
        buffer_append(&inked, rest, (size_t)(found - rest));
        buffer_append_text(&inked, "\"currentColor\"");
        rest = found + sizeof paper - 1;
    }
    buffer_append_text(&inked, rest);
    free(elements);
    return buffer_take(&inked, NULL);
}

static char *finish(struct reducer *reducer, const struct xml_node *root)
{
    if (reducer->elements.length == 0) {
        glyph_report_fail(&reducer->report, root, "has nothing that can be drawn");
    }
    if (reducer->elements.is_full) {
        glyph_report_fail(&reducer->report, root, "is too large a drawing");
    }
    glyph_report_finish(&reducer->report);
    if (reducer->report.has_failed) {
        buffer_finish(&reducer->elements);
        return NULL;
    }
    char *elements = buffer_take(&reducer->elements, NULL);
    return reducer->has_ink ? elements : paper_to_ink(elements);
}

char *glyph_reduce(const char *name, const char *svg, size_t length, struct problems *problems)
{
    if (length > GLYPH_FOREIGN_MOST_BYTES) {
        problems_add(problems, PROBLEM_ERROR, name, 0, "", "is larger than %d bytes",
                     GLYPH_FOREIGN_MOST_BYTES);
        return NULL;
    }
    struct xml_document *document = xml_document_parse(name, svg, length, problems);
    if (!document) {
        return NULL;
    }
    const struct xml_node *root = xml_document_root(document);
    struct reducer reducer = {.report = {.name = name, .problems = problems}, .dashes_left = MOST_DASHES};
    struct surroundings around;
    reducer.ids = table_new(NULL);
    glyph_styles_init(&reducer.styles);
    buffer_init(&reducer.elements, MOST_OUTPUT_BYTES);
    if (begin(&reducer, root, &around)) {
        survey(&reducer, root);
        glyph_styles_apply(&reducer.styles, root, &around.paint, &reducer.report);
        walk_children(&reducer, root, around);
    }
    char *elements = finish(&reducer, root);
    table_free(reducer.ids);
    glyph_styles_finish(&reducer.styles);
    xml_document_free(document);
    return elements;
}
