/*
 * symbol_book_example.c - which entries of the first set show what is explained.
 */
#include <stddef.h>

#include "render/book/symbol_book_internal.h"

const struct symbol_set *book_first_set(const struct book *book)
{
    return book->order->sets[0];
}

const struct symbol_entry *
book_find_entry(const struct book *book, bool (*fits)(const struct symbol_entry *entry, int value), int value)
{
    const struct symbol_set *set = book_first_set(book);
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (!entry->is_deprecated && fits(entry, value)) {
            return entry;
        }
    }
    return NULL;
}

bool book_is_of_geometry(const struct symbol_entry *entry, int geometry)
{
    return (int)entry->geometry == geometry;
}

bool book_is_of_kind(const struct symbol_entry *entry, int kind)
{
    return entry->geometry == GEOMETRY_POINT && (int)entry->kind == kind;
}

static bool is_example(const struct symbol_entry *entry, int value)
{
    (void)value;
    bool is_place = entry->kind == KIND_SITE || entry->kind == KIND_MOBILE;
    return entry->geometry == GEOMETRY_POINT && is_place && entry->tabs != 0 && entry->glyph;
}

const struct symbol_entry *book_example(const struct book *book)
{
    const struct symbol_entry *entry = book_find_entry(book, is_example, 0);
    return entry ? entry : book_find_entry(book, book_is_of_geometry, GEOMETRY_POINT);
}
