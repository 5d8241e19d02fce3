/*
 * seed_state.h - what a package of tiles shows: what can only be drawn anew when it is another one (map,
 * look, form ...), and what can be followed tile by tile (revisions of plots, moment).
 */
#ifndef RENDER_SERVICE_SEED_STATE_H
#define RENDER_SERVICE_SEED_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"

struct config;
struct map;
struct order;

#define SEED_STATE_FACT "plottafel_state"
#define SEED_STATE_UNFINISHED "unfinished" /* a folder some of whose files were replaced */

struct seed_state {
    char *look; /* owned; of map, tile matrix set, form, language, palette and look_hash() */
    int64_t moment_ms;
    size_t plot_count;
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    int64_t recorded_ms[MAP_VIEW_PLOT_MAX]; /* when: another store may have other ones of that number */
};

/** That of a TILE order whose view has revisions and moment, and when those were recorded. */
void seed_state_init(struct seed_state *state, const struct config *config, const struct map *map,
                     const struct order *order, const int64_t *recorded_ms);

/** Reads what seed_state_text() wrote; false when it is anything else. */
bool seed_state_parse(struct seed_state *state, const char *text);
void seed_state_finish(struct seed_state *state);

/** One line. Owned by the caller. */
char *seed_state_text(const struct seed_state *state);
bool seed_state_is_of_map(const struct seed_state *state, const char *map_id);

enum seed_difference { SEED_SAME, SEED_OTHER_PLOTS, SEED_OTHER_LOOK };
enum seed_difference seed_state_compare(const struct seed_state *a, const struct seed_state *b);

#endif
