/*
 * feature.c - lifetime and comparison of features.
 *
 * Features are made of many pieces and packed when a plot takes them: of a million features each allocation
 * counts, and what is drawn together lies together.
 * Everything but the reference count is written before the feature is shared and never after.
 */
#include "data/feature.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/shape.h"

struct feature *feature_new(void)
{
    struct feature *feature = memory_new(1, sizeof *feature);
    feature->valid_from_ms = MOMENT_NONE;
    feature->valid_to_ms = MOMENT_FOREVER;
    feature->recorded_ms = MOMENT_NONE;
    feature->reference_count = 1;
    return feature;
}

static void copy_code(struct symbol_code *code)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        code->texts[slot] = memory_copy_text(code->texts[slot]);
    }
}

void feature_set_template(struct feature *feature, const struct area_template *area_template)
{
    assert(!feature->is_packed && !feature->area_template);
    struct area_template *copy = memory_new(1, sizeof *copy);
    *copy = *area_template;
    copy->points = NULL;
    copy->point_count = 0;
    if (area_template->point_count > 0) {
        area_template_set_points(copy, area_template->points, area_template->point_count);
    }
    feature->area_template = copy;
}

enum area_template_kind feature_template_kind(const struct feature *feature)
{
    return feature->area_template ? feature->area_template->kind : TEMPLATE_NONE;
}

struct feature *feature_copy(const struct feature *feature)
{
    struct feature *copy = feature_new();
    *copy = *feature;
    copy->reference_count = 1;
    copy->is_packed = false;
    copy->id = memory_copy_text(feature->id);
    copy->owner = memory_copy_text(feature->owner);
    copy->source = memory_copy_text(feature->source);
    copy_code(&copy->code);
    copy->shape = feature->shape ? shape_copy(feature->shape) : NULL;
    copy->area_template = NULL;
    if (feature->area_template) {
        feature_set_template(copy, feature->area_template);
    }
    return copy;
}

static size_t text_bytes(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

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
    return bytes;
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
struct feature *feature_pack(const struct feature *feature)
{
    if (feature->is_packed) {
        return feature_ref(feature);
    }
    char *next = memory_new(1, packed_bytes(feature));
    struct feature *packed = lay(&next, feature, sizeof *feature);
    packed->reference_count = 1;
    packed->is_packed = true;
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

struct feature *feature_ref(const struct feature *feature)
{
    struct feature *shared = (struct feature *)feature;
    __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    return shared;
}

static void free_parts(struct feature *feature)
{
    free(feature->id);
    free(feature->owner);
    free(feature->source);
    symbol_code_finish(&feature->code);
    shape_free(feature->shape);
    if (feature->area_template) {
        area_template_finish(feature->area_template);
        free(feature->area_template);
    }
}

void feature_unref(const struct feature *feature)
{
    struct feature *shared = (struct feature *)feature;
    if (!shared || __atomic_sub_fetch(&shared->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    assert(shared->reference_count == 0);
    if (!shared->is_packed) {
        free_parts(shared);
    }
    free(shared);
}

bool feature_is_valid_at(const struct feature *feature, int64_t moment_ms)
{
    return feature->valid_from_ms <= moment_ms && moment_ms < feature->valid_to_ms;
}

static bool text_equals(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool part_equals(const struct shape_part *a, const struct shape_part *b)
{
    return a->first == b->first && a->count == b->count && a->is_hole == b->is_hole;
}

static bool shape_equals(const struct shape *a, const struct shape *b)
{
    if (!a || !b) {
        return a == b;
    }
    if (a->kind != b->kind || a->is_multi != b->is_multi || a->part_count != b->part_count ||
        a->point_count != b->point_count) {
        return false;
    }
    for (size_t i = 0; i < a->part_count; i++) {
        if (!part_equals(&a->parts[i], &b->parts[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < a->point_count; i++) {
        if (!point_equals(a->points[i], b->points[i])) {
            return false;
        }
    }
    return true;
}

static bool template_equals(const struct area_template *a, const struct area_template *b)
{
    return a && b ? area_template_equals(a, b) : a == b;
}

bool feature_equals(const struct feature *a, const struct feature *b)
{
    return text_equals(a->id, b->id) && text_equals(a->owner, b->owner) &&
           text_equals(a->source, b->source) && a->valid_from_ms == b->valid_from_ms &&
           a->valid_to_ms == b->valid_to_ms && symbol_code_equals(&a->code, &b->code) &&
           template_equals(a->area_template, b->area_template) && shape_equals(a->shape, b->shape);
}
