/*
 * symbol_set_entry.c - reads the entries of a set. Pointers to entries go into the table by_id, so the array
 * has its final size before the first entry is read.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/plain_text.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set_internal.h"

#define MOST_LETTERS 4

static const char *const point_keys[] = {"id",         "kind",        "owner",    "letters", "name",
                                         "reference",  "aliases",     "priority", "fill",    "turns",
                                         "deprecated", "replaced_by", "accepts",  NULL};
static const char *const line_keys[] = {
    "id",    "owner", "letters",  "name",       "reference", "aliases",    "priority",    "strokes", "marks",
    "start", "end",   "end_size", "end_colour", "text",      "deprecated", "replaced_by", "accepts", NULL};
static const char *const area_keys[] = {"id",      "owner",      "letters",     "name",    "reference",
                                        "aliases", "priority",   "fill",        "outline", "centre",
                                        "text",    "deprecated", "replaced_by", "accepts", NULL};
static const char *const outline_keys[] = {"strokes",  "marks",      "start", "end",
                                           "end_size", "end_colour", NULL};

static void read_translations(const struct yaml_node *mapping, struct multilingual *names,
                              struct problems *problems)
{
    static const char *const known[] = {"nl", "en", "fr", "de", NULL};
    yaml_check_keys(mapping, known, problems);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *text = yaml_read_text(mapping, known[i], i == LANGUAGE_NL ? NULL : "", problems);
        const char *refusal = plain_text_refusal(text, strlen(text));
        if (refusal) {
            yaml_problem(yaml_find(mapping, known[i]), problems, "%s", refusal);
        } else if (text[0] != '\0') {
            names->texts[i] = memory_copy_text(text);
        }
    }
}

void symbol_names_read(const struct yaml_node *mapping, const char *key, struct multilingual *names,
                       struct problems *problems)
{
    const struct yaml_node *texts = yaml_read_mapping(mapping, key, problems);
    if (texts) {
        read_translations(texts, names, problems);
    } else if (yaml_is_null(yaml_find(mapping, key))) {
        yaml_problem(mapping, problems, "%s is missing", key);
    }
}

/* Would a symbol code take it as its entity? Then it is group.name. */
static bool is_entity(const char *id)
{
    struct symbol_code code;
    char text[128] = "x@1/";
    if (strlen(id) > 64) {
        return false;
    }
    memcpy(text + 4, id, strlen(id) + 1);
    bool is_good = symbol_code_parse(text, &code, NULL) && strcmp(code.entity, id) == 0;
    symbol_code_finish(&code);
    return is_good;
}

/* Makes the entry known by an id or alias. */
static void add_id(const struct yaml_node *node, const char *id, struct symbol_entry *entry,
                   struct symbol_set *set, struct problems *problems)
{
    const struct symbol_entry *other = table_find(set->by_id, id);
    if (!is_entity(id)) {
        yaml_problem(node, problems, "'%.60s' must be group.name in 47 or fewer of a-z, 0-9, - and _", id);
    } else if (other) {
        yaml_problem(node, problems, "'%s' is already used by '%s'", id, other->id);
    } else {
        table_put(set->by_id, id, entry);
    }
}

static void read_id(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                    struct problems *problems)
{
    const char *id = yaml_read_text(mapping, "id", NULL, problems);
    const struct yaml_node *node = yaml_find(mapping, "id");
    bool is_replaced = entry->id != NULL;
    if (!is_replaced) {
        entry->id = memory_copy_text(id);
        entry->group = memory_copy_bytes(id, strcspn(id, "."));
    }
    if (id[0] == '\0' || is_replaced) {
        return;
    }
    add_id(node, id, entry, set, problems);
    if (!symbol_set_find_group(set, entry->group)) {
        yaml_problem(node, problems, "has a group '%.40s' that is not among the groups", entry->group);
    }
}

void symbol_aliases_read(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                         struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "aliases", problems);
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        add_id(yaml_at(list, i), yaml_text(yaml_at(list, i)), entry, set, problems);
    }
}

static bool are_letters(const char *letters)
{
    size_t length = strlen(letters);
    for (size_t i = 0; i < length; i++) {
        if (letters[i] <= ' ' || letters[i] > '~') {
            return false;
        }
    }
    return length >= 1 && length <= MOST_LETTERS;
}

/* Letters tell entries of a group apart where there is no glyph. */
void symbol_letters_read(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                         struct problems *problems)
{
    const char *letters = yaml_read_text(mapping, "letters", NULL, problems);
    free(entry->letters);
    entry->letters = memory_copy_text(letters);
    if (letters[0] == '\0') {
        return;
    }
    const struct yaml_node *node = yaml_find(mapping, "letters");
    if (!are_letters(letters)) {
        yaml_problem(node, problems, "must be 1 to 4 printable ASCII characters, not '%.40s'", letters);
    }
    for (size_t i = 0; i < set->entry_count; i++) {
        const struct symbol_entry *other = &set->entries[i];
        bool is_same_group = other != entry && strcmp(other->group, entry->group) == 0;
        if (is_same_group && other->letters && strcmp(other->letters, letters) == 0) {
            yaml_problem(node, problems, "'%s' are already the letters of '%s'", letters, other->id);
        }
    }
}

static void read_livery(const struct yaml_node *mapping, const struct symbol_livery *livery,
                        struct symbol_entry *entry, struct problems *problems)
{
    if (livery->owner_fills[entry->owner].alpha == 0) {
        yaml_problem(mapping, problems, "has owner '%s', which has no fill among the owners",
                     symbol_owner_name(entry->owner));
    }
    struct colour kind_fill = livery->kind_fills[entry->kind];
    struct colour fallback = kind_fill.alpha > 0 ? kind_fill : livery->owner_fills[entry->owner];
    entry->fill = look_read_colour(mapping, "fill", fallback, problems);
    entry->halo = livery->kind_halos[entry->kind];
    entry->tabs = livery->owner_tabs[entry->owner];
}

static void read_point(const struct yaml_node *mapping, const struct symbol_livery *livery,
                       struct symbol_entry *entry, struct problems *problems)
{
    int kind = yaml_read_choice(mapping, "kind", symbol_kind_names, -1, problems);
    entry->kind = kind < 0 ? KIND_OBJECT : (enum symbol_kind)kind;
    read_livery(mapping, livery, entry, problems);
    entry->is_turning = yaml_read_bool(mapping, "turns", false, problems);
    if (entry->is_turning && !symbol_base_of(entry->kind)->can_turn) {
        yaml_problem(mapping, problems, "turns, which a symbol of kind %s cannot",
                     symbol_kind_name(entry->kind));
    }
}

static void read_area(const struct yaml_node *mapping, struct symbol_entry *entry, struct problems *problems)
{
    entry->area.fill = look_read_fill(yaml_find(mapping, "fill"), problems);
    const struct yaml_node *outline = yaml_read_mapping(mapping, "outline", problems);
    if (outline) {
        yaml_check_keys(outline, outline_keys, problems);
        entry->area.outline = look_read_set_line(outline, &entry->mark, problems);
    }
    const char *centre = yaml_read_text(mapping, "centre", "", problems);
    entry->centre = centre[0] != '\0' ? memory_copy_text(centre) : NULL;
}

static void read_look(const struct yaml_node *mapping, const struct symbol_livery *livery,
                      struct symbol_entry *entry, struct problems *problems)
{
    switch (entry->geometry) {
    case GEOMETRY_POINT:
        yaml_check_keys(mapping, point_keys, problems);
        read_point(mapping, livery, entry, problems);
        break;
    case GEOMETRY_LINE:
        yaml_check_keys(mapping, line_keys, problems);
        entry->line = look_read_set_line(mapping, &entry->mark, problems);
        if (entry->line.stroke_count == 0) {
            yaml_problem(mapping, problems, "is a line without strokes");
        }
        entry->text = line_text_read(mapping, problems);
        break;
    case GEOMETRY_AREA:
        yaml_check_keys(mapping, area_keys, problems);
        read_area(mapping, entry, problems);
        entry->text = line_text_read(mapping, problems);
        break;
    }
}

void symbol_deprecation_read(const struct yaml_node *mapping, struct symbol_entry *entry,
                             struct problems *problems)
{
    entry->is_deprecated = yaml_read_bool(mapping, "deprecated", entry->is_deprecated, problems);
    const char *replaced_by = yaml_read_text(mapping, "replaced_by", "", problems);
    if (replaced_by[0] != '\0' || !entry->is_deprecated) {
        free(entry->replaced_by);
        entry->replaced_by = replaced_by[0] != '\0' ? memory_copy_text(replaced_by) : NULL;
    }
}

static void read_entry(const struct yaml_node *mapping, struct symbol_entry *entry, struct symbol_set *set,
                       struct problems *problems)
{
    read_id(mapping, entry, set, problems);
    symbol_aliases_read(mapping, entry, set, problems);
    symbol_letters_read(mapping, entry, set, problems);
    symbol_names_read(mapping, "name", &entry->name, problems);
    entry->reference = memory_copy_text(yaml_read_text(mapping, "reference", "", problems));
    int owner = yaml_read_choice(mapping, "owner", symbol_owner_names, OWNER_GENERAL, problems);
    entry->owner = (enum symbol_owner)owner;
    const struct symbol_group *group = symbol_set_find_group(set, entry->group);
    entry->priority = (int)yaml_read_number(mapping, "priority", 0, SYMBOL_PRIORITY_MOST,
                                            group ? group->priority : SYMBOL_PRIORITY_ORDINARY, problems);
    read_look(mapping, &set->livery, entry, problems);
    symbol_entry_accept_all(entry);
    symbol_accepts_read(mapping, entry, problems);
    symbol_deprecation_read(mapping, entry, problems);
}

/* Clears an inherited entry for a new look: it stays known by its ids. */
static void clear(struct symbol_entry *entry)
{
    struct symbol_entry kept = {.id = entry->id, .group = entry->group, .geometry = entry->geometry};
    entry->id = entry->group = NULL;
    symbol_entry_finish(entry);
    *entry = kept;
}

/* Where the entry of a mapping is read to: the one of the base that it replaces, or a new one. */
static struct symbol_entry *place_for(const struct yaml_node *mapping, enum symbol_geometry geometry,
                                      struct symbol_set *set, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, "id");
    struct symbol_entry *old = node ? table_find(set->by_id, yaml_text(node)) : NULL;
    if (!old || !set->are_inherited[old - set->entries] || strcmp(old->id, yaml_text(node)) != 0) {
        struct symbol_entry *entry = &set->entries[set->entry_count++];
        entry->geometry = geometry;
        return entry;
    }
    if (old->geometry != geometry) {
        yaml_problem(node, problems, "'%s' is not of the geometry that it has in the base", old->id);
    }
    set->are_inherited[old - set->entries] = false;
    clear(old);
    return old;
}

void symbol_entries_read(const struct yaml_node *root, const char *section, enum symbol_geometry geometry,
                         struct symbol_set *set, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, section, problems);
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        const struct yaml_node *mapping = yaml_at(list, i);
        if (yaml_kind(mapping) != YAML_MAPPING) {
            yaml_problem(mapping, problems, "must be an entry with id, letters and name");
            continue;
        }
        read_entry(mapping, place_for(mapping, geometry, set, problems), set, problems);
    }
}
