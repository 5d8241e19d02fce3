/*
 * order_briefing.c - what is asked of a briefing, and of its frame alone, as fields and back.
 */
#include "render/service/worker/order_briefing.h"

#include "geo/base/buffer.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/order.h"

#define PAGE_MOST 100000

static void write_frame(const struct order_briefing *briefing, struct buffer *json)
{
    buffer_appendf(json, ",\"has_box\":%s,\"box_in_degrees\":%s,\"box\":[%.17g,%.17g,%.17g,%.17g]",
                   briefing->has_box ? "true" : "false", briefing->is_box_in_degrees ? "true" : "false",
                   briefing->box.min_x, briefing->box.min_y, briefing->box.max_x, briefing->box.max_y);
}

void order_briefing_write(const struct order_briefing *briefing, struct buffer *json)
{
    buffer_appendf(json, ",\"paper\":%d,\"landscape\":%s,\"centre\":[%.17g,%.17g],\"scale\":%.17g",
                   briefing->paper, briefing->is_landscape ? "true" : "false", briefing->centre.x,
                   briefing->centre.y, briefing->scale_denominator);
    buffer_appendf(json, ",\"format\":%d,\"dpi\":%d,\"page\":%zu", briefing->format, briefing->dpi,
                   briefing->page);
    json_write_text(json, "crs", briefing->crs_code);
    json_write_moment(json, "made", briefing->made_ms);
    json_write_text(json, "title", briefing->title);
    json_write_text(json, "link", briefing->link);
    json_write_text(json, "id", briefing->id);
    json_write_text(json, "verify_link", briefing->verify_link);
    json_write_text(json, "organisation", briefing->organisation);
    json_write_text(json, "template", briefing->template);
    json_write_text(json, "grip", briefing->grip);
    json_write_moment(json, "valid_until", briefing->valid_until_ms);
    json_write_moment(json, "next_update", briefing->next_update_ms);
    order_since_write(&briefing->since, json);
    write_frame(briefing, json);
}

static void read_frame(struct json_reader *reader, struct order_briefing *briefing)
{
    double sides[4];
    json_read_doubles(reader, "box", sides, 4);
    briefing->box = (struct bbox){sides[0], sides[1], sides[2], sides[3]};
    briefing->has_box = json_read_bool(reader, "has_box");
    briefing->is_box_in_degrees = json_read_bool(reader, "box_in_degrees");
}

void order_briefing_read(struct json_reader *reader, struct order_briefing *briefing)
{
    double centre[2];
    briefing->paper = (enum paper)json_read_integer(reader, "paper", 0, PAPER_COUNT - 1);
    briefing->is_landscape = json_read_bool(reader, "landscape");
    json_read_text(reader, "crs", briefing->crs_code, sizeof(briefing->crs_code));
    json_read_doubles(reader, "centre", centre, 2);
    briefing->centre = (struct point){centre[0], centre[1]};
    briefing->scale_denominator = json_read_double(reader, "scale", 0, 1e12);
    briefing->format = (enum briefing_format)json_read_integer(reader, "format", BRIEFING_PDF, BRIEFING_PNG);
    briefing->dpi = (int)json_read_integer(reader, "dpi", 0, 2400);
    briefing->page = (size_t)json_read_integer(reader, "page", 0, PAGE_MOST);
    briefing->made_ms = json_read_moment(reader, "made");
    json_read_text(reader, "title", briefing->title, sizeof(briefing->title));
    json_read_text(reader, "link", briefing->link, sizeof(briefing->link));
    json_read_text(reader, "id", briefing->id, sizeof(briefing->id));
    json_read_text(reader, "verify_link", briefing->verify_link, sizeof(briefing->verify_link));
    json_read_text(reader, "organisation", briefing->organisation, sizeof(briefing->organisation));
    json_read_text(reader, "template", briefing->template, sizeof(briefing->template));
    json_read_text(reader, "grip", briefing->grip, sizeof(briefing->grip));
    briefing->valid_until_ms = json_read_moment(reader, "valid_until");
    briefing->next_update_ms = json_read_moment(reader, "next_update");
    order_since_read(reader, &briefing->since);
    read_frame(reader, briefing);
}
