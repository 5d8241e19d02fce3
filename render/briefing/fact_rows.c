#include "render/briefing/fact_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/crs.h"
#include "render/briefing/briefing.h"
#include "render/briefing/content.h"
#include "render/briefing/difference_table.h"
#include "render/briefing/difference_words.h"
#include "render/briefing/frame.h"
#include "render/briefing/template.h"
#include "render/grid/grid_words.h"
#include "render/print/text_join.h"
#include "render/print/words.h"

static const char *status_text(const struct map *map, enum language language)
{
    enum word word = map->status == MAP_ESTABLISHED ? WORD_ESTABLISHED
                     : map->status == MAP_EXPIRED   ? WORD_EXPIRED
                                                    : WORD_CONCEPT;
    return words_text(word, language);
}

/** The key of the marks on the map, with their numbers. */
static void add_changes(struct passage *passage, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    if (order->lacks_previous) {
        passage_add(passage, PEN_WARNING, difference_word(DIFFERENCE_WORD_TITLE, order->language),
                    difference_word(DIFFERENCE_WORD_NO_PREVIOUS, order->language));
    }
    if (!order->differences) {
        return;
    }
    struct map_view view = frame_view(input->frame, order);
    char *key = difference_table_key(input->renderer, &view, input->frame->box);
    passage_add(passage, PEN_BODY, difference_word(DIFFERENCE_WORD_TITLE, order->language), key);
    free(key);
}

static void add_status(struct passage *passage, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct map *map = order->map;
    char version[80] = "";
    if (text_says(map->version)) {
        words_format(version, sizeof version, WORD_VERSION, order->language, map->version);
    }
    char *text = text_joined(", ", status_text(map, order->language), version);
    passage_add(passage, PEN_BODY, words_text(WORD_STATUS, order->language), text);
    free(text);
    add_changes(passage, input);
}

static void add_moment(struct passage *passage, enum word word, int64_t moment_ms, enum language language)
{
    if (moment_ms != 0) {
        char *text = text_moment(moment_ms);
        passage_add(passage, PEN_BODY, words_text(word, language), text);
        free(text);
    }
}

/** The ids of the plots' activities, each once. */
static char *activity_ids(const struct briefing_order *order)
{
    struct buffer buffer;
    buffer_init(&buffer, TEXT_JOIN_CEILING_BYTES);
    for (size_t i = 0; i < order->plot_count; i++) {
        text_append_part(&buffer, ", ", plot_title(order->plots[i])->activity);
    }
    return text_take(&buffer);
}

static void add_validity(struct passage *passage, const struct briefing_order *order)
{
    char *text = content_expiry(order);
    if (text[0]) {
        passage_add(passage, PEN_WARNING, words_text(WORD_VALID_UNTIL, order->language), text);
    } else {
        add_moment(passage, WORD_VALID_UNTIL, order->valid_until_ms, order->language);
    }
    free(text);
}

static void add_activity(struct passage *passage, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    enum language language = order->language;
    char *ids = activity_ids(order);
    passage_add(passage, PEN_BODY, words_text(WORD_ACTIVITY, language), ids);
    passage_add(passage, PEN_BODY, words_text(WORD_GRIP, language), order->grip);
    add_validity(passage, order);
    add_moment(passage, WORD_NEXT_UPDATE, order->next_update_ms, language);
    free(ids);
}

static void add_author(struct passage *passage, const struct content_input *input)
{
    const struct briefing_order *order = input->order;
    const struct map *map = order->map;
    char *author = text_joined(", ", map->author, content_organisation(order, input->template));
    passage_add(passage, PEN_BODY, words_text(WORD_AUTHOR, order->language),
                text_says(author) ? author : "–");
    free(author);
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

static void add_datum(struct passage *passage, const struct content_input *input)
{
    enum language language = input->order->language;
    passage_addf(passage, PEN_BODY, words_text(WORD_DATUM, language), "%s (%s)", input->frame->crs->name,
                 input->frame->crs->code);
    add_north(passage, input);
    if (input->lacks_rd_grid) {
        char warning[160];
        passage_add(passage, PEN_WARNING, NULL,
                    words_pair(WORD_NO_RD_GRID, order_languages(input->order), warning));
    }
}

struct passage fact_rows(const struct content_input *input, enum element element)
{
    static void (*const adders[ELEMENT_COUNT])(struct passage * passage,
                                               const struct content_input *input) = {
        [ELEMENT_STATUS] = add_status, [ELEMENT_ACTIVITY] = add_activity, [ELEMENT_AUTHOR] = add_author,
        [ELEMENT_DATUM] = add_datum,   [ELEMENT_GRID] = add_grid,
    };
    struct passage passage = {0};
    if (adders[element]) {
        adders[element](&passage, input);
    }
    return passage;
}
