#include "render/briefing/template_check.h"

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "geo/crs.h"
#include "render/briefing/layout.h"
#include "render/briefing/template.h"

/** The first of some fields that the file gives; NULL: none of them. */
static const struct yaml_node *first_given(const struct yaml_node *root, const char *const keys[])
{
    for (int i = 0; keys[i]; i++) {
        const struct yaml_node *node = yaml_find(root, keys[i]);
        if (!yaml_is_null(node)) {
            return node;
        }
    }
    return NULL;
}

static void check_crs(const struct template *template, const struct yaml_node *root,
                      struct crs_context *context, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(root, "crs");
    struct fault fault;
    if (!context || yaml_is_null(node) || !template->crs_code[0]) {
        return;
    }
    const struct crs *crs = crs_find(context, template->crs_code, &fault);
    if (!crs) {
        yaml_problem(node, problems, "%s", fault.message);
    } else if (crs->is_geographic) {
        yaml_problem(node, problems, "%s is in degrees and has no true scale: choose a projected CRS",
                     crs->code);
    }
}

/** Two sides that take so much that nothing of it can be kept. */
static void check_sides(const struct yaml_node *room, const char *first, const char *second, double sum,
                        double least, struct problems *problems)
{
    if (sum > 1 - least + 1e-9) {
        yaml_problem(room, problems,
                     "%s and %s together take %.10g of the paper: the map keeps at least %.10g", first,
                     second, sum, least);
    }
}

static void check_room(const struct template *template, const struct yaml_node *root,
                       struct problems *problems)
{
    const struct yaml_node *node = yaml_find(root, "room");
    const struct template_room *room = &template->room;
    if (yaml_is_null(node)) {
        return;
    }
    check_sides(node, "left", "right", room->left + room->right, LAYOUT_MAP_LEAST_WIDTH, problems);
    check_sides(node, "top", "bottom", room->top + room->bottom, LAYOUT_MAP_LEAST_HEIGHT, problems);
}

/** On another paper the order says that the map does not fit. */
static void check_frame(const struct template *template, const struct yaml_node *root,
                        struct problems *problems)
{
    static const char *const keys[] = {"map",      "paper",     "orientation", "marginalia", "room",
                                       "elements", "landscape", "portrait",    "grids",      NULL};
    const struct yaml_node *said = first_given(root, keys);
    const struct template_frame *frame = &template->frame;
    struct layout_sheet sheet = {
        .template = template, .paper = template->paper, .is_landscape = template->is_landscape};
    struct layout layout;
    struct fault fault;
    if (!said) {
        return;
    }
    if ((frame->width_mm > 0) != (frame->height_mm > 0)) {
        yaml_problem(said, problems, "has width_mm or height_mm without the other");
    } else if (!layout_frame(sheet, &layout, &fault)) {
        yaml_problem(said, problems, "%s", fault.message);
    }
}

void template_check(const struct template *template, const struct yaml_node *root,
                    struct crs_context *context, struct problems *problems)
{
    check_crs(template, root, context, problems);
    check_room(template, root, problems);
    check_frame(template, root, problems);
}
