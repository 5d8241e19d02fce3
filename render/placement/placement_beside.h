/*
 * placement_beside.h - a number beside what can be seen of a line, or of the edge of an area.
 *
 * A name belongs to the middle of its line; a number may stand wherever along it there is room, so that each
 * line or area of a numbered page that is in sight has its number.
 */
#ifndef RENDER_PLACEMENT_BESIDE_H
#define RENDER_PLACEMENT_BESIDE_H

#include <stdbool.h>

struct placement_texts;
struct placement_wish;

/** Gives the label of a line or area the first free place along it, from its middle outward. */
bool placement_beside_place(const struct placement_texts *texts, struct placement_wish *wish, double gap_px);

#endif
