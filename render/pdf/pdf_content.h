/*
 * pdf_content.h - the ink of one page of a PDF, with the marks that were left in it put into words.
 *
 * Read as operators with their operands, written again one to a line: marks become the begin and end of
 * layers (/OC), leaves and decoration (/Artifact), stand-ins become halos, coordinates of paths keep 1/100
 * pt. Everything else stays.
 */
#ifndef RENDER_PDF_CONTENT_H
#define RENDER_PDF_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct pdf_halos;
struct pdf_marks;

/** What is found of the whole document in the ink of its pages. Borrowed. */
struct pdf_inked {
    bool *layers;   /* of each: set when it has ink, otherwise left as it is */
    bool *outlines; /* of halos: set when they are used */
};

/**
 * @param page  of the marks
 * @param content what cairo wrote
 * @param rewritten appended to; layer i is called /L<i>, leaf n /MCID n
 * @return INTERNAL when the marks in the content are not those that were left there
 */
bool pdf_content_rewrite(const struct pdf_marks *marks, const struct pdf_halos *halos, size_t page,
                         const char *content, size_t length, struct buffer *rewritten,
                         const struct pdf_inked *inked, struct fault *fault);

#endif
