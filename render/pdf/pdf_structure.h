/*
 * pdf_structure.h - the tree that is read aloud: document, sections, headings, paragraphs, tables, figures.
 */
#ifndef RENDER_PDF_STRUCTURE_H
#define RENDER_PDF_STRUCTURE_H

struct _qpdf_data;
struct pdf_marks;

/** Puts the tree of the marks in the place of cairo's: page after page, on each its header first. */
void pdf_structure_write(struct _qpdf_data *file, const struct pdf_marks *marks);

#endif
