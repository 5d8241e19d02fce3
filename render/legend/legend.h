/*
 * legend.h - exactly what is in a window of a view, grouped by discipline, drawn by the same renderer.
 */
#ifndef RENDER_LEGEND_H
#define RENDER_LEGEND_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/pixel_grid.h"
#include "geo/shape.h"
#include "render/scene/change_mark.h"
#include "symbology/symbol_code.h"

struct canvas;
struct fault;
struct layer;
struct legend;
struct map_view;
struct renderer;
struct style_class;
struct style_rule;
struct symbol_entry;

/** One line of a legend: a symbol with its status, a layer's rule, the badge that counts symbols, or a mark
 * of what changed. */
struct legend_item {
    const struct symbol_entry *entry; /* NULL for a layer */
    const struct layer *layer;        /* NULL for a symbol; both NULL: a symbol that the set lacks */
    bool is_badge;                    /* a number of crowded symbols; it has neither */
    bool is_change;                   /* a mark of what changed; the same */
    enum change_mark change;
    const struct style_rule *rule;         /* of a vector layer */
    enum shape_kind rule_kind;             /* what the rule paints */
    const struct style_class *value_class; /* of a raster with classes */
    struct symbol_code code;               /* entity and status only, no texts */
    char *title;                           /* in the view's language; owned */
    char *group;                           /* group title; "" for layers and the badge; owned */
    char *second_title;                    /* in its second language; NULL: none, or the same; owned */
    char *second_group;                    /* the same of the group; owned */
};

/** What a window of a view shows. The whole zoom when box has no size. Owned, legend_free(). NULL on fault.
 */
struct legend *legend_new(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                          struct fault *fault);

/** The same of two situations that a page shows beside each other: what is in one of them or in both. The
 * layers are those of the first. */
struct legend *legend_new_of_two(struct renderer *renderer, const struct map_view *view,
                                 const struct map_view *other, struct pixel_box box, struct fault *fault);
void legend_free(struct legend *legend);
size_t legend_count(const struct legend *legend);
const struct legend_item *legend_at(const struct legend *legend, size_t index);

/**
 * How a legend is set: in columns of equal width, filled one after the other. Above what a column continues
 * its group is named again.
 */
struct legend_layout {
    double width_px;
    double height_px; /* at most; 0: as high as it needs with one column */
    double text_size_px;
    int column_count;    /* 1 … 9 */
    double symbol_scale; /* of its drawings against those of the map; 0: as large as there */
    size_t first_item;   /* what stands before it is left out: it was set elsewhere */
};

/**
 * The number of columns, up to a most, in which no word of a title need be broken; 1 when there is none. Of
 * the layout, all but column_count and height_px counts.
 */
int legend_column_count(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        int most);

/** The height it takes with a layout; items_left is how many at the end do not fit in height_px. */
double legend_height_px(struct renderer *renderer, const struct legend *legend, struct legend_layout layout,
                        size_t *items_left);

/** Paints it with its north-west corner at a place. */
bool legend_paint(struct renderer *renderer, const struct map_view *view, const struct legend *legend,
                  struct legend_layout layout, struct canvas *canvas, struct point place,
                  struct fault *fault);

#endif
