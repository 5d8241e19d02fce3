/*
 * plate_ground.c - the edge of what has a place on Earth is found from the corners of squares: where they
 * agree all within is taken for the same, elsewhere each dot is asked.
 *
 * Of a CRS around the whole world the parallels of its area of use are that edge: web mercator goes on for
 * ever, but nobody means it beyond 85 degrees.
 */
#include "render/service/worker/plate_ground.h"

#include <math.h>

#include "data/map.h"
#include "geo/crs.h"
#include "render/canvas/image.h"
#include "render/service/worker/order_plate.h"
#include "render/service/worker/plate_window.h"

#define SQUARE_DOTS 16
#define WORLD_DEG 359.9 /* an area as wide as this goes round */

/** How a picture of the window is asked about its dots. */
struct ground_map {
    struct crs_context *context;
    const struct crs *crs;
    const struct crs *lon_lat;
    struct bbox box;
    double units_per_dot_x;
    double units_per_dot_y;
};

static struct colour over_white(struct colour colour)
{
    unsigned rest = 255u - colour.alpha;
    return (struct colour){(uint8_t)((colour.red * colour.alpha + 255u * rest + 127u) / 255u),
                           (uint8_t)((colour.green * colour.alpha + 255u * rest + 127u) / 255u),
                           (uint8_t)((colour.blue * colour.alpha + 255u * rest + 127u) / 255u), 255};
}

static struct colour colour_of(const struct plate_ground *ground, const struct map *map)
{
    switch (ground->kind) {
    case PLATE_GROUND_NONE:
        return (struct colour){0, 0, 0, 0};
    case PLATE_GROUND_COLOUR:
        return ground->colour;
    default:
        return over_white(map->background);
    }
}

struct colour plate_ground_colour(const struct order_plate *plate, const struct map *map)
{
    return colour_of(&plate->ground, map);
}

static struct ground_map ground_map_of(struct crs_context *context, const struct plate_window *window,
                                       int width, int height)
{
    struct bbox box = plate_window_box(window);
    return (struct ground_map){.context = context,
                               .crs = window->crs,
                               .lon_lat = crs_find(context, "OGC:CRS84", NULL),
                               .box = box,
                               .units_per_dot_x = bbox_width(box) / width,
                               .units_per_dot_y = bbox_height(box) / height};
}

static bool is_on_earth(const struct ground_map *ground, double x, double y)
{
    struct point place = {ground->box.min_x + x * ground->units_per_dot_x,
                          ground->box.max_y - y * ground->units_per_dot_y};
    struct bbox area = ground->crs->area_deg;
    if (ground->crs != ground->lon_lat && !ground->crs->is_geographic &&
        (!ground->lon_lat ||
         !crs_transform(ground->context, ground->crs, ground->lon_lat, &place, 1, NULL))) {
        return false;
    }
    bool is_world = bbox_width(area) > WORLD_DEG;
    double south_deg = is_world ? fmax(area.min_y, -90) : -90;
    double north_deg = is_world ? fmin(area.max_y, 90) : 90;
    return point_is_finite(place) && place.y >= south_deg && place.y <= north_deg;
}

/** What lies under a premultiplied dot. */
static uint32_t with_ground(uint32_t dot, struct colour colour)
{
    uint32_t rest = 255u - (dot >> 24);
    uint32_t channels[4] = {colour.alpha, colour.red, colour.green, colour.blue};
    uint32_t sum = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t shift = 24u - 8u * (uint32_t)i;
        uint32_t below = i == 0 ? channels[0] : channels[i] * colour.alpha / 255u;
        sum |= (((dot >> shift) & 255u) + (below * rest + 127u) / 255u) << shift;
    }
    return sum;
}

struct square {
    int x;
    int y;
    int width;
    int height;
};

/** 1: all corners are on Earth, 0: none is, -1: some are. */
static int state_of(const struct ground_map *ground, struct square square)
{
    int count = 0;
    for (int i = 0; i < 4; i++) {
        count += is_on_earth(ground, square.x + (i % 2 ? square.width : 0),
                             square.y + (i / 2 ? square.height : 0));
    }
    return count == 4 ? 1 : count == 0 ? 0 : -1;
}

static void lay_square(const struct ground_map *ground, struct square square, struct colour inside,
                       struct colour outside, struct image *image)
{
    int state = state_of(ground, square);
    for (int y = square.y; y < square.y + square.height; y++) {
        uint32_t *row = image->pixels + (size_t)y * (size_t)image->stride_px;
        for (int x = square.x; x < square.x + square.width; x++) {
            bool is_inside = state >= 0 ? state == 1 : is_on_earth(ground, x + 0.5, y + 0.5);
            row[x] = with_ground(row[x], is_inside ? inside : outside);
        }
    }
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

bool plate_ground_is_parted(struct crs_context *context, const struct order_plate *plate,
                            const struct plate_window *window, const struct map *map)
{
    struct colour inside = colour_of(&plate->ground, map);
    struct colour outside = colour_of(&plate->outside, map);
    bool is_same = (inside.alpha == 0 && outside.alpha == 0) ||
                   (inside.red == outside.red && inside.green == outside.green &&
                    inside.blue == outside.blue && inside.alpha == outside.alpha);
    struct ground_map ground = ground_map_of(context, window, window->width_px, window->height_px);
    for (int y = 0; !is_same && y < window->height_px; y += SQUARE_DOTS) {
        for (int x = 0; x < window->width_px; x += SQUARE_DOTS) {
            struct square square = {x, y, least(SQUARE_DOTS, window->width_px - x),
                                    least(SQUARE_DOTS, window->height_px - y)};
            if (state_of(&ground, square) != 1) {
                return true;
            }
        }
    }
    return false;
}

void plate_ground_lay(struct crs_context *context, const struct order_plate *plate,
                      const struct plate_window *window, const struct map *map, struct image *image)
{
    struct colour inside = colour_of(&plate->ground, map);
    struct colour outside = colour_of(&plate->outside, map);
    struct ground_map ground = ground_map_of(context, window, image->width, image->height);
    for (int y = 0; y < image->height; y += SQUARE_DOTS) {
        for (int x = 0; x < image->width; x += SQUARE_DOTS) {
            struct square square = {x, y, least(SQUARE_DOTS, image->width - x),
                                    least(SQUARE_DOTS, image->height - y)};
            lay_square(&ground, square, inside, outside, image);
        }
    }
}
