/*
 * pdf_flate.h - bytes packed as streams of a PDF are: /FlateDecode.
 */
#ifndef RENDER_PDF_FLATE_H
#define RENDER_PDF_FLATE_H

#include <stddef.h>

struct fault;

/** The same bytes give the same bytes. Owned; NULL (MEMORY) without memory for it. */
char *pdf_flate(const void *bytes, size_t length, size_t *packed_length, struct fault *fault);

#endif
