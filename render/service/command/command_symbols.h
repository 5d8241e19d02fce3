/*
 * command_symbols.h - what the commands `plottafel symbols …` have in common.
 */
#ifndef RENDER_SERVICE_COMMAND_SYMBOLS_H
#define RENDER_SERVICE_COMMAND_SYMBOLS_H

#include <stdbool.h>

#include "symbology/symbol.h"

struct config;
struct fault;
struct options;

/**
 * The configuration that is named or lies here; without one nothing but the sets that are part of the
 * program. Owned, config_free(). NULL when it has errors: they have been printed.
 * @param is_checked  whether every warning is printed, or only how many a symbol set has
 */
struct config *command_symbols_config(const struct options *options, bool is_checked);

/** --palette; stays as it is when not given. */
bool command_symbols_palette(const struct options *options, enum palette *palette, struct fault *fault);

#endif
