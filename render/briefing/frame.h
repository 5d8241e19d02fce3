/*
 * frame.h - the map on the page: its place in the world, its picture, the neat line and the grid around it.
 */
#ifndef RENDER_BRIEFING_FRAME_H
#define RENDER_BRIEFING_FRAME_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "render/briefing/briefing.h"
#include "render/grid/grid.h"
#include "render/grid/grid_place.h"
#include "render/map_view.h"

struct box_grid; /* render/placement/box_grid.h */
struct crs;
struct page_document;
struct pen;

/** Where the map frame lies. */
struct frame {
    const struct crs *crs;        /* borrowed from the renderer's context */
    struct pixel_grid grid;       /* its pixel (0, 0) is the north-west corner of the neat line */
    struct pixel_box box;         /* the whole frame; its last column and row may lie half outside */
    struct bbox box_units;        /* in the CRS */
    struct bbox box_deg;          /* around it, lon/lat */
    double true_north_deg;        /* clockwise from grid north, in the centre */
    struct grid grids[GRID_MOST]; /* that lie over it */
    size_t grid_count;
    struct grid_place place;               /* where these look */
    const struct feature_numbers *numbers; /* of a crowded page; borrowed; NULL: its labels are texts */
};

/**
 * Are lengths right in a CRS around a place, so that a printed scale is true?
 * INPUT: a geographic CRS, or one whose lengths are wrong there. OUTSIDE: the place is none of the CRS.
 */
bool frame_is_true(struct renderer *renderer, const char *crs_code, struct point centre, struct fault *fault);

/** Is a CRS RD New, and the correction grid that makes its places true not there? */
bool frame_lacks_rd_grid(struct renderer *renderer, const char *crs_code);

/** Degrees clockwise from up to true north at a place of a CRS. False: nobody knows. */
bool frame_true_north(struct renderer *renderer, const char *crs_code, struct point centre, double *angle_deg,
                      struct fault *fault);

/**
 * Finds CRS, grid and box.
 * INPUT, but of a plate: a geographic CRS, one whose lengths are wrong at this place, a scale out of range.
 * OUTSIDE: the centre lies outside the area of the CRS.
 */
bool frame_find(struct renderer *renderer, const struct briefing_order *order, struct bbox map_mm,
                struct frame *frame, struct fault *fault);

/** The same of a box in the CRS at the order's scale: the order's centre is set to its middle. */
bool frame_find_box(struct renderer *renderer, struct briefing_order *order, struct bbox box,
                    struct frame *frame, struct fault *fault);

/**
 * The order with its centre moved so that the frame's corner lies on a multiple of so many metres; 0: as it
 * is. The CRS must be known to frame_find(), which says what is wrong with it.
 */
struct briefing_order frame_snapped(struct renderer *renderer, const struct briefing_order *order,
                                    struct bbox map_mm, double snap_m);

/** The view that is painted in the frame. */
struct map_view frame_view(const struct frame *frame, const struct briefing_order *order);

/** Paints the map, cut to the neat line. What it lacks is added to the report. */
bool frame_paint_map(struct renderer *renderer, const struct frame *frame, const struct briefing_order *order,
                     struct page_document *document, struct bbox map_mm, struct report *report,
                     struct fault *fault);

/** Where the grids of a map are painted, and what they keep off. */
struct frame_boxes {
    struct bbox map_mm;     /* the neat line on the page */
    struct bbox values_mm;  /* with what the values of grids have besides */
    struct box_grid *taken; /* in and out: what names cover nothing of (frame_inks.h); names are added */
};

/** Paints the grids' lines over the map, their values around it, and the neat line. */
bool frame_paint_grid(const struct frame *frame, struct pen *pen, struct page_document *document,
                      struct frame_boxes boxes, struct report *report, struct fault *fault);

#endif
