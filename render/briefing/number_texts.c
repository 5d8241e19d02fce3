/*
 * number_texts.c - a text without any paint is left out of a document, so these have the least there is:
 * 1/255 of white.
 */
#include "render/briefing/number_texts.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "render/canvas/canvas.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/print/map_layers.h"
#include "render/renderer.h"
#include "render/scene/feature_symbol.h"
#include "render/scene/scene.h"
#include "render/text/text.h"
#include "symbology/symbol.h"

#define SIZE_PX 10.0 /* to be measured at */
#define HEIGHT_PART 0.8
#define NUMBERS_LEAST_PX 0.5 /* that an ink with numbers reaches further than one without */

/** Where numbers are painted, and what. */
struct painting {
    struct renderer *renderer;
    const struct map_view *view;
    struct canvas *canvas;
};

/** What an ink with numbers has beside the same one without; all of it where they stand inside. */
static struct bbox beside(struct bbox with, struct bbox without)
{
    struct bbox box = with;
    if (with.max_x > without.max_x + NUMBERS_LEAST_PX) {
        box.min_x = without.max_x;
    } else if (with.max_y > without.max_y + NUMBERS_LEAST_PX) {
        box.min_y = without.max_y;
    } else if (with.min_x < without.min_x - NUMBERS_LEAST_PX) {
        box.max_x = without.min_x;
    } else if (with.min_y < without.min_y - NUMBERS_LEAST_PX) {
        box.max_y = without.min_y;
    }
    return box;
}

static bool find_box(const struct painting *painting, const struct placed *placed, struct bbox *box,
                     struct fault *fault)
{
    struct placed bare = *placed;
    struct bbox ink;
    bare.has_numbers = false;
    if (!feature_symbol_ink(renderer_symbol_cache(painting->renderer), painting->view, &bare, &ink, fault)) {
        return false;
    }
    *box = beside(placed_ink(placed), ink);
    return true;
}

/** As large as the box lets it be, in its middle. */
static void paint_text(const struct painting *painting, uint32_t plot, const char *text, struct bbox box)
{
    struct text_look look = {.size_px = SIZE_PX, .colour = {255, 255, 255, 1}};
    struct text_box line = {0, TEXT_LEFT};
    struct text_engine *engine = renderer_text_engine(painting->renderer);
    struct text_size size = text_measure(engine, text, &look, line);
    look.size_px *= fmin(bbox_width(box) / size.width_px, HEIGHT_PART * bbox_height(box) / size.height_px);
    size = text_measure(engine, text, &look, line);
    struct point middle = bbox_centre(box);
    struct point corner = {middle.x - size.width_px / 2, middle.y - size.height_px / 2};
    map_layers_begin_plot(painting->canvas, painting->view, plot);
    canvas_text(painting->canvas, text, &look, line, corner);
    map_layers_end(painting->canvas);
}

static bool paint_placed(const struct painting *painting, const struct placed *placed, struct bbox box,
                         struct fault *fault)
{
    bool is_symbol = placed->has_symbol && !placed->is_double && placed->badge_count == 0;
    if (!is_symbol || !bbox_contains_point(box, placed->place)) {
        return true;
    }
    char *text = symbol_numbers(placed->symbol_entry, &placed->feature->code, feature_symbol_slots(placed));
    struct bbox room = placed_ink(placed);
    bool is_found = !text || find_box(painting, placed, &room, fault);
    if (text && is_found) {
        paint_text(painting, placed->plot, text, room);
    }
    free(text);
    return is_found;
}

bool number_texts_paint(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        struct canvas *canvas, struct fault *fault)
{
    struct painting painting = {renderer, view, canvas};
    struct bbox box_px = pixel_box_to_bbox(box);
    struct scene *scene = scene_get(renderer, view, box_px, fault);
    if (!scene) {
        return false;
    }
    const struct placement *placement = scene_placement(scene);
    bool is_painted = true;
    for (size_t i = 0; is_painted && i < placement_count(placement); i++) {
        is_painted = paint_placed(&painting, placement_at(placement, i), box_px, fault);
    }
    scene_unref(scene);
    return is_painted;
}
