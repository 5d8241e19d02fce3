/*
 * plot.h - the features of one activity at one revision: an immutable snapshot.
 *
 * A change makes a new snapshot that shares every feature that did not change. Reference counted;
 * safe to read from many threads.
 */
#ifndef DATA_PLOT_H
#define DATA_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "symbology/symbol_pin.h"

struct feature;
struct change;
struct plot;

/** What a plot is called; texts owned by the plot. */
struct plot_title {
    char *name;     /* id in addresses: [a-z0-9-]{1,64} */
    char *title;    /* "Oefening Hollands Diep" */
    char *activity; /* "oefening-2026-014" */
    bool is_exercise;
    struct symbol_pin symbols; /* what it is drawn with */
};

void plot_title_copy(struct plot_title *title, const struct plot_title *source);
void plot_title_finish(struct plot_title *title);

/** An empty plot at revision 0. The title's texts are copied. */
struct plot *plot_new(const struct plot_title *title);

/**
 * The plot after changes (change.h), at revision. Shares what did not change: a few changes of 10,000
 * features cost some 0.1 ms. Of several changes of one id the last counts; removing what is not there is no
 * fault. The features keep the revision they carry: store_commit() has given it to them.
 */
struct plot *plot_with_changes(const struct plot *plot, const struct change *changes, size_t count,
                               uint64_t revision, int64_t recorded_ms);

/** The same features and revision under another title. */
struct plot *plot_with_title(const struct plot *plot, const struct plot_title *title);
struct plot *plot_ref(const struct plot *plot);
void plot_unref(const struct plot *plot);

const struct plot_title *plot_title(const struct plot *plot);
uint64_t plot_revision(const struct plot *plot);
int64_t plot_recorded_ms(const struct plot *plot); /* when that revision was committed; MOMENT_NONE for 0 */

size_t plot_count(const struct plot *plot);

/** In the order of their ids. Borrowed from the plot. */
const struct feature *plot_at(const struct plot *plot, size_t index);
const struct feature *plot_find(const struct plot *plot, const char *id);

/**
 * Calls visit for each feature valid at the moment whose box touches lon_lat_deg, ordered by id, until it
 * returns false.
 */
void plot_query(const struct plot *plot, struct bbox lon_lat_deg, int64_t moment_ms,
                bool (*visit)(const struct feature *feature, void *context), void *context);

/** Makes the spatial index of all of it, which queries otherwise make where they first look. */
void plot_make_index(const struct plot *plot);

/**
 * The longest step from point to point of all lines and edges, in degrees of longitude or latitude. Such a
 * step is straight on a map, and may leave the lon/lat box that a query knows by so much more the longer it
 * is.
 */
double plot_longest_step_deg(const struct plot *plot);

/**
 * Calls visit with each feature that is valid in one of two snapshots at its moment, and not, or as another
 * version, in the other. Snapshots share what did not change, so this costs little when they are related.
 */
void plot_compare(const struct plot *before, int64_t before_ms, const struct plot *after, int64_t after_ms,
                  void (*visit)(const struct feature *feature, void *context), void *context);

/** All moments at which something begins or ends, ascending, without repeats. Borrowed. */
const int64_t *plot_moments(const struct plot *plot, size_t *count);

/**
 * The last of plot_moments() that is not after now, or the first, or MOMENT_NONE in a plot without any:
 * between two of them the picture does not change, so this is the moment that pictures are made and kept for.
 */
int64_t plot_moment_at(const struct plot *plot, int64_t now_ms);

#endif
