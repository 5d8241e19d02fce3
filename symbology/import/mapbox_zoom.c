/*
 * mapbox_zoom.c - every stop ends a slice; where values change smoothly a slice is no longer than two zooms;
 * when there are too many, neighbours that are short together become one.
 */
#include "symbology/import/mapbox_zoom.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "symbology/import/css_colour.h"
#include "symbology/import/mapbox_expression.h"

#define DENOMINATOR_AT_0 279541132.01
#define MARGIN 1.001
#define MOST_DEPTH 40
#define MOST_SMOOTH_ZOOMS 2.0
#define MOST_EDGES (MAPBOX_MOST_STOPS + 2 * MAPBOX_MOST_ZOOM)

static void add_stop(struct mapbox_stops *stops, const json_t *zoom, bool is_smooth)
{
    if (!json_is_number(zoom) || stops->count == MAPBOX_MOST_STOPS) {
        return;
    }
    double value = json_number_value(zoom);
    size_t at = stops->count++;
    while (at > 0 && stops->zooms[at - 1] > value) {
        stops->zooms[at] = stops->zooms[at - 1];
        stops->are_smooth[at] = stops->are_smooth[at - 1];
        at--;
    }
    stops->zooms[at] = value;
    stops->are_smooth[at] = is_smooth;
}

static void collect(struct mapbox_stops *stops, const json_t *json, int depth);

static void collect_function(struct mapbox_stops *stops, const json_t *function, int depth)
{
    const json_t *list = json_object_get(function, "stops");
    const json_t *output = json_array_get(json_array_get(list, 0), 1);
    struct colour colour;
    bool is_mixed = json_is_number(output) ||
                    (json_is_string(output) && css_colour_parse(json_string_value(output), &colour));
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++) {
        const json_t *input = json_array_get(json_array_get(list, i), 0);
        if (json_is_object(input)) {
            add_stop(stops, json_object_get(input, "zoom"), false);
        } else if (!json_object_get(function, "property")) {
            add_stop(stops, input, is_mixed && i + 1 < count);
        }
        collect(stops, json_array_get(json_array_get(list, i), 1), depth + 1);
    }
}

static void collect(struct mapbox_stops *stops, const json_t *json, int depth)
{
    if (depth > MOST_DEPTH) {
        return;
    }
    if (json_is_object(json)) {
        collect_function(stops, json, depth);
        return;
    }
    size_t count = json_array_size(json);
    bool is_step = mapbox_is_operation(json, "step");
    bool is_curve = mapbox_is_operation(json, "interpolate") ||
                    mapbox_is_operation(json, "interpolate-hcl") ||
                    mapbox_is_operation(json, "interpolate-lab");
    bool is_by_zoom = mapbox_is_operation(json_array_get(json, is_step ? 1 : 2), "zoom");
    for (size_t i = 3; (is_step || is_curve) && is_by_zoom && i < count; i += 2) {
        add_stop(stops, json_array_get(json, i), is_curve && i + 2 < count);
    }
    for (size_t i = 1; i < count; i++) {
        collect(stops, json_array_get(json, i), depth + 1);
    }
}

void mapbox_stops_collect(struct mapbox_stops *stops, const json_t *json)
{
    collect(stops, json, 0);
}

/* The edges of slices, growing, and whether something changes behind each. */
struct edges {
    double zooms[MOST_EDGES];
    bool are_smooth[MOST_EDGES];
    size_t count;
};

static void append_edge(struct edges *edges, double zoom, bool is_smooth)
{
    if (edges->count > 0 && zoom <= edges->zooms[edges->count - 1]) {
        edges->are_smooth[edges->count - 1] |= is_smooth;
    } else if (edges->count < MOST_EDGES) {
        edges->zooms[edges->count] = zoom;
        edges->are_smooth[edges->count++] = is_smooth;
    }
}

/* Does something change smoothly between the last stop at or before a zoom and the one behind it? */
static bool is_smooth_at(const struct mapbox_stops *stops, double zoom)
{
    bool is_smooth = false;
    double latest = -INFINITY;
    for (size_t i = 0; i < stops->count && stops->zooms[i] <= zoom; i++) {
        is_smooth = stops->are_smooth[i] || (is_smooth && stops->zooms[i] == latest);
        latest = stops->zooms[i];
    }
    return is_smooth;
}

static struct edges edges_of(const struct mapbox_stops *stops, double from, double to)
{
    struct edges edges = {.count = 0};
    append_edge(&edges, from, is_smooth_at(stops, from));
    for (size_t i = 0; i < stops->count; i++) {
        if (stops->zooms[i] > from && stops->zooms[i] < to) {
            append_edge(&edges, stops->zooms[i], stops->are_smooth[i]);
        }
    }
    append_edge(&edges, to, false);
    return edges;
}

/* Long slices in which something changes are parted evenly. */
static struct edges part_smooth(const struct edges *edges)
{
    struct edges parted = {.count = 0};
    for (size_t i = 0; i + 1 < edges->count; i++) {
        double length = edges->zooms[i + 1] - edges->zooms[i];
        int parts = edges->are_smooth[i] ? (int)ceil(length / MOST_SMOOTH_ZOOMS) : 1;
        for (int part = 0; part < parts; part++) {
            append_edge(&parted, edges->zooms[i] + length * part / parts, edges->are_smooth[i]);
        }
    }
    append_edge(&parted, edges->zooms[edges->count - 1], false);
    return parted;
}

/* Takes out the edge between the two slices that are shortest together. */
static void take_out_one(struct edges *edges)
{
    size_t least = 1;
    for (size_t i = 1; i + 1 < edges->count; i++) {
        if (edges->zooms[i + 1] - edges->zooms[i - 1] < edges->zooms[least + 1] - edges->zooms[least - 1]) {
            least = i;
        }
    }
    edges->are_smooth[least - 1] |= edges->are_smooth[least];
    size_t behind = edges->count - least - 1;
    memmove(&edges->zooms[least], &edges->zooms[least + 1], behind * sizeof edges->zooms[0]);
    memmove(&edges->are_smooth[least], &edges->are_smooth[least + 1], behind * sizeof edges->are_smooth[0]);
    edges->count--;
}

struct mapbox_slices mapbox_slices_of(const struct mapbox_stops *stops, double from, double to)
{
    struct edges edges = edges_of(stops, from, to);
    struct edges parted = part_smooth(&edges);
    struct mapbox_slices slices = {.is_cut = edges.count - 1 > MAPBOX_MOST_SLICES};
    while (parted.count - 1 > MAPBOX_MOST_SLICES) {
        take_out_one(&parted);
    }
    for (size_t i = 0; i + 1 < parted.count; i++) {
        slices.items[slices.count++] = (struct mapbox_slice){parted.zooms[i], parted.zooms[i + 1]};
        slices.is_smooth |= parted.are_smooth[i];
    }
    return slices;
}

double mapbox_denominator_of(double zoom)
{
    if (zoom <= 0) {
        return INFINITY;
    }
    return zoom >= MAPBOX_MOST_ZOOM ? 0 : ceil(DENOMINATOR_AT_0 / pow(2, zoom) * MARGIN);
}

double mapbox_slice_middle(struct mapbox_slice slice)
{
    return (slice.from + slice.to) / 2;
}
