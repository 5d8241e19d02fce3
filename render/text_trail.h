/*
 * text_trail.h - what a search for places of texts along a feature asked, and what it was answered.
 *
 * The search asks the same questions as long as it gets the same answers. So after a change elsewhere it need
 * not be made again: the questions are put once more, and when an answer differs the search goes on from
 * there. The result is that of a search made anew.
 */
#ifndef RENDER_TEXT_TRAIL_H
#define RENDER_TEXT_TRAIL_H

#include <stdbool.h>

#include "render/text_along.h"
#include "symbology/symbol.h"

/** All that a search depends on besides the answers and the geometry. */
struct text_trail_key {
    const struct symbol_entry *entry; /* borrowed */
    const char *text;                 /* borrowed; copied by the trail */
    double scale;
    enum palette palette;
    int most;
};

/** All zero is a trail of nothing. text_trail_finish(). */
struct text_trail {
    struct text_trail_key key;
    char *text;               /* owned: the key's */
    struct text_alongs asked; /* "may this text stand?" */
    bool *answers;            /* owned; one for each */
    size_t answer_capacity;
    bool is_whole; /* the search came to its end with these answers */
};

/** Forgets what is there when it is about something else. */
void text_trail_open(struct text_trail *trail, struct text_trail_key key);
void text_trail_add(struct text_trail *trail, struct text_along *text, bool answer);

/** Gives a question another answer: what was asked after it is forgotten. */
void text_trail_change(struct text_trail *trail, size_t index, bool answer);
void text_trail_finish(struct text_trail *trail);

#endif
