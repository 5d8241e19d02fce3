/*
 * map_wish_internal.h - what the readers of parameters share.
 */
#ifndef RENDER_SERVICE_MAP_WISH_INTERNAL_H
#define RENDER_SERVICE_MAP_WISH_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

struct order;
struct problems;
struct request;

/** What is being read. All borrowed. */
struct map_wish_reader {
    const struct request *request;
    struct order *order;
    struct problems *problems;
    int64_t as_of_ms;  /* MOMENT_NONE: now */
    uint64_t revision; /* 0: the latest */
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
void map_wish_read_subset(struct map_wish_reader *reader, const char *text);

/* map_wish_marginalia.c: */
void map_wish_read_title_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_legend_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_attribution_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_compass_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_scale_bar_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_situation_place(struct map_wish_reader *reader, const char *text);
void map_wish_read_grids(struct map_wish_reader *reader, const char *text);

/** What the parameters of place and size must say together. */
void map_wish_check_region(struct map_wish_reader *reader);

#endif
