/*
 * feature_table.c - collects what lies in the frame and puts it in order.
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
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/briefing/feature_table_internal.h"
#include "render/briefing/place_text.h"
#include "render/briefing/table_block.h"
#include "render/legend/legend_names.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/pointer_map.h"
#include "render/renderer.h"
#include "render/scene/feature_numbers.h"
#include "render/scene/seen_features.h"

#define SHEETS_NAMED 6 /* on more than that, they are counted */
#define TEXT_BYTES 4000

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_by_number(const void *a, const void *b)
{
    const struct listed_feature *first = a;
    const struct listed_feature *second = b;
    uint32_t one = first->number - 1; /* without a number: the last */
    uint32_t other = second->number - 1;
    return one < other ? -1 : one > other;
}

static int compare_by_name(const void *a, const void *b)
{
    const struct listed_feature *first = a;
    const struct listed_feature *second = b;
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

static void list_features(struct feature_listing *making, const struct seen_features *seen)
{
    const struct map_view *view = making->view;
    making->count = seen->count;
    making->listed = memory_new(seen->count, sizeof *making->listed);
    for (size_t i = 0; i < seen->count; i++) {
        struct listed_feature *listed = &making->listed[i];
        const struct seen_feature *item = &seen->items[i];
        const struct symbol_code *code = &item->feature->code;
        *listed = (struct listed_feature){.seen = item, .group_rank = SIZE_MAX};
        buffer_init(&listed->sheets, TEXT_BYTES);
        listed->number = feature_numbers_of(view->numbers, item->feature);
        listed->name = legend_symbol_name(item->entry, code, view->language);
        listed->folded_name = text_fold(listed->name);
        if (item->entry) {
            listed->group_rank = legend_group_rank(view->symbols, item->entry->group);
        }
        making->has_extents |= item->feature->shape->kind != SHAPE_POINT;
    }
}

static bool find_places(struct feature_listing *making, struct fault *fault)
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
        struct listed_feature *listed = &making->listed[i];
        bool is_inside = bbox_contains_point(rd->area_deg, listed->lon_lat_deg);
        listed->rd = is_inside ? places[i] : (struct point){NAN, NAN};
        making->has_rd |= point_is_finite(listed->rd);
    }
    free(places);
    return is_moved;
}

static bool find_numbers(struct feature_listing *making, struct pixel_box box, struct fault *fault)
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

/* The sheet is on the list of each feature that touches it. */
static bool add_sheet(struct feature_listing *making, const struct pointer_map *listed_of,
                      const struct feature_table_sheet *sheet, struct fault *fault)
{
    struct seen_features seen;
    if (!seen_features_collect(making->renderer, making->view, sheet->box, SIZE_MAX, &seen, fault)) {
        return false;
    }
    for (size_t i = 0; i < seen.count; i++) {
        struct listed_feature *listed = pointer_map_find(listed_of, seen.items[i].feature);
        if (listed && ++listed->sheet_count <= SHEETS_NAMED) {
            buffer_appendf(&listed->sheets, "%s%s", listed->sheet_count > 1 ? ", " : "", sheet->name);
        }
    }
    seen_features_finish(&seen);
    return true;
}

static bool find_sheets(struct feature_listing *making, const struct feature_table_choice *choice,
                        struct fault *fault)
{
    bool is_found = true;
    struct pointer_map *listed_of = pointer_map_new(NULL);
    for (size_t i = 0; i < making->count; i++) {
        const struct feature *feature = making->listed[i].seen->feature;
        if (!pointer_map_find(listed_of, feature)) {
            pointer_map_add(listed_of, feature, &making->listed[i]);
        }
    }
    for (size_t i = 0; i < choice->sheet_count && is_found; i++) {
        is_found = add_sheet(making, listed_of, &choice->sheets[i], fault);
    }
    for (size_t i = 0; i < making->count; i++) {
        struct listed_feature *listed = &making->listed[i];
        if (listed->sheet_count > SHEETS_NAMED) {
            buffer_appendf(&listed->sheets, " … (%zu)", listed->sheet_count);
        }
    }
    pointer_map_free(listed_of);
    return is_found;
}

static void fill(struct feature_listing *making, size_t left_out)
{
    making->block = feature_table_columns(making);
    if (making->count > 0) {
        qsort(making->listed, making->count, sizeof *making->listed,
              making->has_numbers ? compare_by_number : compare_by_name);
    }
    feature_table_rows(making, left_out);
}

static void finish(struct feature_listing *making)
{
    for (size_t i = 0; i < making->count; i++) {
        free(making->listed[i].name);
        free(making->listed[i].folded_name);
        buffer_finish(&making->listed[i].sheets);
    }
    free(making->listed);
    pointer_map_free(making->on_map);
}

struct table_block *feature_table_new(struct renderer *renderer, const struct map_view *view,
                                      const struct feature_table_choice *choice, struct fault *fault)
{
    struct feature_listing making = {.renderer = renderer,
                                     .view = view,
                                     .has_numbers = view->numbers != NULL,
                                     .has_sheets = choice->sheet_count > 0};
    struct seen_features seen;
    if (!seen_features_collect(renderer, view, choice->box, choice->most, &seen, fault)) {
        return NULL;
    }
    list_features(&making, &seen);
    bool is_complete = find_places(&making, fault);
    if (is_complete && making.has_numbers) {
        is_complete = find_numbers(&making, choice->box, fault);
    }
    is_complete = is_complete && find_sheets(&making, choice, fault);
    if (is_complete) {
        fill(&making, seen.left_out);
    }
    finish(&making);
    seen_features_finish(&seen);
    return making.block;
}
