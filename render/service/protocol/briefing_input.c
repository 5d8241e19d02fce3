#include "render/service/protocol/briefing_input.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/problems.h"

#define COORDINATE_MOST 1e9
#define NAME_MOST_BYTES 200

void briefing_input_fail(struct briefing_input *input, const char *name, const char *format, ...)
{
    char field[NAME_MOST_BYTES];
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    snprintf(field, sizeof(field), "%s%.100s", input->prefix, name);
    problems_add(input->problems, PROBLEM_ERROR, "order", 0, field, "%s", sentence);
}

const char *briefing_input_text(struct briefing_input *input, const json_t *value, size_t most_bytes)
{
    if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value)) {
        briefing_input_fail(input, input->name, "must be a text");
        return NULL;
    }
    if (json_string_length(value) > most_bytes) {
        briefing_input_fail(input, input->name, "must have at most %zu bytes", most_bytes);
        return NULL;
    }
    return json_string_value(value);
}

void briefing_input_copy(struct briefing_input *input, const json_t *value, char *text, size_t capacity)
{
    const char *given = briefing_input_text(input, value, capacity - 1);
    if (given) {
        memcpy(text, given, strlen(given) + 1);
    }
}

bool briefing_input_numbers(struct briefing_input *input, const json_t *list, double *numbers, size_t count)
{
    bool is_right = json_is_array(list) && json_array_size(list) == count;
    for (size_t i = 0; is_right && i < count; i++) {
        const json_t *value = json_array_get(list, i);
        numbers[i] = json_number_value(value);
        is_right = json_is_number(value) && fabs(numbers[i]) <= COORDINATE_MOST;
    }
    if (!is_right) {
        briefing_input_fail(input, input->name, "must be a list of %zu numbers of at most %g", count,
                            COORDINATE_MOST);
    }
    return is_right;
}
