/*
 * symbol_book_words.h - the fixed words of the symbol book.
 */
#ifndef RENDER_BRIEFING_SYMBOL_BOOK_WORDS_H
#define RENDER_BRIEFING_SYMBOL_BOOK_WORDS_H

#include <stddef.h>

#include "symbology/language.h"

enum book_word {
    BOOK_TITLE,
    BOOK_EDITION, /* %s set @ version */
    BOOK_COUNTS,  /* %zu points, lines, areas */
    BOOK_PALETTE, /* %s */
    BOOK_CONTENTS,
    BOOK_READING,
    BOOK_READING_LEAD,
    BOOK_PART_KIND,
    BOOK_PART_OWNER,
    BOOK_PART_GLYPH,
    BOOK_PART_STATUS,
    BOOK_PART_TRUST,
    BOOK_PART_COUNT,
    BOOK_PART_VICTIMS,
    BOOK_PART_NAME,
    BOOK_CODE,
    BOOK_CODE_SET,
    BOOK_CODE_ENTITY,
    BOOK_CODE_STATUS,
    BOOK_CODE_TRUST,
    BOOK_CODE_TEXTS,
    BOOK_TEXTS,
    BOOK_ROTATION,
    BOOK_DETAIL,
    BOOK_PARTS,
    BOOK_KINDS,
    BOOK_OWNERS,
    BOOK_STATUSES,
    BOOK_TRUSTS,
    BOOK_DETAILS,
    BOOK_PALETTES,
    BOOK_LINES_AND_AREAS,
    BOOK_NAME_AND_CODE,
    BOOK_ELSEWHERE,
    BOOK_MATCHES,
    BOOK_DEPRECATED,
    BOOK_REPLACED_BY, /* %s */
    BOOK_INDEX,
    BOOK_WORD_COUNT
};

/** Borrowed for ever. The words with a %-field go through book_words_format(). */
const char *book_words(enum book_word word, enum language language);

/** As snprintf, with the word as the format. Returns text. */
char *book_words_format(char *text, size_t size, enum book_word word, enum language language, ...);

#endif
