/*
 * catalogue.h - the records of all layers that can be drawn.
 *
 *     layers:
 *       - id: rivers
 *         title: {nl: Rivieren, en: Rivers}  # or one plain text
 *         kind: vector                       # or raster
 *         driver: FlatGeobuf                 # GPKG, FlatGeobuf, GeoJSON, ESRI Shapefile, GTiff
 *         path: layers/rivers.fgb            # beside this file
 *         table: rivers                      # where the file has several
 *         crs: EPSG:4326                     # where the file does not say it, or wrongly
 *         owner: Rijkswaterstaat
 *         credit: WDBII, Wessel & Smith
 *         licence: LGPL-3
 *         currency: 2017-06
 *         marking: TLP:CLEAR
 *         application_scale: 100000          # finest scale it is meant for
 *         scale: [0, 3000000]                # drawn from 1:0 up to 1:3,000,000
 *         style: {...}                       # symbology/style.h
 *
 * Required: id, title, kind, driver, path, style. Default: no words, TLP:CLEAR, every scale.
 */
#ifndef DATA_CATALOGUE_H
#define DATA_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "symbology/language.h"

struct crs_context; /* geo/crs.h: knows which CRS there are */
struct problems;
struct style;
struct symbol_library;

enum layer_kind { LAYER_VECTOR, LAYER_RASTER };

/** One record of the catalogue. All texts are owned by the catalogue. */
struct layer {
    char *id; /* [a-z0-9-]{1,64} */
    struct multilingual title;
    enum layer_kind kind;
    char *driver;   /* GDAL short name, exactly one: GPKG, FlatGeobuf, GeoJSON, "ESRI Shapefile", GTiff */
    char *path;     /* absolute, or made absolute beside the catalogue's file */
    char *table;    /* layer within the file; NULL: the only one */
    char *crs_code; /* overrides what the file says; NULL: as the file says */
    char *owner;
    char *credit; /* as it must be printed: "GSHHG 2.3.7, Wessel & Smith" */
    char *licence;
    char *currency; /* how up to date: "2017-06" */
    enum marking marking;
    double application_denominator; /* finest scale it is meant for: 1:N; 0: any */
    double min_denominator;         /* drawn when min <= denominator < max */
    double max_denominator;
    struct style *style;
    char *file; /* of its record, for faults */
    int line;
};

struct catalogue;

/**
 * Reads catalogue.yaml. NULL when there are errors; all mistakes are in problems. Does not open the layers.
 */
struct catalogue *catalogue_read(const char *path, struct problems *problems);
void catalogue_free(struct catalogue *catalogue);
size_t catalogue_count(const struct catalogue *catalogue);
const struct layer *catalogue_at(const struct catalogue *catalogue, size_t index);
const struct layer *catalogue_find(const struct catalogue *catalogue, const char *id);

/**
 * Names the symbols that styles ask for and the library lacks, or that are no points. Kept apart from
 * reading: whoever has both asks.
 */
void catalogue_check_symbols(const struct catalogue *catalogue, const struct symbol_library *library,
                             struct problems *problems);

/**
 * Opens and reads every layer (vector files whole, rasters an overview and their end) and names what would
 * keep it from being drawn (errors), or make it slow or incomplete (warnings): a missing or damaged file, an
 * unknown CRS, no spatial index, attributes that its style asks for in vain.
 * For `plottafel check`; it runs GDAL, so not in a process that must stay up.
 */
void catalogue_check_files(const struct catalogue *catalogue, struct crs_context *context,
                           struct problems *problems);

#endif
