#include "render/service/briefing/briefing_order.h"

#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/worker/order.h"

#define NAMES_MOST_BYTES 300

/** "Situatie: Moerdijk haven", as long as nobody has said another title. */
static void name_area(struct order *order, const struct map *map, const struct map_area *area)
{
    const char *name = multilingual_text(&area->title, order->view.language);
    if (*name && !order->briefing.title[0]) {
        snprintf(order->briefing.title, sizeof(order->briefing.title), "%.90s: %.90s",
                 multilingual_text(&map->title, order->view.language), name);
    }
}

void briefing_order_show(struct order *order, const struct map *map, const struct map_area *area)
{
    order->briefing.has_box = true;
    order->briefing.is_box_in_degrees = true;
    order->briefing.box = area ? area->box_deg : map->extent_deg;
    if (area) {
        name_area(order, map, area);
    }
}

void briefing_order_complete(struct order *order, const char *base_url, int64_t now_ms)
{
    struct order_briefing *briefing = &order->briefing;
    char as_of[32];
    briefing->dpi = order_briefing_dpi(briefing);
    briefing->made_ms = now_ms;
    if (!*base_url) {
        return;
    }
    if (!briefing->link[0]) {
        snprintf(briefing->link, sizeof(briefing->link), "%s/?map=%s&as-of=%s", base_url, order->view.map,
                 moment_format(order->view.as_of_ms, as_of));
    }
    if (briefing->id[0]) {
        snprintf(briefing->verify_link, sizeof(briefing->verify_link), "%s/verify/%s", base_url,
                 briefing->id);
    }
}

const struct map_area *briefing_order_find_area(const struct map *map, const char *id, struct fault *fault)
{
    struct buffer names;
    buffer_init(&names, NAMES_MOST_BYTES);
    for (size_t i = 0; i < map->area_count; i++) {
        if (strcmp(map->areas[i].id, id) == 0) {
            buffer_finish(&names);
            return &map->areas[i];
        }
        buffer_appendf(&names, "%s%s", i ? ", " : "", map->areas[i].id);
    }
    fault_set(fault, FAULT_NOT_FOUND, "map '%s' has no area '%.80s'; it has: %s", map->id, id,
              names.length ? names.bytes : "none");
    buffer_finish(&names);
    return NULL;
}
