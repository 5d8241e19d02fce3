/*
 * mapbox_curve.c - values between stops, by zoom or by attribute.
 *
 * By zoom it is the value at the scope's zoom. By attribute every range between two stops becomes a class;
 * where the value would change smoothly, the class has that of its middle.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/mapbox_expression.h"
#include "symbology/import/mapbox_value.h"
#include "symbology/import/style_filter.h"

#define MOST_STOPS 64
#define FAR_BELOW (-1e15) /* the input of a stop before all others */

struct stop {
    double input;
    const json_t *output;
};

/* Stops in growing order. */
struct curve {
    struct stop stops[MOST_STOPS];
    size_t count;
    bool is_smooth;
    double base; /* 1: linear */
};

static bool add_stop(struct curve *curve, const json_t *input, const json_t *output)
{
    bool is_good = json_is_number(input) && output && curve->count < MOST_STOPS &&
                   (curve->count == 0 || json_number_value(input) > curve->stops[curve->count - 1].input);
    if (is_good) {
        curve->stops[curve->count++] = (struct stop){json_number_value(input), output};
    }
    return is_good;
}

/* How far between two stops, 0 … 1: the specification's "exponential" interpolation. */
static double share_between(const struct curve *curve, double from, double to, double at)
{
    double base = curve->base;
    double length = to - from;
    double share =
        fabs(base - 1) < 1e-9 ? (at - from) / length : (pow(base, at - from) - 1) / (pow(base, length) - 1);
    return isfinite(share) ? fmin(fmax(share, 0), 1) : 0.5;
}

static json_t *mix_two(json_t *const *values, size_t count, void *share)
{
    return count == 2 ? mapbox_mix(values[0], values[1], *(const double *)share) : NULL;
}

static bool evaluate_between(const struct mapbox_scope *scope, const struct curve *curve, size_t stop,
                             double at, struct mapbox_value *value, struct fault *reason)
{
    struct mapbox_value ends[2] = {{0}};
    const struct stop *from = &curve->stops[stop];
    double share = share_between(curve, from[0].input, from[1].input, at);
    bool is_good = mapbox_evaluate(scope, from[0].output, &ends[0], reason) &&
                   mapbox_evaluate(scope, from[1].output, &ends[1], reason);
    if (is_good && !mapbox_value_combine(ends, 2, mix_two, &share, value)) {
        fault_set(reason, FAULT_INPUT, "there is no value between the stops");
        is_good = false;
    }
    mapbox_value_finish(&ends[0]);
    mapbox_value_finish(&ends[1]);
    return is_good;
}

/* The value at an input. */
static bool evaluate_at(const struct mapbox_scope *scope, const struct curve *curve, double at,
                        struct mapbox_value *value, struct fault *reason)
{
    size_t stop = 0;
    while (stop + 1 < curve->count && at >= curve->stops[stop + 1].input) {
        stop++;
    }
    bool is_between = curve->is_smooth && at > curve->stops[stop].input && stop + 1 < curve->count;
    return is_between ? evaluate_between(scope, curve, stop, at, value, reason)
                      : mapbox_evaluate(scope, curve->stops[stop].output, value, reason);
}

/* Those with a number from one stop to before the next; stop 0 is before the first. */
static struct filter *filter_of_range(const char *attribute, const struct curve *curve, size_t stop)
{
    struct filter *all = filter_new(FILTER_ALL);
    if (stop > 0 && curve->stops[stop - 1].input > FAR_BELOW) {
        filter_add(all, filter_new_number(attribute, FILTER_MIN, curve->stops[stop - 1].input));
    }
    if (stop < curve->count) {
        filter_add(all, filter_new_number(attribute, FILTER_BELOW, curve->stops[stop].input));
    }
    return all;
}

/* A number within the class before a stop; that of the last class is behind all stops. */
static double middle_of_class(const struct curve *curve, size_t stop)
{
    if (stop == 0) {
        return curve->stops[0].input - 1;
    }
    double least = curve->stops[stop - 1].input;
    return stop == curve->count ? least + 1 : (least + curve->stops[stop].input) / 2;
}

static bool evaluate_classes(const struct mapbox_scope *scope, const struct curve *curve,
                             const char *attribute, struct mapbox_value *value, struct fault *reason)
{
    if (curve->is_smooth) {
        style_lose(scope->losses, scope->origin,
                   "changes smoothly with '%s': painted in classes, each with the value of its middle",
                   attribute);
    }
    bool is_good = true;
    size_t first = curve->stops[0].input > FAR_BELOW ? 0 : 1;
    for (size_t i = first; is_good && i <= curve->count; i++) {
        double middle = middle_of_class(curve, i);
        struct mapbox_value part = {0};
        struct filter *filter = filter_of_range(attribute, curve, i);
        is_good = evaluate_at(scope, curve, middle, &part, reason);
        if (is_good && !mapbox_value_add_all(value, filter, &part)) {
            fault_set(reason, FAULT_INPUT, "it has too many classes");
            is_good = false;
        }
        filter_free(filter);
        mapbox_value_finish(&part);
    }
    return is_good;
}

static bool evaluate_curve(const struct mapbox_scope *scope, const struct curve *curve, const json_t *input,
                           struct mapbox_value *value, struct fault *reason)
{
    const char *attribute = mapbox_attribute_of(input);
    if (attribute) {
        return evaluate_classes(scope, curve, attribute, value, reason);
    }
    json_t *at = mapbox_evaluate_constant(scope, input);
    bool is_number = json_is_number(at);
    double number = json_number_value(at);
    json_decref(at);
    if (!is_number) {
        fault_set(reason, FAULT_INPUT, "it depends on something other than zoom or one attribute");
        return false;
    }
    return evaluate_at(scope, curve, number, value, reason);
}

static double base_of(const struct mapbox_scope *scope, const json_t *interpolation)
{
    if (mapbox_is_operation(interpolation, "exponential") &&
        json_is_number(json_array_get(interpolation, 1))) {
        double base = json_number_value(json_array_get(interpolation, 1));
        return base > 0 ? base : 1;
    }
    if (!mapbox_is_operation(interpolation, "linear")) {
        style_lose(scope->losses, scope->origin, "its curve between stops is taken as a straight line");
    }
    return 1;
}

bool mapbox_evaluate_curve(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                           struct fault *reason)
{
    struct curve curve = {.is_smooth = true, .base = base_of(scope, json_array_get(json, 1))};
    bool is_good = json_array_size(json) >= 5 && json_array_size(json) % 2 == 1;
    for (size_t i = 3; is_good && i + 1 < json_array_size(json); i += 2) {
        is_good = add_stop(&curve, json_array_get(json, i), json_array_get(json, i + 1));
    }
    if (!is_good) {
        fault_set(reason, FAULT_INPUT, "its stops are not pairs of a growing number and a value, at most %d",
                  MOST_STOPS);
        return false;
    }
    return evaluate_curve(scope, &curve, json_array_get(json, 2), value, reason);
}

/* Its first value stands before the first stop: as if there were a stop far below. */
bool mapbox_evaluate_step(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                          struct fault *reason)
{
    struct curve curve = {.base = 1};
    bool is_good = json_array_size(json) >= 3 && json_array_size(json) % 2 == 1;
    curve.stops[curve.count++] = (struct stop){FAR_BELOW, json_array_get(json, 2)};
    for (size_t i = 3; is_good && i + 1 < json_array_size(json); i += 2) {
        is_good = add_stop(&curve, json_array_get(json, i), json_array_get(json, i + 1));
    }
    if (!is_good) {
        fault_set(reason, FAULT_INPUT, "its steps are not pairs of a growing number and a value, at most %d",
                  MOST_STOPS);
        return false;
    }
    return evaluate_curve(scope, &curve, json_array_get(json, 1), value, reason);
}

/* Numbers and colours are mixed where a function does not say otherwise. */
static bool is_mixed(const struct mapbox_scope *scope, const json_t *function)
{
    struct colour colour;
    const char *type = json_string_value(json_object_get(function, "type"));
    const json_t *stop = json_array_get(json_object_get(function, "stops"), 0);
    const json_t *output = json_array_get(stop, 1);
    if (type) {
        return strcmp(type, "exponential") == 0;
    }
    return !scope->is_label &&
           (json_is_number(output) ||
            (json_is_string(output) && css_colour_parse(json_string_value(output), &colour)));
}

/* Everything that no stop names has the default. */
static bool evaluate_categories(const struct mapbox_scope *scope, const json_t *function,
                                struct mapbox_value *value, struct fault *reason)
{
    const char *attribute = json_string_value(json_object_get(function, "property"));
    const json_t *stops = json_object_get(function, "stops");
    struct filter *named = filter_new(FILTER_ANY);
    bool is_good = true;
    for (size_t i = 0; is_good && i < json_array_size(stops); i++) {
        const json_t *stop = json_array_get(stops, i);
        struct mapbox_value part = {0};
        struct filter *filter = mapbox_filter_of_labels(attribute, json_array_get(stop, 0));
        filter_add(named, filter_copy(filter));
        is_good = mapbox_evaluate(scope, json_array_get(stop, 1), &part, reason) &&
                  mapbox_value_add_all(value, filter, &part);
        filter_free(filter);
        mapbox_value_finish(&part);
    }
    const json_t *rest = json_object_get(function, "default");
    struct filter *others = filter_new_not(named);
    is_good =
        is_good && mapbox_value_add(value, filter_copy(others), rest ? json_deep_copy(rest) : json_null());
    filter_free(others);
    if (!is_good && reason->code == FAULT_NONE) {
        fault_set(reason, FAULT_INPUT, "it has too many classes");
    }
    return is_good;
}

/* Stops by zoom and value: those of the zoom at or below the scope's. */
static json_t *stops_at_zoom(const struct mapbox_scope *scope, const json_t *stops)
{
    double zoom = NAN;
    json_t *chosen = json_array();
    for (size_t i = 0; i < json_array_size(stops); i++) {
        const json_t *input = json_array_get(json_array_get(stops, i), 0);
        double of_stop = json_number_value(json_object_get(input, "zoom"));
        if (isnan(zoom) || (of_stop <= scope->zoom && of_stop > zoom)) {
            zoom = of_stop;
        }
    }
    for (size_t i = 0; i < json_array_size(stops); i++) {
        const json_t *stop = json_array_get(stops, i);
        const json_t *input = json_array_get(stop, 0);
        if (json_number_value(json_object_get(input, "zoom")) == zoom) {
            json_array_append_new(
                chosen, json_pack("[O?O?]", json_object_get(input, "value"), json_array_get(stop, 1)));
        }
    }
    return chosen;
}

static bool evaluate_stops(const struct mapbox_scope *scope, const json_t *function, const json_t *input,
                           struct mapbox_value *value, struct fault *reason)
{
    const json_t *stops = json_object_get(function, "stops");
    const json_t *base = json_object_get(function, "base");
    struct curve curve = {.is_smooth = is_mixed(scope, function), .base = 1};
    curve.base = json_is_number(base) && json_number_value(base) > 0 ? json_number_value(base) : 1;
    bool is_good = json_array_size(stops) > 0;
    for (size_t i = 0; is_good && i < json_array_size(stops); i++) {
        const json_t *stop = json_array_get(stops, i);
        is_good = add_stop(&curve, json_array_get(stop, 0), json_array_get(stop, 1));
    }
    if (!is_good) {
        fault_set(reason, FAULT_INPUT, "its stops are not pairs of a growing number and a value, at most %d",
                  MOST_STOPS);
        return false;
    }
    return evaluate_curve(scope, &curve, input, value, reason);
}

static bool evaluate_of_property(const struct mapbox_scope *scope, const json_t *function,
                                 struct mapbox_value *value, struct fault *reason)
{
    const char *type = json_string_value(json_object_get(function, "type"));
    const json_t *property = json_object_get(function, "property");
    const json_t *first = json_array_get(json_array_get(json_object_get(function, "stops"), 0), 0);
    bool is_identity = type && strcmp(type, "identity") == 0;
    if (is_identity || !json_is_string(property) || !first) {
        fault_set(reason, FAULT_INPUT, "it is the value of an attribute itself");
        return false;
    }
    if ((type && strcmp(type, "categorical") == 0) || !json_is_number(first)) {
        return evaluate_categories(scope, function, value, reason);
    }
    json_t *input = json_pack("[sO]", "get", property);
    bool is_good = evaluate_stops(scope, function, input, value, reason);
    json_decref(input);
    return is_good;
}

bool mapbox_evaluate_function(const struct mapbox_scope *scope, const json_t *json,
                              struct mapbox_value *value, struct fault *reason)
{
    const json_t *stops = json_object_get(json, "stops");
    if (!json_object_get(json, "property")) {
        json_t *zoom = json_pack("[s]", "zoom");
        bool is_good = evaluate_stops(scope, json, zoom, value, reason);
        json_decref(zoom);
        return is_good;
    }
    if (!json_is_object(json_array_get(json_array_get(stops, 0), 0))) {
        return evaluate_of_property(scope, json, value, reason);
    }
    json_t *flat = json_copy((json_t *)json);
    json_object_set_new(flat, "stops", stops_at_zoom(scope, stops));
    bool is_good = evaluate_of_property(scope, flat, value, reason);
    json_decref(flat);
    return is_good;
}
