/*
 * symbol_set_internal.h - what a symbol set is made of, for the files that make and search it.
 */
#ifndef SYMBOLOGY_SYMBOL_SET_INTERNAL_H
#define SYMBOLOGY_SYMBOL_SET_INTERNAL_H

#include "symbology/symbol_set.h"

struct table;
struct yaml_node;

struct symbol_group {
    char *id;
    struct multilingual title;
    int priority;
};

struct symbol_set {
    char *name;
    int version;
    struct multilingual title;
    struct symbol_group *groups;
    size_t group_count;
    struct symbol_entry *entries;
    size_t entry_count;
    struct table *by_id; /* ids and aliases; values are entries */
};

/** NULL-terminated, in the order of their enums. */
extern const char *const symbol_kind_names[KIND_COUNT + 1];
extern const char *const symbol_owner_names[OWNER_COUNT + 1];

/** How kinds and owners of a set look, before entries get their share. */
struct symbol_livery {
    struct colour owner_fills[OWNER_COUNT]; /* alpha 0: not given */
    unsigned owner_tabs[OWNER_COUNT];
    struct colour kind_fills[KIND_COUNT]; /* alpha 0: as the owner */
    struct colour kind_halos[KIND_COUNT];
};

/** The elements of a point's glyph, owned by the caller; NULL when there is none, or it is wrong (said). */
typedef char *symbol_glyph_loader(const void *context, const char *id, struct problems *problems);

/** Reads entries of one section (points, lines or areas) and adds them to the set. */
void symbol_entries_read(const struct yaml_node *root, const char *section, enum symbol_geometry geometry,
                         const struct symbol_livery *livery, struct symbol_set *set,
                         struct problems *problems);

/** Reads a text in several languages; Dutch is required. */
void symbol_names_read(const struct yaml_node *mapping, const char *key, struct multilingual *names,
                       struct problems *problems);

const struct symbol_group *symbol_set_find_group(const struct symbol_set *set, const char *id);

#endif
