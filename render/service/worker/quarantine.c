/*
 * quarantine.c - at most 1,000 suspects are remembered; when there are more, those whose time is over go, and
 * if that is not enough, all: a service under that much fire has other troubles.
 */
#include "render/service/worker/quarantine.h"

#include <stdbool.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/table.h"

#define SUSPECT_MAX 1000
#define KILLS_ALLOWED 2

struct suspect {
    int kills;
    int64_t last_ms;
};

struct quarantine {
    int64_t time_ms;
    struct table *suspects;
};

struct quarantine *quarantine_new(int64_t time_ms)
{
    struct quarantine *quarantine = memory_new(1, sizeof(*quarantine));
    quarantine->time_ms = time_ms;
    quarantine->suspects = table_new(free);
    return quarantine;
}

void quarantine_free(struct quarantine *quarantine)
{
    if (quarantine) {
        table_free(quarantine->suspects);
        free(quarantine);
    }
}

/** What a walk over the suspects gathers. */
struct walk {
    const struct quarantine *quarantine;
    int64_t now_ms;
    const char *old[SUSPECT_MAX];
    size_t old_count;
    size_t held_count;
};

static bool visit(const char *key, void *value, void *context)
{
    struct walk *walk = context;
    const struct suspect *suspect = value;
    bool is_over = walk->now_ms - suspect->last_ms >= walk->quarantine->time_ms;
    if (is_over && walk->old_count < SUSPECT_MAX) {
        walk->old[walk->old_count++] = key;
    }
    walk->held_count += !is_over && suspect->kills >= KILLS_ALLOWED;
    return true;
}

static void make_room(struct quarantine *quarantine, int64_t now_ms)
{
    struct walk walk = {.quarantine = quarantine, .now_ms = now_ms};
    table_visit(quarantine->suspects, visit, &walk);
    for (size_t i = 0; i < walk.old_count; i++) {
        table_remove(quarantine->suspects, walk.old[i]);
    }
    if (table_count(quarantine->suspects) >= SUSPECT_MAX) {
        table_free(quarantine->suspects);
        quarantine->suspects = table_new(free);
    }
}

int quarantine_add(struct quarantine *quarantine, const char *key, int64_t now_ms)
{
    struct suspect *suspect = table_find(quarantine->suspects, key);
    if (suspect && now_ms - suspect->last_ms >= quarantine->time_ms) {
        suspect->kills = 0;
    }
    if (!suspect) {
        if (table_count(quarantine->suspects) >= SUSPECT_MAX) {
            make_room(quarantine, now_ms);
        }
        suspect = memory_new(1, sizeof(*suspect));
        table_put(quarantine->suspects, key, suspect);
    }
    suspect->last_ms = now_ms;
    return ++suspect->kills;
}

int64_t quarantine_left_ms(struct quarantine *quarantine, const char *key, int64_t now_ms)
{
    const struct suspect *suspect = table_find(quarantine->suspects, key);
    if (!suspect || suspect->kills < KILLS_ALLOWED) {
        return 0;
    }
    int64_t left_ms = suspect->last_ms + quarantine->time_ms - now_ms;
    return left_ms > 0 ? left_ms : 0;
}

size_t quarantine_count(struct quarantine *quarantine, int64_t now_ms)
{
    struct walk walk = {.quarantine = quarantine, .now_ms = now_ms};
    table_visit(quarantine->suspects, visit, &walk);
    return walk.held_count;
}
