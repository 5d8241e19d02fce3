/*
 * filter_condition.c - lists are intersected, ranges narrowed; what no value can meet is said at once.
 */
#include "symbology/import/filter_condition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"

struct filter_condition filter_condition_of(const char *attribute)
{
    return (struct filter_condition){
        .attribute = memory_copy_text(attribute), .min = NAN, .above = NAN, .max = NAN, .below = NAN};
}

static char **copy_texts(char *const *texts, size_t count)
{
    char **copy = texts ? memory_new(count, sizeof *copy) : NULL;
    for (size_t i = 0; texts && i < count; i++) {
        copy[i] = memory_copy_text(texts[i]);
    }
    return copy;
}

static void free_texts(char **texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(texts[i]);
    }
    free(texts);
}

struct filter_condition filter_condition_copy(const struct filter_condition *condition)
{
    struct filter_condition copy = *condition;
    copy.attribute = memory_copy_text(condition->attribute);
    copy.in = copy_texts(condition->in, condition->in_count);
    copy.not_in = copy_texts(condition->not_in, condition->not_in_count);
    copy.like = memory_copy_text(condition->like);
    copy.not_like = memory_copy_text(condition->not_like);
    return copy;
}

void filter_condition_finish(struct filter_condition *condition)
{
    free_texts(condition->in, condition->in_count);
    free_texts(condition->not_in, condition->not_in_count);
    free(condition->like);
    free(condition->not_like);
    free(condition->attribute);
    *condition = (struct filter_condition){0};
}

static bool has_text(char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool are_texts_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* As sets: lists hold each text once. */
static bool are_lists_equal(char *const *a, size_t a_count, char *const *b, size_t b_count)
{
    bool is_equal = a_count == b_count && !a == !b;
    for (size_t i = 0; is_equal && i < a_count; i++) {
        is_equal = has_text(b, b_count, a[i]);
    }
    return is_equal;
}

static bool are_numbers_equal(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool are_ranges_equal(const struct filter_condition *a, const struct filter_condition *b)
{
    return are_numbers_equal(a->min, b->min) && are_numbers_equal(a->above, b->above) &&
           are_numbers_equal(a->max, b->max) && are_numbers_equal(a->below, b->below);
}

bool filter_condition_equals(const struct filter_condition *a, const struct filter_condition *b)
{
    return strcmp(a->attribute, b->attribute) == 0 && a->must_exist == b->must_exist &&
           a->must_lack == b->must_lack && are_ranges_equal(a, b) && are_texts_equal(a->like, b->like) &&
           are_texts_equal(a->not_like, b->not_like) &&
           are_lists_equal(a->in, a->in_count, b->in, b->in_count) &&
           are_lists_equal(a->not_in, a->not_in_count, b->not_in, b->not_in_count);
}

static bool has_range(const struct filter_condition *condition)
{
    return !isnan(condition->min) || !isnan(condition->above) || !isnan(condition->max) ||
           !isnan(condition->below);
}

static bool is_in_range(const struct filter_condition *condition, double value)
{
    return !(value < condition->min) && !(value <= condition->above) && !(value > condition->max) &&
           !(value >= condition->below);
}

/* No number at all? Comparisons with NaN are false. */
static bool is_range_empty(const struct filter_condition *c)
{
    return c->min > c->max || c->min >= c->below || c->above >= c->max || c->above >= c->below;
}

/* May a text of the list stay beside the other conditions on the attribute? */
static bool may_stay(const struct filter_condition *condition, const char *text)
{
    double value;
    if (has_text(condition->not_in, condition->not_in_count, text)) {
        return false;
    }
    return !has_range(condition) || (number_parse(text, &value) && is_in_range(condition, value));
}

/* A list of texts says it all: the other conditions only strike some of them out. */
static void strike_out(struct filter_condition *condition)
{
    size_t kept = 0;
    for (size_t i = 0; i < condition->in_count; i++) {
        if (may_stay(condition, condition->in[i])) {
            condition->in[kept++] = condition->in[i];
        } else {
            free(condition->in[i]);
        }
    }
    condition->in_count = kept;
    free_texts(condition->not_in, condition->not_in_count);
    condition->not_in = NULL;
    condition->not_in_count = 0;
    condition->must_exist = false;
    condition->min = condition->above = condition->max = condition->below = NAN;
}

static void intersect_lists(struct filter_condition *condition, const struct filter_condition *other)
{
    if (!other->in) {
        return;
    }
    if (!condition->in) {
        condition->in = copy_texts(other->in, other->in_count);
        condition->in_count = other->in_count;
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < condition->in_count; i++) {
        if (has_text(other->in, other->in_count, condition->in[i])) {
            condition->in[kept++] = condition->in[i];
        } else {
            free(condition->in[i]);
        }
    }
    condition->in_count = kept;
}

/* Adds the texts that are not there yet. */
static void add_texts(char ***texts, size_t *count, char *const *more, size_t more_count)
{
    if (more_count == 0) {
        return;
    }
    *texts = memory_resize(*texts, *count + more_count, sizeof **texts);
    for (size_t i = 0; i < more_count; i++) {
        if (!has_text(*texts, *count, more[i])) {
            (*texts)[(*count)++] = memory_copy_text(more[i]);
        }
    }
}

/* False when there is another pattern already. */
static bool join_pattern(char **pattern, const char *other)
{
    if (!*pattern) {
        *pattern = memory_copy_text(other);
    }
    return !other || strcmp(*pattern, other) == 0;
}

static bool is_never(const struct filter_condition *condition)
{
    bool asks_text = condition->must_exist || condition->in || condition->like || has_range(condition);
    return (condition->must_lack && asks_text) || (condition->in && condition->in_count == 0) ||
           is_range_empty(condition);
}

enum filter_joining filter_condition_join(struct filter_condition *condition,
                                          const struct filter_condition *other)
{
    bool is_whole = join_pattern(&condition->like, other->like);
    is_whole &= join_pattern(&condition->not_like, other->not_like);
    intersect_lists(condition, other);
    if (condition->not_in_count + other->not_in_count <= FILTER_MOST_TEXTS) {
        add_texts(&condition->not_in, &condition->not_in_count, other->not_in, other->not_in_count);
    } else {
        is_whole = false;
    }
    condition->must_exist |= other->must_exist;
    condition->must_lack |= other->must_lack;
    condition->min = fmax(condition->min, other->min); /* of a number and NaN it is the number */
    condition->above = fmax(condition->above, other->above);
    condition->max = fmin(condition->max, other->max);
    condition->below = fmin(condition->below, other->below);
    if (condition->in && !condition->must_lack) {
        strike_out(condition);
    }
    if (is_never(condition)) {
        return FILTER_JOINED_TO_NEVER;
    }
    return is_whole ? FILTER_JOINED : FILTER_JOINED_IN_PART;
}

bool filter_condition_is_list(const struct filter_condition *condition)
{
    return condition->in && condition->not_in_count == 0 && !condition->like && !condition->not_like &&
           !condition->must_exist && !condition->must_lack && !has_range(condition);
}

bool filter_condition_add_list(struct filter_condition *condition, const struct filter_condition *other)
{
    if (condition->in_count + other->in_count > FILTER_MOST_TEXTS) {
        return false;
    }
    add_texts(&condition->in, &condition->in_count, other->in, other->in_count);
    return true;
}

bool filter_condition_are_apart(const struct filter_condition *a, const struct filter_condition *b)
{
    struct filter_condition both = filter_condition_copy(a);
    bool is_apart = filter_condition_join(&both, b) == FILTER_JOINED_TO_NEVER;
    filter_condition_finish(&both);
    return is_apart;
}
