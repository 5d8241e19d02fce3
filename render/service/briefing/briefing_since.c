#include "render/service/briefing/briefing_since.h"

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/worker/order.h"

/* The record of the last one like it; to be finished. */
static bool find_previous(struct briefing_archive *archive, const struct order *order,
                          struct briefing_record *previous)
{
    struct briefing_record wanted;
    struct fault fault;
    briefing_record_init(&wanted, order, moment_now_ms());
    briefing_archive_find_predecessor(archive, &wanted);
    bool is_found =
        wanted.predecessor[0] && briefing_archive_find(archive, wanted.predecessor, previous, &fault);
    briefing_record_finish(&wanted);
    return is_found;
}

void briefing_since_resolve(struct briefing_archive *archive, struct order *order)
{
    struct order_since *since = &order->briefing.since;
    struct briefing_record previous;
    if (!since->wants_previous) {
        return;
    }
    *since = (struct order_since){.as_of_ms = MOMENT_NONE, .is_first = true};
    if (!archive || !find_previous(archive, order, &previous)) {
        return;
    }
    struct order_since found;
    if (order_since_parse(previous.revisions, &found, NULL)) {
        *since = found;
        since->as_of_ms = previous.moment_ms;
    }
    briefing_record_finish(&previous);
}
