/*
 * command_map.c - plottafel map: a picture of any box of a map, in any CRS.
 */
#include <stdio.h>

#include "geo/base/fault.h"
#include "geo/bbox.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/options.h"
#include "render/service/worker/order.h"
#include "render/service/command/output.h"

#define SIDE_MOST_PX 16384
#define RATIO_MOST 3

static const struct option options_table[] = {
    {"crs", 0, true, "CRS", "of box and picture: EPSG:28992, EPSG:3857, CRS84 or any other EPSG code"},
    {"bbox", 0, true, "MINX,MINY,MAXX,MAXY",
     "x is always east and y north, whatever the definition of the CRS says; 170,-20,-170,-10 lies across "
     "the "
     "antimeridian"},
    {"size", 0, true, "WxH", "pixels; the box is shown whole and in the middle when its shape differs"},
    {"output", 'o', true, "FILE", "the picture: .png, .webp or .jpg; - is standard output"},
    {"format", 0, false, "NAME",
     "png, png8 (at most 256 colours), webp or jpg; as FILE is named when not given"},
    {"ratio", 0, false, "N", "dots for each pixel, 1 to 3: 2 for a sharp screen"},
    {"as-of", 0, false, "TIME", "the moment that is drawn, 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"language", 0, false, "CODE", "nl, en, fr or de"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {NULL, 0, false, NULL, NULL},
};

static bool read_box(const struct options *options, struct bbox *box, struct fault *fault)
{
    double numbers[4] = {0};
    if (!options_numbers(options, "bbox", 4, numbers, fault)) {
        return false;
    }
    *box = (struct bbox){numbers[0], numbers[1], numbers[2], numbers[3]};
    if (box->min_x != box->max_x && box->min_y < box->max_y) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "--bbox must be MINX,MINY,MAXX,MAXY with MINX below MAXX (above it only across the "
              "antimeridian) and MINY below MAXY, not '%.100s'",
              options_value(options, "bbox"));
    return false;
}

static bool read_crs(const struct options *options, struct order_window *window, struct fault *fault)
{
    const char *code = options_value(options, "crs");
    int length = snprintf(window->crs_code, sizeof(window->crs_code), "%s", code);
    if (length < (int)sizeof(window->crs_code)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--crs: '%.80s' is no code such as EPSG:28992", code);
    return false;
}

static bool read_window(const struct options *options, struct order_window *window, struct fault *fault)
{
    struct options_pair size = {.between = 'x', .least = 1, .most = SIDE_MOST_PX};
    return read_crs(options, window, fault) && read_box(options, &window->box, fault) &&
           options_pair(options, "size", size, &window->width_px, &window->height_px, fault) &&
           options_integer(options, "ratio", 1, RATIO_MOST, &window->pixel_ratio, fault) &&
           output_picture_format(options_value(options, "output"), options_value(options, "format"),
                                 &window->file_format, fault);
}

static int run(const struct options *options)
{
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_MAP);
    if (!read_window(options, &order.window, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? drawing_run_map(options, config, &order) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_map = {
    .name = "map",
    .sentence = "Draws a picture of any box of a map",
    .arguments = "MAP",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes = "Where the box lies on the pixels of a tile matrix, the picture equals its tiles laid side by "
             "side.\n",
    .example =
        "plottafel map situation --crs EPSG:28992 --bbox 92000,404000,112000,419000 --size 1200x900 -o "
        "map.png",
    .run = run,
};
