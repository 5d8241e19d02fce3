/*
 * difference_words.h - what changed, in the words of a briefing.
 */
#ifndef RENDER_BRIEFING_DIFFERENCE_WORDS_H
#define RENDER_BRIEFING_DIFFERENCE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "data/plot_difference.h"
#include "render/scene/change_mark.h"
#include "symbology/language.h"

struct symbol_library;

enum difference_word {
    DIFFERENCE_WORD_TITLE,          /* "Wijzigingen" */
    DIFFERENCE_WORD_SINCE,          /* "Wijzigingen sinds %s" */
    DIFFERENCE_WORD_SHORTLY,        /* "sinds %s" */
    DIFFERENCE_WORD_NOTHING,        /* "Niets gewijzigd sinds %s" */
    DIFFERENCE_WORD_NO_PREVIOUS,    /* in short; beside the map */
    DIFFERENCE_WORD_NOTHING_MARKED, /* the same where the table would stand */
    DIFFERENCE_WORD_ELSEWHERE,      /* "… %zu wijzigingen buiten de kaart staan hier niet" */
    DIFFERENCE_WORD_MORE,           /* "… nog %zu wijzigingen passen hier niet" */
    DIFFERENCE_WORD_BEFORE,         /* heading of a column */
    DIFFERENCE_WORD_NOW,
    DIFFERENCE_WORD_CHANGE,
    DIFFERENCE_WORD_WHEN,
    DIFFERENCE_WORD_COUNT
};

const char *difference_word(enum difference_word word, enum language language);

/** "Nieuw", "Gewijzigd" …: the heading of those with a mark; CHANGE_MARK_COUNT: those without. */
const char *difference_mark_title(enum change_mark mark, enum language language);

/**
 * The key of the marks with their numbers: "ring: 3 nieuw; hoeken: 2 gewijzigd; …". Those that there are none
 * of are left out; "" when there are none at all. Owned by the caller.
 */
char *difference_key_words(const size_t counts[static CHANGE_MARK_COUNT], enum language language);

/**
 * What changed of one thing, a line for each. In two languages what is told in words stands twice, below each
 * other, and values once, with their label in both. Owned by the caller.
 */
char *difference_item_words(const struct plot_difference_item *item, const struct symbol_library *symbols,
                            struct language_pair languages);

/**
 * "08-10-2026 10:45 CEST (hollands-diep 12)": the situation before. Where it is of the same moment as the one
 * of now, in an earlier revision, that is when that was recorded, and it is said so. Owned by the caller.
 */
char *difference_since_words(const struct plot_difference *const *differences, size_t count,
                             enum language language);

#endif
