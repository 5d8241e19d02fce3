#include "render/briefing/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/briefing/block.h"
#include "render/briefing/briefing.h"
#include "render/briefing/completeness.h"
#include "render/briefing/fact_rows.h"
#include "render/briefing/facts.h"
#include "render/briefing/sources.h"
#include "render/briefing/template.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "symbology/symbol_pin.h"

struct language_pair order_languages(const struct briefing_order *order)
{
    return (struct language_pair){order->language, order->has_second_language, order->second_language};
}

static const char *said_by(const struct multilingual *template_text, const char *map_text,
                           enum language language)
{
    const char *text = multilingual_text(template_text, language);
    return text_says(text) ? text : text_says(map_text) ? map_text : "";
}

const char *content_organisation(const struct briefing_order *order, const struct template *template)
{
    return said_by(&template->organisation, order->map->organisation, order->language);
}

const char *content_contact(const struct briefing_order *order, const struct template *template)
{
    return said_by(&template->contact, order->map->contact, order->language);
}

char *content_expiry(const struct briefing_order *order)
{
    if (!briefing_has_run_out(order)) {
        return memory_copy_text("");
    }
    char *moment = text_moment(order->valid_until_ms);
    char *text = text_joined(", ", moment, words_text(WORD_RUN_OUT, order->language));
    free(moment);
    return text;
}

/** "Oefening Hollands Diep (oefening-2026-014)", one for each plot. */
static char *activities(const struct briefing_order *order)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    for (size_t i = 0; i < order->plot_count; i++) {
        const struct plot_title *title = plot_title(order->plots[i]);
        text_append_part(&buffer, ", ", text_says(title->title) ? title->title : title->name);
        if (text_says(title->activity)) {
            buffer_appendf(&buffer, " (%s)", title->activity);
        }
    }
    return text_take(&buffer);
}

char *content_revisions(const struct briefing_order *order)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    for (size_t i = 0; i < order->plot_count; i++) {
        char revision[64];
        words_format(revision, sizeof revision, WORD_REVISION, order->language,
                     (unsigned long long)plot_revision(order->plots[i]));
        text_append_part(&buffer, "; ", words_text(WORD_PLOT, order->language));
        buffer_appendf(&buffer, " %s, %s", plot_title(order->plots[i])->name, revision);
    }
    return text_take(&buffer);
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
            text_append_part(buffer, " · ", text);
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
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    text_append_part(&buffer, " · ", order->id);
    text_append_part(&buffer, " · ", "Plottafel " PLOTTAFEL_VERSION);
    text_append_part(&buffer, " · ", order->map->id);
    text_append_part(&buffer, " · ", plots);
    append_symbols(&buffer, order);
    text_append_part(&buffer, " · ", checksum);
    return text_take(&buffer);
}

/** Adds a part of a subtitle that neither the title says nor what stands there already. */
static void append_new(struct buffer *buffer, const char *title, const char *before, const char *text)
{
    bool is_known = text_says(text) && (strcmp(title, text) == 0 || strstr(before, text) ||
                                        (buffer->bytes && strstr(buffer->bytes, text)));
    text_append_part(buffer, " · ", is_known ? "" : text);
}

/** What a second language says in another way: title, kind of map, place. */
static char *second_subtitle_of(const struct content_input *input, const char *title, const char *first)
{
    const struct briefing_order *order = input->order;
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    if (!text_says(order->title)) {
        append_new(&buffer, title, first, multilingual_text(&order->map->title, order->second_language));
    }
    append_new(&buffer, title, first, multilingual_text(&input->template->title, order->second_language));
    append_new(&buffer, title, first, multilingual_text(&order->map->place, order->second_language));
    return text_take(&buffer);
}

/** Kind of map, sheet, place, activity; behind them, not between, what the second language says. */
static char *subtitle_of(const struct content_input *input, const struct content *content)
{
    const struct briefing_order *order = input->order;
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    append_new(&buffer, content->title, "", multilingual_text(&input->template->title, order->language));
    append_new(&buffer, content->title, "", input->sheet);
    append_new(&buffer, content->title, "", multilingual_text(&order->map->place, order->language));
    append_new(&buffer, content->title, "", content->activities);
    char *first = text_take(&buffer);
    char *second =
        order->has_second_language ? second_subtitle_of(input, content->title, first) : memory_copy_text("");
    char *both = text_joined(" / ", first, second);
    free(first);
    free(second);
    return both;
}

static void add_notice(struct passage *passage, const struct briefing_order *order,
                       const struct multilingual *notice)
{
    const char *first = multilingual_text(notice, order->language);
    passage_add(passage, PEN_SMALL, NULL, first);
    const char *second =
        order->has_second_language ? multilingual_text(notice, order->second_language) : first;
    if (strcmp(first, second) != 0) {
        passage_add(passage, PEN_SMALL, NULL, second);
    }
}

/** Contact, what the map and the organisation disclaim, and the addresses of the codes, to be typed. */
static struct passage disclaimer_of(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct template *template = input->template;
    struct passage passage = {0};
    passage_add(&passage, PEN_BODY, words_text(WORD_CONTACT, order->language),
                content_contact(order, template));
    add_notice(&passage, order, &order->map->disclaimer);
    add_notice(&passage, order, &template->disclaimer);
    passage_add(&passage, PEN_BODY, words_text(WORD_LIVE_VIEW, order->language), order->link);
    passage_add(&passage, PEN_BODY, words_text(WORD_CHECK, order->language), order->verify_link);
    return passage;
}

/** Where activity and validity stand on another page, the moments beside the map say that it is over. */
static char *expiry_beside_map(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    bool is_beside = input->template->places[order->is_landscape][ELEMENT_ACTIVITY] < PLACE_AROUND &&
                     !input->template->is_slim;
    char *expiry = content_expiry(order);
    char *text = is_beside || !expiry[0]
                     ? memory_copy_text("")
                     : text_joined(" ", words_text(WORD_VALID_UNTIL, order->language), expiry);
    free(expiry);
    return text;
}

static void write_moments(struct content *content, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    char label[160];
    char *made = text_moment(order->made_ms);
    content->moment_label = memory_copy_text(words_pair(WORD_SITUATION_AS_OF, order_languages(order), label));
    content->moment = text_moment(order->moment_ms);
    content->expiry = expiry_beside_map(input);
    content->made = briefing_is_plate(order) /* the same whenever it is asked for */
                        ? memory_copy_text("")
                        : text_joined(" ", words_text(WORD_MADE_AT, order->language), made);
    free(made);
}

struct content content_of(const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct map *map = order->map;
    struct content content = {.marking = map_marking(map), .is_exercise = input->facts->is_exercise};
    const char *title =
        text_says(order->title) ? order->title : multilingual_text(&map->title, order->language);
    content.title = memory_copy_text(text_says(title) ? title : map->id);
    content.activities = activities(order);
    content.subtitle = subtitle_of(input, &content);
    content.revision = content_revisions(order);
    content.identity = identity_text(input, content.revision);
    content.keywords = text_joined(" · ", content.identity, marking_text(content.marking));
    write_moments(&content, input);
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        content.said[i] = fact_rows(input, (enum element)i);
    }
    content.said[ELEMENT_DISCLAIMER] = disclaimer_of(input);
    return content;
}

/** Which sheets of an atlas are left out, below the heading of what a map lacks. */
static void add_left_out(struct passage *passage, const struct content_input *input)
{
    if (text_says(input->left_out)) {
        passage_addf(passage, PEN_BODY, NULL, "%s%s%s",
                     words_text(WORD_SHEETS_LEFT_OUT, input->order->language),
                     words_colon(input->order->language), input->left_out);
    }
}

/** A map of the whole of its plots says nothing of that; of a sheet its index tells. */
static void add_outside(struct passage *passage, const struct content_input *input)
{
    enum language language = input->order->language;
    size_t outside = input->facts->outside_count;
    char text[160];
    if (outside == 0 || input->sheet) {
        return;
    }
    words_format(text, sizeof text, WORD_OUTSIDE_MAP, language, outside,
                 outside + input->facts->feature_count);
    bool is_empty = input->facts->feature_count == 0;
    passage_add(passage, is_empty ? PEN_WARNING : PEN_BODY, NULL,
                is_empty ? words_text(WORD_ALL_OUTSIDE_MAP, language) : text);
}

void content_add_outcome(struct content *content, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    enum word more = input->rest == PAGE_REST_NEXT  ? WORD_IN_FULL_ON_NEXT_PAGE
                     : input->rest == PAGE_REST_END ? WORD_IN_FULL_AT_END
                                                    : WORD_COUNT;
    passage_finish(&content->said[ELEMENT_COMPLETENESS]);
    passage_finish(&content->said[ELEMENT_SOURCES]);
    passage_finish(&content->completeness_summary);
    content->said[ELEMENT_COMPLETENESS] = completeness_passage(order, input->facts, input->report);
    content->said[ELEMENT_SOURCES] = sources_passage(input, content->activities);
    content->completeness_summary = completeness_summary(order, input->facts, input->report, more);
    add_outside(&content->said[ELEMENT_COMPLETENESS], input);
    add_outside(&content->completeness_summary, input);
    add_left_out(&content->said[ELEMENT_COMPLETENESS], input);
    add_left_out(&content->completeness_summary, input);
}

void content_finish(struct content *content)
{
    char *const texts[] = {content->title,    content->subtitle,  content->moment_label, content->moment,
                           content->revision, content->made,      content->expiry,       content->identity,
                           content->keywords, content->activities};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        free(texts[i]);
    }
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        passage_finish(&content->said[i]);
    }
    passage_finish(&content->completeness_summary);
    *content = (struct content){0};
}

struct passage content_passage(const struct content *content, unsigned elements, bool is_summarised)
{
    struct passage passage = {0};
    for (int i = 0; i < ELEMENT_COUNT; i++) {
        if ((elements & element_bit((enum element)i)) == 0) {
            continue;
        }
        bool is_short = i == ELEMENT_COMPLETENESS && is_summarised;
        passage_append(&passage, is_short ? &content->completeness_summary : &content->said[i], 0);
    }
    return passage;
}

enum word content_more(enum page_rest rest, bool is_legend)
{
    return rest == PAGE_REST_NEXT  ? WORD_MORE_ON_NEXT_PAGE
           : rest == PAGE_REST_END ? WORD_MORE_AT_END
           : is_legend             ? WORD_LEGEND_LEFT_OUT
                                   : WORD_MORE_LEFT_OUT;
}
