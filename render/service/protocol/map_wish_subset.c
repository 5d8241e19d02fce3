/*
 * map_wish_subset.c - "Lon(4.4:4.8),Lat(51.6:51.8)": axes with what is wanted of each, in one parameter or in
 * several of that name (OGC 20-058, /req/spatial-subsetting/subset-definition and /req/datetime/…).
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/number.h"
#include "render/service/http/request.h"
#include "render/service/protocol/map_wish_internal.h"
#include "render/service/worker/order.h"

#define COORDINATE_MOST 1e9

enum axis { AXIS_EAST, AXIS_NORTH, AXIS_TIME, AXIS_COUNT };

#define FORM                                                                                                 \
    "must name axes such as Lon(4.4:4.8),Lat(51.6:51.8), E(90000:110000),N(405000:420000) or "               \
    "time(\"2026-10-08T10:45:00Z\")"

static bool find_axis(const char *name, size_t length, enum axis *axis)
{
    static const struct {
        const char *name;
        enum axis axis;
    } names[] = {
        {"Lon", AXIS_EAST}, {"Long", AXIS_EAST},      {"Longitude", AXIS_EAST}, {"E", AXIS_EAST},
        {"x", AXIS_EAST},   {"Easting", AXIS_EAST},   {"Lat", AXIS_NORTH},      {"N", AXIS_NORTH},
        {"y", AXIS_NORTH},  {"Latitude", AXIS_NORTH}, {"Northing", AXIS_NORTH}, {"time", AXIS_TIME},
        {"t", AXIS_TIME},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i].name) == length && strncasecmp(name, names[i].name, length) == 0) {
            *axis = names[i].axis;
            return true;
        }
    }
    return false;
}

/** A number, or * for where the map ends. */
static bool read_end(const char **text, double *number, bool *is_open)
{
    *is_open = **text == '*';
    *text += *is_open;
    return *is_open ||
           (number_read(text, number) && *number >= -COORDINATE_MOST && *number <= COORDINATE_MOST);
}

/** "51.5:51.7" of an axis of the map. */
static void read_interval(struct map_wish_reader *reader, enum axis axis, const char *name, const char *text)
{
    struct order_plate *plate = &reader->order->plate;
    const char *next = text;
    bool is_right = read_end(&next, &plate->numbers[axis], &plate->is_open[axis]);
    if (is_right && !*next) {
        map_wish_fail(reader, "subset", "has one value of '%s': a map needs two, such as %s(4.4:4.8)", name,
                      name);
        return;
    }
    is_right = is_right && *next++ == ':' &&
               read_end(&next, &plate->numbers[axis + 2], &plate->is_open[axis + 2]) && !*next;
    if (!is_right) {
        map_wish_fail(reader, "subset", "must have two numbers with a colon between for '%s', not '%.60s'",
                      name, text);
    }
}

/** The first axis of the map says that the region is a box of the subset's CRS. */
static void take_box(struct map_wish_reader *reader)
{
    struct order_plate *plate = &reader->order->plate;
    map_wish_take_region(reader, "subset", PLATE_REGION_BOX);
    map_wish_read_region_crs(reader, "subset-crs");
    plate->is_x_first = true;
    memset(plate->is_open, true, sizeof(plate->is_open));
}

static void read_axis(struct map_wish_reader *reader, const char *name, const char *text,
                      bool has_axis[static AXIS_COUNT])
{
    enum axis axis;
    if (!find_axis(name, strlen(name), &axis)) {
        map_wish_fail(reader, "subset", "has no axis '%.20s': a map has Lon and Lat, or E and N, and time",
                      name);
        return;
    }
    if (has_axis[axis]) {
        map_wish_fail(reader, "subset", "names the axis of '%.20s' twice", name);
        return;
    }
    if (axis == AXIS_TIME) {
        map_wish_read_time_axis(reader, text);
    } else {
        if (!has_axis[AXIS_EAST] && !has_axis[AXIS_NORTH]) {
            take_box(reader);
        }
        read_interval(reader, axis, name, text);
    }
    has_axis[axis] = true;
}

/** "Lat(51.5:51.7)" with what is behind it; false (told) when it has another form. */
static bool read_part(struct map_wish_reader *reader, const char **text, bool has_axis[static AXIS_COUNT])
{
    char name[24];
    char values[100];
    size_t length = strcspn(*text, "(");
    const char *inside = *text + length + ((*text)[length] == '(');
    size_t inside_length = strcspn(inside, ")");
    bool is_right = length > 0 && length < sizeof name && (*text)[length] == '(' &&
                    inside_length < sizeof values && inside[inside_length] == ')';
    const char *next = is_right ? inside + inside_length + 1 : "";
    if (!is_right || (*next && *next != ',') || (*next == ',' && !next[1])) {
        map_wish_fail(reader, "subset", FORM ", not '%.60s'", *text);
        return false;
    }
    snprintf(name, sizeof name, "%.*s", (int)length, *text);
    snprintf(values, sizeof values, "%.*s", (int)inside_length, inside);
    read_axis(reader, name, values, has_axis);
    *text = next + (*next == ',');
    return true;
}

void map_wish_read_subset(struct map_wish_reader *reader, const char *text)
{
    bool has_axis[AXIS_COUNT] = {false};
    if (!*text) {
        map_wish_fail(reader, "subset", FORM);
    }
    for (size_t i = 0; (text = request_parameter_again(reader->request, "subset", i)) != NULL; i++) {
        while (*text && read_part(reader, &text, has_axis)) {
        }
    }
}
