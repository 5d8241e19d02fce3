/*
 * plot_room.h - what the plots of a view leave free: for labels of layers, which give way to them and may
 * stand across the borders of districts.
 */
#ifndef RENDER_PLOT_ROOM_H
#define RENDER_PLOT_ROOM_H

#include <stdbool.h>

#include "geo/bbox.h"

struct map_view;
struct renderer;
struct scene;

/** All borrowed. */
struct plot_room {
    struct renderer *renderer;
    const struct map_view *view;
    const struct scene *scene; /* of the district that most will be asked about; NULL: none */
};

/**
 * Is there no symbol of the view's plots in the box, and no room of a label or of a text along a line? Asks
 * every district that the box touches. False too when one of them cannot be made.
 */
bool plot_room_is_free(const struct plot_room *room, struct bbox box_px);

#endif
