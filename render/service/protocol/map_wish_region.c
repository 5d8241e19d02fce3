/*
 * map_wish_region.c - bbox, center and subset: of these three one may be there, with its CRS beside it.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"
#include "geo/base/number.h"
#include "geo/crs_code.h"
#include "render/service/http/request.h"
#include "render/service/protocol/map_wish_internal.h"
#include "render/service/worker/order.h"

#define COORDINATE_MOST 1e9

bool map_wish_numbers(struct map_wish_reader *reader, const char *name, const char *text, double *numbers,
                      int count)
{
    const char *next = text;
    bool is_right = true;
    for (int i = 0; i < count && is_right; i++) {
        is_right = number_read(&next, &numbers[i]) && numbers[i] >= -COORDINATE_MOST &&
                   numbers[i] <= COORDINATE_MOST && *next == (i + 1 < count ? ',' : '\0');
        next += *next == ',';
    }
    if (!is_right) {
        map_wish_fail(reader, name, "must be %d numbers with commas between, not '%.60s'", count, text);
    }
    return is_right;
}

bool map_wish_crs(struct map_wish_reader *reader, const char *name, const char *text, char code[static 32])
{
    struct fault fault;
    if (crs_code_read(text, code, &fault)) {
        return true;
    }
    map_wish_fail(reader, name, "%s; a URI of OGC or [EPSG:28992] is understood", fault.message);
    return false;
}

/** Its own CRS parameter, else degrees, x first. */
static void read_region_crs(struct map_wish_reader *reader, const char *name)
{
    const char *text = request_parameter(reader->request, name);
    if (text) {
        map_wish_crs(reader, name, text, reader->order->plate.region_crs);
    }
}

static int count_commas(const char *text)
{
    int count = 0;
    for (; *text; text++) {
        count += *text == ',';
    }
    return count;
}

void map_wish_read_bbox(struct map_wish_reader *reader, const char *text)
{
    struct order_plate *plate = &reader->order->plate;
    read_region_crs(reader, "bbox-crs");
    plate->region = PLATE_REGION_BOX;
    if (count_commas(text) == 5) { /* with heights, of which a map says nothing */
        double numbers[6] = {0};
        map_wish_numbers(reader, "bbox", text, numbers, 6);
        memcpy(plate->numbers, (double[]){numbers[0], numbers[1], numbers[3], numbers[4]},
               4 * sizeof(double));
        return;
    }
    map_wish_numbers(reader, "bbox", text, plate->numbers, 4);
}

void map_wish_read_center(struct map_wish_reader *reader, const char *text)
{
    struct order_plate *plate = &reader->order->plate;
    read_region_crs(reader, "center-crs");
    plate->region = PLATE_REGION_CENTRE;
    map_wish_numbers(reader, "center", text, plate->numbers, 2);
}

/** 0: eastward, 1: northward, -1: no axis of a map. */
static int axis_of(const char *name, size_t length)
{
    static const char *const names[] = {"Lon", "Lat", "Long", "Lat", "x", "y", "E", "N"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == length && strncasecmp(name, names[i], length) == 0) {
            return (int)(i % 2);
        }
    }
    return -1;
}

/** A number, or * for where the map ends. */
static bool read_end(const char **text, double *number, bool *is_open)
{
    *is_open = **text == '*';
    *text += *is_open;
    return *is_open || number_read(text, number);
}

/** "Lat(51.5:51.7)"; moves *text behind it. */
static bool read_axis(const char **text, struct order_plate *plate, bool has_axis[static 2])
{
    size_t length = strcspn(*text, "(");
    int axis = axis_of(*text, length);
    if (axis < 0 || has_axis[axis] || (*text)[length] != '(') {
        return false;
    }
    const char *next = *text + length + 1;
    bool is_right = read_end(&next, &plate->numbers[axis], &plate->is_open[axis]) && *next == ':';
    next += is_right;
    is_right =
        is_right && read_end(&next, &plate->numbers[axis + 2], &plate->is_open[axis + 2]) && *next == ')';
    has_axis[axis] = true;
    *text = next + is_right;
    return is_right;
}

void map_wish_read_subset(struct map_wish_reader *reader, const char *text)
{
    struct order_plate *plate = &reader->order->plate;
    bool has_axis[2] = {false, false};
    const char *next = text;
    memset(plate->is_open, true, sizeof(plate->is_open));
    bool is_right = read_axis(&next, plate, has_axis);
    if (is_right && *next == ',') {
        next++;
        is_right = read_axis(&next, plate, has_axis);
    }
    is_right = is_right && *next == '\0';
    read_region_crs(reader, "subset-crs");
    plate->region = PLATE_REGION_BOX;
    plate->is_x_first = true;
    if (!is_right) {
        map_wish_fail(reader, "subset",
                      "must name axes with two numbers each, such as Lon(4.4:4.8),Lat(51.6:51.8) or "
                      "x(90000:110000),y(405000:420000), not '%.60s'",
                      text);
    }
}

/** A CRS without what it is of would be forgotten. */
static void check_lone_crs(struct map_wish_reader *reader, const char *name, const char *crs_name)
{
    if (request_parameter(reader->request, crs_name) && !request_parameter(reader->request, name)) {
        map_wish_fail(reader, crs_name, "is of '%s', which is not there", name);
    }
}

void map_wish_check_region(struct map_wish_reader *reader)
{
    const struct request *request = reader->request;
    const struct order_plate *plate = &reader->order->plate;
    int count = (request_parameter(request, "bbox") != NULL) +
                (request_parameter(request, "center") != NULL) +
                (request_parameter(request, "subset") != NULL);
    bool has_size = request_parameter(request, "width") || request_parameter(request, "height");
    if (count > 1) {
        map_wish_fail(reader, request_parameter(request, "center") ? "center" : "subset",
                      "only one of bbox, center and subset says where");
    }
    if (plate->region == PLATE_REGION_BOX && has_size && request_parameter(request, "scale-denominator")) {
        map_wish_fail(reader, "scale-denominator",
                      "with a box it says how large the picture is: width and height are then left out");
    }
    check_lone_crs(reader, "bbox", "bbox-crs");
    check_lone_crs(reader, "center", "center-crs");
    check_lone_crs(reader, "subset", "subset-crs");
}
