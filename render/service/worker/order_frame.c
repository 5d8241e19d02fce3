/*
 * order_frame.c - round scales are tried from the one that the frame's size asks for: a template that snaps
 * its frame to a grid may need the next one.
 */
#include "render/service/worker/order_frame.h"

#include <math.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/briefing/briefing.h"
#include "render/briefing/template.h"
#include "render/renderer.h"
#include "render/service/worker/order.h"

#define TRIAL_SCALE 10000.0
#define LEAST_SCALE 100.0
#define MOST_SCALE 1e7
#define SLACK 1e-9 /* of the scale: rounding may not push a box of just the frame's size to the next one */

/** The scales that people expect, within a power of ten. */
static const double steps[] = {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8};

#define STEP_COUNT (sizeof(steps) / sizeof(steps[0]))

/** The first round scale that is not below the least. */
static double round_scale(double least)
{
    double power = pow(10, floor(log10(least)));
    for (size_t i = 0; i < STEP_COUNT; i++) {
        if (steps[i] * power >= least * (1 - SLACK)) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

static bool find_box(struct renderer *renderer, const struct order_briefing *wish, struct bbox *box,
                     struct fault *fault)
{
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *crs = crs_find(context, wish->crs_code, fault);
    const struct crs *lon_lat = crs ? crs_find(context, "EPSG:4258", fault) : NULL;
    *box = wish->box;
    if (!lon_lat) {
        return false;
    }
    if (!bbox_is_finite(*box) || !(bbox_width(*box) > 0) || !(bbox_height(*box) > 0)) {
        fault_set(fault, FAULT_INPUT, "the box of the briefing must have a width and a height");
        return false;
    }
    if (!wish->is_box_in_degrees) {
        return true;
    }
    return crs_transform_bbox(context, lon_lat, crs, wish->box, box, fault);
}

/** How large the scale's number must be at least, seen from a frame at the trial scale. */
static double least_scale(struct bbox box, struct bbox frame)
{
    double ratio = fmax(bbox_width(box) / bbox_width(frame), bbox_height(box) / bbox_height(frame));
    return fmax(LEAST_SCALE, ratio * TRIAL_SCALE);
}

static bool contains(struct bbox frame, struct bbox box)
{
    double slack = SLACK * (bbox_width(frame) + bbox_height(frame));
    struct bbox wider = {frame.min_x - slack, frame.min_y - slack, frame.max_x + slack, frame.max_y + slack};
    return bbox_contains(wider, box);
}

static bool fit_scale(struct renderer *renderer, struct bbox box, struct briefing_order *order,
                      struct fault *fault)
{
    struct bbox frame;
    order->scale_denominator = TRIAL_SCALE;
    if (!briefing_frame(renderer, order, &frame, fault)) {
        return false;
    }
    double scale = round_scale(least_scale(box, frame));
    for (; scale <= MOST_SCALE; scale = round_scale(scale * 1.01)) {
        order->scale_denominator = scale;
        if (!briefing_frame(renderer, order, &frame, fault)) {
            return false;
        }
        if (contains(frame, box)) {
            return true;
        }
    }
    fault_set(fault, FAULT_INPUT, "the box is too large for the paper: it needs a scale beyond 1:%.0f",
              MOST_SCALE);
    return false;
}

bool order_frame_fit(struct renderer *renderer, const struct order_briefing *wish,
                     struct briefing_order *order, struct fault *fault)
{
    struct bbox box;
    if (!wish->has_box) {
        return true;
    }
    if (!find_box(renderer, wish, &box, fault)) {
        return false;
    }
    order->centre = bbox_centre(box);
    order->area = box;
    if (order->scale_denominator == 0 && order->template) {
        order->scale_denominator = order->template->scale_denominator;
    }
    return order->scale_denominator > 0 || fit_scale(renderer, box, order, fault);
}
