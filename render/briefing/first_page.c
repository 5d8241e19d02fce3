#include "render/briefing/first_page.h"

#include "render/briefing/content.h"
#include "render/briefing/legend_block.h"
#include "render/print/words.h"
#include "render/legend/legend.h"

/** What a measuring callback needs. */
struct measuring {
    const struct first_page *page;
    const struct pen *pen;
};

/** Completeness first: a summary of it stands for all. */
static const enum layout_block text_blocks[] = {LAYOUT_COMPLETENESS, LAYOUT_FACTS, LAYOUT_SOURCES,
                                                LAYOUT_DISCLAIMER};
#define TEXT_BLOCK_COUNT (sizeof text_blocks / sizeof text_blocks[0])

static const struct passage *passage_of(const struct first_page *page, enum layout_block block)
{
    const struct content *content = page->content;
    switch (block) {
    case LAYOUT_COMPLETENESS:
        return page->is_summarised ? &content->completeness_summary : &content->completeness;
    case LAYOUT_FACTS:
        return &content->facts;
    case LAYOUT_SOURCES:
        return &content->sources;
    default:
        return &content->disclaimer;
    }
}

static double measure_block(enum layout_block block, double width_mm, void *context)
{
    const struct measuring *measuring = context;
    if (block == LAYOUT_LEGEND) {
        return legend_block_height_mm(measuring->page->legend, measuring->pen, width_mm);
    }
    if (block == LAYOUT_SCALE) {
        return layout_scale_height_mm(measuring->pen->unit);
    }
    return passage_height_mm(passage_of(measuring->page, block), measuring->pen, width_mm);
}

struct layout first_page_layout(const struct first_page *page, const struct pen *pen, enum paper paper,
                                bool is_landscape)
{
    struct measuring measuring = {page, pen};
    struct layout_measure measure = {measure_block, &measuring};
    return layout_solve(paper, is_landscape, &measure);
}

size_t first_page_entries(const struct first_page *page, const struct pen *pen, const struct layout *layout)
{
    struct bbox box = layout->boxes[LAYOUT_LEGEND];
    return bbox_is_empty(box) ? 0 : legend_block_fit(page->legend, pen, box);
}

static void add_in_full(struct passage *rest, const struct passage *passage, const struct pen *pen)
{
    if (passage->count > 0 && passage->rows[0].style != PEN_HEADING) {
        passage_add(rest, PEN_HEADING, NULL, words_text(WORD_MORE_IN_FULL, pen->language));
    }
    passage_append(rest, passage, 0);
}

struct passage first_page_rest(const struct first_page *page, const struct pen *pen,
                               const struct layout *layout)
{
    struct passage rest = {0};
    if (!marginalia_title_fits(pen, layout->boxes[LAYOUT_HEADER], page->content)) {
        passage_add(&rest, PEN_HEADING, NULL, words_text(WORD_MORE_IN_FULL, pen->language));
        passage_add(&rest, PEN_BODY, NULL, page->content->title);
        passage_add(&rest, PEN_BODY, NULL, page->content->subtitle);
    }
    if (page->is_summarised) {
        add_in_full(&rest, &page->content->completeness, pen);
    }
    for (size_t i = page->is_summarised ? 1 : 0; i < TEXT_BLOCK_COUNT; i++) {
        if (layout->is_short[text_blocks[i]]) {
            add_in_full(&rest, passage_of(page, text_blocks[i]), pen);
        }
    }
    return rest;
}

static void paint_rule_above(const struct pen *pen, const struct layout *layout, struct bbox box)
{
    double y = box.min_y - layout->gap_mm / 2;
    pen_stroke(pen, (struct point){box.min_x, y}, (struct point){box.max_x, y}, 0.18 * pen->unit, pen_rule);
}

static void paint_texts(const struct first_page *page, const struct pen *pen, const struct layout *layout,
                        enum layout_block block)
{
    struct bbox box = layout->boxes[block];
    if (bbox_is_empty(box)) {
        return;
    }
    enum word more = page->has_sequel ? WORD_MORE_ON_NEXT_PAGE : WORD_MORE_LEFT_OUT;
    struct passage passage =
        passage_shorten(passage_of(page, block), pen, bbox_width(box), bbox_height(box), more);
    passage_paint(&passage, pen, 0, passage.count, box);
    passage_finish(&passage);
    paint_rule_above(pen, layout, box);
}

static bool paint_legend(const struct first_page *page, const struct pen *pen, const struct layout *layout,
                         struct fault *fault)
{
    struct bbox box = layout->boxes[LAYOUT_LEGEND];
    if (bbox_is_empty(box)) {
        return true;
    }
    enum word more = page->has_sequel ? WORD_MORE_ON_NEXT_PAGE : WORD_LEGEND_LEFT_OUT;
    return legend_block_paint(page->legend, pen, box, more, fault);
}

bool first_page_paint(const struct first_page *page, const struct pen *pen, const struct layout *layout,
                      struct fault *fault)
{
    const struct content *content = page->content;
    const struct bbox *boxes = layout->boxes;
    pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
    marginalia_paint_header(pen, boxes[LAYOUT_HEADER], content);
    marginalia_paint_band(pen, boxes[LAYOUT_MARKING_TOP], content->marking, content->is_exercise);
    pen_tag_end(pen);
    pen_tag_begin(pen, PAGE_TAG_DECORATION, NULL);
    marginalia_paint_band(pen, boxes[LAYOUT_MARKING_BOTTOM], content->marking, content->is_exercise);
    pen_tag_end(pen);
    /* Markings, times and identity cannot be switched off. */
    page_layer_begin(page_of_canvas(pen->canvas), "marginalia", words_text(WORD_BESIDE_MAP, pen->language));
    bool is_painted = paint_legend(page, pen, layout, fault);
    scale_block_paint(pen, boxes[LAYOUT_SCALE], &page->scale);
    if (boxes[LAYOUT_SCALE].min_y > boxes[LAYOUT_LEGEND].max_y) {
        paint_rule_above(pen, layout, boxes[LAYOUT_SCALE]);
    }
    for (size_t i = 0; i < TEXT_BLOCK_COUNT; i++) {
        paint_texts(page, pen, layout, text_blocks[i]);
    }
    page_layer_end(page_of_canvas(pen->canvas));
    marginalia_paint_footer(pen, boxes[LAYOUT_FOOTER], content->identity, 1, page->page_count);
    return is_painted;
}
