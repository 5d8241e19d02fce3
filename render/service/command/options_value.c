/*
 * options_value.c - values of options that mean something: numbers, moments, sizes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "render/service/command/options.h"

bool options_number(const struct options *options, const char *name, double least, double most,
                    double *number, struct fault *fault)
{
    const char *text = options_value(options, name);
    double value;
    if (!text) {
        return true;
    }
    if (!number_parse(text, &value) || value < least || value > most) {
        fault_set(fault, FAULT_INPUT, "--%s must be a number from %.10g to %.10g, not '%.80s'", name, least,
                  most, text);
        return false;
    }
    *number = value;
    return true;
}

/** Reads decimal digits and moves *text behind them. */
static bool read_integer(const char **text, int least, int most, int *number)
{
    if (**text < '0' || **text > '9') {
        return false;
    }
    char *end;
    long value = strtol(*text, &end, 10);
    *text = end;
    *number = (int)value;
    return value >= least && value <= most;
}

bool options_integer(const struct options *options, const char *name, int least, int most, int *number,
                     struct fault *fault)
{
    const char *text = options_value(options, name);
    int value;
    if (!text) {
        return true;
    }
    const char *end = text;
    if (!read_integer(&end, least, most, &value) || *end != '\0') {
        fault_set(fault, FAULT_INPUT, "--%s must be a whole number from %d to %d, not '%.80s'", name, least,
                  most, text);
        return false;
    }
    *number = value;
    return true;
}

bool options_moment(const struct options *options, int64_t *moment_ms, struct fault *fault)
{
    const char *text = options_value(options, "as-of");
    if (!text) {
        return true;
    }
    if (!moment_parse(text, moment_ms, fault)) {
        fault_prefix(fault, "--as-of: ");
        return false;
    }
    return true;
}

bool options_language(const struct options *options, enum language *language, struct fault *fault)
{
    const char *text = options_value(options, "language");
    if (!text || language_parse(text, language)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--language must be nl, en, fr or de, not '%.80s'", text);
    return false;
}

bool options_languages(const struct options *options, struct language_pair *languages, struct fault *fault)
{
    const char *text = options_value(options, "language");
    if (!text || language_pair_parse(text, languages)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "--language must be one or two of nl, en, fr and de, such as nl,en, not '%.80s'", text);
    return false;
}

bool options_numbers(const struct options *options, const char *name, size_t count, double *numbers,
                     struct fault *fault)
{
    const char *text = options_value(options, name);
    if (!text) {
        return true;
    }
    const char *next = text;
    for (size_t i = 0; i < count; i++) {
        bool is_read = number_read(&next, &numbers[i]);
        bool is_followed = *next == (i + 1 < count ? ',' : '\0');
        if (!is_read || !is_followed) {
            fault_set(fault, FAULT_INPUT, "--%s must be %zu numbers with commas between, not '%.80s'", name,
                      count, text);
            return false;
        }
        next += i + 1 < count;
    }
    return true;
}

static bool read_pair(const char *text, struct options_pair pair, int *first, int *second)
{
    if (!read_integer(&text, pair.least, pair.most, first)) {
        return false;
    }
    if (*text == '\0' && pair.is_single_allowed) {
        *second = *first;
        return true;
    }
    if (*text != pair.between) {
        return false;
    }
    text++;
    return read_integer(&text, pair.least, pair.most, second) && *text == '\0';
}

bool options_pair(const struct options *options, const char *name, struct options_pair pair, int *first,
                  int *second, struct fault *fault)
{
    const char *text = options_value(options, name);
    if (!text || read_pair(text, pair, first, second)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "--%s must be two whole numbers from %d to %d with '%c' between, not '%.80s'", name, pair.least,
              pair.most, pair.between, text);
    return false;
}
