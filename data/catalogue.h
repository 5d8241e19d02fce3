/*
 * catalogue.h - the records of all layers that can be drawn.
 */
#ifndef DATA_CATALOGUE_H
#define DATA_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/marking.h"
#include "symbology/language.h"

struct problems;
struct style;

enum layer_kind { LAYER_VECTOR, LAYER_RASTER };

/** One record of the catalogue. All texts are owned by the catalogue. */
struct layer {
    char *id; /* [a-z0-9-]{1,64} */
    struct multilingual title;
    enum layer_kind kind;
    char *driver;    /* GDAL short name, exactly one: GPKG, FlatGeobuf, GeoJSON, "ESRI Shapefile", GTiff */
    char *path;      /* absolute, or made absolute beside the catalogue's file */
    char *table;     /* layer within the file; NULL: the only one */
    char *crs_code;  /* overrides what the file says; NULL: as the file says */
    char *owner;
    char *credit;    /* as it must be printed: "GSHHG 2.3.7, Wessel & Smith" */
    char *licence;
    char *currency;  /* how up to date: "2017-06" */
    enum marking marking;
    double application_denominator; /* finest scale it is meant for: 1:N; 0: any */
    double min_denominator;         /* drawn when min <= denominator < max */
    double max_denominator;
    struct style *style;
    char *file;      /* of its record, for faults */
    int line;
};

struct catalogue;

/** Reads catalogue.yaml. NULL when there are errors; all mistakes are in problems. Does not open the layers. */
struct catalogue *catalogue_read(const char *path, struct problems *problems);
void catalogue_free(struct catalogue *catalogue);
size_t catalogue_count(const struct catalogue *catalogue);
const struct layer *catalogue_at(const struct catalogue *catalogue, size_t index);
const struct layer *catalogue_find(const struct catalogue *catalogue, const char *id);

#endif
