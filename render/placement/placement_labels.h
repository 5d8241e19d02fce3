/*
 * placement_labels.h - the labels of a district beside symbols, in areas and along lines, and the numbers on
 * badges.
 */
#ifndef RENDER_PLACEMENT_LABELS_H
#define RENDER_PLACEMENT_LABELS_H

struct placement_texts;

/** Places all labels, the most important first, when all symbols stand. Notes what comes after them. */
void placement_labels_place(struct placement_texts *texts);

#endif
