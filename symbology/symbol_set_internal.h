/*
 * symbol_set_internal.h - what a symbol set is made of, for the files that make and search it.
 */
#ifndef SYMBOLOGY_SYMBOL_SET_INTERNAL_H
#define SYMBOLOGY_SYMBOL_SET_INTERNAL_H

#include "symbology/symbol_set.h"

struct resource;
struct table;
struct yaml_node;

#define SYMBOL_PRIORITY_MOST 99
#define SYMBOL_PRIORITY_ORDINARY 9 /* of a group that says nothing */

struct symbol_group {
    char *id;
    struct multilingual title;
    int priority;
};

/** How kinds and owners of a set look, before entries get their share. */
struct symbol_livery {
    struct colour owner_fills[OWNER_COUNT]; /* alpha 0: not given */
    unsigned owner_tabs[OWNER_COUNT];
    struct colour kind_fills[KIND_COUNT]; /* alpha 0: as the owner */
    struct colour kind_halos[KIND_COUNT];
};

struct symbol_set {
    char *name;
    int version;
    struct multilingual title;
    const struct symbol_set *base; /* that it extends, or NULL; borrowed */
    struct symbol_livery livery;
    struct symbol_group *groups;
    size_t group_count;
    struct symbol_entry *entries; /* inherited ones first, then in the order of the file */
    size_t entry_count;
    bool *are_inherited;                 /* of each entry: it is as in the base */
    const struct symbol_entry **ordered; /* the entries as symbol_set_at() gives them */
    struct crosswalk *crosswalk;         /* owned; of this set itself, or NULL */
    struct table *by_id;                 /* ids and aliases; values are entries */
};

/** The files of the sets that are part of the program. */
extern const struct resource *symbology_resources;

/** NULL-terminated, in the order of their enums. */
extern const char *const symbol_kind_names[KIND_COUNT + 1];
extern const char *const symbol_owner_names[OWNER_COUNT + 1];

/** Reads the drawings of the points, out of the program or out of a folder. */
void symbol_glyphs_load_builtin(struct symbol_set *set, const char *folder, struct problems *problems);
void symbol_glyphs_load_folder(struct symbol_set *set, const char *folder, struct problems *problems);

/** Reads entries of one section (points, lines or areas) and adds them to the set. */
void symbol_entries_read(const struct yaml_node *root, const char *section, enum symbol_geometry geometry,
                         struct symbol_set *set, struct problems *problems);

/** Copies the groups, livery and entries of set->base; entries has room for them already. */
void symbol_set_inherit(struct symbol_set *set);

/** Reads the changes to inherited entries. */
void symbol_changes_read(const struct yaml_node *root, struct symbol_set *set, struct problems *problems);

/** Names areas whose centre is no point of the set. */
void symbol_centres_check(const struct yaml_node *root, const struct symbol_set *set,
                          struct problems *problems);

/** Ties areas to their centre symbols and marks to their glyphs; names those that the set has not. */
void symbol_entries_link(const struct yaml_node *root, struct symbol_set *set, struct problems *problems);

/** Names deprecated entries that lead nowhere: to what is not there, is deprecated too, or is no such shape.
 */
void symbol_replacements_check(const struct yaml_node *root, const struct symbol_set *set,
                               struct problems *problems);

/** All that the base shape of an entry accepts. */
void symbol_entry_accept_all(struct symbol_entry *entry);

/** Sets what the entry accepts to what the field "accepts" of its mapping says; without that field it stays.
 */
void symbol_accepts_read(const struct yaml_node *mapping, struct symbol_entry *entry,
                         struct problems *problems);

/** Reads "deprecated" and "replaced_by". */
void symbol_deprecation_read(const struct yaml_node *mapping, struct symbol_entry *entry,
                             struct problems *problems);

/** Reads "letters" and "aliases" of an entry of the set. */
void symbol_letters_read(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                         struct problems *problems);
void symbol_aliases_read(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                         struct problems *problems);

void symbol_entry_finish(struct symbol_entry *entry);

/** Reads a text in several languages; Dutch is required. */
void symbol_names_read(const struct yaml_node *mapping, const char *key, struct multilingual *names,
                       struct problems *problems);

const struct symbol_group *symbol_set_find_group(const struct symbol_set *set, const char *id);

#endif
