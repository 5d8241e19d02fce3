/*
 * routes.c - the table of all addresses. The first row that fits wins, so the special ones stand before the
 * general.
 */
#include "render/service/protocol/api_description.h"
#include "render/service/plot/events.h"
#include "render/service/protocol/feature_edits.h"
#include "render/service/protocol/features.h"
#include "render/service/protocol/health.h"
#include "render/service/protocol/map_collections.h"
#include "render/service/protocol/map_records.h"
#include "render/service/protocol/ogc_maps.h"
#include "render/service/protocol/job_results.h"
#include "render/service/protocol/plot_records.h"
#include "render/service/protocol/process_execution.h"
#include "render/service/protocol/process_jobs.h"
#include "render/service/protocol/processes.h"
#include "render/service/http/route.h"
#include "render/service/protocol/symbols.h"
#include "render/service/protocol/template_records.h"
#include "render/service/protocol/tilejson.h"
#include "render/service/protocol/vector_styles.h"
#include "render/service/protocol/verify.h"
#include "render/service/protocol/viewer.h"
#include "render/service/protocol/wmts.h"
#include "render/service/protocol/xyz.h"

#define WMTS_TILE "/wmts/{map}/{style}/{time}/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}"
#define TILE "/xyz/{map}/{tileMatrixSet}/{z}/{x}/"

#define PICTURE(ending, sentence)                                                                            \
    {                                                                                                        \
        METHOD_GET, TILE ending, xyz_handle_tile, ACCESS_READ, sentence                                      \
    }

static const struct route routes[] = {
    PICTURE("{y}@3x.png", "A tile with three dots to a pixel"),
    PICTURE("{y}@2x.png", "A tile with two dots to a pixel"),
    PICTURE("{y}.png", "A tile of a map (?as-of=TIME, revision, palette, size)"),
    PICTURE("{y}@3x.png8", "A tile of at most 256 colours with three dots to a pixel"),
    PICTURE("{y}@2x.png8", "A tile of at most 256 colours with two dots to a pixel"),
    PICTURE("{y}.png8", "A tile of a map as PNG of at most 256 colours, the nearest ones"),
    PICTURE("{y}@3x.webp", "A WebP tile with three dots to a pixel"),
    PICTURE("{y}@2x.webp", "A WebP tile with two dots to a pixel"),
    PICTURE("{y}.webp", "A tile of a map as lossless WebP"),
    PICTURE("{y}@3x.jpg", "A JPEG tile with three dots to a pixel"),
    PICTURE("{y}@2x.jpg", "A JPEG tile with two dots to a pixel"),
    PICTURE("{y}.jpg", "A tile of a map as JPEG; not of maps with a transparent background"),
    {METHOD_GET, TILE "{y}.mvt", xyz_handle_tile, ACCESS_READ, "A vector tile of a map, 512 px wide"},
    {METHOD_GET, TILE "{y}.pbf", xyz_handle_tile, ACCESS_READ, "The same"},
    {METHOD_GET, "/xyz/{map}/{tileMatrixSet}.vector.json", vector_tilejson_handle, ACCESS_READ,
     "A map's vector tiles as TileJSON 3.0.0, with their layers and fields (?as-of=TIME)"},
    {METHOD_GET, "/xyz/{map}/{tileMatrixSet}.json", tilejson_handle, ACCESS_READ,
     "A map's tiles as TileJSON 3.0.0"},
    {METHOD_GET, "/wmts", wmts_handle_kvp, ACCESS_READ, "WMTS 1.0.0 by key and value"},
    {METHOD_GET, "/wmts/1.0.0/WMTSCapabilities.xml", wmts_handle_capabilities, ACCESS_READ,
     "What the WMTS offers"},
    {METHOD_GET, WMTS_TILE ".png", wmts_handle_tile, ACCESS_READ, "A tile by the addresses of the WMTS"},
    {METHOD_GET, WMTS_TILE ".png8", wmts_handle_tile, ACCESS_READ, "The same with at most 256 colours"},
    {METHOD_GET, WMTS_TILE ".webp", wmts_handle_tile, ACCESS_READ, "The same as WebP"},
    {METHOD_GET, WMTS_TILE ".jpg", wmts_handle_tile, ACCESS_READ,
     "The same as JPEG; only of maps with an opaque background"},
    {METHOD_GET, "/maps", map_handle_list, ACCESS_READ, "All maps"},
    {METHOD_GET, "/maps/{map}", map_handle_record, ACCESS_READ,
     "A map: its layers, plots, moments, tile matrix sets"},
    {METHOD_GET, "/maps/{map}/map", ogc_map_handle, ACCESS_READ,
     "A map by OGC API Maps: any part, size and CRS; with marginalia on a sheet, on which the moment of the "
     "situation, its marking and the banner of an exercise are never off"},
    {METHOD_GET, "/maps/{map}/map.png", ogc_map_handle, ACCESS_READ, "The same as PNG"},
    {METHOD_GET, "/maps/{map}/map.png8", ogc_map_handle, ACCESS_READ, "The same with at most 256 colours"},
    {METHOD_GET, "/maps/{map}/map.webp", ogc_map_handle, ACCESS_READ, "The same as lossless WebP"},
    {METHOD_GET, "/maps/{map}/map.jpg", ogc_map_handle, ACCESS_READ, "The same as JPEG"},
    {METHOD_GET, "/maps/{map}/map.svg", ogc_map_handle, ACCESS_READ, "The same as SVG"},
    {METHOD_GET, "/maps/{map}/map.pdf", ogc_map_handle, ACCESS_READ, "The same as PDF of one page"},
    {METHOD_GET, "/collections", map_collection_handle_list, ACCESS_READ,
     "All maps, as OGC API Common describes what there is"},
    {METHOD_GET, "/collections/{map}", map_collection_handle_one, ACCESS_READ,
     "One of them: extent, CRSs, and where OGC API Maps draws it"},
    {METHOD_GET, "/collections/{map}/map", ogc_map_handle, ACCESS_READ,
     "The same map as /maps/{map}/map, where OGC API Maps has those of collections"},
    {METHOD_GET, "/maps/{map}/legend.png", map_handle_legend_png, ACCESS_READ,
     "What a window of a map shows (?tms, zoom, bbox, as-of, language, width, ratio)"},
    {METHOD_GET, "/maps/{map}/legend.svg", map_handle_legend_svg, ACCESS_READ, "The same as SVG"},
    {METHOD_GET, "/maps/{map}/legend.json", map_handle_legend_json, ACCESS_READ, "The same as a list"},
    {METHOD_GET, "/maps/{map}/style.json", vector_style_handle, ACCESS_READ,
     "How MapLibre draws the map's vector tiles (?as-of, palette)"},
    {METHOD_GET, "/maps/{map}/sprite@2x.json", vector_sprite_handle_json_2x, ACCESS_READ,
     "Where the pictures lie on the sheet with two dots to a pixel"},
    {METHOD_GET, "/maps/{map}/sprite@2x.png", vector_sprite_handle_png_2x, ACCESS_READ, "That sheet"},
    {METHOD_GET, "/maps/{map}/sprite.json", vector_sprite_handle_json, ACCESS_READ,
     "Where the pictures that the style names lie on their sheet (?v, palette)"},
    {METHOD_GET, "/maps/{map}/sprite.png", vector_sprite_handle_png, ACCESS_READ, "That sheet"},
    {METHOD_GET, "/fonts/{fontstack}/{range}.pbf", vector_glyphs_handle, ACCESS_PUBLIC,
     "256 letters as distance fields, for MapLibre"},
    {METHOD_GET, "/plots", plot_handle_list, ACCESS_READ, "All plots"},
    {METHOD_GET, "/plots/{plot}", plot_handle_record, ACCESS_READ, "A plot: its revision and moments"},
    {METHOD_GET, "/plots/{plot}/features", features_handle_list, ACCESS_READ,
     "The features of a plot as GeoJSON (?as-of, revision, bbox, limit)"},
    {METHOD_POST, "/plots/{plot}/features", features_handle_post, ACCESS_WRITE, "Adds features, all or none"},
    {METHOD_GET, "/plots/{plot}/features/{id}", features_handle_one, ACCESS_READ, "One feature"},
    {METHOD_PUT, "/plots/{plot}/features/{id}", features_handle_put, ACCESS_WRITE,
     "Replaces the version that If-Match names, or adds a feature"},
    {METHOD_DELETE, "/plots/{plot}/features/{id}", features_handle_delete, ACCESS_WRITE,
     "Removes the version that If-Match names"},
    {METHOD_GET, "/plots/{plot}/events", events_handle, ACCESS_READ,
     "Changes as they come (server-sent events)"},
    {METHOD_GET, "/symbols", symbols_handle_sets, ACCESS_PUBLIC,
     "All symbol sets, and the symbols of the default one (?q, group, geometry, language, deprecated, "
     "limit)"},
    {METHOD_GET, "/symbols/{set}", symbols_handle_list, ACCESS_PUBLIC,
     "A symbol set and its symbols, best first (?q, group, geometry, language, deprecated, limit)"},
    {METHOD_GET, "/symbols/{set}/{code}.json", symbols_handle_facts, ACCESS_PUBLIC,
     "All that is known of one symbol: names, what it accepts, what others call it"},
    {METHOD_GET, "/symbols/{set}/{code}.svg", symbols_handle_svg, ACCESS_PUBLIC,
     "One symbol as SVG (?palette, language, c, h, v)"},
    {METHOD_GET, "/symbols/{set}/{code}.png", symbols_handle_png, ACCESS_PUBLIC,
     "One symbol as PNG (?size, ratio, palette, c, h, v)"},
    {METHOD_GET, "/templates", template_handle_list, ACCESS_READ,
     "What briefings can look like: paper, scale, kind of pages"},
    {METHOD_GET, "/conformance", process_handle_conformance, ACCESS_PUBLIC,
     "The classes of OGC standards that this service keeps"},
    {METHOD_GET, "/processes", process_handle_list, ACCESS_PUBLIC, "What can be asked for: briefing"},
    {METHOD_GET, "/processes/{process}", process_handle_description, ACCESS_PUBLIC,
     "Its inputs, each with its JSON Schema"},
    {METHOD_POST, "/processes/{process}/execution", process_handle_execution, ACCESS_READ,
     "Has a briefing map made: the answer is the document if it is ready soon, else, and with Prefer: "
     "respond-async, the job"},
    {METHOD_GET, "/jobs", job_handle_list, ACCESS_READ, "Briefings, the newest first"},
    {METHOD_GET, "/jobs/{id}", job_handle_status, ACCESS_READ,
     "How far a briefing is, and what it does not show"},
    {METHOD_DELETE, "/jobs/{id}", job_handle_dismiss, ACCESS_READ,
     "Stops one's own; writers stop any, and of one that is done the document goes"},
    {METHOD_GET, "/jobs/{id}/results", job_handle_results, ACCESS_READ,
     "The document, as it was kept or made again; or the list of results that was asked for"},
    {METHOD_GET, "/jobs/{id}/results/briefing", job_handle_document, ACCESS_READ, "The document"},
    {METHOD_GET, "/verify", verify_handle_form, ACCESS_PUBLIC, "The page to check a briefing with"},
    {METHOD_POST, "/verify", verify_handle_file, ACCESS_READ,
     "Is this file an authentic, unaltered briefing, and is there a newer situation?"},
    {METHOD_GET, "/verify/{id}", verify_handle_id, ACCESS_READ,
     "What is known of the briefing with that number, and what changed since"},
    {METHOD_GET, "/briefings/key.pem", verify_handle_key, ACCESS_PUBLIC,
     "The public key that briefings are sealed with"},
    {METHOD_POST, "/briefings/preview", briefing_handle_preview, ACCESS_READ,
     "The first page of what the same inputs would give, as a small PNG that is not kept"},
    {METHOD_GET, "/healthz", health_handle_live, ACCESS_PUBLIC, "Is the process alive?"},
    {METHOD_GET, "/readyz", health_handle_ready, ACCESS_PUBLIC, "Can it draw and keep changes?"},
    {METHOD_GET, "/metrics", health_handle_metrics, ACCESS_PUBLIC, "Counters for Prometheus"},
    {METHOD_GET, "/openapi.json", api_description_handle, ACCESS_PUBLIC, "This interface as OpenAPI 3.0"},
    {METHOD_GET, "/", process_handle_landing, ACCESS_PUBLIC,
     "The viewer page; links to all of this for who asks for JSON (?f=json)"},
    {METHOD_GET, "/symbols.html", viewer_handle_symbols, ACCESS_PUBLIC, "The page of symbols"},
    {METHOD_GET, "/maplibre.html", viewer_handle_maplibre, ACCESS_PUBLIC,
     "The map as vector tiles in MapLibre"},
    {METHOD_GET, "/viewer/{file}", viewer_handle_file, ACCESS_PUBLIC, "Its files"},
};

const struct route *service_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
