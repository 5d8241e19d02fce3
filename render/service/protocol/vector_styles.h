/*
 * vector_styles.h - what MapLibre asks of a map besides its vector tiles.
 *
 *     /maps/{map}/style.json                 the style (?as-of=, ?palette=)
 *     /maps/{map}/sprite.json, sprite.png    the pictures that it names, and @2x of both (?v=, ?palette=)
 *     /fonts/{fontstack}/{range}.pbf         256 letters as distance fields
 *     /xyz/{map}/{tms}.vector.json           the tiles as TileJSON 3.0.0 with vector_layers (?as-of=)
 *
 * A style holds the looks in use when it was made, and so does its sprite. After a change that brings a new
 * look the style is to be fetched again (the events of a plot tell); until then its symbol is a box with a
 * "?", its line grey. An icon's name "nl@1/bw.ugs;lod=full" is also an address:
 * /symbols/nl@1/bw.ugs;lod=full.png.
 */
#ifndef RENDER_SERVICE_VECTOR_STYLES_H
#define RENDER_SERVICE_VECTOR_STYLES_H

struct buffer;
struct exchange;
struct map;
struct service;

void vector_style_handle(struct service *service, struct exchange *exchange);
void vector_sprite_handle_json(struct service *service, struct exchange *exchange);
void vector_sprite_handle_png(struct service *service, struct exchange *exchange);
void vector_sprite_handle_json_2x(struct service *service, struct exchange *exchange);
void vector_sprite_handle_png_2x(struct service *service, struct exchange *exchange);
void vector_glyphs_handle(struct service *service, struct exchange *exchange);
void vector_tilejson_handle(struct service *service, struct exchange *exchange);

/** Appends "vector_layers": [...], which TileJSON and MBTiles have in common: layers and their fields. */
void vector_tilejson_append_layers(struct buffer *json, const struct map *map);

#endif
