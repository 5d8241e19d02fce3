/*
 * document_identity.h - what a document says of itself to machines: enough to check years later what it is
 * and whether there is something newer.
 */
#ifndef RENDER_BRIEFING_DOCUMENT_IDENTITY_H
#define RENDER_BRIEFING_DOCUMENT_IDENTITY_H

#include <stdint.h>

#include "data/marking.h"

struct briefing_order;
struct page_metadata;

/** Room for its texts. */
struct document_identity {
    char revision[800]; /* "hollands-diep 12; havens 3": the plots and their revisions */
    char activity[800];
    char moment[32]; /* RFC 3339 */
    char checksum[24];
};

/** Fills in the identity in metadata, and asks for room for a seal. Texts live as long as identity and order.
 */
void document_identity_fill(struct document_identity *identity, const struct briefing_order *order,
                            enum marking marking, uint64_t checksum, struct page_metadata *metadata);

#endif
