/*
 * seed_state.c - "map=situation tms=WebMercatorQuad ... look=0123456789abcdef; moment=1 plots=5@1,7@2"
 */
#include "render/service/seed/seed_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/service/tile/look_hash.h"
#include "render/service/worker/order.h"

#define STATE_MOST_BYTES 4096

void seed_state_init(struct seed_state *state, const struct config *config, const struct map *map,
                     const struct order *order, const int64_t *recorded_ms)
{
    struct buffer look;
    size_t length;
    struct tile_form form = order->tile.form;
    *state = (struct seed_state){.moment_ms = order->view.as_of_ms, .plot_count = order->view.plot_count};
    memcpy(state->revisions, order->view.revisions, sizeof(state->revisions));
    memcpy(state->recorded_ms, recorded_ms, state->plot_count * sizeof(*recorded_ms));
    buffer_init(&look, STATE_MOST_BYTES);
    buffer_appendf(&look, "map=%s tms=%s form=%d@%d/%d language=%s palette=%s look=%016" PRIx64, map->id,
                   order->tile.tile_matrix_set, (int)form.format, form.pixel_ratio, form.size_px,
                   language_code(order->view.language),
                   palette_name(palette_wish_of(&order->view.palette, map)), look_hash(config, map));
    state->look = buffer_take(&look, &length);
}

void seed_state_finish(struct seed_state *state)
{
    free(state->look);
    *state = (struct seed_state){0};
}

static bool parse_plots(struct seed_state *state, const char *text)
{
    while (*text) {
        int read = 0;
        if (state->plot_count == MAP_VIEW_PLOT_MAX ||
            sscanf(text, "%" SCNu64 "@%" SCNd64 "%n", &state->revisions[state->plot_count],
                   &state->recorded_ms[state->plot_count], &read) != 2 ||
            (text[read] != ',' && text[read] != '\0')) {
            return false;
        }
        state->plot_count++;
        text += read + (text[read] == ',');
    }
    return true;
}

bool seed_state_parse(struct seed_state *state, const char *text)
{
    const char *end = strchr(text, ';');
    int read = 0;
    *state = (struct seed_state){0};
    if (!end || strncmp(text, "map=", 4) != 0 ||
        sscanf(end, "; moment=%" SCNd64 " plots=%n", &state->moment_ms, &read) != 1 || read == 0 ||
        !parse_plots(state, end + read)) {
        return false;
    }
    state->look = memory_copy_bytes(text, (size_t)(end - text));
    return true;
}

char *seed_state_text(const struct seed_state *state)
{
    struct buffer text;
    size_t length;
    buffer_init(&text, STATE_MOST_BYTES);
    buffer_appendf(&text, "%s; moment=%" PRId64 " plots=", state->look, state->moment_ms);
    for (size_t i = 0; i < state->plot_count; i++) {
        buffer_appendf(&text, "%s%" PRIu64 "@%" PRId64, i ? "," : "", state->revisions[i],
                       state->recorded_ms[i]);
    }
    return buffer_take(&text, &length);
}

bool seed_state_is_of_map(const struct seed_state *state, const char *map_id)
{
    size_t length = strlen(map_id);
    const char *id = state->look + 4;
    return strncmp(id, map_id, length) == 0 && id[length] == ' ';
}

enum seed_difference seed_state_compare(const struct seed_state *a, const struct seed_state *b)
{
    if (strcmp(a->look, b->look) != 0 || a->plot_count != b->plot_count) {
        return SEED_OTHER_LOOK;
    }
    bool is_same = a->moment_ms == b->moment_ms;
    for (size_t i = 0; i < a->plot_count; i++) {
        is_same = is_same && a->revisions[i] == b->revisions[i] && a->recorded_ms[i] == b->recorded_ms[i];
    }
    return is_same ? SEED_SAME : SEED_OTHER_PLOTS;
}
