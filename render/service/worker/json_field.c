/*
 * json_field.c - after the first wrong field the rest is still read, but says nothing more.
 */
#include "render/service/worker/json_field.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"

bool json_reader_open(struct json_reader *reader, const char *what, const char *text, size_t length,
                      struct fault *fault)
{
    json_error_t error;
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(root)) {
        bool has_nul = !root && json_error_code(&error) == json_error_null_character;
        fault_set(fault, FAULT_INPUT, "the %s is no JSON object: %s", what,
                  root      ? "another kind"
                  : has_nul ? "a text may not hold U+0000"
                            : error.text);
        json_decref(root);
        return false;
    }
    *reader = (struct json_reader){.what = what, .root = root, .fault = fault};
    return true;
}

bool json_reader_close(struct json_reader *reader)
{
    json_decref(reader->root);
    reader->root = NULL;
    return !reader->is_failed;
}

void json_reader_fail(struct json_reader *reader, const char *name, const char *sentence)
{
    if (!reader->is_failed) {
        reader->is_failed = true;
        fault_set(reader->fault, FAULT_INPUT, "field '%s' of the %s %s", name, reader->what, sentence);
    }
}

void json_reader_check(struct json_reader *reader, const char *const known[])
{
    const char *name;
    json_t *value;
    json_object_foreach(reader->root, name, value)
    {
        size_t i = 0;
        while (known[i] && strcmp(known[i], name) != 0) {
            i++;
        }
        if (!known[i]) {
            json_reader_fail(reader, name, "is not known");
        }
    }
}

bool json_reader_has(const struct json_reader *reader, const char *name)
{
    return json_object_get(reader->root, name) != NULL;
}

void json_read_text(struct json_reader *reader, const char *name, char *text, size_t capacity)
{
    json_t *value = json_object_get(reader->root, name);
    text[0] = '\0';
    if (!json_is_string(value) || json_string_length(value) >= capacity) {
        json_reader_fail(reader, name, "must be a text that is not too long");
        return;
    }
    memcpy(text, json_string_value(value), json_string_length(value) + 1);
}

int64_t json_read_integer(struct json_reader *reader, const char *name, int64_t least, int64_t most)
{
    json_t *value = json_object_get(reader->root, name);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > most) {
        json_reader_fail(reader, name, "must be a whole number in its range");
        return least;
    }
    return number;
}

double json_read_double(struct json_reader *reader, const char *name, double least, double most)
{
    json_t *value = json_object_get(reader->root, name);
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= least && number <= most)) {
        json_reader_fail(reader, name, "must be a number in its range");
        return least;
    }
    return number;
}

bool json_read_bool(struct json_reader *reader, const char *name)
{
    json_t *value = json_object_get(reader->root, name);
    if (!json_is_boolean(value)) {
        json_reader_fail(reader, name, "must be true or false");
    }
    return json_is_true(value);
}

int64_t json_read_moment(struct json_reader *reader, const char *name)
{
    char text[24];
    json_read_text(reader, name, text, sizeof(text));
    char *end;
    errno = 0;
    long long moment = strtoll(text, &end, 10);
    if (end == text || *end || errno) {
        json_reader_fail(reader, name, "must be a moment");
        return 0;
    }
    return moment;
}

void json_read_doubles(struct json_reader *reader, const char *name, double *numbers, size_t count)
{
    json_t *list = json_object_get(reader->root, name);
    bool is_right = json_array_size(list) == count;
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(list, i);
        numbers[i] = json_number_value(value);
        is_right = is_right && json_is_number(value) && isfinite(numbers[i]);
    }
    if (!is_right) {
        json_reader_fail(reader, name, "must be a list of numbers");
    }
}

size_t json_read_numbers(struct json_reader *reader, const char *name, uint64_t *numbers, size_t capacity)
{
    json_t *list = json_object_get(reader->root, name);
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count > capacity) {
        json_reader_fail(reader, name, "must be a list that is not too long");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_array_get(list, i);
        if (!json_is_integer(value) || json_integer_value(value) < 0) {
            json_reader_fail(reader, name, "must be a list of whole numbers");
            return 0;
        }
        numbers[i] = (uint64_t)json_integer_value(value);
    }
    return count;
}

void json_write_text(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, ",\"%s\":", name);
    buffer_append_json(json, text);
}

void json_write_moment(struct buffer *json, const char *name, int64_t moment_ms)
{
    buffer_appendf(json, ",\"%s\":\"%" PRId64 "\"", name, moment_ms);
}
