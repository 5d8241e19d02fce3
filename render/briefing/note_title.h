/*
 * note_title.h - what a reader of a briefing calls the things that a report names by their ids.
 */
#ifndef RENDER_BRIEFING_NOTE_TITLE_H
#define RENDER_BRIEFING_NOTE_TITLE_H

struct briefing_order;
struct layer;
struct report;
struct report_item;

/**
 * In the language of the order: the title of a layer, plot or map; the name of a feature, or what its symbol
 * stands for with the id behind it, and its numbers when they are what is missing. What nobody gave a title
 * is called as in the report. Owned by the caller.
 */
char *note_title(const struct briefing_order *order, const struct report_item *item);

/** The layer that an item is about; NULL: it is about something else. Borrowed from the order. */
const struct layer *note_layer(const struct briefing_order *order, const struct report_item *item);

/** Gives all items of a report these titles. */
void note_titles_add(const struct briefing_order *order, struct report *report);

#endif
