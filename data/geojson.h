/*
 * geojson.h - features as GeoJSON (RFC 7946), read with limits and written back.
 *
 * The geometry is of the symbol's kind: (Multi)Point, (Multi)LineString or (Multi)Polygon. Properties:
 *
 *   symbol     "nl@1/bw.ugs;st=planned": the code (symbol_code.h), texts in it allowed; required. Without
 *              "nl@1/" it is of the set that the plot is drawn with; written it always names its set
 *   texts      {"n": name, "c": count, "t": time, "o": organisation, "h": hazard plate, "v": casualties,
 *              "r": remark}; what stands here goes before what stands in the code
 *   owner      the organisation that answers for it
 *   source     where it is known from
 *   validFrom  "2026-09-15T10:30:00Z": drawn from then on; absent: from ever
 *   validTo    drawn until just before then; absent: without end
 *   template   for a Point, the source that an area spreads from, degrees and metres:
 *              {"type": "plume", "bearing": 45, "opening": 30, "length": 5000, "sourceRadius": 100} or
 *              {"type": "rings", "radii": [500, 1000]}
 *   revision, recorded   written for readers; not read
 *
 * Read: all faults of a file are named, each with its feature; unknown properties, deprecated symbols and
 * what a symbol does not show are warned about. Rings are turned as RFC 7946 wants them; heights are left
 * out. Written: coordinates with 8 decimals (1 mm), keys in a fixed order, so the same features give the same
 * bytes.
 */
#ifndef DATA_GEOJSON_H
#define DATA_GEOJSON_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct feature;
struct problems;
struct symbol_scope;

struct geojson_limits {
    size_t most_bytes; /* of the document */
    size_t most_features;
    size_t most_points;          /* of one feature */
    size_t most_corridor_points; /* of all corridors together: making areas of them takes time */
};

struct geojson_limits geojson_limits_default(void); /* 64 MiB, 1,000,000, 100,000, 2,000 */

struct feature_list {
    struct feature **items; /* one reference each, owned by the list */
    size_t count;
};
void feature_list_finish(struct feature_list *list);

/**
 * Reads a Feature or FeatureCollection. A feature without id gets one made from its content.
 * A template is expanded. Unknown symbols, bad dates, broken geometry are errors.
 * @param name      how the document is called in problems: a file name or "body"
 * @param symbols   that features may have: where codes must resolve, and what the plot is drawn with
 * @return false when there are errors; the list is then empty
 */
bool geojson_read(const char *name, const char *json, size_t length, struct geojson_limits limits,
                  const struct symbol_scope *symbols, struct feature_list *list, struct problems *problems);

void geojson_write_feature(const struct feature *feature, struct buffer *buffer);
void geojson_write_collection(const struct feature *const *features, size_t count, struct buffer *buffer);

#endif
