/*
 * header_block.h - what says what a map is: title, times and the organisation's logo.
 *
 * In a box that is only one line high, as in the bands of a slim page, title and times are set on that line,
 * a long subtitle on two of smaller letters beside the title.
 */
#ifndef RENDER_BRIEFING_HEADER_BLOCK_H
#define RENDER_BRIEFING_HEADER_BLOCK_H

#include <stdbool.h>

#include "geo/bbox.h"

struct content;
struct fault;
struct logo;
struct pen;

/** Title and, below it, kind of map, place and activity. */
double title_block_height_mm(const struct pen *pen, const struct content *content, double width_mm);
void title_block_paint(const struct pen *pen, const struct content *content, struct bbox box_mm);

/** Is all of it in the box, or is it cut? */
bool title_block_fits(const struct pen *pen, const struct content *content, struct bbox box_mm);

/** Situation as of, revision, made at. */
double times_block_height_mm(const struct pen *pen, const struct content *content, double width_mm);
bool times_block_fits(const struct pen *pen, const struct content *content, struct bbox box_mm);

/** Flush right, or left. In one line a text is put behind the moment, such as the scale; NULL: none. */
struct times_look {
    bool is_right;
    const char *behind;
};
void times_block_paint(const struct pen *pen, const struct content *content, struct times_look look,
                       struct bbox box_mm);

/** As large as the box lets it be, at its own shape. */
bool logo_block_paint(const struct pen *pen, const struct logo *logo, struct bbox box_mm,
                      struct fault *fault);

#endif
