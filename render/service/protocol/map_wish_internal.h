/*
 * map_wish_internal.h - what the readers of parameters share.
 */
#ifndef RENDER_SERVICE_MAP_WISH_INTERNAL_H
#define RENDER_SERVICE_MAP_WISH_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "render/service/worker/order_plate.h"
#include "symbology/colour.h"

struct order;
struct problems;
struct request;

/** A colour and whether it is to be seen through; each may be left unsaid. */
struct map_wish_ground {
    bool has_colour;
    struct colour colour;
    bool says_transparent;
    bool is_transparent;
};

/** What is being read. All borrowed. */
struct map_wish_reader {
    const struct request *request;
    struct order *order;
    struct problems *problems;
    int64_t as_of_ms;               /* MOMENT_NONE: now */
    uint64_t revision;              /* 0: the latest */
    struct map_wish_ground ground;  /* under the map */
    struct map_wish_ground outside; /* where the CRS has no place on Earth */
};

/** Adds a mistake of a parameter. */
void map_wish_fail(struct map_wish_reader *reader, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** A list of numbers with commas between, nothing else; false (told) when they are not count. */
bool map_wish_numbers(struct map_wish_reader *reader, const char *name, const char *text, double *numbers,
                      int count);

/** The code of a CRS; false (told) when it is written in no way that is known. */
bool map_wish_crs(struct map_wish_reader *reader, const char *name, const char *text, char code[static 32]);

/* map_wish_region.c: */
void map_wish_read_bbox(struct map_wish_reader *reader, const char *text);
void map_wish_read_center(struct map_wish_reader *reader, const char *text);

/** What the parameters of place and size must say together. */
void map_wish_check_region(struct map_wish_reader *reader);

/** Only one parameter says where: told when another has. */
void map_wish_take_region(struct map_wish_reader *reader, const char *name, enum plate_region region);

/** The region's numbers are in the CRS that this parameter names; degrees, x first, when it is not there. */
void map_wish_read_region_crs(struct map_wish_reader *reader, const char *name);

/* map_wish_subset.c: all parameters of that name at once. */
void map_wish_read_subset(struct map_wish_reader *reader, const char *text);

/* map_wish_moment.c: */
void map_wish_read_datetime(struct map_wish_reader *reader, const char *text);

/** What stands in the brackets of "time(…)". */
void map_wish_read_time_axis(struct map_wish_reader *reader, const char *text);

/* map_wish_ground.c: */
void map_wish_read_bgcolor(struct map_wish_reader *reader, const char *text);
void map_wish_read_transparent(struct map_wish_reader *reader, const char *text);
void map_wish_read_void_color(struct map_wish_reader *reader, const char *text);
void map_wish_read_void_transparent(struct map_wish_reader *reader, const char *text);

/** What the four say together, and the defaults of the standard. Reads the marginalia of the order. */
void map_wish_settle_ground(struct map_wish_reader *reader);

/* map_wish_marginalia.c: */
void map_wish_read_title_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_legend_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_attribution_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_compass_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_scale_bar_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_situation_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_grids(struct map_wish_reader *reader, const char *text);

#endif
