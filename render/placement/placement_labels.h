/*
 * placement_labels.h - the labels of a district beside symbols, in areas and along lines, and the numbers on
 * badges.
 */
#ifndef RENDER_PLACEMENT_LABELS_H
#define RENDER_PLACEMENT_LABELS_H

#include <stdbool.h>

struct placement_texts;
struct placement_wish;

/** Places all labels, the most important first, when all symbols stand. Notes what comes after them. */
void placement_labels_place(struct placement_texts *texts);

/** Gives the wish's label the first free place beside its symbol, or where labels of lines and areas stand.
 */
bool placement_labels_place_one(const struct placement_texts *texts, struct placement_wish *wish);

#endif
