/*
 * briefing.h - a printable document made from a map: PDF, SVG or PNG at a true scale.
 *
 * Painted by the same renderer as tiles. The page's elements are numbered as in the README's table: title,
 * scale, author, north arrow, times, legend, sources, grid, datum, marking, completeness, identity.
 */
#ifndef RENDER_BRIEFING_BRIEFING_H
#define RENDER_BRIEFING_BRIEFING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/print/paper.h"
#include "symbology/language.h"
#include "symbology/symbol.h"

struct colour; /* symbology/colour.h */
struct fault;
struct grid; /* render/grid/grid.h */
struct map;
struct plot;
struct plot_difference; /* data/plot_difference.h */
struct renderer;
struct report;
struct symbol_library;
struct template;
struct work; /* geo/base/work.h */

enum briefing_format { BRIEFING_PDF, BRIEFING_SVG, BRIEFING_PNG };

bool briefing_format_parse(const char *name, enum briefing_format *format); /* "pdf", "svg", "png" */
const char *briefing_format_ending(enum briefing_format format);            /* the same */
const char *briefing_format_type(enum briefing_format format); /* "application/pdf", of one page */

/** What is asked for. Texts are borrowed. */
struct briefing_order {
    const struct map *map;
    const struct symbol_library *symbols;
    const struct plot *const *plots; /* in the order of the map's plot items */
    size_t plot_count;
    int64_t moment_ms; /* situation as of: one of plot_moments() */
    int64_t made_ms;   /* made at: told, not read from a clock */
    enum paper paper;
    bool is_landscape;
    /** In place of the paper: a plate (plate.h), which has one page, symbols as on tiles and any CRS. */
    struct paper_own own_paper;
    const char *crs_code;     /* projected; "EPSG:28992" */
    struct point centre;      /* of the map frame, in that CRS, x east */
    double scale_denominator; /* 100 … 10,000,000, true on paper */
    enum language language;
    bool has_second_language; /* of the legend besides */
    enum language second_language;
    enum palette palette;
    enum briefing_format format;
    double dpi;                      /* PNG: 72 … 600 */
    const struct colour *background; /* under the map, in place of its own; NULL: that */
    const struct grid *grids;        /* over the map, at most GRID_MOST; NULL: kilometres of its CRS */
    size_t grid_count;
    const char *title;               /* overrides the map's; NULL */
    const char *link;                /* address of the live view, or NULL */
    const struct template *template; /* template.h; NULL: the program's "situation" */
    const char *id;                  /* of this briefing, known before it is made; NULL: none */
    const char *verify_link;         /* address where it can be checked, or NULL */
    const char *grip;                /* level of coordination, "GRIP 2"; NULL: none */
    int64_t valid_until_ms;          /* 0: not given */
    int64_t next_update_ms;          /* 0: not given */
    /** What changed since an earlier situation, one for each plot, marked on the map; NULL: no comparison. */
    const struct plot_difference *const *differences;
    bool lacks_previous; /* changes since the previous one are asked for, and there is none: it says so */
    struct bbox area;    /* of an atlas, in the CRS; without size: the map's extent */
    size_t page;         /* SVG and PNG: only this page, from 1; 0: all */
    double most_dots;    /* PNG: of all its pages together; 0: as many as there are */
    struct work *work;   /* told 0 … 1 while it is made, and never less than before; NULL: nobody listens */
};

/**
 * Was its time over when it was made, or at the moment that it shows? Told by the order alone: a briefing
 * that is made again says what it said.
 */
static inline bool briefing_has_run_out(const struct briefing_order *order)
{
    int64_t latest_ms = order->made_ms > order->moment_ms ? order->made_ms : order->moment_ms;
    return order->valid_until_ms != 0 && order->valid_until_ms < latest_ms;
}

static inline bool briefing_is_plate(const struct briefing_order *order)
{
    return order->own_paper.width_mm > 0;
}

/** What was made. */
struct briefing_document {
    char *bytes; /* owned by the caller: a PDF, a picture of one page, or a ZIP of such pictures (zip.h) */
    size_t length;
    size_t page_count; /* of the briefing, also when only one of them was asked for: then as far as is known
                          before the texts behind the sheets of an atlas are counted */
};

/** Is it a ZIP? */
static inline bool briefing_is_zip(const struct briefing_order *order,
                                   const struct briefing_document *document)
{
    return order->format != BRIEFING_PDF && order->page == 0 && document->page_count > 1;
}

/**
 * Makes the document.
 * @return false on fault: INPUT (paper, scale, CRS), OUTSIDE (centre), LIMIT (dots), NOT_FOUND (no such page)
 * report may be NULL; what it names stands on the page too. Same order, same bytes.
 */
bool briefing_make(struct renderer *renderer, const struct briefing_order *order,
                   struct briefing_document *document, struct report *report, struct fault *fault);

/** The box of the map frame in the CRS of the order: what a preview shows. */
bool briefing_frame(struct renderer *renderer, const struct briefing_order *order, struct bbox *box,
                    struct fault *fault);

#endif
