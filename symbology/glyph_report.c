/*
 * glyph_report.c - a broken drawing can be wrong in a thousand places: the log of a start must stay readable.
 */
#include "symbology/glyph_report.h"

#include <stdarg.h>
#include <stdio.h>

#include "geo/base/problems.h"
#include "geo/base/xml.h"

#define MOST_WARNINGS 12

void glyph_report_warn(struct glyph_report *report, const struct xml_node *element, const char *format, ...)
{
    char sentence[160];
    va_list arguments;
    if (++report->warning_count > MOST_WARNINGS) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    problems_add(report->problems, PROBLEM_WARNING, report->name, xml_line(element), "", "%s", sentence);
}

void glyph_report_fail(struct glyph_report *report, const struct xml_node *element, const char *sentence)
{
    if (!report->has_failed) {
        problems_add(report->problems, PROBLEM_ERROR, report->name, xml_line(element), "", "%s", sentence);
    }
    report->has_failed = true;
}

void glyph_report_finish(struct glyph_report *report)
{
    if (report->warning_count > MOST_WARNINGS) {
        problems_add(report->problems, PROBLEM_WARNING, report->name, 0, "", "and %d more such warnings",
                     report->warning_count - MOST_WARNINGS);
    }
}
