/*
 * style_write_where.h - the flat form of a filter as the fields `where` and `any` of a rule.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_WRITE_WHERE_H
#define SYMBOLOGY_IMPORT_STYLE_WRITE_WHERE_H

#include <stdbool.h>

#include "symbology/import/style_losses.h"

struct buffer;
struct filter_alternatives;

struct where_writer {
    struct style_origin origin;
    int indent;
    bool has_field; /* one stands there already: the next begins a line without a dash */
    struct style_losses *losses;
    struct buffer *yaml;
};

/** Appends nothing for what always holds. Does a field stand there now? */
bool style_write_where(struct where_writer *writer, const struct filter_alternatives *alternatives);

#endif
