/*
 * element.h - the parts of a briefing's page, as templates name and place them.
 *
 * The first 18 are those of the README's table. Places are those of OGC API Maps around a map: the map itself
 * is the ninth, the centre, and no element ever covers it.
 */
#ifndef RENDER_BRIEFING_ELEMENT_H
#define RENDER_BRIEFING_ELEMENT_H

#include <stdbool.h>

/** In reading order: in this order elements of one place stand below each other. */
enum element {
    ELEMENT_TITLE,        /* of the map; kind of map, place, activity */
    ELEMENT_LOGO,         /* of the organisation: the one that is not in the table */
    ELEMENT_TIMES,        /* situation as of, revision, made at */
    ELEMENT_STATUS,       /* concept, established, expired; version */
    ELEMENT_ACTIVITY,     /* id, GRIP level, validity, next update */
    ELEMENT_LEGEND,       /* exactly what is on the page */
    ELEMENT_SCALE,        /* number and bar */
    ELEMENT_NORTH,        /* arrow, angle to true north */
    ELEMENT_OVERVIEW,     /* inset with the frame of the map */
    ELEMENT_COMPLETENESS, /* owners, what failed, what found no place */
    ELEMENT_AUTHOR,       /* person or role, organisation */
    ELEMENT_DATUM,        /* name and code of the CRS */
    ELEMENT_GRID,         /* what the lines over the map are; off: there are none */
    ELEMENT_LINK,         /* QR codes to the live view and to the check */
    ELEMENT_SOURCES,      /* credits, licences, currency */
    ELEMENT_DISCLAIMER,   /* and contact */
    ELEMENT_TABLES,       /* features, differences */
    ELEMENT_MARKING,      /* in the bands at top and bottom of every page */
    ELEMENT_IDENTITY,     /* in the footer of every page */
    ELEMENT_COUNT
};

/** Where an element stands. */
enum place {
    PLACE_TOP_LEFT,
    PLACE_TOP_CENTER,
    PLACE_TOP_RIGHT,
    PLACE_CENTER_LEFT,
    PLACE_CENTER_RIGHT,
    PLACE_BOTTOM_LEFT,
    PLACE_BOTTOM_CENTER,
    PLACE_BOTTOM_RIGHT,
    PLACE_AROUND,              /* the first so many are places on the page of the map */
    PLACE_PAGE = PLACE_AROUND, /* a following page */
    PLACE_OFF,
    PLACE_COUNT
};

/** "legend"; NULL-terminated list of all: element_names()[ELEMENT_COUNT] is NULL. */
const char *const *element_names(void);

/** "center-right"; in the same way. */
const char *const *place_names(void);

/** May an element stand there? Times and identity are never off; marking and identity have their bands. */
bool element_allows(enum element element, enum place place);

/** What to say to who put it where it may not be: "must be ...". Borrowed for ever. */
const char *element_allowed_words(enum element element);

#endif
