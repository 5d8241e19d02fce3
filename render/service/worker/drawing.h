/*
 * drawing.h - what `plottafel tile | map | symbols show` have in common: one order, carried out in
 * this process, written to a file, and what the picture does not show named on stderr.
 */
#ifndef RENDER_SERVICE_DRAWING_H
#define RENDER_SERVICE_DRAWING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct config;
struct fault;
struct map;
struct options;
struct order;
struct order_view;
struct report;

/** The map of that name; NOT_FOUND names those that there are. */
const struct map *drawing_find_map(const struct config *config, const char *name, struct fault *fault);

/** --as-of, --language, --palette and --revision, where the command has them. INPUT: wrong usage. */
bool drawing_read_view(const struct options *options, const struct map *map, struct order_view *view,
                       struct fault *fault);

/** --tile-size: 256 or 512; left as it is when not given. INPUT: wrong usage. */
bool drawing_read_tile_size(const struct options *options, uint16_t *size_px, struct fault *fault);

/** Fills in the view for the map that the first argument names, then drawing_run(). */
int drawing_run_map(const struct options *options, const struct config *config, struct order *order);

/** Carries out the order and writes what came of it to --output. An exit status. */
int drawing_run(const struct options *options, const struct config *config, const struct order *order);

/** One line for each thing that a picture does not show, or one for many of a kind. */
void drawing_write_notes(const struct report *report, FILE *file);

#endif
