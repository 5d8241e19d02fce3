/*
 * district_stock.h - districts of the tiles that were asked for last, made before anybody asks for them.
 *
 * The first tile of a district waits until all around it is placed, which may take longer than a dozen tiles
 * after it. Who asks for one tile of a map goes on to others where something stands: a worker that has
 * nothing to do makes the districts with features ready: from the zoom at which a plot is seen as a whole
 * down to those that would have too many of them, then those further away; of a zoom those with the most
 * features first. Each worker makes those of which it is the home (order_district.h). Nothing can interrupt
 * the placing of one, so plots of which it would take long are left alone.
 *
 * That is done once for a map, its look and moment: a change makes the districts that it touches anew when it
 * is compared with what was before.
 */
#ifndef RENDER_SERVICE_DISTRICT_STOCK_H
#define RENDER_SERVICE_DISTRICT_STOCK_H

#include <stdbool.h>

struct config;
struct district_stock;
struct order;
struct order_scene;
struct renderer;

/** All borrowed. Owned, district_stock_free(). */
struct district_stock *district_stock_new(const struct config *config, struct renderer *renderer);
void district_stock_free(struct district_stock *stock);

/** The order that was carried out: a picture of a tile tells which map, plots and look are wanted at present,
 * a PING which of how many workers this one is. */
void district_stock_watch(struct district_stock *stock, const struct order *order);

/** The last tile's order, when there is more to make for it; NULL: all is ready. Borrowed. */
const struct order *district_stock_wish(const struct district_stock *stock);

/** Plans, or goes a step on with the next one. @param scene  map, plots and moment of the wish */
void district_stock_fill(struct district_stock *stock, const struct order_scene *scene);

#endif
