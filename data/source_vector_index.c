/*
 * source_vector_index.c - boxes of all features in reading order, and their numbers in the same order.
 */
#include "data/source_vector_index.h"

#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>

#include "data/source_geometry.h"
#include "geo/base/memory.h"
#include "geo/spatial_index.h"

struct source_vector_index {
    struct spatial_index *tree; /* of positions in numbers */
    int64_t *numbers;           /* owned */
    size_t count;               /* of numbers */
    bool is_ascending;          /* numbers are */
    struct bbox extent;         /* around all boxes */
    int64_t *found;             /* owned; as large as numbers */
    size_t found_count;
};

/* While the layer is read. */
struct collected {
    struct bbox *boxes;
    int64_t *numbers;
    size_t count;
    size_t capacity;
};

static void collect(struct collected *collected, int64_t number, struct bbox box)
{
    if (collected->count == collected->capacity) {
        collected->capacity = collected->capacity * 2 + 64;
        collected->boxes = memory_resize(collected->boxes, collected->capacity, sizeof *collected->boxes);
        collected->numbers =
            memory_resize(collected->numbers, collected->capacity, sizeof *collected->numbers);
    }
    collected->boxes[collected->count] = box;
    collected->numbers[collected->count++] = number;
}

static double within(double coordinate)
{
    return fmax(-SOURCE_FARTHEST_COORDINATE, fmin(SOURCE_FARTHEST_COORDINATE, coordinate));
}

static struct bbox box_of(OGRGeometryH geometry)
{
    OGREnvelope envelope;
    OGR_G_GetEnvelope(geometry, &envelope);
    struct bbox box = {envelope.MinX, envelope.MinY, envelope.MaxX, envelope.MaxY};
    if (isnan(box.min_x + box.min_y + box.max_x + box.max_y)) { /* some of it may still have a place */
        box = (struct bbox){-INFINITY, -INFINITY, INFINITY, INFINITY};
    }
    return (struct bbox){within(box.min_x), within(box.min_y), within(box.max_x), within(box.max_y)};
}

static void collect_all(struct collected *collected, OGRLayerH layer)
{
    OGRFeatureH feature = NULL;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer))) {
        OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
        if (geometry && !OGR_G_IsEmpty(geometry)) {
            collect(collected, OGR_F_GetFID(feature), box_of(geometry));
        }
        OGR_F_Destroy(feature);
    }
}

static void sum_up(struct source_vector_index *index, const struct collected *collected)
{
    index->count = collected->count;
    index->is_ascending = true;
    index->extent = bbox_empty();
    for (size_t i = 0; i < collected->count; i++) {
        index->extent = bbox_union(index->extent, collected->boxes[i]);
        index->is_ascending &= i == 0 || collected->numbers[i - 1] < collected->numbers[i];
    }
}

struct source_vector_index *source_vector_index_new(void *ogr_layer)
{
    struct collected collected = {0};
    collect_all(&collected, ogr_layer);
    struct source_vector_index *index = memory_new(1, sizeof *index);
    index->tree = spatial_index_new(collected.boxes, collected.count);
    index->numbers = collected.numbers;
    sum_up(index, &collected);
    index->found = memory_new(collected.count, sizeof *index->found);
    free(collected.boxes);
    return index;
}

void source_vector_index_free(struct source_vector_index *index)
{
    if (!index) {
        return;
    }
    spatial_index_free(index->tree);
    free(index->numbers);
    free(index->found);
    free(index);
}

static bool note(uint32_t position, void *context)
{
    struct source_vector_index *index = context;
    index->found[index->found_count++] = index->numbers[position];
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

const int64_t *source_vector_index_find(struct source_vector_index *index, struct bbox box, size_t *count)
{
    index->found_count = 0;
    spatial_index_query(index->tree, box, note, index);
    qsort(index->found, index->found_count, sizeof *index->found, compare_numbers);
    *count = index->found_count;
    return index->found;
}

struct bbox source_vector_index_extent(const struct source_vector_index *index)
{
    return index->extent;
}

bool source_vector_index_is_reading_order(const struct source_vector_index *index, size_t count)
{
    return index->is_ascending && count > 0 && count == index->count;
}
