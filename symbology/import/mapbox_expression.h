/*
 * mapbox_expression.h - expressions and functions of the MapLibre style specification, evaluated at one zoom.
 *
 * What depends on the zoom becomes one value; what depends on an attribute by match, case, step or stops
 * becomes one value for each class of features. Anything else that depends on a feature is lost.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_EXPRESSION_H
#define SYMBOLOGY_IMPORT_MAPBOX_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/import/style_losses.h"

struct fault;
struct filter;
struct json_t;
struct mapbox_value;

/** A name given by "let". */
struct mapbox_binding {
    const char *name;
    const struct json_t *json;
    const struct mapbox_scope *scope; /* in which it was given */
};

/** How an expression is looked at. */
struct mapbox_scope {
    double zoom;
    bool is_label;        /* texts are templates of style.h: "{name}" */
    bool has_tokens;      /* plain texts have their attributes in braces already */
    const char *geometry; /* that the layer paints: "Polygon", "Point"; NULL: several */
    int depth;
    int *budget;                      /* expressions that may still be looked at */
    const struct mapbox_scope *outer; /* NULL: this is the outermost */
    struct mapbox_binding binding;    /* without a name: none */
    struct style_losses *losses;
    struct style_origin origin;
};

/** False, with the reason, when it could not be carried over. mapbox_value_finish() in either case. */
bool mapbox_evaluate(const struct mapbox_scope *scope, const struct json_t *json, struct mapbox_value *value,
                     struct fault *reason);

/** The same where only one value for all features will do: a reference of its own; NULL when it is none. */
struct json_t *mapbox_evaluate_constant(const struct mapbox_scope *scope, const struct json_t *json);

/** The attribute that an expression gives, whatever it turns it into; NULL: it does something else. */
const char *mapbox_attribute_of(const struct json_t *json);

/** A condition as expression or legacy filter. Owned; FILTER_LOST where it could not be carried over. */
struct filter *mapbox_filter_read(const struct mapbox_scope *scope, const struct json_t *json);

/** Does the attribute have the value, or one of the list of values? Owned. */
struct filter *mapbox_filter_of_labels(const char *attribute, const struct json_t *labels);

/** Is it an array that begins with the name of an operator? */
bool mapbox_is_operation(const struct json_t *json, const char *name);

/** The scope within an expression. */
struct mapbox_scope mapbox_scope_within(const struct mapbox_scope *scope);

/** interpolate, step and functions with stops (mapbox_curve.c). */
bool mapbox_evaluate_curve(const struct mapbox_scope *scope, const struct json_t *json,
                           struct mapbox_value *value, struct fault *reason);
bool mapbox_evaluate_step(const struct mapbox_scope *scope, const struct json_t *json,
                          struct mapbox_value *value, struct fault *reason);
bool mapbox_evaluate_function(const struct mapbox_scope *scope, const struct json_t *json,
                              struct mapbox_value *value, struct fault *reason);

/** Makes one value of the values of an operator's operands: arithmetic, colours, texts (mapbox_fold.c). */
bool mapbox_can_fold(const char *operator);
struct json_t *mapbox_fold(struct json_t *const *values, size_t count, void *operator);

/** The value between two numbers, lists of numbers or colours; NULL for others. A reference of its own. */
struct json_t *mapbox_mix(struct json_t *from, struct json_t *to, double share);

#endif
