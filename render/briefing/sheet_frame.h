/*
 * sheet_frame.h - the frame of a sheet on the index of an atlas: with a halo, so that it can be seen on any
 * map; only hinted at where that has a symbol or a text, so that these can be read.
 */
#ifndef RENDER_BRIEFING_SHEET_FRAME_H
#define RENDER_BRIEFING_SHEET_FRAME_H

#include "geo/bbox.h"
#include "symbology/colour.h"

struct box_grid; /* render/placement/box_grid.h */
struct pen;

struct sheet_frame {
    struct bbox box_mm; /* on the page */
    struct bbox map_mm;
    const struct box_grid *taken; /* px of the map (frame_inks.h); NULL: nothing */
    double width_mm;
    struct colour colour;
};

/** The halos of all frames come before the first frame: none is cut by another's. */
void sheet_frame_paint_halo(const struct sheet_frame *frame, const struct pen *pen);
void sheet_frame_paint(const struct sheet_frame *frame, const struct pen *pen);

#endif
