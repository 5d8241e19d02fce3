/*
 * layer_point.h - what stands on the points of a layer: a symbol of the library, or a plain mark.
 *
 * Painted below the plots of a map when its layer is; none of them gives way to another.
 */
#ifndef RENDER_LAYER_POINT_H
#define RENDER_LAYER_POINT_H

#include <stdbool.h>

struct map_view;
struct renderer;
struct style_rule;
struct symbol_picture;
struct fault;

/**
 * The drawing of a rule that draws points. A symbol that the library lacks comes back as a box with a "?".
 * @param rotation_deg  clockwise, of marks that an attribute turns
 * @param scale         1: as large as on the map of the view
 * @return borrowed until symbol_cache_trim(). NULL only for lack of memory.
 */
struct symbol_picture *layer_point_picture(struct renderer *renderer, const struct map_view *view,
                                           const struct style_rule *rule, double rotation_deg, double scale,
                                           struct fault *fault);

/** How far it may reach from its point, px, whatever it is turned by. */
double layer_point_reach_px(const struct style_rule *rule);

/** Is there something on the points that labels of the layer must stand clear of? */
bool layer_point_has_body(const struct style_rule *rule);

/** How far its body reaches, above or below and beside: where a label may begin. */
double layer_point_body_px(const struct style_rule *rule, double symbol_scale);

#endif
