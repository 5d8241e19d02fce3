/*
 * placement_hem.c - takes a part that the label is sure to have, and looks whether that stands anywhere.
 * Asked of labels whose text must be shaped: of others it is known at once how large they are.
 */
#include "render/placement/placement_hem.h"

#include <stddef.h>
#include <string.h>

#include "data/feature.h"
#include "render/map_view.h"
#include "render/placement/box_grid.h"
#include "render/placement/placement_texts.h"
#include "render/placement/placement_wishes.h"
#include "render/scene/district.h"
#include "render/scene/scene.h"
#include "symbology/symbol.h"

#define LETTER_WIDTH_EM 0.28 /* of the narrowest letter or digit */
#define LINE_HEIGHT_EM 1.2
#define ROUNDING_PX 1.0    /* places are whole px: a long text may begin so much further off than a letter */
#define LONG_TEXT_BYTES 40 /* so many never are longer than: */
#define LONG_TEXT_PX 600.0

/* Is it a label whose every place lies well within the district, however long its text is set? */
static bool is_well_inside(const struct placement_texts *texts, const struct placement_wish *wish)
{
    const struct symbol_code *code = &wish->placed.feature->code;
    size_t length = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        length += code->texts[slot] ? strlen(code->texts[slot]) : 0;
    }
    double reach = LONG_TEXT_PX * texts->view->symbol_scale;
    return length <= LONG_TEXT_BYTES &&
           district_contains(texts->district, bbox_grow(placed_ink(&wish->placed), reach));
}

/* Its label is at least as large as this: all that can be said without setting it. No letter or digit of our
 * letters is narrower. Empty when it may have no label. */
static struct text_size least_size(const struct placement_wish *wish, const struct text_look *look)
{
    const struct symbol_code *code = &wish->placed.feature->code;
    const char *name =
        wish->placed.entry ? symbol_text_of(wish->placed.entry, code, SLOT_NAME) : code->texts[SLOT_NAME];
    int count = 0;
    for (; name && *name && *name != '\n'; name++) {
        bool is_letter = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z');
        count += is_letter || (*name >= '0' && *name <= '9');
    }
    return (struct text_size){.width_px = count * LETTER_WIDTH_EM * look->size_px,
                              .height_px = count > 0 ? LINE_HEIGHT_EM * look->size_px : 0};
}

bool placement_hem_is_tight(const struct placement_texts *texts, struct placement_wish *wish)
{
    if (!wish->is_point || texts->view->crowded == MAP_CROWDED_LEADER || texts->view->numbers) {
        return false; /* it may stand elsewhere than beside a symbol */
    }
    struct text_look look =
        symbol_label_look(wish->placed.entry, texts->view->palette, texts->view->symbol_scale);
    struct text_size size = least_size(wish, &look);
    if (size.height_px == 0 || !is_well_inside(texts, wish)) {
        return false;
    }
    struct label_places places =
        label_places_around(placed_ink(&wish->placed), size, placement_texts_gap_px(texts, &look));
    for (int i = 0; i < places.count; i++) {
        struct point corner = places.items[i].corner;
        struct bbox box = {corner.x, corner.y, corner.x + size.width_px, corner.y + size.height_px};
        struct bbox core = bbox_grow(box, look.halo_px - ROUNDING_PX);
        if (box_grid_is_free(texts->taken, core)) {
            return false;
        }
        placement_wish_look(wish, core);
    }
    return true;
}
