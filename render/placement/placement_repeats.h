/*
 * placement_repeats.h - names that stand along a line more than once, and letters of entries.
 */
#ifndef RENDER_PLACEMENT_REPEATS_H
#define RENDER_PLACEMENT_REPEATS_H

struct placement_texts;

/** Repeats texts where there is still room, the most important first, when all labels stand. */
void placement_repeats_place(const struct placement_texts *texts);

#endif
