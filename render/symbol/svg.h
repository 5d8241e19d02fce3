/*
 * svg.h - an SVG document, to be painted: the only door to librsvg.
 *
 * Nothing outside the document is ever read: it has no base address, so references to files and hosts fail.
 * What takes for ever to draw (nested use, filters) cannot be stopped here: others' SVG is drawn in workers
 * only.
 */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct _cairo;
struct fault;
struct image;
struct svg;

#define SVG_BYTES_MAX ((size_t)1 << 20)

/** INPUT when it is no SVG, LIMIT when it is larger than 1 MiB. Owned, svg_free(). */
struct svg *svg_new(const char *text, size_t length, struct fault *fault);
void svg_free(struct svg *svg);

/** Its own size in px; of its viewBox, or 100 x 100, when it does not say. */
void svg_size(const struct svg *svg, double *width_px, double *height_px);

/** Stretches it (keeping its proportions) into a box of a cairo context. */
bool svg_paint(const struct svg *svg, struct _cairo *cairo, struct bbox box, struct fault *fault);

/** Paints it into a box (dots) of a new picture of width x height. Owned, image_free(). */
struct image *svg_rasterise(const struct svg *svg, int width, int height, struct bbox box,
                            struct fault *fault);

#endif
