/*
 * few_shades.h - a picture of a symbol with fewer shades on its edges.
 *
 * Where two plain colours of a symbol meet, or one meets the map, dots have a share of both, and there are
 * 255 of them. Nobody sees so many; but each is a colour of its own in the files of tiles, again and again
 * over each ground.
 */
#ifndef RENDER_FEW_SHADES_H
#define RENDER_FEW_SHADES_H

struct image;

/** Steps from nothing to all of a channel. */
#define FEW_SHADES_STEPS 15

/**
 * Rounds colours and coverage of dots to whole steps. Colours that many dots have are plain: they stay as
 * they are.
 */
void few_shades(struct image *image);

#endif
