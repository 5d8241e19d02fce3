/*
 * image.h - a picture in memory.
 */
#ifndef RENDER_IMAGE_H
#define RENDER_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

/** Premultiplied ARGB32 in native byte order (cairo's), north row first. */
struct image {
    int width;
    int height;
    int stride_px;    /* pixels from one row to the next */
    uint32_t *pixels; /* owned */
};

/** Transparent. width and height 1 … 32,767; MEMORY when there is none for it. Owned, image_free(). */
struct image *image_new(int width, int height, struct fault *fault);

/** The same, whose pixels are not known: for one that is filled at once. */
struct image *image_new_unfilled(int width, int height, struct fault *fault);

void image_free(struct image *image);

/** Makes every pixel the same. */
void image_fill(struct image *image, uint32_t pixel);

/** Is a row like the one above it? */
bool image_row_is_again(const struct image *image, int y);

/** Copies source into target with its north-west corner at (x, y); what lies outside is left out. */
void image_copy(struct image *target, const struct image *source, int x, int y);

/** Puts source over target with its north-west corner at (x, y): the blit of symbols and labels. */
void image_blend(struct image *target, const struct image *source, int x, int y);

/** The same with an opacity of 0 … 1 of the whole source. */
void image_blend_share(struct image *target, const struct image *source, int x, int y, double opacity);

/** Puts so many dots in a row over as many others. */
void image_blend_run(uint32_t *target, const uint32_t *source, int count);

/**
 * The same, in whole blocks: up to IMAGE_BLOCK_DOTS - 1 more dots of both are read and of the target written,
 * which must be 0 in the source. Every picture has room for them.
 */
#define IMAGE_BLOCK_DOTS 4
void image_blend_blocks(uint32_t *target, const uint32_t *source, int count);

/** The window of a picture as a new one. Owned, image_free(). */
struct image *image_cut(const struct image *image, int x, int y, int width, int height, struct fault *fault);

#endif
