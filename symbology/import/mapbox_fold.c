/*
 * mapbox_fold.c - operators whose operands are known.
 */
#include <ctype.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/mapbox_expression.h"

#define MOST_TEXT_BYTES 4000
#define MOST_OPERANDS 32

static json_t *number_or_nothing(double number)
{
    return isfinite(number) ? json_real(number) : NULL;
}

static json_t *colour_text(struct colour colour)
{
    char text[10];
    if (colour.alpha == 0) { /* "none" is no word of CSS */
        snprintf(text, sizeof text, "#%02X%02X%02X00", colour.red, colour.green, colour.blue);
        return json_string(text);
    }
    return json_string(colour_format(colour, text));
}

static json_t *fold_sum(const double *numbers, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += numbers[i];
    }
    return number_or_nothing(sum);
}

static json_t *fold_difference(const double *numbers, size_t count)
{
    return count == 1   ? number_or_nothing(-numbers[0])
           : count == 2 ? number_or_nothing(numbers[0] - numbers[1])
                        : NULL;
}

static json_t *fold_product(const double *numbers, size_t count)
{
    double product = 1;
    for (size_t i = 0; i < count; i++) {
        product *= numbers[i];
    }
    return number_or_nothing(product);
}

static json_t *fold_quotient(const double *numbers, size_t count)
{
    return count == 2 ? number_or_nothing(numbers[0] / numbers[1]) : NULL;
}

static json_t *fold_remainder(const double *numbers, size_t count)
{
    return count == 2 ? number_or_nothing(fmod(numbers[0], numbers[1])) : NULL;
}

static json_t *fold_power(const double *numbers, size_t count)
{
    return count == 2 ? number_or_nothing(pow(numbers[0], numbers[1])) : NULL;
}

static json_t *fold_least(const double *numbers, size_t count)
{
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        least = fmin(least, numbers[i]);
    }
    return number_or_nothing(least);
}

static json_t *fold_most(const double *numbers, size_t count)
{
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, numbers[i]);
    }
    return number_or_nothing(most);
}

static json_t *fold_rgb(const double *numbers, size_t count)
{
    double opacity = count == 4 ? numbers[3] : 1;
    return count == 3 || count == 4 ? colour_text(css_colour_of(numbers[0], numbers[1], numbers[2], opacity))
                                    : NULL;
}

static json_t *fold_hsl(const double *numbers, size_t count)
{
    double opacity = count == 4 ? numbers[3] : 1;
    return count == 3 || count == 4
               ? colour_text(css_colour_of_hsl(numbers[0], numbers[1] / 100, numbers[2] / 100, opacity))
               : NULL;
}

static const struct {
    const char *name;
    json_t *(*fold)(const double *numbers, size_t count);
} of_numbers[] = {
    {"+", fold_sum},       {"-", fold_difference}, {"*", fold_product}, {"/", fold_quotient},
    {"%", fold_remainder}, {"^", fold_power},      {"min", fold_least}, {"max", fold_most},
    {"rgb", fold_rgb},     {"rgba", fold_rgb},     {"hsl", fold_hsl},   {"hsla", fold_hsl},
};

static const struct {
    const char *name;
    double (*apply)(double);
} of_one_number[] = {
    {"abs", fabs},    {"ceil", ceil}, {"floor", floor}, {"round", round}, {"sqrt", sqrt},
    {"log10", log10}, {"log2", log2}, {"ln", log},      {"sin", sin},     {"cos", cos},
};

/* Operators that leave the value as it is, or take another form of it. */
static const char *const of_one_value[] = {"to-color", "to-string",  "string", "to-number", "number",
                                           "boolean",  "to-boolean", "upcase", "downcase"};
static const char *const of_texts[] = {"concat"};

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

static int find_name(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_of_numbers(const char *name, size_t *found)
{
    for (*found = 0; *found < LENGTH_OF(of_numbers); (*found)++) {
        if (strcmp(of_numbers[*found].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_of_one_number(const char *name, size_t *found)
{
    for (*found = 0; *found < LENGTH_OF(of_one_number); (*found)++) {
        if (strcmp(of_one_number[*found].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool mapbox_can_fold(const char *operator)
{
    size_t found;
    return is_of_numbers(operator, & found) || is_of_one_number(operator, & found) ||
           find_name(of_one_value, LENGTH_OF(of_one_value), operator) >= 0 ||
           find_name(of_texts, LENGTH_OF(of_texts), operator) >= 0;
}

static json_t *join_texts(struct json_t *const *values, size_t count)
{
    struct buffer text;
    buffer_init(&text, MOST_TEXT_BYTES);
    for (size_t i = 0; i < count; i++) {
        if (json_is_string(values[i])) {
            buffer_append_text(&text, json_string_value(values[i]));
        } else if (json_is_number(values[i])) {
            buffer_appendf(&text, "%.15g", json_number_value(values[i]));
        }
    }
    json_t *joined = text.is_full ? NULL : json_string(text.bytes ? text.bytes : "");
    buffer_finish(&text);
    return joined;
}

static json_t *fold_value(const char *operator, json_t * value)
{
    double number;
    bool is_text = json_is_string(value);
    if (strcmp(operator, "to-string") == 0 && json_is_number(value)) {
        return join_texts(&value, 1);
    }
    if ((strcmp(operator, "to-number") == 0 || strcmp(operator, "number") == 0) && is_text) {
        return number_parse(json_string_value(value), &number) ? json_real(number) : NULL;
    }
    if ((strcmp(operator, "upcase") == 0 || strcmp(operator, "downcase") == 0) && is_text) {
        return NULL; /* letters of attributes cannot be changed */
    }
    return json_incref(value);
}

json_t *mapbox_fold(json_t *const *values, size_t count, void *operator)
{
    double numbers[MOST_OPERANDS];
    size_t found;
    const char *name = operator;
    if (find_name(of_texts, LENGTH_OF(of_texts), name) >= 0) {
        return join_texts(values, count);
    }
    if (find_name(of_one_value, LENGTH_OF(of_one_value), name) >= 0) {
        return count > 0 ? fold_value(name, values[0]) : NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (count > MOST_OPERANDS || !json_is_number(values[i])) {
            return NULL;
        }
        numbers[i] = json_number_value(values[i]);
    }
    if (is_of_numbers(name, &found)) {
        return of_numbers[found].fold(numbers, count);
    }
    return is_of_one_number(name, &found) && count == 1
               ? number_or_nothing(of_one_number[found].apply(numbers[0]))
               : NULL;
}

static json_t *mix_lists(json_t *from, json_t *to, double share)
{
    json_t *mixed = json_array();
    for (size_t i = 0; i < json_array_size(from) && i < json_array_size(to); i++) {
        json_t *item = mapbox_mix(json_array_get(from, i), json_array_get(to, i), share);
        if (!item) {
            json_decref(mixed);
            return NULL;
        }
        json_array_append_new(mixed, item);
    }
    return mixed;
}

static double mix_numbers(double from, double to, double share)
{
    return from + (to - from) * share;
}

json_t *mapbox_mix(json_t *from, json_t *to, double share)
{
    struct colour a;
    struct colour b;
    if (json_is_number(from) && json_is_number(to)) {
        return number_or_nothing(mix_numbers(json_number_value(from), json_number_value(to), share));
    }
    if (json_is_array(from) && json_is_array(to)) {
        return mix_lists(from, to, share);
    }
    if (!json_is_string(from) || !json_is_string(to) || !css_colour_parse(json_string_value(from), &a) ||
        !css_colour_parse(json_string_value(to), &b)) {
        return NULL;
    }
    return colour_text(css_colour_of(mix_numbers(a.red, b.red, share), mix_numbers(a.green, b.green, share),
                                     mix_numbers(a.blue, b.blue, share),
                                     mix_numbers(a.alpha, b.alpha, share) / 255));
}
