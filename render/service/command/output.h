/*
 * output.h - where a command writes what it made: -o FILE.
 */
#ifndef RENDER_SERVICE_OUTPUT_H
#define RENDER_SERVICE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "render/encode/tile_form.h"

struct fault;

/** To a file, replaced in one step; "-" is standard output; pipes and devices are written to as they are. */
bool output_write(const char *path, const void *bytes, size_t length, struct fault *fault);

/** Is the letters behind the last dot of the name this one, capitals or not? */
bool output_has_ending(const char *path, const char *ending);

/**
 * The format of a picture: by its name (of --format; NULL: not given), else by the letters behind the last
 * dot of the path, else PNG. False (INPUT) when both say different things, or something that no picture is.
 */
bool output_picture_format(const char *path, const char *name, enum tile_format *format, struct fault *fault);

#endif
