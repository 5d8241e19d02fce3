/*
 * utf8.c - a NUL continues no character, so nothing behind the end of a text is ever looked at.
 */
#include "geo/base/utf8.h"

/* How many bytes a character has whose first byte this is; 0 when none begins with it. */
static size_t count_of(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

uint32_t utf8_read(const char *text, size_t left, size_t *length)
{
    static const uint32_t least[UTF8_MOST_BYTES + 1] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)text[0];
    size_t count = count_of(first);
    *length = 1;
    if (count == 0 || count > left) {
        return UTF8_INVALID;
    }
    uint32_t character = count == 1 ? first : first & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return UTF8_INVALID;
        }
        character = character << 6 | (text[i] & 0x3Fu);
    }
    bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < least[count] || character > 0x10FFFF || is_surrogate) {
        return UTF8_INVALID;
    }
    *length = count;
    return character;
}

bool utf8_is_noncharacter(uint32_t character)
{
    return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
}

bool utf8_is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
           character == 0x2029;
}
