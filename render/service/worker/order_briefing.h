/*
 * order_briefing.h - a briefing's part of an order (order.h), as it travels.
 */
#ifndef RENDER_SERVICE_ORDER_BRIEFING_H
#define RENDER_SERVICE_ORDER_BRIEFING_H

struct buffer;
struct json_reader;
struct order_briefing;

/** Adds its fields to a JSON object that is open and has some already. */
void order_briefing_write(const struct order_briefing *briefing, struct buffer *json);

/** Trusts nothing: the reader's fault names the first field that is wrong. */
void order_briefing_read(struct json_reader *reader, struct order_briefing *briefing);

#endif
