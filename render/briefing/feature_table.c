/*
 * feature_table.c - collects what lies in the frame, puts it in order, writes a row for each.
 */
#include "render/briefing/feature_table.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "geo/base/folded_text.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/briefing/place_text.h"
#include "render/briefing/table_block.h"
#include "render/legend/legend_names.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/pointer_map.h"
#include "render/print/words.h"
#include "render/renderer.h"
#include "render/scene/feature_numbers.h"
#include "render/scene/seen_features.h"
#include "symbology/symbol_words.h"

#define COLUMN_MOST 10
#define TEXT_BYTES 4000

/* A feature with what decides its place in the list. */
struct listed {
    const struct seen_feature *seen;
    uint32_t number;
    size_t group_rank;
    char *name;        /* of the symbol; owned */
    char *folded_name; /* owned */
    struct point lon_lat_deg;
    struct point rd; /* NaN: not in RD's area */
};

struct making {
    struct renderer *renderer;
    const struct map_view *view;
    struct table_block *block;
    struct listed *listed; /* owned; one for each that was seen */
    size_t count;
    bool has_numbers;
    bool has_extents;
    bool has_rd;
    struct pointer_map *on_map; /* of a numbered view: the features whose number is on the map */
    bool has_number_off_map;
};

/* ---- in order ---- */

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_by_number(const void *a, const void *b)
{
    const struct listed *first = a;
    const struct listed *second = b;
    uint32_t one = first->number - 1; /* without a number: the last */
    uint32_t other = second->number - 1;
    return one < other ? -1 : one > other;
}

static int compare_by_name(const void *a, const void *b)
{
    const struct listed *first = a;
    const struct listed *second = b;
    if (first->group_rank != second->group_rank) {
        return first->group_rank < second->group_rank ? -1 : 1;
    }
    const struct feature *one = first->seen->feature;
    const struct feature *other = second->seen->feature;
    int by_symbol = strcmp(first->folded_name, second->folded_name);
    int by_text = compare_texts(one->code.texts[SLOT_NAME], other->code.texts[SLOT_NAME]);
    int by_id = strcmp(one->id, other->id);
    int by_plot = (int)first->seen->plot - (int)second->seen->plot;
    return by_symbol ? by_symbol : by_text ? by_text : by_id ? by_id : by_plot;
}

static void list_features(struct making *making, const struct seen_features *seen)
{
    const struct map_view *view = making->view;
    making->count = seen->count;
    making->listed = memory_new(seen->count, sizeof *making->listed);
    for (size_t i = 0; i < seen->count; i++) {
        struct listed *listed = &making->listed[i];
        const struct seen_feature *item = &seen->items[i];
        const struct symbol_code *code = &item->feature->code;
        *listed = (struct listed){.seen = item, .group_rank = SIZE_MAX};
        listed->number = feature_numbers_of(view->numbers, item->feature);
        listed->name = legend_symbol_name(item->entry, code, view->language);
        listed->folded_name = text_fold(listed->name);
        if (item->entry) {
            listed->group_rank = legend_group_rank(view->symbols, item->entry->group);
        }
        making->has_extents |= item->feature->shape->kind != SHAPE_POINT;
    }
}

static bool find_places(struct making *making, struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(making->renderer);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", fault);
    const struct crs *rd = lon_lat ? crs_find(context, "EPSG:28992", fault) : NULL;
    if (!rd) {
        return false;
    }
    struct point *places = memory_new(making->count, sizeof *places);
    for (size_t i = 0; i < making->count; i++) {
        places[i] = place_text_point_of(making->listed[i].seen->feature->shape);
        making->listed[i].lon_lat_deg = places[i];
    }
    bool is_moved = crs_transform(context, lon_lat, rd, places, making->count, fault);
    for (size_t i = 0; is_moved && i < making->count; i++) {
        struct listed *listed = &making->listed[i];
        bool is_inside = bbox_contains_point(rd->area_deg, listed->lon_lat_deg);
        listed->rd = is_inside ? places[i] : (struct point){NAN, NAN};
        making->has_rd |= point_is_finite(listed->rd);
    }
    free(places);
    return is_moved;
}

static bool find_numbers(struct making *making, struct pixel_box box, struct fault *fault)
{
    const struct placement *placement =
        placement_get(making->renderer, making->view, pixel_box_to_bbox(box), fault);
    if (!placement) {
        return false;
    }
    making->on_map = pointer_map_new(NULL);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        bool is_shown = placed->text->label && placed->badge_count == 0;
        if (is_shown && !pointer_map_find(making->on_map, placed->feature)) {
            pointer_map_add(making->on_map, placed->feature, (void *)placed);
        }
    }
    return true;
}

/* ---- cells ---- */

static void add_slot(struct buffer *text, const struct symbol_code *code, enum text_slot slot,
                     enum language language)
{
    const char *value = code->texts[slot];
    if (!value || !value[0]) {
        return;
    }
    bool follows_name = code->texts[SLOT_NAME] && !strchr(text->length ? text->bytes : "", '\n');
    buffer_append_text(text, text->length == 0 ? "" : follows_name ? "\n" : "; ");
    if (slot != SLOT_REMARK) {
        buffer_appendf(text, "%s ", text_slot_words(slot, language));
    }
    buffer_append_line(text, value);
}

/* The name, and below it the rest, each with what it is. Owned by the caller. */
static char *text_of(const struct symbol_code *code, enum language language)
{
    struct buffer text;
    buffer_init(&text, TEXT_BYTES);
    if (code->texts[SLOT_NAME]) {
        buffer_append_line(&text, code->texts[SLOT_NAME]);
    }
    for (int slot = SLOT_NAME + 1; slot < SLOT_COUNT; slot++) {
        add_slot(&text, code, (enum text_slot)slot, language);
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

static const char *trust_of(const struct seen_feature *seen, enum language language)
{
    bool says_trust = seen->entry && seen->entry->has_trust;
    return says_trust ? symbol_trust_title(seen->feature->code.trust, language) : "";
}

static const char *write_number(struct making *making, const struct listed *listed, char text[static 24])
{
    if (listed->number == 0) {
        return "";
    }
    bool is_shown = pointer_map_find(making->on_map, listed->seen->feature) != NULL;
    making->has_number_off_map |= !is_shown;
    snprintf(text, 24, is_shown ? "%u" : "(%u)", listed->number);
    return text;
}

static void add_row(struct making *making, const struct listed *listed)
{
    const struct feature *feature = listed->seen->feature;
    enum language language = making->view->language;
    char number[24];
    char rd[PLACE_TEXT_BYTES] = "";
    char wgs84[PLACE_TEXT_BYTES];
    char extent[PLACE_TEXT_BYTES];
    char moment[40];
    char *text = text_of(&feature->code, language);
    struct table_cell cells[COLUMN_MOST] = {{0}};
    size_t count = 0;
    if (making->has_numbers) {
        cells[count++] = (struct table_cell){.text = write_number(making, listed, number), .is_strong = true};
    }
    cells[count++] = (struct table_cell){.entry = listed->seen->entry, .code = &feature->code};
    cells[count++].text = listed->name;
    cells[count++].text = text;
    if (making->has_extents) {
        cells[count++].text = place_text_extent(feature->shape, language, extent);
    }
    if (making->has_rd) {
        cells[count++].text = point_is_finite(listed->rd) ? place_text_rd(listed->rd, rd) : "";
    }
    cells[count++].text = place_text_wgs84(listed->lon_lat_deg, language, wgs84);
    cells[count++].text = write_moment(feature->valid_from_ms, moment);
    cells[count++].text = feature->owner;
    cells[count++].text = trust_of(listed->seen, language);
    table_block_add_row(making->block, cells);
    free(text);
}

/* ---- the table ---- */

static struct table_block *new_block(const struct making *making)
{
    enum language language = making->view->language;
    struct table_column columns[COLUMN_MOST];
    size_t count = 0;
    if (making->has_numbers) {
        columns[count++] = (struct table_column){words_text(WORD_COLUMN_NUMBER, language), 0, TEXT_RIGHT};
    }
    columns[count++] = (struct table_column){"", 0, TEXT_CENTRE};
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_WHAT, language), 2, TEXT_LEFT};
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_TEXT, language), 3, TEXT_LEFT};
    if (making->has_extents) {
        columns[count++] = (struct table_column){words_text(WORD_COLUMN_SIZE, language), 0, TEXT_RIGHT};
    }
    if (making->has_rd) {
        columns[count++] = (struct table_column){words_text(WORD_COLUMN_RD, language), 0.01, TEXT_RIGHT};
    }
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_WGS84, language), 0, TEXT_RIGHT};
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_SINCE, language), 0, TEXT_LEFT};
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_OWNER, language), 2, TEXT_LEFT};
    columns[count++] = (struct table_column){words_text(WORD_COLUMN_TRUST, language), 0.2, TEXT_LEFT};
    struct table_look look = {making->view->palette, making->view->symbol_scale};
    return table_block_new(making->renderer, look, words_text(WORD_FEATURES, language), columns, count);
}

static void add_group(struct making *making, size_t index)
{
    const struct listed *listed = &making->listed[index];
    if (index > 0 && listed->group_rank == making->listed[index - 1].group_rank) {
        return;
    }
    const char *name = legend_group_name(making->view->symbols, listed->seen->entry,
                                         &listed->seen->feature->code, making->view->language);
    table_block_add_group(making->block, name[0] ? name : "?");
}

static void add_notes(struct making *making, size_t left_out)
{
    enum language language = making->view->language;
    char words[200];
    if (left_out > 0) {
        words_format(words, sizeof words, WORD_FEATURES_LEFT_OUT, language, left_out);
        table_block_add_note(making->block, words);
    }
    if (making->has_number_off_map) {
        table_block_add_note(making->block, words_text(WORD_NUMBERS_OFF_MAP, language));
    }
}

static void fill(struct making *making, size_t left_out)
{
    making->block = new_block(making);
    if (making->count > 0) {
        qsort(making->listed, making->count, sizeof *making->listed,
              making->has_numbers ? compare_by_number : compare_by_name);
    }
    for (size_t i = 0; i < making->count; i++) {
        if (!making->has_numbers) {
            add_group(making, i);
        }
        add_row(making, &making->listed[i]);
    }
    add_notes(making, left_out);
}

static void finish(struct making *making)
{
    for (size_t i = 0; i < making->count; i++) {
        free(making->listed[i].name);
        free(making->listed[i].folded_name);
    }
    free(making->listed);
    pointer_map_free(making->on_map);
}

struct table_block *feature_table_new(struct renderer *renderer, const struct map_view *view,
                                      const struct feature_table_choice *choice, struct fault *fault)
{
    struct making making = {.renderer = renderer, .view = view, .has_numbers = view->numbers != NULL};
    struct seen_features seen;
    if (!seen_features_collect(renderer, view, choice->box, choice->most, &seen, fault)) {
        return NULL;
    }
    list_features(&making, &seen);
    bool is_complete = find_places(&making, fault);
    if (is_complete && making.has_numbers) {
        is_complete = find_numbers(&making, choice->box, fault);
    }
    if (is_complete) {
        fill(&making, seen.left_out);
    }
    finish(&making);
    seen_features_finish(&seen);
    return making.block;
}
