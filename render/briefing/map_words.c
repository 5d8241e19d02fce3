#include "render/briefing/map_words.h"

#include <stdbool.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "render/briefing/briefing.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/note_title.h"
#include "render/print/words.h"
#include "render/report.h"
#include "render/scene/seen_features.h"
#include "symbology/symbol.h"

#define WORDS_CEILING_BYTES 4000

static bool has_numbers(const struct seen_feature *seen)
{
    char *numbers = symbol_numbers(seen->entry, &seen->feature->code, SYMBOL_NUMBER_SLOTS);
    free(numbers);
    return numbers != NULL;
}

/* "Gewonden (T1 3 / T2 7), TS peloton 1 (\u00D74)" */
static void append_numbers(struct buffer *list, const struct briefing_order *order,
                           const struct seen_features *seen)
{
    for (size_t i = 0; i < seen->count && !list->is_full; i++) {
        if (has_numbers(&seen->items[i])) {
            struct report_item item = {.kind = REPORT_NUMBERS_UNPLACED,
                                       .subject = seen->items[i].feature->id};
            char *title = note_title(order, &item);
            buffer_appendf(list, "%s%s", list->length > 0 ? ", " : "", title);
            free(title);
        }
    }
}

static char *words_of(const struct briefing_order *order, const struct seen_features *seen, const char *title)
{
    char shows[512];
    char holds[96];
    struct buffer list;
    struct buffer text;
    buffer_init(&list, WORDS_CEILING_BYTES);
    buffer_init(&text, 2 * WORDS_CEILING_BYTES);
    append_numbers(&list, order, seen);
    buffer_append_text(&text, words_format(shows, sizeof shows, WORD_MAP_SHOWS, order->language,
                                           order->scale_denominator, title));
    buffer_append_text(&text, words_format(holds, sizeof holds, WORD_MAP_HOLDS, order->language,
                                           seen->count + seen->left_out));
    if (list.length > 0) {
        buffer_appendf(&text, "%s%s%s", words_text(WORD_MAP_NUMBERS, order->language), list.bytes,
                       list.is_full ? " …" : ".");
    }
    buffer_finish(&list);
    return buffer_take(&text, NULL);
}

char *map_words(struct renderer *renderer, const struct briefing_order *order, const struct map_view *view,
                struct pixel_box box, const char *title, struct fault *fault)
{
    struct seen_features seen;
    if (!seen_features_collect(renderer, view, box, FEATURE_TABLE_MOST, &seen, fault)) {
        return NULL;
    }
    char *words = words_of(order, &seen, title);
    seen_features_finish(&seen);
    return words;
}
