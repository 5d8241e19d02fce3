/*
 * mapbox_value.h - what an expression says at one zoom: a value, or several by what a feature has.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_VALUE_H
#define SYMBOLOGY_IMPORT_MAPBOX_VALUE_H

#include <stdbool.h>
#include <stddef.h>

struct filter;
struct json_t; /* jansson */
struct style_losses;

/** The value of the features that meet the filter; no two filters of one value hold at a time. */
struct mapbox_piece {
    struct filter *filter; /* owned; NULL: all */
    struct json_t *json;   /* a reference of its own; a colour is a text, "#RRGGBBAA" */
};

struct mapbox_value {
    struct mapbox_piece *pieces; /* owned; none: it could not be carried over */
    size_t count;
};

#define MAPBOX_MOST_PIECES 48

/** Takes filter and reference over. False (both are released) when there are too many pieces. */
bool mapbox_value_add(struct mapbox_value *value, struct filter *filter, struct json_t *json);
void mapbox_value_finish(struct mapbox_value *value);
bool mapbox_values_are_equal(const struct mapbox_value *a, const struct mapbox_value *b);

/** Have both the same filters, piece by piece? */
bool mapbox_values_are_alike(const struct mapbox_value *a, const struct mapbox_value *b);

/** Adds the pieces of more for the features that meet the filter too; filter and more are borrowed. */
bool mapbox_value_add_all(struct mapbox_value *value, const struct filter *filter,
                          const struct mapbox_value *more);

/**
 * Combines values piece with piece.
 * @param combine  makes one value of several, a reference of its own; NULL when it cannot
 * @return false (and nothing) when there are too many pieces or combine cannot
 */
bool mapbox_value_combine(const struct mapbox_value *values, size_t count,
                          struct json_t *(*combine)(struct json_t *const *values, size_t count,
                                                    void *context),
                          void *context, struct mapbox_value *result);

#endif
