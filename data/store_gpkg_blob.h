/*
 * store_gpkg_blob.h - a shape as the bytes of a GeoPackage geometry column.
 *
 * A GeoPackage blob (OGC 12-128r17, 2.1.3) is a header with CRS and envelope before the well-known binary
 * of OGC Simple Features. Written little-endian; either byte order is read. Two dimensions only.
 */
#ifndef DATA_STORE_GPKG_BLOB_H
#define DATA_STORE_GPKG_BLOB_H

#include <stddef.h>

struct buffer;
struct fault;
struct shape;

/** ETRS89, longitude before latitude as GeoPackage wants it: the CRS of every blob. */
#define GPKG_BLOB_SRS_ID 4258

/** Appends the blob to buffer. */
void gpkg_blob_write(const struct shape *shape, struct buffer *buffer);

/** Owned, shape_free(). NULL with an INPUT fault when the bytes are no blob, cut off or of another kind. */
struct shape *gpkg_blob_read(const void *bytes, size_t length, struct fault *fault);

#endif
