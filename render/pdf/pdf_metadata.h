/*
 * pdf_metadata.h - what a PDF says of itself in XMP: for archives (PDF/A), screen readers (PDF/UA),
 * catalogues of documents, and for those who check whether it is authentic.
 */
#ifndef RENDER_PDF_METADATA_H
#define RENDER_PDF_METADATA_H

#include "render/canvas/page.h"

/**
 * The packet, never compressed, so that it can be read and sealed in place.
 * @param program "Plottafel 0.1.0"
 * @return owned
 */
char *pdf_metadata_packet(const struct page_metadata *metadata, const char *program, size_t *length);

/** The same for a picture, of a media type: without what is of PDF only, and without a field for a seal. */
char *pdf_metadata_packet_of_picture(const struct page_metadata *metadata, const char *program,
                                     const char *type, size_t *length);

/** A copy with texts of its own. pdf_metadata_finish() it. */
struct page_metadata pdf_metadata_copy(const struct page_metadata *metadata);
void pdf_metadata_finish(struct page_metadata *copy);

#endif
