/*
 * difference_table.c - the differences of all plots in the order of their marks, then of plots and ids.
 */
#include "render/briefing/difference_table.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot_difference.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/crs.h"
#include "render/briefing/difference_words.h"
#include "render/briefing/place_text.h"
#include "render/briefing/table_block.h"
#include "render/legend/legend_names.h"
#include "render/map_view.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "render/renderer.h"
#include "render/scene/difference_paint.h"
#include "symbology/symbol_library.h"

enum { COLUMN_COUNT = 9 };

#define TEXT_MOST_BYTES 10000

struct making {
    struct renderer *renderer;
    const struct map_view *view;
    struct bbox box;
    size_t most;
    struct crs_context *crs_context;
    const struct crs *lon_lat;
    const struct crs *rd;
    struct table_block *block;
    size_t row_count;
    size_t left_out;
    size_t elsewhere;
    bool has_heading; /* of the part at hand */
};

static enum language second_language(const struct map_view *view)
{
    return view->has_second_language ? view->second_language : view->language;
}

/* In which part of the table one stands: what moved and changed too stands with the moved. */
static enum change_mark part_of(const struct plot_difference_item *item)
{
    static const enum change_mark first[] = {CHANGE_MARK_NEW, CHANGE_MARK_ENDED, CHANGE_MARK_MOVED,
                                             CHANGE_MARK_CHANGED};
    unsigned marks = change_marks_of(&item->what);
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        if (marks & 1u << first[i]) {
            return first[i];
        }
    }
    return CHANGE_MARK_COUNT;
}

static struct table_cell symbol_cell(const struct making *making, const struct feature *feature)
{
    if (!feature) {
        return (struct table_cell){.text = NULL};
    }
    return (struct table_cell){.entry = symbol_library_resolve(making->view->symbols, &feature->code, NULL),
                               .code = &feature->code};
}

/* In RD, or "" where RD is not used. */
static const char *write_rd(const struct making *making, struct point lon_lat_deg,
                            char text[static PLACE_TEXT_BYTES])
{
    struct fault fault;
    struct point place = lon_lat_deg;
    text[0] = '\0';
    if (bbox_contains_point(making->rd->area_deg, lon_lat_deg) &&
        crs_transform(making->crs_context, making->lon_lat, making->rd, &place, 1, &fault) &&
        point_is_finite(place)) {
        place_text_rd(place, text);
    }
    return text;
}

/* What it is, in one language or in two below each other. Owned by the caller. */
static char *names_of(const struct making *making, const struct feature *feature)
{
    const struct map_view *view = making->view;
    const struct symbol_entry *entry = symbol_library_resolve(view->symbols, &feature->code, NULL);
    char *first = legend_symbol_name(entry, &feature->code, view->language);
    char *second = legend_symbol_name(entry, &feature->code, second_language(view));
    char *names = text_stacked(first, second);
    free(first);
    free(second);
    return names;
}

static void add_row(struct making *making, const struct plot_difference_item *item)
{
    enum language language = making->view->language;
    const struct feature *now = item->what.after ? item->what.after : item->what.before;
    struct point place = place_text_point_of(now->shape);
    char rd[PLACE_TEXT_BYTES];
    char wgs84[PLACE_TEXT_BYTES];
    char moment[32] = "";
    struct language_pair languages = {language, making->view->has_second_language,
                                      making->view->second_language};
    char *change = difference_item_words(item, making->view->symbols, languages);
    struct table_cell cells[COLUMN_COUNT] = {symbol_cell(making, item->what.before),
                                             symbol_cell(making, item->what.after)};
    char *name = names_of(making, now);
    if (item->at_ms != MOMENT_NONE && item->at_ms != MOMENT_FOREVER) {
        moment_format_local(item->at_ms, moment);
    }
    cells[2].text = name;
    cells[3].text = now->code.texts[SLOT_NAME];
    cells[4].text = change;
    cells[5].text = write_rd(making, place, rd);
    cells[6].text = place_text_wgs84(place, language, wgs84);
    cells[7].text = moment;
    cells[8].text = item->by;
    table_block_add_row(making->block, cells);
    free(name);
    free(change);
}

static void add_heading(struct making *making, enum change_mark part)
{
    const struct map_view *view = making->view;
    char title[160];
    words_beside(difference_mark_title(part, view->language),
                 difference_mark_title(part, second_language(view)), title);
    table_block_add_group(making->block, title);
    making->has_heading = true;
}

/* A row, below the heading of its part when it is the first. */
static void list(struct making *making, const struct plot_difference_item *item, enum change_mark part)
{
    if (making->row_count == making->most) {
        making->left_out++;
        return;
    }
    if (!making->has_heading) {
        add_heading(making, part);
    }
    making->row_count++;
    add_row(making, item);
}

static void add_part(struct making *making, enum change_mark part)
{
    const struct map_view *view = making->view;
    making->has_heading = false;
    for (uint32_t plot = 0; plot < view->plot_count; plot++) {
        const struct plot_difference *difference = view->differences[plot];
        for (size_t i = 0; i < plot_difference_count(difference); i++) {
            const struct plot_difference_item *item = plot_difference_at(difference, i);
            if (part_of(item) != part) {
                continue;
            }
            if (difference_is_within(making->renderer, view, plot, item, making->box)) {
                list(making, item, part);
            } else {
                making->elsewhere++;
            }
        }
    }
}

static void add_note_in(struct making *making, enum difference_word word, size_t count,
                        enum language language)
{
    char words[300];
    snprintf(words, sizeof words, difference_word(word, language), count);
    table_block_add_note(making->block, words);
}

static void add_note(struct making *making, enum difference_word word, size_t count)
{
    if (count > 0) {
        add_note_in(making, word, count, making->view->language);
    }
    if (count > 0 && making->view->has_second_language) {
        add_note_in(making, word, count, making->view->second_language);
    }
}

/* "Wijzigingen sinds …" in a language. Owned by the caller. */
static char *since_sentence(const struct map_view *view, enum difference_word word, enum language language)
{
    struct buffer text;
    char *since = difference_since_words(view->differences, view->plot_count, language);
    buffer_init(&text, TEXT_MOST_BYTES);
    buffer_appendf(&text, difference_word(word, language), since);
    free(since);
    return buffer_take(&text, &(size_t){0});
}

/* A word of the briefing or of its changes, for the head of a column in one or two languages. */
struct column_word {
    bool is_change;
    int word;
    double weight;
    enum text_align align;
};

static const char *column_text(const struct column_word *column, enum language language)
{
    return column->is_change ? difference_word((enum difference_word)column->word, language)
                             : words_text((enum word)column->word, language);
}

/* "Wijzigingen sinds …", "Wijzigingen / Changes sinds …". Owned by the caller. */
static char *title_of(const struct map_view *view)
{
    char words[160];
    if (!view->has_second_language) {
        return since_sentence(view, DIFFERENCE_WORD_SINCE, view->language);
    }
    words_beside(difference_word(DIFFERENCE_WORD_TITLE, view->language),
                 difference_word(DIFFERENCE_WORD_TITLE, view->second_language), words);
    char *since = since_sentence(view, DIFFERENCE_WORD_SHORTLY, view->language);
    char *title = text_joined(" ", words, since);
    free(since);
    return title;
}

static struct table_block *new_block(const struct making *making)
{
    static const struct column_word words[COLUMN_COUNT] = {
        {true, DIFFERENCE_WORD_BEFORE, 0, TEXT_CENTRE}, {true, DIFFERENCE_WORD_NOW, 0, TEXT_CENTRE},
        {false, WORD_COLUMN_WHAT, 2, TEXT_LEFT},        {false, WORD_COLUMN_TEXT, 2, TEXT_LEFT},
        {true, DIFFERENCE_WORD_CHANGE, 3, TEXT_LEFT},   {false, WORD_COLUMN_RD, 0.6, TEXT_RIGHT},
        {false, WORD_COLUMN_WGS84, 0, TEXT_RIGHT},      {true, DIFFERENCE_WORD_WHEN, 0.6, TEXT_LEFT},
        {false, WORD_COLUMN_OWNER, 2, TEXT_LEFT},
    };
    const struct map_view *view = making->view;
    enum language second = second_language(view);
    struct table_column columns[COLUMN_COUNT];
    char titles[COLUMN_COUNT][160];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        words_stacked(column_text(&words[i], view->language), column_text(&words[i], second), titles[i]);
        columns[i] = (struct table_column){titles[i], words[i].weight, words[i].align};
    }
    struct table_look look = {view->palette, view->symbol_scale};
    char *title = title_of(view);
    struct table_block *block = table_block_new(making->renderer, look, title, columns, COLUMN_COUNT);
    free(title);
    return block;
}

static void add_nothing(struct making *making)
{
    const struct map_view *view = making->view;
    char *first = since_sentence(view, DIFFERENCE_WORD_NOTHING, view->language);
    char *second = since_sentence(view, DIFFERENCE_WORD_NOTHING, second_language(view));
    char *nothing = text_stacked(first, second);
    table_block_add_note(making->block, nothing);
    free(first);
    free(second);
    free(nothing);
}

static void fill(struct making *making)
{
    static const enum change_mark parts[] = {CHANGE_MARK_NEW, CHANGE_MARK_MOVED, CHANGE_MARK_CHANGED,
                                             CHANGE_MARK_ENDED, CHANGE_MARK_COUNT};
    making->block = new_block(making);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        add_part(making, parts[i]);
    }
    if (making->row_count == 0) {
        add_nothing(making);
    }
    add_note(making, DIFFERENCE_WORD_MORE, making->left_out);
    add_note(making, DIFFERENCE_WORD_ELSEWHERE, making->elsewhere);
}

struct table_block *difference_table_new(struct renderer *renderer, const struct map_view *view,
                                         const struct difference_table_choice *choice, struct fault *fault)
{
    assert(view->differences);
    struct making making = {.renderer = renderer,
                            .view = view,
                            .box = pixel_box_to_bbox(choice->box),
                            .most = choice->most,
                            .crs_context = renderer_crs_context(renderer)};
    making.lon_lat = crs_find(making.crs_context, "EPSG:4258", fault);
    making.rd = making.lon_lat ? crs_find(making.crs_context, "EPSG:28992", fault) : NULL;
    if (making.rd) {
        fill(&making);
    }
    return making.block;
}

struct table_block *difference_table_without(struct renderer *renderer, const struct map_view *view)
{
    const struct table_column column = {"", 1, TEXT_LEFT};
    struct table_look look = {view->palette, view->symbol_scale};
    char title[160];
    words_beside(difference_word(DIFFERENCE_WORD_TITLE, view->language),
                 difference_word(DIFFERENCE_WORD_TITLE, second_language(view)), title);
    struct table_block *block = table_block_new(renderer, look, title, &column, 1);
    table_block_add_note(block, difference_word(DIFFERENCE_WORD_NOTHING_MARKED, view->language));
    if (view->has_second_language) {
        table_block_add_note(block, difference_word(DIFFERENCE_WORD_NOTHING_MARKED, view->second_language));
    }
    return block;
}

char *difference_table_key(struct renderer *renderer, const struct map_view *view, struct pixel_box box)
{
    size_t counts[CHANGE_MARK_COUNT] = {0};
    struct buffer text;
    difference_count_marks(renderer, view, pixel_box_to_bbox(box), counts);
    char *key = difference_key_words(counts, view->language);
    char *since =
        since_sentence(view, key[0] ? DIFFERENCE_WORD_SHORTLY : DIFFERENCE_WORD_NOTHING, view->language);
    buffer_init(&text, TEXT_MOST_BYTES);
    buffer_appendf(&text, "%s%s%s", since, key[0] ? words_colon(view->language) : "", key);
    free(key);
    free(since);
    return buffer_take(&text, &(size_t){0});
}
