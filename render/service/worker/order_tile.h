/*
 * order_tile.h - how an order for one tile travels: as fields (wire_fields.h) and not as JSON, because there
 * are so many of them. Used by order_write() and order_read() only.
 */
#ifndef RENDER_SERVICE_ORDER_TILE_H
#define RENDER_SERVICE_ORDER_TILE_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct order;

void order_tile_write(const struct order *order, struct buffer *fields);

/** Does a header begin as order_tile_write() begins it? */
bool order_tile_begins(const char *header, size_t length);
bool order_tile_read(const char *fields, size_t length, struct order *order, struct fault *fault);

#endif
