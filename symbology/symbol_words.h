/*
 * symbol_words.h - what the parts of a symbol are called, in four languages: for legends, books and lists.
 */
#ifndef SYMBOLOGY_SYMBOL_WORDS_H
#define SYMBOLOGY_SYMBOL_WORDS_H

#include "symbology/language.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

/* Borrowed for ever; without a capital, except where the language has one. */

const char *symbol_status_title(enum symbol_status status, enum language language);
const char *symbol_trust_title(enum symbol_trust trust, enum language language);
const char *symbol_kind_title(enum symbol_kind kind, enum language language);
const char *symbol_owner_title(enum symbol_owner owner, enum language language);

const char *text_slot_words(enum text_slot slot, enum language language);
const char *palette_title(enum palette palette, enum language language);

#endif
