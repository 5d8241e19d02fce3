/*
 * driver.c - two tables in one order.
 *
 * The Shapefile driver finds .shx, .dbf, .prj, .cpg and .qix by itself, and would also unpack .shz and
 * open a lone .dbf: hence its extension. GeoTIFF sees overviews, mask and world file only when
 * they are named to it.
 */
#include "data/driver.h"

#include <stddef.h>
#include <string.h>

static const struct driver drivers[] = {
    {"GPKG", LAYER_VECTOR, NULL, {NULL}},
    {"FlatGeobuf", LAYER_VECTOR, NULL, {NULL}},
    {"GeoJSON", LAYER_VECTOR, NULL, {NULL}},
    {"ESRI Shapefile", LAYER_VECTOR, ".shp", {NULL}},
    {"GTiff", LAYER_RASTER, NULL, {"*.ovr", "*.msk", "~.tfw"}},
};

#define DRIVER_COUNT (sizeof drivers / sizeof drivers[0])

static const char *const names[DRIVER_COUNT + 1] = {"GPKG",           "FlatGeobuf", "GeoJSON",
                                                    "ESRI Shapefile", "GTiff",      NULL};

const struct driver *driver_find(const char *name)
{
    for (size_t i = 0; i < DRIVER_COUNT; i++) {
        if (strcmp(drivers[i].name, name) == 0) {
            return &drivers[i];
        }
    }
    return NULL;
}

const char *const *driver_names(void)
{
    return names;
}
