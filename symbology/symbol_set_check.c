/*
 * symbol_set_check.c - what shows only once all entries of a set are read: do the entries that others name
 * exist, and fit?
 */
#include <string.h>

#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/symbol_set_internal.h"

void symbol_centres_check(const struct yaml_node *root, const struct symbol_set *set,
                          struct problems *problems)
{
    const struct yaml_node *areas = yaml_find(root, "areas");
    for (size_t i = 0; areas && i < yaml_count(areas); i++) {
        const struct yaml_node *centre = yaml_find(yaml_at(areas, i), "centre");
        if (yaml_is_null(centre) || yaml_kind(centre) != YAML_SCALAR) {
            continue;
        }
        const struct symbol_entry *entry = symbol_set_find(set, yaml_text(centre));
        if (!entry || entry->geometry != GEOMETRY_POINT) {
            yaml_problem(centre, problems, "'%.60s' is no point of this set", yaml_text(centre));
        }
    }
}

/* Where this set speaks of an entry; the root when it does nowhere. */
static const struct yaml_node *find_mapping(const struct yaml_node *root, const char *id)
{
    static const char *const sections[] = {"changes", "points", "lines", "areas", NULL};
    for (int section = 0; sections[section]; section++) {
        const struct yaml_node *list = yaml_find(root, sections[section]);
        for (size_t i = 0; list && i < yaml_count(list); i++) {
            const struct yaml_node *node = yaml_find(yaml_at(list, i), "id");
            if (node && strcmp(yaml_text(node), id) == 0) {
                return yaml_at(list, i);
            }
        }
    }
    return root;
}

/* Does going on from one replacement to the next come back to the entry? */
static bool is_circular(const struct symbol_set *set, const struct symbol_entry *entry)
{
    const struct symbol_entry *next = entry;
    for (size_t i = 0; next && next->replaced_by && i < symbol_set_count(set); i++) {
        next = symbol_set_find(set, next->replaced_by);
        if (next == entry) {
            return true;
        }
    }
    return false;
}

static void check_replacement(const struct yaml_node *node, const struct symbol_set *set,
                              const struct symbol_entry *entry, struct problems *problems)
{
    const struct symbol_entry *next = symbol_set_find(set, entry->replaced_by);
    const char *by = entry->replaced_by;
    if (!entry->is_deprecated) {
        yaml_problem(node, problems, "'%s' is replaced by '%.60s' but not deprecated", entry->id, by);
    } else if (!next || strcmp(next->id, by) != 0) {
        yaml_problem(node, problems, "'%s' is replaced by '%.60s', which is no id of this set", entry->id,
                     by);
    } else if (is_circular(set, entry)) {
        yaml_problem(node, problems, "'%s' is replaced by '%s', which leads back to it", entry->id, by);
    } else if (next->is_deprecated) {
        yaml_problem(node, problems, "'%s' is replaced by '%s', which is deprecated too", entry->id, by);
    } else if (next->geometry != entry->geometry) {
        yaml_problem(node, problems, "'%s' is replaced by '%s', which is not of the same geometry", entry->id,
                     by);
    }
}

void symbol_replacements_check(const struct yaml_node *root, const struct symbol_set *set,
                               struct problems *problems)
{
    for (size_t i = 0; i < set->entry_count; i++) {
        const struct symbol_entry *entry = &set->entries[i];
        if (entry->replaced_by) {
            const struct yaml_node *mapping = find_mapping(root, entry->id);
            const struct yaml_node *node = yaml_find(mapping, "replaced_by");
            check_replacement(node ? node : mapping, set, entry, problems);
        }
    }
}
