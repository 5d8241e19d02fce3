/*
 * legend_setting.h - a legend on its way into columns, for the files that set and paint it.
 */
#ifndef RENDER_LEGEND_LEGEND_SETTING_H
#define RENDER_LEGEND_LEGEND_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/legend/legend.h"
#include "render/text/text.h"

struct legend_item;
struct map_view;
struct renderer;

#define LEGEND_TITLE_GAP 0.4 /* between drawing and title, times the text size */

struct legend_setting {
    struct renderer *renderer;
    const struct legend *legend;
    const struct map_view *view; /* only while painting */
    struct legend_layout layout;
    double column_px;
    int column;
    double y;       /* where the next row begins */
    double used_px; /* of the highest column */
};

/** One item with its place, and the heading above it if it needs one. */
struct legend_row {
    const struct legend_item *item;
    struct bbox mark;
    double cell_px;           /* room for the drawing, beside the title */
    char heading[256];        /* "": none */
    char second_heading[256]; /* below it, in the second language; "": none */
    double heading_y;
    double second_heading_y;
    struct point corner; /* of the row below the heading */
    double height_px;
    double title_height_px;
    double second_height_px; /* of the title in the second language, below the first */
};

struct legend_setting legend_setting_of(struct renderer *renderer, const struct legend *legend,
                                        struct legend_layout layout);

/** Sets the next item: false when there is no room left for it. */
bool legend_set_row(struct legend_setting *setting, size_t index, struct legend_row *row);

struct text_look legend_title_look(const struct legend_setting *setting);
struct text_look legend_heading_look(const struct legend_setting *setting);

/** Of what is said a second time, in another language. */
struct text_look legend_second_look(const struct legend_setting *setting);
struct text_box legend_title_box(const struct legend_setting *setting, double cell_px);
struct text_box legend_heading_box(const struct legend_setting *setting);

/** Of symbols, against tiles. */
double legend_drawing_scale(const struct legend_setting *setting);

#endif
