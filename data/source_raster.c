/*
 * source_raster.c - one GDAL raster, read by window.
 *
 * When a file is opened it is settled what its bands mean and that it lies upright in its CRS. A window is
 * then cut from the level that suits the scale.
 */
#include "data/source_raster.h"

#include <gdal.h>
#include <math.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "data/source_gdal.h"
#include "data/source_raster_cells.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/style.h"

static const size_t most_values = 64 << 20;           /* of one window: 256 MiB */
static const double most_read_cells = 500e6;          /* of one window: read in a second or two */
static const double most_block_bytes = 16 << 20;      /* of what GDAL must decode at once */
static const double quick_cell_count = 4096.0 * 4096; /* read as a whole in some hundredths of a second */

struct source_raster_file {
    GDALDatasetH dataset;
    struct raster_bands bands;
    struct bbox extent;
    bool has_classes;   /* in the layer's style: they count, not the palette of the file */
    bool is_continuous; /* by the layer's style, which has a ramp or shades hills: whole numbers are no
                           classes */
};

void source_raster_close(struct source_raster_file *file)
{
    if (!file) {
        return;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    GDALClose(file->dataset);
    source_gdal_unlisten();
    free(file);
}

static GDALRasterBandH find_colour(GDALDatasetH dataset, GDALColorInterp colour)
{
    int count = GDALGetRasterCount(dataset);
    for (int i = 1; i <= count; i++) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, i);
        if (GDALGetRasterColorInterpretation(band) == colour) {
            return band;
        }
    }
    return NULL;
}

static bool read_palette(struct source_raster_file *file)
{
    GDALColorTableH table = GDALGetRasterColorTable(file->bands.bands[0]);
    if (!table || GDALGetPaletteInterpretation(table) != GPI_RGB) {
        return false;
    }
    int count = GDALGetColorEntryCount(table);
    file->bands.palette_size = count < RASTER_PALETTE_SIZE ? count : RASTER_PALETTE_SIZE;
    for (int i = 0; i < file->bands.palette_size; i++) {
        const GDALColorEntry *entry = GDALGetColorEntry(table, i);
        file->bands.palette[i][0] = entry->c1;
        file->bands.palette[i][1] = entry->c2;
        file->bands.palette[i][2] = entry->c3;
        file->bands.palette[i][3] = entry->c4;
    }
    return true;
}

static bool choose_colours(struct source_raster_file *file)
{
    file->bands.bands[0] = find_colour(file->dataset, GCI_RedBand);
    file->bands.bands[1] = find_colour(file->dataset, GCI_GreenBand);
    file->bands.bands[2] = find_colour(file->dataset, GCI_BlueBand);
    return file->bands.bands[0] && file->bands.bands[1] && file->bands.bands[2];
}

static void choose_values(struct source_raster_file *file)
{
    file->bands.bands[0] = GDALGetRasterBand(file->dataset, 1);
    file->bands.bands[1] = file->bands.bands[2] = NULL;
    file->bands.scale = GDALGetRasterScale(file->bands.bands[0], NULL);
    file->bands.offset = GDALGetRasterOffset(file->bands.bands[0], NULL);
    GDALDataType type = GDALGetRasterDataType(file->bands.bands[0]);
    file->bands.is_whole_number = type != GDT_Float32 && type != GDT_Float64 && !file->is_continuous;
}

static bool choose_content(struct source_raster_file *file, struct fault *fault)
{
    if (GDALGetRasterCount(file->dataset) < 1) {
        fault_set(fault, FAULT_INPUT, "the raster has no bands");
        return false;
    }
    file->bands.content = RASTER_COLOURS;
    if (!choose_colours(file)) {
        choose_values(file);
        bool has_palette = !file->has_classes && read_palette(file);
        file->bands.content = has_palette ? RASTER_PALETTE : RASTER_VALUES;
        file->bands.is_whole_number = file->bands.is_whole_number || file->has_classes;
    }
    GDALDataType type = GDALGetRasterDataType(file->bands.bands[0]);
    if (file->bands.content == RASTER_COLOURS && type != GDT_Byte) {
        fault_set(fault, FAULT_INPUT,
                  "colours of type %s are not drawn: make them 8-bit (gdal_translate -ot Byte -scale)",
                  GDALGetDataTypeName(type));
        return false;
    }
    if (GDALDataTypeIsComplex(type)) {
        fault_set(fault, FAULT_INPUT, "values of type %s cannot be drawn", GDALGetDataTypeName(type));
        return false;
    }
    return true;
}

static bool find_extent(struct source_raster_file *file, struct fault *fault)
{
    double g[6] = {0}; /* x = g0 + column g1 + row g2; y = g3 + column g4 + row g5 */
    if (GDALGetGeoTransform(file->dataset, g) != CE_None) {
        fault_set(fault, FAULT_INPUT, "the raster does not say where it lies");
        return false;
    }
    if (g[2] != 0 || g[4] != 0 || !(g[1] > 0) || !(g[5] < 0)) {
        fault_set(fault, FAULT_INPUT, "the raster is rotated or upside down: set it upright with gdalwarp");
        return false;
    }
    file->extent = (struct bbox){g[0], g[3] + g[5] * GDALGetRasterYSize(file->dataset),
                                 g[0] + g[1] * GDALGetRasterXSize(file->dataset), g[3]};
    if (!bbox_is_finite(file->extent) || bbox_is_empty(file->extent)) {
        fault_set(fault, FAULT_INPUT, "the raster lies nowhere");
        return false;
    }
    return true;
}

/* GDAL shows a packed file of one piece as rows, but can only unpack it from the top. */
static bool is_one_piece(GDALDatasetH dataset, GDALRasterBandH band)
{
    return GDALGetMetadataItem(dataset, "COMPRESSION", "IMAGE_STRUCTURE") &&
           GDALGetMetadataItem(band, "BLOCK_OFFSET_0_0", "TIFF") &&
           !GDALGetMetadataItem(band, "BLOCK_OFFSET_0_1", "TIFF");
}

/* What must be unpacked together, in cells. */
static void find_block(const struct source_raster_file *file, GDALRasterBandH band, int *width, int *height)
{
    GDALGetBlockSize(band, width, height);
    if (*height == 1 && is_one_piece(file->dataset, band)) {
        *height = GDALGetRasterBandYSize(band);
    }
}

static double bytes_of_cell(const struct source_raster_file *file)
{
    GDALDataType type = GDALGetRasterDataType(file->bands.bands[0]);
    return (double)GDALGetDataTypeSizeBytes(type) * GDALGetRasterCount(file->dataset);
}

/* A file of a few bytes may ask for a block of many gigabytes. */
static bool check_blocks(const struct source_raster_file *file, GDALRasterBandH band, struct fault *fault)
{
    int width = 0;
    int height = 0;
    find_block(file, band, &width, &height);
    if ((double)width * height * bytes_of_cell(file) > most_block_bytes) {
        fault_set(fault, FAULT_LIMIT,
                  "its blocks of %d x %d cells are too large: tile it (gdal_translate -of COG)", width,
                  height);
        return false;
    }
    return true;
}

static bool check_all_blocks(const struct source_raster_file *file, struct fault *fault)
{
    GDALRasterBandH band = file->bands.bands[0];
    bool is_good = check_blocks(file, band, fault);
    for (int i = 0; is_good && i < GDALGetOverviewCount(band); i++) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        is_good = !overview || check_blocks(file, overview, fault);
    }
    return is_good;
}

struct source_raster_file *source_raster_open(const struct layer *layer, struct source_place *place,
                                              struct fault *fault)
{
    GDALDatasetH dataset = source_gdal_open(layer, fault);
    if (!dataset) {
        return NULL;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    struct source_raster_file *file = memory_new(1, sizeof *file);
    file->dataset = dataset;
    const struct style *style = layer->style;
    file->has_classes = style && style->class_count > 0;
    file->is_continuous = style && (style->ramp_count > 0 || style->is_hillshade);
    bool is_good = choose_content(file, fault) && find_extent(file, fault) && check_all_blocks(file, fault);
    if (is_good) {
        place->extent = file->extent;
        source_gdal_crs_code(GDALGetSpatialRef(dataset), place->crs_code);
    }
    source_gdal_unlisten();
    if (!is_good) {
        fault_prefix(fault, "%s: ", layer->path);
        source_raster_close(file);
        return NULL;
    }
    return file;
}

bool source_raster_is_quick(const struct source_raster_file *file)
{
    double cells = (double)GDALGetRasterXSize(file->dataset) * GDALGetRasterYSize(file->dataset);
    return cells <= quick_cell_count || GDALGetOverviewCount(file->bands.bands[0]) > 0;
}

static struct raster_level level_of_size(const struct source_raster_file *file, int overview, int width,
                                         int height)
{
    return (struct raster_level){overview, width, height, bbox_width(file->extent) / width,
                                 bbox_height(file->extent) / height};
}

static bool is_fine_enough(struct raster_level level, double units_per_px)
{
    double slack = 1 + 1e-6; /* an overview of exactly the wanted size is meant */
    return fmax(level.cell_width, level.cell_height) <= units_per_px * slack;
}

static struct raster_level coarsest_overview(const struct source_raster_file *file, double units_per_px)
{
    struct raster_level best =
        level_of_size(file, -1, GDALGetRasterXSize(file->dataset), GDALGetRasterYSize(file->dataset));
    for (int i = 0; i < GDALGetOverviewCount(file->bands.bands[0]); i++) {
        GDALRasterBandH overview = GDALGetOverview(file->bands.bands[0], i);
        int width = overview ? GDALGetRasterBandXSize(overview) : 0;
        int height = overview ? GDALGetRasterBandYSize(overview) : 0;
        if (width < 1 || height < 1 || width >= best.width) {
            continue;
        }
        struct raster_level level = level_of_size(file, i, width, height);
        best = is_fine_enough(level, units_per_px) ? level : best;
    }
    return best;
}

static struct raster_level choose_level(const struct source_raster_file *file, double units_per_px)
{
    struct raster_level level = coarsest_overview(file, units_per_px);
    while (level.width > 1 && level.height > 1) {
        struct raster_level half =
            level_of_size(file, level.overview, (level.width + 1) / 2, (level.height + 1) / 2);
        if (!is_fine_enough(half, units_per_px)) {
            break;
        }
        level = half;
    }
    return level;
}

static int within(double number, int most)
{
    return number <= 0 ? 0 : number >= most ? most : (int)number;
}

/* The cells around the box and one more on each side; width 0 when there are none. */
static struct raster_window choose_window(const struct source_raster_file *file, struct raster_level level,
                                          struct bbox box)
{
    int first_column = within(floor((box.min_x - file->extent.min_x) / level.cell_width) - 1, level.width);
    int end_column = within(ceil((box.max_x - file->extent.min_x) / level.cell_width) + 1, level.width);
    int first_row = within(floor((file->extent.max_y - box.max_y) / level.cell_height) - 1, level.height);
    int end_row = within(ceil((file->extent.max_y - box.min_y) / level.cell_height) + 1, level.height);
    if (first_column >= end_column || first_row >= end_row) {
        return (struct raster_window){0};
    }
    return (struct raster_window){first_column, first_row, end_column - first_column, end_row - first_row};
}

static struct bbox window_box(const struct source_raster_file *file, struct raster_level level,
                              struct raster_window window)
{
    return (struct bbox){file->extent.min_x + window.column * level.cell_width,
                         file->extent.max_y - (window.row + window.height) * level.cell_height,
                         file->extent.min_x + (window.column + window.width) * level.cell_width,
                         file->extent.max_y - window.row * level.cell_height};
}

/* Bytes of the blocks that a row of cells lies in: more than GDAL keeps are unpacked anew for each row. */
static double bytes_of_row(const struct source_raster_file *file, GDALRasterBandH real, double cells)
{
    int width = 0;
    int height = 0;
    find_block(file, real, &width, &height);
    double blocks = fmin(ceil(cells / width) + 1, ceil((double)GDALGetRasterBandXSize(real) / width));
    return blocks * width * height * bytes_of_cell(file);
}

/* An imagined level is made of the cells of a real one: without overviews these may be all of the file. */
static bool check_work(const struct source_raster_file *file, struct raster_level level,
                       struct raster_window window, struct fault *fault)
{
    GDALRasterBandH band = file->bands.bands[0];
    GDALRasterBandH real = level.overview < 0 ? band : GDALGetOverview(band, level.overview);
    double width = (double)window.width * GDALGetRasterBandXSize(real) / level.width;
    double height = (double)window.height * GDALGetRasterBandYSize(real) / level.height;
    if (width * height > most_read_cells) {
        fault_set(
            fault, FAULT_LIMIT,
            "it has %.0f million cells here and no overview for this scale: make overviews with gdaladdo",
            width * height / 1e6);
        return false;
    }
    if (bytes_of_row(file, real, width) > SOURCE_BLOCK_CACHE_BYTES) {
        fault_set(fault, FAULT_LIMIT,
                  "its blocks are too large for so wide a window: tile it (gdal_translate -of COG)");
        return false;
    }
    return true;
}

static float *read_window(const struct source_raster_file *file, struct raster_level level,
                          struct raster_window window, struct fault *fault)
{
    size_t count = (size_t)window.width * (size_t)window.height * (size_t)raster_value_count(&file->bands);
    if (count > most_values) {
        fault_set(fault, FAULT_LIMIT, "a window of %d x %d cells is too large", window.width, window.height);
        return NULL;
    }
    float *values = memory_try_new(count, sizeof *values);
    if (!values) {
        fault_set(fault, FAULT_MEMORY, "no memory for a window of %d x %d cells", window.width,
                  window.height);
        return NULL;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    bool is_read = raster_read_cells(&file->bands, level, window, values);
    source_gdal_unlisten();
    if (!is_read || words.is_failure) {
        char quote[280];
        fault_set(fault, FAULT_INPUT, "the cells cannot be read%s", source_gdal_quote(&words, quote));
        free(values);
        return NULL;
    }
    return values;
}

bool source_raster_read(struct source_raster_file *file, struct bbox box, double units_per_px,
                        struct source_raster *raster, struct fault *fault)
{
    *raster = (struct source_raster){.box = bbox_empty()};
    if (!bbox_is_finite(box) || bbox_is_empty(box)) {
        return true;
    }
    struct raster_level level = choose_level(file, units_per_px);
    struct raster_window window = choose_window(file, level, box);
    if (window.width == 0) {
        return true;
    }
    raster->values = check_work(file, level, window, fault) ? read_window(file, level, window, fault) : NULL;
    if (!raster->values) {
        return false;
    }
    raster->width = window.width;
    raster->height = window.height;
    raster->band_count = raster_value_count(&file->bands);
    raster->box = window_box(file, level, window);
    return true;
}
