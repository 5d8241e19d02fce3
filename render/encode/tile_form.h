/*
 * tile_form.h - in which form a tile is given: file format, pixel ratio, size.
 *
 * A tile of 512 px is the picture of the four tiles of 256 px of the next zoom that lie in it: it is drawn
 * with that zoom's rules, as clients with tiles of 512 px expect.
 */
#ifndef RENDER_TILE_FORM_H
#define RENDER_TILE_FORM_H

#include <stdbool.h>
#include <stdint.h>

#define TILE_SIZE_PX 256
#define TILE_SIZE_LARGE_PX 512

enum tile_format {
    TILE_PNG,       /* lossless: palette, RGB or RGBA, whichever is smallest */
    TILE_PNG_SMALL, /* a palette of at most 256 colours, the nearest ones */
    TILE_WEBP,      /* lossless */
    TILE_JPEG,      /* opaque; for maps of aerial photos */
    TILE_MVT,       /* Mapbox Vector Tile 2.1: no picture, ratio 1 and 512 px always */
    TILE_FORMAT_COUNT
};

struct tile_form {
    enum tile_format format;
    uint8_t pixel_ratio; /* 1, 2 or 3; dots to a px */
    uint16_t size_px;    /* TILE_SIZE_PX or TILE_SIZE_LARGE_PX */
};

/** A PNG of 256 px, one dot to a px. */
struct tile_form tile_form_plain(void);

bool tile_form_equals(struct tile_form a, struct tile_form b);

/** Is it one that this program makes? What came from another process may not be. */
bool tile_form_is_valid(struct tile_form form);

/** "png", "webp", "jpg", "mvt": how its files end. */
const char *tile_format_extension(enum tile_format format);

/** "png", "png8", "webp", "jpg", "mvt": how its addresses end, and how people call it. */
const char *tile_format_name(enum tile_format format);

/** By that name; "png-small", "jpeg" and "pbf" are other names. False when there is none. */
bool tile_format_find(const char *name, enum tile_format *format);

/** By the name of a medium, "image/png; mode=8bit" and "image/png8" among them. */
bool tile_format_find_content_type(const char *content_type, enum tile_format *format);

/** "image/png" … */
const char *tile_format_content_type(enum tile_format format);

#endif
