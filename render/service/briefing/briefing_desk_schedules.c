/*
 * briefing_desk_schedules.c - looks at the clock for each area of each schedule. What was made last is known
 * from the archive, so a restart neither forgets nor repeats one.
 */
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_desk_internal.h"
#include "render/service/briefing/briefing_schedule.h"
#include "render/service/config.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"

/** One area of one schedule. */
struct briefing_round {
    const struct briefing_schedule *schedule;
    size_t area;
    char name[BRIEFING_SCHEDULE_NAME_BYTES];
    struct briefing_schedule_state state;
    bool has_ended; /* told once */
};

static struct briefing_round round_of(struct briefing_desk *desk, const struct briefing_schedule *schedule,
                                      size_t area, int64_t now_ms)
{
    struct briefing_round round = {.schedule = schedule, .area = area, .state = {MOMENT_NONE, now_ms}};
    struct briefing_record last;
    briefing_schedule_name(schedule, area, round.name);
    if (briefing_archive_last_due(desk->archive, round.name, now_ms, &last, NULL)) {
        round.state.last_done_ms = last.due_ms;
        briefing_record_finish(&last);
    }
    return round;
}

static void list_rounds(struct briefing_desk *desk, int64_t now_ms)
{
    const struct briefing_schedules *schedules = desk->service->config->schedules;
    size_t count = 0;
    for (size_t i = 0; i < schedules->count; i++) {
        count += schedules->items[i].area_count;
    }
    desk->rounds = memory_new(count, sizeof(*desk->rounds));
    for (size_t i = 0; i < schedules->count; i++) {
        for (size_t area = 0; area < schedules->items[i].area_count; area++) {
            desk->rounds[desk->round_count++] = round_of(desk, &schedules->items[i], area, now_ms);
        }
    }
}

/** Only what is known for certain ends it: a plot that cannot be had now has not ended. */
static bool has_ended(struct briefing_desk *desk, const struct briefing_schedule *schedule, int64_t due_ms)
{
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    size_t count = 0;
    bool is_known = true;
    for (size_t i = 0; i < schedule->map->item_count && count < MAP_VIEW_PLOT_MAX; i++) {
        const char *name = schedule->map->items[i].plot;
        const struct plot *plot = name ? plot_keeper_get(desk->service->plots, name, NULL) : NULL;
        is_known = is_known && (!name || plot);
        if (plot) {
            plots[count++] = plot;
        }
    }
    bool is_over = is_known && briefing_schedule_has_ended(schedule, plots, count, due_ms);
    for (size_t i = 0; i < count; i++) {
        plot_unref(plots[i]);
    }
    return is_over;
}

static bool order_round(struct briefing_desk *desk, const struct briefing_round *round, int64_t due_ms,
                        struct fault *fault)
{
    struct order order;
    const struct config *config = desk->service->config;
    const struct map *map = round->schedule->map;
    order_init(&order, ORDER_BRIEFING);
    if (!plot_keeper_view(desk->service->plots, maps_index(config->maps, map), due_ms, &order.view, fault)) {
        return false;
    }
    struct briefing_wish wish = {
        .order = &order, .asker = "", .party = "", .schedule = round->name, .due_ms = due_ms};
    bool is_submitted = briefing_schedule_order(config, round->schedule, round->area, &order, fault) &&
                        briefing_desk_submit(desk, &wish, fault) != NULL;
    order_finish(&order);
    return is_submitted;
}

/** What cannot be had now is tried again at the next look; what never can is told. */
static void make_due(struct briefing_desk *desk, struct briefing_round *round, int64_t due_ms)
{
    struct fault fault;
    if (order_round(desk, round, due_ms, &fault)) {
        round->state.last_done_ms = due_ms;
    } else if (fault.code != FAULT_UNAVAILABLE) {
        log_write(LOG_WARNING, "briefings.schedule", "schedule '%s': %s", round->name, fault.message);
        round->state.last_done_ms = due_ms;
    }
}

static void look_at(struct briefing_desk *desk, struct briefing_round *round, int64_t now_ms)
{
    if (briefing_schedule_is_ahead(round->schedule, &round->state, now_ms)) {
        log_write(LOG_WARNING, "briefings.schedule", "schedule '%s': the clock was set back", round->name);
        *round = round_of(desk, round->schedule, round->area, now_ms);
    }
    int64_t due_ms = briefing_schedule_next(round->schedule, &round->state, now_ms);
    if (due_ms == MOMENT_NONE) {
        return;
    }
    if (!has_ended(desk, round->schedule, due_ms)) {
        round->has_ended = false;
        make_due(desk, round, due_ms);
        return;
    }
    round->state.last_done_ms = due_ms;
    if (!round->has_ended) {
        log_write(LOG_INFO, "briefings.schedule", "schedule '%s' rests: the activity has ended", round->name);
    }
    round->has_ended = true;
}

void briefing_desk_keep_schedules(struct briefing_desk *desk)
{
    int64_t now_ms = moment_now_ms();
    if (!desk->rounds) {
        list_rounds(desk, now_ms);
    }
    for (size_t i = 0; i < desk->round_count; i++) {
        look_at(desk, &desk->rounds[i], now_ms);
    }
}
