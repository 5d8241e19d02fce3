/*
 * style_losses.h - what of a style from elsewhere could not be carried over, each thing once.
 *
 * Every loss has its place in the file (a line of XML, a path in JSON) and says what was done instead.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_LOSSES_H
#define SYMBOLOGY_IMPORT_STYLE_LOSSES_H

#include <stddef.h>

#include "geo/base/problems.h"

struct buffer;
struct table;

/** Where in the file. */
struct style_origin {
    int line;         /* of XML, from 1; 0: not known */
    const char *path; /* in JSON, or the name of the rule; borrowed; "" or NULL: none */
};

struct style_losses {
    const char *file; /* borrowed; as the user named it */
    struct problems list;
    struct table *said;
    size_t left_out; /* losses beyond what the list holds */
};

void style_losses_init(struct style_losses *losses, const char *file);
void style_losses_finish(struct style_losses *losses);

/** Adds a loss unless just that was said of that place. */
void style_lose(struct style_losses *losses, struct style_origin origin, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The list as comments of a YAML file, one line each. */
void style_losses_write_comments(const struct style_losses *losses, struct buffer *text);

/** The value within the range; a loss when it had to be changed. */
double style_clamp(struct style_losses *losses, struct style_origin origin, const char *what, double value,
                   double least, double most);

#endif
