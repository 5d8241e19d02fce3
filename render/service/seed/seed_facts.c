/*
 * seed_facts.c - facts are texts in a table, so every kind of package can take them over as they are.
 */
#include "render/service/seed/seed_facts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "render/service/worker/order.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/protocol/vector_styles.h"
#include "render/encode/tile_form.h"

#define JSON_MOST_BYTES (1u << 20)

static bool write_credits(struct seed_draft *draft, const struct map *map, struct fault *fault)
{
    char *credits = map_credits(map);
    bool is_written = seed_draft_write_fact(draft, "attribution", credits, fault);
    free(credits);
    return is_written;
}

/** Of vector tiles the layers and their fields, as a JSON object. */
static bool write_layers(struct seed_draft *draft, const struct map *map, struct fault *fault)
{
    struct buffer text;
    buffer_init(&text, JSON_MOST_BYTES);
    buffer_append_text(&text, "{");
    vector_tilejson_append_layers(&text, map);
    buffer_append_text(&text, "}");
    bool is_written = seed_draft_write_fact(draft, "json", text.bytes, fault);
    buffer_finish(&text);
    return is_written;
}

static const char *format_of(struct tile_form form)
{
    return form.format == TILE_MVT ? "pbf" : tile_format_extension(form.format);
}

bool seed_facts_write(struct seed_draft *draft, const struct map *map, const struct tile_matrix_set *set,
                      const struct order *order, struct fault *fault)
{
    char moment[32];
    char description[300];
    char ratio[8];
    char size[8];
    struct tile_form form = order->tile.form;
    snprintf(description, sizeof(description), "%s%s%s, situation as of %s", map->organisation,
             *map->organisation ? ", " : "", marking_text(map_marking(map)),
             moment_format(order->view.as_of_ms, moment));
    snprintf(ratio, sizeof(ratio), "%u", (unsigned)form.pixel_ratio);
    snprintf(size, sizeof(size), "%u", (unsigned)form.size_px);
    const char *const pairs[][2] = {
        {"name", multilingual_text(&map->title, order->view.language)},
        {"format", format_of(form)},
        {"extension", tile_format_extension(form.format)},
        {"type", "baselayer"},
        {"version", map->version},
        {"description", description},
        {"tile_matrix_set", set->id},
        {"crs", set->crs_code},
        {"pixel_ratio", ratio},
        {"tile_size", size},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!seed_draft_write_fact(draft, pairs[i][0], pairs[i][1], fault)) {
            return false;
        }
    }
    return write_credits(draft, map, fault) && (form.format != TILE_MVT || write_layers(draft, map, fault));
}

bool seed_facts_write_place(struct seed_draft *draft, const struct seed_place *place, struct fault *fault)
{
    char bounds[160];
    char centre[120];
    char first_zoom[16];
    char last_zoom[16];
    struct bbox box = place->bounds_deg;
    snprintf(bounds, sizeof(bounds), "%.6f,%.6f,%.6f,%.6f", box.min_x, box.min_y, box.max_x, box.max_y);
    snprintf(centre, sizeof(centre), "%.6f,%.6f,%u", place->centre_deg.x, place->centre_deg.y,
             (unsigned)place->centre_zoom);
    snprintf(first_zoom, sizeof(first_zoom), "%u", (unsigned)place->first_zoom);
    snprintf(last_zoom, sizeof(last_zoom), "%u", (unsigned)place->last_zoom);
    return seed_draft_write_fact(draft, "bounds", bounds, fault) &&
           seed_draft_write_fact(draft, "center", centre, fault) &&
           seed_draft_write_fact(draft, "minzoom", first_zoom, fault) &&
           seed_draft_write_fact(draft, "maxzoom", last_zoom, fault);
}

/** Reads count numbers between commas; false when the fact has others. */
static bool read_numbers(struct seed_draft *draft, const char *name, size_t count, double *numbers,
                         struct fault *fault)
{
    char *text = seed_draft_read_fact(draft, name, fault);
    const char *next = text;
    bool is_good = text != NULL;
    for (size_t i = 0; is_good && i < count; i++) {
        is_good = number_read(&next, &numbers[i]);
        next += is_good && *next == ',';
    }
    if (text && !is_good) {
        fault_set(fault, FAULT_INPUT, "the draft does not say its %s", name);
    }
    free(text);
    return is_good;
}

bool seed_facts_read_place(struct seed_draft *draft, struct seed_place *place, struct fault *fault)
{
    double box[4];
    double centre[3];
    double zooms[2];
    if (!read_numbers(draft, "bounds", 4, box, fault) || !read_numbers(draft, "center", 3, centre, fault) ||
        !read_numbers(draft, "minzoom", 1, &zooms[0], fault) ||
        !read_numbers(draft, "maxzoom", 1, &zooms[1], fault)) {
        return false;
    }
    *place = (struct seed_place){
        .bounds_deg = {box[0], box[1], box[2], box[3]},
        .centre_deg = {centre[0], centre[1]},
        .centre_zoom = (uint32_t)centre[2],
        .first_zoom = (uint32_t)zooms[0],
        .last_zoom = (uint32_t)zooms[1],
    };
    return true;
}

static bool add_member(const char *name, const char *value, void *context)
{
    json_t *object = context;
    if (strcmp(name, "json") != 0) {
        json_object_set_new(object, name, json_string(value));
        return true;
    }
    json_t *members = json_loads(value, 0, NULL);
    if (members) {
        json_object_update(object, members);
    }
    json_decref(members);
    return true;
}

char *seed_facts_json(struct seed_draft *draft, struct fault *fault)
{
    json_t *object = json_object();
    bool is_whole = seed_draft_visit_facts(draft, add_member, object, fault);
    char *text = is_whole ? json_dumps(object, JSON_INDENT(1) | JSON_SORT_KEYS) : NULL;
    json_decref(object);
    return text;
}
