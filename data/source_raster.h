/*
 * source_raster.h - the cells of an opened raster file.
 *
 * Overviews are read cell by cell, never resampled, so that a cell has the same value whichever
 * window it is read in: pictures made of neighbouring windows fit together.
 */
#ifndef DATA_SOURCE_RASTER_H
#define DATA_SOURCE_RASTER_H

#include <stdbool.h>

#include "geo/bbox.h"

struct fault;
struct layer;
struct source_place;  /* data/source_gdal.h */
struct source_raster; /* data/source.h: a window */
struct source_raster_file;

/** Opens the record's file. Owned, source_raster_close(). */
struct source_raster_file *source_raster_open(const struct layer *layer, struct source_place *place,
                                              struct fault *fault);
void source_raster_close(struct source_raster_file *file);

bool source_raster_read(struct source_raster_file *file, struct bbox box, double units_per_px,
                        struct source_raster *raster, struct fault *fault);

/** Are there overviews, where the raster is so large that it needs them? */
bool source_raster_is_quick(const struct source_raster_file *file);

#endif
