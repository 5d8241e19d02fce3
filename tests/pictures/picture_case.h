/*
 * picture_case.h - one case of the picture tests: a small map description, read from cases/NAME.yaml.
 *
 *     shows: What a person should see in it.
 *     draw: window               # tiles, legend, briefing, symbol; sheet: every entry at three sizes
 *     crs: EPSG:28992            # and centre, scale, size: the window; of all kinds but symbol
 *     centre: [100000, 410000]   # x east
 *     scale: 10000
 *     size: [512, 256]           # px
 *     ratio: 1
 *     palette: default
 *     language: nl
 *     background: "#FFFFFF"
 *     grid: any                  # RD correction grid: needed (skipped where there is none), none, any
 *     layers: [roads]            # of cases/layers.yaml, bottom first
 *     features: [...]            # of the plot, see case_plot.h
 *     tiles: {set: NetherlandsRDNewQuad, zoom: 9, column: 296, row: 388, across: 2}
 *     legend: {columns: 1}       # in a picture of the size
 *     briefing: {paper: A5, landscape: true, format: png, dpi: 96, width: 794}  # width: of an SVG
 *     symbol: {code: "nl@1/bw.ugs", width: 128}
 *     tolerance: {channel: 11, share: 0.004}
 */
#ifndef TESTS_PICTURES_PICTURE_CASE_H
#define TESTS_PICTURES_PICTURE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/pixel_grid.h"
#include "geo/tile_matrix_set.h"
#include "render/briefing/briefing.h"
#include "symbology/colour.h"
#include "symbology/language.h"
#include "symbology/symbol.h"
#include "tests/pictures/picture_compare.h"

struct problems;
struct yaml_document;
struct yaml_node;

enum case_grid { CASE_GRID_ANY, CASE_GRID_NEEDED, CASE_GRID_NONE };
enum picture_kind {
    PICTURE_WINDOW,
    PICTURE_TILES,
    PICTURE_LEGEND,
    PICTURE_BRIEFING,
    PICTURE_SYMBOL,
    PICTURE_SHEET
};

struct picture_case {
    struct yaml_document *document; /* owned; the texts and nodes below are borrowed from it */
    const char *shows;
    enum picture_kind kind;
    const char *crs_code;
    struct point centre;
    double scale_denominator;
    int width_px;
    int height_px;
    int pixel_ratio;
    enum palette palette;
    enum language language;
    struct colour background;
    enum case_grid grid;
    const struct yaml_node *layers;   /* ids; NULL: none */
    const struct yaml_node *features; /* NULL: none */
    const char *tile_matrix_set;
    struct tile_address first_tile;
    int tiles_across;
    int legend_columns;
    enum paper paper;
    bool is_landscape;
    enum briefing_format format;
    int dpi;          /* of a PNG */
    int svg_width_px; /* that an SVG is made into dots at */
    const char *symbol_code;
    int symbol_width_px;
    struct tolerance tolerance;
};

/** Reads one file; what is wrong is in problems. Owned, picture_case_free(); NULL when there are errors. */
struct picture_case *picture_case_read(const char *path, struct problems *problems);
void picture_case_free(struct picture_case *picture);

#endif
