/*
 * store_gpkg_row.c - columns to features, every value checked: another program may have written the file.
 *
 * A template is kept as words: "plume LON LAT BEARING OPENING LENGTH RADIUS" or "rings LON LAT RADIUS ...".
 */
#include "data/store_gpkg_row.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/feature.h"
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

enum { TEMPLATE_MOST_BYTES = 1024, NUMBER_MOST = 2 + TEMPLATE_RING_MAX };

char *gpkg_row_template_text(const struct area_template *area_template)
{
    if (area_template->kind == TEMPLATE_NONE) {
        return NULL;
    }
    struct buffer text;
    buffer_init(&text, TEMPLATE_MOST_BYTES);
    bool is_plume = area_template->kind == TEMPLATE_PLUME;
    buffer_appendf(&text, "%s %.17g %.17g", is_plume ? "plume" : "rings", area_template->source.x,
                   area_template->source.y);
    if (is_plume) {
        buffer_appendf(&text, " %.17g %.17g %.17g %.17g", area_template->bearing_deg,
                       area_template->opening_deg, area_template->length_m, area_template->source_radius_m);
    }
    for (int i = 0; !is_plume && i < area_template->radius_count; i++) {
        buffer_appendf(&text, " %.17g", area_template->radii_m[i]);
    }
    return buffer_take(&text, NULL);
}

/* Reads numbers, a blank before each, up to the end of text; -1 when there is anything else or too many. */
static int read_numbers(const char *text, double numbers[static NUMBER_MOST])
{
    int count = 0;
    for (; *text == ' ' && count < NUMBER_MOST; count++) {
        text++;
        if (!number_read(&text, &numbers[count])) {
            return -1;
        }
    }
    return *text == '\0' ? count : -1;
}

static bool read_template(const char *text, struct area_template *area_template, struct fault *fault)
{
    if (*text == '\0') {
        return true;
    }
    double numbers[NUMBER_MOST];
    bool is_plume = strncmp(text, "plume ", 6) == 0;
    bool is_rings = strncmp(text, "rings ", 6) == 0;
    int count = is_plume || is_rings ? read_numbers(text + 5, numbers) : -1;
    if ((is_plume && count != 6) || count < 3) {
        fault_set(fault, FAULT_INPUT, "its template '%.100s' is unknown", text);
        return false;
    }
    area_template->source = (struct point){numbers[0], numbers[1]};
    if (is_plume) {
        area_template->kind = TEMPLATE_PLUME;
        area_template->bearing_deg = numbers[2];
        area_template->opening_deg = numbers[3];
        area_template->length_m = numbers[4];
        area_template->source_radius_m = numbers[5];
    } else {
        area_template->kind = TEMPLATE_RINGS;
        area_template->radius_count = count - 2;
        memcpy(area_template->radii_m, numbers + 2, (size_t)(count - 2) * sizeof(double));
    }
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
    if (!symbol_code_parse(gpkg_sql_text(row, COLUMN_SYMBOL), &feature->code, fault) ||
        !read_template(gpkg_sql_text(row, COLUMN_TEMPLATE), &feature->area_template, fault)) {
        return false;
    }
    feature->shape = read_shape(row, fault);
    return feature->shape != NULL;
}

bool gpkg_row_read(const struct store *store, struct sqlite3_stmt *row, struct change *change,
                   struct fault *fault)
{
    *change = (struct change){.expected_revision = CHANGE_ANY_REVISION};
    if (sqlite3_column_int(row, COLUMN_IS_REMOVED)) {
        change->kind = CHANGE_REMOVE;
        change->id = memory_copy_text(gpkg_sql_text(row, COLUMN_FEATURE_ID));
        return true;
    }
    change->kind = CHANGE_PUT;
    change->feature = feature_new();
    if (!fill_feature(row, change->feature, fault)) {
        fault_prefix(fault, "store '%s': version %" PRId64 ", feature '%.64s': ", store->path,
                     (int64_t)sqlite3_column_int64(row, COLUMN_FID), gpkg_sql_text(row, COLUMN_FEATURE_ID));
        change_finish(change);
        return false;
    }
    return true;
}
