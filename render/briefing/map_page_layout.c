/*
 * map_page_layout.c - how high each block of a page is, and what is given up so that its legend is whole.
 */
#include "render/briefing/map_page.h"

#include <stdint.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "render/briefing/header_block.h"
#include "render/briefing/logo.h"
#include "render/briefing/template.h"
#include "render/legend/legend.h"
#include "render/print/pen.h"

struct scale_block map_page_scale(const struct map_page *page, unsigned elements)
{
    return (struct scale_block){.scale_denominator = page->wish.order->scale_denominator,
                                .true_north_deg = page->frame.true_north_deg,
                                .is_without_scale = (elements & element_bit(ELEMENT_SCALE)) == 0,
                                .is_without_north = (elements & element_bit(ELEMENT_NORTH)) == 0};
}

struct inset_block map_page_insets(const struct map_page *page, unsigned elements)
{
    const struct briefing_order *order = page->wish.order;
    bool has_links = (elements & element_bit(ELEMENT_LINK)) != 0;
    bool has_overview = (elements & element_bit(ELEMENT_OVERVIEW)) != 0 && page->has_overview;
    return (struct inset_block){.renderer = page->wish.renderer,
                                .overview = has_overview ? &page->overview : NULL,
                                .link = has_links ? order->link : NULL,
                                .verify_link = has_links ? order->verify_link : NULL,
                                .check_text = has_links ? page->check_text : NULL};
}

/** What a measuring callback needs. */
struct measuring {
    const struct map_page *page;
    const struct pen *pen;
};

static double text_height(const struct measuring *measuring, unsigned elements, double width_mm)
{
    const struct map_page *page = measuring->page;
    struct passage passage = content_passage(&page->content, elements, page->is_summarised);
    double height = passage_height_mm(&passage, measuring->pen, width_mm);
    passage_finish(&passage);
    return height;
}

static double measure_block(enum block_kind kind, unsigned elements, double width_mm, void *context)
{
    const struct measuring *measuring = context;
    const struct map_page *page = measuring->page;
    const struct logo *logo = page->wish.template->logo;
    struct inset_block insets;
    switch (kind) {
    case BLOCK_TITLE:
        return title_block_height_mm(measuring->pen, &page->content, width_mm);
    case BLOCK_LOGO:
        return logo ? width_mm / logo->shape : 0;
    case BLOCK_TIMES:
        return times_block_height_mm(measuring->pen, &page->content, width_mm);
    case BLOCK_LEGEND:
        return legend_block_height_mm(&page->legend_block, measuring->pen, width_mm);
    case BLOCK_SCALE:
        return layout_scale_height_mm(measuring->pen->unit);
    case BLOCK_INSETS:
        insets = map_page_insets(page, elements);
        return inset_block_height_mm(&insets, measuring->pen, width_mm);
    default:
        return text_height(measuring, elements, width_mm);
    }
}

/** What is given up for a legend that is too long, one after the other. */
struct attempt {
    double symbol_scale; /* 0.7: symbols of about 4.5 mm */
    double text_scale;
    bool is_summarised;
    bool has_insets;
};

#define ATTEMPTS_FOR_ALL 5 /* the others are for large paper, or for small */
#define BLOCK_WEIGHT 20    /* entries of a legend that a block is worth */

/** On A4 and smaller the overview and the codes go to a following page before the legend gets very small. */
static const struct attempt attempts[] = {
    {1.0, 1.0, false, true}, {1.0, 1.0, true, true},   {0.9, 1.0, true, true},   {0.8, 1.0, true, true},
    {0.8, 0.9, true, true},  {0.9, 1.0, true, false},  {0.8, 0.95, true, false}, {0.7, 0.9, true, false},
    {0.7, 0.85, true, true}, {0.6, 0.85, true, false}, {0.55, 0.85, true, true}};

/** Would the legend, or what the map lacks, have more room if the insets were elsewhere? */
static bool is_in_the_way(const struct layout *layout, const struct layout_block *insets)
{
    for (int i = 0; i < layout->block_count; i++) {
        enum block_kind kind = layout->blocks[i].kind;
        bool is_long = kind == BLOCK_LEGEND || kind == BLOCK_COMPLETENESS;
        if (is_long && layout->blocks[i].place == insets->place) {
            return true;
        }
    }
    return false;
}

static void lay_out_once(struct map_page *page, const struct pen *pen, struct attempt attempt)
{
    struct measuring measuring = {page, pen};
    struct layout_measure measure = {measure_block, &measuring};
    struct fault fault;
    bool had_frame = layout_frame(map_page_sheet(&page->wish), &page->layout, &fault);
    for (int i = 0; had_frame && i < page->layout.block_count; i++) {
        struct layout_block *block = &page->layout.blocks[i];
        if (block->kind == BLOCK_INSETS && !attempt.has_insets && is_in_the_way(&page->layout, block)) {
            block->place = PLACE_PAGE;
        }
    }
    page->is_summarised = attempt.is_summarised;
    page->legend_block.symbol_scale = attempt.symbol_scale;
    page->legend_block.text_scale = attempt.text_scale;
    layout_solve(map_page_sheet(&page->wish), &measure, &page->layout);
}

/** Entries of the legend that stand on another page although the template wants all of them here. */
static size_t entries_pushed(const struct map_page *page, const struct pen *pen)
{
    const struct layout_block *block = layout_find(&page->layout, BLOCK_LEGEND);
    size_t left =
        legend_count(page->legend) - (block ? legend_block_fit(&page->legend_block, pen, block->box) : 0);
    for (int i = 0; i < page->layout.block_count; i++) {
        bool is_legend = page->layout.blocks[i].kind == BLOCK_LEGEND;
        if (is_legend && page->layout.blocks[i].place != PLACE_PAGE) {
            return left;
        }
    }
    return 0;
}

/**
 * How much a page lacks; 0: the legend is whole, or on another page as the template wants, and everything
 * else somewhere in full. Where no page follows, what is short is lost.
 */
static size_t lacks(const struct map_page *page, const struct pen *pen)
{
    size_t lack = entries_pushed(page, pen);
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        bool is_pushed = block->is_moved && block->place != PLACE_PAGE;
        bool may_be_short = block->kind == BLOCK_LEGEND ||
                            (page->wish.rest != PAGE_REST_LOST && block->kind != BLOCK_COMPLETENESS);
        lack += is_pushed || (block->is_short && !may_be_short) ? BLOCK_WEIGHT : 0;
    }
    return lack;
}

/** On large paper there is room for all that belongs beside a map. */
static bool keeps_insets(const struct map_page *page)
{
    return page->wish.order->paper >= PAPER_A3;
}

void map_page_lay_out(struct map_page *page, const struct pen *pen)
{
    struct attempt best = attempts[0];
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0] && least > 0; i++) {
        if (attempts[i].has_insets != keeps_insets(page) && i >= ATTEMPTS_FOR_ALL) {
            continue;
        }
        lay_out_once(page, pen, attempts[i]);
        size_t lack = lacks(page, pen);
        if (lack < least) {
            best = attempts[i];
            least = lack;
        }
    }
    lay_out_once(page, pen, best);
}
