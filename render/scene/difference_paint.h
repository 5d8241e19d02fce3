/*
 * difference_paint.h - paints what changed since an earlier situation into the picture of now: see
 * change_mark.h for the marks. What has ended is painted pale where it was. All of it lies below the symbols
 * and labels of now.
 *
 * Nothing is painted for a view without a difference.
 */
#ifndef RENDER_DIFFERENCE_PAINT_H
#define RENDER_DIFFERENCE_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/scene/change_mark.h"

struct canvas;
struct fault;
struct map_view;
struct plot_difference_item;
struct renderer;
struct report;
struct scene;

/** What is on the ground: pale lines and areas that ended, bands along new and changed ones of a plot. */
bool difference_paint_ground(struct renderer *renderer, const struct map_view *view, uint32_t plot,
                             struct bbox box_px, struct canvas *canvas, struct fault *fault);

/** Pale symbols, trails, rings, corners and crosses of all plots. */
bool difference_paint_marks(struct renderer *renderer, const struct map_view *view, const struct scene *scene,
                            struct bbox box_px, struct canvas *canvas, struct fault *fault);

/** Was it or is it anywhere in the box? */
bool difference_is_within(struct renderer *renderer, const struct map_view *view, uint32_t plot,
                          const struct plot_difference_item *item, struct bbox box_px);

/** Adds to counts how many features have each mark within the box, of all plots. */
void difference_count_marks(struct renderer *renderer, const struct map_view *view, struct bbox box_px,
                            size_t counts[static CHANGE_MARK_COUNT]);

/** Adds the changes that cannot be marked, as there is no place for them in the CRS of the view. */
void difference_report(struct renderer *renderer, const struct map_view *view, struct report *report);

#endif
