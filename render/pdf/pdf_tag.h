/*
 * pdf_tag.h - the names of tags in a PDF (ISO 32000-1, 14.8.4).
 */
#ifndef RENDER_PDF_TAG_H
#define RENDER_PDF_TAG_H

#include "render/canvas/page.h"

/** Of the node: "H1". */
const char *pdf_tag_of_node(enum page_tag tag);

/** Of what holds the ink of a leaf: within an item of a list its body, else the node itself. */
const char *pdf_tag_of_leaf(enum page_tag tag);

#endif
