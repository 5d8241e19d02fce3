/*
 * symbol_set_read.c - makes a set from set.yaml, its glyphs and crosswalk, out of the program or out of a
 * folder.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/resource.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "symbology/crosswalk.h"
#include "symbology/look_reader.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "symbology/symbol_set_internal.h"

#define BUILTIN_FOLDER "sets/nl"

static const char *const tab_names[] = {"n", "ne", "e", "se", "s", "sw", "w", "nw", NULL};

static unsigned read_tabs(const struct yaml_node *mapping, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "tabs", problems);
    unsigned tabs = 0;
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_at(list, i);
        int position = 0;
        while (tab_names[position] && strcmp(tab_names[position], yaml_text(item)) != 0) {
            position++;
        }
        if (!tab_names[position]) {
            yaml_problem(item, problems, "must be n, ne, e, se, s, sw, w or nw, not '%.20s'",
                         yaml_text(item));
            continue;
        }
        tabs |= 1u << position;
    }
    if (__builtin_popcount(tabs) > SYMBOL_TAB_MOST) {
        yaml_problem(list, problems, "has more than %d tabs: marks need the other corners", SYMBOL_TAB_MOST);
    }
    return tabs;
}

static void read_owners(const struct yaml_node *root, struct symbol_livery *livery, struct problems *problems)
{
    static const char *const known[] = {"fill", "tabs", NULL};
    const struct yaml_node *owners = yaml_read_mapping(root, "owners", problems);
    yaml_check_keys(owners, symbol_owner_names, problems);
    for (int i = 0; owners && i < OWNER_COUNT; i++) {
        const struct yaml_node *mapping = yaml_read_mapping(owners, symbol_owner_names[i], problems);
        if (mapping) {
            yaml_check_keys(mapping, known, problems);
            livery->owner_fills[i] = look_read_colour(mapping, "fill", livery->owner_fills[i], problems);
            livery->owner_tabs[i] = read_tabs(mapping, problems);
        }
    }
}

static void read_kinds(const struct yaml_node *root, struct symbol_livery *livery, struct problems *problems)
{
    static const char *const known[] = {"fill", "halo", NULL};
    const struct yaml_node *kinds = yaml_read_mapping(root, "kinds", problems);
    yaml_check_keys(kinds, symbol_kind_names, problems);
    for (int i = 0; kinds && i < KIND_COUNT; i++) {
        const struct yaml_node *mapping = yaml_read_mapping(kinds, symbol_kind_names[i], problems);
        if (mapping) {
            yaml_check_keys(mapping, known, problems);
            livery->kind_fills[i] = look_read_colour(mapping, "fill", livery->kind_fills[i], problems);
            livery->kind_halos[i] = look_read_colour(mapping, "halo", livery->kind_halos[i], problems);
        }
    }
}

static void read_group(const struct yaml_node *mapping, struct symbol_set *set, struct problems *problems)
{
    static const char *const known[] = {"id", "priority", "title", NULL};
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems, "must be a group with id and title");
        return;
    }
    yaml_check_keys(mapping, known, problems);
    const char *id = yaml_read_text(mapping, "id", NULL, problems);
    if (id[0] != '\0' && symbol_set_find_group(set, id)) {
        yaml_problem(yaml_find(mapping, "id"), problems, "'%.40s' is already a group", id);
    }
    struct symbol_group *group = &set->groups[set->group_count++];
    group->id = memory_copy_text(id);
    group->priority = (int)yaml_read_number(mapping, "priority", 0, SYMBOL_PRIORITY_MOST,
                                            SYMBOL_PRIORITY_ORDINARY, problems);
    symbol_names_read(mapping, "title", &group->title, problems);
}

static void read_groups(const struct yaml_node *root, struct symbol_set *set, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "groups", problems);
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        read_group(yaml_at(list, i), set, problems);
    }
}

static size_t count_of(const struct yaml_node *root, const char *key)
{
    const struct yaml_node *list = yaml_find(root, key);
    return list ? yaml_count(list) : 0;
}

static bool has_base(const struct yaml_node *root)
{
    return !yaml_is_null(yaml_find(root, "extends"));
}

/* The set that this one extends; NULL when there is none, or it is wrong (said). */
static const struct symbol_set *find_base(const struct yaml_node *root, const struct symbol_set *set,
                                          const struct symbol_library *library, struct problems *problems)
{
    struct symbol_pin pin;
    struct fault fault;
    const struct yaml_node *node = yaml_find(root, "extends");
    if (!has_base(root)) {
        return NULL;
    }
    const char *text = yaml_text(node);
    if (!symbol_pin_parse(text, &pin, &fault)) {
        yaml_problem(node, problems, "%s", fault.message);
        return NULL;
    }
    bool is_same_name = strcmp(pin.set, set->name) == 0;
    if (is_same_name && pin.version >= set->version) {
        yaml_problem(node, problems, "%s@%d can extend earlier versions of '%s' only", set->name,
                     set->version, set->name);
        return NULL;
    }
    const struct symbol_set *base = library ? symbol_library_find(library, pin.set, pin.version) : NULL;
    if (!base) {
        yaml_problem(node, problems, "there is no symbol set %s before this one", text);
    }
    return base;
}

/*
 * What a set is read with whose base is not there, so that its other mistakes are told too: the newest of the
 * name that was meant. NULL when there is none.
 */
static const struct symbol_set *stand_in(const struct yaml_node *root, const struct symbol_library *library)
{
    char name[SYMBOL_PIN_BYTES];
    const char *text = yaml_text(yaml_find(root, "extends"));
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "@"), text);
    return library ? symbol_library_find(library, name, 0) : NULL;
}

static void read_name(const struct yaml_node *root, struct symbol_set *set, struct problems *problems)
{
    char text[SYMBOL_PIN_BYTES];
    struct symbol_pin pin;
    set->name = memory_copy_text(yaml_read_text(root, "set", NULL, problems));
    set->version = (int)yaml_read_number(root, "version", 1, 9999, 1, problems);
    int length = snprintf(text, sizeof text, "%s@%d", set->name, set->version);
    bool is_good = length < (int)sizeof text && symbol_pin_parse(text, &pin, NULL);
    if (set->name[0] != '\0' && !is_good) {
        yaml_problem(yaml_find(root, "set"), problems, "must be a word of 1 to 15 of a-z, 0-9, - and _");
    }
}

static void make_room(const struct yaml_node *root, struct symbol_set *set)
{
    size_t groups = count_of(root, "groups");
    size_t entries = count_of(root, "points") + count_of(root, "lines") + count_of(root, "areas");
    groups += set->base ? set->base->group_count : 0;
    entries += set->base ? set->base->entry_count : 0;
    set->groups = memory_new(groups, sizeof *set->groups);
    set->entries = memory_new(entries, sizeof *set->entries);
    set->are_inherited = memory_new(entries, sizeof *set->are_inherited);
    set->ordered = memory_new(entries, sizeof *set->ordered);
    set->by_id = table_new(NULL);
}

static void check_keys(const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"set",    "version", "title", "owners", "kinds",
                                        "groups", "points",  "lines", "areas",  NULL};
    static const char *const known_of_overlays[] = {"set",    "version", "title", "extends", "changes",
                                                    "groups", "points",  "lines", "areas",   NULL};
    yaml_check_keys(root, has_base(root) ? known_of_overlays : known, problems);
}

/* Owners, kinds and groups; those of the base hold in a set that extends it. */
static void read_families(const struct yaml_node *root, struct symbol_set *set, struct problems *problems)
{
    if (set->base) {
        symbol_set_inherit(set);
    } else {
        read_owners(root, &set->livery, problems);
        read_kinds(root, &set->livery, problems);
    }
    read_groups(root, set, problems);
}

static size_t place_of(const struct symbol_set *set, const struct symbol_entry *entry)
{
    const struct symbol_group *group = symbol_set_find_group(set, entry->group);
    size_t place = group ? (size_t)(group - set->groups) : set->group_count;
    return (size_t)entry->geometry * (set->group_count + 1) + place;
}

/* By geometry and group; within a group as they were read. */
static void put_in_order(const struct symbol_set *set)
{
    for (size_t i = 0; i < set->entry_count; i++) {
        size_t place = i;
        while (place > 0 && place_of(set, set->ordered[place - 1]) > place_of(set, &set->entries[i])) {
            set->ordered[place] = set->ordered[place - 1];
            place--;
        }
        set->ordered[place] = &set->entries[i];
    }
}

static struct symbol_set *read_root(const struct yaml_node *root, const struct symbol_library *library,
                                    struct problems *problems)
{
    struct symbol_set *set = memory_new(1, sizeof *set);
    read_name(root, set, problems);
    set->base = find_base(root, set, library, problems);
    if (has_base(root) && !set->base) {
        set->base = stand_in(root, library);
    }
    make_room(root, set);
    check_keys(root, problems);
    symbol_names_read(root, "title", &set->title, problems);
    if (has_base(root) && !set->base) {
        return set; /* without any base nearly everything else in it would be a mistake */
    }
    read_families(root, set, problems);
    symbol_entries_read(root, "points", GEOMETRY_POINT, set, problems);
    symbol_entries_read(root, "lines", GEOMETRY_LINE, set, problems);
    symbol_entries_read(root, "areas", GEOMETRY_AREA, set, problems);
    if (set->base) {
        symbol_changes_read(root, set, problems);
    }
    symbol_centres_check(root, set, problems);
    symbol_replacements_check(root, set, problems);
    put_in_order(set);
    return set;
}

/* What others call the entries: beside the set, when it is there. */
static void read_crosswalk(struct symbol_set *set, const char *folder, struct problems *problems)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/crosswalk.yaml", folder ? folder : BUILTIN_FOLDER);
    const struct resource *yaml = folder ? NULL : resource_find(symbology_resources, path);
    struct yaml_document *document = NULL;
    if (yaml) {
        document = yaml_document_parse(yaml->name, yaml->bytes, yaml->length, problems);
    } else if (folder && file_exists(path)) {
        document = yaml_document_read(path, problems);
    }
    if (document) {
        set->crosswalk = crosswalk_read(yaml_document_root(document), set, problems);
        yaml_document_free(document);
    }
}

/*
 * Takes the document, which may be NULL, and gives the set, or NULL when there were errors. A folder of NULL:
 * the set is part of the program.
 */
static struct symbol_set *read_document(struct yaml_document *document, const struct symbol_library *library,
                                        const char *folder, struct problems *problems)
{
    if (!document) {
        return NULL;
    }
    size_t errors_before = problems->error_count;
    struct symbol_set *set = read_root(yaml_document_root(document), library, problems);
    if (folder) {
        symbol_glyphs_load_folder(set, folder, problems);
    } else {
        symbol_glyphs_load_builtin(set, BUILTIN_FOLDER, problems);
    }
    symbol_entries_link(yaml_document_root(document), set, problems);
    read_crosswalk(set, folder, problems);
    yaml_document_free(document);
    if (problems->error_count > errors_before) {
        symbol_set_free(set);
        return NULL;
    }
    return set;
}

struct symbol_set *symbol_set_new_builtin(struct problems *problems)
{
    const struct resource *yaml = resource_find(symbology_resources, BUILTIN_FOLDER "/set.yaml");
    if (!yaml) {
        problems_add(problems, PROBLEM_ERROR, BUILTIN_FOLDER "/set.yaml", 0, "",
                     "is not part of the program");
        return NULL;
    }
    return read_document(yaml_document_parse(yaml->name, yaml->bytes, yaml->length, problems), NULL, NULL,
                         problems);
}

struct symbol_set *symbol_set_read(const char *folder, const struct symbol_library *library,
                                   struct problems *problems)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/set.yaml", folder);
    return read_document(yaml_document_read(path, problems), library, folder, problems);
}
