/*
 * symbol.h - composes one point symbol as SVG: base shape, tab, glyph, status, trust, texts.
 *
 * Lines and areas are composed too, as their swatch: what legends, lists and single pictures show.
 */
#ifndef SYMBOLOGY_SYMBOL_H
#define SYMBOLOGY_SYMBOL_H

#include <stdbool.h>

#include "geo/bbox.h"
#include "symbology/stroke.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

struct fault;

enum palette {
    PALETTE_DEFAULT,
    PALETTE_PRINT,
    PALETTE_MONO,
    PALETTE_COLOUR_BLIND,
    PALETTE_IMAGERY,
    PALETTE_COUNT
};

const char *palette_name(enum palette palette);
bool palette_parse(const char *name, enum palette *palette);

/** Sizes of one px table: the height of the base shape at each level of detail. */
#define SYMBOL_FULL_PX 32.0
#define SYMBOL_SMALL_PX 18.0
#define SYMBOL_DOT_PX 9.0

struct symbol_drawing {
    char *svg; /* owned; a whole document, width and height in px of the 1x picture */
    double width_px;
    double height_px;
    struct point anchor; /* px from the top left: what stands on the place */
    struct bbox ink;     /* px, relative to the anchor: where there is paint, halo included */
};

/** The level of detail for a scale, when the code does not force one. */
enum symbol_detail symbol_detail_at(double scale_denominator);

/**
 * @param entry   of a point
 * @param detail  FULL, SMALL or DOT
 * @param scale   size factor, 1 gives the px table above
 * A value that the entry does not accept is left out: symbol_accepts() says which. Trust shows in full
 * detail only, as do casualties, count and hazard plate, which stand beside or below the frame. The numbers
 * of a symbol that is a hazard plate are two bars in other details, so that it is not taken for an empty one.
 * @param drawing  out: symbol_drawing_finish(); only when true is returned
 * @return false: LIMIT, of the scale or of the bytes of the drawing
 */
bool symbol_compose(const struct symbol_entry *entry, const struct symbol_code *code,
                    enum symbol_detail detail, enum palette palette, double scale,
                    struct symbol_drawing *drawing, struct fault *fault);
void symbol_drawing_finish(struct symbol_drawing *drawing);

/**
 * Can the entry be drawn with all of the code? INPUT names everything that is left out, and what a status is
 * drawn as. Trust in lines and areas, which is never drawn, is no reason.
 */
bool symbol_accepts(const struct symbol_entry *entry, const struct symbol_code *code, struct fault *fault);

/** The status that an entry is drawn with: present when it does not accept the one of the code. */
enum symbol_status symbol_status_of(const struct symbol_entry *entry, const struct symbol_code *code);

/** A text of the code; NULL when it is not given or the entry does not accept it. Borrowed from the code. */
const char *symbol_text_of(const struct symbol_entry *entry, const struct symbol_code *code,
                           enum text_slot slot);

/**
 * The look of a line or area entry with its status applied (status_form.h); one it does not accept is drawn
 * as present.
 */
struct line_look symbol_line_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette);
struct area_look symbol_area_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette);

/**
 * A swatch of a line or area as SVG, width x height px. The anchor is its middle. LIMIT: a size that is not
 * 8 … 2000, or a pattern so fine that the drawing grows too large.
 */
bool symbol_compose_swatch(const struct symbol_entry *entry, const struct symbol_code *code,
                           enum palette palette, double width_px, double height_px,
                           struct symbol_drawing *drawing, struct fault *fault);

/**
 * The text beside a symbol on the map: name, then count, time and organisation in a second line where
 * given. What the symbol itself shows is not said again; a symbol that is not drawn in full shows neither
 * count nor casualties nor hazard plate, and its label says them behind the name: "TS peloton 1 ×4".
 * @param detail  in which a point is drawn; of lines and areas any
 * @return owned by the caller; NULL when there is none
 */
char *symbol_label(const struct symbol_entry *entry, const struct symbol_code *code,
                   enum symbol_detail detail);

/** symbol_label() without its second line. @return owned by the caller; NULL when it has no name, or no
 * second line */
char *symbol_label_name(const struct symbol_entry *entry, const struct symbol_code *code,
                        enum symbol_detail detail);

/**
 * The numbers that stand beside a symbol: count, casualties, hazard plate, "×4, T1 3 / T2 7".
 * @param entry  NULL: no set knows the symbol; all that the code says
 * @param slots  bits of those that are wanted
 * @return owned by the caller; NULL when there is none
 */
char *symbol_numbers(const struct symbol_entry *entry, const struct symbol_code *code, unsigned slots);
#define SYMBOL_NUMBER_SLOTS (1u << SLOT_COUNT_OF | 1u << SLOT_VICTIMS | 1u << SLOT_HAZARD)

/** Bits of the counts, casualties and plates that symbol_label() says where they are given. */
unsigned symbol_label_numbers(const struct symbol_entry *entry, enum symbol_detail detail);

/** symbol_label() when it is a text of the code, borrowed from it; NULL when it is composed of several, or
 * absent.
 */
const char *symbol_label_as_given(const struct symbol_entry *entry, const struct symbol_code *code);

/** How labels of features are set, halo included. @param entry NULL: no set knows the symbol */
struct text_look symbol_label_look(const struct symbol_entry *entry, enum palette palette, double scale);

#endif
