#include "render/briefing/difference_frame.h"

#include <assert.h>

#include "data/plot_difference.h"
#include "render/briefing/frame.h"

void difference_before_init(struct briefing_before *before, const struct briefing_order *order)
{
    assert(order->differences && order->plot_count <= MAP_VIEW_PLOT_MAX);
    before->order = *order;
    for (size_t i = 0; i < order->plot_count; i++) {
        struct plot_situation situation = plot_difference_before(order->differences[i]);
        before->plots[i] = situation.plot;
        before->order.moment_ms = situation.moment_ms;
    }
    before->order.plots = before->plots;
    before->order.differences = NULL;
}

bool difference_frame_paint_before(struct renderer *renderer, const struct frame *frame,
                                   const struct briefing_order *order, struct page_document *document,
                                   struct bbox map_mm, struct report *report, struct fault *fault)
{
    struct briefing_before before;
    difference_before_init(&before, order);
    return frame_paint_map(renderer, frame, &before.order, document, map_mm, report, fault);
}
