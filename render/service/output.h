/*
 * output.h - where a command writes what it made: -o FILE.
 */
#ifndef RENDER_SERVICE_OUTPUT_H
#define RENDER_SERVICE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

/** To a file, replaced in one step; "-" is standard output; pipes and devices are written to as they are. */
bool output_write(const char *path, const void *bytes, size_t length, struct fault *fault);

/** Is the letters behind the last dot of the name this one, capitals or not? */
bool output_has_ending(const char *path, const char *ending);

/** False (INPUT) for a name that says another format than PNG. */
bool output_check_png(const char *path, struct fault *fault);

#endif
