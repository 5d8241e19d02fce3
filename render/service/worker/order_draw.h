/*
 * order_draw.h - the kinds of orders, one function each; used by order_runner.c only.
 *
 * Each fills a result whose fault is NONE, or returns false.
 */
#ifndef RENDER_SERVICE_ORDER_DRAW_H
#define RENDER_SERVICE_ORDER_DRAW_H

#include <stdbool.h>

#include "render/map_view.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_scene.h"

struct briefing_order;
struct config;
struct order_progress;
struct plot_difference;
struct renderer;

/** What every kind may need. */
struct order_draw {
    const struct config *config;
    struct renderer *renderer;
    const struct order *order;
    const struct order_scene *scene;                  /* NULL for kinds without a map */
    const struct order_scene *later;                  /* STALE only */
    const struct plot_difference *const *differences; /* BRIEFING; NULL: nothing to compare with */
    const struct order_progress *progress;            /* may be NULL */
};

bool order_draw_tile(const struct order_draw *draw, struct order_result *result);
bool order_draw_tiles(const struct order_draw *draw, struct order_result *result);
bool order_draw_map(const struct order_draw *draw, struct order_result *result);
bool order_draw_stale(const struct order_draw *draw, struct order_result *result);
bool order_draw_legend(const struct order_draw *draw, struct order_result *result);
bool order_draw_symbol(const struct order_draw *draw, struct order_result *result);
bool order_draw_briefing(const struct order_draw *draw, struct order_result *result);
bool order_draw_frame(const struct order_draw *draw, struct order_result *result);
bool order_draw_style(const struct order_draw *draw, struct order_result *result);
bool order_draw_sprite(const struct order_draw *draw, struct order_result *result);
bool order_draw_glyphs(const struct order_draw *draw, struct order_result *result);
bool order_draw_plate(const struct order_draw *draw, struct order_result *result);
bool order_draw_check(const struct order_draw *draw, struct order_result *result);

/** The tile matrix set of that name, with that zoom. NULL: the fault says what there is not. Borrowed. */
const struct tile_matrix_set *order_find_set(const struct config *config, const char *id, uint32_t zoom,
                                             struct fault *fault);

/**
 * The view and window of an order's box. On the grid of a tile matrix where the box lies on one, so the same
 * blocks are used; else on a grid of its own, and in a frame.
 */
bool order_window_view(const struct order_draw *draw, struct map_view *view, struct pixel_box *box,
                       struct fault *fault);

/** What every page takes from its scene; paper, frame and format are still to be said. Borrows from draw. */
struct briefing_order order_draw_page_of(const struct order_draw *draw);

/** Takes the buffer's bytes as the result. False (LIMIT) when it was full. */
bool order_result_take(struct order_result *result, const char *content_type, struct buffer *buffer);

#endif
