/*
 * marginalia.h - what stands around the map on every page: marking, header, footer; and the scale block.
 *
 * The pen must have a canvas over the whole page.
 */
#ifndef RENDER_BRIEFING_MARGINALIA_H
#define RENDER_BRIEFING_MARGINALIA_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "render/briefing/layout.h"
#include "render/print/pen.h"

struct content;

/** A band with the marking at the right, and the exercise banner where it is one. */
void marginalia_paint_band(const struct pen *pen, struct bbox box_mm, enum marking marking, bool is_exercise);

/**
 * Title and place at the left, situation as of and plot revision at the right.
 * @return false when the title is too long and was cut
 */
bool marginalia_paint_header(const struct pen *pen, struct bbox box_mm, const struct content *content);

/** Would the title be cut? */
bool marginalia_title_fits(const struct pen *pen, struct bbox box_mm, const struct content *content);

/** The header of a following page: the title, smaller, and that it goes on. */
void marginalia_paint_small_header(const struct pen *pen, struct bbox box_mm, const struct content *content);

/** Identity at the left, page number at the right. Page numbers count from 1. */
void marginalia_paint_footer(const struct pen *pen, struct bbox box_mm, const char *identity, size_t page,
                             size_t page_count);

/** What the scale block says. */
struct scale_block {
    double scale_denominator;
    double true_north_deg; /* clockwise from grid north */
};

/** Numeric scale, scale bar and north arrow. */
void scale_block_paint(const struct pen *pen, struct bbox box_mm, const struct scale_block *block);

#endif
