/*
 * order_since.h - the earlier situation that a briefing is compared with, as part of an order.
 */
#ifndef RENDER_SERVICE_ORDER_SINCE_H
#define RENDER_SERVICE_ORDER_SINCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"

struct buffer;
struct fault;
struct json_reader;
struct order_scene;
struct plot;
struct plot_difference;
struct plot_shelf;

/**
 * With revisions: what was known then, at as_of_ms; MOMENT_NONE: when the last of them was recorded, or at
 * the moment of the briefing where that is earlier. Without: what was so at as_of_ms, as it was known then.
 * Of a plot that began later: as it is known now.
 */
struct order_since {
    bool is_given;
    bool wants_previous; /* that of the previous briefing: known once briefing_since_resolve() looked */
    bool is_first;       /* it looked, and there is none */
    uint64_t
        revisions[MAP_VIEW_PLOT_MAX]; /* of the map's plots, in their order; 0: before the first change */
    size_t plot_count;                /* 0: no revisions */
    int64_t as_of_ms;
};

/** ,"since":… as fields of the order's object, and back. */
void order_since_write(const struct order_since *since, struct buffer *json);
void order_since_read(struct json_reader *reader, struct order_since *since);

/**
 * "2026-10-08T10:30:00Z", a revision for each plot ("12", "12,7"), or "previous". INPUT says what it must be.
 */
bool order_since_parse(const char *text, struct order_since *since, struct fault *fault);

/**
 * INPUT when it is a time that lies both ahead of us and after the situation of the map: nothing can have
 * changed since. A time between the two is none: what was recorded later may tell of what was earlier.
 * @param as_of_ms  of the map; MOMENT_NONE: now
 */
bool order_since_check(const struct order_since *since, int64_t as_of_ms, int64_t now_ms,
                       struct fault *fault);

/** What changed, one for each plot of a scene. */
struct order_differences {
    struct plot_difference *items[MAP_VIEW_PLOT_MAX]; /* owned */
    size_t count;
};

/** Reads the earlier situation and compares. Nothing is in it when since is not given. */
bool order_differences_init(struct order_differences *differences, const struct order_since *since,
                            const struct order_scene *scene, struct plot_shelf *shelf, struct fault *fault);
void order_differences_finish(struct order_differences *differences);

#endif
