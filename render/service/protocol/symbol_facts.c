/*
 * symbol_facts.c - see symbol_facts.h. Columns are as wide as their longest text, counted in letters.
 */
#include "render/service/protocol/symbol_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "symbology/crosswalk.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"
#include "symbology/symbol_words.h"

#define COLUMN_COUNT 4

/** Letters of UTF-8: bytes that do not go on with the one before. */
static size_t count_letters(const char *text)
{
    size_t count = 0;
    for (; *text; text++) {
        count += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return count;
}

struct row {
    const char *cells[COLUMN_COUNT];
};

static struct row row_of(const struct symbol_set *set, const struct symbol_entry *entry,
                         enum language language)
{
    return (struct row){{entry->id, symbol_geometry_name(entry->geometry),
                         multilingual_text(&entry->name, language),
                         symbol_set_group_title(set, entry->group, language)}};
}

static void append_row(struct buffer *text, struct row row, const size_t widths[static COLUMN_COUNT])
{
    for (size_t i = 0; i + 1 < COLUMN_COUNT; i++) {
        int gap = (int)(widths[i] - count_letters(row.cells[i])) + 2;
        buffer_appendf(text, "%s%*s", row.cells[i], gap, "");
    }
    buffer_appendf(text, "%s\n", row.cells[COLUMN_COUNT - 1]);
}

void symbol_facts_write_table(const struct symbol_set *set, const struct symbol_entry *const *entries,
                              size_t count, enum language language, struct buffer *text)
{
    size_t widths[COLUMN_COUNT] = {0};
    for (size_t i = 0; i < count; i++) {
        struct row row = row_of(set, entries[i], language);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            size_t width = count_letters(row.cells[k]);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    for (size_t i = 0; i < count; i++) {
        append_row(text, row_of(set, entries[i], language), widths);
    }
}

static void append_fact(struct buffer *text, const char *name, const char *value)
{
    if (*value) {
        buffer_appendf(text, "%-11s%s\n", name, value);
    }
}

static void append_names(struct buffer *text, const struct multilingual *name)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        char label[16];
        snprintf(label, sizeof(label), "name (%s)", language_code((enum language)i));
        append_fact(text, label, name->texts[i] ? name->texts[i] : "");
    }
}

static void append_accepted(struct buffer *text, const struct symbol_entry *entry)
{
    bool is_point = entry->geometry == GEOMETRY_POINT;
    unsigned drawn = is_point ? symbol_base_of(entry->kind)->slots : 0;
    buffer_append_text(text, "statuses  ");
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (entry->statuses & 1u << i) {
            buffer_appendf(text, " %s", symbol_status_name((enum symbol_status)i));
        }
    }
    buffer_append_text(text, "\ntexts     ");
    for (int i = 0; i < SLOT_COUNT; i++) {
        enum text_slot slot = (enum text_slot)i;
        if (entry->texts & 1u << i) {
            buffer_appendf(text, " %s=%s%s", text_slot_key(slot), text_slot_title(slot),
                           drawn & 1u << i ? " (in the symbol)" : "");
        }
    }
    buffer_appendf(text, "\ntrust      %s\n", entry->has_trust ? "reported verified unverified" : "none");
    append_fact(text, "turns", entry->is_turning ? "with rot=DEGREES" : "");
}

struct alias_list {
    struct buffer *text;
    const struct symbol_entry *entry;
    bool has_any;
};

static void append_alias(const char *alias, const struct symbol_entry *entry, void *context)
{
    struct alias_list *list = context;
    if (entry == list->entry) {
        buffer_appendf(list->text, "%s %s", list->has_any ? "" : "aliases   ", alias);
        list->has_any = true;
    }
}

static void append_aliases(struct buffer *text, const struct symbol_set *set,
                           const struct symbol_entry *entry)
{
    struct alias_list list = {text, entry, false};
    symbol_set_visit_aliases(set, append_alias, &list);
    buffer_append_text(text, list.has_any ? "\n" : "");
}

/** A line for each name elsewhere: "elsewhere  IMOOV s0870 UGS (exact)". */
static void append_crosswalk(struct buffer *text, const struct symbol_set *set,
                             const struct symbol_entry *entry)
{
    size_t count;
    const struct crosswalk_link *links = crosswalk_find(symbol_set_crosswalk(set), entry->id, &count);
    for (size_t i = 0; i < count; i++) {
        const struct crosswalk_link *link = &links[i];
        buffer_appendf(text, "%-11s%s%s%s%s%s (%s)\n", i ? "" : "elsewhere", link->scheme->title,
                       *link->code ? " " : "", link->code, *link->name ? " " : "", link->name,
                       crosswalk_match_name(link->match));
    }
}

static void append_deprecation(struct buffer *text, const struct symbol_entry *entry)
{
    if (entry->is_deprecated) {
        buffer_appendf(text, "deprecated %s%s\n", entry->replaced_by ? "use " : "without a replacement",
                       entry->replaced_by ? entry->replaced_by : "");
    }
}

static void append_point(struct buffer *text, const struct symbol_entry *entry)
{
    append_fact(text, "base shape", symbol_kind_name(entry->kind));
    append_fact(text, "drawn with", entry->glyph ? "a glyph" : "its letters");
}

void symbol_facts_write(const struct symbol_set *set, const struct symbol_entry *entry,
                        const struct symbol_code *code, struct buffer *text)
{
    char *whole = symbol_code_format(code, true);
    append_fact(text, "code", whole);
    free(whole);
    append_names(text, &entry->name);
    append_fact(text, "group", symbol_set_group_title(set, entry->group, LANGUAGE_NL));
    append_fact(text, "geometry", symbol_geometry_name(entry->geometry));
    append_deprecation(text, entry);
    append_fact(text, "owner", symbol_owner_name(entry->owner));
    append_fact(text, "letters", entry->letters);
    append_fact(text, "reference", entry->reference);
    if (entry->geometry == GEOMETRY_POINT) {
        append_point(text, entry);
    }
    append_accepted(text, entry);
    append_aliases(text, set, entry);
    append_crosswalk(text, set, entry);
    append_fact(text, "centre", entry->centre ? entry->centre : "");
    buffer_appendf(text, "priority   %d (0 is placed first and drawn on top)\n", entry->priority);
    struct fault fault = {FAULT_NONE, ""};
    symbol_accepts(entry, code, &fault);
    append_fact(text, "but", fault.message);
}
