/*
 * feature_numbers.c - the page is placed once with its labels, to see how many find no place; when it is
 * numbered it is placed again.
 */
#include "render/scene/feature_numbers.h"

#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/pointer_map.h"
#include "render/renderer.h"
#include "render/report.h"
#include "render/scene/seen_features.h"

#define ROW_PX 28.0 /* height of a row of the reading order: nearly a symbol, 1x */

struct feature_numbers {
    struct pointer_map *numbers; /* feature -> its number, as a pointer */
    size_t count;
    uint64_t hash;
};

/* A feature and where it comes in reading order. */
struct reading {
    const struct feature *feature;
    int64_t row;
    struct point place_px;
    size_t rank; /* decides between two at the same place */
};

static int compare_numbers(double a, double b)
{
    return a < b ? -1 : a > b;
}

static int compare_heights(const void *a, const void *b)
{
    const struct reading *first = a;
    const struct reading *second = b;
    int by_y = compare_numbers(first->place_px.y, second->place_px.y);
    return by_y ? by_y : first->rank < second->rank ? -1 : 1;
}

static int compare(const void *a, const void *b)
{
    const struct reading *first = a;
    const struct reading *second = b;
    int by_row = first->row < second->row ? -1 : first->row > second->row;
    int by_x = compare_numbers(first->place_px.x, second->place_px.x);
    int by_y = compare_numbers(first->place_px.y, second->place_px.y);
    int by_rank = first->rank < second->rank ? -1 : 1;
    return by_row ? by_row : by_x ? by_x : by_y ? by_y : by_rank;
}

/* A row begins with the northernmost feature that is in none yet: a fixed ruling would cut through what the
 * eye takes for one row. */
static void find_rows(struct reading *readings, size_t count, double row_px)
{
    int64_t row = 0;
    double top = count > 0 ? readings[0].place_px.y : 0;
    for (size_t i = 0; i < count; i++) {
        if (readings[i].place_px.y > top + row_px) {
            top = readings[i].place_px.y;
            row++;
        }
        readings[i].row = row;
    }
}

/* Owned by the caller, in reading order. */
static struct reading *read_order(const struct seen_features *seen, double row_px)
{
    struct reading *readings = memory_new(seen->count, sizeof *readings);
    for (size_t i = 0; i < seen->count; i++) {
        readings[i] = (struct reading){seen->items[i].feature, 0, seen->items[i].place_px, i};
    }
    if (seen->count > 0) {
        qsort(readings, seen->count, sizeof *readings, compare_heights);
        find_rows(readings, seen->count, row_px);
        qsort(readings, seen->count, sizeof *readings, compare);
    }
    return readings;
}

static struct feature_numbers *numbers_of(const struct seen_features *seen, double row_px)
{
    struct feature_numbers *numbers = memory_new(1, sizeof *numbers);
    *numbers =
        (struct feature_numbers){.numbers = pointer_map_new(NULL), .count = seen->count, .hash = HASH_START};
    struct reading *readings = read_order(seen, row_px);
    for (size_t i = 0; i < seen->count; i++) {
        if (!pointer_map_find(numbers->numbers, readings[i].feature)) { /* a map may show a plot twice */
            pointer_map_add(numbers->numbers, readings[i].feature, (void *)(uintptr_t)(i + 1));
        }
        numbers->hash = hash_text(numbers->hash, readings[i].feature->id);
    }
    free(readings);
    return numbers;
}

void feature_numbers_free(struct feature_numbers *numbers)
{
    if (!numbers) {
        return;
    }
    pointer_map_free(numbers->numbers);
    free(numbers);
}

static size_t placed_labels(const struct placement *placement)
{
    size_t count = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        bool is_badge = placed->badge_count > 0;
        count += !is_badge && (placed->text->label || placed->text->alongs.count > 0);
    }
    return count;
}

/* Do too many labels find no place? */
static bool decide(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                   bool *is_crowded, struct fault *fault)
{
    struct bbox box_px = pixel_box_to_bbox(box);
    const struct placement *placement = placement_get(renderer, view, box_px, fault);
    if (!placement) {
        return false;
    }
    struct report report;
    report_init(&report);
    placement_report(placement, renderer_text_engine(renderer), box_px, &report);
    size_t unplaced = report_count(&report, REPORT_LABEL_UNPLACED);
    report_finish(&report);
    size_t wanted = placed_labels(placement) + unplaced;
    *is_crowded =
        unplaced >= NUMBERING_UNPLACED_LEAST && (double)unplaced > NUMBERING_UNPLACED_PART * (double)wanted;
    return true;
}

bool feature_numbers_choose(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                            enum numbering numbering, size_t most, struct feature_numbers **numbers,
                            struct fault *fault)
{
    *numbers = NULL;
    bool is_numbered = numbering == NUMBERING_ALWAYS;
    if (numbering == NUMBERING_AUTO && !decide(renderer, view, box, &is_numbered, fault)) {
        return false;
    }
    if (!is_numbered) {
        return true;
    }
    struct seen_features seen;
    if (!seen_features_collect(renderer, view, box, most, &seen, fault)) {
        return false;
    }
    if (seen.count > 0) {
        *numbers = numbers_of(&seen, ROW_PX * view->symbol_scale);
    }
    seen_features_finish(&seen);
    return true;
}

size_t feature_numbers_count(const struct feature_numbers *numbers)
{
    return numbers ? numbers->count : 0;
}

uint32_t feature_numbers_of(const struct feature_numbers *numbers, const struct feature *feature)
{
    return numbers ? (uint32_t)(uintptr_t)pointer_map_find(numbers->numbers, feature) : 0;
}

uint64_t feature_numbers_hash(const struct feature_numbers *numbers)
{
    return numbers ? numbers->hash : 0;
}
