/*
 * placement_sayings.c - asks the labels that the renderer keeps.
 */
#include "render/placement/placement_sayings.h"

#include <stddef.h>

#include "data/feature.h"
#include "render/map_view.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_wishes.h"
#include "render/renderer_internal.h"
#include "render/scene/feature_labels.h"
#include "render/scene/feature_numbers.h"
#include "render/scene/scene.h"

/* The label of a symbol without its numbers says them, as that of a small one does. Without any it says the
 * same in all details, and is the same at all zooms. */
static enum symbol_detail label_detail(const struct placed *placed)
{
    char *const *said = placed->feature->code.texts;
    bool says_numbers = said[SLOT_COUNT_OF] || said[SLOT_VICTIMS] || said[SLOT_HAZARD];
    bool stand_beside = placed->detail == DETAIL_FULL && placed->has_numbers;
    return says_numbers && !stand_beside ? DETAIL_SMALL : DETAIL_FULL;
}

void placement_sayings_find(const struct placement_texts *texts, struct placement_wish *wish)
{
    struct feature_labels *labels = texts->renderer->feature_labels;
    const struct feature *feature = wish->feature->feature;
    const struct symbol_entry *entry = wish->feature->entry;
    enum palette palette = texts->view->palette;
    double scale = texts->view->symbol_scale;
    uint32_t number = feature_numbers_of(texts->view->numbers, feature);
    if (wish->is_part) {
        wish->label = feature_labels_get_part(labels, feature, entry, wish->placed.part - 1, palette, scale);
    } else if (number > 0) {
        wish->label = feature_labels_get_number(labels, feature, entry, number, palette, scale);
    } else {
        wish->label = feature_labels_get(labels, feature, entry, label_detail(&wish->placed), palette, scale);
    }
}

bool placement_sayings_sketch(const struct placement_texts *texts, struct placement_wish *wish)
{
    const struct feature *feature = wish->feature->feature;
    if (wish->is_part || feature_numbers_of(texts->view->numbers, feature) > 0) {
        return false;
    }
    wish->label =
        feature_labels_sketch(texts->renderer->feature_labels, feature, wish->feature->entry,
                              label_detail(&wish->placed), texts->view->palette, texts->view->symbol_scale);
    return wish->label != NULL;
}

void placement_sayings_make(const struct placement_texts *texts, struct placement_wish *wish)
{
    placement_sayings_find(texts, wish);
    if (wish->placed.text->label) {
        placement_wish_text(wish)->label = wish->label->text;
    }
}

bool placement_sayings_shorten(const struct placement_texts *texts, struct placement_wish *wish,
                               bool *is_sketch)
{
    struct feature_label *name =
        wish->is_part ? NULL : feature_labels_get_name(texts->renderer->feature_labels, wish->label);
    if (!name) {
        return false;
    }
    placement_sayings_drop(wish, *is_sketch);
    wish->label = name;
    *is_sketch = false;
    return true;
}

void placement_sayings_drop(struct placement_wish *wish, bool is_sketch)
{
    feature_label_unref(is_sketch ? NULL : wish->label);
    wish->label = NULL;
}
