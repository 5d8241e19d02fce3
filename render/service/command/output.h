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

/**
 * Could output_write() write there? To be asked before long work; nothing is touched. The fault says what is
 * in the way: a folder that is missing, or not to be written to, a folder of that name.
 */
bool output_check(const char *path, struct fault *fault);

/** Could files be put into this folder, or could it be made? */
bool output_check_folder(const char *path, struct fault *fault);

/** Is the letters behind the last dot of the name this one, capitals or not? */
bool output_has_ending(const char *path, const char *ending);

/**
 * The format of a picture: by its name (of --format; NULL: not given), else by the letters behind the last
 * dot of the path, else PNG. False (INPUT) when both say different things, or something that no picture is.
 */
bool output_picture_format(const char *path, const char *name, enum tile_format *format, struct fault *fault);

#endif
