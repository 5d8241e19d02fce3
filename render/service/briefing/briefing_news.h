/*
 * briefing_news.h - what happened since a briefing: whether the plots that it shows have gone on, in numbers.
 */
#ifndef RENDER_SERVICE_BRIEFING_NEWS_H
#define RENDER_SERVICE_BRIEFING_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"

struct fault;

/** What a briefing shows. */
struct briefing_state {
    char plots[MAP_VIEW_PLOT_MAX][65];
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    size_t plot_count;
    int64_t moment_ms;
};

/** Reads "hollands-diep 12; havens 3", as documents say it (document_identity.h). False: it is no such text.
 */
bool briefing_state_parse(const char *revisions, const char *moment, struct briefing_state *state);

struct briefing_news {
    bool is_newer; /* something on the map would look different now */
    struct briefing_state now;
    int64_t recorded_ms; /* of the last change; MOMENT_NONE: there is none */
    size_t added;
    size_t ended;
    size_t moved;
    size_t changed; /* in another way than by moving */
};

/**
 * Compares with the store as it is at now_ms. False: it cannot be said, and the fault says why (the store is
 * not there, it has no such plot or revision).
 */
bool briefing_news_read(const char *store_path, const struct briefing_state *state, int64_t now_ms,
                        struct briefing_news *news, struct fault *fault);

#endif
