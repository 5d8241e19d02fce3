/*
 * utf8.h - characters of text that came from outside (RFC 3629).
 */
#ifndef GEO_BASE_UTF8_H
#define GEO_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX
#define UTF8_MOST_BYTES 4 /* of one character */

/**
 * The code point that text begins with, or UTF8_INVALID.
 * @param left   how many bytes may be looked at; UTF8_MOST_BYTES for a text that ends with a NUL
 * @param length becomes the number of its bytes; 1 when they are invalid
 */
uint32_t utf8_read(const char *text, size_t left, size_t *length);

/** Does Unicode keep it for nobody (U+FFFE, U+FDD0 …)? Cairo gives up a whole page with one in it. */
bool utf8_is_noncharacter(uint32_t character);

/** Is it a control character or the end of a line: what moves a terminal or tears a line of a log apart? */
bool utf8_is_control(uint32_t character);

#endif
