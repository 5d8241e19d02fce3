/*
 * buffer.c - the capacity doubles; a buffer that cannot have more memory counts as full.
 */
#include "geo/base/buffer.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

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

void buffer_appendf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_appendv(buffer, format, arguments);
    va_end(arguments);
}

void buffer_appendv(struct buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    if (!reserve(buffer, (size_t)length)) {
        return;
    }
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, arguments);
    buffer->length += (size_t)length;
}

/* Length in bytes of the valid UTF-8 character that text starts with; 0 when it is not valid. */
static size_t character_length(const unsigned char *text)
{
    if (text[0] < 0x80) {
        return 1;
    }
    size_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (text[0] < 0xC2 || text[0] > 0xF4) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool is_overlong = (text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xF0 && text[1] < 0x90);
    bool is_surrogate = text[0] == 0xED && text[1] > 0x9F;
    bool is_beyond = text[0] == 0xF4 && text[1] > 0x8F;
    return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

/* U+FFFE and U+FFFF are valid UTF-8 but no XML. */
static bool is_noncharacter(const unsigned char *text)
{
    return text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE;
}

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

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
        if ((character >= 0x20 && character != 0x7F) || character == '\n' || character == '\t') {
            buffer_append(buffer, &character, 1);
        }
    }
}

void buffer_append_xml(struct buffer *buffer, const char *text)
{
    const unsigned char *place = (const unsigned char *)text;
    while (*place) {
        size_t length = character_length(place);
        if (length == 1) {
            append_xml_character(buffer, *place);
        } else if (length == 0 || is_noncharacter(place)) {
            buffer_append_text(buffer, REPLACEMENT);
        } else {
            buffer_append(buffer, place, length);
        }
        place += length > 0 ? length : 1;
    }
}

static void append_json_character(struct buffer *buffer, unsigned char character)
{
    switch (character) {
    case '"':
        buffer_append_text(buffer, "\\\"");
        break;
    case '\\':
        buffer_append_text(buffer, "\\\\");
        break;
    case '\n':
        buffer_append_text(buffer, "\\n");
        break;
    case '\t':
        buffer_append_text(buffer, "\\t");
        break;
    case '\r':
        buffer_append_text(buffer, "\\r");
        break;
    default:
        if (character < 0x20 || character == 0x7F) {
            buffer_appendf(buffer, "\\u%04x", character);
        } else {
            buffer_append(buffer, &character, 1);
        }
    }
}

/* U+2028 and U+2029 end a line for JavaScript and for some log readers. */
static bool is_line_separator(const unsigned char *text)
{
    return text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9);
}

void buffer_append_json(struct buffer *buffer, const char *text)
{
    const unsigned char *place = (const unsigned char *)text;
    buffer_append_text(buffer, "\"");
    while (*place) {
        size_t length = character_length(place);
        if (length == 1) {
            append_json_character(buffer, *place);
        } else if (length == 0) {
            buffer_append_text(buffer, REPLACEMENT);
        } else if (is_line_separator(place)) {
            buffer_appendf(buffer, "\\u%s", place[2] == 0xA8 ? "2028" : "2029");
        } else {
            buffer_append(buffer, place, length);
        }
        place += length > 0 ? length : 1;
    }
    buffer_append_text(buffer, "\"");
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
