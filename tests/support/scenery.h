/*
 * scenery.h - plots with thousands of random features, layers and maps for tests of pictures.
 *
 * Included by one file of a program. The same seed gives the same plot in every run.
 */
#ifndef TESTS_SUPPORT_SCENERY_H
#define TESTS_SUPPORT_SCENERY_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/shape.h"
#include "geo/tile_matrix_set.h"
#include "render/canvas/image.h"
#include "render/map_view.h"
#include "render/picture.h"
#include "render/renderer.h"
#include "render/report.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

/** All that a picture needs besides a plot. */
struct scenery {
    struct renderer *renderer;
    struct symbol_library *symbols;
    struct tile_matrix_sets *tile_matrix_sets;
    struct catalogue *catalogue; /* NULL: no layers */
    struct map map;              /* its items are the catalogue's layers, then one plot */
    struct map_item items[9];
};

static inline struct renderer *scenery_renderer(void)
{
    struct fault fault = {0};
    char *grids = test_shared_data("geodesy/proj-grids");
    struct renderer *renderer = renderer_new(grids, &fault);
    ck_assert_msg(renderer != NULL, "%s", fault.message);
    free(grids);
    return renderer;
}

/** Writes a file into the test's folder; its path, owned by the caller. */
static inline char *scenery_write(const char *name, const char *text)
{
    char path[512];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return memory_copy_text(path);
}

/** A layer for a catalogue: places whose names lean out of their text box, and above it. */
#define SCENERY_PLACES_YAML                                                                                  \
    "  - {id: plaatsen, title: Plaatsen, kind: vector, driver: GeoJSON, path: plaatsen.geojson, style: "     \
    "{rules: [\n"                                                                                            \
    "      {label: {field: naam, size: 15, colour: '#403818', halo: "                                        \
    "'#FFFFFF',\n"                                                                                           \
    "       halo_width: 0.5, italic: true}}]}}\n"

/** Writes that layer: count places somewhere in a lon/lat box. */
static inline void scenery_write_places(uint64_t random, struct bbox box, int count)
{
    static const char *const names[] = {"fjf", "Ẫ̂Ṻ̂", "Jufféřofj", "Ǻlf"};
    char path[512];
    snprintf(path, sizeof path, "%s/plaatsen.geojson", test_folder());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < count; i++) {
        double lon = random_between(&random, box.min_x, box.max_x);
        double lat = random_between(&random, box.min_y, box.max_y);
        fprintf(file,
                "%s{\"type\":\"Feature\",\"properties\":{\"naam\":\"%s %d\"},"
                "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.7f,%.7f]}}",
                i > 0 ? ",\n" : "", names[i % 4], i, lon, lat);
    }
    fprintf(file, "]}");
    fclose(file);
}

/** @param catalogue_yaml NULL: no layers */
static inline void scenery_init(struct scenery *scenery, const char *catalogue_yaml)
{
    struct problems problems;
    struct fault fault = {0};
    problems_init(&problems);
    *scenery = (struct scenery){.renderer = scenery_renderer()};
    scenery->symbols = symbol_library_new(&problems);
    scenery->tile_matrix_sets = tile_matrix_sets_new(&fault);
    scenery->map.id = (char *)"proef";
    scenery->map.background = (struct colour){0xCF, 0xE3, 0xEE, 0xFF};
    scenery->map.items = scenery->items;
    if (catalogue_yaml) {
        char *path = scenery_write("catalogue.yaml", catalogue_yaml);
        scenery->catalogue = catalogue_read(path, &problems);
        problems_print(&problems, stdout);
        ck_assert_ptr_nonnull(scenery->catalogue);
        free(path);
    }
    size_t layer_count = scenery->catalogue ? catalogue_count(scenery->catalogue) : 0;
    ck_assert_uint_lt(layer_count, 9);
    for (size_t i = 0; i < layer_count; i++) {
        scenery->items[scenery->map.item_count++].layer = catalogue_at(scenery->catalogue, i);
    }
    scenery->items[scenery->map.item_count++].plot = (char *)"proef";
    ck_assert_ptr_nonnull(scenery->symbols);
    ck_assert_ptr_nonnull(scenery->tile_matrix_sets);
    problems_finish(&problems);
}

static inline void scenery_finish(struct scenery *scenery)
{
    renderer_free(scenery->renderer);
    symbol_library_free(scenery->symbols);
    tile_matrix_sets_free(scenery->tile_matrix_sets);
    catalogue_free(scenery->catalogue);
}

static inline struct pixel_grid scenery_grid(const struct scenery *scenery, const char *set, uint32_t zoom)
{
    return tile_matrix_set_grid(tile_matrix_sets_find(scenery->tile_matrix_sets, set), zoom);
}

static inline struct map_view scenery_view(const struct scenery *scenery, const struct plot *plot,
                                           struct pixel_grid grid)
{
    return map_view_of(&scenery->map, scenery->symbols, &plot, 1, 1790000000000, grid);
}

/** The view in a grid that is of no tile matrix set, a quarter px beside it: decided as one district. */
static inline struct map_view scenery_undivided(struct map_view view)
{
    view.grid.origin.x -= view.grid.units_per_px / 4;
    return view;
}

static inline struct feature *scenery_feature(const char *id, const char *code, struct shape *shape)
{
    struct feature *feature = feature_new();
    struct fault fault = {0};
    feature->id = memory_copy_text(id);
    feature->owner = memory_copy_text("Veiligheidsregio");
    feature->source = memory_copy_text("");
    feature->valid_from_ms = MOMENT_NONE;
    feature->valid_to_ms = MOMENT_FOREVER;
    feature->shape = shape;
    ck_assert_msg(symbol_code_parse(code, &feature->code, &fault), "%s: %s", code, fault.message);
    return feature;
}

static inline struct feature *scenery_point(const char *id, const char *code, double lon, double lat)
{
    struct shape *shape = shape_new(SHAPE_POINT);
    shape_add_part(shape, &(struct point){lon, lat}, 1, false);
    return scenery_feature(id, code, shape);
}

/** A wandering line of count points, steps about step degrees long. */
static inline struct shape *scenery_random_line(uint64_t *random, struct point start, size_t count,
                                                double step)
{
    struct point *points = memory_new(count, sizeof *points);
    double heading = random_between(random, 0, 2 * M_PI);
    for (size_t i = 0; i < count; i++) {
        points[i] = start;
        heading += random_between(random, -0.7, 0.7);
        start.x += cos(heading) * step;
        start.y += sin(heading) * step * 0.62;
    }
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, points, count, false);
    free(points);
    return shape;
}

/** A ring around a centre whose radius wobbles. */
static inline struct shape *scenery_random_area(uint64_t *random, struct point centre, size_t count,
                                                double radius)
{
    struct point *points = memory_new(count + 1, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        double angle = 2 * M_PI * (double)i / (double)count;
        double reach = radius * random_between(random, 0.7, 1.0);
        points[i] = (struct point){centre.x + cos(angle) * reach, centre.y + sin(angle) * reach * 0.62};
    }
    points[count] = points[0];
    struct shape *shape = shape_new(SHAPE_POLYGON);
    shape_add_part(shape, points, count + 1, false);
    free(points);
    return shape;
}

static inline void scenery_write_shape(FILE *file, const struct shape *shape, const char *properties)
{
    fprintf(file,
            "{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s[",
            properties, shape->kind == SHAPE_LINE ? "LineString" : "Polygon",
            shape->kind == SHAPE_LINE ? "" : "[");
    for (size_t i = 0; i < shape->point_count; i++) {
        fprintf(file, "%s[%.7f,%.7f]", i > 0 ? "," : "", shape->points[i].x, shape->points[i].y);
    }
    fprintf(file, "]%s}}", shape->kind == SHAPE_LINE ? "" : "]");
}

/** Writes a layer of count lines or areas somewhere in a lon/lat box: "soort" bos or akker, "naam" Perceel 7.
 */
static inline void scenery_write_layer(const char *name, enum shape_kind kind, uint64_t random,
                                       struct bbox box, int count)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < count; i++) {
        char properties[80];
        snprintf(properties, sizeof properties, "\"soort\":\"%s\",\"naam\":\"Perceel %d\"",
                 i % 3 ? "akker" : "bos", i);
        struct point place = {random_between(&random, box.min_x, box.max_x),
                              random_between(&random, box.min_y, box.max_y)};
        struct shape *shape = kind == SHAPE_LINE ? scenery_random_line(&random, place, 200, 0.0008)
                                                 : scenery_random_area(&random, place, 24, 0.02);
        fprintf(file, "%s", i > 0 ? ",\n" : "");
        scenery_write_shape(file, shape, properties);
        shape_free(shape);
    }
    fprintf(file, "]}");
    fclose(file);
}

/** An entry of the set with a geometry. */
static inline const struct symbol_entry *scenery_entry(const struct scenery *scenery, uint64_t *random,
                                                       enum symbol_geometry geometry)
{
    const struct symbol_set *set = symbol_library_default(scenery->symbols);
    for (;;) {
        uint32_t number = random_below(random, (uint32_t)symbol_set_count(set));
        const struct symbol_entry *entry = symbol_set_at(set, number);
        if (entry->geometry == geometry) {
            return entry;
        }
    }
}

/** A random symbol with a random name, some with a time; a few are of a set that is not there. */
static inline void scenery_code(const struct scenery *scenery, uint64_t *random,
                                enum symbol_geometry geometry, char code[static 160])
{
    static const char *const words[] = {"Noord",  "Roodevaart", "Hollands Diep",
                                        "Zuid 2", "Meldpunt",   "Loods"};
    static const char *const status[] = {"", "", "", ";st=planned", ";st=ended", ";st=unknown"};
    const struct symbol_entry *entry = scenery_entry(scenery, random, geometry);
    uint32_t number = random_below(random, 100);
    snprintf(code, 160, "%s/%s%s;n=%s %u%s", number < 3 ? "weg@1" : "nl@1", entry->id,
             status[random_below(random, 6)], words[random_below(random, 6)], number,
             number % 4 == 1 ? ";t=09:10" : "");
}

/** The number-th random feature: 70 % points, 20 % lines, 10 % areas, somewhere in a lon/lat box. */
static inline struct feature *scenery_random_feature(const struct scenery *scenery, uint64_t *random,
                                                     struct bbox box, uint32_t number)
{
    char id[32];
    char code[160];
    snprintf(id, sizeof id, "f%06u", number);
    struct point place = {random_between(random, box.min_x, box.max_x),
                          random_between(random, box.min_y, box.max_y)};
    double size = fmax(bbox_width(box), bbox_height(box)) * random_between(random, 0.002, 0.06);
    uint32_t choice = random_below(random, 10);
    if (choice < 7) {
        scenery_code(scenery, random, GEOMETRY_POINT, code);
        return scenery_point(id, code, place.x, place.y);
    }
    if (choice < 9) {
        scenery_code(scenery, random, GEOMETRY_LINE, code);
        return scenery_feature(id, code, scenery_random_line(random, place, 12, size / 6));
    }
    scenery_code(scenery, random, GEOMETRY_AREA, code);
    return scenery_feature(id, code, scenery_random_area(random, place, 14, size));
}

static inline struct plot *scenery_empty_plot(void)
{
    struct plot_title title = {(char *)"proef", (char *)"Proefplot", (char *)"oefening-7", true, {"nl", 1}};
    return plot_new(&title);
}

/** The plot with one more change; the earlier one is released, the feature taken over. */
static inline struct plot *scenery_put(struct plot *plot, struct feature *feature, uint64_t revision)
{
    struct change change = {.kind = CHANGE_PUT, .feature = feature, .expected_revision = CHANGE_ANY_REVISION};
    feature->revision = revision;
    struct plot *after = plot_with_changes(plot, &change, 1, revision, 1790000000000);
    change_finish(&change);
    plot_unref(plot);
    return after;
}

static inline struct plot *scenery_plot(const struct scenery *scenery, uint64_t seed, struct bbox box,
                                        uint32_t count)
{
    uint64_t random = seed;
    struct change *changes = memory_new(count, sizeof *changes);
    for (uint32_t i = 0; i < count; i++) {
        changes[i] = (struct change){.kind = CHANGE_PUT, .expected_revision = CHANGE_ANY_REVISION};
        changes[i].feature = scenery_random_feature(scenery, &random, box, i);
        changes[i].feature->revision = 1;
    }
    struct plot *empty = scenery_empty_plot();
    struct plot *plot = plot_with_changes(empty, changes, count, 1, 1790000000000);
    plot_unref(empty);
    for (uint32_t i = 0; i < count; i++) {
        change_finish(&changes[i]);
    }
    free(changes);
    return plot;
}

/** The plot after one random edit: a feature moved, replaced, added or withdrawn, somewhere in a lon/lat box.
 */
static inline struct plot *scenery_edited(const struct scenery *scenery, const struct plot *plot,
                                          uint64_t *random, struct bbox box, uint64_t revision)
{
    uint32_t count = (uint32_t)plot_count(plot);
    uint32_t number = random_below(random, count + 3);
    struct change change = {.kind = CHANGE_PUT, .expected_revision = CHANGE_ANY_REVISION};
    if (number < count && random_below(random, 3) == 0) {
        change.kind = CHANGE_REMOVE;
        change.id = memory_copy_text(plot_at(plot, number)->id);
    } else {
        change.feature = scenery_random_feature(scenery, random, box, number);
        change.feature->revision = revision;
    }
    struct plot *after = plot_with_changes(plot, &change, 1, revision, 0);
    change_finish(&change);
    return after;
}

/**
 * Adds the set "tekst": lines and areas that are nothing but text along them, on either side and on them,
 * once and repeated, name and letters.
 */
static inline void scenery_add_texts(struct scenery *scenery)
{
    static const char yaml[] =
        "set: tekst\nversion: 1\ntitle: {nl: Teksten}\ngroups: [{id: t, title: {nl: Tekst}}]\n"
        "lines:\n"
        "  - {id: t.op, letters: OP, name: {nl: Op}, strokes: [{width: 1, colour: none}],\n"
        "     text: {show: name, colour: '#A41926'}}\n"
        "  - {id: t.naast, letters: NAA, name: {nl: Naast}, strokes: [{width: 1, colour: none}],\n"
        "     text: {show: name, side: left, gap: 4, spacing: 150}}\n"
        "  - {id: t.letters, letters: STOP, name: {nl: Letters}, strokes: [{width: 1, colour: none}],\n"
        "     text: {show: letters, size: 9, side: right, spacing: 80}}\n"
        "areas:\n"
        "  - {id: t.rand, letters: RAN, name: {nl: Rand}, text: {show: name, side: right}}\n"
        "  - {id: t.buiten, letters: NL, name: {nl: Buiten},\n"
        "     text: {show: letters, side: left, spacing: 120}}\n";
    struct problems problems;
    problems_init(&problems);
    free(scenery_write("set.yaml", yaml));
    bool is_added = symbol_library_add(scenery->symbols, test_folder(), &problems);
    problems_print(&problems, stdout);
    ck_assert(is_added);
    problems_finish(&problems);
}

/** The number-th random line or area with text along it, somewhere in a lon/lat box. */
static inline struct feature *scenery_random_text(uint64_t *random, struct bbox box, uint32_t number)
{
    static const char *const names[] = {"Stoplijn", "fj\u1EAA\u0302\u0302f", "Hollands Diep", "نهر",
                                        "q\u0323"};
    static const char *const entries[] = {"t.op", "t.naast", "t.letters", "t.rand", "t.buiten"};
    char id[32];
    char code[160];
    uint32_t entry = random_below(random, 5);
    snprintf(id, sizeof id, "t%06u", number);
    snprintf(code, sizeof code, "tekst@1/%s;n=%s %u", entries[entry], names[random_below(random, 5)], number);
    struct point place = {random_between(random, box.min_x, box.max_x),
                          random_between(random, box.min_y, box.max_y)};
    double size = fmax(bbox_width(box), bbox_height(box)) * random_between(random, 0.02, 0.15);
    struct shape *shape = entry < 3 ? scenery_random_line(random, place, 25, size / 10)
                                    : scenery_random_area(random, place, 40, size);
    return scenery_feature(id, code, shape);
}

/** The tile of a set at a zoom that holds a place in CRS coordinates. */
static inline struct tile_address scenery_tile(const struct scenery *scenery, const char *set, uint32_t zoom,
                                               struct point place)
{
    struct tile_address first;
    struct tile_address last;
    struct bbox box = {place.x, place.y, place.x, place.y};
    ck_assert(tile_range(tile_matrix_sets_find(scenery->tile_matrix_sets, set), zoom, box, &first, &last));
    return first;
}

static inline struct image *scenery_picture(struct scenery *scenery, const struct map_view *view,
                                            struct pixel_box box, int pixel_ratio)
{
    struct fault fault = {0};
    struct image *image = picture_render(scenery->renderer, view, box, pixel_ratio, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

/** Checks that two pictures of one size are alike dot by dot, and frees them. */
static inline void scenery_same_pictures(struct image *a, struct image *b)
{
    ck_assert_int_eq(a->width, b->width);
    ck_assert_int_eq(a->height, b->height);
    for (int y = 0; y < a->height; y++) {
        ck_assert_mem_eq(a->pixels + (ptrdiff_t)y * a->stride_px, b->pixels + (ptrdiff_t)y * b->stride_px,
                         (size_t)a->width * sizeof *a->pixels);
    }
    image_free(a);
    image_free(b);
}

#endif
