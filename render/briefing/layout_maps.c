/*
 * layout_maps.c - the neat lines of one map or two in what the cells leave.
 */
#include <math.h>

#include "geo/base/fault.h"
#include "render/briefing/layout_internal.h"
#include "render/briefing/template.h"

/** A map of a given size in the middle of its room. False when it does not fit. */
static bool fit_map(const struct layout_sheet *sheet, struct bbox *map, struct fault *fault)
{
    const struct template *template = sheet->template;
    double width = template->frame.width_mm;
    double height = template->frame.height_mm;
    if (!(width > 0)) {
        return true;
    }
    if (width > bbox_width(*map) + 1e-6 || height > bbox_height(*map) + 1e-6) {
        fault_set(fault, FAULT_INPUT,
                  "the map of template '%s', %.10g x %.10g mm, does not fit on %s %s: it has %.0f x %.0f mm",
                  template->id, width, height, paper_name(sheet->paper),
                  sheet->is_landscape ? "landscape" : "portrait", bbox_width(*map), bbox_height(*map));
        return false;
    }
    struct point corner = {(map->min_x + map->max_x - width) / 2, (map->min_y + map->max_y - height) / 2};
    *map = (struct bbox){corner.x, corner.y, corner.x + width, corner.y + height};
    return true;
}

/** Two maps stand beside each other on paper that lies, below each other on paper that stands. */
static struct bbox part_of(const struct layout_sheet *sheet, const struct layout *layout, struct bbox room,
                           int index)
{
    int count = layout->map_count;
    if (count == 1) {
        return room;
    }
    if (sheet->is_landscape) {
        double width = (bbox_width(room) - (count - 1) * layout->gap_mm) / count;
        room.min_x += index * (width + layout->gap_mm);
        room.max_x = room.min_x + width;
        return room;
    }
    double height = (bbox_height(room) - (count - 1) * layout->gap_mm) / count;
    room.min_y += index * (height + layout->gap_mm);
    room.max_y = room.min_y + height;
    return room;
}

/** Values of a grid stand at the neat line, however much white is around a map of a given size. */
static struct bbox frame_around(struct bbox map, struct bbox room, struct grid_bands bands)
{
    double side = fmin(bands.side_mm, fmin(map.min_x - room.min_x, room.max_x - map.max_x));
    double top = fmin(bands.top_mm, fmin(map.min_y - room.min_y, room.max_y - map.max_y));
    return (struct bbox){map.min_x - side, map.min_y - top, map.max_x + side, map.max_y + top};
}

bool layout_place_maps(const struct layout_sheet *sheet, struct bbox room, struct grid_bands bands,
                       struct layout *layout, struct fault *fault)
{
    bool is_given = sheet->template->frame.width_mm > 0;
    for (int i = 0; i < layout->map_count; i++) {
        struct bbox part = part_of(sheet, layout, room, i);
        bool is_free = is_given && sheet->template->is_slim;
        double side = is_free ? 0 : bands.side_mm;
        double top = is_free ? 0 : bands.top_mm;
        struct bbox map = {part.min_x + side, part.min_y + top, part.max_x - side, part.max_y - top};
        if (!fit_map(sheet, &map, fault)) {
            return false;
        }
        layout->frames[i] = is_given ? frame_around(map, part, bands) : part;
        layout->maps[i] = map;
    }
    return true;
}
