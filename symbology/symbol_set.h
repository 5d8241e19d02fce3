/*
 * symbol_set.h - a versioned library of point, line and area symbols.
 *
 * The set is data: set.yaml names its entries and says how lines and areas look, glyphs/ holds one SVG
 * drawing a point symbol. The Dutch set, version 1, is part of the program.
 *
 * A set of its own, with every field; lengths are px of the 1x picture, colours "#RRGGBB" or "#RRGGBBAA":
 *
 *     set: port
 *     version: 1
 *     title: {nl: Haven, en: Port}
 *     owners:                   # colour and tabs (n, ne, e, se, s, sw, w, nw; at most two) of each in use
 *       general: {fill: "#FFFFFF"}
 *       fire: {fill: "#A41926", tabs: [nw]}
 *     kinds:                    # optional: where a kind goes before the owner
 *       incident: {fill: "#FFED00", halo: "#A41926"}
 *     groups:
 *       - {id: port, priority: 5, title: {nl: Haven, en: Port}}
 *     points:
 *       - id: port.wind         # group.name; its drawing is glyphs/port.wind.svg
 *         kind: note            # see enum symbol_kind, in small letters
 *         owner: fire           # see enum symbol_owner; general when it is not said
 *         letters: W            # 1 to 4, no others of the group have them; drawn where there is no glyph
 *         name: {nl: Wind, en: Wind, fr: Vent, de: Wind}     # Dutch is required
 *         reference: "IMOOV S1234"
 *         aliases: [im.s1234]
 *         priority: 3           # 0 to 99, else that of the group; 0 is placed first and drawn on top
 *         fill: "#FFFFFF"       # else that of the kind, else of the owner
 *     lines:                    # id to priority as of points, but no kind
 *       - id: port.route
 *         letters: R
 *         name: {nl: Route}
 *         strokes:              # one mapping, or a list of up to three: the first is at the bottom
 *           - {width: 5, colour: "#FFFFFF"}
 *           - {width: 3, colour: "#1B5E8C", dash: [14, 6], phase: 0, offset: 0, cap: butt, join: round}
 *         marks: {mark: chevron, size: 12, spacing: 32, phase: 14, side: centre, orient: along,
 *                 colour: "#1B5E8C", hollow: true}
 *         start: none           # none, arrow, open-arrow, bar or dot; so is end
 *         end: arrow
 *         end_size: 12
 *         end_colour: "#1B5E8C" # else that of the first stroke
 *         text: {show: letters, size: 11, colour: "#1B5E8C", halo: "#FFFFFF", halo_width: 1.5, bold: true,
 *                italic: false, side: left, gap: 2, spacing: 240}
 *     areas:                    # id to priority as of lines
 *       - id: port.basin
 *         letters: B
 *         name: {nl: Bekken}
 *         fill: {hatch: "#1B5E8C", angle: 45, spacing: 8, width: 1, background: "#1B5E8C33"}
 *         outline: {strokes: {width: 2, colour: "#1B5E8C"}, marks: {glyph: port.wind, size: 21, spacing: 72,
 *                   orient: upright, colour: "#1A1A1A", background: "#FFFFFF"}}
 *         centre: port.wind     # the point in its middle
 *         text: {show: name, side: right}
 *
 * Points have turns too: whether rot= turns their drawing. A stroke has cap butt, round or square and join
 * round, miter or bevel; offset and side right are to the right of a line and inside an area. Marks are a
 * mark (cross, bar, triangle, chevron, dot, square, half-disc, slash) or the glyph of a point of the set, on
 * a disc of the background; side is centre, left, right or both, orient along or upright. An area has a fill
 * of one colour, or a hatch, cross or stipple in a colour; its outline has all fields of a line's look. What
 * a text shows, name or letters, symbology/line_text.h says.
 *
 * Every entry may say that it accepts less than its base shape does, and that it is out of use. Lines and
 * areas accept present, planned, ended and unknown unless they list others:
 *
 *     accepts: {statuses: [present, ended], texts: [n, r], trust: false}
 *     deprecated: true
 *     replaced_by: bw.ugs       # optional: an entry of the same geometry that is in use
 *
 * A set may extend another one: the overlay of an organisation, or the next version. It has every entry,
 * group, owner and kind of that one, and says only what differs:
 *
 *     set: haven
 *     version: 1
 *     extends: nl@1
 *     title: {nl: Haven, en: Port}
 *     groups: [...]             # more groups
 *     points: [...]             # more entries, likewise lines and areas; one with an id of the base takes
 *                               # the place of that entry with a whole new look of the same geometry
 *     changes:                  # what is different about entries of the base
 *       - {id: bw.tewater, name: {nl: Trailerhelling, en: Slipway}, letters: TH, aliases: [haven.helling]}
 *       - {id: bw.dompelplaats, deprecated: true, replaced_by: bw.bluswater}
 *
 * A change may give name, letters, aliases (more of them), reference, priority, accepts, deprecated and
 * replaced_by. glyphs/ holds the drawings of its own points, and of points of the base that it draws anew.
 */
#ifndef SYMBOLOGY_SYMBOL_SET_H
#define SYMBOLOGY_SYMBOL_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/language.h"
#include "symbology/line_text.h"
#include "symbology/stroke.h"

struct crosswalk;
struct fault;
struct problems;
struct symbol_library;

enum symbol_geometry { GEOMETRY_POINT, GEOMETRY_LINE, GEOMETRY_AREA };

/** The base shape of a point symbol. */
enum symbol_kind {
    KIND_INCIDENT, /* star of 8 */
    KIND_HAZARD,   /* triangle */
    KIND_SITE,     /* house: fixed */
    KIND_MOBILE,   /* roof: temporary */
    KIND_UNIT,     /* vehicle */
    KIND_PERSON,   /* disc */
    KIND_OBJECT,   /* box */
    KIND_MEASURE,  /* thick box */
    KIND_POI,      /* pentagon */
    KIND_NOTE,     /* card */
    KIND_PLATE,    /* orange plate: Kemler number over UN number */
    KIND_COUNT
};

/** The discipline: fill colour and place of the tab. */
enum symbol_owner {
    OWNER_GENERAL,      /* A */
    OWNER_FIRE,         /* B */
    OWNER_MEDICAL,      /* C */
    OWNER_POLICE,       /* D */
    OWNER_MUNICIPALITY, /* E */
    OWNER_WATER,        /* F */
    OWNER_DEFENCE,      /* G */
    OWNER_RAIL,         /* H */
    OWNER_UTILITY,      /* I */
    OWNER_NGO,          /* J */
    OWNER_FOREIGN,      /* K */
    OWNER_COUNT
};

#define SYMBOL_TAB_MOST 2 /* of one owner */

/** Where a tab sticks out of the frame. Bits of symbol_entry.tabs. */
enum symbol_tab {
    TAB_NORTH = 1,
    TAB_NORTH_EAST = 2,
    TAB_EAST = 4,
    TAB_SOUTH_EAST = 8,
    TAB_SOUTH = 16,
    TAB_SOUTH_WEST = 32,
    TAB_WEST = 64,
    TAB_NORTH_WEST = 128
};

struct symbol_entry {
    char *id; /* "bw.ugs" */
    struct multilingual name;
    char *group; /* id of its group: "bw" */
    enum symbol_geometry geometry;
    enum symbol_kind kind; /* points only */
    enum symbol_owner owner;
    char *letters;         /* 1-4 letters drawn where there is no glyph; always there */
    char *glyph;           /* SVG elements on a 24 x 24 grid, drawn in currentColor; NULL: letters */
    bool is_glyph_lost;    /* its drawing cannot be used: letters with a "?" */
    char *reference;       /* IMOOV code and others, or "" */
    struct colour fill;    /* points: of the base shape, by entry, kind or owner */
    struct colour halo;    /* points: around the base shape; alpha 0: none */
    unsigned tabs;         /* points: bits of enum symbol_tab */
    bool is_turning;       /* points: the glyph is turned by the code's rotation */
    struct area_look area; /* areas only */
    struct line_look line; /* lines only */
    struct line_text text; /* lines, and along the edge of areas */
    char *mark;            /* lines and areas: id of the point entry whose glyph stands along it, or NULL */
    char *centre;          /* areas: id of a point entry drawn in the middle, or NULL */
    const struct symbol_entry *centre_entry; /* that entry, borrowed; NULL: none */
    unsigned statuses;                       /* that it accepts: bits 1 << enum symbol_status */
    unsigned texts;                          /* that it accepts: bits 1 << enum text_slot */
    bool has_trust;                          /* whether it accepts trust */
    bool is_deprecated;                      /* still drawn, offered no more */
    char *replaced_by; /* id of the entry to use instead of a deprecated one; NULL: none */
    int priority;      /* 0 is placed first and drawn on top */
};

struct symbol_set;

/** The Dutch set that is part of the program. Owned, symbol_set_free(). */
struct symbol_set *symbol_set_new_builtin(struct problems *problems);

/**
 * A set from a folder with set.yaml and glyphs/. NULL when there are errors; all are named.
 * @param library  where the set that it extends is; NULL: it can extend none. That set must outlive this one
 */
struct symbol_set *symbol_set_read(const char *folder, const struct symbol_library *library,
                                   struct problems *problems);
void symbol_set_free(struct symbol_set *set);

const char *symbol_set_name(const struct symbol_set *set); /* "nl" */
int symbol_set_version(const struct symbol_set *set);
const struct multilingual *symbol_set_title(const struct symbol_set *set);

/** The set that it extends, or NULL. Borrowed. */
const struct symbol_set *symbol_set_base(const struct symbol_set *set);

/** Points, lines, areas; of each the groups in their order. */
size_t symbol_set_count(const struct symbol_set *set);
const struct symbol_entry *symbol_set_at(const struct symbol_set *set, size_t index);

/** What others call its entries; NULL: nothing is known. Borrowed. */
const struct crosswalk *symbol_set_crosswalk(const struct symbol_set *set);

/** "point", "line", "area": the words of the interface. */
const char *symbol_geometry_name(enum symbol_geometry geometry);

/** "incident", "hazard" …; "general", "fire" …: the words of set.yaml. */
const char *symbol_kind_name(enum symbol_kind kind);
const char *symbol_owner_name(enum symbol_owner owner);

/** By entity id or alias; NULL when there is none. Borrowed. Safe from many threads. */
const struct symbol_entry *symbol_set_find(const struct symbol_set *set, const char *entity);

/** Calls visit for each other id by which an entry is found, in the order in which they were read. */
void symbol_set_visit_aliases(const struct symbol_set *set,
                              void (*visit)(const char *alias, const struct symbol_entry *entry,
                                            void *context),
                              void *context);

#define SYMBOL_HINT_BYTES 80

/** "; the nearest is 'bw.ugs'", for the end of a sentence about an unknown entity; "" when none is near. */
const char *symbol_set_hint(const struct symbol_set *set, const char *entity,
                            char hint[static SYMBOL_HINT_BYTES]);

/** The title of a group, such as "Brandweer"; "" when unknown. */
const char *symbol_set_group_title(const struct symbol_set *set, const char *group, enum language language);

#endif
