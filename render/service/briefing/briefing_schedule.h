/*
 * briefing_schedule.h - briefings that are made by the clock.
 *
 *     schedules:
 *       - map: situation
 *         every: 1h                          # 5m, 10m, 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h
 *         areas: [haven]                     # optional; all, or names of areas; else the whole map
 *         from: 2026-10-08T08:00:00+02:00    # optional
 *         until: 2026-10-09T08:00:00+02:00   # optional; else until the activity has ended
 *         template: overview                 # optional
 *         since: previous                    # optional: marks what changed since the one before
 *         language: nl,en                    # optional, as the next: paper, landscape, format, name
 *
 * They are made on the whole hours (minutes, days) of Dutch clocks. Of those that were missed while nobody
 * was there only the last is made up. An activity has ended when its map is expired, or when nothing in its
 * plots is valid any more, or will be.
 */
#ifndef RENDER_SERVICE_BRIEFING_SCHEDULE_H
#define RENDER_SERVICE_BRIEFING_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/briefing/briefing.h"
#include "symbology/language.h"

struct config;
struct fault;
struct map;
struct map_area;
struct order;
struct plot;
struct problems;
struct yaml_node;

#define BRIEFING_SCHEDULE_MOST 100
#define BRIEFING_SCHEDULE_NAME_BYTES 160

/** One, immutable. Texts and lists are its own, maps and areas borrowed from the configuration. */
struct briefing_schedule {
    char *name; /* "situation-1h" when the file gives none */
    const struct map *map;
    const struct map_area **areas; /* one that is NULL: the whole map */
    size_t area_count;
    int64_t every_ms;
    int64_t from_ms;   /* MOMENT_NONE: since ever */
    int64_t until_ms;  /* itself no more; MOMENT_FOREVER */
    char *template_id; /* "": none */
    bool marks_changes;
    bool has_languages; /* else those of the template */
    struct language_pair languages;
    bool has_paper; /* the same */
    enum paper paper;
    bool has_orientation; /* the same */
    bool is_landscape;
    enum briefing_format format;
};

struct briefing_schedules {
    struct briefing_schedule *items; /* owned */
    size_t count;
};

/** Reads the list, NULL: there is none. Of the configuration maps and templates must have been read. What is
 * wrong is added to problems. Owned. */
struct briefing_schedules *briefing_schedules_read(const struct yaml_node *list, const struct config *config,
                                                   struct problems *problems);
void briefing_schedules_free(struct briefing_schedules *schedules);

/** The last moment not after now at which one was to be made; MOMENT_NONE: not yet, or no longer. */
int64_t briefing_schedule_last_due(const struct briefing_schedule *schedule, int64_t now_ms);

/** What is known when the clock is looked at. */
struct briefing_schedule_state {
    int64_t last_done_ms; /* due then, and made; MOMENT_NONE: never yet */
    int64_t since_ms;     /* when this process began to look */
};

/** The moment for which one is to be made now; MOMENT_NONE: none. */
int64_t briefing_schedule_next(const struct briefing_schedule *schedule,
                               const struct briefing_schedule_state *state, int64_t now_ms);

/** Was the clock set back by more than a round since the last one was made? Then the state is of no use. */
bool briefing_schedule_is_ahead(const struct briefing_schedule *schedule,
                                const struct briefing_schedule_state *state, int64_t now_ms);

/** Has the activity ended at a moment? */
bool briefing_schedule_has_ended(const struct briefing_schedule *schedule, const struct plot *const *plots,
                                 size_t plot_number, int64_t moment_ms);

/** How the briefings of one of its areas are filed: "situation-1h/haven". Returns name. */
char *briefing_schedule_name(const struct briefing_schedule *schedule, size_t area,
                             char name[static BRIEFING_SCHEDULE_NAME_BYTES]);

/** Fills in an order for one of its areas; revisions and moment are the caller's. NOT_FOUND: no such
 * template. */
bool briefing_schedule_order(const struct config *config, const struct briefing_schedule *schedule,
                             size_t area, struct order *order, struct fault *fault);

#endif
