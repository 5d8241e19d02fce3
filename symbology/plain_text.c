/*
 * plain_text.c - looks at each character once.
 */
#include "symbology/plain_text.h"

#include "geo/base/utf8.h"

static const char *character_refusal(uint32_t character)
{
    if (character == UTF8_INVALID) {
        return "is not valid UTF-8";
    }
    if (utf8_is_control(character)) {
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
        const char *refusal = character_refusal(utf8_read(text + i, length - i, &bytes));
        if (refusal) {
            return refusal;
        }
    }
    return NULL;
}
