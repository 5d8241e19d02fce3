/*
 * placement_inks.c - see placement_inks.h.
 */
#include "render/placement/placement_inks.h"

#include <stddef.h>

#include "render/placement/leader.h"
#include "render/placement/placement.h"

void placement_inks_visit(const struct placed *placed, void (*visit)(struct bbox ink, void *context),
                          void *context)
{
    const struct placed_text *text = placed->text;
    if (placed->has_symbol) {
        visit(placed_ink(placed), context);
    }
    if (!bbox_is_empty(text->label_ink)) {
        visit(text->label_ink, context);
    }
    if (text->has_leader) {
        visit(leader_ink(&text->leader), context);
    }
    for (size_t i = 0; i < text->alongs.count; i++) {
        visit(text->alongs.items[i]->ink, context);
    }
}

bool placement_inks_touch(const struct placed *placed, struct bbox box)
{
    const struct placed_text *text = placed->text;
    for (size_t i = 0; i < text->alongs.count; i++) {
        if (bbox_intersects(text->alongs.items[i]->ink, box)) {
            return true;
        }
    }
    return (placed->has_symbol && bbox_intersects(placed_ink(placed), box)) ||
           bbox_intersects(text->label_ink, box) ||
           (text->has_leader && bbox_intersects(leader_ink(&text->leader), box));
}
