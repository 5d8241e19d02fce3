/*
 * briefing_output.h - where plottafel briefing puts what it made: one file, or x.png, x-2.png, x-3.png …
 * where each page is one.
 */
#ifndef RENDER_SERVICE_BRIEFING_OUTPUT_H
#define RENDER_SERVICE_BRIEFING_OUTPUT_H

#include <stdbool.h>

struct fault;
struct order_result;

/**
 * Writes a document that was made. Pages of a ZIP become files of their own, unless the path ends in .zip
 * or is "-"; how many there are is told on stdout, and on stderr which file of that kind is none of them.
 */
bool briefing_output_write(const char *path, const struct order_result *result, struct fault *fault);

/** The same in silence. */
bool briefing_output_write_quietly(const char *path, const struct order_result *result, struct fault *fault);

#endif
