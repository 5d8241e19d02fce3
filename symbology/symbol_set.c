/*
 * symbol_set.c - a set once it is read: found by id, immutable, so safe from many threads.
 */
#include "symbology/symbol_set.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "geo/base/word.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set_internal.h"

const char *const symbol_kind_names[KIND_COUNT + 1] = {"incident", "hazard", "site",   "mobile",
                                                       "unit",     "person", "object", "measure",
                                                       "poi",      "note",   "plate",  NULL};
const char *const symbol_owner_names[OWNER_COUNT + 1] = {"general",      "fire",  "medical", "police",
                                                         "municipality", "water", "defence", "rail",
                                                         "utility",      "ngo",   "foreign", NULL};

const char *symbol_geometry_name(enum symbol_geometry geometry)
{
    static const char *const names[] = {
        [GEOMETRY_POINT] = "point", [GEOMETRY_LINE] = "line", [GEOMETRY_AREA] = "area"};
    return names[geometry];
}

const char *symbol_kind_name(enum symbol_kind kind)
{
    return symbol_kind_names[kind];
}

const char *symbol_owner_name(enum symbol_owner owner)
{
    return symbol_owner_names[owner];
}

const char *symbol_set_name(const struct symbol_set *set)
{
    return set->name;
}

int symbol_set_version(const struct symbol_set *set)
{
    return set->version;
}

const struct multilingual *symbol_set_title(const struct symbol_set *set)
{
    return &set->title;
}

const struct symbol_set *symbol_set_base(const struct symbol_set *set)
{
    return set->base;
}

const struct crosswalk *symbol_set_crosswalk(const struct symbol_set *set)
{
    bool is_inherited = !set->crosswalk && set->base;
    return is_inherited ? symbol_set_crosswalk(set->base) : set->crosswalk;
}

size_t symbol_set_count(const struct symbol_set *set)
{
    return set->entry_count;
}

const struct symbol_entry *symbol_set_at(const struct symbol_set *set, size_t index)
{
    assert(index < set->entry_count);
    return set->ordered[index];
}

const struct symbol_entry *symbol_set_find(const struct symbol_set *set, const char *entity)
{
    return table_find(set->by_id, entity);
}

struct alias_visit {
    void (*visit)(const char *alias, const struct symbol_entry *entry, void *context);
    void *context;
};

static bool visit_id(const char *id, void *value, void *context)
{
    const struct alias_visit *visit = context;
    const struct symbol_entry *entry = value;
    if (strcmp(id, entry->id) != 0) {
        visit->visit(id, entry, visit->context);
    }
    return true;
}

void symbol_set_visit_aliases(const struct symbol_set *set,
                              void (*visit)(const char *alias, const struct symbol_entry *entry,
                                            void *context),
                              void *context)
{
    struct alias_visit all = {visit, context};
    table_visit(set->by_id, visit_id, &all);
}

const struct symbol_group *symbol_set_find_group(const struct symbol_set *set, const char *id)
{
    for (size_t i = 0; i < set->group_count; i++) {
        if (strcmp(set->groups[i].id, id) == 0) {
            return &set->groups[i];
        }
    }
    return NULL;
}

const char *symbol_set_group_title(const struct symbol_set *set, const char *group, enum language language)
{
    const struct symbol_group *found = symbol_set_find_group(set, group);
    return found ? multilingual_text(&found->title, language) : "";
}

const char *symbol_set_hint(const struct symbol_set *set, const char *entity,
                            char hint[static SYMBOL_HINT_BYTES])
{
    const char **ids = memory_new(set->entry_count + 1, sizeof *ids);
    for (size_t i = 0; i < set->entry_count; i++) {
        ids[i] = set->entries[i].id;
    }
    const char *nearest = word_nearest(entity, ids);
    hint[0] = '\0';
    if (nearest) {
        snprintf(hint, SYMBOL_HINT_BYTES, "; the nearest is '%s'", nearest);
    }
    free(ids);
    return hint;
}

void symbol_entry_finish(struct symbol_entry *entry)
{
    free(entry->id);
    free(entry->group);
    free(entry->letters);
    free(entry->glyph);
    free(entry->reference);
    free(entry->centre);
    free(entry->mark);
    free(entry->replaced_by);
    multilingual_finish(&entry->name);
}

void symbol_set_free(struct symbol_set *set)
{
    if (!set) {
        return;
    }
    for (size_t i = 0; i < set->entry_count; i++) {
        symbol_entry_finish(&set->entries[i]);
    }
    for (size_t i = 0; i < set->group_count; i++) {
        free(set->groups[i].id);
        multilingual_finish(&set->groups[i].title);
    }
    free(set->entries);
    free(set->are_inherited);
    free(set->ordered);
    free(set->groups);
    free(set->name);
    multilingual_finish(&set->title);
    table_free(set->by_id);
    crosswalk_free(set->crosswalk);
    free(set);
}
