/*
 * symbol_records.c - see symbol_records.h. Lists and facts begin with the same fields.
 */
#include "render/service/protocol/symbol_records.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/symbol_choice.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "symbology/symbol_words.h"

static void append_text_field(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, ",\"%s\":", name);
    buffer_append_json(json, text);
}

/* null for NULL */
static void append_optional(struct buffer *json, const char *name, const char *text)
{
    if (text) {
        append_text_field(json, name, text);
    } else {
        buffer_appendf(json, ",\"%s\":null", name);
    }
}

static void append_titles(struct buffer *json, const char *name, const struct symbol_set *set,
                          const char *group)
{
    const char *comma = "";
    buffer_appendf(json, ",\"%s\":{", name);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        buffer_appendf(json, "%s\"%s\":", comma, language_code((enum language)i));
        buffer_append_json(json, symbol_set_group_title(set, group, (enum language)i));
        comma = ",";
    }
    buffer_append_text(json, "}");
}

static bool is_first_of_group(const struct symbol_set *set, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(symbol_set_at(set, i)->group, symbol_set_at(set, index)->group) == 0) {
            return false;
        }
    }
    return true;
}

static void append_groups(struct buffer *json, const struct symbol_set *set)
{
    const char *comma = "";
    buffer_append_text(json, ",\"groups\":[");
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        if (is_first_of_group(set, i)) {
            buffer_appendf(json, "%s{\"id\":", comma);
            buffer_append_json(json, symbol_set_at(set, i)->group);
            append_titles(json, "title", set, symbol_set_at(set, i)->group);
            buffer_append_text(json, "}");
            comma = ",";
        }
    }
    buffer_append_text(json, "]");
}

static void append_counts(struct buffer *json, const struct symbol_set *set)
{
    size_t counts[3] = {0};
    size_t deprecated = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        counts[symbol_set_at(set, i)->geometry]++;
        deprecated += symbol_set_at(set, i)->is_deprecated;
    }
    buffer_appendf(json, ",\"count\":%zu,\"points\":%zu,\"lines\":%zu,\"areas\":%zu,\"deprecated\":%zu",
                   symbol_set_count(set), counts[GEOMETRY_POINT], counts[GEOMETRY_LINE],
                   counts[GEOMETRY_AREA], deprecated);
}

void symbol_append_set(struct buffer *json, const struct symbol_library *symbols,
                       const struct symbol_set *set)
{
    char code[SYMBOL_SET_CODE_BYTES];
    const struct symbol_set *base = symbol_set_base(set);
    buffer_appendf(json, "{\"code\":\"%s\",\"name\":\"%s\",\"version\":%d,\"title\":",
                   symbol_choice_write_set(set, code), symbol_set_name(set), symbol_set_version(set));
    json_append_multilingual(json, symbol_set_title(set));
    append_optional(json, "extends", base ? symbol_choice_write_set(base, code) : NULL);
    append_counts(json, set);
    buffer_appendf(json, ",\"default\":%s", set == symbol_library_default(symbols) ? "true" : "false");
    append_groups(json, set);
    buffer_append_text(json, "}");
}

/* The fields of a record, without its last brace. */
static void open_record(struct buffer *json, const struct symbol_set *set, const struct symbol_entry *entry)
{
    bool is_point = entry->geometry == GEOMETRY_POINT;
    buffer_appendf(json, "{\"code\":\"%s@%d/%s\",\"id\":\"%s\",\"geometry\":\"%s\"", symbol_set_name(set),
                   symbol_set_version(set), entry->id, entry->id, symbol_geometry_name(entry->geometry));
    append_text_field(json, "group", entry->group);
    buffer_append_text(json, ",\"name\":");
    json_append_multilingual(json, &entry->name);
    append_text_field(json, "letters", entry->letters);
    append_text_field(json, "reference", entry->reference);
    append_optional(json, "kind", is_point ? symbol_kind_name(entry->kind) : NULL);
    append_text_field(json, "owner", symbol_owner_name(entry->owner));
    buffer_appendf(json, ",\"deprecated\":%s", entry->is_deprecated ? "true" : "false");
    if (entry->is_deprecated) {
        append_optional(json, "replacedBy", entry->replaced_by);
    }
}

void symbol_append_record(struct buffer *json, const struct symbol_set *set, const struct symbol_entry *entry)
{
    open_record(json, set, entry);
    buffer_append_text(json, "}");
}

void symbol_append_records(struct buffer *json, const struct symbol_set *set,
                           const struct symbol_entry *const *entries, size_t count)
{
    buffer_append_text(json, "[");
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(json, i ? ",\n" : "\n");
        symbol_append_record(json, set, entries[i]);
    }
    buffer_append_text(json, "\n]");
}

/* Aliases of one entry. */
struct alias_list {
    struct buffer *json;
    const struct symbol_entry *entry;
    const char *comma;
};

static void append_alias(const char *alias, const struct symbol_entry *entry, void *context)
{
    struct alias_list *list = context;
    if (entry == list->entry) {
        buffer_append_text(list->json, list->comma);
        buffer_append_json(list->json, alias);
        list->comma = ",";
    }
}

static void append_accepted(struct buffer *json, const struct symbol_entry *entry)
{
    const char *comma = "";
    buffer_append_text(json, ",\"accepts\":{\"statuses\":[");
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (entry->statuses & 1u << i) {
            buffer_appendf(json, "%s\"%s\"", comma, symbol_status_name((enum symbol_status)i));
            comma = ",";
        }
    }
    comma = "";
    buffer_append_text(json, "],\"texts\":[");
    for (int i = 0; i < SLOT_COUNT; i++) {
        if (entry->texts & 1u << i) {
            buffer_appendf(json, "%s\"%s\"", comma, text_slot_key((enum text_slot)i));
            comma = ",";
        }
    }
    buffer_appendf(json, "],\"trust\":%s,\"rotation\":%s}", entry->has_trust ? "true" : "false",
                   entry->is_turning ? "true" : "false");
}

static void append_crosswalk(struct buffer *json, const struct symbol_set *set,
                             const struct symbol_entry *entry)
{
    size_t count;
    const struct crosswalk_link *links = crosswalk_find(symbol_set_crosswalk(set), entry->id, &count);
    buffer_append_text(json, ",\"crosswalk\":[");
    for (size_t i = 0; i < count; i++) {
        const struct crosswalk_link *link = &links[i];
        buffer_appendf(json, "%s{\"scheme\":", i ? ",\n" : "\n");
        buffer_append_json(json, link->scheme->id);
        append_text_field(json, "title", link->scheme->title);
        append_text_field(json, "version", link->scheme->version);
        append_text_field(json, "code", link->code);
        append_text_field(json, "name", link->name);
        append_text_field(json, "match", crosswalk_match_name(link->match));
        buffer_append_text(json, "}");
    }
    buffer_append_text(json, "]");
}

void symbol_append_facts(struct buffer *json, const struct symbol_set *set, const struct symbol_entry *entry)
{
    struct alias_list aliases = {json, entry, ""};
    open_record(json, set, entry);
    append_titles(json, "groupTitle", set, entry->group);
    buffer_append_text(json, ",\"aliases\":[");
    symbol_set_visit_aliases(set, append_alias, &aliases);
    buffer_append_text(json, "]");
    append_accepted(json, entry);
    append_optional(json, "centre", entry->centre);
    append_optional(json, "mark", entry->mark);
    buffer_appendf(json, ",\"priority\":%d", entry->priority);
    append_crosswalk(json, set, entry);
    buffer_append_text(json, "}");
}
