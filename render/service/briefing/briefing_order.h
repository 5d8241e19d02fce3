/*
 * briefing_order.h - the order of a briefing as the service and the command line fill it in alike.
 */
#ifndef RENDER_SERVICE_BRIEFING_ORDER_H
#define RENDER_SERVICE_BRIEFING_ORDER_H

#include <stdint.h>

struct fault;
struct map;
struct map_area;
struct order;

/** Has the frame show all of an area of the map, or (NULL) all of the map. */
void briefing_order_show(struct order *order, const struct map *map, const struct map_area *area);

/**
 * Fills in what stands on the pages and in their links, and is known only when it is made: the dpi that
 * nobody gave, "made at", and by the address at which clients reach the service (base_url; "": none does) the
 * live view and where the briefing can be checked. Its id is given before.
 */
void briefing_order_complete(struct order *order, const char *base_url, int64_t now_ms);

/** The area of a map by its id; NOT_FOUND names those that there are. Borrowed. */
const struct map_area *briefing_order_find_area(const struct map *map, const char *id, struct fault *fault);

#endif
