/*
 * line_text.h - text that follows a line, or the edge of an area: "Stoplijn 2", "NL-Alert".
 *
 * In a symbol set and in the style of a layer alike:
 *
 *     text: {show: name, size: 11, colour: "#A41926", side: left, gap: 3, spacing: 240}
 */
#ifndef SYMBOLOGY_LINE_TEXT_H
#define SYMBOLOGY_LINE_TEXT_H

#include "symbology/stroke.h"

struct problems;
struct yaml_node;

enum line_text_source {
    LINE_TEXT_NONE,
    LINE_TEXT_NAME,    /* the feature's label, else nothing; it stands beside the line only when no stretch of
                          the line has room for it */
    LINE_TEXT_LETTERS, /* the letters of the entry, always; the label stands where it always does */
};

/** Lengths are px of the 1x picture. */
struct line_text {
    enum line_text_source source;
    struct text_look look;
    enum line_side side; /* CENTRE: on the line; LEFT and RIGHT of its direction (area edges: RIGHT is
                            inside); BOTH is none of them */
    double gap_px;       /* between the line and the letters beside it */
    double spacing_px;   /* from one to the next; 0: once a line */
};

/** The field text of a mapping; source NONE when it is absent. */
struct line_text line_text_read(const struct yaml_node *mapping, struct problems *problems);

#endif
