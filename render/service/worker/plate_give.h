/*
 * plate_give.h - what a map alone (plate_alone.c) and a sheet (plate_on_sheet.c) have in common: the order of
 * a page, and its bytes in the format that was asked for.
 */
#ifndef RENDER_SERVICE_PLATE_GIVE_H
#define RENDER_SERVICE_PLATE_GIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/briefing/briefing.h"

struct colour;
struct crs;
struct fault;
struct image;
struct order_draw;
struct order_plate;
struct order_result;
struct plate_place;
struct plate_window;

/** Is it asked for as dots? Else as a drawing. */
bool plate_is_picture(const struct order_plate *plate);

/** Tells where the map is, as its CRS has its axes. */
void plate_tell_box(const struct crs *crs, struct bbox box, struct order_result *result);

/** A drawing ends at the antimeridian, unlike a picture; what it shows beyond is empty, and that is said. */
void plate_report_beyond(const struct order_draw *draw, const struct plate_place *place,
                         struct order_result *result);

/** The order of a page. @param ground what lies under the map; borrowed by the order */
struct briefing_order plate_order_of(const struct order_draw *draw, const struct plate_window *window,
                                     struct paper_own sheet, const struct colour *ground);

/** A page that was made as PNG, whose bytes it takes over. NULL when there are none, and on fault. */
struct image *plate_take_page(char *bytes, size_t length, struct fault *fault);

/** Takes over a picture and gives one of that size. */
struct image *plate_pressed(struct image *image, int width, int height, struct fault *fault);

/** Encodes a picture, which it takes over. */
bool plate_take_picture(const struct order_plate *plate, struct image *image, struct order_result *result);

/** The bytes of a drawing of that many dots, taken over. */
bool plate_take_document(const struct order_plate *plate, char *bytes, size_t length, int width, int height,
                         struct order_result *result);

/** A map without anything around it. */
bool plate_draw_alone(const struct order_draw *draw, const struct plate_place *place,
                      struct order_result *result);

/** A map on a sheet with marginalia. */
bool plate_draw_sheet(const struct order_draw *draw, const struct plate_place *place,
                      struct order_result *result);

#endif
