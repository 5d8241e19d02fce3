/*
 * feature_block.c - features are made of many pieces, and laid side by side when a plot takes them: of a
 * million features each allocation counts, and what is drawn together lies together.
 */
#include "data/feature_block.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

#define FIRST_BYTES (32 << 10) /* that a packer makes room for; twice as many each time */
#define MOST_BYTES (1 << 20)   /* until then */

struct feature_block {
    int32_t reference_count; /* atomic */
    char *bytes;             /* owned; never written again */
};

static size_t text_bytes(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* Rounded up, so that another may follow. */
static size_t packed_bytes(const struct feature *feature)
{
    const struct shape *shape = feature->shape;
    const struct area_template *area_template = feature->area_template;
    size_t bytes =
        sizeof *feature + text_bytes(feature->id) + text_bytes(feature->owner) + text_bytes(feature->source);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bytes += text_bytes(feature->code.texts[slot]);
    }
    if (shape) {
        bytes += sizeof *shape + shape->point_count * sizeof(struct point) +
                 shape->part_count * sizeof(struct shape_part);
    }
    if (area_template) {
        bytes += sizeof *area_template + area_template->point_count * sizeof(struct point);
    }
    return (bytes + _Alignof(struct feature) - 1) / _Alignof(struct feature) * _Alignof(struct feature);
}

/* Copies bytes to where *next stands and moves it behind them; NULL stays NULL. */
static void *lay(char **next, const void *bytes, size_t length)
{
    if (!bytes) {
        return NULL;
    }
    void *place = *next;
    memcpy(place, bytes, length);
    *next += length;
    return place;
}

static char *lay_text(char **next, const char *text)
{
    return lay(next, text, text_bytes(text));
}

/* What needs the strictest alignment comes first, so there are no gaps: numbers of 8 bytes, of 4, texts. */
static struct feature *lay_feature(char *next, const struct feature *feature)
{
    struct feature *packed = lay(&next, feature, sizeof *feature);
    packed->reference_count = 1;
    packed->is_packed = true;
    packed->block = NULL;
    packed->shape = lay(&next, feature->shape, sizeof *feature->shape);
    packed->area_template = lay(&next, feature->area_template, sizeof *feature->area_template);
    struct shape *shape = packed->shape;
    if (packed->area_template) {
        const struct area_template *source = feature->area_template;
        packed->area_template->points =
            lay(&next, source->points, source->point_count * sizeof *source->points);
    }
    if (shape) {
        shape->points = lay(&next, shape->points, shape->point_count * sizeof *shape->points);
        shape->parts = lay(&next, shape->parts, shape->part_count * sizeof *shape->parts);
        shape->point_capacity = shape->point_count;
        shape->part_capacity = shape->part_count;
    }
    packed->id = lay_text(&next, feature->id);
    packed->owner = lay_text(&next, feature->owner);
    packed->source = lay_text(&next, feature->source);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        packed->code.texts[slot] = lay_text(&next, feature->code.texts[slot]);
    }
    return packed;
}

struct feature *feature_pack(const struct feature *feature)
{
    if (feature->is_packed) {
        return feature_ref(feature);
    }
    return lay_feature(memory_new(1, packed_bytes(feature)), feature);
}

struct feature_block *feature_block_new(const struct feature *const *features, size_t count,
                                        const struct feature **copies)
{
    assert(count > 0 && count <= FEATURE_BLOCK_MOST);
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += packed_bytes(features[i]);
    }
    struct feature_block *block = memory_new(1, sizeof *block);
    block->reference_count = 1;
    block->bytes = memory_new(1, length);
    char *next = block->bytes;
    for (size_t i = 0; i < count; i++) {
        struct feature *copy = lay_feature(next, features[i]);
        copy->block = block;
        next += packed_bytes(copy);
        copies[i] = copy;
    }
    return block;
}

struct feature_block *feature_block_ref(struct feature_block *block)
{
    __atomic_add_fetch(&block->reference_count, 1, __ATOMIC_RELAXED);
    return block;
}

void feature_block_unref(struct feature_block *block)
{
    if (__atomic_sub_fetch(&block->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    assert(block->reference_count == 0);
    free(block->bytes);
    free(block);
}

void feature_packer_init(struct feature_packer *packer)
{
    *packer = (struct feature_packer){.block = NULL};
}

void feature_packer_finish(struct feature_packer *packer)
{
    if (packer->block) {
        feature_block_unref(packer->block);
    }
    feature_packer_init(packer);
}

/** Begins with the next block, which has room for so many bytes at least. */
static void go_on(struct feature_packer *packer, size_t bytes)
{
    size_t capacity = packer->capacity == 0 ? FIRST_BYTES : 2 * packer->capacity;
    capacity = capacity < MOST_BYTES ? capacity : MOST_BYTES;
    feature_packer_finish(packer);
    packer->capacity = bytes > capacity ? bytes : capacity;
    packer->block = memory_new(1, sizeof *packer->block);
    packer->block->reference_count = 1;
    packer->block->bytes = memory_resize(NULL, packer->capacity, 1);
}

struct feature *feature_packer_add(struct feature_packer *packer, const struct feature *feature)
{
    size_t bytes = packed_bytes(feature);
    if (packer->capacity - packer->length < bytes) {
        go_on(packer, bytes);
    }
    struct feature *copy = lay_feature(packer->block->bytes + packer->length, feature);
    copy->block = feature_block_ref(packer->block);
    packer->length += bytes;
    return copy;
}
