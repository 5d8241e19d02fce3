/*
 * template.h - what a briefing looks like, as data: paper, pages, elements and their places, organisation.
 *
 *     # situation.yaml: the id of a template is the name of its file
 *     extends: situation            # takes over all that is not said here
 *     title: {nl: Situatiekaart}    # the kind of map
 *     paper: A3                     # A5 … A0
 *     orientation: landscape        # portrait
 *     scale: 25000                  # when the order gives none
 *     crs: EPSG:28992
 *     languages: [nl, en]           # the second one: of title, headings and legend besides
 *     pages: [map, tables]          # or [index, sheet, tables], or [comparison, tables]
 *     changes: marked               # on the map; beside: two maps, before and now
 *     numbering: auto               # always, never: labels as numbers with a table, where it is crowded
 *     elements: {legend: center-right, tables: page, overview: off}
 *     portrait: {legend: bottom-right}     # places on paper that stands; the same with landscape
 *     room: {right: 0.25, bottom: 0.3}     # parts of the paper; also left and top
 *     shares: {bottom-left: 1, bottom-right: 2}
 *     map: {width_mm: 400, height_mm: 280, snap_m: 1000}
 *     marginalia: full              # slim: title and times within the bands, the rest on the next page
 *     grids: [map, mgrs, wgs84]     # at most four kinds of render/grid/grid.h
 *     organisation: {name: {nl: ...}, logo: logo.svg, contact: {nl: ...}, disclaimer: {nl: ...}}
 *     colours: {heading: "#0E3E62", title: "#18222C", moment: "#0E3E62"}
 *
 * Those that are part of the program: situation, overview, wall, fire-service, atlas, comparison. An
 * organisation's own stand in its folders. All mistakes of all files are named, each with file, line and
 * field.
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
    bool has_tables; /* tables flow behind the maps */
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
 * The program's own templates and those of some folders.
 * @return owned, templates_free(). With mistakes too: those templates that have none.
 */
struct templates *templates_read(const char *const *folders, size_t folder_count, struct problems *problems);
void templates_free(struct templates *templates);

/** Borrowed; NULL when there is none of that id. */
const struct template *templates_find(const struct templates *templates, const char *id);
size_t templates_count(const struct templates *templates);
const struct template *templates_at(const struct templates *templates, size_t index);

#endif
