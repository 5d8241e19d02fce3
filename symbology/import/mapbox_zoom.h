/*
 * mapbox_zoom.h - the ranges of zoom in which a layer is painted alike, and their scales.
 *
 * Mapbox and MapLibre count zooms in tiles of 512 px: scale denominator 279,541,132.01 / 2^zoom, half of what
 * tiles of 256 px have at equal zoom (OGC 17-083r4, annex D.1). What is written for their zoom 12 is drawn at
 * the same scale here, on the tiles of zoom 13.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_ZOOM_H
#define SYMBOLOGY_IMPORT_MAPBOX_ZOOM_H

#include <stdbool.h>
#include <stddef.h>

struct json_t;

#define MAPBOX_MOST_SLICES 6
#define MAPBOX_MOST_STOPS 200
#define MAPBOX_MOST_ZOOM 24

/** from <= zoom < to */
struct mapbox_slice {
    double from;
    double to;
};

struct mapbox_slices {
    struct mapbox_slice items[MAPBOX_MOST_SLICES];
    size_t count;
    bool is_smooth; /* something changes within a slice */
    bool is_cut;    /* there are more steps than slices */
};

/** Zooms at which something changes. */
struct mapbox_stops {
    double zooms[MAPBOX_MOST_STOPS];
    bool are_smooth[MAPBOX_MOST_STOPS]; /* it changes from this one to the next too */
    size_t count;
};

/** Adds the stops by zoom of all curves, steps and functions within. */
void mapbox_stops_collect(struct mapbox_stops *stops, const struct json_t *json);

struct mapbox_slices mapbox_slices_of(const struct mapbox_stops *stops, double from, double to);

/**
 * The scale at which a zoom begins: a little (0.1 %) above that of its tiles, so that these are on its side.
 * INFINITY for zoom 0 and less, 0 for MAPBOX_MOST_ZOOM and more.
 */
double mapbox_denominator_of(double zoom);

/** The zoom for which the values of a slice are taken. */
double mapbox_slice_middle(struct mapbox_slice slice);

#endif
