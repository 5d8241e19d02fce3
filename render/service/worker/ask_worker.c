/*
 * ask_worker.c - for pictures that are asked for one by one and not kept: legends, symbols.
 */
#include "render/service/worker/ask_worker.h"

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "render/service/http/access.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/worker/order.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/worker/worker_pool.h"

static void give_result(struct order_result *result, void *context)
{
    struct exchange *exchange = context;
    exchange_answer(exchange, answer_of_result(result, exchange_request(exchange)));
}

static void give_result_by_accept(struct order_result *result, void *context)
{
    struct exchange *exchange = context;
    struct answer *answer = answer_of_result(result, exchange_request(exchange));
    answer_add_header(answer, "Vary", "Accept");
    exchange_answer(exchange, answer);
}

static void give_lasting_result(struct order_result *result, void *context)
{
    struct exchange *exchange = context;
    struct answer *answer = answer_of_result(result, exchange_request(exchange));
    if (answer_status(answer) == 200) {
        struct answer *lasting = answer_with_header(answer, "Cache-Control", LASTING_CACHE_CONTROL);
        answer_unref(answer);
        answer = lasting;
    }
    exchange_answer(exchange, answer);
}

static void ask(struct service *service, const struct order *order, struct exchange *exchange,
                void (*done)(struct order_result *result, void *context))
{
    struct fault fault;
    char party[ACCESS_PARTY_BYTES];
    access_party(service->config, exchange_request(exchange), party);
    struct worker_asker asker = {.done = done, .context = exchange, .client = hash_text(HASH_START, party)};
    if (!worker_pool_order(service->pool, order, exchange_request(exchange)->deadline_ms, asker, NULL,
                           &fault)) {
        int64_t retry_ms = worker_pool_retry_ms(service->pool, order, asker.client);
        exchange_answer(exchange, answer_of_refusal(&fault, retry_ms, exchange_request(exchange)));
    }
}

void ask_worker(struct service *service, const struct order *order, struct exchange *exchange)
{
    ask(service, order, exchange, give_result);
}

void ask_worker_by_accept(struct service *service, const struct order *order, struct exchange *exchange)
{
    ask(service, order, exchange, give_result_by_accept);
}

void ask_worker_lasting(struct service *service, const struct order *order, struct exchange *exchange)
{
    ask(service, order, exchange, give_lasting_result);
}
