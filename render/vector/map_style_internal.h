/*
 * map_style_internal.h - what the files that write a style share.
 */
#ifndef RENDER_MAP_STYLE_INTERNAL_H
#define RENDER_MAP_STYLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbology/stroke.h"

struct buffer;
struct layer;
struct map_looks;
struct map_view;
struct renderer;
struct table;
struct tile_matrix_set;

#define STYLE_FILTER_BYTES 640

struct style_writer {
    struct buffer *json;
    struct renderer *renderer;
    const struct map_view *view;
    const struct tile_matrix_set *set;
    size_t layer_count;
    struct table *notes; /* sentences, each once */
};

/** Zooms at which a style layer is drawn: from first to before end. */
struct style_zooms {
    uint32_t first;
    uint32_t end;
};

/** What a style layer is about. */
struct style_target {
    const char *id; /* of the style layer, the part in front */
    const char *source_layer;
    const char *filter; /* JSON */
    struct style_zooms zooms;
};

/** The denominator with which tiles of a zoom are drawn. */
double style_denominator(const struct style_writer *writer, uint32_t zoom);
struct style_zooms style_all_zooms(const struct style_writer *writer);

/** Begins a style layer "id/suffix" of a type, up to its filter; the caller adds layout and paint. */
void style_begin(struct style_writer *writer, const struct style_target *target, const char *suffix,
                 const char *type);
void style_end(struct style_writer *writer);

/** "rgba(0,0,0,0.5)", in quotes. */
void style_append_colour(struct buffer *json, struct colour colour);

/** Adds what the style cannot say. */
void style_note(struct style_writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Where the parts of a look stand. */
struct style_look {
    struct style_target target;
    const char *image_prefix;    /* of its pictures in the sprite */
    struct style_target ends[2]; /* of start and end: points */
    const struct area_look *look;
};

/** A fill with its edge; lines have no fill. */
void style_write_look(struct style_writer *writer, const struct style_look *look);

/** "text-font":…,"text-size":… ; "text-color":…,"text-halo-color":… of one look. */
void style_append_font(struct buffer *json, const struct text_look *look);
void style_append_ink(struct buffer *json, const struct text_look *look);

/** All of a plot but symbols and texts; then these. */
void style_write_plot_shapes(struct style_writer *writer, const char *plot, const struct map_looks *looks);
void style_write_plot_symbols(struct style_writer *writer, const char *plot, const struct map_looks *looks);

/** Where icons and their labels stand: "icon-offset":…, and "text-variable-anchor-offset":…, each with a
 * comma in front. */
void style_append_icon_offset(struct style_writer *writer, const struct map_looks *looks);
void style_append_label_offset(struct style_writer *writer, const struct map_looks *looks);

/** One vector layer of the catalogue. */
void style_write_layer(struct style_writer *writer, const struct layer *layer);

#endif
