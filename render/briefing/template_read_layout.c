/*
 * template_read_layout.c - where the elements stand, how large the map is, which grids lie over it.
 */
#include <string.h>

#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "render/briefing/template_read.h"

#define ROOM_LEAST 0.05
#define ROOM_MOST 0.45
#define MAP_LEAST_MM 40

/** Places of elements, on paper of one orientation or of both. */
static void read_places(struct template *template, const struct yaml_node *root, const char *key,
                        bool is_of_portrait, bool is_of_landscape, struct problems *problems)
{
    const struct yaml_node *mapping = yaml_read_mapping(root, key, problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, element_names(), problems);
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        const char *name = element_names()[i];
        if (yaml_is_null(yaml_find(mapping, name))) {
            continue;
        }
        int place = yaml_read_choice(mapping, name, place_names(), PLACE_COUNT, problems);
        if (place == PLACE_COUNT) {
            continue;
        }
        if (!element_allows((enum element)i, (enum place)place)) {
            yaml_problem(yaml_find(mapping, name), problems, "%s", element_allowed_words((enum element)i));
            continue;
        }
        if (is_of_portrait) {
            template->places[0][i] = (enum place)place;
        }
        if (is_of_landscape) {
            template->places[1][i] = (enum place)place;
        }
    }
}

static void read_room(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"left", "right", "top", "bottom", NULL};
    double *const sides[] = {&template->room.left, &template->room.right, &template->room.top,
                             &template->room.bottom};
    const struct yaml_node *mapping = yaml_read_mapping(root, "room", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    for (int i = 0; known[i]; i++) {
        *sides[i] = yaml_read_number(mapping, known[i], ROOM_LEAST, ROOM_MOST, *sides[i], problems);
    }
}

static void read_shares(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    const char *known[PLACE_AROUND + 1] = {NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "shares", problems);
    if (!mapping) {
        return;
    }
    for (int i = 0; i < PLACE_AROUND; i++) {
        known[i] = place_names()[i];
    }
    yaml_check_keys(mapping, known, problems);
    for (int i = 0; i < PLACE_AROUND; i++) {
        template->shares[i] = yaml_read_number(mapping, known[i], 0.2, 5, template->shares[i], problems);
    }
}

static void read_frame(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"width_mm", "height_mm", "snap_m", NULL};
    const struct yaml_node *mapping = yaml_read_mapping(root, "map", problems);
    if (!mapping) {
        return;
    }
    struct template_frame *frame = &template->frame;
    yaml_check_keys(mapping, known, problems);
    frame->width_mm = yaml_read_number(mapping, "width_mm", MAP_LEAST_MM, 1200, frame->width_mm, problems);
    frame->height_mm = yaml_read_number(mapping, "height_mm", MAP_LEAST_MM, 1200, frame->height_mm, problems);
    frame->snap_m = yaml_read_number(mapping, "snap_m", 1, 100000, frame->snap_m, problems);
}

static bool has_grid(const struct template *template, enum grid_kind kind)
{
    for (size_t i = 0; i < template->grid_count; i++) {
        if (template->grids[i] == kind) {
            return true;
        }
    }
    return false;
}

static void read_grid(struct template *template, const struct yaml_node *node, struct problems *problems)
{
    enum grid_kind kind;
    if (!grid_kind_parse(yaml_text(node), &kind)) {
        yaml_problem(node, problems, "must be map, rd, utm, mgrs, wgs84 or squares, not '%.40s'",
                     yaml_text(node));
    } else if (has_grid(template, kind)) {
        yaml_problem(node, problems, "is there twice");
    } else if (template->grid_count == GRID_MOST) {
        yaml_problem(node, problems, "is one too many: at most %d grids lie over a map", GRID_MOST);
    } else {
        template->grids[template->grid_count++] = kind;
    }
}

static void read_grids(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "grids", problems);
    if (!list) {
        return;
    }
    template->grid_count = 0;
    for (size_t i = 0; i < yaml_count(list); i++) {
        read_grid(template, yaml_at(list, i), problems);
    }
}

void template_read_layout(struct template *template, const struct yaml_node *root, struct problems *problems)
{
    read_places(template, root, "elements", true, true, problems);
    read_places(template, root, "portrait", true, false, problems);
    read_places(template, root, "landscape", false, true, problems);
    read_room(template, root, problems);
    read_shares(template, root, problems);
    read_frame(template, root, problems);
    read_grids(template, root, problems);
}
