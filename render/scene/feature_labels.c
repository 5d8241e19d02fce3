/*
 * feature_labels.c - one map from feature to label. A map drawn in another palette or size, or with other
 * symbol sets, replaces what is there: nearly always there is only one of each at a time.
 *
 * Where features are many nearly all labels find no place and are let go by those who asked. So when there is
 * no room for another it is made and not kept.
 */
#include "render/scene/feature_labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "render/pointer_map.h"
#include "render/scene/feature_symbol.h"
#include "render/text/text_lines.h"

#define SWEEP_LEAST 4096
#define NUMBER_SIZE 1.15 /* of a number that stands for a text: it is short, and sought from a list */

struct feature_labels {
    struct text_engine *engine;
    struct pointer_map *latest; /* feature -> struct feature_label */
    size_t most_bytes;
    size_t bytes;         /* of those in the map */
    size_t refused_count; /* for which there was no room since the last sweep */
    size_t swept_count;
    struct feature_label sketch;
    char *sketched_text; /* owned: that of the sketch when it was composed; NULL */
};

struct feature_label *feature_label_ref(struct feature_label *label)
{
    label->reference_count++;
    return label;
}

void feature_label_unref(struct feature_label *label)
{
    if (!label || --label->reference_count > 0) {
        return;
    }
    feature_unref(label->feature);
    free(label);
}

static void unref_value(void *value)
{
    feature_label_unref(value);
}

struct feature_labels *feature_labels_new(struct text_engine *engine, size_t most_bytes)
{
    struct feature_labels *labels = memory_new(1, sizeof(*labels));
    labels->engine = engine;
    labels->most_bytes = most_bytes;
    labels->latest = pointer_map_new(unref_value);
    return labels;
}

void feature_labels_free(struct feature_labels *labels)
{
    if (!labels) {
        return;
    }
    pointer_map_free(labels->latest);
    free(labels->sketched_text);
    free(labels);
}

/* With its text in one piece of memory. */
static struct feature_label *new_label(const char *text)
{
    size_t text_bytes = text ? strlen(text) + 1 : 0;
    struct feature_label *label = memory_new(1, sizeof(*label) + text_bytes);
    if (text) {
        label->text = memcpy(label + 1, text, text_bytes);
    }
    return label;
}

static size_t bytes_of(const struct feature_label *label)
{
    return sizeof(*label) + (label->text ? strlen(label->text) + 1 : 0);
}

/* Takes the text, which may be NULL. */
static struct feature_label *make(const struct feature_labels *labels, const struct feature *feature,
                                  const struct symbol_entry *entry, char *text, enum symbol_detail detail,
                                  enum palette palette, double scale)
{
    bool is_cut = false;
    if (text && !text_lines_are_short(text)) {
        char *lines = text_lines_fit(text, &is_cut);
        free(text);
        text = lines;
    }
    struct feature_label *label = new_label(text);
    *label = (struct feature_label){.text = label->text,
                                    .entry = entry,
                                    .palette = palette,
                                    .scale = scale,
                                    .detail = detail,
                                    .is_cut = is_cut,
                                    .feature = feature_ref(feature),
                                    .reference_count = 1};
    if (text) {
        label->look = symbol_label_look(entry, palette, scale);
        struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
        label->size = text_measure(labels->engine, text, &label->look, box);
    }
    free(text);
    return label;
}

static char *text_of(const struct feature *feature, const struct symbol_entry *entry,
                     enum symbol_detail detail)
{
    const char *name = feature->code.texts[SLOT_NAME];
    return entry ? symbol_label(entry, &feature->code, detail) : memory_copy_text(name);
}

/* Kept in the place of the one that its feature had, if there is room. */
static struct feature_label *keep(struct feature_labels *labels, struct feature_label *label)
{
    const struct feature_label *before = pointer_map_find(labels->latest, label->feature);
    size_t bytes = labels->bytes - (before ? bytes_of(before) : 0) + bytes_of(label);
    if (!before && bytes + pointer_map_bytes(labels->latest) > labels->most_bytes) {
        labels->refused_count++;
        return label;
    }
    pointer_map_put(labels->latest, label->feature, label);
    labels->bytes = bytes;
    return feature_label_ref(label);
}

static bool is_as_asked(const struct feature_label *label, const struct symbol_entry *entry,
                        enum palette palette, double scale)
{
    return label && label->entry == entry && label->palette == palette && label->scale == scale;
}

struct feature_label *feature_labels_get(struct feature_labels *labels, const struct feature *feature,
                                         const struct symbol_entry *entry, enum symbol_detail detail,
                                         enum palette palette, double scale)
{
    struct feature_label *label = pointer_map_find(labels->latest, feature);
    if (is_as_asked(label, entry, palette, scale) && label->detail == detail && label->number == 0) {
        return feature_label_ref(label);
    }
    return keep(labels,
                make(labels, feature, entry, text_of(feature, entry, detail), detail, palette, scale));
}

/* NULL when there is none; composed ones are kept until the next. */
static const char *sketch_text(struct feature_labels *labels, const struct feature *feature,
                               const struct symbol_entry *entry, enum symbol_detail detail)
{
    const char *given = entry ? symbol_label_as_given(entry, &feature->code) : feature->code.texts[SLOT_NAME];
    if (given || !entry) {
        return given;
    }
    free(labels->sketched_text);
    labels->sketched_text = symbol_label(entry, &feature->code, detail);
    return labels->sketched_text;
}

struct feature_label *feature_labels_sketch(struct feature_labels *labels, const struct feature *feature,
                                            const struct symbol_entry *entry, enum symbol_detail detail,
                                            enum palette palette, double scale)
{
    struct feature_label *sketch = &labels->sketch;
    struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
    *sketch = (struct feature_label){.text = sketch_text(labels, feature, entry, detail),
                                     .entry = entry,
                                     .palette = palette,
                                     .scale = scale,
                                     .detail = detail,
                                     .feature = feature};
    if (!sketch->text) {
        return sketch;
    }
    if (!text_lines_are_short(sketch->text)) {
        return NULL;
    }
    sketch->look = symbol_label_look(entry, palette, scale);
    bool is_told = text_measure_at_once(labels->engine, sketch->text, &sketch->look, box, &sketch->size);
    return is_told ? sketch : NULL;
}

struct feature_label *feature_labels_get_name(const struct feature_labels *labels,
                                              const struct feature_label *whole)
{
    bool is_composed = whole->entry && whole->number == 0;
    char *name = is_composed ? symbol_label_name(whole->entry, &whole->feature->code, whole->detail) : NULL;
    if (!name) {
        return NULL;
    }
    struct feature_label *label =
        make(labels, whole->feature, whole->entry, name, whole->detail, whole->palette, whole->scale);
    label->is_name_only = true;
    return label;
}

static struct feature_label *make_number(const struct feature_labels *labels, const struct feature *feature,
                                         const struct symbol_entry *entry, uint32_t number,
                                         enum palette palette, double scale)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    struct feature_label *label =
        make(labels, feature, entry, memory_copy_text(digits), DETAIL_FULL, palette, scale);
    label->number = number;
    label->look.is_bold = true;
    label->look.size_px *= NUMBER_SIZE;
    struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
    label->size = text_measure(labels->engine, label->text, &label->look, box);
    return label;
}

struct feature_label *feature_labels_get_number(struct feature_labels *labels, const struct feature *feature,
                                                const struct symbol_entry *entry, uint32_t number,
                                                enum palette palette, double scale)
{
    struct feature_label *label = pointer_map_find(labels->latest, feature);
    if (is_as_asked(label, entry, palette, scale) && label->number == number) {
        return feature_label_ref(label);
    }
    return keep(labels, make_number(labels, feature, entry, number, palette, scale));
}

struct feature_label *feature_labels_get_part(const struct feature_labels *labels,
                                              const struct feature *feature, const struct symbol_entry *entry,
                                              uint32_t part, enum palette palette, double scale)
{
    char *name = area_template_part_name(feature->area_template, part);
    return make(labels, feature, entry, name, DETAIL_FULL, palette, scale);
}

struct feature_label *feature_labels_get_count(const struct feature_labels *labels,
                                               const struct feature *feature, uint32_t count,
                                               enum palette palette, double scale)
{
    char number[16];
    snprintf(number, sizeof number, "%u", count);
    struct feature_label *label =
        make(labels, feature, NULL, memory_copy_text(number), DETAIL_FULL, palette, scale);
    label->look = feature_symbol_badge_look(scale);
    struct text_box box = {.wrap_px = 0, .align = TEXT_CENTRE};
    label->size = text_measure(labels->engine, label->text, &label->look, box);
    return label;
}

static bool is_drawn(void *value, void *context)
{
    const struct feature_label *label = value;
    struct feature_labels *labels = context;
    if (label->reference_count > 1) {
        return true;
    }
    labels->bytes -= bytes_of(label);
    return false;
}

void feature_labels_trim(struct feature_labels *labels)
{
    size_t count = pointer_map_count(labels->latest);
    if (labels->refused_count < SWEEP_LEAST && count < 2 * labels->swept_count + SWEEP_LEAST) {
        return;
    }
    pointer_map_sweep(labels->latest, is_drawn, labels);
    labels->swept_count = pointer_map_count(labels->latest);
    labels->refused_count = 0;
}
