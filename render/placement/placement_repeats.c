/*
 * placement_repeats.c - all features together have one budget, so that none but the most important are
 * repeated where there would be thousands of texts.
 */
#include "render/placement/placement_repeats.h"

#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/scene/plot_shapes.h"
#include "render/placement/placement_along.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_unrest.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/scene.h"
#include "symbology/symbol_set.h"

/* The text that a feature repeats; NULL: none, or it lies beside the district. */
static const char *repeated_text(const struct placement_texts *texts, const struct placement_wish *wish)
{
    if (placement_along_wants_letters(wish->feature)) {
        bool is_here = !bbox_is_empty(district_part(texts->district, plot_shape_box(wish->feature->shape)));
        return is_here ? wish->feature->entry->letters : NULL;
    }
    return placement_along_wants_name(wish->feature) && wish->placed.text->alongs.count > 0
               ? wish->label->text
               : NULL;
}

static bool is_spared(const struct placement_texts *texts, const struct placement_wish *wish)
{
    return wish->is_label_same && wish->repeat_most == wish->old->repeat_most &&
           placement_unrest_spares_texts(texts->unrest, wish);
}

static bool is_decided_as_before(const struct placement_wish *wish)
{
    size_t count = wish->placed.text->alongs.count;
    return wish->is_label_same && count == wish->old->placed.text->alongs.count &&
           placement_texts_are_alongs_same(wish, wish->name_count, count);
}

static void repeat(const struct placement_texts *texts, struct placement_wish *wish, const char *text)
{
    if (is_spared(texts, wish)) {
        placement_texts_keep_alongs(texts, wish, wish->name_count, wish->old->placed.text->alongs.count);
        return;
    }
    struct placement_along along = placement_texts_along(texts, wish);
    placement_along_repeat(&along, text, wish->repeat_most);
    placement_wish_look(wish, along.looked);
    placement_wish_forget_no_text(wish);
    if (!is_decided_as_before(wish)) {
        placement_unrest_note_texts(texts->unrest, wish);
    }
}

void placement_repeats_place(const struct placement_texts *texts)
{
    int budget = PLACEMENT_ALONG_BUDGET;
    for (size_t i = 0; i < texts->lines.count; i++) {
        struct placement_wish *wish = placement_wishes_at(texts->wishes, texts->lines.items[i]);
        const char *text = repeated_text(texts, wish);
        if (text) {
            wish->repeat_most = (uint16_t)(budget < PLACEMENT_ALONG_MOST ? budget : PLACEMENT_ALONG_MOST);
            repeat(texts, wish, text);
            budget -= (int)(wish->placed.text->alongs.count - wish->name_count);
        }
    }
}
