/*
 * briefing_fixture.h - a map, a plot and an order for tests of briefings. Included by one file of a program.
 */
#ifndef TESTS_SUPPORT_BRIEFING_FIXTURE_H
#define TESTS_SUPPORT_BRIEFING_FIXTURE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/briefing/briefing.h"
#include "render/renderer.h"
#include "symbology/symbol_library.h"
#include "tests/support/runner.h"

#define FIXTURE_FEATURE_MAX 600

struct briefing_fixture {
    struct renderer *renderer;
    struct symbol_library *symbols;
    struct map map;
    struct map_item items[4];
    struct layer missing_layer;
    struct change changes[FIXTURE_FEATURE_MAX];
    size_t change_count;
    const struct plot *plots[1];
    struct briefing_order order;
};

/** RD coordinates as lon/lat, in place. */
static void fixture_to_lon_lat(struct briefing_fixture *fixture, struct point *points, size_t count)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(fixture->renderer);
    const struct crs *rd = crs_find(context, "EPSG:28992", &fault);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", &fault);
    ck_assert_msg(rd && lon_lat && crs_transform(context, rd, lon_lat, points, count, &fault), "%s",
                  fault.message);
}

/** Adds a feature: one point, or a line of several, in RD. */
static inline void fixture_add(struct briefing_fixture *fixture, const char *id, const char *code,
                               const char *owner, const struct point *points_rd, size_t count)
{
    ck_assert_uint_lt(fixture->change_count, FIXTURE_FEATURE_MAX);
    struct point *points = memory_new(count, sizeof *points);
    memcpy(points, points_rd, count * sizeof *points);
    fixture_to_lon_lat(fixture, points, count);
    struct feature *feature = feature_new();
    struct fault fault = {0};
    ck_assert_msg(symbol_code_parse(code, &feature->code, &fault), "%s", fault.message);
    feature->id = memory_copy_text(id);
    feature->owner = memory_copy_text(owner);
    feature->source = memory_copy_text("test");
    feature->valid_from_ms = MOMENT_NONE;
    feature->valid_to_ms = MOMENT_FOREVER;
    feature->revision = 47;
    feature->shape = shape_new(count == 1 ? SHAPE_POINT : SHAPE_LINE);
    shape_add_part(feature->shape, points, count, false);
    free(points);
    fixture->changes[fixture->change_count++] =
        (struct change){.kind = CHANGE_PUT, .feature = feature, .expected_revision = CHANGE_ANY_REVISION};
}

/** Makes the plot of what was added; again after more was added. */
static inline void fixture_plot(struct briefing_fixture *fixture, bool is_exercise)
{
    struct plot_title title = {"proef", "Proefplot", "oefening-7", is_exercise, {"nl", 1}};
    struct plot *empty = plot_new(&title);
    plot_unref(fixture->plots[0]);
    fixture->plots[0] = plot_with_changes(empty, fixture->changes, fixture->change_count, 47, 1790000000000);
    plot_unref(empty);
}

static void fixture_map(struct briefing_fixture *fixture)
{
    struct map *map = &fixture->map;
    map->id = (char *)"proefkaart";
    map->title.texts[LANGUAGE_NL] = (char *)"Situatiekaart proef";
    map->title.texts[LANGUAGE_EN] = (char *)"Situation map of a trial";
    map->place.texts[LANGUAGE_NL] = (char *)"Moerdijk";
    map->background = (struct colour){255, 255, 255, 255};
    map->marking = MARKING_AMBER;
    map->status = MAP_ESTABLISHED;
    map->version = (char *)"0.3";
    map->author = (char *)"Informatiemanager ROT";
    map->organisation = (char *)"Veiligheidsregio Proef";
    map->contact = (char *)"088-1234567";
    map->disclaimer.texts[LANGUAGE_NL] = (char *)"Aan deze kaart kunnen geen rechten worden ontleend.";
    map->items = fixture->items;
    map->item_count = 1;
    fixture->items[0].plot = (char *)"proef";
}

static inline struct briefing_fixture *fixture_new(void)
{
    struct briefing_fixture *fixture = memory_new(1, sizeof *fixture);
    struct fault fault = {0};
    struct problems problems;
    problems_init(&problems);
    char *grids = test_shared_data("geodesy/proj-grids");
    fixture->renderer = renderer_new(grids, &fault);
    ck_assert_msg(fixture->renderer != NULL, "%s", fault.message);
    free(grids);
    fixture->symbols = symbol_library_new(&problems);
    ck_assert_ptr_nonnull(fixture->symbols);
    problems_finish(&problems);
    fixture_map(fixture);
    fixture->order = (struct briefing_order){.map = &fixture->map,
                                             .symbols = fixture->symbols,
                                             .plots = fixture->plots,
                                             .plot_count = 1,
                                             .moment_ms = 1790000000000,
                                             .made_ms = 1790000240000,
                                             .paper = PAPER_A3,
                                             .is_landscape = true,
                                             .crs_code = "EPSG:28992",
                                             .centre = {100800, 410800},
                                             .scale_denominator = 25000,
                                             .language = LANGUAGE_NL,
                                             .format = BRIEFING_PDF,
                                             .dpi = 300};
    return fixture;
}

static inline void fixture_free(struct briefing_fixture *fixture)
{
    for (size_t i = 0; i < fixture->change_count; i++) {
        change_finish(&fixture->changes[i]);
    }
    plot_unref(fixture->plots[0]);
    symbol_library_free(fixture->symbols);
    renderer_free(fixture->renderer);
    free(fixture);
}

#endif
