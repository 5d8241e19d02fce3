/*
 * placement_sayings.h - what the labels of a placement say: their texts, composed and measured.
 */
#ifndef RENDER_PLACEMENT_SAYINGS_H
#define RENDER_PLACEMENT_SAYINGS_H

#include <stdbool.h>

struct placement_texts;
struct placement_wish;

/** Gives the wish its label. What that says depends on how its symbol is drawn, unless it is a number. */
void placement_sayings_find(const struct placement_texts *texts, struct placement_wish *wish);

/**
 * Gives the wish a sketch of its label, borrowed until the next: it takes little time, and most labels find
 * no place. False: it must be made first, as those of parts and numbers are, which nearly always stay.
 */
bool placement_sayings_sketch(const struct placement_texts *texts, struct placement_wish *wish);

/** The wish gets the label that a sketch of has a place. */
void placement_sayings_make(const struct placement_texts *texts, struct placement_wish *wish);

/**
 * The wish gets its label without the second line, in place of the one, or the sketch, that it has. False: it
 * keeps that, for there is nothing to leave out.
 */
bool placement_sayings_shorten(const struct placement_texts *texts, struct placement_wish *wish,
                               bool *is_sketch);

/** Lets go of a label, or of a sketch, that is of no use. */
void placement_sayings_drop(struct placement_wish *wish, bool is_sketch);

#endif
