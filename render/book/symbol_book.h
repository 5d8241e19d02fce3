/*
 * symbol_book.h - the printed book of symbol sets: how a symbol is read, every entry with all of its forms,
 * and an index of names. A4, as PDF.
 */
#ifndef RENDER_BRIEFING_SYMBOL_BOOK_H
#define RENDER_BRIEFING_SYMBOL_BOOK_H

#include <stddef.h>

#include "symbology/language.h"
#include "symbology/symbol.h"

struct fault;
struct renderer;
struct symbol_set;

#define SYMBOL_BOOK_LANGUAGES 2

struct symbol_book_order {
    const struct symbol_set *const *sets; /* at least one; borrowed */
    size_t set_count;
    enum language languages[SYMBOL_BOOK_LANGUAGES]; /* the first is that of the book */
    size_t language_count;                          /* 1 or 2 */
    enum palette palette;
};

/** @return owned PDF bytes, the same for the same order; NULL on fault */
char *symbol_book_make(struct renderer *renderer, const struct symbol_book_order *order, size_t *length,
                       struct fault *fault);

#endif
