/*
 * feature_numbers.h - the numbers that stand for the labels of a crowded page: a table says what each is.
 *
 * Numbers run from 1 in reading order of the map: rows from north to south, in each row from west to east. A
 * short number finds room where a name does not. Pages only: tiles never have them.
 */
#ifndef RENDER_SCENE_FEATURE_NUMBERS_H
#define RENDER_SCENE_FEATURE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/pixel_grid.h"

struct fault;
struct feature;
struct feature_numbers;
struct map_view;
struct renderer;

enum numbering {
    NUMBERING_AUTO, /* when more than NUMBERING_UNPLACED_PART of the labels finds no place */
    NUMBERING_ALWAYS,
    NUMBERING_NEVER
};

#define NUMBERING_UNPLACED_PART 0.2
#define NUMBERING_UNPLACED_LEAST 5 /* labels: a few are better named in the list of what is incomplete */

/**
 * Decides whether a page is numbered, and numbers what it shows.
 * @param view     of the page, without numbers
 * @param box      the whole frame
 * @param most     so many features, the most important first, get one; the rest of a huge plot gets none
 * @param numbers  out: owned by the caller, feature_numbers_free(); NULL: the page has labels as ever. To be
 *                 set as numbers of all views of the page, and to outlive them
 */
bool feature_numbers_choose(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                            enum numbering numbering, size_t most, struct feature_numbers **numbers,
                            struct fault *fault);
void feature_numbers_free(struct feature_numbers *numbers);

size_t feature_numbers_count(const struct feature_numbers *numbers);

/** The number of a feature, from 1; 0: it has none, or numbers is NULL. */
uint32_t feature_numbers_of(const struct feature_numbers *numbers, const struct feature *feature);

/** The same numbers for the same features: the same hash; 0 for NULL. */
uint64_t feature_numbers_hash(const struct feature_numbers *numbers);

#endif
