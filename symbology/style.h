/*
 * style.h - how a catalogue layer looks: rules by scale and attribute.
 *
 *     style:
 *       rules:
 *         - title: {nl: Snelweg, en: Motorway}   # in a legend behind the layer's; or one text (Dutch)
 *           scale: [0, 500000]          # drawn from 1:0 to 1:500,000
 *           where: {class: motorway}    # all attributes must have these texts
 *           fill: "#EEF3E8"             # or {hatch: "#A41926", angle: 45, spacing: 8, width: 1}
 *           stroke: {width: 1.5, colour: "#7A9BB5", dash: [4, 2]}   # or a list of up to three
 *           label: {field: name, size: 11, colour: "#333333"}
 *       raster: {opacity: 0.6, unit: m, ramp: [[0, "#FFFFFF00"], [2.5, "#0B6FB8"]]}
 */
#ifndef SYMBOLOGY_STYLE_H
#define SYMBOLOGY_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/language.h"
#include "symbology/stroke.h"

struct problems;
struct yaml_node;

#define STYLE_WHERE_MAX 4

struct style_where {
    char *attribute; /* owned */
    char *value;     /* owned */
};

struct style_rule {
    struct multilingual title; /* what it draws, for a legend; without any text: none */
    double min_denominator;    /* drawn when min <= denominator < max */
    double max_denominator;
    struct style_where where[STYLE_WHERE_MAX];
    int where_count;
    struct area_look look; /* fill and outline; the outline's strokes draw lines too */
    char *label_field;     /* owned; NULL: no label */
    struct text_look label;
    double point_radius_px; /* points are drawn as a disc of this radius with fill and outline */
};

struct style_stop {
    double value;
    struct colour colour;
};

struct style {
    struct style_rule *rules; /* owned */
    size_t rule_count;
    double opacity; /* raster, 0 … 1 */
    struct style_stop
        *ramp; /* owned; raster with one band: colour by value, linear between; NULL: as it is */
    size_t ramp_count;
    char *unit;        /* of the ramp's values, for a legend: "m"; owned; "" or NULL: none */
    bool is_hillshade; /* raster with one band of metres: shaded from north-west on top of the ramp */
};

/** Reads the mapping; what is wrong is added to problems and left at its default. Owned, style_free(). */
struct style *style_read(const struct yaml_node *mapping, struct problems *problems);
void style_free(struct style *style);

/** Does an attribute name matter to the style (in where or label)? */
bool style_uses_attribute(const struct style *style, const char *attribute);

/** Colour of a value on the ramp. Values outside take the end colours. */
struct colour style_ramp_colour(const struct style *style, double value);

#endif
