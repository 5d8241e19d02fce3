#include "render/service/briefing/briefing_again.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_parts.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

#define TEXT_MOST_BYTES (1u << 20)

char *briefing_again_parts(const struct config *config, const struct order *order)
{
    const struct map *map = maps_find(config->maps, order->view.map);
    const struct template *template = briefing_template_find(config, order, NULL);
    return map ? briefing_parts_now(config, map, template) : memory_copy_text("{}");
}

/** All fields of an order as they are when nobody has said anything. */
static json_t *usual_fields(void)
{
    struct order order;
    struct buffer text;
    order_init(&order, ORDER_BRIEFING);
    buffer_init(&text, TEXT_MOST_BYTES);
    order_write(&order, &text);
    json_t *fields = json_loadb(text.bytes, text.length, 0, NULL);
    buffer_finish(&text);
    return fields;
}

bool briefing_again_order(const struct briefing_record *record, struct order *order, struct fault *fault)
{
    if (!*record->order) {
        fault_set(fault, FAULT_NOT_FOUND, "what briefing '%s' was made of is no longer known", record->id);
        return false;
    }
    json_t *fields = usual_fields();
    json_t *known = json_loads(record->order, JSON_REJECT_DUPLICATES, NULL);
    json_object_update(fields, known);
    char *text = json_dumps(fields, JSON_COMPACT | JSON_REAL_PRECISION(17));
    json_decref(fields);
    json_decref(known);
    bool is_read = text && order_read(text, strlen(text), order, fault);
    free(text);
    if (!is_read) {
        fault_prefix(fault, "briefing '%s' cannot be made again: ", record->id);
    }
    return is_read;
}

char *briefing_again_difference(const struct config *config, const struct briefing_record *record,
                                const char *bytes, size_t length)
{
    char digits[BRIEFING_HASH_BYTES];
    struct order order;
    struct fault fault;
    briefing_archive_hash(bytes, length, digits);
    if (strcmp(digits, record->sha256) == 0) {
        return NULL;
    }
    bool is_read = briefing_again_order(record, &order, &fault);
    char *now = is_read ? briefing_again_parts(config, &order) : memory_copy_text("{}");
    char *names = briefing_parts_difference(record->parts, now);
    struct buffer sentence;
    buffer_init(&sentence, TEXT_MOST_BYTES);
    buffer_appendf(&sentence, "it is not the same file as then, because these have changed since: %s",
                   *names ? names : "none of what is known to make a briefing");
    free(now);
    free(names);
    if (is_read) {
        order_finish(&order);
    }
    return buffer_take(&sentence, &(size_t){0});
}
