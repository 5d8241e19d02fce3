/*
 * pdf_finish.h - makes of the bytes that cairo wrote the document that is given out: with layers, tags,
 * places on earth, metadata and a colour profile, for archives (PDF/A-2) and screen readers (PDF/UA-1), and
 * small.
 */
#ifndef RENDER_PDF_FINISH_H
#define RENDER_PDF_FINISH_H

#include <stddef.h>

struct fault;
struct page_metadata;
struct pdf_halos;
struct pdf_images;
struct pdf_marks;

/** All that is known besides the ink. Borrowed. */
struct pdf_extras {
    const struct page_metadata *metadata;
    const char *program; /* "Plottafel 0.1.0" */
    const struct pdf_marks *marks;
    const struct pdf_images *images;
    const struct pdf_halos *halos;
};

/**
 * The same bytes and extras give the same bytes: no clock is read, the /ID comes of the content.
 * @return owned; INTERNAL when the bytes are not as cairo writes them, MEMORY
 */
char *pdf_finish(const char *bytes, size_t length, const struct pdf_extras *extras, size_t *finished_length,
                 struct fault *fault);

#endif
