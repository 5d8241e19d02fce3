/*
 * paint_order.h - in which order the lines and areas of a scene are painted: areas first, important last.
 */
#ifndef RENDER_PAINT_ORDER_H
#define RENDER_PAINT_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct paint_order;
struct scene_feature;
struct scene_list;

/**
 * Costs nothing before it is asked. Owned, paint_order_free().
 * @param list      borrowed, must outlive it
 * @param district  px: only of boxes within it is asked; empty: of any
 */
struct paint_order *paint_order_new(const struct scene_list *list, struct bbox district);
void paint_order_free(struct paint_order *order);

/** Makes what its first question would make. */
void paint_order_make_ready(struct paint_order *order);

/** Visits those of a plot whose ink touches the box. */
void paint_order_query(struct paint_order *order, uint32_t plot, struct bbox box_px,
                       void (*visit)(const struct scene_feature *feature, void *context), void *context);

/** Painted in ascending order: areas, then lines; less important first; last in the order of plot and id. */
uint64_t paint_order_key(const struct scene_feature *feature, uint32_t number);

/** What it comes to take when it is asked. */
size_t paint_order_bytes(const struct scene_list *list);

#endif
