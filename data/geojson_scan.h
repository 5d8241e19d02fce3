/*
 * geojson_scan.h - a GeoJSON document taken apart before it is parsed.
 *
 * JSON as a tree takes some ten times the memory of its text. So the features of a collection are found
 * first, each as a slice of the text that is parsed for itself, and what remains, the frame, is parsed with
 * an empty "features". Depth and number of values are limited here, before any tree is made.
 */
#ifndef DATA_GEOJSON_SCAN_H
#define DATA_GEOJSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buffer.h"

struct fault;

struct geojson_scan_limits {
    size_t most_features;
    size_t most_values; /* of one feature, or of the frame */
};

/** Text of one feature, borrowed from the document. */
struct geojson_slice {
    const char *bytes;
    size_t length;
    int line; /* where it begins, from 1 */
};

struct geojson_scan {
    struct buffer frame; /* the document without its features; its lines are those of the document */
    struct geojson_slice *features; /* owned */
    size_t feature_count;
    size_t feature_capacity;
    bool has_features; /* there is an array "features" */
    int line;          /* where the fault is */
};

/**
 * Finds the features. What it accepts need not be JSON: frame and slices are still to be parsed.
 * @return false with an INPUT or LIMIT fault. geojson_scan_finish() in either case.
 */
bool geojson_scan_read(struct geojson_scan *scan, const char *json, size_t length,
                       struct geojson_scan_limits limits, struct fault *fault);
void geojson_scan_finish(struct geojson_scan *scan);

#endif
