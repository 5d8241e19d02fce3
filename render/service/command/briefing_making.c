#include "render/service/command/briefing_making.h"

#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/pdf/seal_key.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_seal.h"
#include "render/service/briefing/briefing_since.h"
#include "render/service/command/interrupt.h"
#include "render/service/command/progress.h"
#include "render/service/config.h"
#include "render/service/worker/layer_retry.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_runner.h"

#define PROGRESS_PARTS 1000
#define MS_PER_DAY 86400000LL

static void note(const struct fault *fault)
{
    fprintf(stderr, "plottafel: note: the briefing is not kept in the archive: %s\n", fault->message);
}

void briefing_making_init(struct briefing_making *making, const struct config *config)
{
    struct fault fault;
    *making = (struct briefing_making){config, briefing_archive_open(config->briefing_folder, &fault)};
    if (!making->archive) {
        note(&fault);
    }
}

void briefing_making_finish(struct briefing_making *making)
{
    briefing_archive_close(making->archive);
    making->archive = NULL;
}

bool briefing_making_begin(const struct briefing_making *making, struct order *order,
                           struct briefing_record *record, struct fault *fault)
{
    int64_t now_ms = moment_now_ms();
    if (making->archive && !briefing_id_make(now_ms, order->briefing.id, fault)) {
        return false;
    }
    briefing_order_complete(order, making->config->service.base_url, now_ms);
    briefing_since_resolve(making->archive, order);
    briefing_record_init(record, order, now_ms);
    record->started_ms = now_ms;
    free(record->parts);
    record->parts = briefing_again_parts(making->config, order);
    if (making->archive) {
        briefing_archive_find_predecessor(making->archive, record);
    }
    return true;
}

static bool keep(const struct briefing_making *making, struct briefing_record *record,
                 const struct order_result *result, struct fault *fault)
{
    const struct service_settings *settings = &making->config->service;
    struct briefing_limits limits = {settings->briefing_bytes, settings->briefing_days * MS_PER_DAY};
    return briefing_archive_keep(making->archive, record, result->bytes, result->length, fault) &&
           briefing_archive_tidy(making->archive, &limits, moment_now_ms(), fault);
}

void briefing_making_keep(const struct briefing_making *making, const struct order *order,
                          const struct order_result *result, struct briefing_record *record)
{
    struct fault fault;
    if (making->archive) {
        briefing_record_take(record, order, result, moment_now_ms());
        if (!keep(making, record, result, &fault)) {
            note(&fault);
        }
    }
    briefing_record_finish(record);
}

/** False stops the work. */
static bool tell(double part, void *context)
{
    progress_tell(context, (uint64_t)(part * PROGRESS_PARTS), PROGRESS_PARTS);
    return !interrupt_came();
}

bool briefing_making_seal(const struct config *config, struct order_result *result, struct fault *fault)
{
    struct seal_key *key = briefing_seal_open(config, fault);
    bool is_sealed = key && briefing_seal(key, result, fault);
    seal_key_free(key);
    return is_sealed;
}

/** A result that could not be sealed says so in place of its document. */
static struct order_result *seal(const struct config *config, struct order_result *result)
{
    struct fault fault;
    if (result->fault.code != FAULT_NONE || briefing_making_seal(config, result, &fault)) {
        return result;
    }
    order_result_unref(result);
    return order_result_of_fault(&fault);
}

struct order_result *briefing_making_run(const struct config *config, const struct order *order)
{
    struct fault fault;
    struct order_runner *runner = order_runner_new(config, &fault);
    if (!runner) {
        return order_result_of_fault(&fault);
    }
    struct progress progress;
    struct order_progress listener = {tell, &progress};
    progress_init(&progress, "briefing", false);
    struct order_result *result = layer_retry_run(config, runner, order, &listener);
    progress_clear(&progress);
    order_runner_free(runner);
    return seal(config, result);
}
