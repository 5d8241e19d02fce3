/*
 * grid_value.h - what a line is called, as maps of its kind write it.
 *
 * RD "102", the first of an edge "102 000 m"; UTM with small leading figures "5 98", in full "5 98 000 mE";
 * MGRS two digits; degrees "4°35′ E" and after that "40′".
 */
#ifndef RENDER_GRID_GRID_VALUE_H
#define RENDER_GRID_GRID_VALUE_H

#include <stdbool.h>

#include "render/grid/grid_lines.h"
#include "symbology/language.h"

/** The parts of a value; each may be empty but main. Lead and tail are set small. */
struct grid_text {
    char lead[16];
    char main[24];
    char tail[16];
};

/** The value of a line; in full, or as short as its neighbours allow. */
struct grid_text grid_value(const struct grid_lines *lines, const struct grid_line *line, bool is_full,
                            enum language language);

/** Is it written in full wherever there is room: a whole degree among minutes? */
bool grid_value_is_round(const struct grid_lines *lines, const struct grid_line *line);

/** "A" … "Z", "AA" … for column 0 and on. Returns text. */
char *grid_value_letters(long column, char text[static 24]);

#endif
