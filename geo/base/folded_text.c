/*
 * folded_text.c - a table for the letters of U+00C0 to U+017F; each becomes one or two plain letters, so a
 * folded text is never longer than its UTF-8.
 */
#include "geo/base/folded_text.h"

#include <stddef.h>
#include <string.h>

#include "geo/base/memory.h"

#define FIRST 0xC0u
#define LAST 0x17Fu

/* Two characters for each letter; a blank behind a single one. Signs among the letters stand for themselves:
   two blanks. */
static const char plain[] =
    /* 00C0 */ "a a a a a a aec e e e e i i i i "
               /* 00D0 */ "d n o o o o o   o u u u u y thss"
               /* 00E0 */ "a a a a a a aec e e e e i i i i "
               /* 00F0 */ "d n o o o o o   o u u u u y thy "
               /* 0100 */ "a a a a a a c c c c c c c c d d "
               /* 0110 */ "d d e e e e e e e e e e g g g g "
               /* 0120 */ "g g g g h h h h i i i i i i i i "
               /* 0130 */ "i i ijijj j k k k l l l l l l l "
               /* 0140 */ "l l l n n n n n n n n n o o o o "
               /* 0150 */ "o o oeoer r r r r r s s s s s s "
               /* 0160 */ "s s t t t t t t u u u u u u u u "
               /* 0170 */ "u u u u w w y y y z z z z z z s ";

_Static_assert(sizeof(plain) == 2 * (LAST - FIRST + 1) + 1, "two characters for each letter");

/** The letter of two bytes at text, 0 when there is none of the table. */
static unsigned letter_at(const unsigned char *text)
{
    unsigned letter = 0;
    if (text[0] >= 0xC3 && text[0] <= 0xC5 && (text[1] & 0xC0) == 0x80) {
        letter = (text[0] & 0x1Fu) << 6 | (text[1] & 0x3Fu);
    }
    return letter >= FIRST && letter <= LAST && plain[2 * (letter - FIRST)] != ' ' ? letter : 0;
}

char *text_fold(const char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    char *folded = memory_new(strlen(text) + 1, 1);
    char *to = folded;
    while (*from) {
        unsigned letter = letter_at(from);
        if (letter) {
            const char *letters = &plain[2 * (letter - FIRST)];
            *to++ = letters[0];
            if (letters[1] != ' ') {
                *to++ = letters[1];
            }
            from += 2;
        } else {
            *to++ = *from >= 'A' && *from <= 'Z' ? (char)(*from - 'A' + 'a') : (char)*from;
            from++;
        }
    }
    return folded;
}
