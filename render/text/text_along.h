/*
 * text_along.h - a text whose letters follow a line, or the edge of an area.
 *
 * The letters stand along a smoothed line and are turned with it, where it is straightest. A text is never
 * upside down: it reads from left to right, and upward where the line is upright within 3 degrees. Where the
 * letters of a script hang together (Arabic, Devanagari) the text is set straight on a stretch that allows
 * it. There is none where letters would run into each other, on bends too sharp and on lines too short.
 *
 * Where a text may stand depends on the line alone, never on a tile; in a frame (a page, a fixed part of the
 * map) on what of the line is in it, and then costs no more than that. Its middle has a place of whole px;
 * letters count from there. So a text is painted once as a picture and then blitted.
 */
#ifndef RENDER_TEXT_ALONG_H
#define RENDER_TEXT_ALONG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/text/text.h"
#include "symbology/line_text.h"

struct canvas;
struct text_along;

/** A group of letters that is turned as one: a letter with its accents, or a joined text. */
struct text_letter {
    int32_t x; /* of its middle, on the line that runs through the middle of the letters: 1/64 px right of */
    int32_t y; /* the place, and below it */
    int32_t turn; /* clockwise, 1/4096 of a full turn; 0: upright */
};

/** One text, set. Immutable, reference counted. */
struct text_along {
    char *text; /* owned; one line */
    struct text_look look;
    struct point place;          /* whole px: near the middle of the text */
    struct text_letter *letters; /* owned; in reading order of the eye, from left to right */
    size_t letter_count;
    struct bbox
        *rooms; /* owned; px: letters and halo, which nothing else may stand on, as a few small boxes */
    size_t room_count;
    struct bbox ink; /* px: no paint lies outside */
    int32_t reference_count;
};

/** How far paint may reach out of the rooms of a text: soft edges. */
#define TEXT_ALONG_OVERHANG_PX 1.5

/** What a text takes up where it would stand. */
struct text_along_room {
    struct point place;
    const struct bbox *boxes; /* borrowed until the answer; px: the rooms of the text */
    size_t count;
    struct bbox ink;
};

/** What is to be set along a line, and how often. Lengths in px. */
struct text_along_wish {
    const char *text; /* line breaks become spaces */
    struct text_look look;
    enum line_side side; /* of the direction of the line: CENTRE is on it; LEFT or RIGHT beside it */
    double clear_px;     /* beside the line: from its middle to the letters */
    double ends_px;      /* this much of an open line's ends stays free */
    double spacing_px;   /* from one text to the next; 0: one text, at the best place */
    int most;            /* texts at most; where there would be more they stand further apart */
    struct bbox near;  /* texts with a place outside are not told of, but stand there; empty: all are told */
    struct bbox frame; /* a text must lie whole within; empty: anywhere */
    bool (*take)(const struct text_along_room *room,
                 void *context); /* false: not there, look on; true: it will be set; NULL: any will do */
    void *context;
};

/** Texts of one line or of several. Start with {0}; text_alongs_finish(). */
struct text_alongs {
    struct text_along **items; /* one reference each */
    size_t count;
    size_t capacity;
};

/** Sets a wish along a line, or round a ring (first point repeated at the end), and adds what came of it. */
void text_along_set(struct text_engine *engine, const struct text_along_wish *wish,
                    const struct point *points, size_t count, bool is_closed, struct text_alongs *texts);
void text_alongs_finish(struct text_alongs *texts);

/** Adds one more, of which the list takes a reference of its own. */
void text_alongs_add(struct text_alongs *texts, struct text_along *text);

struct text_along *text_along_ref(struct text_along *text);
void text_along_unref(struct text_along *text);

size_t text_along_bytes(const struct text_along *text);

/** Are they the same paint in the same place? */
bool text_along_equals(const struct text_along *a, const struct text_along *b);

/** Paints a text: blitted as one picture with its halo, or, on a page, as glyphs. */
void canvas_text_along(struct canvas *canvas, const struct text_along *text);

#endif
