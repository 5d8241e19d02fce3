/* pool_asker.h - for tests: who asks a pool of fake workers (pool_fixture.h), and what he got. */
#ifndef PLOTTAFEL_TESTS_SERVICE_POOL_ASKER_H
#define PLOTTAFEL_TESTS_SERVICE_POOL_ASKER_H

#include <stdatomic.h>

#include "render/service/worker/order.h"
#include "tests/service/pool_fixture.h"

struct got {
    atomic_int count;
    enum fault_code code;
    char text[64];
    int worker; /* whose number the text is, else 0 */
    int rank;   /* as the how manieth of all, from 0 */
    int64_t at_ms;
    int64_t retry_ms;
    int progress_count;
    double progress; /* the last that was told, 0 … 1 */
};

static atomic_int told_count; /* so that answers have an order */

static inline void take(struct order_result *result, void *context)
{
    struct got *got = context;
    got->code = result->fault.code;
    snprintf(got->text, sizeof(got->text), "%.*s", (int)result->length, result->bytes ? result->bytes : "");
    got->worker = (int)strtol(got->text, NULL, 10);
    got->rank = atomic_fetch_add(&told_count, 1);
    got->at_ms = monotonic_now_ms();
    got->retry_ms = result->retry_ms;
    atomic_fetch_add(&got->count, 1);
}

static inline void wait_for(struct got *got)
{
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (atomic_load(&got->count) == 0 && monotonic_now_ms() < until_ms) {
        sleep_ms(1);
    }
    ck_assert_int_eq(atomic_load(&got->count), 1);
}

#endif
