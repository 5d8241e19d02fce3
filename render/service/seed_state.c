/*
 * seed_state.c - everything that differs from run to run, in the order in which people would ask for it.
 */
#include "render/service/seed_state.h"

#include <inttypes.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/service/look_hash.h"
#include "render/service/order.h"

#define STATE_MOST_BYTES 4096

char *seed_state_text(const struct config *config, const struct map *map, const struct order *order)
{
    struct buffer text;
    char moment[32];
    buffer_init(&text, STATE_MOST_BYTES);
    buffer_appendf(&text, "map=%s tms=%s ratio=%d language=%s palette=%s moment=%s", map->id,
                   order->tile.tile_matrix_set, order->tile.form.pixel_ratio, language_code(order->view.language),
                   palette_name(palette_wish_of(&order->view.palette, map)),
                   moment_format(order->view.as_of_ms, moment));
    for (size_t i = 0; i < order->view.plot_count; i++) {
        buffer_appendf(&text, "%s%" PRIu64, i ? "," : " revisions=", order->view.revisions[i]);
    }
    buffer_appendf(&text, " look=%016" PRIx64, look_hash(config, map));
    size_t length;
    return buffer_take(&text, &length);
}
