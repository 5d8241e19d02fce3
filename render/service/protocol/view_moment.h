/*
 * view_moment.h - which moment is drawn for a time, when a map shows several plots.
 */
#ifndef RENDER_SERVICE_VIEW_MOMENT_H
#define RENDER_SERVICE_VIEW_MOMENT_H

#include <stddef.h>
#include <stdint.h>

struct plot;

/**
 * The last moment of any of the plots that is not after the time, else the first of all, else MOMENT_NONE: as
 * plot_moment_at() for one plot. Asked for a moment it has given, it gives the same.
 */
int64_t view_moment_at(const struct plot *const *plots, size_t count, int64_t time_ms);

#endif
