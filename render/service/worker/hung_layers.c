#include "render/service/worker/hung_layers.h"

#include <string.h>

#include "geo/base/fault.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/message.h"
#include "render/service/worker/order.h"

#define LEFT_MS 10000 /* as a renderer leaves a layer that failed */

bool hung_layer_read(const struct message *message, struct hung_layer *layer)
{
    static const char start[] = "{\"hung\":"; /* so that a result is not read twice */
    struct json_reader reader;
    struct fault fault;
    if (strncmp(message->header, start, sizeof(start) - 1) != 0 ||
        !json_reader_open(&reader, "message", message->header, message->header_length, &fault)) {
        return false;
    }
    *layer = (struct hung_layer){.until_ms = 0};
    json_read_text(&reader, "hung", layer->id, sizeof(layer->id));
    layer->waited_ms = json_read_integer(&reader, "hung_ms", 0, INT32_MAX);
    return json_reader_close(&reader);
}

void hung_layers_note(struct hung_layers *layers, const struct hung_layer *layer, int64_t now_ms)
{
    struct hung_layer *room = &layers->items[0];
    for (size_t i = 0; i < HUNG_LAYER_MOST; i++) {
        struct hung_layer *item = &layers->items[i];
        if (strcmp(item->id, layer->id) == 0) {
            room = item;
            break;
        }
        room = item->until_ms < room->until_ms ? item : room;
    }
    *room = *layer;
    room->until_ms = now_ms + LEFT_MS;
}

void hung_layers_tell(const struct hung_layers *layers, int64_t now_ms, struct order_hung *hung)
{
    for (size_t i = 0; i < HUNG_LAYER_MOST; i++) {
        const struct hung_layer *item = &layers->items[i];
        if (item->until_ms > now_ms) {
            order_hung_add(hung, item->id, item->waited_ms);
        }
    }
}
