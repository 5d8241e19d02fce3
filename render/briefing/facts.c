/*
 * facts.c - plot_query() finds features by their box in degrees; whether they really touch the frame is asked
 * in the CRS of the frame, because a frame in RD is not a box in degrees.
 */
#include "render/briefing/facts.h"

#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/base/hash.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/briefing/briefing.h"
#include "render/briefing/frame.h"
#include "render/renderer.h"

struct reader {
    struct crs_context *context;
    const struct crs *lon_lat;
    const struct frame *frame;
    struct facts *facts;
    struct fault *fault;
    bool has_failed;
};

static void add_text(struct facts *facts, const char *text)
{
    facts->checksum = hash_text(facts->checksum, text);
}

static void add_number(struct facts *facts, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    }
    facts->checksum = hash_bytes(facts->checksum, bytes, sizeof bytes);
}

/** To 1e-8 of a unit: what GeoJSON keeps of a coordinate. */
static void add_coordinate(struct facts *facts, double value)
{
    add_number(facts, (int64_t)(value * 1e8 + (value < 0 ? -0.5 : 0.5)));
}

static void add_feature(struct facts *facts, const struct feature *feature)
{
    char *code = symbol_code_format(&feature->code, true);
    add_text(facts, feature->id);
    add_text(facts, code);
    free(code);
    add_text(facts, feature->owner);
    add_text(facts, feature->source);
    add_number(facts, feature->valid_from_ms);
    add_number(facts, feature->valid_to_ms);
    const struct shape *shape = feature->shape;
    add_number(facts, shape->kind);
    for (size_t i = 0; i < shape->part_count; i++) {
        add_number(facts, (int64_t)shape->parts[i].first * 2 + shape->parts[i].is_hole);
    }
    for (size_t i = 0; i < shape->point_count; i++) {
        add_coordinate(facts, shape->points[i].x);
        add_coordinate(facts, shape->points[i].y);
    }
}

static void count_owner(struct facts *facts, const char *name)
{
    size_t at = 0;
    while (at < facts->owner_count && strcmp(facts->owners[at].name, name) < 0) {
        at++;
    }
    if (at == facts->owner_count || strcmp(facts->owners[at].name, name) != 0) {
        facts->owners = memory_resize(facts->owners, facts->owner_count + 1, sizeof *facts->owners);
        memmove(&facts->owners[at + 1], &facts->owners[at],
                (facts->owner_count - at) * sizeof *facts->owners);
        facts->owners[at] = (struct facts_owner){memory_copy_text(name), 0};
        facts->owner_count++;
    }
    facts->owners[at].count++;
}

/** Is any of it in the frame? A feature partly outside the area of the CRS counts by what has an image. */
static bool touches_frame(struct reader *reader, const struct feature *feature)
{
    struct shape *shape = shape_copy(feature->shape);
    bool touches = false;
    if (crs_transform(reader->context, reader->lon_lat, reader->frame->crs, shape->points, shape->point_count,
                      reader->fault)) {
        shape_update_box(shape);
        touches = shape_touches_box(shape, reader->frame->box_units, 0);
    } else {
        reader->has_failed = true;
    }
    shape_free(shape);
    return touches;
}

static bool read_feature(const struct feature *feature, void *context)
{
    struct reader *reader = context;
    if (!touches_frame(reader, feature)) {
        return !reader->has_failed;
    }
    reader->facts->feature_count++;
    count_owner(reader->facts, feature->owner && feature->owner[0] ? feature->owner : "?");
    add_feature(reader->facts, feature);
    return true;
}

static bool count_feature(const struct feature *feature, void *context)
{
    (void)feature;
    ++*(size_t *)context;
    return true;
}

static void add_order(struct facts *facts, const struct briefing_order *order, const struct frame *frame)
{
    add_text(facts, order->map->id);
    add_text(facts, frame->crs->code);
    add_coordinate(facts, frame->box_units.min_x);
    add_coordinate(facts, frame->box_units.min_y);
    add_coordinate(facts, frame->box_units.max_x);
    add_coordinate(facts, frame->box_units.max_y);
    add_number(facts, order->moment_ms);
    for (size_t i = 0; i < order->map->item_count; i++) {
        const struct map_item *item = &order->map->items[i];
        add_text(facts, item->layer ? item->layer->id : item->plot);
    }
}

bool facts_read(struct renderer *renderer, const struct briefing_order *order, const struct frame *frame,
                struct facts *facts, struct fault *fault)
{
    *facts = (struct facts){.checksum = HASH_START};
    struct reader reader = {.context = renderer_crs_context(renderer), .frame = frame, .facts = facts};
    reader.fault = fault;
    reader.lon_lat = crs_find(reader.context, "EPSG:4258", fault);
    if (!reader.lon_lat) {
        return false;
    }
    const struct bbox world_deg = {-180, -90, 180, 90};
    size_t valid_count = 0;
    add_order(facts, order, frame);
    for (size_t i = 0; i < order->plot_count && !reader.has_failed; i++) {
        const struct plot *plot = order->plots[i];
        facts->is_exercise |= plot_title(plot)->is_exercise;
        add_text(facts, plot_title(plot)->name);
        add_number(facts, (int64_t)plot_revision(plot));
        plot_query(plot, frame->box_deg, order->moment_ms, read_feature, &reader);
        plot_query(plot, world_deg, order->moment_ms, count_feature, &valid_count);
    }
    facts->outside_count = valid_count - facts->feature_count;
    if (reader.has_failed) {
        facts_finish(facts);
    }
    return !reader.has_failed;
}

void facts_finish(struct facts *facts)
{
    for (size_t i = 0; i < facts->owner_count; i++) {
        free(facts->owners[i].name);
    }
    free(facts->owners);
    *facts = (struct facts){0};
}
