/*
 * fonts.h - the fonts of the process: found through a configuration that is part of the program.
 */
#ifndef RENDER_FONTS_H
#define RENDER_FONTS_H

#include <stdbool.h>

struct fault;

/** The family that texts are set in when it is there. */
#define FONTS_FAMILY "B612"

/** For descriptions of fonts: the pinned family and what stands in for it. */
#define FONTS_FAMILIES "B612, Noto Sans"

/**
 * Makes the configuration that of the process, at the first call; the environment and the system's own
 * settings are never read. Where none of the pinned fonts are installed, any font of the system serves.
 * @return false (UNAVAILABLE) when there is no font at all. Safe from many threads.
 */
bool fonts_use(struct fault *fault);

#endif
