/*
 * buffer.c - the capacity doubles; a buffer that cannot have more memory counts as full.
 */
#include "geo/base/buffer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/utf8.h"

#define DIGITS_MOST 20

void buffer_init(struct buffer *buffer, size_t ceiling_bytes)
{
    assert(ceiling_bytes < SIZE_MAX / 2);
    *buffer = (struct buffer){.ceiling = ceiling_bytes};
}

void buffer_finish(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){.ceiling = buffer->ceiling};
}

/* Makes room for length more bytes and the NUL; false (and full) when there is none. */
static bool reserve(struct buffer *buffer, size_t length)
{
    if (length > buffer->ceiling - buffer->length) {
        buffer->is_full = true;
        return false;
    }
    size_t needed = buffer->length + length + 1;
    if (needed <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity * 2;
    capacity = capacity < needed ? needed : capacity;
    capacity = capacity > buffer->ceiling + 1 ? buffer->ceiling + 1 : capacity;
    char *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) {
        buffer->is_full = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
    if (length == 0 || !reserve(buffer, length)) {
        return;
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_number(struct buffer *buffer, uint64_t number)
{
    char digits[DIGITS_MOST];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buffer_append(buffer, digits + first, sizeof digits - first);
}

void buffer_appendf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_appendv(buffer, format, arguments);
    va_end(arguments);
}

/* Most texts fit where there is room already; one that does not is written once more. */
void buffer_appendv(struct buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    size_t room = buffer->capacity - buffer->length;
    char *end = buffer->bytes ? buffer->bytes + buffer->length : NULL;
    int written = vsnprintf(end, room, format, arguments);
    assert(written >= 0);
    size_t length = (size_t)written;
    if (length < room) {
        buffer->length += length;
    } else if (reserve(buffer, length)) {
        vsnprintf(buffer->bytes + buffer->length, length + 1, format, again);
        buffer->length += length;
    } else if (end) {
        *end = '\0';
    }
    va_end(again);
}

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/* U+FFFE and U+FFFF are characters, but none of XML. */
static bool is_xml(uint32_t character)
{
    return character != UTF8_INVALID && character != 0xFFFE && character != 0xFFFF;
}

static void append_xml_character(struct buffer *buffer, unsigned char character)
{
    switch (character) {
    case '&':
        buffer_append_text(buffer, "&amp;");
        break;
    case '<':
        buffer_append_text(buffer, "&lt;");
        break;
    case '>':
        buffer_append_text(buffer, "&gt;");
        break;
    case '"':
        buffer_append_text(buffer, "&quot;");
        break;
    case '\'':
        buffer_append_text(buffer, "&#39;");
        break;
    default:
        if (!utf8_is_control(character) || character == '\n' || character == '\t') {
            buffer_append(buffer, &character, 1);
        }
    }
}

void buffer_append_xml(struct buffer *buffer, const char *text)
{
    size_t length = 0;
    for (; *text; text += length) {
        uint32_t character = utf8_read(text, UTF8_MOST_BYTES, &length);
        if (!is_xml(character)) {
            buffer_append_text(buffer, REPLACEMENT);
        } else if (length == 1) {
            append_xml_character(buffer, (unsigned char)*text);
        } else {
            buffer_append(buffer, text, length);
        }
    }
}

/* The letter that stands for a character behind a backslash, or 0. */
static char json_letter(uint32_t character)
{
    switch (character) {
    case '"':
    case '\\':
        return (char)character;
    case '\n':
        return 'n';
    case '\t':
        return 't';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

void buffer_append_json(struct buffer *buffer, const char *text)
{
    size_t length = 0;
    buffer_append_text(buffer, "\"");
    for (; *text; text += length) {
        uint32_t character = utf8_read(text, UTF8_MOST_BYTES, &length);
        char letter = json_letter(character);
        if (letter) {
            buffer_appendf(buffer, "\\%c", letter);
        } else if (character == UTF8_INVALID) {
            buffer_append_text(buffer, REPLACEMENT);
        } else if (utf8_is_control(character)) { /* those of Unicode, too, end lines and move terminals */
            buffer_appendf(buffer, "\\u%04x", (unsigned)character);
        } else {
            buffer_append(buffer, text, length);
        }
    }
    buffer_append_text(buffer, "\"");
}

void buffer_append_line(struct buffer *buffer, const char *text)
{
    size_t length = 0;
    for (; *text; text += length) {
        uint32_t character = utf8_read(text, UTF8_MOST_BYTES, &length);
        if (character == UTF8_INVALID || utf8_is_noncharacter(character)) {
            buffer_append_text(buffer, REPLACEMENT);
        } else if (utf8_is_control(character)) {
            buffer_append_text(buffer, " ");
        } else {
            buffer_append(buffer, text, length);
        }
    }
}

char *buffer_take(struct buffer *buffer, size_t *length)
{
    char *bytes = buffer->bytes ? buffer->bytes : memory_new(1, 1);
    if (length) {
        *length = buffer->length;
    }
    *buffer = (struct buffer){.ceiling = buffer->ceiling};
    return bytes;
}
