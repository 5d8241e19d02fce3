/*
 * verify_words.h - the words of the page that checks briefings, in four languages.
 */
#ifndef RENDER_SERVICE_VERIFY_WORDS_H
#define RENDER_SERVICE_VERIFY_WORDS_H

#include "render/pdf/pdf_seal.h"
#include "symbology/language.h"

enum verify_word {
    VERIFY_TITLE,
    VERIFY_ABOUT,
    VERIFY_CHOOSE,
    VERIFY_CHECK,
    VERIFY_NOT_KEPT,
    VERIFY_KNOWN,
    VERIFY_KNOWN_MORE,
    VERIFY_UNFINISHED,
    VERIFY_UNKNOWN,
    VERIFY_UNKNOWN_MORE,
    VERIFY_SAYS,
    VERIFY_NEWS_NONE,
    VERIFY_NEWS,
    VERIFY_NEWS_COUNTS,
    VERIFY_NEWS_UNKNOWN,
    VERIFY_NEWER_BRIEFING,
    VERIFY_LIVE,
    VERIFY_KEY_FILE,
    VERIFY_LABEL_ID,
    VERIFY_LABEL_TITLE,
    VERIFY_LABEL_ACTIVITY,
    VERIFY_LABEL_MOMENT,
    VERIFY_LABEL_REVISION,
    VERIFY_LABEL_MADE,
    VERIFY_LABEL_MARKING,
    VERIFY_LABEL_CHECKSUM,
    VERIFY_LABEL_TEMPLATE,
    VERIFY_LABEL_MAP,
    VERIFY_LABEL_ORGANISATION,
    VERIFY_LABEL_KEY,
    VERIFY_WORD_COUNT
};

/** Borrowed for ever. VERIFY_NEWS_COUNTS has four %zu: new, changed, moved, ended. */
const char *verify_word(enum verify_word word, enum language language);
const char *verify_verdict_words(enum pdf_seal_verdict verdict, enum language language);

/** PDF_SEAL_APPENDED has one %zu. */
const char *verify_detail_words(enum pdf_seal_detail detail, enum language language);

/** "Nederlands", each in itself. */
const char *verify_language_name(enum language language);

#endif
