/*
 * pdf_content.h - the ink of one page of a PDF, with the marks that were left in it put into words.
 *
 * Read as operators with their operands, written again one to a line: marks become the begin and end of
 * layers (/OC), leaves and decoration (/Artifact), coordinates of paths keep 1/100 pt. Everything else stays.
 */
#ifndef RENDER_PDF_CONTENT_H
#define RENDER_PDF_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct pdf_marks;

/**
 * @param page  of the marks
 * @param content what cairo wrote
 * @param rewritten appended to; layer i is called /L<i>, leaf n /MCID n
 * @param inked_layers of each layer: set when it has ink on this page, otherwise left as it is
 * @return INTERNAL when the marks in the content are not those that were left there
 */
bool pdf_content_rewrite(const struct pdf_marks *marks, size_t page, const char *content, size_t length,
                         struct buffer *rewritten, bool *inked_layers, struct fault *fault);

#endif
