/*
 * style_draft.h - a style from elsewhere in neutral terms, before it is written as ours.
 *
 * Foreign styles paint every rule that fits, the last one on top. Ours paint the first that fits, the first
 * one on top (style.h): style_write.h turns the one into the other.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_DRAFT_H
#define SYMBOLOGY_IMPORT_STYLE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/stroke.h"

struct filter;

/** What stands on a point, by the names of style.h. */
struct draft_mark {
    const char *shape; /* "circle"; borrowed for ever; NULL: none */
    double size_px;
    struct colour fill;       /* alpha 0: none */
    struct colour stroke;     /* of its edge */
    double stroke_width_px;   /* 0: none */
    double rotation_deg;      /* clockwise */
    char *rotation_attribute; /* owned; NULL: turned by rotation_deg */
};

struct draft_label {
    char *text; /* owned; in the form of style.h, "{name}[ ({ref})]"; NULL: no label */
    struct text_look look;
    bool is_along;
    double spacing_px;   /* along; 0: once; negative: as style.h has it */
    double max_width_px; /* 0: as style.h has it */
    const char *place;   /* of style.h; borrowed for ever; NULL: as style.h has it */
    double offset_px;    /* negative: as style.h has it */
};

/** Marks along a line. */
struct draft_line_marks {
    const char *mark; /* of style.h; borrowed for ever; NULL: none */
    double size_px;
    double spacing_px;
    struct colour colour;
};

#define DRAFT_STROKE_MAX 12

struct draft_rule {
    char *title; /* owned; NULL: none */
    double min_denominator;
    double max_denominator; /* INFINITY: no end */
    struct filter *filter;  /* owned; NULL: always */
    bool is_else;           /* where no other rule of its group holds */
    size_t group;           /* rules of a group are painted before those of the next */
    struct fill fill;
    struct stroke strokes[DRAFT_STROKE_MAX]; /* painted first to last */
    int stroke_count;
    struct draft_line_marks marks;
    struct draft_mark mark;
    struct draft_label label;
    int line;   /* where it stands in the file; 0: not known */
    char *path; /* owned; its name or JSON path */
};

struct draft_class {
    double min; /* min <= value < below; when they are equal: that value; -INFINITY and INFINITY: no end */
    double below;
    struct colour colour;
    char *title; /* owned; NULL: none */
};

struct draft_raster {
    bool is_there;
    double opacity;
    bool is_hillshade;
    bool is_ramp;                /* colours are mixed between the values; min is the value */
    struct draft_class *classes; /* owned; values grow */
    size_t class_count;
};

/** What is drawn of one data set. */
struct draft_layer {
    char *name;               /* owned; "" where the file has none */
    struct draft_rule *rules; /* owned; painted first to last */
    size_t rule_count;
    struct draft_raster raster;
};

struct style_draft {
    struct draft_layer *layers; /* owned */
    size_t layer_count;
};

/** An empty layer at the end, or the one of that name. Borrowed until the next one is added. */
struct draft_layer *style_draft_layer(struct style_draft *draft, const char *name);

/** A rule without conditions at the end, drawn at all scales. Borrowed until the next one is added. */
struct draft_rule *draft_layer_add_rule(struct draft_layer *layer);
void draft_raster_add_class(struct draft_raster *raster, struct draft_class value_class);
void draft_rule_finish(struct draft_rule *rule);
void style_draft_finish(struct style_draft *draft);

/** Does it paint or write anything? */
bool draft_rule_is_visible(const struct draft_rule *rule);

#endif
