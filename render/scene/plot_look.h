/*
 * plot_look.h - what the features of a plot look like, told apart by names: that of a picture in a sprite,
 * and that of a line or area.
 *
 * The same names stand in vector tiles, in the style for them and in its sprite.
 */
#ifndef RENDER_PLOT_LOOK_H
#define RENDER_PLOT_LOOK_H

#include <stdbool.h>

#include "symbology/stroke.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"

struct feature;
struct symbol_entry;
struct symbol_library;

/** The look of what no symbol set knows. */
#define PLOT_LOOK_UNKNOWN "?"

/** One feature with all that decides its look, besides palette and scale. */
struct plot_look {
    const struct feature *feature;
    const struct symbol_entry *entry;        /* NULL: no set has it */
    const struct symbol_entry *symbol_entry; /* of the symbol at its place; NULL: a box with a "?" */
    bool has_symbol;                         /* points, areas with a centre, and what has no look */
    bool has_shape;                          /* lines and areas */
};

struct plot_look plot_look_of(const struct symbol_library *symbols, const struct feature *feature);

/** The detail of its symbol at a scale. */
enum symbol_detail plot_look_detail(const struct plot_look *look, double scale_denominator);

/** "nl@1/bw.ugs;st=planned;lod=small": its symbol in a sprite. Owned by the caller. */
char *plot_look_icon(const struct plot_look *look, enum symbol_detail detail);

/** "nl@1/l.front;st=planned": its line or area; PLOT_LOOK_UNKNOWN without an entry for it. Owned. */
char *plot_look_shape(const struct plot_look *look);

/** Does its name follow its line, or the edge of its area? */
bool plot_look_has_name_along(const struct plot_look *look);

#define PLOT_LETTERING_BYTES 32

/** How its label is set; face and size are the same in all palettes. */
struct text_look plot_look_text(const struct plot_look *look, enum palette palette);

/** "13 bold": the name of face and size. Returns text. */
char *plot_look_lettering(const struct plot_look *look, char text[static PLOT_LETTERING_BYTES]);

/** The text beside its symbol, or along it; NULL: none. Owned. */
char *plot_look_label(const struct plot_look *look, enum symbol_detail detail);

#endif
