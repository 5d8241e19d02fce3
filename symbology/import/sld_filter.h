/*
 * sld_filter.h - the Filter of a rule (OGC Filter Encoding 1.0, 1.1 and 2.0).
 */
#ifndef SYMBOLOGY_IMPORT_SLD_FILTER_H
#define SYMBOLOGY_IMPORT_SLD_FILTER_H

struct filter;
struct sld_scope;
struct xml_node;

/** Owned; FILTER_LOST, and a loss, where it could not be carried over. */
struct filter *sld_filter_read(const struct sld_scope *scope, const struct xml_node *filter);

#endif
