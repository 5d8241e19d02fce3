/*
 * marking.h - how widely a picture may be shown: TLP 2.0 (FIRST, 2022).
 *
 * The marking of what is made from several things is the highest of theirs.
 */
#ifndef DATA_MARKING_H
#define DATA_MARKING_H

#include <stdbool.h>

#include "symbology/colour.h"

enum marking {
    MARKING_CLEAR,
    MARKING_GREEN,
    MARKING_AMBER,
    MARKING_AMBER_STRICT,
    MARKING_RED,
    MARKING_COUNT
};

/** "TLP:AMBER+STRICT" */
const char *marking_text(enum marking marking);

/** Reads "TLP:GREEN" or "green"; false for an unknown one, which is then to be denied. */
bool marking_parse(const char *text, enum marking *marking);
enum marking marking_higher(enum marking a, enum marking b);

/** TLP colours: letters on black. */
struct colour marking_colour(enum marking marking);

#endif
