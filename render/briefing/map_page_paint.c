/*
 * map_page_paint.c - the blocks of a page painted where the layout put them. Title, times and marking come
 * first: who listens to the page hears them first.
 */
#include "render/briefing/map_page.h"

#include "geo/base/fault.h"
#include "render/briefing/header_block.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/print/pen.h"
#include "render/print/words.h"

static void paint_rule_above(const struct pen *pen, const struct layout *layout, struct bbox box)
{
    double y = box.min_y - layout->gap_mm / 2;
    pen_stroke(pen, (struct point){box.min_x, y}, (struct point){box.max_x, y}, 0.18 * pen->unit, pen_rule);
}

static void paint_texts(const struct map_page *page, const struct pen *pen, const struct layout_block *block)
{
    enum word more = content_more(page->wish.rest, false);
    struct passage whole = content_passage(&page->content, block->elements, page->is_summarised);
    struct passage passage =
        passage_shorten(&whole, pen, bbox_width(block->box), bbox_height(block->box), more);
    passage_paint(&passage, pen, 0, passage.count, block->box);
    passage_finish(&whole);
    passage_finish(&passage);
}

static bool paint_legend(const struct map_page *page, const struct pen *pen, const struct layout_block *block,
                         struct fault *fault)
{
    enum word more = content_more(page->wish.rest, true);
    return legend_block_paint(&page->legend_block, pen, block->box, more, fault);
}

/** A logo that cannot be drawn is said to be missing; the briefing is made without it. */
static void paint_logo(struct map_page *page, const struct pen *pen, struct bbox box_mm)
{
    struct fault fault;
    if (!logo_block_paint(pen, page->wish.template->logo, box_mm, &fault)) {
        report_add(&page->report, REPORT_DID_NOT_FIT, "logo", "the logo cannot be drawn: %s", fault.message);
    }
}

static struct times_look times_look(const struct map_page *page, const struct layout_block *block,
                                    char scale[static 32])
{
    bool is_right =
        block->place == PLACE_TOP_RIGHT || (block->place == PLACE_TOP_CENTER && page->wish.template->is_slim);
    return (struct times_look){is_right, words_scale(page->wish.order->scale_denominator, scale)};
}

static bool paint_block(struct map_page *page, const struct pen *pen, const struct layout_block *block,
                        struct fault *fault)
{
    struct scale_block scale;
    struct inset_block insets;
    char number[32];
    switch (block->kind) {
    case BLOCK_TITLE:
        title_block_paint(pen, &page->content, block->box);
        return true;
    case BLOCK_LOGO:
        paint_logo(page, pen, block->box);
        return true;
    case BLOCK_TIMES:
        times_block_paint(pen, &page->content, times_look(page, block, number), block->box);
        return true;
    case BLOCK_LEGEND:
        return paint_legend(page, pen, block, fault);
    case BLOCK_SCALE:
        scale = map_page_scale(page, block->elements);
        scale_block_paint(pen, block->box, &scale);
        return true;
    case BLOCK_INSETS:
        insets = map_page_insets(page, block->elements);
        return inset_block_paint_codes(&insets, pen, block->box, fault);
    default:
        paint_texts(page, pen, block);
        return true;
    }
}

/** A rule parts a block from what stands above it in its cell. */
static bool has_rule(const struct map_page *page, const struct layout_block *block)
{
    bool is_head = block->kind <= BLOCK_LEGEND;
    return !is_head && block->place < PLACE_AROUND &&
           block->box.min_y > page->layout.cells[block->place].min_y + 1;
}

static bool paint_blocks(struct map_page *page, const struct pen *pen, bool is_head, struct fault *fault)
{
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        if (bbox_is_empty(block->box) || (block->kind < BLOCK_LEGEND) != is_head) {
            continue;
        }
        if (has_rule(page, block)) {
            paint_rule_above(pen, &page->layout, block->box);
        }
        if (!paint_block(page, pen, block, fault)) {
            return false;
        }
    }
    return true;
}

/** Title, times and marking are read first; what else stands beside the map can be switched off. */
static bool paint_beside(struct map_page *page, const struct pen *pen, const struct marginalia *marginalia,
                         struct fault *fault)
{
    struct page_document *document = page_of_canvas(pen->canvas);
    pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
    bool is_painted = paint_blocks(page, pen, true, fault);
    marginalia_paint_top(pen, &page->layout.furniture, marginalia);
    pen_tag_end(pen);
    page_layer_begin(document, "marginalia", words_text(WORD_BESIDE_MAP, pen->language));
    is_painted = is_painted && paint_blocks(page, pen, false, fault);
    page_layer_end(document);
    marginalia_paint_bottom(pen, &page->layout.furniture, marginalia);
    return is_painted;
}

static bool paint_overview(struct map_page *page, struct pen *pen, struct page_document *document,
                           struct fault *fault)
{
    const struct layout_block *block = layout_find(&page->layout, BLOCK_INSETS);
    struct inset_block insets = map_page_insets(page, block ? block->elements : 0);
    return !block || inset_block_paint_overview(&insets, pen, document, block->box, &page->report, fault);
}

bool map_page_paint(struct map_page *page, struct pen *pen, struct page_document *document,
                    const struct marginalia *marginalia, struct fault *fault)
{
    pen->canvas = page_canvas(document, page->layout.furniture.page, (struct point){0, 0}, fault);
    bool is_painted = pen->canvas && paint_beside(page, pen, marginalia, fault);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted && paint_overview(page, pen, document, fault);
}
