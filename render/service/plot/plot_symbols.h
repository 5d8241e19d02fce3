/*
 * plot_symbols.h - the symbol set that a plot is drawn with, between configuration and store.
 *
 * A plot takes the set that the configuration gives it, or the default one, when it is made. From then on the
 * store says what it is: a newer set changes no plot; 'plottafel symbols migrate' does.
 */
#ifndef RENDER_SERVICE_PLOT_SYMBOLS_H
#define RENDER_SERVICE_PLOT_SYMBOLS_H

struct config;
struct plot_title;

/** A plot as it is made; the texts stay those of the title. */
struct plot_title plot_symbols_new_title(const struct config *config, const struct plot_title *title);

/**
 * What an operator must know of the set of a stored plot: it is not loaded, or not the one that the
 * configuration gives, and what to do: mend the configuration of a plot that has moved on, else move the
 * plot. A sentence, owned by the caller; NULL when all is well.
 */
char *plot_symbols_trouble(const struct config *config, const struct plot_title *stored);

/** Logs that sentence, when there is one. */
void plot_symbols_warn(const struct config *config, const struct plot_title *stored);

#endif
