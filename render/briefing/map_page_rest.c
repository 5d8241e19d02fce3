/*
 * map_page_rest.c - what of a page found no place on it: for the pages that follow, or for the report.
 */
#include "render/briefing/map_page.h"

#include <string.h>

#include "render/briefing/header_block.h"
#include "render/briefing/template.h"
#include "render/legend/legend.h"
#include "render/print/pen.h"
#include "render/print/words.h"

/** The first entry of the legend that is on no page yet. */
static size_t first_entry(const struct map_page *page, const struct pen *pen)
{
    const struct layout_block *block = layout_find(&page->layout, BLOCK_LEGEND);
    const enum place *places = page->wish.template->places[page->wish.order->is_landscape];
    if (places[ELEMENT_LEGEND] == PLACE_OFF) {
        return legend_count(page->legend);
    }
    return block ? legend_block_fit(&page->legend_block, pen, block->box) : 0;
}

/** A passage without a heading of its own gets one; the same not twice. */
static void add_in_full(struct passage *rest, const struct passage *passage, enum word heading,
                        const struct pen *pen)
{
    bool has_own = passage->count == 0 || passage->rows[0].style == PEN_HEADING;
    bool is_said = false;
    char words[160];
    words_pair(heading, pen_languages(pen), words);
    for (size_t i = 0; i < rest->count; i++) {
        is_said = is_said || strcmp(rest->rows[i].text, words) == 0;
    }
    if (!has_own && !is_said) {
        passage_add(rest, PEN_HEADING, NULL, words);
    }
    passage_append(rest, passage, 0);
}

/** Title, times and identity where they were cut. */
void map_page_add_cut_lines(const struct map_page *page, const struct pen *pen,
                            const struct marginalia *marginalia, struct passage *rest)
{
    const struct content *content = &page->content;
    const struct layout_block *title = layout_find(&page->layout, BLOCK_TITLE);
    const struct layout_block *times = layout_find(&page->layout, BLOCK_TIMES);
    struct passage cut = {0};
    if (title && !title_block_fits(pen, content, title->box)) {
        passage_add(&cut, PEN_BODY, NULL, content->title);
        passage_add(&cut, PEN_BODY, NULL, content->subtitle);
    }
    if (times && !times_block_fits(pen, content, times->box)) {
        passage_addf(&cut, PEN_BODY, NULL, "%s %s", content->moment_label, content->moment);
        passage_add(&cut, PEN_BODY, NULL, content->revision);
        passage_add(&cut, PEN_BODY, NULL, content->made);
    }
    if (!marginalia_identity_fits(pen, &page->layout.furniture, marginalia)) {
        passage_add(&cut, PEN_BODY, NULL, content->identity);
    }
    add_in_full(rest, &cut, WORD_MORE_IN_FULL, pen);
    passage_finish(&cut);
}

static bool is_text(enum block_kind kind)
{
    return kind == BLOCK_COMPLETENESS || kind == BLOCK_FACTS || kind == BLOCK_SOURCES ||
           kind == BLOCK_DISCLAIMER;
}

struct sequel_input map_page_rest(const struct map_page *page, const struct pen *pen,
                                  const struct marginalia *marginalia)
{
    struct sequel_input rest = {.legend = &page->legend_block, .first_entry = first_entry(page, pen)};
    map_page_add_cut_lines(page, pen, marginalia, &rest.text);
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        bool is_told_in_short = block->kind == BLOCK_COMPLETENESS && page->is_summarised;
        if (is_text(block->kind) && (block->is_moved || block->is_short || is_told_in_short)) {
            struct passage passage = content_passage(&page->content, block->elements, false);
            add_in_full(&rest.text, &passage, WORD_ABOUT_MAP, pen);
            passage_finish(&passage);
        } else if (block->kind == BLOCK_SCALE && block->is_moved) {
            rest.has_scale = true;
            rest.scale = map_page_scale(page, block->elements);
        } else if (block->kind == BLOCK_INSETS && block->is_moved) {
            rest.has_insets = true;
            rest.insets = map_page_insets(page, block->elements);
        }
    }
    return rest;
}
