/*
 * placement_scenery.h - a plot as one district, its placement and what is found in that, for tests.
 *
 * Included by one file of a program.
 */
#ifndef TESTS_SUPPORT_PLACEMENT_SCENERY_H
#define TESTS_SUPPORT_PLACEMENT_SCENERY_H

#include "render/placement/placement.h"
#include "render/renderer_internal.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};
static const struct bbox everywhere = {-1e9, -1e9, 1e9, 1e9};

static struct scenery scenery;

static inline void setup(void)
{
    scenery_init(&scenery, NULL);
}

static inline void teardown(void)
{
    scenery_finish(&scenery);
}

/* A zoom as one district: test_district.c is about many. */
static inline struct map_view whole_view(const struct plot *plot, uint32_t zoom)
{
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
    return scenery_undivided(scenery_view(&scenery, plot, grid));
}

static inline const struct placement *place(const struct plot *plot, uint32_t zoom)
{
    struct fault fault = {0};
    struct map_view view = whole_view(plot, zoom);
    const struct placement *placement = placement_get(scenery.renderer, &view, everywhere, &fault);
    ck_assert_msg(placement != NULL, "%s", fault.message);
    return placement;
}

static inline const struct placed *find(const struct placement *placement, const char *id)
{
    for (size_t i = 0; i < placement_count(placement); i++) {
        if (strcmp(placement_at(placement, i)->feature->id, id) == 0) {
            return placement_at(placement, i);
        }
    }
    return NULL;
}

static inline bool overlap(struct bbox a, struct bbox b)
{
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

/* NULL: there is no such note. */
static inline const struct report_item *find_note(const struct report *report, enum report_kind kind,
                                                  const char *id)
{
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == kind && strcmp(report->items[i].subject, id) == 0) {
            return &report->items[i];
        }
    }
    return NULL;
}

static inline bool is_reported(const struct report *report, const char *id)
{
    return find_note(report, REPORT_LABEL_UNPLACED, id) != NULL;
}

#endif
