/*
 * content.h - all words of a briefing, in its language: the texts of its blocks, before they are set.
 */
#ifndef RENDER_BRIEFING_CONTENT_H
#define RENDER_BRIEFING_CONTENT_H

#include <stdbool.h>

#include "data/marking.h"
#include "render/print/passage.h"

struct briefing_order;
struct facts;
struct frame;
struct renderer;
struct report;

struct content {
    char *title;    /* owned */
    char *subtitle; /* place, activity; owned */
    char *moment;   /* situation as of; owned */
    char *revision; /* plots and their revisions; owned */
    char *identity; /* footer: program, map, revisions, symbol set, checksum; owned */
    char *keywords; /* the same for the document's metadata; owned */
    enum marking marking;
    bool is_exercise;
    struct passage completeness;
    struct passage completeness_summary; /* for a page that has no room for all of it */
    struct passage facts;
    struct passage sources;
    struct passage disclaimer;
};

/** What must be known. All borrowed. */
struct content_input {
    struct renderer *renderer;
    const struct briefing_order *order;
    const struct frame *frame;
    const struct facts *facts;
    const struct report *report;
    bool lacks_rd_grid; /* the CRS is RD and the correction grid is not there */
};

/** The texts that are known before the map is painted: all but completeness and sources. content_finish(). */
struct content content_of(const struct content_input *input);

/** Adds completeness, what the painted map lacks, and the sources of what it shows. */
void content_add_outcome(struct content *content, const struct content_input *input);
void content_finish(struct content *content);

#endif
