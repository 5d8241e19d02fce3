/*
 * style_write.h - a draft as the YAML of style.h, which style_read() reads without a problem.
 *
 * What is beyond the ranges of our styles is brought into them, and is a loss.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_WRITE_H
#define SYMBOLOGY_IMPORT_STYLE_WRITE_H

#include <stddef.h>

struct buffer;
struct draft_layer;
struct style_losses;

/**
 * Appends the style of a layer, each line behind so many blanks.
 * @return how many rules and raster looks it has; with 0 nothing was appended
 */
size_t style_write(const struct draft_layer *layer, int indent, struct style_losses *losses,
                   struct buffer *yaml);

#endif
