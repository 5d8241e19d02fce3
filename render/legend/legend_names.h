/*
 * legend_names.h - what legends and tables call a symbol, and the order that its group comes in.
 */
#ifndef RENDER_LEGEND_NAMES_H
#define RENDER_LEGEND_NAMES_H

#include <stddef.h>

#include "symbology/language.h"

struct symbol_code;
struct symbol_entry;
struct symbol_library;
struct symbol_set;

/** "Bluswatervoorziening (gepland)". entry NULL: "Onbekend symbool: …". Owned by the caller. */
char *legend_symbol_name(const struct symbol_entry *entry, const struct symbol_code *code,
                         enum language language);

/** Where the first symbol of a group stands among those of all sets: sets share their groups. */
size_t legend_group_rank(const struct symbol_library *symbols, const char *group);

/** The title of an entry's group in the set of a code; "" for an entry that is NULL. Borrowed from the set.
 */
const char *legend_group_name(const struct symbol_library *symbols, const struct symbol_entry *entry,
                              const struct symbol_code *code, enum language language);

#endif
