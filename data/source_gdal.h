/*
 * source_gdal.h - the door to GDAL that source_vector.c and source_raster.c share.
 *
 * GDAL's handles travel as void pointers so that no other file needs its headers.
 */
#ifndef DATA_SOURCE_GDAL_H
#define DATA_SOURCE_GDAL_H

#include <stdbool.h>

#include "geo/bbox.h"

struct fault;
struct layer;

#define SOURCE_BLOCK_CACHE_BYTES (64 << 20) /* unpacked blocks of rasters that GDAL keeps, in all */

/** Where a layer lies, as its file says it. */
struct source_place {
    char crs_code[32];  /* "EPSG:28992"; "" when the file names none that has a code */
    struct bbox extent; /* in that CRS, x east; empty when there is nothing in the file */
};

/** What GDAL complained of first, between source_gdal_listen() and source_gdal_unlisten(). */
struct source_gdal_words {
    char text[256];
    bool is_failure; /* a failure, not just a warning: something was not read */
};

/** Complaints of this thread go to words, not to stderr. Nests; words must stay until unlisten. */
void source_gdal_listen(struct source_gdal_words *words);
void source_gdal_unlisten(void);

/** " (GDAL: …)" for the end of a sentence, or "". Returns text. */
char *source_gdal_quote(const struct source_gdal_words *words, char text[static 280]);

/**
 * Opens the file of a record, read only, with the one driver the record names.
 * @return a GDALDatasetH owned by the caller, GDALClose(). NULL on fault; the sentence does not name the
 * layer.
 */
void *source_gdal_open(const struct layer *layer, struct fault *fault);

/** The code of an OGRSpatialReferenceH (may be NULL); "" when it has none and resembles none. */
void source_gdal_crs_code(void *spatial_reference, char code[static 32]);

#endif
