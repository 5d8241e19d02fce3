/*
 * source_raster_cells.h - the cells of one window of one level, whatever they contain.
 *
 * A level is a way to see a whole raster: itself, one of its overviews, or, where there are none coarse
 * enough, an imagined one of half, a quarter ... of the finest that is fine enough.
 */
#ifndef DATA_SOURCE_RASTER_CELLS_H
#define DATA_SOURCE_RASTER_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#define RASTER_PALETTE_SIZE 256

enum raster_content { RASTER_VALUES, RASTER_PALETTE, RASTER_COLOURS };

/** What the bands of a file mean. */
struct raster_bands {
    enum raster_content content;
    void *bands[3];       /* GDALRasterBandH: one, or red, green, blue; belong to the dataset */
    bool is_whole_number; /* that may be classes: never averaged */
    double scale;         /* a value is what is stored times scale plus offset */
    double offset;
    int palette_size;
    float palette[RASTER_PALETTE_SIZE][4]; /* red, green, blue, alpha */
};

struct raster_level {
    int overview;      /* number of GDAL's overview; -1: the raster itself */
    int width;         /* columns of the whole raster as seen at this level */
    int height;        /* rows */
    double cell_width; /* CRS units */
    double cell_height;
};

/** A run of columns and rows of a level, north row first. */
struct raster_window {
    int column;
    int row;
    int width;
    int height;
};

/** 1 for values, 4 for colours and palettes. */
int raster_value_count(const struct raster_bands *bands);

/**
 * Reads a window as struct source_raster has it.
 * @param values  room for width * height * raster_value_count() numbers
 * @return false when GDAL could not read (it has said why) or there is no memory
 */
bool raster_read_cells(const struct raster_bands *bands, struct raster_level level,
                       struct raster_window window, float *values);

#endif
