/*
 * pdf_place.h - where on earth boxes of a page lie (ISO 32000-2, 12.10), for GIS and field apps.
 */
#ifndef RENDER_PDF_PLACE_H
#define RENDER_PDF_PLACE_H

#include <stddef.h>

struct _qpdf_data;
struct pdf_page;

/** Gives the page its viewports. @param height_pt of the page, whose y grows upward in a PDF */
void pdf_place_write(struct _qpdf_data *file, const struct pdf_page *page, size_t number, double height_pt);

#endif
