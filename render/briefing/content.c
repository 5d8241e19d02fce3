#include "render/briefing/content.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/crs.h"
#include "render/briefing/briefing.h"
#include "render/briefing/completeness.h"
#include "render/briefing/facts.h"
#include "render/briefing/frame.h"
#include "render/grid/grid_words.h"
#include "render/print/words.h"
#include "render/layer/layer_paint.h"
#include "render/report.h"
#include "symbology/symbol_pin.h"

#define TEXT_CEILING_BYTES 8192

static bool has_text(const char *text)
{
    return text && text[0];
}

static char *take(struct buffer *buffer)
{
    size_t length;
    return buffer_take(buffer, &length);
}

/** Adds a text after a separator, when there is a text. */
static void append_part(struct buffer *buffer, const char *separator, const char *text)
{
    if (!has_text(text)) {
        return;
    }
    if (buffer->length > 0) {
        buffer_append_text(buffer, separator);
    }
    buffer_append_text(buffer, text);
}

static char *joined(const char *separator, const char *a, const char *b)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    append_part(&buffer, separator, a);
    append_part(&buffer, separator, b);
    return take(&buffer);
}

static char *local_time(int64_t moment_ms)
{
    char text[32] = "–";
    if (moment_ms != MOMENT_NONE && moment_ms != MOMENT_FOREVER) {
        moment_format_local(moment_ms, text);
    }
    return memory_copy_text(text);
}

/** "Oefening Hollands Diep (oefening-2026-014)", one for each plot. */
static char *activities(const struct briefing_order *order)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    for (size_t i = 0; i < order->plot_count; i++) {
        const struct plot_title *title = plot_title(order->plots[i]);
        append_part(&buffer, ", ", has_text(title->title) ? title->title : title->name);
        if (has_text(title->activity)) {
            buffer_appendf(&buffer, " (%s)", title->activity);
        }
    }
    return take(&buffer);
}

/** "Plot hollands-diep, revisie 47", one for each plot. */
static char *revisions(const struct briefing_order *order)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    for (size_t i = 0; i < order->plot_count; i++) {
        char revision[64];
        words_format(revision, sizeof revision, WORD_REVISION, order->language,
                     (unsigned long long)plot_revision(order->plots[i]));
        append_part(&buffer, "; ", words_text(WORD_PLOT, order->language));
        buffer_appendf(&buffer, " %s, %s", plot_title(order->plots[i])->name, revision);
    }
    return take(&buffer);
}

static const char *status_text(const struct map *map, enum language language)
{
    enum word word = map->status == MAP_ESTABLISHED ? WORD_ESTABLISHED
                     : map->status == MAP_EXPIRED   ? WORD_EXPIRED
                                                    : WORD_CONCEPT;
    return words_text(word, language);
}

static void add_status(struct passage *passage, const struct briefing_order *order)
{
    const struct map *map = order->map;
    char version[80] = "";
    if (has_text(map->version)) {
        words_format(version, sizeof version, WORD_VERSION, order->language, map->version);
    }
    char *text = joined(", ", status_text(map, order->language), version);
    passage_add(passage, PEN_BODY, words_text(WORD_STATUS, order->language), text);
    free(text);
}

static void add_grid(struct passage *passage, const struct content_input *input)
{
    char text[GRID_WORDS_BYTES];
    const struct frame *frame = input->frame;
    grid_words(&frame->place, frame->grids, frame->grid_count, input->order->language, text);
    passage_add(passage, PEN_BODY, words_text(WORD_GRID, input->order->language), text);
}

static void add_north(struct passage *passage, const struct content_input *input)
{
    enum language language = input->order->language;
    double angle = round(input->frame->true_north_deg * 100) / 100;
    char number[32];
    char text[128];
    words_number(fabs(angle), 2, language, number);
    enum word word = angle > 0 ? WORD_NORTH_RIGHT : WORD_NORTH_LEFT;
    snprintf(text, sizeof text, "%s", words_text(WORD_NORTH_SAME, language));
    if (angle != 0) {
        words_format(text, sizeof text, word, language, number);
    }
    passage_add(passage, PEN_BODY, words_text(WORD_NORTH, language), text);
}

static struct passage facts_passage(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct map *map = order->map;
    enum language language = order->language;
    struct passage passage = {0};
    char *made = local_time(order->made_ms);
    char *author = joined(", ", map->author, map->organisation);
    passage_add(&passage, PEN_BODY, words_text(WORD_MADE_AT, language), made);
    add_status(&passage, order);
    passage_add(&passage, PEN_BODY, words_text(WORD_AUTHOR, language), has_text(author) ? author : "–");
    passage_add(&passage, PEN_BODY, words_text(WORD_CONTACT, language), map->contact);
    passage_addf(&passage, PEN_BODY, words_text(WORD_DATUM, language), "%s (%s)", input->frame->crs->name,
                 input->frame->crs->code);
    add_grid(&passage, input);
    add_north(&passage, input);
    passage_add(&passage, PEN_BODY, words_text(WORD_LIVE_VIEW, language), order->link);
    if (input->lacks_rd_grid) {
        passage_add(&passage, PEN_WARNING, NULL, words_text(WORD_NO_RD_GRID, language));
    }
    free(made);
    free(author);
    return passage;
}

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
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    const struct layer *layer = order->map->items[index].layer;
    for (size_t i = 0; i < order->map->item_count; i++) {
        const struct map_item *item = &order->map->items[i];
        if (!shown[i] || !same_source(item->layer, layer)) {
            continue;
        }
        if (i < index) {
            break;
        }
        append_part(&buffer, ", ", multilingual_text(&item->layer->title, order->language));
    }
    return take(&buffer);
}

static void add_source(struct passage *passage, const struct briefing_order *order, const bool *shown,
                       size_t index)
{
    const struct layer *layer = order->map->items[index].layer;
    char *titles = titles_of_source(order, shown, index);
    char as_of[96] = "";
    if (has_text(layer->currency)) {
        words_format(as_of, sizeof as_of, WORD_SOURCE_AS_OF, order->language, layer->currency);
    }
    struct buffer buffer;
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    append_part(&buffer, "", has_text(layer->credit) ? layer->credit : layer->owner);
    append_part(&buffer, ", ", layer->licence);
    append_part(&buffer, ", ", as_of);
    char *text = take(&buffer);
    if (has_text(titles)) {
        passage_addf(passage, PEN_SMALL, NULL, "%s: %s", titles, has_text(text) ? text : "–");
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

static struct passage sources_passage(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    bool *shown = shown_items(input);
    struct passage passage = {0};
    passage_add(&passage, PEN_HEADING, NULL, words_text(WORD_SOURCES, order->language));
    for (size_t i = 0; i < order->map->item_count; i++) {
        if (shown[i]) {
            add_source(&passage, order, shown, i);
        }
    }
    char *plots = activities(order);
    passage_addf(&passage, PEN_SMALL, NULL, "%s: %s", words_text(WORD_PLOT, order->language),
                 has_text(plots) ? plots : "–");
    free(plots);
    free(shown);
    return passage;
}

/* What the plots are drawn with, each set once. */
static void append_symbols(struct buffer *buffer, const struct briefing_order *order)
{
    for (size_t i = 0; i < order->plot_count; i++) {
        char text[SYMBOL_PIN_BYTES];
        const struct symbol_pin *pin = &plot_title(order->plots[i])->symbols;
        bool is_new = pin->version > 0;
        for (size_t j = 0; j < i && is_new; j++) {
            is_new = !symbol_pin_equals(pin, &plot_title(order->plots[j])->symbols);
        }
        if (is_new) {
            symbol_pin_format(pin, text);
            append_part(buffer, " · ", text);
        }
    }
}

static char *identity_text(const struct content_input *input, const char *plots)
{
    const struct briefing_order *order = input->order;
    char sum[32];
    char checksum[96];
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)input->facts->checksum);
    words_format(checksum, sizeof checksum, WORD_CHECKSUM, order->language, sum);
    struct buffer buffer;
    buffer_init(&buffer, TEXT_CEILING_BYTES);
    buffer_appendf(&buffer, "Plottafel %s", PLOTTAFEL_VERSION);
    append_part(&buffer, " · ", order->map->id);
    append_part(&buffer, " · ", plots);
    append_symbols(&buffer, order);
    append_part(&buffer, " · ", checksum);
    return take(&buffer);
}

struct content content_of(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct map *map = order->map;
    struct content content = {.marking = map_marking(map), .is_exercise = input->facts->is_exercise};
    const char *title =
        has_text(order->title) ? order->title : multilingual_text(&map->title, order->language);
    char *activity = activities(order);
    content.title = memory_copy_text(has_text(title) ? title : map->id);
    content.subtitle = joined(" · ", multilingual_text(&map->place, order->language), activity);
    content.moment = local_time(order->moment_ms);
    content.revision = revisions(order);
    content.identity = identity_text(input, content.revision);
    content.keywords = joined(" · ", content.identity, marking_text(content.marking));
    content.facts = facts_passage(input);
    passage_add(&content.disclaimer, PEN_SMALL, NULL, multilingual_text(&map->disclaimer, order->language));
    free(activity);
    return content;
}

void content_add_outcome(struct content *content, const struct content_input *input)
{
    passage_finish(&content->completeness);
    passage_finish(&content->completeness_summary);
    enum word more = input->order->format == BRIEFING_PDF ? WORD_IN_FULL_ON_NEXT_PAGE : WORD_COUNT;
    content->completeness = completeness_passage(input->order, input->facts, input->report);
    passage_finish(&content->sources);
    content->sources = sources_passage(input);
    content->completeness_summary = completeness_summary(input->order, input->facts, input->report, more);
}

void content_finish(struct content *content)
{
    free(content->title);
    free(content->subtitle);
    free(content->moment);
    free(content->revision);
    free(content->identity);
    free(content->keywords);
    passage_finish(&content->completeness);
    passage_finish(&content->completeness_summary);
    passage_finish(&content->facts);
    passage_finish(&content->sources);
    passage_finish(&content->disclaimer);
    *content = (struct content){0};
}
