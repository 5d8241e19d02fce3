/*
 * word.h - the word that somebody probably meant.
 */
#ifndef GEO_BASE_WORD_H
#define GEO_BASE_WORD_H

/**
 * The one of the NULL-terminated known words that differs least from word, or NULL when none is near: one
 * letter of a short word, two of a longer one, may be missing, too many or wrong. Borrowed from known.
 */
const char *word_nearest(const char *word, const char *const known[]);

#endif
