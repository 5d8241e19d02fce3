/*
 * order_draw_tiles.c - neighbouring tiles one after the other, each as order_draw_tile() draws it.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/worker/order_draw.h"
#include "render/service/seed/tile_batch.h"

#define RUN_MOST_BYTES (256u << 20)

/** Draws one as if it had been asked for alone. */
static bool draw_one(const struct order_draw *draw, const struct order_stale_tile *tile, struct buffer *run,
                     struct order_result *result)
{
    struct order_result *single = order_result_new();
    struct order order = *draw->order;
    struct order_draw alone = *draw;
    order.kind = ORDER_TILE;
    memcpy(order.tile.tile_matrix_set, tile->tile_matrix_set, sizeof(order.tile.tile_matrix_set));
    order.tile.address = tile->address;
    order.tile.form = tile->form;
    alone.order = &order;
    bool is_drawn = order_draw_tile(&alone, single);
    if (is_drawn) {
        tile_batch_append(run, single->bytes, single->length);
        memcpy(result->content_type, single->content_type, sizeof(result->content_type));
        report_merge(&result->report, &single->report);
    } else {
        result->fault = single->fault;
    }
    order_result_unref(single);
    return is_drawn;
}

bool order_draw_tiles(const struct order_draw *draw, struct order_result *result)
{
    size_t count;
    struct order_stale_tile *tiles = order_stale_tiles(draw->order, &count, &result->fault);
    struct buffer run;
    buffer_init(&run, RUN_MOST_BYTES);
    bool is_done = tiles != NULL;
    for (size_t i = 0; is_done && i < count; i++) {
        is_done = draw_one(draw, &tiles[i], &run, result);
    }
    free(tiles);
    if (!is_done) {
        buffer_finish(&run);
        return false;
    }
    char content_type[sizeof(result->content_type)];
    memcpy(content_type, result->content_type, sizeof(content_type));
    return order_result_take(result, content_type, &run);
}
