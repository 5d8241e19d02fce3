/*
 * sheet_edges.h - the names of the neighbours at the edges of an atlas sheet, each with an arrow towards it.
 *
 * They stand just within the neat line, where the neighbour shows the same.
 */
#ifndef RENDER_BRIEFING_SHEET_EDGES_H
#define RENDER_BRIEFING_SHEET_EDGES_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "render/grid/sheet_split.h"

struct box_grid;
struct fault;
struct page_document;
struct pen;

/**
 * @param names  of the sheets around it; NULL: there is none
 * @param pen    its canvas must be NULL
 */
bool sheet_edges_paint(const char *const names[SHEET_SIDE_COUNT], struct pen *pen,
                       struct page_document *document, struct bbox map_mm, struct fault *fault);

/** Adds where they stand, to what names of grids keep off (frame_inks.h). */
void sheet_edges_take(const char *const names[SHEET_SIDE_COUNT], const struct pen *pen, struct bbox map_mm,
                      struct box_grid *taken);

#endif
