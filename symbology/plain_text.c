/*
 * plain_text.c - walks the characters once (RFC 3629), each as its code point.
 */
#include "symbology/plain_text.h"

#include <stdbool.h>
#include <stdint.h>

#define NOT_UTF8 UINT32_MAX

/* The code point at text, and its bytes; NOT_UTF8 when there is none. */
static uint32_t read_character(const unsigned char *text, size_t left, size_t *bytes)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = text[0];
    size_t count = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (count == 0 || count > left || first > 0xF4) {
        return NOT_UTF8;
    }
    uint32_t character = count == 1 ? first : first & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return NOT_UTF8;
        }
        character = character << 6 | (text[i] & 0x3Fu);
    }
    bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < least[count] || character > 0x10FFFF || is_surrogate) {
        return NOT_UTF8;
    }
    *bytes = count;
    return character;
}

static const char *character_refusal(uint32_t character)
{
    if (character == NOT_UTF8) {
        return "is not valid UTF-8";
    }
    if (character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
        character == 0x2029) {
        return "holds a control character or line break";
    }
    if ((character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069)) {
        return "holds a character that turns the reading direction";
    }
    return (character & 0xFFFE) == 0xFFFE ? "holds a character that is none (U+FFFE or U+FFFF)" : NULL;
}

const char *plain_text_refusal(const char *text, size_t length)
{
    size_t bytes = 1;
    for (size_t i = 0; i < length; i += bytes) {
        const char *refusal =
            character_refusal(read_character((const unsigned char *)text + i, length - i, &bytes));
        if (refusal) {
            return refusal;
        }
    }
    return NULL;
}
