/*
 * map_style.h - a map's vector tiles as MapLibre is told to draw them (style specification 8).
 *
 * All looks are those of tiles: of the symbol sets for plots, of the rules of styles for layers. Of plots the
 * looks in use at their revisions are there; what comes later is drawn as unknown until the style is fetched
 * again. What cannot be said in this form is listed in words: metadata."plottafel:notes".
 */
#ifndef RENDER_MAP_STYLE_H
#define RENDER_MAP_STYLE_H

#include <stdbool.h>
#include <stdint.h>

struct buffer;
struct map_view;
struct renderer;
struct tile_matrix_set;

struct map_style_wish {
    const char *base_url;       /* "http://127.0.0.1:8080" */
    const char *sprite_version; /* stands in the sprite's address, so that it can be kept for long */
    int64_t as_of_ms;           /* of the tiles; MOMENT_NONE: now */
    bool has_palette;           /* the view's is said in the sprite's address */
};

/** The closest zoom of vector tiles: closer ones are the same, enlarged. */
uint32_t map_style_max_zoom(const struct tile_matrix_set *set);

/**
 * @param view  its grid and scale do not matter
 * @param set   WebMercatorQuad: MapLibre knows no other
 */
void map_style_write(struct renderer *renderer, const struct map_view *view,
                     const struct tile_matrix_set *set, const struct map_style_wish *wish,
                     struct buffer *json);

#endif
