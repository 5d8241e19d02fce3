/*
 * symbol_set_overlay.c - a set that extends another: it starts as a copy of its base, then changes what it
 * says is different. Only what was inherited can be changed, and only once.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "symbology/symbol_set_internal.h"

static void copy_names(struct multilingual *names, const struct multilingual *source)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        names->texts[i] = memory_copy_text(source->texts[i]);
    }
}

static struct symbol_entry copy_entry(const struct symbol_entry *source)
{
    struct symbol_entry entry = *source; /* looks are values */
    copy_names(&entry.name, &source->name);
    entry.id = memory_copy_text(source->id);
    entry.group = memory_copy_text(source->group);
    entry.letters = memory_copy_text(source->letters);
    entry.glyph = memory_copy_text(source->glyph);
    entry.reference = memory_copy_text(source->reference);
    entry.centre = memory_copy_text(source->centre);
    entry.mark = memory_copy_text(source->mark);
    entry.replaced_by = memory_copy_text(source->replaced_by);
    return entry;
}

static bool inherit_id(const char *id, void *value, void *context)
{
    struct symbol_set *set = context;
    const struct symbol_entry *entry = value;
    table_put(set->by_id, id, &set->entries[entry - set->base->entries]);
    return true;
}

void symbol_set_inherit(struct symbol_set *set)
{
    const struct symbol_set *base = set->base;
    set->livery = base->livery;
    for (size_t i = 0; i < base->group_count; i++) {
        struct symbol_group *group = &set->groups[set->group_count++];
        *group = (struct symbol_group){.id = memory_copy_text(base->groups[i].id),
                                       .priority = base->groups[i].priority};
        copy_names(&group->title, &base->groups[i].title);
    }
    for (size_t i = 0; i < base->entry_count; i++) {
        set->are_inherited[i] = true;
        set->entries[set->entry_count++] = copy_entry(&base->entries[i]);
    }
    table_visit(base->by_id, inherit_id, set);
}

static bool has(const struct yaml_node *mapping, const char *key)
{
    return !yaml_is_null(yaml_find(mapping, key));
}

static void change(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                   struct problems *problems)
{
    if (has(mapping, "name")) {
        multilingual_finish(&entry->name);
        entry->name = (struct multilingual){.texts = {0}};
        symbol_names_read(mapping, "name", &entry->name, problems);
    }
    if (has(mapping, "letters")) {
        symbol_letters_read(mapping, entry, set, problems);
    }
    if (has(mapping, "reference")) {
        free(entry->reference);
        entry->reference = memory_copy_text(yaml_read_text(mapping, "reference", "", problems));
    }
    entry->priority =
        (int)yaml_read_number(mapping, "priority", 0, SYMBOL_PRIORITY_MOST, entry->priority, problems);
    symbol_aliases_read(mapping, entry, set, problems);
    symbol_accepts_read(mapping, entry, problems);
    symbol_deprecation_read(mapping, entry, problems);
}

/* The entry that may be changed, or NULL when the id names none (said). */
static struct symbol_entry *find_inherited(const struct yaml_node *mapping, const struct symbol_set *set,
                                           struct problems *problems)
{
    char hint[SYMBOL_HINT_BYTES];
    const char *id = yaml_read_text(mapping, "id", NULL, problems);
    const struct yaml_node *node = yaml_find(mapping, "id");
    struct symbol_entry *entry = id[0] != '\0' ? table_find(set->by_id, id) : NULL;
    if (entry && strcmp(entry->id, id) == 0 && set->are_inherited[entry - set->entries]) {
        return entry;
    }
    if (entry && strcmp(entry->id, id) != 0) {
        yaml_problem(node, problems, "'%s' is an alias: change '%s'", id, entry->id);
    } else if (entry) {
        yaml_problem(node, problems, "'%s' is changed already, or is an entry of this set itself", id);
    } else if (id[0] != '\0') {
        yaml_problem(node, problems, "the base has no '%.60s'%s", id, symbol_set_hint(set->base, id, hint));
    }
    return NULL;
}

void symbol_changes_read(const struct yaml_node *root, struct symbol_set *set, struct problems *problems)
{
    static const char *const known[] = {"id",       "name",    "letters",    "reference",   "aliases",
                                        "priority", "accepts", "deprecated", "replaced_by", NULL};
    const struct yaml_node *list = yaml_read_sequence(root, "changes", problems);
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        const struct yaml_node *mapping = yaml_at(list, i);
        if (yaml_kind(mapping) != YAML_MAPPING) {
            yaml_problem(mapping, problems, "must be a change with the id of an entry");
            continue;
        }
        yaml_check_keys(mapping, known, problems);
        struct symbol_entry *entry = find_inherited(mapping, set, problems);
        if (entry) {
            set->are_inherited[entry - set->entries] = false;
            change(mapping, entry, set, problems);
        }
    }
}
