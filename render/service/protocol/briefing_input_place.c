#include <jansson.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/protocol/briefing_input.h"
#include "render/service/worker/order.h"

#define SCALE_LEAST 100.0
#define SCALE_MOST 1e7

void briefing_input_read_crs(struct briefing_input *input, const json_t *value)
{
    struct order_briefing *briefing = &input->order->briefing;
    briefing_input_copy(input, value, briefing->crs_code, sizeof(briefing->crs_code));
}

void briefing_input_read_center(struct briefing_input *input, const json_t *value)
{
    double centre[2];
    input->has_centre = true;
    if (briefing_input_numbers(input, value, centre, 2)) {
        input->order->briefing.centre = (struct point){centre[0], centre[1]};
    }
}

void briefing_input_read_scale(struct briefing_input *input, const json_t *value)
{
    double scale = json_number_value(value);
    if (!json_is_number(value) || !(scale >= SCALE_LEAST && scale <= SCALE_MOST)) {
        briefing_input_fail(input, "scale", "must be a number from %.0f to %.0f", SCALE_LEAST, SCALE_MOST);
        scale = SCALE_MOST;
    }
    input->order->briefing.scale_denominator = scale;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/** Only two are of use: degrees, which the standard takes when none is named, and that of the briefing. */
static void read_box_crs(struct briefing_input *input, const json_t *value)
{
    const char *crs = value ? briefing_input_text(input, value, 100) : "CRS84";
    const json_t *own = json_object_get(input->inputs, "crs");
    const char *code = json_is_string(own) ? json_string_value(own) : input->order->briefing.crs_code;
    if (!crs) {
        return;
    }
    const char *number = strrchr(code, ':') ? strrchr(code, ':') + 1 : code;
    input->order->briefing.is_box_in_degrees = ends_with(crs, "CRS84");
    if (!input->order->briefing.is_box_in_degrees && (!*number || !ends_with(crs, number))) {
        briefing_input_fail(input, "bbox", "its crs must be CRS84 or that of the briefing, %.40s, not '%s'",
                            code, crs);
    }
}

/** [x, y, x, y] in the CRS of the briefing, or {"bbox":[…],"crs":…} as the standard has it. */
void briefing_input_read_bbox(struct briefing_input *input, const json_t *value)
{
    double sides[4];
    struct order_briefing *briefing = &input->order->briefing;
    input->has_box = true;
    if (json_is_object(value)) {
        read_box_crs(input, json_object_get(value, "crs"));
        value = json_object_get(value, "bbox");
    }
    if (!briefing_input_numbers(input, value, sides, 4)) {
        return;
    }
    if (!(sides[0] < sides[2]) || !(sides[1] < sides[3])) {
        briefing_input_fail(input, "bbox",
                            "must be the least x and y, then the greatest, and have a width and a height");
    }
    briefing->has_box = true;
    briefing->box = (struct bbox){sides[0], sides[1], sides[2], sides[3]};
}

void briefing_input_read_area(struct briefing_input *input, const json_t *value)
{
    input->area = briefing_input_text(input, value, 64);
}

void briefing_input_check_frame(struct briefing_input *input)
{
    struct order *order = input->order;
    struct fault fault;
    if (input->has_centre + input->has_box + (input->area != NULL) > 1) {
        briefing_input_fail(input, "center", "only one of center, bbox and area may be given");
        return;
    }
    if (input->has_centre) {
        if (order->briefing.scale_denominator == 0) {
            briefing_input_fail(input, "scale", "is missing: center needs it");
        }
        return;
    }
    const struct map_area *area = NULL;
    if (input->has_box || !input->map) {
        return;
    }
    if (input->area && !(area = briefing_order_find_area(input->map, input->area, &fault))) {
        briefing_input_fail(input, "area", "%s", fault.message);
        return;
    }
    briefing_order_show(order, input->map, area);
}
