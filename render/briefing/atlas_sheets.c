#include "render/briefing/atlas_sheets.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/briefing/briefing.h"
#include "render/briefing/facts.h"
#include "render/briefing/frame.h"
#include "render/briefing/press.h"
#include "render/canvas/image.h"
#include "render/grid/sheet_split.h"
#include "render/picture.h"
#include "render/print/text_join.h"
#include "render/report.h"

static bool has_one_colour(const struct image *image)
{
    for (int x = 1; x < image->width; x++) {
        if (image->pixels[x] != image->pixels[0]) {
            return false;
        }
    }
    for (int y = 1; y < image->height; y++) {
        if (!image_row_is_again(image, y)) {
            return false;
        }
    }
    return true;
}

/** Only asked of sheets without features, as it draws them. */
static bool shows_nothing(const struct press *press, const struct map_view *view, struct pixel_box box,
                          bool *is_empty)
{
    struct report report;
    report_init(&report);
    struct image *image = picture_render(press->renderer, view, box, 1, &report, press->fault);
    *is_empty = image && report_count(&report, REPORT_LAYER_FAILED) == 0 && has_one_colour(image);
    bool is_drawn = image != NULL;
    image_free(image);
    report_finish(&report);
    return is_drawn;
}

static bool judge(const struct press *press, struct bbox box, bool *is_empty)
{
    struct briefing_order order = *press->order;
    struct frame frame;
    struct facts facts;
    if (!frame_find_box(press->renderer, &order, box, &frame, press->fault) ||
        !facts_read(press->renderer, &order, &frame, &facts, press->fault)) {
        return false;
    }
    size_t feature_count = facts.feature_count;
    facts_finish(&facts);
    *is_empty = false;
    struct map_view view = frame_view(&frame, &order);
    return feature_count > 0 || shows_nothing(press, &view, frame.box, is_empty);
}

bool *atlas_sheets_find_empty(const struct press *press, const struct sheet_split *split)
{
    bool *is_empty = memory_new(split->count, sizeof *is_empty);
    for (size_t i = 0; i < split->count; i++) {
        if (!press_tell(press, (double)i / (double)split->count) ||
            !judge(press, split->sheets[i].box, &is_empty[i])) {
            free(is_empty);
            return NULL;
        }
    }
    return is_empty;
}

char *atlas_sheets_names(const struct sheet_split *split, const bool *is_empty)
{
    struct buffer names;
    buffer_init(&names, TEXT_JOIN_CEILING_BYTES);
    for (size_t i = 0; i < split->count; i++) {
        text_append_part(&names, ", ", is_empty[i] ? split->sheets[i].name : "");
    }
    return text_take(&names);
}
