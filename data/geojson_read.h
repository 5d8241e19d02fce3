/*
 * geojson_read.h - what the files that read GeoJSON share.
 */
#ifndef DATA_GEOJSON_READ_H
#define DATA_GEOJSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "data/geojson.h"

struct area_template;
struct feature;
struct json_t;
struct problems;
struct shape;
struct symbol_entry;
struct symbol_scope;
struct table;

/** One document that is being read, and where in it we are. */
struct geojson_reading {
    const char *name; /* of the document, for problems */
    struct geojson_limits limits;
    const struct symbol_scope *symbols;
    struct problems *problems;
    size_t error_count;
    size_t feature_number;     /* from 1; 0: the document itself */
    const char *feature_label; /* its id, "" when it has none */
    int line;
    struct table *warned;   /* what was warned about once */
    size_t corridor_points; /* of the templates so far */
    size_t ownerless_count; /* features without an owner so far */
    size_t ownerless_first; /* the number of the first of them, and its line */
    int ownerless_line;
};

/** Names a mistake at the feature at hand: "feature 12 ('id'): geometry: ...". */
void geojson_error(struct geojson_reading *reading, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void geojson_warning(struct geojson_reading *reading, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Warns about something only the first time that its field is met in the document. */
void geojson_warn_once(struct geojson_reading *reading, const char *field, const char *sentence);

/** Warns once about each member of an object that is not among the NULL-terminated known ones. */
void geojson_warn_unknown(struct geojson_reading *reading, const struct json_t *object, const char *prefix,
                          const char *const known[]);

/** The feature, without an id when it has none. Owned by the caller; NULL when it has errors. */
struct feature *geojson_read_feature(struct geojson_reading *reading, const struct json_t *json);

/** The geometry of a feature, checked. Owned, shape_free(); NULL when it has errors. */
struct shape *geojson_read_shape(struct geojson_reading *reading, const struct json_t *json);

/** The template of a feature whose own shape, source (NULL when it is bad), is the point it starts from. */
void geojson_read_template(struct geojson_reading *reading, const struct json_t *json,
                           const struct shape *source, struct area_template *area_template);

#endif
