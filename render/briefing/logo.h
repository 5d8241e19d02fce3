/*
 * logo.h - the mark of an organisation, from a file of others: SVG or PNG.
 *
 * Its bytes are kept and checked without being drawn: drawing is for workers, which may fall over what is
 * wrong within.
 */
#ifndef RENDER_BRIEFING_LOGO_H
#define RENDER_BRIEFING_LOGO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct image;

#define LOGO_BYTES_MAX 524288
#define LOGO_DOTS_MAX 4000000 /* of a PNG */
#define LOGO_SHAPE_MAX 12.0   /* width to height, or the other way */

struct logo {
    char *bytes; /* owned */
    size_t length;
    bool is_svg;
    double shape; /* width to height */
};

/**
 * Reads and checks a file: INPUT when it is neither SVG nor PNG, is broken, has an odd shape, or is an SVG
 * with what a logo cannot have (pictures of elsewhere, filters); LIMIT when it is too large; NOT_FOUND.
 * Owned, logo_free().
 */
struct logo *logo_read(const char *path, struct fault *fault);

/**
 * logo_read() of a file in the folder of another, or below it.
 * DENIED: it lies elsewhere, be it by way of a link
 */
struct logo *logo_read_beside(const char *file, const char *name, struct fault *fault);
struct logo *logo_copy(const struct logo *logo);
void logo_free(struct logo *logo);
uint64_t logo_hash(uint64_t hash, const struct logo *logo);

/**
 * Drawn at a width, an SVG by a child of this process. NULL on fault: what is inside cannot be drawn, or
 * (LIMIT) not within 0.8 s of computing and 512 MB. Owned, image_free().
 */
struct image *logo_draw(const struct logo *logo, int width_px, struct fault *fault);

#endif
