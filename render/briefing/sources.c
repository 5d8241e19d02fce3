#include "render/briefing/sources.h"

#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/briefing/briefing.h"
#include "render/briefing/content.h"
#include "render/briefing/frame.h"
#include "render/layer/layer_paint.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "render/report.h"

static bool has_failed(const struct layer *layer, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->kind == REPORT_LAYER_FAILED && strcmp(item->subject, layer->id) == 0) {
            return true;
        }
    }
    return false;
}

/** Only what the reader sees is credited: a layer without fault that has something in the frame. */
static bool is_shown(const struct map_item *item, const struct content_input *input,
                     const struct map_view *view)
{
    return item->layer && !has_failed(item->layer, input->report) &&
           layer_is_in_sight(input->renderer, view, item->layer, input->frame->box);
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_source(const struct layer *a, const struct layer *b)
{
    return same_text(a->credit, b->credit) && same_text(a->licence, b->licence) &&
           same_text(a->currency, b->currency);
}

/** The titles of this layer and of the later ones from the same source; "" when an earlier one named it. */
static char *titles_of_source(const struct briefing_order *order, const bool *shown, size_t index)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    const struct layer *layer = order->map->items[index].layer;
    for (size_t i = 0; i < order->map->item_count; i++) {
        const struct map_item *item = &order->map->items[i];
        if (!shown[i] || !same_source(item->layer, layer)) {
            continue;
        }
        if (i < index) {
            break;
        }
        text_append_part(&buffer, ", ", multilingual_text(&item->layer->title, order->language));
    }
    return text_take(&buffer);
}

static void add_source(struct passage *passage, const struct briefing_order *order, const bool *shown,
                       size_t index)
{
    const struct layer *layer = order->map->items[index].layer;
    char *titles = titles_of_source(order, shown, index);
    char as_of[96] = "";
    if (text_says(layer->currency)) {
        words_format(as_of, sizeof as_of, WORD_SOURCE_AS_OF, order->language, layer->currency);
    }
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    text_append_part(&buffer, "", text_says(layer->credit) ? layer->credit : layer->owner);
    text_append_part(&buffer, ", ", layer->licence);
    text_append_part(&buffer, ", ", as_of);
    char *text = text_take(&buffer);
    if (text_says(titles)) {
        passage_addf(passage, PEN_SMALL, NULL, "%s%s%s", titles, words_colon(order->language),
                     text_says(text) ? text : "–");
    }
    free(text);
    free(titles);
}

/** Of each item of the map. Owned. */
static bool *shown_items(const struct content_input *input)
{
    const struct map *map = input->order->map;
    struct map_view view = frame_view(input->frame, input->order);
    bool *shown = memory_new(map->item_count, sizeof *shown);
    for (size_t i = 0; i < map->item_count; i++) {
        shown[i] = is_shown(&map->items[i], input, &view);
    }
    return shown;
}

struct passage sources_passage(const struct content_input *input, const char *activities)
{
    const struct briefing_order *order = input->order;
    bool *shown = shown_items(input);
    struct passage passage = {0};
    char heading[160];
    passage_add(&passage, PEN_HEADING, NULL, words_pair(WORD_SOURCES, order_languages(order), heading));
    for (size_t i = 0; i < order->map->item_count; i++) {
        if (shown[i]) {
            add_source(&passage, order, shown, i);
        }
    }
    passage_addf(&passage, PEN_SMALL, NULL, "%s%s%s", words_text(WORD_PLOT, order->language),
                 words_colon(order->language), text_says(activities) ? activities : "–");
    free(shown);
    return passage;
}
