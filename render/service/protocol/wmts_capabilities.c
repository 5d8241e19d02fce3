/*
 * wmts_capabilities.c - XML in the order of the schema. TopLeftCorner is in the axis order of the CRS's
 * definition.
 */
#include "render/service/protocol/wmts_capabilities.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "geo/tile_matrix_set.h"
#include "render/service/config.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"
#include "render/encode/tile_form.h"

static void append_operation(struct buffer *xml, const char *name, const char *base_url)
{
    buffer_appendf(xml, "<ows:Operation name=\"%s\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"", name);
    buffer_append_xml(xml, base_url);
    buffer_append_text(xml, "/wmts?\"><ows:Constraint name=\"GetEncoding\"><ows:AllowedValues><ows:Value>KVP"
                            "</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP>"
                            "</ows:Operation>\n");
}

static void append_head(struct buffer *xml, const char *base_url)
{
    buffer_append_text(
        xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\""
             " xmlns:ows=\"http://www.opengis.net/ows/1.1\""
             " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
             " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
             " xsi:schemaLocation=\"http://www.opengis.net/wmts/1.0"
             " http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd\" version=\"1.0.0\">\n"
             "<ows:ServiceIdentification><ows:Title>Plottafel</ows:Title>"
             "<ows:ServiceType>OGC WMTS</ows:ServiceType>"
             "<ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>\n"
             "<ows:OperationsMetadata>\n");
    append_operation(xml, "GetCapabilities", base_url);
    append_operation(xml, "GetTile", base_url);
    buffer_append_text(xml, "</ows:OperationsMetadata>\n<Contents>\n");
}

static int compare_moments(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Adds the moments of one plot to a sorted text list of the map. */
static bool append_plot_moments(struct service *service, const char *name, struct buffer *moments,
                                struct fault *fault)
{
    struct plot *plot = plot_keeper_get(service->plots, name, fault);
    if (!plot) {
        return false;
    }
    size_t count;
    const int64_t *own = plot_moments(plot, &count);
    buffer_append(moments, own, count * sizeof(*own));
    plot_unref(plot);
    return true;
}

static void append_values(struct buffer *xml, struct buffer *moments)
{
    size_t count = moments->length / sizeof(int64_t);
    int64_t *sorted = (int64_t *)(void *)moments->bytes;
    char text[32];
    if (count > 0) {
        qsort(sorted, count, sizeof(*sorted), compare_moments);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
            buffer_appendf(xml, "<Value>%s</Value>", moment_format(sorted[i], text));
        }
    }
}

static bool append_dimension(struct service *service, const struct map *map, struct buffer *xml,
                             struct fault *fault)
{
    struct buffer moments;
    bool is_known = true;
    buffer_init(&moments, 1u << 20);
    for (size_t i = 0; is_known && i < map->item_count; i++) {
        is_known = !map->items[i].plot || append_plot_moments(service, map->items[i].plot, &moments, fault);
    }
    if (is_known) {
        buffer_append_text(xml, "<Dimension><ows:Identifier>time</ows:Identifier><ows:UOM>ISO8601</ows:UOM>"
                                "<Default>current</Default><Current>true</Current><Value>current</Value>");
        append_values(xml, &moments);
        buffer_append_text(xml, "</Dimension>\n");
    }
    buffer_finish(&moments);
    return is_known;
}

/* The palettes are the styles; "default" is the map's own, whichever that is. */
static void append_styles(struct buffer *xml, const char *base_url, const char *map_id)
{
    for (int palette = 0; palette < PALETTE_COUNT; palette++) {
        const char *name = palette_name((enum palette)palette);
        bool is_own = palette == PALETTE_DEFAULT;
        buffer_appendf(xml,
                       "<Style%s><ows:Identifier>%s</ows:Identifier>"
                       "<LegendURL format=\"image/png\" xlink:href=\"",
                       is_own ? " isDefault=\"true\"" : "", name);
        buffer_append_xml(xml, base_url);
        buffer_appendf(xml, "/maps/%s/legend.png%s%s\"/></Style>\n", map_id,
                       is_own ? "" : "?palette=", is_own ? "" : name);
    }
}

/* What a map's tiles are offered as; a JPEG cannot be transparent. */
static bool is_offered(const struct map *map, enum tile_format format)
{
    return format != TILE_MVT && (format != TILE_JPEG || map->background.alpha == 255);
}

static const char *format_text(enum tile_format format)
{
    return format == TILE_PNG_SMALL ? WMTS_SMALL_PNG : tile_format_content_type(format);
}

static void append_formats(struct buffer *xml, const struct map *map)
{
    for (int format = 0; format < TILE_FORMAT_COUNT; format++) {
        if (is_offered(map, (enum tile_format)format)) {
            buffer_appendf(xml, "<Format>%s</Format>", format_text((enum tile_format)format));
        }
    }
    buffer_append_text(xml, "\n");
}

static void append_addresses(struct buffer *xml, const char *base_url, const struct map *map)
{
    for (int format = 0; format < TILE_FORMAT_COUNT; format++) {
        if (!is_offered(map, (enum tile_format)format)) {
            continue;
        }
        buffer_appendf(xml, "<ResourceURL format=\"%s\" resourceType=\"tile\" template=\"",
                       format_text((enum tile_format)format));
        buffer_append_xml(xml, base_url);
        buffer_appendf(xml,
                       "/wmts/%s/{style}/{time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.%s\"/>\n",
                       map->id, tile_format_name((enum tile_format)format));
    }
}

/* GDAL and QGIS draw nothing outside of a layer's box, so every feature of its plots must lie inside. */
static bool find_box(struct service *service, const struct map *map, struct bbox *box, struct fault *fault)
{
    *box = map->extent_deg;
    for (size_t i = 0; i < map->item_count; i++) {
        if (!map->items[i].plot) {
            continue;
        }
        struct plot *plot = plot_keeper_get(service->plots, map->items[i].plot, fault);
        if (!plot) {
            return false;
        }
        for (size_t j = 0; j < plot_count(plot); j++) {
            *box = bbox_union(*box, plot_at(plot, j)->shape->box);
        }
        plot_unref(plot);
    }
    return true;
}

static bool append_layer(struct service *service, const struct map *map, struct buffer *xml,
                         struct fault *fault)
{
    struct bbox box;
    const struct tile_matrix_sets *sets = service->config->tile_matrix_sets;
    if (!find_box(service, map, &box, fault)) {
        return false;
    }
    buffer_append_text(xml, "<Layer><ows:Title>");
    buffer_append_xml(xml, multilingual_text(&map->title, LANGUAGE_NL));
    buffer_appendf(xml,
                   "</ows:Title><ows:WGS84BoundingBox><ows:LowerCorner>%.6f %.6f</ows:LowerCorner>"
                   "<ows:UpperCorner>%.6f %.6f</ows:UpperCorner></ows:WGS84BoundingBox>"
                   "<ows:Identifier>%s</ows:Identifier>\n",
                   box.min_x, box.min_y, box.max_x, box.max_y, map->id);
    append_styles(xml, service->base_url, map->id);
    append_formats(xml, map);
    if (!append_dimension(service, map, xml, fault)) {
        return false;
    }
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        buffer_appendf(xml, "<TileMatrixSetLink><TileMatrixSet>%s</TileMatrixSet></TileMatrixSetLink>\n",
                       tile_matrix_sets_at(sets, i)->id);
    }
    append_addresses(xml, service->base_url, map);
    buffer_append_text(xml, "</Layer>\n");
    return true;
}

/* "EPSG:28992" as urn:ogc:def:crs:EPSG::28992, "OGC:CRS84" as urn:ogc:def:crs:OGC:1.3:CRS84 */
static void append_crs_urn(struct buffer *xml, const char *crs_code)
{
    const char *colon = strchr(crs_code, ':');
    bool is_ogc = strncmp(crs_code, "OGC:", 4) == 0;
    buffer_appendf(xml, "urn:ogc:def:crs:%s:%s", is_ogc ? "OGC:1.3" : "EPSG:", colon ? colon + 1 : crs_code);
}

static void append_matrix(struct buffer *xml, const struct tile_matrix_set *set,
                          const struct tile_matrix *matrix)
{
    double first = set->is_north_first ? matrix->top_left.y : matrix->top_left.x;
    double second = set->is_north_first ? matrix->top_left.x : matrix->top_left.y;
    buffer_appendf(
        xml,
        "<TileMatrix><ows:Identifier>%s</ows:Identifier><ScaleDenominator>%.15g</ScaleDenominator>"
        "<TopLeftCorner>%.15g %.15g</TopLeftCorner><TileWidth>%u</TileWidth><TileHeight>%u</TileHeight>"
        "<MatrixWidth>%u</MatrixWidth><MatrixHeight>%u</MatrixHeight></TileMatrix>\n",
        matrix->id, matrix->scale_denominator, first, second, matrix->tile_size_px, matrix->tile_size_px,
        matrix->matrix_width, matrix->matrix_height);
}

static void append_set(struct buffer *xml, const struct tile_matrix_set *set)
{
    buffer_appendf(xml, "<TileMatrixSet><ows:Identifier>%s</ows:Identifier><ows:SupportedCRS>", set->id);
    append_crs_urn(xml, set->crs_code);
    buffer_append_text(xml, "</ows:SupportedCRS>");
    if (set->well_known_scale_set[0]) {
        buffer_append_text(xml, "<WellKnownScaleSet>");
        buffer_append_xml(xml, set->well_known_scale_set);
        buffer_append_text(xml, "</WellKnownScaleSet>");
    }
    buffer_append_text(xml, "\n");
    for (size_t i = 0; i < set->matrix_count; i++) {
        append_matrix(xml, set, &set->matrices[i]);
    }
    buffer_append_text(xml, "</TileMatrixSet>\n");
}

bool wmts_write_capabilities(struct service *service, struct buffer *xml, struct fault *fault)
{
    const struct config *config = service->config;
    append_head(xml, service->base_url);
    for (size_t i = 0; i < maps_count(config->maps); i++) {
        if (!append_layer(service, maps_at(config->maps, i), xml, fault)) {
            return false;
        }
    }
    for (size_t i = 0; i < tile_matrix_sets_count(config->tile_matrix_sets); i++) {
        append_set(xml, tile_matrix_sets_at(config->tile_matrix_sets, i));
    }
    buffer_append_text(xml, "</Contents>\n<ServiceMetadataURL xlink:href=\"");
    buffer_append_xml(xml, service->base_url);
    buffer_append_text(xml, "/wmts/1.0.0/WMTSCapabilities.xml\"/>\n</Capabilities>\n");
    return true;
}
