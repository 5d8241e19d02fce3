/*
 * sld_raster.c - the RasterSymbolizer: opacity, shade, and colours by value as SLD 1.0 (ColorMapEntry) and
 * SE 1.1 (Categorize, Interpolate) write them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/xml.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/sld_symbolizer.h"
#include "symbology/import/sld_value.h"
#include "symbology/import/style_draft.h"

#define MOST_CLASSES 1000
#define MOST_VALUE 1e15 /* of style.h */

static bool is_named(const struct xml_node *element, const char *name)
{
    return strcmp(xml_name(element), name) == 0;
}

/* QGIS writes "inf" for the end of the last class. */
static bool parse_quantity(const char *text, double *number)
{
    if (strcasecmp(text, "inf") == 0 || strcasecmp(text, "infinity") == 0) {
        *number = INFINITY;
        return true;
    }
    return number_parse(text, number) && fabs(*number) <= MOST_VALUE;
}

/* A class that does not follow the one before it is a loss. */
static void add_class(const struct sld_scope *scope, const struct xml_node *element,
                      struct draft_class value_class, struct draft_raster *raster)
{
    const struct draft_class *last =
        raster->class_count > 0 ? &raster->classes[raster->class_count - 1] : NULL;
    bool is_after = !last || (raster->is_ramp ? value_class.min > last->min : value_class.min >= last->min);
    bool is_empty = value_class.min == -INFINITY && value_class.below == INFINITY;
    if (!is_after || is_empty || raster->class_count == MOST_CLASSES) {
        style_lose(scope->losses, sld_origin(scope, element),
                   is_after ? "cannot be a class of values: left out"
                            : "its value is not above the one before it: left "
                              "out");
        free(value_class.title);
        return;
    }
    draft_raster_add_class(raster, value_class);
}

/* SLD 1.0. Entries of intervals say where they end; each begins where the one before it ends. */
static void read_entry(const struct sld_scope *scope, const struct xml_node *entry, bool is_intervals,
                       double *before, struct draft_raster *raster)
{
    double quantity;
    double opacity = 1;
    struct colour colour;
    const char *colour_text = xml_attribute(entry, "color");
    const char *quantity_text = xml_attribute(entry, "quantity");
    const char *opacity_text = xml_attribute(entry, "opacity");
    if (!colour_text || !quantity_text || !css_colour_parse(colour_text, &colour) ||
        !parse_quantity(quantity_text, &quantity) ||
        (opacity_text && !number_parse(opacity_text, &opacity))) {
        style_lose(scope->losses, sld_origin(scope, entry), "has no plain colour and quantity: left out");
        return;
    }
    if (raster->is_ramp && !isfinite(quantity)) {
        return;
    }
    struct draft_class value_class = {.min = is_intervals ? *before : quantity,
                                      .below = quantity,
                                      .colour = css_colour_fade(colour, fmin(fmax(opacity, 0), 1)),
                                      .title = memory_copy_text(xml_attribute(entry, "label"))};
    *before = quantity;
    add_class(scope, entry, value_class, raster);
}

static void read_entries(const struct sld_scope *scope, const struct xml_node *map,
                         struct draft_raster *raster)
{
    const char *type = xml_attribute(map, "type");
    bool is_intervals = type && strcmp(type, "intervals") == 0;
    raster->is_ramp = !type || strcmp(type, "ramp") == 0;
    double before = -INFINITY;
    for (const struct xml_node *entry = xml_first(map); entry; entry = xml_next(entry)) {
        if (is_named(entry, "ColorMapEntry")) {
            read_entry(scope, entry, is_intervals, &before, raster);
        }
    }
}

static bool read_colour(const struct sld_scope *scope, const struct xml_node *element, struct colour *colour)
{
    char *text = sld_text(scope, element);
    bool is_colour = text && css_colour_parse(text, colour);
    if (!is_colour) {
        style_lose(scope->losses, sld_origin(scope, element), "is no colour: left out");
    }
    free(text);
    return is_colour;
}

/* SE 1.1: Value, Threshold, Value, Threshold … Value. */
static void read_categories(const struct sld_scope *scope, const struct xml_node *categories,
                            struct draft_raster *raster)
{
    const struct xml_node *value = NULL;
    double before = -INFINITY;
    for (const struct xml_node *child = xml_first(categories); child; child = xml_next(child)) {
        if (is_named(child, "Value")) {
            value = child;
        }
        if (!is_named(child, "Threshold") || !value) {
            continue;
        }
        double threshold = sld_number(scope, child, NAN);
        struct draft_class value_class = {.min = before, .below = threshold};
        if (!isnan(threshold) && read_colour(scope, value, &value_class.colour)) {
            add_class(scope, child, value_class, raster);
            before = threshold;
        }
        value = NULL;
    }
    struct draft_class last = {.min = before, .below = INFINITY};
    if (value && isfinite(before) && read_colour(scope, value, &last.colour)) {
        add_class(scope, value, last, raster);
    }
}

static void read_interpolation(const struct sld_scope *scope, const struct xml_node *interpolation,
                               struct draft_raster *raster)
{
    raster->is_ramp = true;
    for (const struct xml_node *point = xml_first(interpolation); point; point = xml_next(point)) {
        if (!is_named(point, "InterpolationPoint")) {
            continue;
        }
        double value = sld_number(scope, xml_find(point, "Data"), NAN);
        struct draft_class stop = {.min = value, .below = value};
        const struct xml_node *colour = xml_find(point, "Value");
        if (!isnan(value) && colour && read_colour(scope, colour, &stop.colour)) {
            add_class(scope, point, stop, raster);
        }
    }
}

static void read_colour_map(const struct sld_scope *scope, const struct xml_node *map,
                            struct draft_raster *raster)
{
    static const char *const known[] = {"ColorMapEntry", "Categorize", "Interpolate", NULL};
    sld_lose_unknown(scope, map, known);
    if (raster->class_count > 0) {
        style_lose(scope->losses, sld_origin(scope, map), "a second map of colours is left out");
    } else if (xml_find(map, "Categorize")) {
        read_categories(scope, xml_find(map, "Categorize"), raster);
    } else if (xml_find(map, "Interpolate")) {
        read_interpolation(scope, xml_find(map, "Interpolate"), raster);
    } else {
        read_entries(scope, map, raster);
    }
}

void sld_raster_read(const struct sld_scope *scope, const struct xml_node *element,
                     struct draft_raster *raster)
{
    static const char *const known[] = {"Name",     "Description",  "Geometry", "Opacity",
                                        "ColorMap", "ShadedRelief", NULL};
    const struct xml_node *map = xml_find(element, "ColorMap");
    const struct xml_node *relief = xml_find(element, "ShadedRelief");
    sld_lose_unknown(scope, element, known);
    raster->is_there = true;
    raster->opacity = fmin(fmax(sld_number(scope, xml_find(element, "Opacity"), 1), 0), 1);
    if (map) {
        read_colour_map(scope, map, raster);
    }
    if (relief) {
        raster->is_hillshade = true;
        style_lose(scope->losses, sld_origin(scope, relief), "the relief has the light and height of ours");
    }
}
