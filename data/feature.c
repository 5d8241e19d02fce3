/*
 * feature.c - lifetime and comparison of features.
 *
 * Everything but the reference count is written before the feature is shared and never after.
 */
#include "data/feature.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature_block.h"
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
    copy->block = NULL;
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

struct feature *feature_ref(const struct feature *feature)
{
    struct feature *shared = (struct feature *)feature;
    if (shared->block) {
        feature_block_ref(shared->block);
    } else {
        __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    }
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
    if (shared && shared->block) {
        feature_block_unref(shared->block);
        return;
    }
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
