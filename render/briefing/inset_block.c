#include "render/briefing/inset_block.h"

#include <math.h>

#include "render/briefing/overview.h"
#include "render/briefing/qr.h"
#include "render/print/pen.h"
#include "render/print/words.h"

#define CODE_MM 15.0           /* at least, on A4; a code with much to say is larger */
#define OVERVIEW_MM 26.0       /* high */
#define OVERVIEW_WIDTH_MM 26.0 /* at least beside the codes */
#define CAPTION_GAP_MM 0.4

struct code {
    const char *text;
    enum word caption;
    struct bbox box;
    struct bbox caption_box;
};

/** Where everything stands, from the north-west corner of the block. */
struct plan {
    struct code codes[INSET_CODE_MOST];
    int code_count;
    struct bbox overview; /* empty: none */
    double height_mm;
};

static void add_code(struct plan *plan, const char *text, enum word caption)
{
    if (text && text[0] && qr_least_mm(text) > 0) {
        plan->codes[plan->code_count++] = (struct code){.text = text, .caption = caption};
    }
}

static double code_side_mm(const struct plan *plan, const struct pen *pen)
{
    double side = CODE_MM * pen->unit;
    for (int i = 0; i < plan->code_count; i++) {
        side = fmax(side, qr_least_mm(plan->codes[i].text));
    }
    return side;
}

static double caption_height_mm(const struct plan *plan, const struct pen *pen, double side_mm)
{
    double height = 0;
    for (int i = 0; i < plan->code_count; i++) {
        const char *text = words_text(plan->codes[i].caption, pen->language);
        height = fmax(height, pen_measure(pen, PEN_SMALL, text, side_mm).height_mm);
    }
    return height + CAPTION_GAP_MM * pen->unit;
}

/** The codes in rows from a corner on; how far down they reach. */
static double place_codes(struct plan *plan, const struct pen *pen, struct point corner, double width_mm)
{
    double side = code_side_mm(plan, pen);
    double caption = caption_height_mm(plan, pen, side);
    double gap = 2 * pen->unit;
    int in_row = (int)fmax(1, floor((width_mm + gap) / (side + gap) + 1e-9));
    for (int i = 0; i < plan->code_count; i++) {
        double left = corner.x + i % in_row * (side + gap);
        double top = corner.y + i / in_row * (side + caption + gap);
        plan->codes[i].box = (struct bbox){left, top, left + side, top + side};
        plan->codes[i].caption_box =
            (struct bbox){left, top + side + CAPTION_GAP_MM * pen->unit, left + side, top + side + caption};
    }
    int rows = (plan->code_count + in_row - 1) / in_row;
    return corner.y + rows * (side + caption) + (rows > 0 ? rows - 1 : 0) * gap;
}

static struct plan plan_of(const struct inset_block *block, const struct pen *pen, double width_mm)
{
    struct plan plan = {.overview = bbox_empty()};
    add_code(&plan, block->link, WORD_LIVE_VIEW);
    add_code(&plan, block->verify_link, WORD_CHECK);
    add_code(&plan, block->check_text, WORD_CHECK_WITHOUT_NET);
    double gap = 2.5 * pen->unit;
    double side = code_side_mm(&plan, pen);
    double codes = plan.code_count * side + (plan.code_count - 1) * 2 * pen->unit;
    double beside = width_mm - codes - gap;
    struct point corner = {0, 0};
    if (!block->overview) {
        plan.height_mm = place_codes(&plan, pen, corner, width_mm);
    } else if (plan.code_count > 0 && beside >= OVERVIEW_WIDTH_MM * pen->unit) {
        corner.x = beside + gap;
        plan.height_mm = fmax(place_codes(&plan, pen, corner, codes), OVERVIEW_MM * pen->unit);
        plan.overview = (struct bbox){0, 0, beside, plan.height_mm};
    } else {
        plan.overview = (struct bbox){0, 0, width_mm, OVERVIEW_MM * pen->unit};
        corner.y = plan.overview.max_y + gap;
        plan.height_mm =
            plan.code_count > 0 ? place_codes(&plan, pen, corner, width_mm) : plan.overview.max_y;
    }
    return plan;
}

static struct bbox moved(struct bbox box, struct bbox by)
{
    return (struct bbox){box.min_x + by.min_x, box.min_y + by.min_y, box.max_x + by.min_x,
                         box.max_y + by.min_y};
}

double inset_block_height_mm(const struct inset_block *block, const struct pen *pen, double width_mm)
{
    return plan_of(block, pen, width_mm).height_mm;
}

bool inset_block_paint_codes(const struct inset_block *block, const struct pen *pen, struct bbox box_mm,
                             struct fault *fault)
{
    struct plan plan = plan_of(block, pen, bbox_width(box_mm));
    for (int i = 0; i < plan.code_count; i++) {
        const struct code *code = &plan.codes[i];
        if (!qr_paint(pen, code->text, moved(code->box, box_mm), fault)) {
            return false;
        }
        pen_text(pen, PEN_SMALL, TEXT_CENTRE, words_text(code->caption, pen->language),
                 moved(code->caption_box, box_mm));
    }
    return true;
}

bool inset_block_paint_overview(const struct inset_block *block, struct pen *pen,
                                struct page_document *document, struct bbox box_mm, struct report *report,
                                struct fault *fault)
{
    struct plan plan = plan_of(block, pen, bbox_width(box_mm));
    return !block->overview || overview_paint(block->renderer, block->overview, pen, document,
                                              moved(plan.overview, box_mm), report, fault);
}
