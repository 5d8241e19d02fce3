#include "symbology/import/yaml_text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/utf8.h"

#define REPLACEMENT 0xFFFD

/* YAML 1.1, 5.1: may it stand in a document as it is? */
static bool is_printable(uint32_t character)
{
    return (character >= 0x20 && character <= 0x7E) || (character >= 0xA0 && character <= 0xD7FF) ||
           (character >= 0xE000 && character <= 0xFFFD && character != 0xFEFF) || character >= 0x10000;
}

/* Moves text behind its first character; REPLACEMENT for what is no UTF-8. */
static uint32_t next_character(const char **text, size_t *length)
{
    uint32_t character = utf8_read(*text, UTF8_MOST_BYTES, length);
    *text += *length;
    return character == UTF8_INVALID ? REPLACEMENT : character;
}

static void append_quoted(struct buffer *yaml, const char *text)
{
    buffer_append_text(yaml, "\"");
    while (*text != '\0') {
        const char *start = text;
        size_t length;
        uint32_t character = next_character(&text, &length);
        bool is_invalid = character == REPLACEMENT && length == 1;
        if (character == '"' || character == '\\') {
            buffer_appendf(yaml, "\\%c", (int)character);
        } else if (is_invalid || !is_printable(character)) {
            buffer_appendf(yaml, "\\u%04X", (unsigned)character);
        } else {
            buffer_append(yaml, start, length);
        }
    }
    buffer_append_text(yaml, "\"");
}

/* A word that YAML takes for a text, or a number that is written in one way only. */
static bool is_plain(const char *text)
{
    static const char *const reserved[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && text[digits] == '\0' && digits < 16) {
        return true;
    }
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        size_t length = strlen(reserved[i]);
        if (strlen(text) == length) {
            bool is_same = true;
            for (size_t j = 0; j < length; j++) {
                is_same &= tolower((unsigned char)text[j]) == reserved[i][j];
            }
            if (is_same) {
                return false;
            }
        }
    }
    size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return isalpha((unsigned char)text[0]) && text[letters] == '\0';
}

void yaml_append_text(struct buffer *yaml, const char *text)
{
    if (is_plain(text)) {
        buffer_append_text(yaml, text);
    } else {
        append_quoted(yaml, text);
    }
}

void yaml_append_comment(struct buffer *yaml, const char *text)
{
    while (*text != '\0') {
        const char *start = text;
        size_t length;
        uint32_t character = next_character(&text, &length);
        bool is_fit = is_printable(character) && !(character == REPLACEMENT && length == 1);
        buffer_append(yaml, is_fit ? start : "?", is_fit ? length : 1);
    }
}

void yaml_append_px(struct buffer *yaml, double px)
{
    yaml_append_number(yaml, round(px * 100) / 100);
}

void yaml_append_number(struct buffer *yaml, double number)
{
    buffer_appendf(yaml, "%.15g", number == 0 ? 0.0 : number);
}
