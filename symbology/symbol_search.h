/*
 * symbol_search.h - finds entries of a symbol set by what somebody types: words of their names in any of the
 * four languages, ids, letters, aliases, and what others call them. Best first.
 */
#ifndef SYMBOLOGY_SYMBOL_SEARCH_H
#define SYMBOLOGY_SYMBOL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/language.h"
#include "symbology/symbol_set.h"

#define SYMBOL_SEARCH_MOST_BYTES 200 /* of the words; the rest does not count */

/** What is asked for; all zero: every entry that is not deprecated. Texts are borrowed. */
struct symbol_search {
    const char *words; /* NULL or "": any. Each must be found; capitals and accents do not count */
    const char *group; /* id of a group; NULL: any */
    bool has_geometry;
    enum symbol_geometry geometry;
    enum language language; /* a name in it counts more */
    bool with_deprecated;
};

/**
 * A word is found where it begins a word; three letters or more are found inside of one too, behind all
 * others ("voertuig" in "brandweervoertuig").
 * @param entries  out: room for symbol_set_count(); borrowed from the set, those equally good in its order
 * @return how many were found
 */
size_t symbol_search_run(const struct symbol_set *set, const struct symbol_search *search,
                         const struct symbol_entry **entries);

#endif
