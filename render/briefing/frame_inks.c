#include "render/briefing/frame_inks.h"

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/scale.h"
#include "render/briefing/frame.h"
#include "render/layer/layer_labels.h"
#include "render/layer/layer_paint.h"
#include "render/layer/layer_window.h"
#include "render/placement/box_grid.h"
#include "render/placement/placement.h"
#include "render/scene/plot_room.h"
#include "render/scene/scene.h"
#include "symbology/style.h"

static void add_boxes(struct box_grid *inks, const struct bbox *boxes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        box_grid_add(inks, boxes[i], 0);
    }
}

/** Leaders and texts along lines lie askew: small boxes tell better than one where they are. */
static void add_placed(struct box_grid *inks, const struct placed *placed)
{
    const struct placed_text *text = placed->text;
    if (placed->has_symbol) {
        box_grid_add(inks, placed_ink(placed), 0);
    }
    box_grid_add(inks, text->label_ink, 0);
    if (text->has_leader) {
        struct leader_rooms rooms = leader_rooms(&text->leader);
        add_boxes(inks, rooms.items, (size_t)rooms.count);
    }
    for (size_t i = 0; i < text->alongs.count; i++) {
        add_boxes(inks, text->alongs.items[i]->rooms, text->alongs.items[i]->room_count);
    }
}

/** A layer that cannot be read has no labels, and the report of the map says so. */
static void add_layer(struct box_grid *inks, const struct plot_room *room, const struct layer *layer,
                      struct pixel_box box)
{
    bool has_labels = layer->kind == LAYER_VECTOR && style_has_labels(layer->style);
    if (!has_labels || !layer_is_drawn(layer, room->view)) {
        return;
    }
    struct fault ignored;
    const struct layer_window *window = layer_window_get(room->renderer, room->view, layer, box, &ignored);
    for (size_t i = 0; window && i < window->label_count; i++) {
        const struct layer_label *label = &window->labels[i];
        const struct layer_label_place *place = layer_label_place(label, room);
        if (place) {
            struct layer_label_rooms rooms = layer_label_rooms(label, (int)(place - label->places));
            add_boxes(inks, rooms.boxes, rooms.count);
        }
    }
}

struct box_grid *frame_inks(struct renderer *renderer, const struct frame *frame,
                            const struct briefing_order *order, struct fault *fault)
{
    struct map_view view = frame_view(frame, order);
    struct bbox frame_px = pixel_box_to_bbox(frame->box);
    struct scene *scene = scene_get(renderer, &view, frame_px, fault);
    if (!scene) {
        return NULL;
    }
    const struct placement *placement = scene_placement(scene);
    size_t count = placement_count(placement);
    struct box_grid *inks = box_grid_new(frame_px, count, 0);
    for (size_t i = 0; i < count; i++) {
        add_placed(inks, placement_at(placement, i));
    }
    struct plot_room room = {renderer, &view, scene};
    for (size_t i = 0; i < order->map->item_count; i++) {
        if (order->map->items[i].layer) {
            add_layer(inks, &room, order->map->items[i].layer, frame->box);
        }
    }
    scene_unref(scene);
    return inks;
}

void frame_inks_add_mm(struct box_grid *inks, struct bbox map_mm, struct bbox box_mm)
{
    struct bbox box = {
        (box_mm.min_x - map_mm.min_x) / SCALE_PIXEL_MM, (box_mm.min_y - map_mm.min_y) / SCALE_PIXEL_MM,
        (box_mm.max_x - map_mm.min_x) / SCALE_PIXEL_MM, (box_mm.max_y - map_mm.min_y) / SCALE_PIXEL_MM};
    box_grid_add(inks, box, 0);
}
