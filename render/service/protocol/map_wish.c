/*
 * map_wish.c - each reader takes the value of its parameter and tells what is wrong with it; the others go
 * on. What several must say together is checked at the end.
 */
#include "render/service/protocol/map_wish.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/word.h"
#include "render/service/config.h"
#include "render/service/http/request.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/protocol/map_wish_internal.h"
#include "render/service/service.h"
#include "render/service/worker/order.h"

#define SCALE_MOST 1e12

void map_wish_fail(struct map_wish_reader *reader, const char *name, const char *format, ...)
{
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    problems_add(reader->problems, PROBLEM_ERROR, "request", 0, name, "%s", sentence);
}

/* ---- one parameter each ---- */

static void read_side(struct map_wish_reader *reader, const char *name, const char *text, int *side_px)
{
    double number;
    if (!number_parse(text, &number) || number != floor(number) || number < 1 ||
        number > PLATE_SIDE_MOST_PX) {
        map_wish_fail(reader, name, "must be a whole number from 1 to %d, not '%.40s'", PLATE_SIDE_MOST_PX,
                      text);
        return;
    }
    *side_px = (int)number;
}

static void read_width(struct map_wish_reader *reader, const char *text)
{
    read_side(reader, "width", text, &reader->order->plate.width_px);
}

static void read_height(struct map_wish_reader *reader, const char *text)
{
    read_side(reader, "height", text, &reader->order->plate.height_px);
}

static void read_scale(struct map_wish_reader *reader, const char *text)
{
    double number;
    if (!number_parse(text, &number) || !(number >= 1) || number > SCALE_MOST) {
        map_wish_fail(reader, "scale-denominator", "must be a number of at least 1, not '%.40s'", text);
        return;
    }
    reader->order->plate.scale_denominator = number;
}

static void read_mm(struct map_wish_reader *reader, const char *text)
{
    double number;
    if (!number_parse(text, &number) || !(number >= PLATE_MM_PER_PX_LEAST) || number > PLATE_MM_PER_PX_MOST) {
        map_wish_fail(reader, "mm-per-pixel", "must be a number from %g to %g, not '%.40s'",
                      PLATE_MM_PER_PX_LEAST, PLATE_MM_PER_PX_MOST, text);
        return;
    }
    reader->order->plate.mm_per_px = number;
}

static void read_crs(struct map_wish_reader *reader, const char *text)
{
    map_wish_crs(reader, "crs", text, reader->order->plate.crs_code);
}

static void read_palette(struct map_wish_reader *reader, const char *text)
{
    struct fault fault;
    if (!palette_wish_read(text, &reader->order->view.palette, &fault)) {
        map_wish_fail(reader, "palette", "%s", fault.message);
    }
}

static void read_revision(struct map_wish_reader *reader, const char *text)
{
    size_t length = strlen(text);
    reader->revision = strtoull(text, NULL, 10);
    if (length == 0 || length > 15 || strspn(text, "0123456789") != length || reader->revision == 0) {
        map_wish_fail(reader, "revision", "must be a whole number from 1, not '%.40s'", text);
    }
}

static void read_language(struct map_wish_reader *reader, const char *text)
{
    struct language_pair languages = {.first = LANGUAGE_NL};
    if (!language_pair_parse(text, &languages)) {
        map_wish_fail(reader, "language",
                      "must be one or two of nl, en, fr and de, such as nl,en, not '%.40s'", text);
    }
    order_view_speak(&reader->order->view, languages);
}

/* ---- the table ---- */

struct parameter {
    struct map_parameter told;
    void (*read)(struct map_wish_reader *reader, const char *text); /* NULL: with another, or elsewhere */
};

#define PART(name, what, reader)                                                                             \
    {                                                                                                        \
        {name, "string",                                                                                     \
         what                                                                                                \
         ": none (as when not given), topLeft, topCenter, topRight, middleLeft, middleRight, "               \
         "bottomLeft, bottomCenter or bottomRight. Width and height are then those of the whole sheet"},     \
            reader                                                                                           \
    }

#define CRS_WORDS "URI of OGC or safe CURIE such as [EPSG:28992]"

static const struct parameter table[] = {
    {{"crs", "string", "of the map: " CRS_WORDS "; [OGC:CRS84] when not given"}, read_crs},
    {{"bbox", "string",
      "lower corner, then upper corner, in the axis order of bbox-crs; the whole map when not given. With "
      "width and height that have another shape the picture is pressed into them; otherwise Content-Bbox "
      "says what is shown"},
     map_wish_read_bbox},
    {{"bbox-crs", "string", "of bbox: " CRS_WORDS "; [OGC:CRS84], longitude first, when not given"}, NULL},
    {{"center", "string", "middle of the map, in place of bbox, in the axis order of center-crs"},
     map_wish_read_center},
    {{"center-crs", "string", "of center, as bbox-crs"}, NULL},
    {{"subset", "string",
      "in place of bbox and datetime: Lon(4.4:4.8),Lat(51.6:51.8), or E(…:…),N(…:…), with * for where the "
      "map "
      "ends; time(\"2026-10-08T10:45:00Z\"). It may stand several times, for an axis each"},
     map_wish_read_subset},
    {{"subset-crs", "string", "of subset, as bbox-crs"}, NULL},
    {{"width", "integer", "of the picture in dots, 1 to 10000; at most 25 million in all"}, read_width},
    {{"height", "integer", "the same; 1024 x 768, or the shape of bbox, when neither is given"}, read_height},
    {{"scale-denominator", "number",
      "1 to this, in the middle of the map, where a dot is mm-per-pixel wide. With bbox width and height "
      "follow from it"},
     read_scale},
    {{"mm-per-pixel", "number",
      "how large a dot is where the map is shown or printed, 0.03 to 2.5; 0.28 when not given. Letters and "
      "symbols keep their size in mm"},
     read_mm},
    {{"datetime", "string",
      "the moment that is shown, RFC 3339; of a period (with a slash) its end; now when not given"},
     map_wish_read_datetime},
    {{"revision", "integer", "of the map's first plot; the latest when not given"}, read_revision},
    {{"bgcolor", "string", "under the map: 0xRRGGBB or a colour name of CSS, such as white"},
     map_wish_read_bgcolor},
    {{"transparent", "boolean",
      "true: nothing under the map; so it is when neither this nor bgcolor is given, but for JPEG and "
      "sheets. "
      "false without bgcolor: the map's own background"},
     map_wish_read_transparent},
    {{"void-color", "string", "where the CRS has no place on Earth, as bgcolor; that when not given"},
     map_wish_read_void_color},
    {{"void-transparent", "boolean", "true: nothing there; as transparent when not given"},
     map_wish_read_void_transparent},
    {{"palette", "string", "default, print, mono, colour-blind or imagery; that of the map when not given"},
     read_palette},
    {{"language", "string", "of labels and marginalia: one or two of nl, en, fr and de, such as nl,en"},
     read_language},
    {{"f", "string", "png, png8, webp, jpg, svg or pdf; what Accept likes best when not given"}, NULL},
    PART("map-title", "where title, place and activity stand", map_wish_read_title_place),
    PART("map-legend", "where the legend of what is on the map stands", map_wish_read_legend_place),
    PART("map-attribution", "where sources and credits stand", map_wish_read_attribution_place),
    PART("map-compass", "where grid north and true north stand", map_wish_read_compass_place),
    PART("scale-bar", "where scale and bar stand; left out where the CRS has no true lengths",
         map_wish_read_scale_bar_place),
    PART("situation-map", "where a small map of the surroundings stands", map_wish_read_situation_place),
    {{"grid-crss", "string",
      "CRSs with commas between, whose lines lie over the map: a graticule for degrees, kilometres for "
      "others. As with all marginalia the moment of the situation, the marking above TLP:CLEAR and the "
      "banner of an exercise stand on the sheet besides: they are never off. What a sheet has no room for is "
      "left out, and Plottafel-Notes names it"},
     map_wish_read_grids},
};

#define TABLE_COUNT (sizeof(table) / sizeof(table[0]))

const struct map_parameter *map_parameter_at(size_t index)
{
    return index < TABLE_COUNT ? &table[index].told : NULL;
}

static void check_names(struct map_wish_reader *reader)
{
    const char *names[TABLE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        names[i] = table[i].told.name;
    }
    for (size_t i = 0; i < reader->request->parameter_count; i++) {
        const char *name = reader->request->parameters[i].name;
        bool is_known = false;
        for (size_t j = 0; j < TABLE_COUNT; j++) {
            is_known = is_known || strcasecmp(names[j], name) == 0;
        }
        const char *nearest = is_known ? NULL : word_nearest(name, names);
        if (!is_known) {
            map_wish_fail(reader, name, nearest ? "is not known; did you mean '%s'?" : "is not known",
                          nearest);
        }
    }
}

static void check_together(struct map_wish_reader *reader)
{
    const struct order_plate *plate = &reader->order->plate;
    map_wish_check_region(reader);
    map_wish_settle_ground(reader);
    if ((double)plate->width_px * plate->height_px > PLATE_DOTS_MOST) {
        map_wish_fail(reader, "width", "times height is more than %.0f million dots", PLATE_DOTS_MOST / 1e6);
    }
}

/** Revision and time both count for a fixed revision, as with tiles. */
static bool find_view(struct service *service, struct map_wish_reader *reader, struct fault *fault)
{
    struct order_view *view = &reader->order->view;
    struct order_view asked = *view;
    const struct map *map = maps_find(service->config->maps, asked.map);
    if (!plot_keeper_view(service->plots, maps_index(service->config->maps, map), reader->as_of_ms, view,
                          fault)) {
        return false;
    }
    if (reader->revision > 0) {
        view->revisions[0] = reader->revision;
        view->as_of_ms = reader->as_of_ms == MOMENT_NONE ? view->as_of_ms : reader->as_of_ms;
    }
    view->palette = asked.palette;
    view->language = asked.language;
    view->has_second_language = asked.has_second_language;
    view->second_language = asked.second_language;
    return true;
}

bool map_wish_read(struct service *service, const struct request *request, struct order *order,
                   struct problems *problems, struct fault *fault)
{
    struct map_wish_reader reader = {
        .request = request, .order = order, .problems = problems, .as_of_ms = MOMENT_NONE};
    check_names(&reader);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const char *text = request_parameter(request, table[i].told.name);
        if (text && table[i].read) {
            table[i].read(&reader, text);
        }
    }
    check_together(&reader);
    return problems_to_fault(problems, fault) && find_view(service, &reader, fault);
}
