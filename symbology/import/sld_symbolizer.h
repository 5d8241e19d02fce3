/*
 * sld_symbolizer.h - one symbolizer of an SLD, added to what a rule paints.
 */
#ifndef SYMBOLOGY_IMPORT_SLD_SYMBOLIZER_H
#define SYMBOLOGY_IMPORT_SLD_SYMBOLIZER_H

#include <stdbool.h>

struct draft_raster;
struct draft_rule;
struct sld_scope;
struct xml_node;

/** Is it a symbolizer of features? */
bool sld_symbolizer_is(const struct xml_node *element);

/** Has the rule room for it: no fill, mark, marks or label of its own where the symbolizer brings one? */
bool sld_symbolizer_fits(const struct xml_node *element, const struct draft_rule *rule);

void sld_symbolizer_read(struct sld_scope scope, const struct xml_node *element, struct draft_rule *rule);

/** A TextSymbolizer (sld_text.c). */
void sld_text_read(const struct sld_scope *scope, const struct xml_node *element, struct draft_rule *rule);

/** A RasterSymbolizer (sld_raster.c). */
void sld_raster_read(const struct sld_scope *scope, const struct xml_node *element,
                     struct draft_raster *raster);

/** Says what of an element's children is not among the NULL-terminated known ones. */
void sld_lose_unknown(const struct sld_scope *scope, const struct xml_node *element,
                      const char *const known[]);

#endif
