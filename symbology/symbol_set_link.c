/*
 * symbol_set_link.c - entries that draw others. Done anew for every set, an overlay too: what it changes
 * shows in what it inherits. Where a drawing was lost (said when it was loaded) the line goes without marks.
 */
#include <string.h>

#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/symbol_set_internal.h"

/* Where this set says the glyph of an entry's marks: as near as can be told, for an id may stand there twice;
 * the root when it is inherited. */
static const struct yaml_node *find_glyph_node(const struct yaml_node *root, const struct symbol_entry *entry)
{
    const struct yaml_node *list = yaml_find(root, entry->geometry == GEOMETRY_LINE ? "lines" : "areas");
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        const struct yaml_node *mapping = yaml_at(list, i);
        const struct yaml_node *id = yaml_find(mapping, "id");
        if (id && strcmp(yaml_text(id), entry->id) == 0) {
            const struct yaml_node *outline = yaml_find(mapping, "outline");
            const struct yaml_node *glyph =
                yaml_find(yaml_find(outline ? outline : mapping, "marks"), "glyph");
            return glyph ? glyph : mapping;
        }
    }
    return root;
}

static void link_mark(const struct yaml_node *root, const struct symbol_set *set, struct symbol_entry *entry,
                      struct problems *problems)
{
    const struct symbol_entry *target = symbol_set_find(set, entry->mark);
    bool is_drawn = target && target->geometry == GEOMETRY_POINT && (target->glyph || target->is_glyph_lost);
    if (!is_drawn) {
        yaml_problem(find_glyph_node(root, entry), problems, "'%.60s' is no point of this set with a glyph",
                     entry->mark);
        return;
    }
    struct line_marks *marks =
        entry->geometry == GEOMETRY_LINE ? &entry->line.marks : &entry->area.outline.marks;
    marks->glyph = target->glyph;
    marks->mark = target->glyph ? LINE_MARK_GLYPH : LINE_MARK_NONE;
}

void symbol_entries_link(const struct yaml_node *root, struct symbol_set *set, struct problems *problems)
{
    for (size_t i = 0; i < set->entry_count; i++) {
        struct symbol_entry *entry = &set->entries[i];
        entry->centre_entry = entry->centre ? symbol_set_find(set, entry->centre) : NULL;
        if (entry->mark) {
            link_mark(root, set, entry, problems);
        }
    }
}
