/*
 * plain_text.h - is a text from outside fit to be shown?
 *
 * One line of valid UTF-8 without control characters, without the characters that turn the reading
 * direction of what stands around them, and without those that XML forbids.
 */
#ifndef SYMBOLOGY_PLAIN_TEXT_H
#define SYMBOLOGY_PLAIN_TEXT_H

#include <stddef.h>

/**
 * NULL when the text is fit, else what is wrong as the end of a sentence: "is not valid UTF-8". Borrowed for
 * ever.
 */
const char *plain_text_refusal(const char *text, size_t length);

#endif
