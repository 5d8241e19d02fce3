/*
 * source.c - checks a record against the file system before GDAL sees its name, then hands on.
 *
 * Exactly one of vector and raster is set.
 */
#include "data/source.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "data/catalogue.h"
#include "data/driver.h"
#include "data/source_gdal.h"
#include "data/source_raster.h"
#include "data/source_vector.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"

struct source {
    char *layer_id; /* owned; for faults */
    struct source_place place;
    struct source_vector *vector;
    struct source_raster_file *raster;
};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcasecmp(text + length - strlen(end), end) == 0;
}

static bool check_driver(const struct layer *layer, struct fault *fault)
{
    const struct driver *driver = driver_find(layer->driver);
    if (!driver || driver->kind != layer->kind) {
        fault_set(fault, FAULT_INPUT, "'%.40s' is no driver for %s layers", layer->driver,
                  layer->kind == LAYER_VECTOR ? "vector" : "raster");
        return false;
    }
    if (driver->extension && !ends_with(layer->path, driver->extension)) {
        fault_set(fault, FAULT_INPUT, "%s must end with %s for %s", layer->path, driver->extension,
                  driver->name);
        return false;
    }
    return true;
}

/* GDAL takes names for addresses, archives and documents; only an absolute name of a real file is none of
 * these. */
static bool check_file(const char *path, struct fault *fault)
{
    if (path[0] != '/' || strncmp(path, "/vsi", 4) == 0) {
        fault_set(fault, FAULT_INPUT, "'%.200s' is not the absolute path of a file", path);
        return false;
    }
    struct stat status;
    if (stat(path, &status) != 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "%s: %s", path, strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        fault_set(fault, FAULT_INPUT, "%s is not a file", path);
        return false;
    }
    return true;
}

static bool settle_crs(struct source_place *place, const struct layer *layer, struct fault *fault)
{
    if (layer->crs_code) {
        snprintf(place->crs_code, sizeof place->crs_code, "%s", layer->crs_code);
        return true;
    }
    if (place->crs_code[0] == '\0') {
        fault_set(fault, FAULT_INPUT, "%s names no coordinate reference system: set 'crs' in the catalogue",
                  layer->path);
        return false;
    }
    return true;
}

static bool open_file(struct source *source, const struct layer *layer, struct fault *fault)
{
    if (!check_driver(layer, fault) || !check_file(layer->path, fault)) {
        return false;
    }
    if (layer->kind == LAYER_VECTOR) {
        source->vector = source_vector_open(layer, &source->place, fault);
    } else {
        source->raster = source_raster_open(layer, &source->place, fault);
    }
    return (source->vector || source->raster) && settle_crs(&source->place, layer, fault);
}

struct source *source_open(const struct layer *layer, struct fault *fault)
{
    struct source *source = memory_new(1, sizeof *source);
    source->layer_id = memory_copy_text(layer->id);
    if (!open_file(source, layer, fault)) {
        fault_prefix(fault, "layer '%s': ", layer->id);
        source_close(source);
        return NULL;
    }
    return source;
}

void source_close(struct source *source)
{
    if (!source) {
        return;
    }
    source_vector_close(source->vector);
    source_raster_close(source->raster);
    free(source->layer_id);
    free(source);
}

const char *source_crs_code(const struct source *source)
{
    return source->place.crs_code;
}

struct bbox source_extent(const struct source *source)
{
    return source->place.extent;
}

bool source_has_attribute(const struct source *source, const char *name)
{
    return source->vector && source_vector_has_attribute(source->vector, name);
}

uint64_t source_feature_count(const struct source *source)
{
    return source->vector ? source_vector_feature_count(source->vector) : 0;
}

bool source_is_quick(const struct source *source)
{
    return source->vector ? source_vector_is_quick(source->vector) : source_raster_is_quick(source->raster);
}

/* A visitor that notes when it was the visitor who stopped: then there is no fault to prefix. */
struct visitor {
    bool (*visit)(const struct source_feature *feature, void *context);
    void *context;
    bool has_stopped;
};

static bool visit_once(const struct source_feature *feature, void *context)
{
    struct visitor *visitor = context;
    visitor->has_stopped = !visitor->visit(feature, visitor->context);
    return !visitor->has_stopped;
}

bool source_read_vector(struct source *source, struct bbox box,
                        bool (*visit)(const struct source_feature *feature, void *context), void *context,
                        struct fault *fault)
{
    assert(source->vector);
    struct visitor visitor = {visit, context, false};
    bool is_read = source_vector_read(source->vector, box, visit_once, &visitor, fault);
    if (!is_read && !visitor.has_stopped) {
        fault_prefix(fault, "layer '%s': ", source->layer_id);
    }
    return is_read;
}

bool source_read_raster(struct source *source, struct bbox box, double units_per_px,
                        struct source_raster *raster, struct fault *fault)
{
    assert(source->raster && units_per_px > 0);
    if (!source_raster_read(source->raster, box, units_per_px, raster, fault)) {
        fault_prefix(fault, "layer '%s': ", source->layer_id);
        return false;
    }
    return true;
}

void source_raster_finish(struct source_raster *raster)
{
    free(raster->values);
    *raster = (struct source_raster){0};
}
