/*
 * placement_lost.h - the numbers of a feature that a map does not say: a symbol made small shows none, and
 * its label may have found no place.
 */
#ifndef RENDER_PLACEMENT_LOST_H
#define RENDER_PLACEMENT_LOST_H

struct placement_wish;

/**
 * Bits of the texts count, casualties and hazard plate that are given and stand neither in nor beside its
 * symbol nor in its label. 0 for what belongs to another district, lies outside the frame, or has a number of
 * the page (feature_numbers.h) whose row in the table says them.
 */
unsigned placement_lost_slots(const struct placement_wish *wish);

#endif
