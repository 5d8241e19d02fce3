/*
 * glyph_report.h - what is said about a foreign drawing: a few warnings with their lines, or one error.
 */
#ifndef SYMBOLOGY_GLYPH_REPORT_H
#define SYMBOLOGY_GLYPH_REPORT_H

#include <stdbool.h>

struct problems;
struct xml_node;

struct glyph_report {
    const char *name; /* of the file; borrowed */
    struct problems *problems;
    int warning_count;
    bool has_failed;
};

/** Says it with the element's line. Beyond the first dozen warnings only their number is told at the end. */
void glyph_report_warn(struct glyph_report *report, const struct xml_node *element, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Only the first error is said: what follows it comes of it. */
void glyph_report_fail(struct glyph_report *report, const struct xml_node *element, const char *sentence);
void glyph_report_finish(struct glyph_report *report);

#endif
