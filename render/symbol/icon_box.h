/*
 * icon_box.h - the whole px around a place that the picture of its symbol covers: how it is cut out for a
 * sprite, and how far it then stands beside the place.
 */
#ifndef RENDER_ICON_BOX_H
#define RENDER_ICON_BOX_H

#include "geo/bbox.h"

struct fault;
struct map_icon;
struct map_view;
struct renderer;
struct symbol_picture;

/** Px from the place, all whole; never empty. */
struct bbox icon_box_of(const struct symbol_picture *picture);

/** The picture of a plot's symbol in a palette and at a scale of a view. NULL on fault. Borrowed as
 * symbol_cache_get() says. */
struct symbol_picture *icon_picture(struct renderer *renderer, const struct map_view *view,
                                    const struct map_icon *icon, struct fault *fault);

#endif
