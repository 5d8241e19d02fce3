/*
 * case_plot.h - the plot of a case: features at px of the picture, taken in as GeoJSON like any other.
 *
 *     features:
 *       - {code: "bw.ugs;n=Noord", at: [60, 40]}          # "nl@1/" may be left out
 *       - {code: l.afzetting, line: [[20, 90], [120, 90]]}
 *       - {code: a.bron, area: [[[20, 20], [90, 20], [20, 90]], ...]}   # outer ring, then holes; not closed
 *       - {code: a.bron, areas: [area, area]}
 *       - {code: a.ringen, at: [60, 60], template: {type: rings, radii: [100, 200]}}   # as in GeoJSON
 *       - codes: [bw.ugs, gh.ovd]    # one shape for each, laid out in rows
 *         also: st=planned           # added to each code
 *         columns: 8
 *         step: [64, 64]             # px from one to the next
 *         at: [32, 32]               # of the first
 */
#ifndef TESTS_PICTURES_CASE_PLOT_H
#define TESTS_PICTURES_CASE_PLOT_H

struct crs_context;
struct fault;
struct pixel_grid;
struct plot;
struct symbol_library;
struct yaml_node;

/**
 * @param features NULL: an empty plot
 * @param grid     what the features' px are px of
 * @return one reference, plot_unref(); NULL on fault: the sentence names the feature
 */
struct plot *case_plot_new(const struct yaml_node *features, const struct pixel_grid *grid,
                           const struct symbol_library *symbols, struct crs_context *context,
                           struct fault *fault);

#endif
