/*
 * word.h - the word that somebody probably meant.
 */
#ifndef GEO_BASE_WORD_H
#define GEO_BASE_WORD_H

#include <stddef.h>

/** How many letters must be put in, left out or changed to make b of a; only the first 64 bytes count. */
size_t word_distance(const char *a, const char *b);

/**
 * The one of the NULL-terminated known words that differs least from word, or NULL when none is near: one
 * letter of a short word, two of a longer one, may be missing, too many or wrong. Borrowed from known.
 */
const char *word_nearest(const char *word, const char *const known[]);

#endif
