#include "render/briefing/completeness.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/buffer.h"
#include "render/briefing/briefing.h"
#include "render/briefing/content.h"
#include "render/briefing/facts.h"
#include "render/briefing/note_title.h"
#include "render/print/words.h"
#include "render/report.h"

#define LIST_CEILING_BYTES 3500

/** A kind of shortcoming and what it is called on the page. */
struct line {
    enum report_kind kind;
    enum word label;
    bool is_serious;
    bool is_rare; /* only told when there is one */
};

static const struct line lines[] = {
    {.kind = REPORT_LAYER_FAILED, .label = WORD_MISSING_LAYERS, .is_serious = true},
    {.kind = REPORT_FEATURES_LEFT_OUT, .label = WORD_LEFT_OUT_FEATURES, .is_serious = true, .is_rare = true},
    {.kind = REPORT_LAYER_OUTSIDE, .label = WORD_LAYERS_OUTSIDE, .is_serious = true, .is_rare = true},
    {.kind = REPORT_LAYER_PARTIAL, .label = WORD_LAYERS_PARTIAL, .is_serious = true, .is_rare = true},
    {.kind = REPORT_SYMBOL_FALLBACK, .label = WORD_LETTER_SYMBOLS, .is_serious = true},
    {.kind = REPORT_NUMBERS_UNPLACED, .label = WORD_UNPLACED_NUMBERS, .is_serious = true, .is_rare = true},
    {.kind = REPORT_BEYOND_SCALE, .label = WORD_BEYOND_SCALE},
    {.kind = REPORT_LABEL_UNPLACED, .label = WORD_UNPLACED_LABELS},
    {.kind = REPORT_LABEL_SHORTENED, .label = WORD_SHORTENED_LABELS, .is_rare = true},
    {.kind = REPORT_SYMBOL_SMALL, .label = WORD_SMALL_SYMBOLS},
    {.kind = REPORT_SYMBOL_COUNTED, .label = WORD_COUNTED_SYMBOLS, .is_rare = true},
    {.kind = REPORT_SYMBOL_HIDDEN, .label = WORD_HIDDEN_SYMBOLS, .is_rare = true},
    {.kind = REPORT_GRID_UNNAMED, .label = WORD_GRID_WITHOUT_VALUE, .is_rare = true},
    {.kind = REPORT_LETTERS_MISSING, .label = WORD_MISSING_LETTERS, .is_rare = true},
};
#define LINE_COUNT (sizeof lines / sizeof lines[0])

static void append_name(struct buffer *list, const struct briefing_order *order,
                        const struct report_item *item)
{
    buffer_append_text(list, list->length > 0 ? ", " : "");
    char *title = note_title(order, item);
    buffer_append_text(list, title);
    free(title);
    const struct layer *layer = note_layer(order, item);
    if (item->kind == REPORT_BEYOND_SCALE && layer) {
        char scale[64];
        char meant[96];
        words_scale_unbroken(layer->application_denominator, scale);
        words_format(meant, sizeof meant, WORD_MEANT_FOR, order->language, scale);
        buffer_appendf(list, " (%s)", meant);
    }
}

/** One line: how many of a kind there are and what they are called. */
static void add_kind(struct passage *passage, const struct briefing_order *order, const struct report *report,
                     const struct line *line)
{
    struct buffer list;
    buffer_init(&list, LIST_CEILING_BYTES);
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == line->kind) {
            append_name(&list, order, &report->items[i]);
        }
    }
    const char *label = words_text(line->label, order->language);
    passage_addf(passage, line->is_serious ? PEN_WARNING : PEN_BODY, NULL, "%c%s (%zu)%s%s%s",
                 toupper((unsigned char)label[0]), label + 1, report_count(report, line->kind),
                 words_colon(order->language), list.bytes ? list.bytes : "", list.is_full ? " …" : "");
    buffer_finish(&list);
}

/** The kinds of which there is nothing to tell: the reader sees that they were looked at. */
static void append_nothing(struct buffer *text, const struct briefing_order *order,
                           const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (report_count(report, lines[i].kind) == 0 && !lines[i].is_rare) {
            buffer_append_text(text, count == 0 ? words_text(WORD_NOTHING, order->language) : "");
            buffer_append_text(text, count == 0 ? words_colon(order->language) : ", ");
            buffer_append_text(text, words_text(lines[i].label, order->language));
            count++;
        }
    }
}

static void add_nothing(struct passage *passage, const struct briefing_order *order,
                        const struct report *report)
{
    struct buffer text;
    buffer_init(&text, LIST_CEILING_BYTES);
    append_nothing(&text, order, report);
    passage_add(passage, PEN_BODY, NULL, text.bytes);
    buffer_finish(&text);
}

static void add_owners(struct passage *passage, const struct briefing_order *order, const struct facts *facts)
{
    struct buffer list;
    buffer_init(&list, LIST_CEILING_BYTES);
    for (size_t i = 0; i < facts->owner_count; i++) {
        buffer_appendf(&list, "%s%s (%zu)", i > 0 ? ", " : "", facts->owners[i].name, facts->owners[i].count);
    }
    passage_addf(passage, PEN_BODY, NULL, "%s%s%s", words_text(WORD_OWNERS, order->language),
                 words_colon(order->language),
                 facts->owner_count > 0 ? list.bytes : words_text(WORD_NONE, order->language));
    buffer_finish(&list);
}

/** "Layers too coarse for the scale: 4, labels without place: 17. " */
static void append_counts(struct buffer *text, const struct briefing_order *order,
                          const struct report *report)
{
    for (size_t i = 0; i < LINE_COUNT; i++) {
        size_t count = report_count(report, lines[i].kind);
        if (count > 0 && !lines[i].is_serious) {
            buffer_appendf(text, "%s%s%s%zu", text->length > 0 ? ", " : "",
                           words_text(lines[i].label, order->language), words_colon(order->language), count);
        }
    }
    if (text->length > 0) {
        text->bytes[0] = (char)toupper((unsigned char)text->bytes[0]);
        buffer_append_text(text, ". ");
    }
}

static void append_owners(struct buffer *text, const struct briefing_order *order, const struct facts *facts)
{
    char count[96];
    words_format(count, sizeof count, WORD_OWNER_COUNT, order->language, facts->owner_count);
    buffer_appendf(text, "%s%s %s. ", text->length > 0 && text->bytes[text->length - 1] != ' ' ? ". " : "",
                   words_text(WORD_OWNERS, order->language),
                   facts->owner_count == 1 ? facts->owners[0].name : count);
}

static void add_heading(struct passage *passage, const struct briefing_order *order)
{
    char heading[160];
    passage_add(passage, PEN_HEADING, NULL, words_pair(WORD_COMPLETENESS, order_languages(order), heading));
}

struct passage completeness_summary(const struct briefing_order *order, const struct facts *facts,
                                    const struct report *report, enum word more)
{
    struct passage passage = {0};
    struct buffer text;
    buffer_init(&text, LIST_CEILING_BYTES);
    add_heading(&passage, order);
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (lines[i].is_serious && report_count(report, lines[i].kind) > 0) {
            add_kind(&passage, order, report, &lines[i]);
        }
    }
    append_counts(&text, order, report);
    append_nothing(&text, order, report);
    append_owners(&text, order, facts);
    buffer_append_text(&text, more < WORD_COUNT ? words_text(more, order->language) : "");
    passage_add(&passage, PEN_BODY, NULL, text.bytes);
    buffer_finish(&text);
    return passage;
}

struct passage completeness_passage(const struct briefing_order *order, const struct facts *facts,
                                    const struct report *report)
{
    struct passage passage = {0};
    add_heading(&passage, order);
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (report_count(report, lines[i].kind) > 0) {
            add_kind(&passage, order, report, &lines[i]);
        }
    }
    add_nothing(&passage, order, report);
    add_owners(&passage, order, facts);
    return passage;
}
