/*
 * look_reader.h - fills, strokes and whole line looks read from YAML, for symbol sets and layer styles alike.
 *
 * What is wrong is added to the problems and left at its default.
 */
#ifndef SYMBOLOGY_LOOK_READER_H
#define SYMBOLOGY_LOOK_READER_H

#include "symbology/stroke.h"

struct problems;
struct yaml_node;

/** A colour by key of a mapping; fallback when it is absent or wrong. */
struct colour look_read_colour(const struct yaml_node *mapping, const char *key, struct colour fallback,
                               struct problems *problems);

/** The same of a scalar itself. */
struct colour look_read_colour_text(const struct yaml_node *node, struct colour fallback,
                                    struct problems *problems);

/** "none", a colour, or {hatch|cross|stipple: colour, angle:, spacing:, width:, background:}. */
struct fill look_read_fill(const struct yaml_node *node, struct problems *problems);

/** One mapping or a list of up to three: {width:, colour:, dash:, phase:, offset:, cap:, join:}. */
void look_read_strokes(const struct yaml_node *node, struct line_look *look, struct problems *problems);

/**
 * The fields strokes, marks, start, end, end_size and end_colour of a mapping, which may have others too.
 * marks: {mark: cross | bar | triangle | chevron | dot | square | half-disc | slash, size:, spacing:, phase:,
 * side: centre | left | right | both, orient: along | upright, colour:, hollow:}.
 */
struct line_look look_read_line(const struct yaml_node *mapping, struct problems *problems);

/**
 * The same of a symbol set, where marks: {glyph: gh.ambulance, background: "#FFFFFF"} are the drawing of a
 * point entry, on a disc. Its id goes to glyph_id, owned by the caller; left alone when there is none.
 */
struct line_look look_read_set_line(const struct yaml_node *mapping, char **glyph_id,
                                    struct problems *problems);

#endif
