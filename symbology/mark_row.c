/*
 * mark_row.c - steps never become much shorter than the author's, so that marks do not run together; where
 * there are few they may become longer, by four fifths at most.
 */
#include "symbology/mark_row.h"

#include <math.h>

/** Marks closer than this are a mistake in a style, and would take for ever. */
#define SPACING_LEAST_PX 1.0

/** A step this much shorter than the author's is let pass, rather than one mark less. */
#define SQUEEZE 0.2

static struct mark_row closed_row(double phase_px, double spacing_px, double length_px)
{
    double count = fmax(1, floor(length_px / spacing_px + SQUEEZE));
    double step_px = length_px / count;
    return (struct mark_row){.first_px = fmod(phase_px, step_px), .step_px = step_px, .count = count};
}

struct mark_row mark_row_of(const struct line_marks *marks, double least_px, double most_px, bool is_closed)
{
    double spacing_px = fmax(marks->spacing_px, SPACING_LEAST_PX);
    double phase_px = fmax(marks->phase_px, 0);
    if (is_closed && most_px - least_px > 0) {
        return closed_row(phase_px, spacing_px, most_px - least_px);
    }
    double between_px = most_px - least_px - 2 * phase_px;
    double gaps = between_px > 0 ? floor(between_px / spacing_px + SQUEEZE) : 0;
    if (gaps < 1) {
        return (struct mark_row){.first_px = (least_px + most_px) / 2, .step_px = spacing_px, .count = 1};
    }
    return (struct mark_row){
        .first_px = least_px + phase_px, .step_px = between_px / gaps, .count = gaps + 1};
}

struct mark_row mark_row_between(struct mark_row row, double spacing_px)
{
    double gaps = row.count - 1;
    if (gaps < 1) {
        return (struct mark_row){.first_px = row.first_px / 2, .step_px = row.step_px, .count = 1};
    }
    double every = fmin(fmax(1, round(spacing_px / row.step_px)), gaps);
    double count = floor((gaps - 1) / every) + 1;
    double skipped = floor((gaps - 1 - (count - 1) * every) / 2);
    return (struct mark_row){.first_px = row.first_px + (skipped + 0.5) * row.step_px,
                             .step_px = every * row.step_px,
                             .count = count};
}
