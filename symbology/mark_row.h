/*
 * mark_row.h - where along a line its marks stand: evenly spread, as many at its end as at its start.
 */
#ifndef SYMBOLOGY_MARK_ROW_H
#define SYMBOLOGY_MARK_ROW_H

#include <stdbool.h>

#include "symbology/stroke.h"

/** Marks stand at first_px, first_px + step_px … from the start of the line. */
struct mark_row {
    double first_px;
    double step_px;
    double count; /* 1 or more; whole */
};

/**
 * The row on a line that is free from least_px to most_px. The first mark stands a phase behind least_px, the
 * last one a phase before most_px, and the spacing gives a little so that this comes out even. A line shorter
 * than that has one mark, in its middle. Round a closed line all steps are the same.
 */
struct mark_row mark_row_of(const struct line_marks *marks, double least_px, double most_px, bool is_closed);

/** A row that stands in the middle between marks of another one, about as far apart as asked for. */
struct mark_row mark_row_between(struct mark_row row, double spacing_px);

#endif
