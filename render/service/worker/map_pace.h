/*
 * map_pace.h - how long pictures of windows take, as the last ones tell.
 *
 * A picture takes something whatever its size (reading layers, making a district) and something for each of
 * its dots. The two are learned apart: a small picture that took long says little of large ones.
 */
#ifndef RENDER_SERVICE_MAP_PACE_H
#define RENDER_SERVICE_MAP_PACE_H

struct order; /* render/service/worker/order.h */

struct map_pace {
    double least_ms; /* of any picture */
    double dots_ms;  /* of each four million dots besides */
};

/** Nothing is known yet: a guess that is rather too short, so that what can be done is tried. */
void map_pace_init(struct map_pace *pace);

/** How long a picture will take. It is an order for one: order_is_map(). */
double map_pace_guess_ms(const struct map_pace *pace, const struct order *order);

/** One took so long. */
void map_pace_learn(struct map_pace *pace, const struct order *order, double took_ms);

#endif
