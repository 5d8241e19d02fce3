/*
 * sld_value.h - values of an SLD: texts, numbers, colours, lengths, and the attribute of an expression.
 *
 * An expression that is not known beforehand is a loss; what is read then says that there is no value.
 */
#ifndef SYMBOLOGY_IMPORT_SLD_VALUE_H
#define SYMBOLOGY_IMPORT_SLD_VALUE_H

#include <stdbool.h>

#include "symbology/import/style_losses.h"

struct xml_node;

/** What is being read. */
struct sld_scope {
    struct style_losses *losses;
    const char *rule;   /* its name, for losses; borrowed */
    double px_per_unit; /* of the symbolizer's lengths */
};

/** The place of an element. */
struct style_origin sld_origin(const struct sld_scope *scope, const struct xml_node *element);

/** The text of an element whose value is known. Owned; NULL: it is not, or element is NULL. */
char *sld_text(const struct sld_scope *scope, const struct xml_node *element);

/** A number; fallback when the element is NULL or (a loss) is none. */
double sld_number(const struct sld_scope *scope, const struct xml_node *element, double fallback);

/** The same of a length, in px; fallback_px is in px. */
double sld_length_px(const struct sld_scope *scope, const struct xml_node *element, double fallback_px);

/** The attribute whose value the element has, without prefix and path. Owned; NULL: it has another. */
char *sld_attribute(const struct xml_node *element);

/** Local name of the attribute in <PropertyName>, without prefix and path. Owned. */
char *sld_property_name(const struct xml_node *property_name);

/** The parameter of that name of a Fill, Stroke or Font: CssParameter or SvgParameter. NULL: absent. */
const struct xml_node *sld_parameter(const struct xml_node *element, const char *name);

/** A colour parameter with its opacity; fallback when it is absent or no colour. */
struct colour sld_colour(const struct sld_scope *scope, const struct xml_node *element, const char *name,
                         const char *opacity_name, struct colour fallback);

#endif
