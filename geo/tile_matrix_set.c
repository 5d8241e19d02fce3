/*
 * tile_matrix_set.c - tile arithmetic, and the door to jansson for the definitions.
 */
#include "geo/tile_matrix_set.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/resource.h"
#include "geo/scale.h"

#define MOST_MATRICES 40

/* A box that reaches less than this part of a tile over its edge does not touch the next tile. */
#define EDGE_TOLERANCE 1e-6

/* Made by plottafel_embed(). */
extern const struct resource *geo_resources;

struct tile_matrix_sets {
    struct tile_matrix_set **items;
    size_t count;
};

static bool copy_text(const json_t *object, const char *key, char *text, size_t capacity, struct fault *fault)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (!value || value[0] == '\0' || strlen(value) >= capacity) {
        fault_set(fault, FAULT_INPUT, "'%s' must be a text of 1 to %zu bytes", key, capacity - 1);
        return false;
    }
    memcpy(text, value, strlen(value) + 1);
    return true;
}

static bool copy_optional_text(const json_t *object, const char *key, char *text, size_t capacity,
                               struct fault *fault)
{
    text[0] = '\0';
    return !json_object_get(object, key) || copy_text(object, key, text, capacity, fault);
}

static bool read_positive(const json_t *object, const char *key, double *number, struct fault *fault)
{
    *number = json_number_value(json_object_get(object, key));
    if (!(*number > 0)) {
        fault_set(fault, FAULT_INPUT, "'%s' must be a positive number", key);
        return false;
    }
    return true;
}

static bool read_count(const json_t *object, const char *key, uint32_t *count, struct fault *fault)
{
    json_int_t number = json_integer_value(json_object_get(object, key));
    if (number < 1 || number > INT32_MAX) {
        fault_set(fault, FAULT_INPUT, "'%s' must be a whole number from 1", key);
        return false;
    }
    *count = (uint32_t)number;
    return true;
}

/* "http://www.opengis.net/def/crs/EPSG/0/28992" -> "EPSG:28992" */
static bool read_crs_code(struct tile_matrix_set *set, const json_t *object, struct fault *fault)
{
    char uri[128];
    if (!copy_text(object, "crs", uri, sizeof uri, fault)) {
        return false;
    }
    char authority[16];
    char code[16];
    int fields = sscanf(uri, "http://www.opengis.net/def/crs/%15[A-Z]/%*[0-9.]/%15[A-Z0-9]", authority, code);
    if (fields != 2) {
        fault_set(fault, FAULT_INPUT,
                  "'crs' must be a URI such as http://www.opengis.net/def/crs/EPSG/0/28992");
        return false;
    }
    snprintf(set->crs_code, sizeof set->crs_code, "%s:%s", authority, code);
    return true;
}

static bool read_axes(struct tile_matrix_set *set, const json_t *object, struct fault *fault)
{
    static const char *const north_names[] = {"Y", "N", "Lat", "Northing"};
    const char *first = json_string_value(json_array_get(json_object_get(object, "orderedAxes"), 0));
    if (!first) {
        fault_set(fault, FAULT_INPUT, "'orderedAxes' must name two axes");
        return false;
    }
    for (size_t i = 0; i < sizeof north_names / sizeof north_names[0]; i++) {
        set->is_north_first = set->is_north_first || strcmp(first, north_names[i]) == 0;
    }
    return true;
}

static bool read_origin(struct tile_matrix *matrix, const json_t *object, bool is_north_first,
                        struct fault *fault)
{
    const json_t *origin = json_object_get(object, "pointOfOrigin");
    const json_t *first = json_array_get(origin, 0);
    const json_t *second = json_array_get(origin, 1);
    if (!json_is_number(first) || !json_is_number(second)) {
        fault_set(fault, FAULT_INPUT, "'pointOfOrigin' must hold two numbers");
        return false;
    }
    matrix->top_left = (struct point){json_number_value(is_north_first ? second : first),
                                      json_number_value(is_north_first ? first : second)};
    return true;
}

static bool read_matrix(struct tile_matrix *matrix, const json_t *object, bool is_north_first,
                        struct fault *fault)
{
    uint32_t height_px = 0;
    bool is_read = copy_text(object, "id", matrix->id, sizeof matrix->id, fault) &&
                   read_positive(object, "scaleDenominator", &matrix->scale_denominator, fault) &&
                   read_positive(object, "cellSize", &matrix->cell_size, fault) &&
                   read_origin(matrix, object, is_north_first, fault) &&
                   read_count(object, "tileWidth", &matrix->tile_size_px, fault) &&
                   read_count(object, "tileHeight", &height_px, fault) &&
                   read_count(object, "matrixWidth", &matrix->matrix_width, fault) &&
                   read_count(object, "matrixHeight", &matrix->matrix_height, fault);
    if (is_read && height_px != matrix->tile_size_px) {
        fault_set(fault, FAULT_INPUT, "its tiles are not square");
        return false;
    }
    return is_read;
}

static bool is_about(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fabs(b);
}

/* Cell size and scale denominator say the same twice; where they differ, scales on maps would be wrong. */
static bool check_scale(const struct tile_matrix_set *set, const struct tile_matrix *matrix,
                        struct fault *fault)
{
    if (!is_about(scale_denominator(matrix->cell_size, set->metres_per_unit), matrix->scale_denominator)) {
        fault_set(fault, FAULT_INPUT, "'cellSize' and 'scaleDenominator' do not agree");
        return false;
    }
    if (matrix > set->matrices && matrix->cell_size >= matrix[-1].cell_size) {
        fault_set(fault, FAULT_INPUT, "is not finer than the one before it");
        return false;
    }
    return true;
}

/* Metres or degrees: the first matrix tells. */
static double guess_metres_per_unit(const struct tile_matrix *matrix)
{
    double metres = scale_units_per_px(matrix->scale_denominator, 1) / matrix->cell_size;
    return is_about(metres, 1)                         ? 1
           : is_about(metres, SCALE_METRES_PER_DEGREE) ? SCALE_METRES_PER_DEGREE
                                                       : metres;
}

static bool read_matrices(struct tile_matrix_set *set, const json_t *object, struct fault *fault)
{
    const json_t *list = json_object_get(object, "tileMatrices");
    size_t count = json_array_size(list);
    if (count < 1 || count > MOST_MATRICES) {
        fault_set(fault, FAULT_INPUT, "'tileMatrices' must hold 1 to %d of them", MOST_MATRICES);
        return false;
    }
    set->matrices = memory_new(count, sizeof *set->matrices);
    for (size_t i = 0; i < count; i++) {
        struct tile_matrix *matrix = &set->matrices[set->matrix_count++];
        if (!read_matrix(matrix, json_array_get(list, i), set->is_north_first, fault)) {
            fault_prefix(fault, "tileMatrices[%zu]: ", i);
            return false;
        }
        set->metres_per_unit = i == 0 ? guess_metres_per_unit(matrix) : set->metres_per_unit;
        if (!check_scale(set, matrix, fault)) {
            fault_prefix(fault, "tileMatrices[%zu]: ", i);
            return false;
        }
    }
    return true;
}

struct tile_matrix_set *tile_matrix_set_read(const char *json, size_t length, struct fault *fault)
{
    json_error_t error;
    json_t *object = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
    if (!object) {
        fault_set(fault, FAULT_INPUT, "line %d: %s", error.line, error.text);
        return NULL;
    }
    struct tile_matrix_set *set = memory_new(1, sizeof *set);
    bool is_read = copy_text(object, "id", set->id, sizeof set->id, fault) &&
                   copy_text(object, "title", set->title, sizeof set->title, fault) &&
                   copy_optional_text(object, "uri", set->uri, sizeof set->uri, fault) &&
                   copy_optional_text(object, "wellKnownScaleSet", set->well_known_scale_set,
                                      sizeof set->well_known_scale_set, fault) &&
                   read_crs_code(set, object, fault) && read_axes(set, object, fault) &&
                   read_matrices(set, object, fault);
    json_decref(object);
    if (!is_read) {
        tile_matrix_set_free(set);
        return NULL;
    }
    return set;
}

void tile_matrix_set_free(struct tile_matrix_set *set)
{
    if (!set) {
        return;
    }
    free(set->matrices);
    free(set);
}

static bool is_definition(const struct resource *resource)
{
    return strncmp(resource->name, "tile_matrix_sets/", strlen("tile_matrix_sets/")) == 0;
}

struct tile_matrix_sets *tile_matrix_sets_new(struct fault *fault)
{
    struct tile_matrix_sets *sets = memory_new(1, sizeof *sets);
    for (const struct resource *resource = geo_resources; resource->name; resource++) {
        if (!is_definition(resource)) {
            continue;
        }
        struct tile_matrix_set *set = tile_matrix_set_read(resource->bytes, resource->length, fault);
        if (!set) {
            fault_prefix(fault, "%s: ", resource->name);
            tile_matrix_sets_free(sets);
            return NULL;
        }
        sets->items = memory_resize(sets->items, sets->count + 1, sizeof *sets->items);
        sets->items[sets->count++] = set;
    }
    return sets;
}

void tile_matrix_sets_free(struct tile_matrix_sets *sets)
{
    if (!sets) {
        return;
    }
    for (size_t i = 0; i < sets->count; i++) {
        tile_matrix_set_free(sets->items[i]);
    }
    free(sets->items);
    free(sets);
}

size_t tile_matrix_sets_count(const struct tile_matrix_sets *sets)
{
    return sets->count;
}

const struct tile_matrix_set *tile_matrix_sets_at(const struct tile_matrix_sets *sets, size_t index)
{
    assert(index < sets->count);
    return sets->items[index];
}

const struct tile_matrix_set *tile_matrix_sets_find(const struct tile_matrix_sets *sets, const char *id)
{
    for (size_t i = 0; i < sets->count; i++) {
        const struct tile_matrix_set *set = sets->items[i];
        if (strcmp(set->id, id) == 0 || strcasecmp(set->crs_code, id) == 0) {
            return set;
        }
    }
    return NULL;
}

/* "EPSG:28992:04" -> "04" for a set in EPSG:28992 */
static const char *skip_crs(const struct tile_matrix_set *set, const char *matrix_id)
{
    size_t length = strlen(set->crs_code);
    bool has_crs = strncasecmp(matrix_id, set->crs_code, length) == 0 && matrix_id[length] == ':';
    return has_crs ? matrix_id + length + 1 : matrix_id;
}

bool tile_matrix_set_find_zoom(const struct tile_matrix_set *set, const char *matrix_id, uint32_t *zoom)
{
    const char *id = skip_crs(set, matrix_id);
    if (strlen(id) == 2 && id[0] == '0') {
        id++;
    }
    for (size_t i = 0; i < set->matrix_count; i++) {
        if (strcmp(set->matrices[i].id, id) == 0) {
            *zoom = (uint32_t)i;
            return true;
        }
    }
    return false;
}

bool tile_address_check(const struct tile_matrix_set *set, struct tile_address address, struct fault *fault)
{
    if (address.zoom >= set->matrix_count) {
        fault_set(fault, FAULT_OUTSIDE, "%s has tile matrices 0 to %zu, not %" PRIu32, set->id,
                  set->matrix_count - 1, address.zoom);
        return false;
    }
    const struct tile_matrix *matrix = &set->matrices[address.zoom];
    if (address.column >= matrix->matrix_width) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix %s of %s has columns 0 to %" PRIu32 ", not %" PRIu32,
                  matrix->id, set->id, matrix->matrix_width - 1, address.column);
        return false;
    }
    if (address.row >= matrix->matrix_height) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix %s of %s has rows 0 to %" PRIu32 ", not %" PRIu32,
                  matrix->id, set->id, matrix->matrix_height - 1, address.row);
        return false;
    }
    return true;
}

struct bbox tile_bbox(const struct tile_matrix_set *set, struct tile_address address)
{
    struct pixel_grid grid = tile_matrix_set_grid(set, address.zoom);
    return pixel_grid_bbox(&grid, tile_pixel_box(set, address));
}

struct pixel_grid tile_matrix_set_grid(const struct tile_matrix_set *set, uint32_t zoom)
{
    assert(zoom < set->matrix_count);
    const struct tile_matrix *matrix = &set->matrices[zoom];
    struct pixel_grid grid = {
        .origin = matrix->top_left,
        .units_per_px = matrix->cell_size,
        .metres_per_unit = set->metres_per_unit,
    };
    memcpy(grid.crs_code, set->crs_code, sizeof grid.crs_code);
    return grid;
}

struct pixel_box tile_pixel_box(const struct tile_matrix_set *set, struct tile_address address)
{
    assert(address.zoom < set->matrix_count);
    uint32_t size_px = set->matrices[address.zoom].tile_size_px;
    return (struct pixel_box){(int64_t)address.column * size_px, (int64_t)address.row * size_px,
                              (int32_t)size_px, (int32_t)size_px};
}

/* Tiles from first to last that the span from … to (in tiles) touches; false when none of count does. */
static bool range_on_axis(double from, double to, uint32_t count, uint32_t *first, uint32_t *last)
{
    double low = floor(from + EDGE_TOLERANCE);
    double high = ceil(to - EDGE_TOLERANCE) - 1;
    high = high < low ? low : high; /* a box without width lies in one tile */
    if (!(low < count && high >= 0)) {
        return false;
    }
    *first = low > 0 ? (uint32_t)low : 0;
    *last = high < count - 1 ? (uint32_t)high : count - 1;
    return true;
}

bool tile_range(const struct tile_matrix_set *set, uint32_t zoom, struct bbox box, struct tile_address *first,
                struct tile_address *last)
{
    assert(zoom < set->matrix_count);
    if (bbox_is_empty(box)) {
        return false;
    }
    const struct tile_matrix *matrix = &set->matrices[zoom];
    double span = matrix->cell_size * matrix->tile_size_px;
    first->zoom = zoom;
    last->zoom = zoom;
    return range_on_axis((box.min_x - matrix->top_left.x) / span, (box.max_x - matrix->top_left.x) / span,
                         matrix->matrix_width, &first->column, &last->column) &&
           range_on_axis((matrix->top_left.y - box.max_y) / span, (matrix->top_left.y - box.min_y) / span,
                         matrix->matrix_height, &first->row, &last->row);
}
