/*
 * pdf_marks.h - what was said of the ink while a PDF was painted: layers, tags, places on earth.
 *
 * Each layer and each leaf leaves a mark in the ink where it begins and one where it ends. A mark in the ink
 * is a box of a size that nothing else has, filled within sight; marks with no ink between them share one.
 * pdf_content.h finds them there again, in the order in which they stand here.
 */
#ifndef RENDER_PDF_MARKS_H
#define RENDER_PDF_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "render/canvas/page.h"

#define PDF_OPEN_MAX 24 /* layers and tags within one another */
#define PDF_NO_NODE SIZE_MAX
#define PDF_MARK_WIDTH (79.0 / 256) /* of the box, points: whole steps of cairo's */
#define PDF_MARK_HEIGHT (11.0 / 256)

struct pdf_layer {
    char *id; /* owned, like all texts here */
    char *title;
};

/** A node of the tree that is read aloud. */
struct pdf_node {
    enum page_tag tag;
    char *alternative; /* NULL: none */
    size_t parent;     /* PDF_NO_NODE: the document itself */
    size_t page;
    int leaf;   /* number of the leaf on its page, from 0; -1: a group */
    int number; /* among its parent's children, from 0 */
    int child_count;
    int widest_child; /* the most children that a child of it has */
};

enum pdf_mark_kind { PDF_MARK_LAYER_BEGIN, PDF_MARK_LAYER_END, PDF_MARK_LEAF_BEGIN, PDF_MARK_LEAF_END };

struct pdf_mark {
    enum pdf_mark_kind kind;
    size_t index; /* of the layer or node */
    bool is_last; /* of those that share a box */
};

struct pdf_place {
    struct bbox box_mm; /* y down */
    char *title;
    char *crs_code;
    char *crs_wkt;
    struct point corners_deg[4]; /* page.h */
};

struct pdf_page {
    bool has_ground;        /* the first box of its ink is filled for cairo's sake only */
    struct pdf_mark *marks; /* owned */
    size_t mark_count;
    int leaf_count;
    struct pdf_place *places; /* owned */
    size_t place_count;
};

enum pdf_open_kind { PDF_OPEN_LAYER, PDF_OPEN_TAG, PDF_OPEN_DECORATION, PDF_OPEN_IGNORED };

struct pdf_open {
    enum pdf_open_kind kind;
    size_t index;
};

struct pdf_marks {
    struct pdf_page *pages; /* owned; the last one is being painted */
    size_t page_count;
    struct pdf_layer *layers; /* owned; in the order of their first use */
    size_t layer_count;
    struct pdf_node *nodes; /* owned; a parent stands before its children */
    size_t node_count;
    struct pdf_open open[PDF_OPEN_MAX]; /* outermost first */
    size_t open_count;
};

/** With one page. pdf_marks_finish() it. */
struct pdf_marks pdf_marks_new(void);
void pdf_marks_finish(struct pdf_marks *marks);

/** All four: must there be a mark in the ink now? */
bool pdf_marks_layer_begin(struct pdf_marks *marks, const char *id, const char *title);
bool pdf_marks_layer_end(struct pdf_marks *marks);
bool pdf_marks_tag_begin(struct pdf_marks *marks, enum page_tag tag, const char *alternative);
bool pdf_marks_tag_end(struct pdf_marks *marks);

/** Says that what was marked since the last time has its box in the ink now. */
void pdf_marks_inked(struct pdf_marks *marks);

/** Copies the place. */
void pdf_marks_add_place(struct pdf_marks *marks, struct bbox box_mm, const struct page_place *place);

/** Nothing may be open. */
void pdf_marks_next_page(struct pdf_marks *marks);

#endif
