/*
 * word.c - edit distance (Levenshtein 1966) with one row of its table; longer words are compared by their
 * beginnings.
 */
#include "geo/base/word.h"

#include <string.h>

#define WORD_MOST_BYTES 64
#define SHORT_WORD_BYTES 4

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t word_distance(const char *a, const char *b)
{
    size_t row[WORD_MOST_BYTES + 1];
    size_t length_a = strnlen(a, WORD_MOST_BYTES);
    size_t length_b = strnlen(b, WORD_MOST_BYTES);
    for (size_t j = 0; j <= length_b; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= length_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[length_b];
}

const char *word_nearest(const char *word, const char *const known[])
{
    const char *nearest = NULL;
    size_t nearest_distance = strlen(word) < SHORT_WORD_BYTES ? 2 : 3;
    for (size_t i = 0; known[i]; i++) {
        size_t between = word_distance(word, known[i]);
        if (between < nearest_distance) {
            nearest = known[i];
            nearest_distance = between;
        }
    }
    return nearest;
}
