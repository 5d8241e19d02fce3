/*
 * palette_wish.h - the colours in which a picture is asked for: ?palette=print, --palette print.
 */
#ifndef RENDER_SERVICE_PALETTE_WISH_H
#define RENDER_SERVICE_PALETTE_WISH_H

#include <stdbool.h>

#include "symbology/symbol.h"

struct fault;
struct map;

/** All zero: none is asked for, and the map's own is meant. */
struct palette_wish {
    bool is_given;
    enum palette palette;
};

/** By name; NULL: none is asked for. INPUT names the palettes that there are. */
bool palette_wish_read(const char *name, struct palette_wish *wish, struct fault *fault);

/** The one asked for, else the map's. */
enum palette palette_wish_of(const struct palette_wish *wish, const struct map *map);

#endif
