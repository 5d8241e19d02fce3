/* The inputs of a briefing, as JSON; an order made of them can be told to a worker. */
#include "tests/fuzz/fuzz.h"

#include <jansson.h>

#include "geo/base/buffer.h"
#include "render/service/protocol/briefing_inputs.h"
#include "render/service/worker/order.h"
#include "tests/fuzz/world.h"

#define JSON_MOST_BYTES (1u << 20)

static void tell_worker(const struct order *order)
{
    struct order again;
    struct fault fault;
    struct buffer json;
    buffer_init(&json, JSON_MOST_BYTES);
    order_write(order, &json);
    bool is_good = order_read(json.bytes, json.length, &again, &fault);
    if (!is_good) {
        fprintf(stderr, "%s\n%.*s\n", fault.message, (int)json.length, json.bytes);
    }
    assert(is_good);
    order_finish(&again);
    buffer_finish(&json);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    world_service();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct order order;
    struct problems problems;
    json_t *inputs = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(inputs)) {
        order_init(&order, ORDER_BRIEFING);
        problems_init(&problems);
        if (briefing_inputs_read(world_service(), inputs, "inputs.", &order, &problems)) {
            tell_worker(&order);
        }
        problems_finish(&problems);
        order_finish(&order);
    }
    json_decref(inputs);
    return 0;
}
