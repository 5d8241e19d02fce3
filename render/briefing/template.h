/*
 * template.h - what a briefing looks like, as data: paper, pages, elements and their places, organisation.
 *
 * A template is a YAML file in one of the folders that plottafel.yaml names with `templates: [folder]`; its
 * id is the name of the file: our-map.yaml is used with `plottafel briefing MAP --template our-map`. All
 * fields are optional. `plottafel check` names every mistake with file, line and field; a template that has
 * one cannot be ordered, nor can those that extend it. `plottafel templates` lists what there is. A whole
 * template of an organisation:
 *
 *     extends: situation            # takes over all that is not said here
 *     title: {nl: Situatiekaart}    # the kind of map; nl, en, fr, de
 *     organisation: {name: {nl: ...}, logo: logo.svg, contact: {nl: ...}, disclaimer: {nl: ...}}
 *     colours: {heading: "#0E3E62", title: "#18222C", moment: "#0E3E62"}   # dark enough on white
 *
 * Name and contact go before those of the map, which are what is said without them; a disclaimer stands
 * beside that of the map. The logo is an SVG or PNG beside the file. What an order says goes before what its
 * template says:
 *
 *     paper: A3                     # A5, A4, A3, A2, A1 or A0; A4
 *     orientation: landscape        # or portrait
 *     scale: 25000                  # 100 to 10,000,000; without one the frame that is asked for fits
 *     crs: EPSG:28992               # projected
 *     languages: [nl, en]           # one or two; the second: of title, headings, legend and names in tables
 *
 * Pages:
 *
 *     pages: [map, tables]          # one map; also [index, sheet, tables]: an atlas; [comparison, tables]
 *                                   # before and now; without "tables" the list of features is left out
 *     sheets: content               # of an atlas: those on which there is something to see; all
 *     changes: marked               # of a comparison: marks on one map; beside: two maps
 *     numbering: auto               # labels as numbers with a table, where it is crowded; always, never
 *     marginalia: full              # slim: title and times within the bands, all else on the next page
 *
 * Elements and their places. Around the map are eight: top-left, top-center, top-right (a strip above it),
 * center-left, center-right (columns beside it), bottom-left, bottom-center, bottom-right (a strip below it).
 * `page` is the page behind the map, `off` nowhere. Elements in one place stand below each other, in this
 * order:
 *
 *     title         title, kind of map, place, activity; never on a page behind the map
 *     logo          of the organisation; likewise
 *     times         situation as of, revision, made at; always beside the map
 *     status        draft, established, expired; version; what changed
 *     activity      its id, level of coordination, valid until, next update
 *     legend        exactly what the map shows
 *     scale, north  number and bar; arrow with the angle to true north
 *     overview      a small map of a wider area
 *     completeness  owners, failed layers, labels without room
 *     author, datum, grid
 *     link          QR codes to the live map and to the check of authenticity
 *     sources, disclaimer
 *     tables        only page or off
 *     marking       in the bands at top and bottom: top-left, top-center or top-right; off only where the map
 *                   is TLP:CLEAR
 *     identity      in the footer: bottom-left, bottom-center or bottom-right
 *
 *     elements: {legend: center-right, tables: page, overview: off}   # on paper of both orientations
 *     portrait: {legend: bottom-right}     # on paper that stands; `landscape:` on paper that lies
 *     room: {right: 0.25, bottom: 0.3}     # parts of the paper for columns (left, right) and strips (top,
 *                                          # bottom), 0.05 to 0.45; what is usual when it is not said
 *     shares: {bottom-left: 1, bottom-right: 2}    # how the cells of a strip share its width, 0.2 to 5
 *
 * The map takes what is left, at least 40 % of the width and 36 % of the height. A block that has too little
 * room is made smaller, then cut, then moved, and stands in full on a page behind the map. A map of its own
 * size, and the grids over it:
 *
 *     map: {width_mm: 400, height_mm: 280, snap_m: 1000}   # its corner on whole kilometres
 *     grids: [map, mgrs, wgs84]     # at most four of map, rd, utm, mgrs, wgs84, squares
 *
 * Those that are part of the program, to extend: situation, overview, wall, fire-service, atlas, comparison.
 * One that extends none begins with title, times, marking and identity; all other elements are off.
 */
#ifndef RENDER_BRIEFING_TEMPLATE_H
#define RENDER_BRIEFING_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/briefing/element.h"
#include "render/grid/grid.h"
#include "render/print/paper.h"
#include "render/print/pen.h"
#include "render/scene/feature_numbers.h"
#include "symbology/language.h"

struct fault;
struct logo; /* render/briefing/logo.h */
struct problems;
struct templates;

#define TEMPLATE_FOLDER_MAX 200 /* templates in all folders together */
#define TEMPLATE_BYTES_MAX 262144
#define TEMPLATE_DEPTH_MAX 8 /* of templates that extend each other */

/** What the pages before the flowing ones are. */
enum template_kind {
    TEMPLATE_MAP,        /* one map */
    TEMPLATE_ATLAS,      /* an index page, then a page for each sheet */
    TEMPLATE_COMPARISON, /* before and now */
};

enum template_changes { TEMPLATE_CHANGES_MARKED, TEMPLATE_CHANGES_BESIDE };

/** How much of the paper a side takes; 0: what is usual for what stands there. */
struct template_room {
    double left; /* parts of the width */
    double right;
    double top; /* parts of the height */
    double bottom;
};

/** A map of a given size; width 0: as large as paper and places leave it. */
struct template_frame {
    double width_mm;
    double height_mm;
    double snap_m; /* its corner lies on a multiple of this; 0: anywhere */
};

/** Read only, and safe from many threads. All that it points to is its own. */
struct template
{
    char *id;
    char *file;    /* where it comes from; a name of the program's own begins with "templates/" */
    uint64_t hash; /* of all that it says, its logo and what it extends: the same bytes give the same */
    struct multilingual title;
    enum paper paper;
    bool is_landscape;
    double scale_denominator; /* 0: none */
    char *crs_code;           /* "": none */
    bool has_languages;
    struct language_pair languages;
    enum template_kind kind;
    bool has_tables;     /* tables flow behind the maps */
    bool has_all_sheets; /* of an atlas: those without anything to see too */
    enum template_changes changes;
    enum numbering numbering;
    enum place places[2][ELEMENT_COUNT]; /* [is_landscape] */
    struct template_room room;
    double shares[PLACE_AROUND]; /* 0: what is usual for what stands there */
    struct template_frame frame;
    bool is_slim;
    enum grid_kind grids[GRID_MOST]; /* over the map, unless the element is off */
    size_t grid_count;
    struct multilingual organisation; /* its name */
    struct multilingual contact;
    struct multilingual disclaimer;
    struct logo *logo; /* NULL: none */
    struct pen_colours colours;
};

/**
 * The program's own templates and those of some folders. A file with mistakes stops itself and those that
 * extend it, no other.
 * @param problems  gets the mistakes of all files
 * @return owned, templates_free()
 */
struct templates *templates_read(const char *const *folders, size_t folder_count, struct problems *problems);
void templates_free(struct templates *templates);

/** Borrowed; NULL when there is none of that id. */
const struct template *templates_find(const struct templates *templates, const char *id);

/** Is it left out for its mistakes, or for those of what it extends? INPUT, with what they are. */
bool templates_is_refused(const struct templates *templates, const char *id, struct fault *fault);
size_t templates_count(const struct templates *templates);
const struct template *templates_at(const struct templates *templates, size_t index);

#endif
