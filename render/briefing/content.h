/*
 * content.h - all words of a page, in its language: what each element says, before it is set.
 */
#ifndef RENDER_BRIEFING_CONTENT_H
#define RENDER_BRIEFING_CONTENT_H

#include <stdbool.h>

#include "data/marking.h"
#include "render/briefing/element.h"
#include "render/print/passage.h"
#include "render/print/words.h"
#include "symbology/language.h"

struct briefing_order;
struct facts;
struct frame;
struct renderer;
struct report;
struct template;

/** Where the reader finds what a page has no room for. */
enum page_rest {
    PAGE_REST_LOST, /* nowhere: it is only counted */
    PAGE_REST_NEXT, /* on the next page */
    PAGE_REST_END   /* on the last pages, behind all maps */
};

struct content {
    char *title;        /* owned */
    char *subtitle;     /* kind of map, place, activity; then what the second language says; owned */
    char *moment_label; /* "Situatie per / Situation as of"; owned */
    char *moment;       /* owned */
    char *revision;     /* plots and their revisions; owned */
    char *made;         /* made at, with its word; owned */
    char *expiry;       /* that its validity is over, where nothing else beside the map says so; "": owned */
    char *identity;     /* footer: program, map, revisions, symbol set, checksum; owned */
    char *keywords;     /* the same for the document's metadata; owned */
    char *activities;   /* owned */
    enum marking marking;
    bool is_exercise;
    struct passage said[ELEMENT_COUNT];  /* of the elements that are text */
    struct passage completeness_summary; /* for a page that has no room for all of it */
};

/** What must be known. All borrowed. */
struct content_input {
    struct renderer *renderer;
    const struct briefing_order *order;
    const struct template *template;
    const struct frame *frame;
    const struct facts *facts;
    const struct report *report;
    const char *sheet;    /* what the page shows of the area: "B2"; NULL: all */
    const char *left_out; /* names of an atlas's sheets that have no page; NULL, "": none */
    bool lacks_rd_grid;   /* the CRS is RD and the correction grid is not there */
    enum page_rest rest;
};

/** "Plot hollands-diep, revisie 47", one for each plot. Owned by the caller. */
char *content_revisions(const struct briefing_order *order);

/** Who makes the map: what the template says, else the map itself; "" when neither does. Borrowed. */
const char *content_organisation(const struct briefing_order *order, const struct template *template);
const char *content_contact(const struct briefing_order *order, const struct template *template);

/** "08-10-2026 11:00 CEST, verlopen" when its validity was over as it was made, else "". Owned by the caller.
 */
char *content_expiry(const struct briefing_order *order);

/** The order's languages as a pair. */
struct language_pair order_languages(const struct briefing_order *order);

/** The texts that are known before the map is painted: all but completeness and sources. content_finish(). */
struct content content_of(const struct content_input *input);

/** Adds completeness, what the painted map lacks, and the sources of what it shows. */
void content_add_outcome(struct content *content, const struct content_input *input);
void content_finish(struct content *content);

/** What counts the rows that are left out: "… nog %zu: zie volgend blad". */
enum word content_more(enum page_rest rest, bool is_legend);

/**
 * What some elements (element_bit()) say, below each other in reading order: a copy, passage_finish().
 * @param is_summarised  completeness in short
 */
struct passage content_passage(const struct content *content, unsigned elements, bool is_summarised);

#endif
