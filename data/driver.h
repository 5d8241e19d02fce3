/*
 * driver.h - the file formats that layers may have, by the names GDAL gives them.
 *
 * There are over two hundred drivers in GDAL and it chooses among them by content; these few are
 * all that the program registers, and each file is opened with exactly the one its record names.
 */
#ifndef DATA_DRIVER_H
#define DATA_DRIVER_H

#include "data/catalogue.h"

#define DRIVER_SIDECAR_MAX 3

struct driver {
    const char *name;      /* GPKG, FlatGeobuf, GeoJSON, "ESRI Shapefile", GTiff */
    enum layer_kind kind;  /* what is read with it */
    const char *extension; /* a file must end with it, capitals or not; NULL: any name */
    /* Files beside it that are read too, up to NULL: "*" is the file's name, "~" that without extension. */
    const char *sidecars[DRIVER_SIDECAR_MAX];
};

/** The driver of that name, or NULL. Borrowed for ever. */
const struct driver *driver_find(const char *name);

/** The names of all drivers, NULL-terminated. Borrowed for ever. */
const char *const *driver_names(void);

#endif
