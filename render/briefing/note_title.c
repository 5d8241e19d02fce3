/*
 * note_title.c - the kind of an item says what its subject is the id of.
 */
#include "render/briefing/note_title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/briefing/briefing.h"
#include "render/print/text_join.h"
#include "render/report.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

enum subject { SUBJECT_LAYER, SUBJECT_PLOT, SUBJECT_FEATURE, SUBJECT_MAP, SUBJECT_OTHER };

static enum subject subject_of(enum report_kind kind)
{
    switch (kind) {
    case REPORT_LAYER_FAILED:
    case REPORT_BEYOND_SCALE:
    case REPORT_LAYER_OUTSIDE:
    case REPORT_LAYER_PARTIAL:
        return SUBJECT_LAYER;
    case REPORT_FEATURES_LEFT_OUT:
    case REPORT_THINNED:
        return SUBJECT_PLOT;
    case REPORT_NUMBERS_UNPLACED:
    case REPORT_LABEL_UNPLACED:
    case REPORT_LABEL_SHORTENED:
    case REPORT_SYMBOL_FALLBACK:
    case REPORT_SYMBOL_SMALL:
    case REPORT_SYMBOL_COUNTED:
    case REPORT_SYMBOL_HIDDEN:
    case REPORT_LETTERS_MISSING: /* or a layer */
        return SUBJECT_FEATURE;
    case REPORT_OUTSIDE:
    case REPORT_RUN_OUT:
    case REPORT_NO_PREVIOUS:
        return SUBJECT_MAP;
    default:
        return SUBJECT_OTHER;
    }
}

static const struct layer *find_layer(const struct map *map, const char *id)
{
    for (size_t i = 0; i < map->item_count; i++) {
        const struct layer *layer = map->items[i].layer;
        if (layer && strcmp(layer->id, id) == 0) {
            return layer;
        }
    }
    return NULL;
}

const struct layer *note_layer(const struct briefing_order *order, const struct report_item *item)
{
    bool can_be = subject_of(item->kind) == SUBJECT_LAYER || item->kind == REPORT_LETTERS_MISSING;
    return can_be ? find_layer(order->map, item->subject) : NULL;
}

static const char *plot_title_of(const struct briefing_order *order, const char *name)
{
    for (size_t i = 0; i < order->plot_count; i++) {
        const struct plot_title *title = plot_title(order->plots[i]);
        if (strcmp(title->name, name) == 0) {
            return title->title ? title->title : "";
        }
    }
    return "";
}

static const struct feature *find_feature(const struct briefing_order *order, const char *id)
{
    const struct feature *feature = NULL;
    for (size_t i = 0; i < order->plot_count && !feature; i++) {
        feature = plot_find(order->plots[i], id);
    }
    return feature;
}

static char *copy_or(const char *title, const char *id)
{
    return memory_copy_text(title && title[0] ? title : id);
}

static char *with_brackets(const char *title, const char *inside)
{
    struct buffer text;
    buffer_init(&text, TEXT_JOIN_CEILING_BYTES);
    buffer_appendf(&text, "%s (%s)", title, inside);
    return text_take(&text);
}

/** "Gewonden (T1 3 / T2 7)". Takes the title. */
static char *with_numbers(const struct briefing_order *order, const char *id, char *title)
{
    struct fault unknown;
    const struct feature *feature = find_feature(order, id);
    const struct symbol_entry *entry =
        feature ? symbol_library_resolve(order->symbols, &feature->code, &unknown) : NULL;
    char *numbers = feature ? symbol_numbers(entry, &feature->code, SYMBOL_NUMBER_SLOTS) : NULL;
    if (!numbers) {
        return title;
    }
    char *both = with_brackets(title, numbers);
    free(numbers);
    free(title);
    return both;
}

/** Its name, or "Politie-eenheid (pol-v)". */
static char *feature_title(const struct briefing_order *order, const char *id)
{
    struct fault unknown;
    const struct feature *feature = find_feature(order, id);
    const char *name = feature ? feature->code.texts[SLOT_NAME] : NULL;
    bool is_unnamed = feature && !(name && name[0]);
    const struct symbol_entry *entry =
        is_unnamed ? symbol_library_resolve(order->symbols, &feature->code, &unknown) : NULL;
    const char *title = entry ? multilingual_text(&entry->name, order->language) : "";
    return title[0] ? with_brackets(title, id) : copy_or(name, id);
}

char *note_title(const struct briefing_order *order, const struct report_item *item)
{
    const struct layer *layer = note_layer(order, item);
    if (layer) {
        return copy_or(multilingual_text(&layer->title, order->language), item->subject);
    }
    switch (subject_of(item->kind)) {
    case SUBJECT_FEATURE:
        return item->kind == REPORT_NUMBERS_UNPLACED
                   ? with_numbers(order, item->subject, feature_title(order, item->subject))
                   : feature_title(order, item->subject);
    case SUBJECT_PLOT:
        return copy_or(plot_title_of(order, item->subject), item->subject);
    case SUBJECT_MAP:
        if (strcmp(item->subject, order->map->id) == 0) {
            return copy_or(multilingual_text(&order->map->title, order->language), item->subject);
        }
        break;
    default:
        break;
    }
    return memory_copy_text(report_title(item));
}

void note_titles_add(const struct briefing_order *order, struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        char *title = note_title(order, &report->items[i]);
        report_set_title(report, i, title);
        free(title);
    }
}
