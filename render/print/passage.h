/*
 * passage.h - a run of rows of text set one below the other: the text of a block.
 *
 * A row is a heading, a label with its value beside it, or plain text. A passage is measured for a width,
 * shortened to a height (then its last row says how many were left out), or flows on from column to column.
 */
#ifndef RENDER_BRIEFING_PASSAGE_H
#define RENDER_BRIEFING_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/print/pen.h"
#include "render/print/words.h"

struct passage_row {
    enum pen_style style;
    char *label; /* NULL: the text takes the whole width; owned */
    char *text;  /* owned */
};

struct passage {
    struct passage_row *rows; /* owned */
    size_t count;
};

void passage_finish(struct passage *passage);

/** label may be NULL. Texts are copied; a row without text is not added. */
void passage_add(struct passage *passage, enum pen_style style, const char *label, const char *text);
void passage_addf(struct passage *passage, enum pen_style style, const char *label, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Adds copies of another's rows from first on. */
void passage_append(struct passage *passage, const struct passage *other, size_t first);

/** Height of all rows; 0 when there are none. */
double passage_height_mm(const struct passage *passage, const struct pen *pen, double width_mm);

/** Height of some of its rows, as they stand in a column of their own. */
double passage_rows_height_mm(const struct passage *passage, const struct pen *pen, size_t first,
                              size_t count, double width_mm);

/** How many rows from first on fit in a height. A heading is never the last of them. */
size_t passage_fit(const struct passage *passage, const struct pen *pen, size_t first, double width_mm,
                   double height_mm);

/** Breaks a row in two, so that the first part fits in a height. */
void passage_split(struct passage *passage, const struct pen *pen, size_t row, double width_mm,
                   double height_mm);

/** Paints count rows from first on, from the top of the box. */
void passage_paint(const struct passage *passage, const struct pen *pen, size_t first, size_t count,
                   struct bbox box_mm);

/**
 * Makes a passage fit a box: whole when it does, else its warnings and first rows (the last of them broken
 * off where it is long) and a row that counts those left out.
 * @param more the words that count them (WORD_MORE_…)
 * @return a new passage; passage_finish()
 */
struct passage passage_shorten(const struct passage *passage, const struct pen *pen, double width_mm,
                               double height_mm, enum word more);

#endif
