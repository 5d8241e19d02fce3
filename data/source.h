/*
 * source.h - an opened layer of the catalogue, read by window through GDAL.
 *
 * GDAL opens by content, so each open names exactly one driver and the file must exist under the name
 * the catalogue gives. A source belongs to one thread and one process that may be killed.
 */
#ifndef DATA_SOURCE_H
#define DATA_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct fault;
struct layer;
struct shape;
struct source;

/** What of a file's layer a window holds, in the CRS of the source. Borrowed during the visit. */
struct source_feature {
    const struct shape *shape;
    const char *const *attribute_names;  /* those the layer's style uses */
    const char *const *attribute_values; /* "" when null */
    size_t attribute_count;
};

/** Opens the file of a layer's record. Faults name the layer and what is wrong. Owned, source_close(). */
struct source *source_open(const struct layer *layer, struct fault *fault);
void source_close(struct source *source);

/** "EPSG:4326", from the record or the file. */
const char *source_crs_code(const struct source *source);

/** In the CRS of the source, x east; empty when there is nothing in it. */
struct bbox source_extent(const struct source *source);

/** Does each feature of a vector layer have this attribute? */
bool source_has_attribute(const struct source *source, const char *name);

/** How many features a vector layer has, as far as its file says without being read; 0: it does not. */
uint64_t source_feature_count(const struct source *source);

/** Can a window be read without reading the whole file: a spatial index, overviews, or little to read? */
bool source_is_quick(const struct source *source);

/**
 * Reads all features of a vector layer that touch the box (in the CRS of the source). Curves are made
 * into lines; geometry collections are taken apart (one visit for each kind); null and empty geometry and
 * points without a place are passed over. Of a file that breaks off, what comes before is visited.
 * @return false on fault, or when visit returned false
 */
bool source_read_vector(struct source *source, struct bbox box,
                        bool (*visit)(const struct source_feature *feature, void *context), void *context,
                        struct fault *fault);

/**
 * A window of a raster layer, north row first. Its cells are those of one level of the whole raster: a cell
 * has the same box and value whichever window it is read in.
 */
struct source_raster {
    int width;
    int height;
    int band_count;  /* 1: values; 4: red, green, blue, alpha, 0 … 255 */
    float *values;   /* owned; width * height * band_count, band-interleaved by pixel; NaN: no data */
    struct bbox box; /* of the window's outer edges, CRS of the source */
};

/**
 * Reads the window of a raster layer around the box (with one cell more on each side, where there is one),
 * from the coarsest overview whose cells are not coarser than units_per_px. Palettes and 8-bit RGB become
 * 4 bands; otherwise the first band stays values, times its scale plus its offset.
 * @return false on fault (LIMIT above 64 Mi values, or where too many cells must be read for want of
 * overviews; the source is sound then and other windows can be read); width 0 when the box does not touch the
 * raster
 */
bool source_read_raster(struct source *source, struct bbox box, double units_per_px,
                        struct source_raster *raster, struct fault *fault);
void source_raster_finish(struct source_raster *raster);

#endif
