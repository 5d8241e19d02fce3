/*
 * symbol_set_accepts.c - what an entry accepts of a code: all that its base shape does, or less.
 */
#include <stddef.h>
#include <string.h>

#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_code_names.h"
#include "symbology/symbol_set_internal.h"

#define ALL_TEXTS ((1u << SLOT_COUNT) - 1)
#define ALL_STATUSES ((1u << STATUS_COUNT) - 1)
#define BASE_TEXTS (1u << SLOT_HAZARD | 1u << SLOT_VICTIMS) /* that only a base shape can show */
#define LINE_STATUSES                                                                                        \
    (1u << STATUS_PRESENT | 1u << STATUS_PLANNED | 1u << STATUS_ENDED | 1u << STATUS_UNKNOWN)

void symbol_entry_accept_all(struct symbol_entry *entry)
{
    bool is_point = entry->geometry == GEOMETRY_POINT;
    const struct symbol_base *base = is_point ? symbol_base_of(entry->kind) : NULL;
    entry->statuses = base ? base->statuses : LINE_STATUSES;
    entry->texts = (ALL_TEXTS & ~BASE_TEXTS) | (base ? base->slots : 0);
    entry->has_trust = base && base->has_trust;
}

static int find_name(const char *const names[], const char *name)
{
    int place = 0;
    while (names[place] && strcmp(names[place], name) != 0) {
        place++;
    }
    return names[place] ? place : -1;
}

/* One bit for each name of the list; what is not among accepted is a mistake. Without a list: accepted. */
static unsigned read_bits(const struct yaml_node *mapping, const char *key, const char *const names[],
                          unsigned accepted, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, key, problems);
    unsigned bits = list ? 0 : accepted;
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_at(list, i);
        int place = find_name(names, yaml_text(item));
        if (place < 0) {
            yaml_problem(item, problems, "'%.40s' is unknown", yaml_text(item));
        } else if (!(accepted & 1u << place)) {
            yaml_problem(item, problems, "'%s' is not accepted by the base shape of this entry",
                         names[place]);
        } else {
            bits |= 1u << place;
        }
    }
    return bits;
}

static void read_statuses(const struct yaml_node *mapping, struct symbol_entry *entry,
                          struct problems *problems)
{
    bool has_list = !yaml_is_null(yaml_find(mapping, "statuses"));
    bool can_have_any = has_list && entry->geometry != GEOMETRY_POINT;
    unsigned accepted = can_have_any ? ALL_STATUSES : entry->statuses;
    entry->statuses = read_bits(mapping, "statuses", symbol_status_names, accepted, problems);
    if (!(entry->statuses & 1u << STATUS_PRESENT)) {
        yaml_problem(yaml_find(mapping, "statuses"), problems,
                     "lacks 'present', the status of a code that names none");
    }
}

static void read_trust(const struct yaml_node *mapping, struct symbol_entry *entry, struct problems *problems)
{
    bool has_trust = yaml_read_bool(mapping, "trust", entry->has_trust, problems);
    if (has_trust && !entry->has_trust) {
        yaml_problem(yaml_find(mapping, "trust"), problems,
                     "is not accepted by the base shape of this entry");
    }
    entry->has_trust = has_trust;
}

void symbol_accepts_read(const struct yaml_node *mapping, struct symbol_entry *entry,
                         struct problems *problems)
{
    static const char *const known[] = {"statuses", "texts", "trust", NULL};
    const struct yaml_node *accepts = yaml_read_mapping(mapping, "accepts", problems);
    if (!accepts) {
        return;
    }
    const char *slots[SLOT_COUNT + 1] = {NULL};
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        slots[slot] = text_slot_key((enum text_slot)slot);
    }
    yaml_check_keys(accepts, known, problems);
    symbol_entry_accept_all(entry);
    read_statuses(accepts, entry, problems);
    entry->texts = read_bits(accepts, "texts", slots, entry->texts, problems);
    read_trust(accepts, entry, problems);
}
