/*
 * symbol_facts.c - see symbol_facts.h. Columns are as wide as their longest text, counted in letters.
 */
#include "render/service/symbol_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "render/service/symbols.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

#define COLUMN_COUNT 4

static const char *const geometry_names[] = {"point", "line", "area"};

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

static struct row row_of(const struct symbol_set *set, size_t index, enum language language)
{
    const struct symbol_entry *entry = symbol_set_at(set, index);
    return (struct row){{entry->id, geometry_names[entry->geometry],
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

void symbol_facts_write_table(const struct symbol_set *set, enum language language, struct buffer *text)
{
    size_t widths[COLUMN_COUNT] = {0};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        struct row row = row_of(set, i, language);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            size_t width = count_letters(row.cells[k]);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        append_row(text, row_of(set, i, language), widths);
    }
}

void symbol_facts_write_json(const struct symbol_set *set, struct buffer *json)
{
    buffer_append_text(json, "[");
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        buffer_append_text(json, i ? ",\n" : "\n");
        symbol_append_record(json, set, symbol_set_at(set, i));
    }
    buffer_append_text(json, "\n]\n");
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

/** The statuses and texts that its base shape takes. */
static void append_accepted(struct buffer *text, const struct symbol_base *base)
{
    buffer_append_text(text, "statuses  ");
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (base->statuses & (1u << i)) {
            buffer_appendf(text, " %s", symbol_status_name((enum symbol_status)i));
        }
    }
    buffer_append_text(text, "\ntexts     ");
    for (int i = 0; i < SLOT_COUNT; i++) {
        enum text_slot slot = (enum text_slot)i;
        buffer_appendf(text, " %s=%s%s", text_slot_key(slot), text_slot_title(slot),
                       base->slots & (1u << i) ? " (in the symbol)" : "");
    }
    buffer_append_text(text, "\n");
}

static void append_point(struct buffer *text, const struct symbol_entry *entry)
{
    append_fact(text, "base shape", symbol_kind_name(entry->kind));
    append_fact(text, "drawn with", entry->glyph ? "a glyph" : "its letters");
    append_accepted(text, symbol_base_of(entry->kind));
    append_fact(text, "turns", entry->is_turning ? "with rot=DEGREES" : "");
}

void symbol_facts_write(const struct symbol_set *set, const struct symbol_entry *entry,
                        const struct symbol_code *code, struct buffer *text)
{
    char *whole = symbol_code_format(code, true);
    append_fact(text, "code", whole);
    free(whole);
    append_names(text, &entry->name);
    append_fact(text, "group", symbol_set_group_title(set, entry->group, LANGUAGE_NL));
    append_fact(text, "geometry", geometry_names[entry->geometry]);
    append_fact(text, "owner", symbol_owner_name(entry->owner));
    append_fact(text, "letters", entry->letters);
    append_fact(text, "reference", entry->reference);
    if (entry->geometry == GEOMETRY_POINT) {
        append_point(text, entry);
    }
    append_fact(text, "centre", entry->centre ? entry->centre : "");
    buffer_appendf(text, "priority   %d (0 is placed first and drawn on top)\n", entry->priority);
    const char *refusal = symbol_refusal(entry, code);
    append_fact(text, "but", refusal ? refusal : "");
}
