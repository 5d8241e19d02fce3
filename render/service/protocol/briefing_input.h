/*
 * briefing_input.h - one input of a briefing after the other, while they are read: used by briefing_inputs.c
 * and its readers only.
 *
 * A reader takes the value of its field and tells what is wrong with it; the others go on.
 */
#ifndef RENDER_SERVICE_BRIEFING_INPUT_H
#define RENDER_SERVICE_BRIEFING_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"

struct json_t;
struct map;
struct order;
struct problems;
struct service;

/** What is being read, and what is known of it so far. */
struct briefing_input {
    struct service *service;
    const struct json_t *inputs;
    const char *prefix;
    const char *name; /* of the field that is being read */
    struct order *order;
    struct problems *problems;
    const struct map *map; /* NULL: unknown */
    int64_t as_of_ms;
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    size_t revision_count;
    bool has_centre;
    bool has_box;
    const char *area; /* borrowed; NULL: none */
};

/** Adds to the problems what is wrong with a field. */
void briefing_input_fail(struct briefing_input *input, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** A text that fits, borrowed; NULL (told) when it is none. */
const char *briefing_input_text(struct briefing_input *input, const struct json_t *value, size_t most_bytes);

/** Copies a text that fits; else (told) text stays as it is. */
void briefing_input_copy(struct briefing_input *input, const struct json_t *value, char *text,
                         size_t capacity);

/** A list of so many numbers, none beyond what any CRS has. */
bool briefing_input_numbers(struct briefing_input *input, const struct json_t *list, double *numbers,
                            size_t count);

/* ---- what and how it looks (briefing_input_look.c) ---- */

void briefing_input_read_map(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_paper(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_template(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_grip(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_valid_until(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_since(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_next_update(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_landscape(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_as_of(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_revisions(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_language(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_palette(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_title(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_format(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_dpi(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_organisation(struct briefing_input *input, const struct json_t *value);

/* ---- where (briefing_input_place.c) ---- */

void briefing_input_read_crs(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_center(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_scale(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_bbox(struct briefing_input *input, const struct json_t *value);
void briefing_input_read_area(struct briefing_input *input, const struct json_t *value);

/** What the fields say of the place together; without any of them it is the whole map. */
void briefing_input_check_frame(struct briefing_input *input);

#endif
