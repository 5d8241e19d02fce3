/*
 * briefing_since.h - "since the previous briefing": which situation that was, from the archive.
 */
#ifndef RENDER_SERVICE_BRIEFING_SINCE_H
#define RENDER_SERVICE_BRIEFING_SINCE_H

struct briefing_archive;
struct order;

/**
 * Puts revisions and moment of the last briefing of the same map, template and frame into an order that asks
 * for it (order_since.wants_previous). Without such a briefing, or without an archive (NULL), there is
 * nothing to compare with: the order is one without since, and its notes say so (order_since.is_first).
 */
void briefing_since_resolve(struct briefing_archive *archive, struct order *order);

#endif
