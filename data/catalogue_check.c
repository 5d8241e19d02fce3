/*
 * catalogue_check.c - the part of catalogue.h that opens the files and reads them.
 *
 * Vector files are read whole, in order and by their spatial index; of a raster two pictures of all and its
 * last cells, which lie at the end of the file when it is cut short.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "symbology/style.h"

static const struct bbox everywhere = {-1e10, -1e10, 1e10, 1e10}; /* beyond it there is no place */
static const double overview_px = 256;
static const double detail_px = 1000; /* small rasters are read whole */

/* One layer at its place in the list, and where to write what is wrong with it. */
struct layer_check {
    const struct layer *layer;
    size_t index;
    struct problems *problems;
};

static void report(const struct layer_check *check, enum problem_level level, const char *field,
                   const char *sentence)
{
    char path[64];
    snprintf(path, sizeof path, "layers[%zu].%s", check->index, field);
    problems_add(check->problems, level, check->layer->file, check->layer->line, path, "%s", sentence);
}

static void check_attribute(const struct layer_check *check, const struct source *source, const char *name)
{
    if (!source_has_attribute(source, name)) {
        char sentence[200];
        snprintf(sentence, sizeof sentence, "asks for the attribute '%.80s', which the file does not have",
                 name);
        report(check, PROBLEM_WARNING, "style", sentence);
    }
}

static void check_attributes(const struct layer_check *check, const struct source *source)
{
    const struct style *style = check->layer->style;
    for (size_t i = 0; i < style->attribute_count; i++) {
        check_attribute(check, source, style->attributes[i].name);
    }
}

static void check_crs(const struct layer_check *check, const struct source *source,
                      struct crs_context *context)
{
    struct fault fault = {FAULT_NONE, ""};
    if (!crs_find(context, source_crs_code(source), &fault)) {
        report(check, PROBLEM_ERROR, "crs", fault.message);
    }
}

static void check_speed(const struct layer_check *check, const struct source *source)
{
    if (source_is_quick(source)) {
        return;
    }
    report(
        check, PROBLEM_WARNING, "path",
        check->layer->kind == LAYER_VECTOR
            ? "has no spatial index, so every picture reads the whole file (ogr2ogr -f FlatGeobuf makes one)"
            : "has no overviews, so small scales read the whole file, or are not drawn (gdaladdo makes "
              "them)");
}

static bool pass_over(const struct source_feature *feature, void *context)
{
    (void)feature;
    (void)context;
    return true;
}

/* A box around all makes GDAL read in order; a half of it, by the file's spatial index. */
static bool read_features(struct source *source, struct fault *fault)
{
    struct bbox all = source_extent(source);
    struct bbox west = {all.min_x, all.min_y, bbox_centre(all).x, all.max_y};
    struct bbox east = {bbox_centre(all).x, all.min_y, all.max_x, all.max_y};
    return source_read_vector(source, everywhere, pass_over, NULL, fault) &&
           source_read_vector(source, west, pass_over, NULL, fault) &&
           source_read_vector(source, east, pass_over, NULL, fault);
}

static bool read_cells(struct source *source, struct bbox box, double units_per_px, struct fault *fault)
{
    struct source_raster raster;
    if (!source_read_raster(source, box, units_per_px, &raster, fault)) {
        return false;
    }
    source_raster_finish(&raster);
    return true;
}

static bool read_pictures_and_end(struct source *source, struct fault *fault)
{
    struct bbox all = source_extent(source);
    struct bbox end = {all.max_x, all.min_y, all.max_x, all.min_y};
    double size = fmax(bbox_width(all), bbox_height(all));
    if (!read_cells(source, end, DBL_MIN, fault)) {
        return false;
    }
    bool is_read = read_cells(source, all, size / overview_px, fault) &&
                   read_cells(source, all, size / detail_px, fault);
    return is_read || (fault->code == FAULT_LIMIT && !source_is_quick(source)); /* that was said already */
}

static void check_content(const struct layer_check *check, struct source *source)
{
    struct fault fault = {FAULT_NONE, ""};
    bool is_read = check->layer->kind == LAYER_VECTOR ? read_features(source, &fault)
                                                      : read_pictures_and_end(source, &fault);
    if (!is_read) {
        fault_prefix(&fault, "%s: ", check->layer->path);
        report(check, PROBLEM_ERROR, "path", fault.message);
    }
}

static void check_layer(const struct layer_check *check, struct crs_context *context)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(check->layer, &fault);
    if (!source) {
        report(check, PROBLEM_ERROR, "path", fault.message);
        return;
    }
    check_crs(check, source, context);
    check_speed(check, source);
    if (bbox_is_empty(source_extent(source))) {
        report(check, PROBLEM_WARNING, "path", "has nothing in it");
    }
    if (check->layer->kind == LAYER_VECTOR) {
        check_attributes(check, source);
    }
    check_content(check, source);
    if (check->layer->credit[0] == '\0') {
        report(check, PROBLEM_WARNING, "credit", "is missing: nothing is printed for it under sources");
    }
    source_close(source);
}

void catalogue_check_files(const struct catalogue *catalogue, struct crs_context *context,
                           struct problems *problems)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        struct layer_check check = {catalogue_at(catalogue, i), i, problems};
        check_layer(&check, context);
    }
}
