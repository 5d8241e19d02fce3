/*
 * style_internal.h - what the readers of a style's parts share.
 */
#ifndef SYMBOLOGY_STYLE_INTERNAL_H
#define SYMBOLOGY_STYLE_INTERNAL_H

#include "symbology/style.h"

/** A style being read. */
struct style_reading {
    struct style *style;
    struct problems *problems;
};

/** Number of an attribute, added to the style when it is not there yet. */
size_t style_attribute_add(struct style *style, const char *name, bool is_number);

/** The fields where, any and otherwise of a rule (style_where.c). */
void style_read_where(struct style_reading *reading, const struct yaml_node *mapping,
                      struct style_rule *rule);
void style_conditions_finish(struct style_conditions *conditions);

/** The field label of a rule (style_label.c). */
void style_read_label(struct style_reading *reading, const struct yaml_node *mapping,
                      struct style_label *label);
void style_label_finish(struct style_label *label);

/** The field raster of a style (style_raster.c). */
void style_read_raster(struct style_reading *reading, const struct yaml_node *mapping);

#endif
