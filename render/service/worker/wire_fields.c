/*
 * wire_fields.c - a number is read as what it may be at most, so digits without end are refused as they come.
 */
#include "render/service/worker/wire_fields.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"

void wire_add_number(struct buffer *fields, int64_t number)
{
    if (number < 0) {
        buffer_append(fields, "-", 1);
    }
    buffer_append_number(fields, number < 0 ? -(uint64_t)number : (uint64_t)number);
    buffer_append(fields, " ", 1);
}

void wire_add_text(struct buffer *fields, const char *text)
{
    size_t length = strlen(text);
    buffer_append_number(fields, length);
    buffer_append(fields, ":", 1);
    buffer_append(fields, text, length);
    buffer_append(fields, " ", 1);
}

void wire_add_numbers(struct buffer *fields, const uint64_t *numbers, size_t count)
{
    buffer_append_number(fields, count);
    for (size_t i = 0; i < count; i++) {
        buffer_append(fields, " ", 1);
        buffer_append_number(fields, numbers[i]);
    }
    buffer_append(fields, " ", 1);
}

void wire_reader_init(struct wire_reader *reader, const char *fields, size_t length)
{
    *reader = (struct wire_reader){.at = fields, .end = fields + length};
}

void wire_reader_fail(struct wire_reader *reader)
{
    reader->is_failed = true;
    reader->at = reader->end;
}

/** Digits and what must stand behind them. */
static uint64_t read_digits(struct wire_reader *reader, uint64_t most, char end)
{
    uint64_t number = 0;
    const char *first = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        uint64_t digit = (uint64_t)(*reader->at++ - '0');
        if (digit > most || number > (most - digit) / 10) {
            wire_reader_fail(reader);
            return 0;
        }
        number = number * 10 + digit;
    }
    if (reader->at == first || reader->at == reader->end || *reader->at != end) {
        wire_reader_fail(reader);
        return 0;
    }
    reader->at++;
    return number;
}

static void begin_field(struct wire_reader *reader)
{
    reader->field += !reader->is_failed;
}

int64_t wire_read_number(struct wire_reader *reader, int64_t least, int64_t most)
{
    begin_field(reader);
    bool is_negative = reader->at < reader->end && *reader->at == '-';
    reader->at += is_negative;
    uint64_t digits = read_digits(reader, (uint64_t)INT64_MAX + is_negative, ' ');
    int64_t number = (int64_t)(is_negative ? -digits : digits);
    if (!reader->is_failed && (number < least || number > most)) {
        wire_reader_fail(reader);
    }
    return reader->is_failed ? least : number;
}

size_t wire_read_numbers(struct wire_reader *reader, uint64_t *numbers, size_t capacity)
{
    begin_field(reader);
    size_t count = (size_t)read_digits(reader, capacity, ' ');
    for (size_t i = 0; i < count; i++) {
        begin_field(reader);
        numbers[i] = read_digits(reader, UINT64_MAX, ' ');
    }
    return reader->is_failed ? 0 : count;
}

const char *wire_read_span(struct wire_reader *reader, size_t most, size_t *length)
{
    begin_field(reader);
    *length = (size_t)read_digits(reader, most, ':');
    const char *span = reader->at;
    bool is_whole = *length < (size_t)(reader->end - reader->at) && span[*length] == ' ';
    if (reader->is_failed || !is_whole || memchr(span, '\0', *length)) {
        wire_reader_fail(reader);
        *length = 0;
        return "";
    }
    reader->at += *length + 1;
    return span;
}

void wire_read_text(struct wire_reader *reader, char *text, size_t capacity)
{
    size_t length;
    const char *span = wire_read_span(reader, capacity - 1, &length);
    memcpy(text, span, length);
    text[length] = '\0';
}

bool wire_reader_close(const struct wire_reader *reader, const char *what, struct fault *fault)
{
    if (reader->is_failed) {
        fault_set(fault, FAULT_INPUT, "field %zu of the %s is not right", reader->field, what);
        return false;
    }
    if (reader->at < reader->end) {
        fault_set(fault, FAULT_INPUT, "the %s goes on behind its %zu fields", what, reader->field);
        return false;
    }
    return true;
}
