/*
 * feature_labels.c - one map from feature to label. A map drawn in another palette or size, or with other
 * symbol sets, replaces what is there: nearly always there is only one of each at a time.
 */
#include "render/scene/feature_labels.h"

#include <stdio.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "render/pointer_map.h"

#define SWEEP_LEAST 4096
#define NUMBER_SIZE 1.15 /* of a number that stands for a text: it is short, and sought from a list */

/* The slot of one feature: its latest label. */
struct slot {
    struct feature_label *label;
};

struct feature_labels {
    struct text_engine *engine;
    struct pointer_map *slots;
    size_t swept_count;
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
    free(label->text);
    feature_unref(label->feature);
    free(label);
}

static void free_slot(void *value)
{
    struct slot *slot = value;
    feature_label_unref(slot->label);
    free(slot);
}

struct feature_labels *feature_labels_new(struct text_engine *engine)
{
    struct feature_labels *labels = memory_new(1, sizeof(*labels));
    labels->engine = engine;
    labels->slots = pointer_map_new(free_slot);
    return labels;
}

void feature_labels_free(struct feature_labels *labels)
{
    if (!labels) {
        return;
    }
    pointer_map_free(labels->slots);
    free(labels);
}

/* Takes the text, which may be NULL. */
static struct feature_label *make(const struct feature_labels *labels, const struct feature *feature,
                                  const struct symbol_entry *entry, char *text, enum symbol_detail detail,
                                  enum palette palette, double scale)
{
    struct feature_label *label = memory_new(1, sizeof(*label));
    *label = (struct feature_label){.text = text,
                                    .entry = entry,
                                    .palette = palette,
                                    .scale = scale,
                                    .detail = detail,
                                    .feature = feature_ref(feature),
                                    .reference_count = 1};
    if (text) {
        label->look = symbol_label_look(entry, palette, scale);
        struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
        label->size = text_measure(labels->engine, text, &label->look, box);
    }
    return label;
}

static char *text_of(const struct feature *feature, const struct symbol_entry *entry,
                     enum symbol_detail detail)
{
    const char *name = feature->code.texts[SLOT_NAME];
    return entry ? symbol_label(entry, &feature->code, detail) : memory_copy_text(name);
}

static struct slot *slot_of(struct feature_labels *labels, const struct feature *feature)
{
    struct slot *slot = pointer_map_find(labels->slots, feature);
    if (!slot) {
        slot = memory_new(1, sizeof(*slot));
        pointer_map_add(labels->slots, feature, slot);
    }
    return slot;
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
    struct slot *slot = slot_of(labels, feature);
    if (!is_as_asked(slot->label, entry, palette, scale) || slot->label->detail != detail ||
        slot->label->number > 0) {
        feature_label_unref(slot->label);
        slot->label = make(labels, feature, entry, text_of(feature, entry, detail), detail, palette, scale);
    }
    return feature_label_ref(slot->label);
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
    struct slot *slot = slot_of(labels, feature);
    if (!is_as_asked(slot->label, entry, palette, scale) || slot->label->number != number) {
        feature_label_unref(slot->label);
        slot->label = make_number(labels, feature, entry, number, palette, scale);
    }
    return feature_label_ref(slot->label);
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
    label->look =
        (struct text_look){.size_px = 11.5 * scale, .colour = {0xFF, 0xFF, 0xFF, 0xFF}, .is_bold = true};
    struct text_box box = {.wrap_px = 0, .align = TEXT_CENTRE};
    label->size = text_measure(labels->engine, label->text, &label->look, box);
    return label;
}

static bool is_drawn(void *value, void *context)
{
    struct slot *slot = value;
    return slot->label->reference_count > 1;
}

void feature_labels_trim(struct feature_labels *labels)
{
    if (pointer_map_count(labels->slots) < 2 * labels->swept_count + SWEEP_LEAST) {
        return;
    }
    pointer_map_sweep(labels->slots, is_drawn, NULL);
    labels->swept_count = pointer_map_count(labels->slots);
}
