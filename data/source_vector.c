/*
 * source_vector.c - one OGR layer, read by window.
 *
 * The layer stays open. With a spatial index of its own a window is a filter of OGR's, which also compares
 * geometry exactly (and refuses what GEOS cannot read); without, we make an index of boxes, when the layer is
 * opened if its extent is not known without reading all. Whoever wants all features reads them one after the
 * other: looking one up in a GeoJSON costs more than twice as much. One scratch geometry and one text per
 * attribute are used again for every feature. Texts that are no UTF-8 end here. What a damaged file has lost
 * once is lost for all windows, so every reading says it.
 */
#include "data/source_vector.h"

#include <assert.h>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "data/source_gdal.h"
#include "data/source_geometry.h"
#include "data/source_vector_index.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/style.h"

static const size_t most_text_bytes = 4096;           /* of one attribute; longer ones count as empty */
static const GIntBig quick_feature_count = 20000;     /* opened and read within a tenth of a second */
static const GIntBig most_indexed_features = 1000000; /* some 150 MB */

/* One attribute that the style uses, and its value in the feature at hand. */
struct attribute {
    int field;
    struct buffer text;
};

struct source_vector {
    GDALDatasetH dataset;
    OGRLayerH layer;
    struct attribute *attributes; /* owned */
    const char **names;           /* owned; texts belong to the layer */
    const char **values;          /* owned; texts borrowed from attributes */
    size_t attribute_count;
    struct source_geometry geometry;   /* of the feature at hand */
    struct source_vector_index *index; /* owned; made at the first window where the file has none */
    struct source_gdal_words lasting;  /* a failure that no later reading would meet again */
    bool is_cut;                       /* the file ends before its last feature */
};

void source_vector_close(struct source_vector *vector)
{
    if (!vector) {
        return;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    GDALClose(vector->dataset);
    source_gdal_unlisten();
    for (size_t i = 0; i < vector->attribute_count; i++) {
        buffer_finish(&vector->attributes[i].text);
    }
    free(vector->attributes);
    free(vector->names);
    free(vector->values);
    source_geometry_finish(&vector->geometry);
    source_vector_index_free(vector->index);
    free(vector);
}

/* "roads, rivers": what tables there are, as much as fits into a sentence. */
static void list_tables(GDALDatasetH dataset, struct buffer *list)
{
    int count = GDALDatasetGetLayerCount(dataset);
    for (int i = 0; i < count; i++) {
        buffer_appendf(list, "%s%s", i > 0 ? ", " : "", OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
    }
}

static OGRLayerH find_table(GDALDatasetH dataset, const char *table)
{
    int count = GDALDatasetGetLayerCount(dataset);
    if (!table) {
        return count == 1 ? GDALDatasetGetLayer(dataset, 0) : NULL;
    }
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        if (strcmp(OGR_L_GetName(layer), table) == 0) {
            return layer;
        }
    }
    return NULL;
}

static void refuse_table(GDALDatasetH dataset, const struct layer *record, struct fault *fault)
{
    struct buffer list;
    buffer_init(&list, 200);
    list_tables(dataset, &list);
    if (list.length == 0) {
        fault_set(fault, FAULT_INPUT, "%s has no tables", record->path);
    } else if (record->table) {
        fault_set(fault, FAULT_INPUT, "%s has no table '%.60s'; its tables are: %s", record->path,
                  record->table, list.bytes);
    } else {
        fault_set(fault, FAULT_INPUT, "%s has several tables, name one with 'table': %s", record->path,
                  list.bytes);
    }
    buffer_finish(&list);
}

static OGRLayerH choose_table(GDALDatasetH dataset, const struct layer *record, struct fault *fault)
{
    OGRLayerH layer = find_table(dataset, record->table);
    if (!layer) {
        refuse_table(dataset, record, fault);
        return NULL;
    }
    if (OGR_L_GetGeomType(layer) == wkbNone) {
        fault_set(fault, FAULT_INPUT, "table '%s' of %s has no geometry", OGR_L_GetName(layer), record->path);
        return NULL;
    }
    return layer;
}

/* The style's attributes are remembered, all others are not even read from the file. */
static void choose_attributes(struct source_vector *vector, const struct style *style)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(vector->layer);
    size_t count = (size_t)OGR_FD_GetFieldCount(definition);
    vector->attributes = memory_new(count, sizeof *vector->attributes);
    vector->names = memory_new(count, sizeof *vector->names);
    vector->values = memory_new(count, sizeof *vector->values);
    char **ignored = CSLAddString(NULL, "OGR_STYLE");
    for (size_t i = 0; i < count; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, (int)i));
        if (!style || style_attribute_find(style, name) == STYLE_NO_ATTRIBUTE) {
            ignored = CSLAddString(ignored, name);
            continue;
        }
        struct attribute *attribute = &vector->attributes[vector->attribute_count];
        attribute->field = (int)i;
        buffer_init(&attribute->text, most_text_bytes);
        vector->names[vector->attribute_count++] = name;
    }
    if (OGR_L_TestCapability(vector->layer, OLCIgnoreFields)) {
        OGR_L_SetIgnoredFields(vector->layer, (const char **)ignored);
    }
    CSLDestroy(ignored);
}

/* The side of a box; where a place that is none has spoiled it, one beyond all places. */
static double side_of_extent(double side, double beyond)
{
    return fabs(side) <= SOURCE_FARTHEST_COORDINATE ? side : beyond;
}

static struct bbox layer_extent(OGRLayerH layer)
{
    const double beyond = SOURCE_FARTHEST_COORDINATE;
    OGREnvelope envelope;
    if (OGR_L_GetExtent(layer, &envelope, true) != OGRERR_NONE) {
        return bbox_empty();
    }
    return (struct bbox){side_of_extent(envelope.MinX, -beyond), side_of_extent(envelope.MinY, -beyond),
                         side_of_extent(envelope.MaxX, beyond), side_of_extent(envelope.MaxY, beyond)};
}

static bool can_read_last(OGRLayerH layer, GIntBig count)
{
    if (OGR_L_TestCapability(layer, OLCRandomRead)) {
        OGRFeatureH last = OGR_L_GetFeature(layer, count - 1);
        OGR_F_Destroy(last);
        return last != NULL;
    }
    GIntBig read_count = 0;
    OGRFeatureH feature = NULL;
    OGR_L_ResetReading(layer);
    while ((feature = OGR_L_GetNextFeature(layer))) {
        OGR_F_Destroy(feature);
        read_count++;
    }
    return read_count >= count;
}

/* GDAL takes the end of a FlatGeobuf that was cut short for the end of its features, and keeps silent. The
 * last one lies at the very end; its number is in the head of the file. */
static void find_cut(struct source_vector *vector, const struct layer *record)
{
    GIntBig count = OGR_L_GetFeatureCount(vector->layer, false);
    if (strcmp(record->driver, "FlatGeobuf") != 0 || count < 1) {
        return;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    bool is_whole = can_read_last(vector->layer, count);
    source_gdal_unlisten();
    vector->is_cut = !is_whole && !words.is_failure;
    vector->lasting = words.is_failure ? words : vector->lasting;
}

static bool has_index(const struct source_vector *vector)
{
    return OGR_L_TestCapability(vector->layer, OLCFastSpatialFilter);
}

/* Not for what is so large that the index would cost seconds and much memory in every process. */
static bool needs_own_index(const struct source_vector *vector)
{
    return !has_index(vector) && OGR_L_TestCapability(vector->layer, OLCRandomRead) &&
           OGR_L_GetFeatureCount(vector->layer, true) <= most_indexed_features;
}

/* What cannot be read now is not in the index, and would never be missed again. */
static void make_own_index(struct source_vector *vector)
{
    struct source_gdal_words words;
    source_gdal_listen(&words);
    vector->index = source_vector_index_new(vector->layer);
    source_gdal_unlisten();
    if (words.is_failure && !vector->lasting.is_failure) {
        vector->lasting = words;
    }
}

/* An extent that is not in the head of the file costs a reading of all; the index has it too. */
static struct bbox extent_of(struct source_vector *vector)
{
    if (OGR_L_TestCapability(vector->layer, OLCFastGetExtent) || !needs_own_index(vector)) {
        return layer_extent(vector->layer);
    }
    make_own_index(vector);
    return source_vector_index_extent(vector->index);
}

struct source_vector *source_vector_open(const struct layer *layer, struct source_place *place,
                                         struct fault *fault)
{
    GDALDatasetH dataset = source_gdal_open(layer, fault);
    if (!dataset) {
        return NULL;
    }
    struct source_gdal_words words;
    source_gdal_listen(&words);
    struct source_vector *vector = memory_new(1, sizeof *vector);
    vector->dataset = dataset;
    vector->layer = choose_table(dataset, layer, fault);
    if (vector->layer) {
        choose_attributes(vector, layer->style);
        find_cut(vector, layer);
        place->extent = extent_of(vector);
        source_gdal_crs_code(OGR_L_GetSpatialRef(vector->layer), place->crs_code);
    }
    source_gdal_unlisten();
    if (!vector->layer) {
        source_vector_close(vector);
        return NULL;
    }
    return vector;
}

bool source_vector_has_attribute(const struct source_vector *vector, const char *name)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(vector->layer);
    int field = OGR_FD_GetFieldIndex(definition, name); /* takes A for a */
    return field >= 0 && strcmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, field)), name) == 0;
}

uint64_t source_vector_feature_count(const struct source_vector *vector)
{
    GIntBig count = OGR_L_GetFeatureCount(vector->layer, false);
    return count > 0 ? (uint64_t)count : 0;
}

bool source_vector_is_quick(const struct source_vector *vector)
{
    return has_index(vector) || OGR_L_GetFeatureCount(vector->layer, true) <= quick_feature_count;
}

static void read_attribute(struct attribute *attribute, OGRFeatureH feature)
{
    attribute->text.length = 0;
    attribute->text.is_full = false;
    if (!OGR_F_IsFieldSetAndNotNull(feature, attribute->field)) {
        return;
    }
    const char *text = OGR_F_GetFieldAsString(feature, attribute->field);
    if (CPLIsUTF8(text, -1)) {
        buffer_append_text(&attribute->text, text);
        return;
    }
    char *plain = CPLForceToASCII(text, -1, '?');
    buffer_append_text(&attribute->text, plain);
    CPLFree(plain);
}

static void read_attributes(struct source_vector *vector, OGRFeatureH feature)
{
    for (size_t i = 0; i < vector->attribute_count; i++) {
        struct attribute *attribute = &vector->attributes[i];
        read_attribute(attribute, feature);
        vector->values[i] = attribute->text.length > 0 ? attribute->text.bytes : "";
    }
}

/* What is asked of the features of a window. */
struct window {
    struct bbox box;
    bool (*visit)(const struct source_feature *feature, void *context);
    void *context;
};

static bool visit_geometry(struct source_vector *vector, OGRGeometryH geometry, const struct window *window)
{
    const struct shape *shape = &vector->geometry.shape;
    const struct source_feature feature = {shape, vector->names, vector->values, vector->attribute_count};
    for (int kind = SHAPE_POINT; kind <= SHAPE_POLYGON; kind++) {
        source_geometry_read(&vector->geometry, geometry, (enum shape_kind)kind);
        if (vector->geometry.is_too_large) {
            return true; /* the next kind would forget it */
        }
        if (shape->part_count > 0 && bbox_intersects(shape->box, window->box) &&
            !window->visit(&feature, window->context)) {
            return false;
        }
    }
    return true;
}

static bool visit_feature(struct source_vector *vector, OGRFeatureH feature, const struct window *window)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (!geometry) {
        return true;
    }
    read_attributes(vector, feature);
    if (!OGR_G_HasCurveGeometry(geometry, true)) {
        return visit_geometry(vector, geometry, window);
    }
    OGRGeometryH lines = OGR_G_GetLinearGeometry(geometry, 0, NULL);
    bool goes_on = !lines || visit_geometry(vector, lines, window);
    OGR_G_DestroyGeometry(lines);
    return goes_on;
}

/* Visits one feature and gives it back to OGR; false on fault, or when the visitor has enough. */
static bool take_feature(struct source_vector *vector, OGRFeatureH feature, const struct window *window,
                         struct fault *fault)
{
    bool goes_on = visit_feature(vector, feature, window);
    if (goes_on && vector->geometry.is_too_large) {
        fault_set(fault, FAULT_LIMIT, "feature %lld has more than %d points",
                  (long long)OGR_F_GetFID(feature), SOURCE_MOST_POINTS);
        goes_on = false;
    }
    OGR_F_Destroy(feature);
    return goes_on;
}

/* In the order of reading, all that the filter of the layer lets through. */
static bool visit_in_order(struct source_vector *vector, const struct window *window, struct fault *fault)
{
    bool goes_on = true;
    OGRFeatureH feature = NULL;
    OGR_L_ResetReading(vector->layer);
    while (goes_on && (feature = OGR_L_GetNextFeature(vector->layer))) {
        goes_on = take_feature(vector, feature, window, fault);
    }
    return goes_on;
}

static bool visit_with_own_index(struct source_vector *vector, const struct window *window,
                                 struct fault *fault)
{
    size_t count = 0;
    const int64_t *numbers = source_vector_index_find(vector->index, window->box, &count);
    if (source_vector_index_is_reading_order(vector->index, count)) {
        return visit_in_order(vector, window, fault);
    }
    for (size_t i = 0; i < count; i++) {
        OGRFeatureH feature = OGR_L_GetFeature(vector->layer, numbers[i]);
        if (feature && !take_feature(vector, feature, window, fault)) {
            return false;
        }
    }
    return true;
}

static bool visit_with_filter(struct source_vector *vector, const struct window *window, struct fault *fault)
{
    struct bbox box = window->box;
    OGR_L_SetSpatialFilterRect(vector->layer, box.min_x, box.min_y, box.max_x, box.max_y);
    bool goes_on = visit_in_order(vector, window, fault);
    /* Else features are counted and indexed within this window from now on. */
    OGR_L_SetSpatialFilter(vector->layer, NULL);
    return goes_on;
}

static bool visit_all(struct source_vector *vector, const struct window *window, struct fault *fault)
{
    if (needs_own_index(vector) && !vector->index) {
        make_own_index(vector);
    }
    return vector->index ? visit_with_own_index(vector, window, fault)
                         : visit_with_filter(vector, window, fault);
}

bool source_vector_read(struct source_vector *vector, struct bbox box,
                        bool (*visit)(const struct source_feature *feature, void *context), void *context,
                        struct fault *fault)
{
    if (bbox_is_empty(box) || !bbox_is_finite(box)) {
        return true;
    }
    const struct window window = {box, visit, context};
    struct source_gdal_words words;
    source_gdal_listen(&words);
    bool goes_on = visit_all(vector, &window, fault);
    source_gdal_unlisten();
    words = words.is_failure ? words : vector->lasting;
    if (goes_on && (words.is_failure || vector->is_cut)) {
        char quote[280];
        fault_set(fault, FAULT_INPUT, "not everything in its file could be read%s%s",
                  vector->is_cut ? ": it ends before its last feature" : "",
                  source_gdal_quote(&words, quote));
        return false;
    }
    return goes_on;
}
