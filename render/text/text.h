/*
 * text.h - letters: measured and shaped once, drawn many times.
 *
 * The fonts are pinned by name (B612, then Noto Sans for letters that B612 lacks), found through a font
 * configuration that is part of the program; hinting off, grey antialiasing: the same pixels on every machine
 * with the same fonts. A text engine belongs to one thread.
 */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "symbology/stroke.h"

struct canvas;
struct fault;
struct image;
struct text_engine;

struct text_engine *text_engine_new(struct fault *fault);
void text_engine_free(struct text_engine *engine);

/** The font family that is really used, such as "B612"; to be named when it is not the pinned one. */
const char *text_engine_family(const struct text_engine *engine);

enum text_align { TEXT_LEFT, TEXT_CENTRE, TEXT_RIGHT };

/**
 * How a text is laid out. The box is as wide as its longest line, also when lines are broken: align says how
 * shorter lines stand in it. To set a text flush right or centred in a column, measure it first.
 */
struct text_box {
    double wrap_px; /* lines are broken to this width; 0: only at line breaks */
    enum text_align align;
};

/**
 * What a text may be at most; the rest is cut and ends in "…". Control characters are left out, bytes that
 * are not UTF-8 become U+FFFD, sizes are kept within 1 … 400 px.
 */
#define TEXT_LINE_MAX 256   /* characters of a line that is not broken by wrap_px */
#define TEXT_TOTAL_MAX 4096 /* characters in all */

/** Are texts of the two looks set alike? */
bool text_look_equals(const struct text_look *a, const struct text_look *b);

/** Size of a laid out text in px of the 1x picture, halo not included. */
struct text_size {
    double width_px;
    double height_px;
    double baseline_px; /* of the first line, from the top */
    int line_count;
};

/**
 * How far letters may reach out of the text box on any side, px; a halo reaches halo_px further. All paint of
 * a text lies within: bbox_grow(box, halo_px + text_overhang_px(look)).
 */
double text_overhang_px(const struct text_look *look);

struct text_size text_measure(struct text_engine *engine, const char *text, const struct text_look *look,
                              struct text_box box);

/** The same when it is told without shaping the text, which takes a hundred times as long. False: it is not.
 */
bool text_measure_at_once(struct text_engine *engine, const char *text, const struct text_look *look,
                          struct text_box box, struct text_size *size);

/**
 * Loads the font of a look and makes its usual letters, so that the first text does not have to wait for
 * them.
 * @param is_along  for texts that follow lines
 */
void text_make_ready(struct text_engine *engine, const struct text_look *look, bool is_along);

/** Characters of a text that none of the fonts has a letter for: a box stands for each. */
struct text_missing {
    size_t count;       /* boxes */
    size_t named_count; /* different characters, as far as they were looked at */
    char names[64];     /* of the first of them: "U+1F525, U+4F60 …" */
};

/** NULL: there are letters for all of it. Kept by the engine; borrowed until its next call. */
const struct text_missing *text_missing(struct text_engine *engine, const char *text);

/**
 * A text with its halo as a picture at a pixel ratio.
 * @param anchor_x, anchor_y  out: dots of the picture at which the text box's north-west corner lies
 * @return borrowed until the next call of this engine; NULL for a text without ink
 */
const struct image *text_picture(struct text_engine *engine, const char *text, const struct text_look *look,
                                 struct text_box box, int pixel_ratio, int *anchor_x, int *anchor_y);

/** The picture that was made last is kept by the engine (bounded), because it will be asked for again. */
void text_picture_keep(struct text_engine *engine);

#endif
