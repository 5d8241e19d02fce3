/*
 * store_gpkg_row.c - columns to features, every value checked: another program may have written the file.
 *
 * A template is kept as words: its kind, the places of its source, its numbers: "rings LON LAT RADIUS ...".
 */
#include "data/store_gpkg_row.h"

#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/feature_block.h"
#include "data/store_gpkg.h"
#include "data/store_gpkg_blob.h"
#include "data/store_gpkg_sql.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "geo/shape.h"

enum column {
    COLUMN_FID,
    COLUMN_FEATURE_ID,
    COLUMN_REVISION,
    COLUMN_RECORDED,
    COLUMN_IS_REMOVED,
    COLUMN_SYMBOL,
    COLUMN_OWNER,
    COLUMN_SOURCE,
    COLUMN_VALID_FROM,
    COLUMN_VALID_TO,
    COLUMN_TEMPLATE,
    COLUMN_GEOMETRY
};

enum { TEMPLATE_MOST_BYTES = 65536, NUMBER_MOST = 2 * TEMPLATE_POINT_MAX + TEMPLATE_NUMBER_MAX };

char *gpkg_row_template_text(const struct area_template *area_template)
{
    if (!area_template) {
        return NULL;
    }
    struct buffer text;
    buffer_init(&text, TEMPLATE_MOST_BYTES);
    buffer_append_text(&text, area_template_form(area_template->kind)->name);
    for (size_t i = 0; i < area_template->point_count; i++) {
        buffer_appendf(&text, " %.17g %.17g", area_template->points[i].x, area_template->points[i].y);
    }
    for (int i = 0; i < area_template->number_count; i++) {
        buffer_appendf(&text, " %.17g", area_template->numbers[i]);
    }
    return buffer_take(&text, NULL);
}

/* Reads numbers, a blank before each, up to the end of text; 0 when there is anything else or too many. */
static size_t read_numbers(const char *text, double numbers[static NUMBER_MOST])
{
    size_t count = 0;
    for (; *text == ' ' && count < NUMBER_MOST; count++) {
        text++;
        if (!number_read(&text, &numbers[count])) {
            return 0;
        }
    }
    return *text == '\0' ? count : 0;
}

/* How many of the numbers of a kind are places of its source; the rest are its own. */
static size_t point_count_of(const struct area_template_form *form, size_t number_count)
{
    size_t own_count = form->is_list ? 1 : (size_t)form->number_count;
    if (!form->is_along_a_line) {
        return number_count >= 2 + own_count ? 1 : 0;
    }
    return number_count > own_count && (number_count - own_count) % 2 == 0 ? (number_count - own_count) / 2
                                                                           : 0;
}

static bool fill_template(const double *numbers, size_t count, struct area_template *area_template)
{
    size_t point_count = point_count_of(area_template_form(area_template->kind), count);
    size_t own_count = count - 2 * point_count;
    if (point_count == 0 || own_count > TEMPLATE_NUMBER_MAX) {
        return false;
    }
    struct point *points = memory_new(point_count, sizeof(*points));
    for (size_t i = 0; i < point_count; i++) {
        points[i] = (struct point){numbers[2 * i], numbers[2 * i + 1]};
    }
    area_template_set_points(area_template, points, point_count);
    free(points);
    memcpy(area_template->numbers, numbers + 2 * point_count, own_count * sizeof(*numbers));
    area_template->number_count = (int)own_count;
    return true;
}

/* Earlier versions of the program took a plume of any bearing: 405 degrees are 45. */
static void turn_within_circle(struct area_template *area_template)
{
    double *bearing_deg = &area_template->numbers[PLUME_BEARING];
    if (area_template->kind == TEMPLATE_PLUME && fabs(*bearing_deg) > 360) {
        *bearing_deg = fmod(*bearing_deg, 360);
    }
}

static bool read_template(const char *text, struct area_template *area_template, struct fault *fault)
{
    char *name = memory_copy_bytes(text, strcspn(text, " "));
    area_template->kind = area_template_kind_of(name);
    double numbers[NUMBER_MOST];
    size_t count = read_numbers(text + strlen(name), numbers);
    free(name);
    if (area_template->kind == TEMPLATE_NONE || !fill_template(numbers, count, area_template)) {
        fault_set(fault, FAULT_INPUT, "its template '%.100s' is unknown", text);
        return false;
    }
    turn_within_circle(area_template);
    return area_template_check(area_template, fault);
}

static struct shape *read_shape(sqlite3_stmt *row, struct fault *fault)
{
    const void *bytes = sqlite3_column_blob(row, COLUMN_GEOMETRY);
    int length = sqlite3_column_bytes(row, COLUMN_GEOMETRY);
    struct shape *shape = gpkg_blob_read(bytes ? bytes : "", (size_t)length, fault);
    if (!shape) {
        return NULL;
    }
    for (size_t i = 0; i < shape->point_count; i++) {
        struct point point = shape->points[i];
        bool is_on_earth = point.x >= -180 && point.x <= 180 && point.y >= -90 && point.y <= 90;
        if (!is_on_earth) {
            fault_set(fault, FAULT_INPUT, "the geometry leaves the earth at %g %g", point.x, point.y);
            shape_free(shape);
            return NULL;
        }
    }
    if (shape->part_count == 0) {
        fault_set(fault, FAULT_INPUT, "the geometry is empty");
        shape_free(shape);
        return NULL;
    }
    return shape;
}

static bool fill_feature(sqlite3_stmt *row, struct feature *feature, struct fault *fault)
{
    feature->id = memory_copy_text(gpkg_sql_text(row, COLUMN_FEATURE_ID));
    feature->owner = memory_copy_text(gpkg_sql_text(row, COLUMN_OWNER));
    feature->source = memory_copy_text(gpkg_sql_text(row, COLUMN_SOURCE));
    feature->revision = (uint64_t)gpkg_sql_integer_or(row, COLUMN_REVISION, 0);
    feature->recorded_ms = gpkg_sql_integer_or(row, COLUMN_RECORDED, MOMENT_NONE);
    feature->valid_from_ms = gpkg_sql_integer_or(row, COLUMN_VALID_FROM, MOMENT_NONE);
    feature->valid_to_ms = gpkg_sql_integer_or(row, COLUMN_VALID_TO, MOMENT_FOREVER);
    if (!symbol_code_parse(gpkg_sql_text(row, COLUMN_SYMBOL), &feature->code, fault)) {
        return false;
    }
    const char *template_text = gpkg_sql_text(row, COLUMN_TEMPLATE);
    if (*template_text != '\0') {
        feature->area_template = memory_new(1, sizeof *feature->area_template);
        if (!read_template(template_text, feature->area_template, fault)) {
            return false;
        }
    }
    feature->shape = read_shape(row, fault);
    return feature->shape != NULL;
}

bool gpkg_row_read(const struct store *store, struct sqlite3_stmt *row, struct feature_packer *packer,
                   struct change *change, struct fault *fault)
{
    *change = (struct change){.expected_revision = CHANGE_ANY_REVISION};
    if (sqlite3_column_int(row, COLUMN_IS_REMOVED)) {
        change->kind = CHANGE_REMOVE;
        change->id = memory_copy_text(gpkg_sql_text(row, COLUMN_FEATURE_ID));
        return true;
    }
    struct feature *feature = feature_new();
    bool is_good = fill_feature(row, feature, fault);
    if (is_good) {
        change->kind = CHANGE_PUT;
        change->feature = packer ? feature_packer_add(packer, feature) : feature_pack(feature);
    } else {
        fault_prefix(fault, "store '%s': version %" PRId64 ", feature '%.64s': ", store->path,
                     (int64_t)sqlite3_column_int64(row, COLUMN_FID), gpkg_sql_text(row, COLUMN_FEATURE_ID));
    }
    feature_unref(feature);
    return is_good;
}
