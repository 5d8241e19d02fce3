/*
 * map_looks.h - the looks that a plot has in use at its revision, whenever its features are valid: each once.
 */
#ifndef RENDER_MAP_LOOKS_H
#define RENDER_MAP_LOOKS_H

#include <stddef.h>

#include "render/scene/plot_look.h"

struct area_look;
struct plot;
struct symbol_library;

/** A picture of a symbol. */
struct map_icon {
    char *name; /* owned: plot_look_icon() */
    struct plot_look look;
    enum symbol_detail detail;
};

/** A line or area. */
struct map_shape_look {
    char *name; /* owned: plot_look_shape() */
    struct plot_look look;
    bool is_line;
};

struct map_looks {
    struct map_icon *icons; /* owned; by name */
    size_t icon_count;
    struct map_shape_look *shapes; /* owned; in painting order: areas first, the most important last */
    size_t shape_count;
    struct plot_look *letterings; /* owned; one feature for each face and size of labels */
    size_t lettering_count;
};

/** Borrows the features from the plot. map_looks_finish(). */
void map_looks_init(struct map_looks *looks, const struct symbol_library *symbols, const struct plot *plot);
void map_looks_finish(struct map_looks *looks);

/** What the line or area looks like; of a line only the outline. */
struct area_look map_shape_look_in(const struct map_shape_look *shape, enum palette palette);

#endif
