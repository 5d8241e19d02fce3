/*
 * words.h - the fixed words of a briefing page, and numbers as its reader writes them.
 */
#ifndef RENDER_BRIEFING_WORDS_H
#define RENDER_BRIEFING_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "symbology/language.h"

enum word {
    WORD_EXERCISE,
    WORD_SITUATION_AS_OF,
    WORD_MADE_AT,
    WORD_PLOT,
    WORD_REVISION,
    WORD_SCALE,
    WORD_LEGEND,
    WORD_LEGEND_CONTINUED,
    WORD_LEGEND_LEFT_OUT,
    WORD_STATUS,
    WORD_CONCEPT,
    WORD_ESTABLISHED,
    WORD_EXPIRED,
    WORD_VERSION,
    WORD_AUTHOR,
    WORD_CONTACT,
    WORD_LIVE_VIEW,
    WORD_DATUM,
    WORD_GRID,
    WORD_GRID_EVERY,
    WORD_GRID_VALUES,
    WORD_GRID_ZONES,
    WORD_GRID_SQUARES,
    WORD_GRID_NOT_HERE,
    WORD_GRID_WITHOUT_VALUE,
    WORD_EAST_LONGITUDE,
    WORD_WEST_LONGITUDE,
    WORD_NORTH_LATITUDE,
    WORD_SOUTH_LATITUDE,
    WORD_NO_RD_GRID,
    WORD_NORTH,
    WORD_NORTH_SAME,
    WORD_NORTH_RIGHT,
    WORD_NORTH_LEFT,
    WORD_GRID_NORTH_SHORT,
    WORD_TRUE_NORTH_SHORT,
    WORD_ANGLE_ENLARGED,
    WORD_COMPLETENESS,
    WORD_OUTSIDE_MAP,
    WORD_ALL_OUTSIDE_MAP,
    WORD_OWNERS,
    WORD_OWNER_COUNT,
    WORD_MISSING_LAYERS,
    WORD_LEFT_OUT_FEATURES,
    WORD_UNPLACED_NUMBERS,
    WORD_UNPLACED_LABELS,
    WORD_SHORTENED_LABELS,
    WORD_SMALL_SYMBOLS,
    WORD_COUNTED_SYMBOLS,
    WORD_HIDDEN_SYMBOLS,
    WORD_LETTER_SYMBOLS,
    WORD_MISSING_LETTERS,
    WORD_BEYOND_SCALE,
    WORD_LAYERS_OUTSIDE,
    WORD_LAYERS_PARTIAL,
    WORD_MEANT_FOR,
    WORD_NONE,
    WORD_NOTHING,
    WORD_SOURCES,
    WORD_SOURCE_AS_OF,
    WORD_MORE_ON_NEXT_PAGE,
    WORD_MORE_AT_END,
    WORD_MORE_LEFT_OUT,
    WORD_MORE_IN_FULL,
    WORD_IN_FULL_ON_NEXT_PAGE,
    WORD_IN_FULL_AT_END,
    WORD_CONTINUED,
    WORD_CHECKSUM,
    WORD_PAGE_OF,
    WORD_SYMBOL_SHEET,
    WORD_SYMBOLS,
    WORD_FULL,
    WORD_SMALL,
    WORD_DOT,
    WORD_FEATURES,
    WORD_COLUMN_NUMBER,
    WORD_COLUMN_WHAT,
    WORD_COLUMN_TEXT,
    WORD_COLUMN_SHEET,
    WORD_COLUMN_SIZE,
    WORD_COLUMN_RD,
    WORD_COLUMN_WGS84,
    WORD_COLUMN_SINCE,
    WORD_COLUMN_OWNER,
    WORD_COLUMN_TRUST,
    WORD_FEATURES_LEFT_OUT,
    WORD_NUMBERS_OFF_MAP,
    WORD_MAP_SHOWS,
    WORD_MAP_HOLDS,
    WORD_MAP_NUMBERS,
    WORD_OVERVIEW_SHOWS,
    WORD_BESIDE_MAP,
    WORD_ACTIVITY,
    WORD_GRIP,
    WORD_VALID_UNTIL,
    WORD_RUN_OUT, /* of a validity */
    WORD_NEXT_UPDATE,
    WORD_CHECK,
    WORD_CHECK_WITHOUT_NET,
    WORD_ABOUT_MAP,
    WORD_PAGE,
    WORD_SHEET_OF,
    WORD_INDEX,
    WORD_SHEETS_LEFT_OUT,
    WORD_BEFORE,
    WORD_NOW,
    WORD_COUNT
};

/** Borrowed for ever. The words with a %-field are for words_format(). */
const char *words_text(enum word word, enum language language);

/** Between a heading and what it heads: French has a blank on both sides of a colon. Borrowed for ever. */
const char *words_colon(enum language language);

/** "Legenda / Legend": a word in one language or in two, where they differ. Returns text. */
char *words_pair(enum word word, struct language_pair languages, char text[static 160]);

/** The same of any two texts. Returns text. */
char *words_beside(const char *first, const char *second, char text[static 160]);

/** "Wat\nWhat": two texts below each other, for the head of a column; one when they are the same. Returns
 * text. */
char *words_stacked(const char *first, const char *second, char text[static 160]);

/** As snprintf, with the word as the format. Returns text. */
char *words_format(char *text, size_t size, enum word word, enum language language, ...);

/** "1 : 25 000"; digits in groups of three, a fraction only where there is one. Returns text. */
char *words_scale(double denominator, char text[static 32]);

/** The same with blanks at which no line is broken, for running text. Returns text. */
char *words_scale_unbroken(double denominator, char text[static 64]);

/** A number without superfluous decimals, with the language's decimal sign: "102,5". Returns text. */
char *words_number(double value, int most_decimals, enum language language, char text[static 32]);

/** "500 m", "1 km", "2,5 km". Returns text. */
char *words_distance(double metres, enum language language, char text[static 40]);

#endif
