/*
 * map.h - an ordered choice of layers and plots: what viewers pull tiles of and what a briefing shows.
 *
 *     maps:
 *       - id: situation
 *         title: {nl: Situatie, en: Situation}
 *         place: Moerdijk
 *         items:                  # bottom first
 *           - layer: land         # an id of the catalogue
 *           - plot: hollands-diep # a plot of the store
 *         extent: [4.3, 51.5, 4.9, 51.9]  # west, south, east, north, degrees
 *         areas:                  # optional: named boxes, of which briefings are made
 *           - {id: haven, title: {nl: Haven}, bbox: [4.55, 51.67, 4.63, 51.71]}
 *         background: "#CFE3EE"
 *         palette: default        # print, mono, colour-blind, imagery
 *         crowded: shrink         # leader, count: see below
 *         marking: TLP:AMBER
 *         status: concept         # established, expired
 *         version: "0.3"
 *         author: Informatiemanager ROT
 *         organisation: Veiligheidsregio Midden- en West-Brabant
 *         contact: 088-2250000
 *         disclaimer: {nl: ..., en: ...}
 *
 * Required: id, title, items, extent. Default: no words, white, shrink, TLP:CLEAR, concept. Symbols that
 * would hide more important ones become small under each policy. With "leader", labels without a place
 * stand further off, with a line to the symbol; with "count", where even dots would hide each other one
 * badge has their number.
 */
#ifndef DATA_MAP_H
#define DATA_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "geo/bbox.h"
#include "symbology/colour.h"
#include "symbology/language.h"
#include "symbology/symbol.h"

struct catalogue;
struct layer;
struct problems;

/** What becomes of symbols and labels where there is no room for all. */
enum map_crowded { MAP_CROWDED_SHRINK, MAP_CROWDED_LEADER, MAP_CROWDED_COUNT };

/** As maps.yaml says it. */
const char *map_crowded_name(enum map_crowded crowded);

enum map_status { MAP_CONCEPT, MAP_ESTABLISHED, MAP_EXPIRED };

/** One drawn thing of a map, bottom first. Exactly one of layer and plot is set. */
struct map_item {
    const struct layer *layer; /* borrowed from the catalogue */
    char *plot;                /* name of a plot; owned */
};

/** A part of the map that briefings are made of. */
struct map_area {
    char *id;                  /* owned */
    struct multilingual title; /* may be empty */
    struct bbox box_deg;       /* lon/lat */
};

/** All texts are owned. */
struct map {
    char *id; /* [a-z0-9-]{1,64} */
    struct multilingual title;
    struct multilingual place; /* "Moerdijk" */
    struct map_item *items;    /* owned */
    size_t item_count;
    struct colour background; /* what is under everything: the sea */
    enum palette palette;
    enum map_crowded crowded;
    enum marking marking; /* at least; the picture's marking is the highest of it and its layers' */
    enum map_status status;
    char *version; /* "0.3" */
    char *author;  /* person or role */
    char *organisation;
    char *contact;
    struct multilingual disclaimer;
    struct bbox extent_deg; /* lon/lat: what a viewer shows first */
    struct map_area *areas; /* owned */
    size_t area_count;
};

struct maps;

/**
 * Reads maps.yaml. NULL when there are errors, unknown layers among them. The catalogue must outlive the
 * maps; without one (NULL: it has mistakes itself) all other mistakes are named and there are no maps.
 */
struct maps *maps_read(const char *path, const struct catalogue *catalogue, struct problems *problems);
void maps_free(struct maps *maps);
size_t maps_count(const struct maps *maps);
const struct map *maps_at(const struct maps *maps, size_t index);
const struct map *maps_find(const struct maps *maps, const char *id);

/** Which one of the maps it is: maps_at() of it gives it back. */
size_t maps_index(const struct maps *maps, const struct map *map);

/** The highest marking of the map and its layers. */
enum marking map_marking(const struct map *map);

/** The credits of its layers, each once, with "; " between them; "" when there are none. Owned. */
char *map_credits(const struct map *map);

#endif
