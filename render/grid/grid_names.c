/*
 * grid_names.c - the frame is looked at in a mesh. A name may stand around a point when all points that its
 * box touches, and one more around, have that name too.
 */
#include "render/grid/grid_names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/mgrs.h"
#include "geo/scale.h"
#include "geo/utm.h"
#include "render/grid/grid_squares.h"
#include "render/grid/name_box.h"

#define STEP_MM 2.5
#define MESH_MOST 96       /* points each way */
#define LEAST_SQUARE_MM 20 /* smaller squares of 100 km are not named */
#define INSET_MM 1.4       /* from the edge of the frame */
#define SQUARE_INSET_MM 0.7
#define SLIVER 8.0 /* times its name: smaller parts of a square need none */

/** What lies at a point of the mesh. */
struct spot {
    struct point lon_lat;
    struct utm_zone zone; /* number 0: nothing to be named */
    char band;
    char letters[3];
};

struct mesh {
    struct spot *spots;
    long columns;
    long rows;
    double step_x;
    double step_y;
};

void grid_names_finish(struct grid_names *names)
{
    free(names->items);
    *names = (struct grid_names){0};
}

static bool is_same(const struct spot *a, const struct spot *b)
{
    return utm_zone_equals(a->zone, b->zone) && a->band == b->band && strcmp(a->letters, b->letters) == 0;
}

static long points_along(double length_px)
{
    return (long)fmin(MESH_MOST, fmax(8, ceil(length_px * SCALE_PIXEL_MM / STEP_MM))) + 1;
}

static bool locate_spots(const struct grid_place *place, struct mesh *mesh, struct fault *fault)
{
    size_t count = (size_t)(mesh->columns * mesh->rows);
    struct point *points = memory_new(count, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct point){(double)((long)i % mesh->columns) * mesh->step_x,
                                   (double)((long)i / mesh->columns) * mesh->step_y};
    }
    bool is_located = grid_place_from_px(place, place->lon_lat, points, count, fault);
    for (size_t i = 0; i < count; i++) {
        mesh->spots[i].lon_lat = points[i];
        mesh->spots[i].zone = utm_zone_of((struct point){remainder(points[i].x, 360), points[i].y});
        mesh->spots[i].band = mesh->spots[i].zone.number > 0 ? mgrs_band(points[i].y) : '\0';
    }
    free(points);
    return is_located;
}

static bool name_squares(const struct grid_place *place, struct mesh *mesh, struct fault *fault)
{
    for (long i = 0; i < mesh->columns * mesh->rows; i++) {
        struct mgrs mgrs;
        struct spot *spot = &mesh->spots[i];
        struct point at = {remainder(spot->lon_lat.x, 360), spot->lon_lat.y};
        if (spot->zone.number == 0) {
            continue;
        }
        if (!mgrs_from_lon_lat(place->context, at, &mgrs, fault)) {
            return false;
        }
        memcpy(spot->letters, mgrs.letters, sizeof spot->letters);
    }
    return true;
}

static struct grid_text text_of(const struct spot *spot)
{
    struct grid_text text = {0};
    bool has_square = spot->letters[0] != '\0';
    snprintf(has_square ? text.lead : text.main, sizeof text.lead, "%d%c", spot->zone.number, spot->band);
    if (has_square) {
        snprintf(text.main, sizeof text.main, " %s", spot->letters);
    }
    return text;
}

static bool is_free(const struct grid_names *names, struct bbox box)
{
    for (size_t i = 0; i < names->count; i++) {
        if (bbox_intersects(names->items[i].box_px, box)) {
            return false;
        }
    }
    return true;
}

/** Are all points around a box called the same? */
static bool is_inside(const struct mesh *mesh, const struct spot *spot, struct bbox box)
{
    long west = (long)floor(box.min_x / mesh->step_x);
    long east = (long)ceil(box.max_x / mesh->step_x);
    long north = (long)floor(box.min_y / mesh->step_y);
    long south = (long)ceil(box.max_y / mesh->step_y);
    for (long row = north; row <= south; row++) {
        for (long column = west; column <= east; column++) {
            if (!is_same(&mesh->spots[row * mesh->columns + column], spot)) {
                return false;
            }
        }
    }
    return true;
}

static double distance_to_corner(struct bbox frame, struct bbox box)
{
    double x = fmin(box.min_x - frame.min_x, frame.max_x - box.max_x);
    double y = fmin(box.min_y - frame.min_y, frame.max_y - box.max_y);
    return hypot(x, y);
}

/** Where the name of a spot may stand: at points of the mesh, or flush with the edges of the frame. */
static bool find_box(const struct grid_naming *naming, const struct mesh *mesh, const struct spot *spot,
                     struct point size, struct bbox *found)
{
    const struct grid_place *place = naming->place;
    double inset = INSET_MM / SCALE_PIXEL_MM;
    struct bbox frame = {inset, inset, place->width_px - inset, place->height_px - inset};
    double least = INFINITY;
    for (long i = 0; i < mesh->columns * mesh->rows; i++) {
        if (!is_same(&mesh->spots[i], spot)) {
            continue;
        }
        double x = fmin(fmax((double)(i % mesh->columns) * mesh->step_x, inset), frame.max_x - size.x);
        double y = fmin(fmax((double)(i / mesh->columns) * mesh->step_y, inset), frame.max_y - size.y);
        struct bbox box = {x, y, x + size.x, y + size.y};
        double distance = distance_to_corner(frame, box);
        if (distance < least && bbox_contains(bbox_grow(frame, 1e-6), box) && is_inside(mesh, spot, box) &&
            is_free(naming->names, box) && name_box_is_free(naming->taken, box, naming->halo_px)) {
            least = distance;
            *found = box;
        }
    }
    return least < INFINITY;
}

/** Is so much of it seen that a reader would look for its name? */
static bool is_large(const struct mesh *mesh, const struct spot *spot, struct point size)
{
    double seen = 0;
    for (long i = 0; i < mesh->columns * mesh->rows; i++) {
        seen += is_same(&mesh->spots[i], spot) ? mesh->step_x * mesh->step_y : 0;
    }
    return seen > SLIVER * size.x * size.y;
}

/** The spots that are called otherwise than all before them, owned. */
static const struct spot **distinct_spots(const struct mesh *mesh, size_t *count)
{
    const struct spot **found = NULL;
    *count = 0;
    for (long i = 0; i < mesh->columns * mesh->rows; i++) {
        const struct spot *spot = &mesh->spots[i];
        bool is_new = spot->zone.number != 0 && !(i > 0 && is_same(spot, spot - 1));
        for (size_t j = 0; j < *count && is_new; j++) {
            is_new = !is_same(spot, found[j]);
        }
        if (is_new) {
            found = memory_resize(found, *count + 1, sizeof *found);
            found[(*count)++] = spot;
        }
    }
    return found;
}

static void add_name(const struct grid_naming *naming, struct grid_name name)
{
    struct grid_names *names = naming->names;
    name.grid = naming->grid;
    names->items = memory_resize(names->items, names->count + 1, sizeof *names->items);
    names->items[names->count++] = name;
}

static void place_names(const struct grid_naming *naming, const struct mesh *mesh)
{
    size_t count;
    const struct spot **spots = distinct_spots(mesh, &count);
    for (size_t i = 0; i < count; i++) {
        struct grid_name name = {.text = text_of(spots[i])};
        struct grid_text_size size = grid_text_measure(&name.text, naming->look);
        struct point room = {size.lead + size.main, size.height};
        if (find_box(naming, mesh, spots[i], room, &name.box_px)) {
            add_name(naming, name);
        } else {
            naming->names->unplaced[naming->grid] += is_large(mesh, spots[i], room);
        }
    }
    free(spots);
}

bool grid_names_add_zones(const struct grid_naming *naming, bool has_squares, struct fault *fault)
{
    const struct grid_place *place = naming->place;
    struct mesh mesh = {.columns = points_along(place->width_px), .rows = points_along(place->height_px)};
    mesh.step_x = place->width_px / (double)(mesh.columns - 1);
    mesh.step_y = place->height_px / (double)(mesh.rows - 1);
    mesh.spots = memory_new((size_t)(mesh.columns * mesh.rows), sizeof *mesh.spots);
    double square_mm = MGRS_SQUARE_M * 1000 / pixel_grid_scale_denominator(&place->px);
    has_squares = has_squares && square_mm >= LEAST_SQUARE_MM;
    bool is_made = locate_spots(place, &mesh, fault) && (!has_squares || name_squares(place, &mesh, fault));
    if (is_made) {
        place_names(naming, &mesh);
    }
    free(mesh.spots);
    return is_made;
}

static void name_square(const struct grid_naming *naming, size_t column, size_t row, struct bbox square)
{
    struct grid_name name = {0};
    char letters[24];
    snprintf(name.text.main, sizeof name.text.main, "%.3s%zu", grid_value_letters((long)column, letters),
             row + 1);
    struct grid_text_size size = grid_text_measure(&name.text, naming->look);
    struct name_box_wish wish = {.room = bbox_grow(square, -SQUARE_INSET_MM / SCALE_PIXEL_MM),
                                 .size = {size.main, size.height},
                                 .halo_px = naming->halo_px};
    if (name_box_find(&wish, naming->taken, &name.box_px)) {
        add_name(naming, name);
    } else {
        naming->names->unplaced[naming->grid]++;
    }
}

void grid_names_add_squares(const struct grid_naming *naming, const struct grid_lines *squares)
{
    struct grid_squares_row columns;
    struct grid_squares_row rows;
    grid_squares_find(squares, true, naming->place->width_px, naming->place->height_px, &columns);
    grid_squares_find(squares, false, naming->place->width_px, naming->place->height_px, &rows);
    for (size_t i = 0; i < columns.count * rows.count; i++) {
        size_t column = i % columns.count;
        size_t row = i / columns.count;
        struct bbox square = {columns.edges_px[column], rows.edges_px[row + 1], columns.edges_px[column + 1],
                              rows.edges_px[row]};
        name_square(naming, column, row, square);
    }
}
