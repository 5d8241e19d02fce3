#include "render/service/worker/order_plate.h"

#include <stdint.h>
#include <stdio.h>

#include "geo/base/buffer.h"
#include "geo/scale.h"
#include "render/service/worker/json_field.h"

void order_plate_init(struct order_plate *plate)
{
    *plate =
        (struct order_plate){.crs_code = "OGC:CRS84", .region_crs = "OGC:CRS84", .mm_per_px = SCALE_PIXEL_MM};
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        plate->marginalia.places[i] = PLACE_OFF;
    }
}

static void write_marginalia(const struct plate_wish *wish, struct buffer *json)
{
    buffer_append_text(json, ",\"plate_places\":[");
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        buffer_appendf(json, "%s%d", i ? "," : "", (int)wish->places[i]);
    }
    buffer_append_text(json, "],\"plate_grids\":[");
    for (size_t i = 0; i < wish->grid_count; i++) {
        buffer_appendf(json, "%s%d", i ? "," : "", (int)wish->grids[i]);
    }
    buffer_append_text(json, "]");
}

static void write_ground(const struct plate_ground *ground, const char *name, struct buffer *json)
{
    struct colour colour = ground->colour;
    buffer_appendf(json, ",\"%s\":[%d,%d,%d,%d,%d]", name, (int)ground->kind, colour.red, colour.green,
                   colour.blue, colour.alpha);
}

void order_plate_write(const struct order_plate *plate, struct buffer *json)
{
    buffer_append_text(json, ",\"plate_crs\":");
    buffer_append_json(json, plate->crs_code);
    buffer_append_text(json, ",\"plate_region_crs\":");
    buffer_append_json(json, plate->region_crs);
    buffer_appendf(json,
                   ",\"plate_region\":%d,\"plate_x_first\":%s,\"plate_numbers\":[%.17g,%.17g,%.17g,%.17g]",
                   (int)plate->region, plate->is_x_first ? "true" : "false", plate->numbers[0],
                   plate->numbers[1], plate->numbers[2], plate->numbers[3]);
    buffer_appendf(json, ",\"plate_open\":[%d,%d,%d,%d]", plate->is_open[0], plate->is_open[1],
                   plate->is_open[2], plate->is_open[3]);
    buffer_appendf(json, ",\"plate_width\":%d,\"plate_height\":%d,\"plate_scale\":%.17g,\"plate_mm\":%.17g",
                   plate->width_px, plate->height_px, plate->scale_denominator, plate->mm_per_px);
    buffer_appendf(json, ",\"plate_format\":%d", (int)plate->format);
    write_ground(&plate->ground, "plate_ground", json);
    write_ground(&plate->outside, "plate_outside", json);
    write_marginalia(&plate->marginalia, json);
}

/** Whole numbers below most; others fail the reader. */
static size_t read_small(struct json_reader *reader, const char *name, uint64_t *numbers, size_t capacity,
                         uint64_t most)
{
    size_t count = json_read_numbers(reader, name, numbers, capacity);
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] > most) {
            json_reader_fail(reader, name, "has a number that is too large");
            return 0;
        }
    }
    return count;
}

static void read_marginalia(struct json_reader *reader, struct plate_wish *wish)
{
    uint64_t places[PLATE_PART_COUNT] = {0};
    uint64_t grids[GRID_MOST] = {0};
    if (read_small(reader, "plate_places", places, PLATE_PART_COUNT, PLACE_OFF) != PLATE_PART_COUNT) {
        json_reader_fail(reader, "plate_places", "must have one place for each part");
    }
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        wish->places[i] = places[i] == PLACE_PAGE ? PLACE_OFF : (enum place)places[i];
    }
    wish->grid_count = read_small(reader, "plate_grids", grids, GRID_MOST, GRID_KIND_COUNT - 1);
    for (size_t i = 0; i < wish->grid_count; i++) {
        wish->grids[i] = (enum grid_kind)grids[i];
    }
}

static struct plate_ground read_ground(struct json_reader *reader, const char *name)
{
    uint64_t numbers[5] = {0};
    size_t count = read_small(reader, name, numbers, 5, 255);
    if (count != 5 || numbers[0] > PLATE_GROUND_NONE) {
        json_reader_fail(reader, name, "must be a kind and a colour");
        return (struct plate_ground){0};
    }
    return (struct plate_ground){
        .kind = (enum plate_ground_kind)numbers[0],
        .colour = {(uint8_t)numbers[1], (uint8_t)numbers[2], (uint8_t)numbers[3], (uint8_t)numbers[4]}};
}

void order_plate_read(struct json_reader *reader, struct order_plate *plate)
{
    uint64_t open[4] = {0};
    json_read_text(reader, "plate_crs", plate->crs_code, sizeof(plate->crs_code));
    json_read_text(reader, "plate_region_crs", plate->region_crs, sizeof(plate->region_crs));
    plate->region =
        (enum plate_region)json_read_integer(reader, "plate_region", PLATE_REGION_ALL, PLATE_REGION_CENTRE);
    plate->is_x_first = json_read_bool(reader, "plate_x_first");
    json_read_doubles(reader, "plate_numbers", plate->numbers, 4);
    read_small(reader, "plate_open", open, 4, 1);
    for (int i = 0; i < 4; i++) {
        plate->is_open[i] = open[i] == 1;
    }
    plate->width_px = (int)json_read_integer(reader, "plate_width", 0, PLATE_SIDE_MOST_PX);
    plate->height_px = (int)json_read_integer(reader, "plate_height", 0, PLATE_SIDE_MOST_PX);
    plate->scale_denominator = json_read_double(reader, "plate_scale", 0, 1e12);
    plate->mm_per_px = json_read_double(reader, "plate_mm", PLATE_MM_PER_PX_LEAST, PLATE_MM_PER_PX_MOST);
    plate->format =
        (enum plate_format)json_read_integer(reader, "plate_format", PLATE_PNG, PLATE_FORMAT_COUNT - 1);
    plate->ground = read_ground(reader, "plate_ground");
    plate->outside = read_ground(reader, "plate_outside");
    read_marginalia(reader, &plate->marginalia);
}
