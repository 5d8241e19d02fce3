/*
 * symbol_library.h - all symbol sets that are at hand, each in one or more versions, side by side.
 *
 * The Dutch set is part of the program. Others come from folders: a set of its own, a later version, or the
 * overlay of an organisation, which extends another set with symbols and names of its own. A code names set
 * and version, so a plot drawn with version 1 keeps its look when version 2 comes.
 */
#ifndef SYMBOLOGY_SYMBOL_LIBRARY_H
#define SYMBOLOGY_SYMBOL_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct fault;
struct problems;
struct symbol_code;
struct symbol_entry;
struct symbol_library;
struct symbol_set;

/** With the built-in sets. Owned, symbol_library_free(). NULL when one of them has errors. */
struct symbol_library *symbol_library_new(struct problems *problems);
void symbol_library_free(struct symbol_library *library);

/**
 * Adds the set of a folder with set.yaml and glyphs/. A set it extends must be there already. One of the same
 * name and version takes the place of a built-in one, and is an error otherwise. False when there are errors;
 * all are named.
 */
bool symbol_library_add(struct symbol_library *library, const char *folder, struct problems *problems);

/** By name, then version. Borrowed until the library is freed; immutable, safe from many threads. */
size_t symbol_library_count(const struct symbol_library *library);
const struct symbol_set *symbol_library_at(const struct symbol_library *library, size_t index);

/** A set by name and version, 0: its newest. NULL when there is none. */
const struct symbol_set *symbol_library_find(const struct symbol_library *library, const char *name,
                                             int version);

/**
 * The folder that a set was read from, borrowed; NULL: it is part of the program, so it never changes while
 * that runs.
 */
const char *symbol_library_folder(const struct symbol_library *library, const struct symbol_set *set);

/**
 * What codes, lists and new plots mean that name no set. Until one is set it is the newest Dutch set that is
 * part of the program, or what took its place: a draft in a folder is no default by being there.
 * symbol_library_set_default() is for whoever makes the library; the set must be in it.
 */
const struct symbol_set *symbol_library_default(const struct symbol_library *library);
void symbol_library_set_default(struct symbol_library *library, const struct symbol_set *set);

/** The entry of a code. NOT_FOUND names set, version or entity and what there is. */
const struct symbol_entry *symbol_library_resolve(const struct symbol_library *library,
                                                  const struct symbol_code *code, struct fault *fault);

#endif
