/*
 * map_wish_region.c - bbox, center and subset: of these three one may be there, with its CRS beside it.
 */
#include <stdio.h>
#include <string.h>

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

void map_wish_read_region_crs(struct map_wish_reader *reader, const char *name)
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

void map_wish_take_region(struct map_wish_reader *reader, const char *name, enum plate_region region)
{
    struct order_plate *plate = &reader->order->plate;
    if (plate->region != PLATE_REGION_ALL) {
        map_wish_fail(reader, name, "only one of bbox, center and subset says where");
    }
    plate->region = region;
}

void map_wish_read_bbox(struct map_wish_reader *reader, const char *text)
{
    struct order_plate *plate = &reader->order->plate;
    map_wish_read_region_crs(reader, "bbox-crs");
    map_wish_take_region(reader, "bbox", PLATE_REGION_BOX);
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
    map_wish_read_region_crs(reader, "center-crs");
    map_wish_take_region(reader, "center", PLATE_REGION_CENTRE);
    map_wish_numbers(reader, "center", text, plate->numbers, 2);
}

/** A CRS without what it is of says nothing, but must be one: the standard has it ignored. */
static void check_crs(struct map_wish_reader *reader, const char *name)
{
    char code[32];
    const char *text = request_parameter(reader->request, name);
    if (text) {
        map_wish_crs(reader, name, text, code);
    }
}

void map_wish_check_region(struct map_wish_reader *reader)
{
    static const char *const names[] = {"bbox", "center", "subset"};
    static const char *const crs_names[] = {"bbox-crs", "center-crs", "subset-crs"};
    const struct request *request = reader->request;
    const struct order_plate *plate = &reader->order->plate;
    bool has_size = request_parameter(request, "width") || request_parameter(request, "height");
    if (plate->region == PLATE_REGION_BOX && has_size && request_parameter(request, "scale-denominator")) {
        map_wish_fail(reader, "scale-denominator",
                      "with a box it says how large the picture is: width and height are then left out");
    }
    for (size_t i = 0; i < 3; i++) {
        if (!request_parameter(request, names[i])) {
            check_crs(reader, crs_names[i]);
        }
    }
}
