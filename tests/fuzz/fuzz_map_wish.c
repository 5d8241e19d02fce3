/* What a map of OGC API Maps is asked for with: the part of an address behind "?". */
#include "tests/fuzz/fuzz.h"

#include "render/service/http/request.h"
#include "render/service/protocol/map_wish.h"
#include "render/service/worker/order.h"
#include "tests/fuzz/world.h"

#define PATH "/maps/situation/map?"

static void read_wish(const struct request *request)
{
    struct order order;
    struct problems problems;
    struct fault fault;
    order_init(&order, ORDER_PLATE);
    problems_init(&problems);
    snprintf(order.view.map, sizeof order.view.map, "situation");
    if (map_wish_read_format(request, &order.plate.format, &problems) &&
        map_wish_read(world_service(), request, &order, &problems, &fault)) {
        assert(order.plate.width_px >= 0 && order.plate.height_px >= 0);
        free(order_key(&order));
    }
    problems_finish(&problems);
    order_finish(&order);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    world_service();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct fault fault;
    char *raw = memory_new(size + sizeof PATH, 1);
    memcpy(raw, PATH, strlen(PATH));
    memcpy(raw + strlen(PATH), data, size);
    memset(&request, 0, sizeof request);
    if (request_parse_target(raw, &request, &fault)) {
        read_wish(&request);
    }
    free(raw);
    return 0;
}
