/*
 * mapbox_look.h - the kinds of layer of a Mapbox style: which properties each has, and what a rule makes of
 * their values.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_LOOK_H
#define SYMBOLOGY_IMPORT_MAPBOX_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/import/style_losses.h"

struct draft_raster;
struct draft_rule;
struct json_t;

struct mapbox_property {
    const char *name; /* NULL ends the list */
    bool is_layout;
    bool is_label; /* texts are templates */
};

#define MAPBOX_MOST_PROPERTIES 20

/** What a rule is made of: a value for each property of the kind, NULL or null where there is none. */
struct mapbox_look {
    struct json_t *const *values;
    struct style_losses *losses;
    struct style_origin origin;
};

struct mapbox_kind {
    const char *type;
    const char *geometry; /* that it paints; NULL: several */
    const struct mapbox_property *properties;
    void (*build)(const struct mapbox_look *look, struct draft_rule *rule);
};

/** NULL for a kind that paints no features of ours. Borrowed for ever. */
const struct mapbox_kind *mapbox_kind_find(const char *type);

/* Values of the n-th property. */
double mapbox_look_number(const struct mapbox_look *look, size_t property, double fallback);
const char *mapbox_look_text(const struct mapbox_look *look, size_t property, const char *fallback);
bool mapbox_look_has(const struct mapbox_look *look, size_t property);

/** With the opacity of another property multiplied in. */
struct colour mapbox_look_colour(const struct mapbox_look *look, size_t property, const char *fallback,
                                 size_t opacity);

/** Layers of text (mapbox_symbol.c). */
extern const struct mapbox_property mapbox_symbol_properties[];
void mapbox_symbol_build(const struct mapbox_look *look, struct draft_rule *rule);

#endif
