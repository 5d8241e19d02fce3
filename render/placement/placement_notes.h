/*
 * placement_notes.h - what is to be told of a placement (law 7): labels without a place or without letters in
 * the fonts, symbols made small, hidden by others, counted in a badge or drawn as letters.
 */
#ifndef RENDER_PLACEMENT_NOTES_H
#define RENDER_PLACEMENT_NOTES_H

#include <stddef.h>

#include "geo/bbox.h"

struct placement;
struct placement_notes;
struct report;
struct text_engine;

/** Of all that is in the placement, which is borrowed and must outlive them. */
struct placement_notes *placement_notes_new(const struct placement *placement, struct text_engine *engine);
void placement_notes_free(struct placement_notes *notes);

/** What those of so many wishes take, about: nearly none has two, or lies in more than one block. */
size_t placement_notes_bytes_of(size_t wish_count);

/** Adds those whose symbol, text or place lies in a box; only their numbers when the report counts features.
 */
void placement_notes_report(const struct placement_notes *notes, struct bbox box_px, struct report *report);

#endif
