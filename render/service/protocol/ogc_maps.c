/*
 * ogc_maps.c - the parameters become an order, and what a worker makes of it the answer: the worker says
 * which box it drew.
 */
#include "render/service/protocol/ogc_maps.h"

#include <stdio.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/protocol/map_records.h"
#include "render/service/protocol/map_wish.h"
#include "render/service/service.h"
#include "render/service/worker/ask_worker.h"
#include "render/service/worker/order.h"

static struct answer *answer_not_acceptable(const struct request *request)
{
    return answer_problem(406, "not-acceptable", "Not in that format",
                          "maps are made as image/png, image/webp, image/jpeg, image/svg+xml and "
                          "application/pdf; an ending (.png) or f=png says so in the address",
                          request);
}

/** NULL: the order is whole. */
static struct answer *read_order(struct service *service, const struct request *request, struct order *order)
{
    struct fault fault = {0};
    struct problems problems;
    struct answer *answer = NULL;
    problems_init(&problems);
    bool has_format = map_wish_read_format(request, &order->plate.format, &problems);
    if (!has_format && problems.error_count == 0) {
        answer = answer_not_acceptable(request);
    } else if (!map_wish_read(service, request, order, &problems, &fault)) {
        answer = problems.error_count > 0 ? answer_of_problems(&problems, &fault, request)
                                          : answer_of_fault(&fault, request);
    }
    problems_finish(&problems);
    return answer;
}

void ogc_map_handle(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct order order;
    const struct request *request = exchange_request(exchange);
    const struct map *map = map_of_request(service, request, &fault);
    if (!map) {
        exchange_fail(exchange, &fault);
        return;
    }
    order_init(&order, ORDER_PLATE);
    snprintf(order.view.map, sizeof(order.view.map), "%s", map->id);
    struct answer *refusal = read_order(service, request, &order);
    if (refusal) {
        exchange_answer(exchange, refusal);
    } else if (map_wish_is_negotiated(request)) {
        ask_worker_by_accept(service, &order, exchange);
    } else {
        ask_worker(service, &order, exchange);
    }
    order_finish(&order);
}
