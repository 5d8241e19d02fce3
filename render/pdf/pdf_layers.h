/*
 * pdf_layers.h - layers of a PDF that a reader can switch: optional content (ISO 32000-1, 8.11).
 */
#ifndef RENDER_PDF_LAYERS_H
#define RENDER_PDF_LAYERS_H

#include <stdbool.h>

struct _qpdf_data;
struct pdf_marks;

/**
 * Adds the layers that have ink to the catalogue, what lies on top first, all switched on; and to the
 * resources of each page under the names that its content uses (pdf_content.h).
 */
void pdf_layers_write(struct _qpdf_data *file, const struct pdf_marks *marks, const bool *inked_layers);

#endif
