/*
 * label_places.c - arithmetic only: whether a place is free is for the placement to say.
 */
#include "render/placement/label_places.h"

#include <stdint.h>

/* As round(), which is a call: there are a dozen places for each of thousands of labels. */
static double whole_px(double px)
{
    return (double)(int64_t)(px < 0 ? px - 0.5 : px + 0.5);
}

static void add(struct label_places *places, double x, double y, enum text_align align)
{
    places->items[places->count++] = (struct label_place){{whole_px(x), whole_px(y)}, align};
}

struct label_places label_places_around(struct bbox ink, struct text_size size, double gap)
{
    struct label_places places = {.count = 0};
    struct point centre = bbox_centre(ink);
    double right = ink.max_x + gap;
    double left = ink.min_x - gap - size.width_px;
    double middle = centre.x - size.width_px / 2;
    double level = centre.y - size.height_px / 2;
    double above = ink.min_y - gap - size.height_px;
    double below = ink.max_y + gap;
    /* A label on a diagonal overlaps the height of the symbol by half a line, so that it is seen to belong.
     */
    double high = ink.min_y - size.height_px / 2;
    double low = ink.max_y - size.height_px / 2;
    add(&places, right, level, TEXT_LEFT);
    add(&places, left, level, TEXT_RIGHT);
    add(&places, middle, above, TEXT_CENTRE);
    add(&places, middle, below, TEXT_CENTRE);
    add(&places, right, high, TEXT_LEFT);
    add(&places, right, low, TEXT_LEFT);
    add(&places, left, high, TEXT_RIGHT);
    add(&places, left, low, TEXT_RIGHT);
    double far = ink.max_x - size.width_px;
    add(&places, ink.min_x, above, TEXT_LEFT);
    add(&places, far, above, TEXT_RIGHT);
    add(&places, ink.min_x, below, TEXT_LEFT);
    add(&places, far, below, TEXT_RIGHT);
    return places;
}

struct label_places label_places_inside(struct point middle, struct text_size size)
{
    struct label_places places = {.count = 0};
    double x = middle.x - size.width_px / 2;
    double y = middle.y - size.height_px / 2;
    add(&places, x, y, TEXT_CENTRE);
    add(&places, x, y - size.height_px, TEXT_CENTRE);
    add(&places, x, y + size.height_px, TEXT_CENTRE);
    return places;
}

struct label_places label_places_along(struct point middle, struct text_size size, double gap)
{
    struct label_places places = {.count = 0};
    double x = middle.x - size.width_px / 2;
    add(&places, x, middle.y - gap - size.height_px, TEXT_CENTRE);
    add(&places, x, middle.y + gap, TEXT_CENTRE);
    add(&places, middle.x + gap, middle.y - size.height_px / 2, TEXT_LEFT);
    add(&places, middle.x - gap - size.width_px, middle.y - size.height_px / 2, TEXT_RIGHT);
    return places;
}
