/*
 * order_plate.h - a map as OGC API Maps lets one ask for it: place and size are said only in part, and things
 * may stand around it. What was not said a worker finds (plate_window.h), for it takes PROJ.
 */
#ifndef RENDER_SERVICE_ORDER_PLATE_H
#define RENDER_SERVICE_ORDER_PLATE_H

#include <stdbool.h>

#include "render/briefing/plate.h"
#include "symbology/colour.h"

struct buffer;
struct json_reader;

#define PLATE_SIDE_MOST_PX 10000
#define PLATE_DOTS_MOST 25000000.0
#define PLATE_MM_PER_PX_LEAST 0.03
#define PLATE_MM_PER_PX_MOST 2.5

enum plate_format {
    PLATE_PNG,
    PLATE_PNG_SMALL, /* at most 256 colours */
    PLATE_WEBP,
    PLATE_JPEG,
    PLATE_SVG,
    PLATE_PDF,
    PLATE_FORMAT_COUNT
};

/** Which part of the world. */
enum plate_region { PLATE_REGION_ALL, PLATE_REGION_BOX, PLATE_REGION_CENTRE };

/** What lies under a map. */
enum plate_ground_kind { PLATE_GROUND_OWN, PLATE_GROUND_COLOUR, PLATE_GROUND_NONE };

struct plate_ground {
    enum plate_ground_kind kind; /* the map's own background, that colour, or nothing */
    struct colour colour;
};

struct order_plate {
    char crs_code[32]; /* of the map */
    enum plate_region region;
    char region_crs[32];
    bool is_x_first;   /* so are the numbers, even where the CRS has north first */
    bool is_open[4];   /* of a box: there the map's extent ends */
    double numbers[4]; /* lower corner, upper corner; or the centre */
    int width_px;      /* of the whole picture; 0: not said */
    int height_px;
    double scale_denominator; /* 0: not said */
    double mm_per_px;
    enum plate_format format;
    struct plate_ground ground;
    struct plate_ground outside; /* where the CRS has no place on Earth */
    struct plate_wish marginalia;
};

/** The whole map in degrees as a PNG, a px of 0.28 mm, nothing around it. */
void order_plate_init(struct order_plate *plate);

/** ,"plate_…":… as fields of the order's object, and back. */
void order_plate_write(const struct order_plate *plate, struct buffer *json);
void order_plate_read(struct json_reader *reader, struct order_plate *plate);

#endif
