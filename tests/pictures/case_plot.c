/*
 * case_plot.c - writes the features as a GeoJSON document and has that read: what the reader refuses, a case
 * cannot draw.
 */
#include "tests/pictures/case_plot.h"

#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "geo/crs.h"
#include "geo/pixel_grid.h"

#define DOCUMENT_MAX_BYTES (4u << 20)
#define RECORDED_MS 1790000000000

/** A GeoJSON document in the making. */
struct writing {
    struct buffer json;
    const struct pixel_grid *grid;
    struct crs_context *context;
    const struct crs *crs;
    const struct crs *lon_lat;
    size_t count;       /* features so far */
    struct point shift; /* px, of the feature being written */
};

static double number(const struct yaml_node *node)
{
    return strtod(yaml_text(node), NULL);
}

static struct point pair(const struct yaml_node *node)
{
    return (struct point){number(yaml_at(node, 0)), number(yaml_at(node, 1))};
}

static void write_point(struct writing *writing, const struct yaml_node *node)
{
    struct point place = pair(node);
    place.x += writing->shift.x;
    place.y += writing->shift.y;
    place = pixel_grid_from_px(writing->grid, place);
    crs_transform(writing->context, writing->crs, writing->lon_lat, &place, 1, NULL);
    buffer_appendf(&writing->json, "[%.10f,%.10f]", place.x, place.y);
}

static void write_points(struct writing *writing, const struct yaml_node *points, bool is_ring)
{
    buffer_append_text(&writing->json, "[");
    for (size_t i = 0; i < yaml_count(points); i++) {
        buffer_append_text(&writing->json, i ? "," : "");
        write_point(writing, yaml_at(points, i));
    }
    if (is_ring) {
        buffer_append_text(&writing->json, ",");
        write_point(writing, yaml_at(points, 0));
    }
    buffer_append_text(&writing->json, "]");
}

static void write_area(struct writing *writing, const struct yaml_node *rings)
{
    buffer_append_text(&writing->json, "[");
    for (size_t i = 0; i < yaml_count(rings); i++) {
        buffer_append_text(&writing->json, i ? "," : "");
        write_points(writing, yaml_at(rings, i), true);
    }
    buffer_append_text(&writing->json, "]");
}

static void write_areas(struct writing *writing, const struct yaml_node *areas)
{
    buffer_append_text(&writing->json, "[");
    for (size_t i = 0; i < yaml_count(areas); i++) {
        buffer_append_text(&writing->json, i ? "," : "");
        write_area(writing, yaml_at(areas, i));
    }
    buffer_append_text(&writing->json, "]");
}

static void write_geometry(struct writing *writing, const struct yaml_node *feature)
{
    const char *begin = "\"geometry\":{\"type\":\"%s\",\"coordinates\":";
    if (yaml_find(feature, "line")) {
        buffer_appendf(&writing->json, begin, "LineString");
        write_points(writing, yaml_find(feature, "line"), false);
    } else if (yaml_find(feature, "area")) {
        buffer_appendf(&writing->json, begin, "Polygon");
        write_area(writing, yaml_find(feature, "area"));
    } else if (yaml_find(feature, "areas")) {
        buffer_appendf(&writing->json, begin, "MultiPolygon");
        write_areas(writing, yaml_find(feature, "areas"));
    } else {
        buffer_appendf(&writing->json, begin, "Point");
        write_point(writing, yaml_find(feature, "at"));
    }
    buffer_append_text(&writing->json, "}");
}

static void write_numbers(struct writing *writing, const struct yaml_node *list)
{
    buffer_append_text(&writing->json, "[");
    for (size_t i = 0; i < yaml_count(list); i++) {
        buffer_appendf(&writing->json, "%s%g", i ? "," : "", number(yaml_at(list, i)));
    }
    buffer_append_text(&writing->json, "]");
}

static void write_template(struct writing *writing, const struct yaml_node *feature)
{
    const struct yaml_node *template = yaml_find(feature, "template");
    if (!template) {
        return;
    }
    buffer_append_text(&writing->json, ",\"template\":{");
    for (size_t i = 0; i < yaml_count(template); i++) {
        const struct yaml_node *value = yaml_at(template, i);
        buffer_appendf(&writing->json, "%s\"%s\":", i ? "," : "", yaml_key_at(template, i));
        if (strcmp(yaml_key_at(template, i), "type") == 0) {
            buffer_append_json(&writing->json, yaml_text(value));
        } else if (yaml_kind(value) == YAML_SEQUENCE) {
            write_numbers(writing, value);
        } else {
            buffer_appendf(&writing->json, "%g", number(value));
        }
    }
    buffer_append_text(&writing->json, "}");
}

static void write_code(struct writing *writing, const char *code, const char *also)
{
    struct buffer text;
    buffer_init(&text, 4096);
    buffer_appendf(&text, "%s%s%s%s", strchr(code, '@') ? "" : "nl@1/", code, *also ? ";" : "", also);
    buffer_append_json(&writing->json, text.bytes);
    buffer_finish(&text);
}

static void write_feature(struct writing *writing, const struct yaml_node *feature, const char *code)
{
    const struct yaml_node *owner = yaml_find(feature, "owner");
    const struct yaml_node *also = yaml_find(feature, "also");
    buffer_appendf(&writing->json, "%s{\"type\":\"Feature\",\"id\":\"f%04zu\",", writing->count ? ",\n" : "",
                   writing->count);
    write_geometry(writing, feature);
    buffer_append_text(&writing->json, ",\"properties\":{\"symbol\":");
    write_code(writing, code, also ? yaml_text(also) : "");
    buffer_append_text(&writing->json, ",\"owner\":");
    buffer_append_json(&writing->json, owner ? yaml_text(owner) : "Veiligheidsregio Proef");
    write_template(writing, feature);
    buffer_append_text(&writing->json, "}}");
    writing->count++;
}

static void write_rows(struct writing *writing, const struct yaml_node *feature)
{
    const struct yaml_node *codes = yaml_find(feature, "codes");
    struct point step = pair(yaml_find(feature, "step"));
    size_t columns = (size_t)number(yaml_find(feature, "columns"));
    for (size_t i = 0; i < yaml_count(codes); i++) {
        writing->shift = (struct point){(double)(i % columns) * step.x, (double)(i / columns) * step.y};
        write_feature(writing, feature, yaml_text(yaml_at(codes, i)));
    }
    writing->shift = (struct point){0, 0};
}

/** A slip in a case is told, not drawn. */
static bool check_feature(const struct yaml_node *feature, struct problems *problems)
{
    static const char *const known[] = {"code",  "codes",    "also",  "at",      "line", "area",
                                        "areas", "template", "owner", "columns", "step", NULL};
    bool has_shape = yaml_find(feature, "at") || yaml_find(feature, "line") || yaml_find(feature, "area") ||
                     yaml_find(feature, "areas");
    bool is_complete = yaml_find(feature, "codes")
                           ? yaml_find(feature, "step") && number(yaml_find(feature, "columns")) >= 1
                           : yaml_find(feature, "code") != NULL;
    yaml_check_keys(feature, known, problems);
    if (!has_shape || !is_complete) {
        yaml_problem(feature, problems, "needs a shape, and either code, or codes with columns and step");
        return false;
    }
    return true;
}

static void write_document(struct writing *writing, const struct yaml_node *features,
                           struct problems *problems)
{
    buffer_append_text(&writing->json, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (size_t i = 0; i < yaml_count(features); i++) {
        const struct yaml_node *feature = yaml_at(features, i);
        if (check_feature(feature, problems) && yaml_find(feature, "codes")) {
            write_rows(writing, feature);
        } else if (yaml_find(feature, "code")) {
            write_feature(writing, feature, yaml_text(yaml_find(feature, "code")));
        }
    }
    buffer_append_text(&writing->json, "]}\n");
}

static struct plot *make_plot(struct feature_list *list)
{
    static const struct plot_title title = {"proef", "Proefplot", "oefening-7", true, {"nl", 1}};
    struct change *changes = memory_new(list->count, sizeof *changes);
    for (size_t i = 0; i < list->count; i++) {
        changes[i] = (struct change){
            .kind = CHANGE_PUT, .feature = list->items[i], .expected_revision = CHANGE_ANY_REVISION};
    }
    struct plot *empty = plot_new(&title);
    struct plot *plot = plot_with_changes(empty, changes, list->count, 1, RECORDED_MS);
    plot_unref(empty);
    free(changes);
    return plot;
}

static struct plot *read_document(const char *json, size_t length, const struct symbol_library *symbols,
                                  struct problems *problems)
{
    struct feature_list list;
    struct symbol_scope scope = {.library = symbols, .pin = {"nl", 1}};
    if (problems->error_count > 0 ||
        !geojson_read("features", json, length, geojson_limits_default(), &scope, &list, problems)) {
        return NULL;
    }
    struct plot *plot = make_plot(&list);
    feature_list_finish(&list);
    return plot;
}

struct plot *case_plot_new(const struct yaml_node *features, const struct pixel_grid *grid,
                           const struct symbol_library *symbols, struct crs_context *context,
                           struct fault *fault)
{
    struct problems problems;
    struct writing writing = {.grid = grid,
                              .context = context,
                              .crs = crs_find(context, grid->crs_code, fault),
                              .lon_lat = crs_find(context, "EPSG:4258", fault)};
    if (!writing.crs || !writing.lon_lat) {
        return NULL;
    }
    problems_init(&problems);
    buffer_init(&writing.json, DOCUMENT_MAX_BYTES);
    if (features) {
        write_document(&writing, features, &problems);
    } else {
        buffer_append_text(&writing.json, "{\"type\":\"FeatureCollection\",\"features\":[]}");
    }
    struct plot *plot = read_document(writing.json.bytes, writing.json.length, symbols, &problems);
    problems_to_fault(&problems, fault);
    problems_finish(&problems);
    buffer_finish(&writing.json);
    return plot;
}
