/*
 * style.h - how a catalogue layer looks: rules by scale and attribute. Strokes, fills, marks along lines and
 * symbols are those of the symbol set. Lengths are px of the 1x picture, colours "#RRGGBB" or "#RRGGBBAA".
 *
 *     style:
 *       rules:                          # the first rule that fits paints a feature, the first one on top
 *         - title: {nl: Snelweg, en: Motorway}   # in a legend behind the layer's; or one text (Dutch)
 *           scale: [0, 500000]          # drawn from 1:0 to 1:500,000 (min <= denominator < max)
 *           where: {class: motorway}    # see below
 *           stroke:                     # one, or a list of up to three, painted first to last
 *             - {width: 5, colour: "#7A3B00", cap: round}
 *             - {width: 3, colour: "#E8A33D", dash: [4, 2], offset: 0, join: miter}
 *           label: {text: "{name}[ ({ref})]", along: true}
 *         - title: Wegen in aanleg
 *           where: {status: {in: [planned, building]}, lanes: {min: 2}}
 *           stroke: {width: 1.5, colour: "#7A9BB5"}
 *           marks: {mark: bar, size: 6, spacing: 24, phase: 12, side: both, colour: "#7A9BB5"}
 *           start: dot                  # or none, arrow, open-arrow, bar; with end_size and end_colour
 *           end: arrow
 *         - where: {class: forest}
 *           fill: "#EEF3E8"             # or {hatch: "#A41926", angle: 45, spacing: 8, width: 1}
 *           stroke: {width: 0.5, colour: "#7C9A6B"}      # of an area: its edge
 *         - where: {class: station}     # points: a mark,
 *           mark: {shape: square, size: 8, fill: "#FFFFFF", stroke: {width: 1, colour: "#333333"}}
 *         - where: {class: school}      # or a symbol of the library, half as large as on a plot,
 *           symbol: {code: nl@1/obj.school, size: 0.5}   # or plainly: symbol: nl@1/obj.school
 *         - otherwise: true             # all that no rule before it painted at this scale
 *           radius: 3                   # or a disc with the fill and the (first) stroke of the rule
 *           fill: "#8C877D"
 *       raster: {opacity: 0.6, unit: m, ramp: [[0, "#FFFFFF00"], [2.5, "#0B6FB8"]]}
 *
 * Fields of a rule, all optional:
 *
 *     title, scale
 *     where      all of its conditions must hold
 *     any        a list of mappings like where: of one of them at least all conditions must hold too
 *     otherwise  true: only for what no rule before it painted at this scale (names alone are no paint);
 *                has neither where nor any
 *     also       true: the rules after it are asked as well (names in a rule of their own, say)
 *     fill       "none" (default), a colour, {hatch|cross|stipple: colour, angle, spacing, width, background}
 *     stroke     {width, colour, dash, offset, cap: butt|round|square, join: round|miter|bevel}
 *     marks      along lines and edges, as in the symbol set: {mark: cross|bar|slash|triangle|chevron|dot|
 *                square|half-disc, size, spacing, phase, side: centre|left|right|both, colour}
 *     start, end, end_size, end_colour    what stands at the ends of a line
 *     mark       on points: {shape: circle|square|triangle|diamond|pentagon|star|cross|plus, size: across,
 *                fill: a colour, stroke: {width, colour}, rotation: degrees clockwise, or an attribute}
 *     symbol     on points, instead of a mark: a code, or {code, size: 0.25 to 4 times that of a plot}
 *     radius     the short form of a circle; 3 when a rule with a fill says nothing of points: one of
 *                strokes alone paints none
 *     label      see below
 *
 * A condition is an attribute with a text it must have, or with a mapping of which all must hold:
 *
 *     class: motorway             # has this text: "1" is not "1.0"
 *     class: {in: [motorway, trunk]}
 *     class: {not: path}          # also holds where there is none
 *     class: {not_in: [path, track]}
 *     ref: {like: "A*"}           # * any letters, ? one letter; upper case is not lower case
 *     ref: {not_like: "A*"}
 *     name: {exists: true}        # has any text; false: has none
 *     lanes: {min: 2, below: 10}  # 2 <= number < 10; also above (>), max (<=); never holds for other texts
 *
 * A missing attribute, NULL and an empty text are the same.
 *
 * A label is text that gives way to labels of more important features and to plots:
 *
 *     label:
 *       field: name               # or text: "{name}[ ({ref})]": attributes in braces; what is in brackets is
 *                                 # left out when an attribute in it is empty; "{{", "[[" are those letters
 *       size: 11                  # 4 to 64
 *       colour: "#333333"
 *       halo: "#FFFFFF"           # with halo_width: 1.5
 *       bold: false               # and italic
 *       max_width: 140            # 20 to 240: where it is broken into lines
 *       place: above              # of a point: above|below|left|right|centre; or across it if that is taken
 *       offset: 1                 # of a point: from its mark to the text
 *       along: false              # true: follows a line; then spacing: 400 is from one to the next, 0: once
 *       priority: 0               # -100 to 100: the higher choose first, then labels of earlier rules
 *
 * A raster of one band is coloured by value, linear between the stops of its ramp, or by classes, of which
 * the first that fits counts; what fits none is not painted:
 *
 *     raster:
 *       opacity: 1
 *       hillshade: false          # shaded from north-west on top of the ramp
 *       classes:
 *         - {value: 11, colour: "#E6004D", title: {nl: Bebouwd, en: Built-up}}
 *         - {min: 20, below: 30, colour: "#FFFFA8", title: Akkers}
 *
 * Widths that grow with the scale are written as several rules, one for each range of scales.
 */
#ifndef SYMBOLOGY_STYLE_H
#define SYMBOLOGY_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/language.h"
#include "symbology/point_mark.h"
#include "symbology/stroke.h"
#include "symbology/symbol_code.h"

struct problems;
struct yaml_node;

/** Stands where an attribute's number would: there is none. */
#define STYLE_NO_ATTRIBUTE ((size_t)-1)

/** An attribute that the rules ask for or show. */
struct style_attribute {
    char *name;     /* owned */
    bool is_number; /* compared as a number, or an angle */
};

/** What a feature has of the style's attributes, in their order. */
struct style_values {
    char *const *texts;    /* NULL or "": none */
    const double *numbers; /* where the attribute is a number; NaN: it has none. NULL when no attribute is */
};

enum style_test {
    STYLE_IS,     /* one of the texts */
    STYLE_IS_NOT, /* none of the texts */
    STYLE_LIKE,   /* fits the pattern, the only text */
    STYLE_UNLIKE,
    STYLE_EXISTS,
    STYLE_LACKS,
    STYLE_MIN, /* the number or more */
    STYLE_ABOVE,
    STYLE_MAX, /* the number or less */
    STYLE_BELOW
};

struct style_condition {
    size_t attribute; /* number in style.attributes */
    enum style_test test;
    double number;
    char **texts; /* owned */
    size_t text_count;
};

/** All must hold. */
struct style_conditions {
    struct style_condition *items; /* owned */
    size_t count;
};

enum style_place {
    STYLE_PLACE_ABOVE,
    STYLE_PLACE_BELOW,
    STYLE_PLACE_LEFT,
    STYLE_PLACE_RIGHT,
    STYLE_PLACE_CENTRE
};

/** A piece of a label's text. */
struct style_label_part {
    char *text;       /* owned; NULL: the attribute's */
    size_t attribute; /* number in style.attributes */
    size_t bracket;   /* number of the bracket it is in, from 1; 0: in none */
};

struct style_label {
    struct style_label_part *parts; /* owned */
    size_t part_count;              /* 0: no label */
    struct text_look look;
    double max_width_px;
    enum style_place place; /* of points */
    double offset_px;       /* of points: between mark and text */
    bool is_along;          /* lines: the text follows them */
    double spacing_px;      /* along: from one to the next; 0: once a line */
    int priority;
};

/** A point of the symbol library; whether there is one with this code is asked by whoever has the library. */
struct style_symbol {
    bool is_given;
    struct symbol_code code; /* owns its texts */
    double size;             /* 1: as large as on a plot */
    int line;                /* of the code in the style's file, for problems */
    char *field;             /* owned */
};

struct style_rule {
    struct multilingual title; /* what it draws, for a legend; without any text: none */
    double min_denominator;    /* drawn when min <= denominator < max */
    double max_denominator;
    struct style_conditions where;
    struct style_conditions *any; /* owned; one of them must hold */
    size_t any_count;             /* 0: nothing more is asked */
    bool is_otherwise;
    bool is_also;
    struct area_look look;  /* fill and outline; the outline's strokes, marks and ends draw lines too */
    struct point_mark mark; /* on points, where no symbol is given */
    size_t rotation;        /* number of the attribute that turns the mark; STYLE_NO_ATTRIBUTE: none */
    struct style_symbol symbol;
    bool says_points; /* mark, symbol or radius is given: labels of the layer stand clear of its points */
    struct style_label label;
};

struct style_stop {
    double value;
    struct colour colour;
};

/** Values of a raster that are painted alike. */
struct style_class {
    double min; /* min <= value < below; or, when they are equal, that value */
    double below;
    struct colour colour;
    struct multilingual title;
};

struct style {
    struct style_rule *rules; /* owned */
    size_t rule_count;
    struct style_attribute *attributes; /* owned; each once */
    size_t attribute_count;
    double opacity; /* raster, 0 … 1 */
    struct style_stop
        *ramp; /* owned; raster with one band: colour by value, linear between; NULL: as it is */
    size_t ramp_count;
    struct style_class *classes; /* owned; raster with one band: colour by class; there is no ramp then */
    size_t class_count;
    char *unit;        /* of the ramp's values, for a legend: "m"; owned; "" or NULL: none */
    bool is_hillshade; /* raster with one band of metres: shaded from north-west on top of the ramp */
};

/** Reads the mapping; what is wrong is added to problems and left at its default. Owned, style_free(). */
struct style *style_read(const struct yaml_node *mapping, struct problems *problems);
void style_free(struct style *style);

/** Number of an attribute that matters to the style; STYLE_NO_ATTRIBUTE: it does not. */
size_t style_attribute_find(const struct style *style, const char *name);

/** Is any attribute a number to the style? */
bool style_has_numbers(const struct style *style);

bool style_has_labels(const struct style *style);

bool style_rule_is_at_scale(const struct style_rule *rule, double denominator);

/** Do the conditions of a rule hold? Not asked: its scale, and whether others came before it. */
bool style_rule_fits(const struct style_rule *rule, struct style_values values);

/**
 * The rules that paint a feature at a scale, one after the other.
 * @param after  the one before; NULL asks for the first
 * @return NULL when there is no (other) one
 */
const struct style_rule *style_next_rule(const struct style *style, double denominator,
                                         struct style_values values, const struct style_rule *after);

/** Does the rule draw points: with a symbol, or a mark that can be seen? */
bool style_rule_draws_points(const struct style_rule *rule);

/** Does it draw lines, or edges of areas? */
bool style_rule_draws_lines(const struct style_rule *rule);

/** Does it paint anything but names? */
bool style_rule_is_seen(const struct style_rule *rule);

/** What a label says of a feature. Owned by the caller; NULL: nothing, every attribute it shows is empty. */
char *style_label_text(const struct style_label *label, struct style_values values);

/** Colour of a value on the ramp. Values outside take the end colours. */
struct colour style_ramp_colour(const struct style *style, double value);

/** The same by class, where the style has classes; of a value in none of them without any paint. */
struct colour style_value_colour(const struct style *style, double value);

#endif
