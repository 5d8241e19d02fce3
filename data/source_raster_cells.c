/*
 * source_raster_cells.c - bands, masks and palettes become values or colours.
 *
 * Cells of a real level are copied; only those of an imagined level are resampled, as the mean of the cells
 * below (the nearest one for palettes and whole numbers, which may be classes).
 */
#include "data/source_raster_cells.h"

#include <gdal.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"

/* Everything that stays the same while the bands of one window are read. */
struct raster_reading {
    const struct raster_bands *bands;
    struct raster_level level;
    struct raster_window window;
    GDALRIOResampleAlg resampling;
    int value_count; /* of one cell */
};

static int at_most(double number, int most)
{
    return number < most ? (int)number : most;
}

/* Reads one band, or its mask, into every value_count-th value. */
static bool read_cells(const struct raster_reading *reading, GDALRasterBandH band, float *values)
{
    double per_column = (double)GDALGetRasterBandXSize(band) / reading->level.width; /* 1 unless imagined */
    double per_row = (double)GDALGetRasterBandYSize(band) / reading->level.height;
    struct raster_window window = reading->window;
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    extra.eResampleAlg = reading->resampling;
    extra.bFloatingPointWindowValidity = true;
    extra.dfXOff = window.column * per_column;
    extra.dfYOff = window.row * per_row;
    extra.dfXSize = fmin(window.width * per_column, GDALGetRasterBandXSize(band) - extra.dfXOff);
    extra.dfYSize = fmin(window.height * per_row, GDALGetRasterBandYSize(band) - extra.dfYOff);
    int x = (int)extra.dfXOff;
    int y = (int)extra.dfYOff;
    int width = at_most(ceil(extra.dfXOff + extra.dfXSize), GDALGetRasterBandXSize(band)) - x;
    int height = at_most(ceil(extra.dfYOff + extra.dfYSize), GDALGetRasterBandYSize(band)) - y;
    GSpacing cell = (GSpacing)sizeof *values * reading->value_count;
    return GDALRasterIOEx(band, GF_Read, x, y, width, height, values, window.width, window.height,
                          GDT_Float32, cell, cell * window.width, &extra) == CE_None;
}

static GDALRasterBandH band_of_level(const struct raster_reading *reading, int number)
{
    GDALRasterBandH band = reading->bands->bands[number];
    return reading->level.overview < 0 ? band : GDALGetOverview(band, reading->level.overview);
}

static size_t cell_count(const struct raster_reading *reading)
{
    return (size_t)reading->window.width * (size_t)reading->window.height;
}

static bool is_always_valid(GDALRasterBandH band)
{
    return (GDALGetMaskFlags(band) & GMF_ALL_VALID) != 0;
}

/* Stored numbers become values; those masked out or without a number become NaN. */
static bool read_values(const struct raster_reading *reading, float *values)
{
    const struct raster_bands *bands = reading->bands;
    GDALRasterBandH band = band_of_level(reading, 0);
    size_t count = cell_count(reading);
    float *mask = is_always_valid(band) ? NULL : memory_try_new(count, sizeof *mask);
    bool is_read = read_cells(reading, band, values) &&
                   (is_always_valid(band) || (mask && read_cells(reading, GDALGetMaskBand(band), mask)));
    for (size_t i = 0; is_read && i < count; i++) {
        bool is_valid = isfinite(values[i]) && (!mask || mask[i] > 0);
        values[i] = is_valid ? (float)(values[i] * bands->scale + bands->offset) : NAN;
    }
    free(mask);
    return is_read;
}

/* The number in the first of four values becomes the colour it stands for. */
static bool read_palette_colours(const struct raster_reading *reading, float *values)
{
    static const float nothing[4] = {0};
    const struct raster_bands *bands = reading->bands;
    GDALRasterBandH band = band_of_level(reading, 0);
    if (!read_cells(reading, band, values) ||
        (!is_always_valid(band) && !read_cells(reading, GDALGetMaskBand(band), values + 3))) {
        return false;
    }
    size_t count = cell_count(reading);
    for (float *cell = values; cell < values + count * 4; cell += 4) {
        bool is_colour = cell[0] >= 0 && cell[0] < (float)bands->palette_size;
        bool is_valid = is_always_valid(band) || cell[3] > 0;
        const float *colour = is_colour && is_valid ? bands->palette[(int)cell[0]] : nothing;
        for (int i = 0; i < 4; i++) {
            cell[i] = colour[i];
        }
    }
    return true;
}

/* A cell without data in only one of three bands is a dark colour, not a hole: the largest mask counts. */
static bool raise_alpha(const struct raster_reading *reading, GDALRasterBandH mask, float *values)
{
    size_t count = cell_count(reading);
    float *alpha = memory_try_new(count, sizeof *alpha);
    struct raster_reading single = *reading;
    single.value_count = 1;
    bool is_read = alpha && read_cells(&single, mask, alpha);
    for (size_t i = 0; is_read && i < count; i++) {
        values[i * 4 + 3] = fmaxf(values[i * 4 + 3], alpha[i]);
    }
    free(alpha);
    return is_read;
}

static bool read_alpha(const struct raster_reading *reading, float *values)
{
    size_t count = cell_count(reading);
    int flags = GDALGetMaskFlags(band_of_level(reading, 0));
    if (flags & GMF_ALL_VALID) {
        for (size_t i = 0; i < count; i++) {
            values[i * 4 + 3] = 255;
        }
        return true;
    }
    bool is_read = read_cells(reading, GDALGetMaskBand(band_of_level(reading, 0)), values + 3);
    for (int i = 1; i < 3 && is_read && (flags & GMF_NODATA); i++) {
        is_read = raise_alpha(reading, GDALGetMaskBand(band_of_level(reading, i)), values);
    }
    return is_read;
}

static bool read_colours(const struct raster_reading *reading, float *values)
{
    for (int i = 0; i < 3; i++) {
        GDALRasterBandH band = band_of_level(reading, i);
        if (!band || !read_cells(reading, band, values + i)) {
            return false;
        }
    }
    return read_alpha(reading, values);
}

int raster_value_count(const struct raster_bands *bands)
{
    return bands->content == RASTER_VALUES ? 1 : 4;
}

bool raster_read_cells(const struct raster_bands *bands, struct raster_level level,
                       struct raster_window window, float *values)
{
    bool is_averaged =
        bands->content == RASTER_COLOURS || (bands->content == RASTER_VALUES && !bands->is_whole_number);
    const struct raster_reading reading = {bands, level, window,
                                           is_averaged ? GRIORA_Average : GRIORA_NearestNeighbour,
                                           raster_value_count(bands)};
    switch (bands->content) {
    case RASTER_PALETTE:
        return read_palette_colours(&reading, values);
    case RASTER_COLOURS:
        return read_colours(&reading, values);
    default:
        return read_values(&reading, values);
    }
}
