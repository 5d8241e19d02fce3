/*
 * feature_table_rows.c - what a feature says in its row, cell by cell.
 */
#include "render/briefing/feature_table_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/briefing/place_text.h"
#include "render/briefing/table_block.h"
#include "render/legend/legend_names.h"
#include "render/map_view.h"
#include "render/pointer_map.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "render/scene/seen_features.h"
#include "symbology/symbol_words.h"

#define COLUMN_MOST 11
#define TEXT_BYTES 4000

static enum language second_language(const struct map_view *view)
{
    return view->has_second_language ? view->second_language : view->language;
}

static void add_slot(struct buffer *text, const struct symbol_code *code, enum text_slot slot,
                     const struct map_view *view)
{
    char words[160];
    const char *value = code->texts[slot];
    if (!value || !value[0]) {
        return;
    }
    bool follows_name = code->texts[SLOT_NAME] && !strchr(text->length ? text->bytes : "", '\n');
    buffer_append_text(text, text->length == 0 ? "" : follows_name ? "\n" : "; ");
    if (slot != SLOT_REMARK) {
        words_beside(text_slot_words(slot, view->language), text_slot_words(slot, second_language(view)),
                     words);
        buffer_appendf(text, "%s ", words);
    }
    buffer_append_line(text, value);
}

/* The name, and below it the rest, each with what it is. Owned by the caller. */
static char *text_of(const struct symbol_code *code, const struct map_view *view)
{
    struct buffer text;
    buffer_init(&text, TEXT_BYTES);
    if (code->texts[SLOT_NAME]) {
        buffer_append_line(&text, code->texts[SLOT_NAME]);
    }
    for (int slot = SLOT_NAME + 1; slot < SLOT_COUNT; slot++) {
        add_slot(&text, code, (enum text_slot)slot, view);
    }
    return buffer_take(&text, NULL);
}

/* Date and time below each other, the time in one piece with its zone. */
static char *write_moment(int64_t moment_ms, char text[static 40])
{
    text[0] = '\0';
    if (moment_ms == MOMENT_NONE) {
        return text;
    }
    char local[32];
    moment_format_local(moment_ms, local);
    size_t date = strcspn(local, " ");
    const char *clock = local + date + strspn(local + date, " ");
    size_t hours = strcspn(clock, " ");
    const char *zone = clock + hours + strspn(clock + hours, " ");
    snprintf(text, 40, "%.*s\n%.*s\u00a0%s", (int)date, local, (int)hours, clock, zone);
    return text;
}

static char *trust_of(const struct seen_feature *seen, const struct map_view *view, char text[static 160])
{
    bool says_trust = seen->entry && seen->entry->has_trust;
    enum symbol_trust trust = seen->feature->code.trust;
    text[0] = '\0';
    return says_trust ? words_stacked(symbol_trust_title(trust, view->language),
                                      symbol_trust_title(trust, second_language(view)), text)
                      : text;
}

static const char *write_number(struct feature_listing *making, const struct listed_feature *listed,
                                char text[static 24])
{
    if (listed->number == 0) {
        return "";
    }
    bool is_shown = pointer_map_find(making->on_map, listed->seen->feature) != NULL;
    making->has_number_off_map |= !is_shown;
    snprintf(text, 24, is_shown ? "%u" : "(%u)", listed->number);
    return text;
}

/* What it is, in both languages below each other. Owned by the caller. */
static char *names_of(const struct map_view *view, const struct listed_feature *listed)
{
    char *second =
        legend_symbol_name(listed->seen->entry, &listed->seen->feature->code, second_language(view));
    char *names = text_stacked(listed->name, second);
    free(second);
    return names;
}

static void add_row(struct feature_listing *making, const struct listed_feature *listed)
{
    const struct feature *feature = listed->seen->feature;
    enum language language = making->view->language;
    char number[24];
    char rd[PLACE_TEXT_BYTES] = "";
    char wgs84[PLACE_TEXT_BYTES];
    char extent[PLACE_TEXT_BYTES];
    char moment[40];
    char trust[160];
    char *text = text_of(&feature->code, making->view);
    char *names = names_of(making->view, listed);
    struct table_cell cells[COLUMN_MOST] = {{0}};
    size_t count = 0;
    if (making->has_numbers) {
        cells[count++] = (struct table_cell){.text = write_number(making, listed, number), .is_strong = true};
    }
    cells[count++] = (struct table_cell){.entry = listed->seen->entry, .code = &feature->code};
    cells[count++].text = names;
    cells[count++].text = text;
    if (making->has_sheets) {
        cells[count++].text = listed->sheets.bytes;
    }
    if (making->has_extents) {
        cells[count++].text = place_text_extent(feature->shape, language, extent);
    }
    if (making->has_rd) {
        cells[count++].text = point_is_finite(listed->rd) ? place_text_rd(listed->rd, rd) : "";
    }
    cells[count++].text = place_text_wgs84(listed->lon_lat_deg, language, wgs84);
    cells[count++].text = write_moment(feature->valid_from_ms, moment);
    cells[count++].text = feature->owner;
    cells[count++].text = trust_of(listed->seen, making->view, trust);
    table_block_add_row(making->block, cells);
    free(text);
    free(names);
}

/* The columns with their titles, which are in two languages where the legend is. */
struct columns {
    const struct map_view *view;
    struct table_column items[COLUMN_MOST];
    char titles[COLUMN_MOST][160];
    size_t count;
};

static void add_column(struct columns *columns, enum word word, double weight, enum text_align align)
{
    const struct map_view *view = columns->view;
    char *title = columns->titles[columns->count];
    words_stacked(words_text(word, view->language), words_text(word, second_language(view)), title);
    columns->items[columns->count++] = (struct table_column){title, weight, align};
}

struct table_block *feature_table_columns(const struct feature_listing *making)
{
    const struct map_view *view = making->view;
    struct columns columns = {.view = view};
    if (making->has_numbers) {
        add_column(&columns, WORD_COLUMN_NUMBER, 0, TEXT_RIGHT);
    }
    columns.items[columns.count++] = (struct table_column){"", 0, TEXT_CENTRE};
    add_column(&columns, WORD_COLUMN_WHAT, 2, TEXT_LEFT);
    add_column(&columns, WORD_COLUMN_TEXT, 3, TEXT_LEFT);
    if (making->has_sheets) {
        add_column(&columns, WORD_COLUMN_SHEET, 0.5, TEXT_LEFT);
    }
    if (making->has_extents) {
        add_column(&columns, WORD_COLUMN_SIZE, 0, TEXT_RIGHT);
    }
    if (making->has_rd) {
        add_column(&columns, WORD_COLUMN_RD, 0.01, TEXT_RIGHT);
    }
    add_column(&columns, WORD_COLUMN_WGS84, 0, TEXT_RIGHT);
    add_column(&columns, WORD_COLUMN_SINCE, 0, TEXT_LEFT);
    add_column(&columns, WORD_COLUMN_OWNER, 2, TEXT_LEFT);
    add_column(&columns, WORD_COLUMN_TRUST, 0.2, TEXT_LEFT);
    struct table_look look = {view->palette, view->symbol_scale};
    struct language_pair languages = {view->language, view->has_second_language, view->second_language};
    char title[160];
    return table_block_new(making->renderer, look, words_pair(WORD_FEATURES, languages, title), columns.items,
                           columns.count);
}

static void add_group(struct feature_listing *making, size_t index)
{
    const struct listed_feature *listed = &making->listed[index];
    if (index > 0 && listed->group_rank == making->listed[index - 1].group_rank) {
        return;
    }
    const struct map_view *view = making->view;
    const struct symbol_code *code = &listed->seen->feature->code;
    const char *name = legend_group_name(view->symbols, listed->seen->entry, code, view->language);
    const char *second = legend_group_name(view->symbols, listed->seen->entry, code, second_language(view));
    char title[160];
    table_block_add_group(making->block, words_beside(name[0] ? name : "?", second[0] ? second : "?", title));
}

static void add_notes(struct feature_listing *making, size_t left_out, enum language language)
{
    char words[200];
    if (left_out > 0) {
        words_format(words, sizeof words, WORD_FEATURES_LEFT_OUT, language, left_out);
        table_block_add_note(making->block, words);
    }
    if (making->has_number_off_map) {
        table_block_add_note(making->block, words_text(WORD_NUMBERS_OFF_MAP, language));
    }
}

void feature_table_rows(struct feature_listing *making, size_t left_out)
{
    for (size_t i = 0; i < making->count; i++) {
        if (!making->has_numbers) {
            add_group(making, i);
        }
        add_row(making, &making->listed[i]);
    }
    add_notes(making, left_out, making->view->language);
    if (making->view->has_second_language) {
        add_notes(making, left_out, making->view->second_language);
    }
}
