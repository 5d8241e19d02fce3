/*
 * map_pace.c - a straight line through what pictures took, over their dots. Of what a guess was wrong by each
 * of its two parts takes on as much as it has to do with it (normalised least mean squares: Widrow and Hoff,
 * 1960), and all in all not the whole: one picture among others may lie on richer ground.
 */
#include "render/service/worker/map_pace.h"

#include <math.h>

#include "render/service/worker/order.h"

#define FIRST_LEAST_MS 25
#define FIRST_DOTS_MS 100
#define DOTS 4e6
#define LEARNED_PART 0.4
#define UNKNOWN_SIDE_PX 1000

/** In units of DOTS. A legend has none: it takes what looking for its contents takes. */
static double dots_of(const struct order *order)
{
    const struct order_plate *plate = &order->plate;
    const struct order_window *window = &order->window;
    double dots = 0;
    if (order->kind == ORDER_PLATE) {
        dots = (double)(plate->width_px > 0 ? plate->width_px : UNKNOWN_SIDE_PX) *
               (plate->height_px > 0 ? plate->height_px : UNKNOWN_SIDE_PX);
    } else if (order->kind == ORDER_MAP) {
        dots = (double)window->width_px * window->height_px * window->pixel_ratio * window->pixel_ratio;
    }
    return dots / DOTS;
}

void map_pace_init(struct map_pace *pace)
{
    *pace = (struct map_pace){FIRST_LEAST_MS, FIRST_DOTS_MS};
}

double map_pace_guess_ms(const struct map_pace *pace, const struct order *order)
{
    return pace->least_ms + pace->dots_ms * dots_of(order);
}

void map_pace_learn(struct map_pace *pace, const struct order *order, double took_ms)
{
    double dots = dots_of(order);
    double error_ms = took_ms - map_pace_guess_ms(pace, order);
    double step_ms = LEARNED_PART * error_ms / (1 + dots * dots);
    pace->least_ms = fmax(pace->least_ms + step_ms, 1);
    pace->dots_ms = fmax(pace->dots_ms + step_ms * dots, 0);
}
