#include "symbology/import/mapbox_value.h"

#include <jansson.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "symbology/import/style_filter.h"

#define MOST_COMBINED 32
#define MOST_CHOICES 4096

bool mapbox_value_add(struct mapbox_value *value, struct filter *filter, struct json_t *json)
{
    if (value->count == MAPBOX_MOST_PIECES) {
        filter_free(filter);
        json_decref(json);
        return false;
    }
    value->pieces = memory_resize(value->pieces, value->count + 1, sizeof *value->pieces);
    value->pieces[value->count++] = (struct mapbox_piece){filter, json};
    return true;
}

void mapbox_value_finish(struct mapbox_value *value)
{
    for (size_t i = 0; i < value->count; i++) {
        filter_free(value->pieces[i].filter);
        json_decref(value->pieces[i].json);
    }
    free(value->pieces);
    *value = (struct mapbox_value){0};
}

bool mapbox_values_are_alike(const struct mapbox_value *a, const struct mapbox_value *b)
{
    bool is_alike = a->count == b->count;
    for (size_t i = 0; is_alike && i < a->count; i++) {
        is_alike = filter_equals(a->pieces[i].filter, b->pieces[i].filter);
    }
    return is_alike;
}

bool mapbox_values_are_equal(const struct mapbox_value *a, const struct mapbox_value *b)
{
    bool is_equal = mapbox_values_are_alike(a, b);
    for (size_t i = 0; is_equal && i < a->count; i++) {
        is_equal = json_equal(a->pieces[i].json, b->pieces[i].json);
    }
    return is_equal;
}

/* Both must hold; NULL: always. */
static struct filter *both(const struct filter *a, const struct filter *b)
{
    if (!a || !b) {
        return a || b ? filter_copy(a ? a : b) : NULL;
    }
    struct filter *all = filter_new(FILTER_ALL);
    filter_add(all, filter_copy(a));
    filter_add(all, filter_copy(b));
    return all;
}

bool mapbox_value_add_all(struct mapbox_value *value, const struct filter *filter,
                          const struct mapbox_value *more)
{
    for (size_t i = 0; i < more->count; i++) {
        if (!mapbox_value_add(value, both(filter, more->pieces[i].filter),
                              json_incref(more->pieces[i].json))) {
            return false;
        }
    }
    return true;
}

struct combining {
    const struct mapbox_value *values;
    size_t count;
    size_t *chosen; /* number of the piece of each value */
    struct json_t *(*combine)(struct json_t *const *values, size_t count, void *context);
    void *context;
    struct mapbox_value *result;
};

/* Values with the same filters are taken side by side: other choices never meet. */
static bool may_meet(const struct combining *combining)
{
    for (size_t i = 1; i < combining->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (combining->chosen[i] != combining->chosen[j] &&
                mapbox_values_are_alike(&combining->values[i], &combining->values[j])) {
                return false;
            }
        }
    }
    return true;
}

static struct filter *filter_of_chosen(const struct combining *combining)
{
    struct filter *filter = NULL;
    for (size_t i = 0; i < combining->count; i++) {
        const struct filter *more = combining->values[i].pieces[combining->chosen[i]].filter;
        if (more && filter && filter_equals(filter, more)) {
            continue;
        }
        struct filter *joined = both(filter, more);
        filter_free(filter);
        filter = joined;
    }
    return filter;
}

static bool combine_chosen(const struct combining *combining)
{
    struct json_t **parts = memory_new(combining->count, sizeof *parts);
    for (size_t i = 0; i < combining->count; i++) {
        parts[i] = combining->values[i].pieces[combining->chosen[i]].json;
    }
    struct json_t *combined = combining->combine(parts, combining->count, combining->context);
    free(parts);
    return combined && mapbox_value_add(combining->result, filter_of_chosen(combining), combined);
}

/* The next choice of pieces, counted like digits; false behind the last. */
static bool choose_next(const struct combining *combining)
{
    for (size_t i = 0; i < combining->count; i++) {
        if (++combining->chosen[i] < combining->values[i].count) {
            return true;
        }
        combining->chosen[i] = 0;
    }
    return false;
}

bool mapbox_value_combine(const struct mapbox_value *values, size_t count,
                          struct json_t *(*combine)(struct json_t *const *values, size_t count,
                                                    void *context),
                          void *context, struct mapbox_value *result)
{
    *result = (struct mapbox_value){0};
    if (count > MOST_COMBINED) {
        return false;
    }
    size_t chosen[MOST_COMBINED] = {0};
    struct combining combining = {values, count, chosen, combine, context, result};
    bool is_good = true;
    size_t choices = 1;
    for (size_t i = 0; i < count; i++) {
        is_good = is_good && values[i].count > 0;
        choices = is_good && choices <= MOST_CHOICES ? choices * values[i].count : choices;
    }
    is_good = is_good && choices <= MOST_CHOICES;
    bool has_more = is_good;
    while (is_good && has_more) {
        is_good = !may_meet(&combining) || combine_chosen(&combining);
        has_more = choose_next(&combining);
    }
    if (!is_good) {
        mapbox_value_finish(result);
    }
    return is_good;
}
