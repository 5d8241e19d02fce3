/*
 * facts.h - what a briefing says about the plots in its frame: whose features they are, and a checksum.
 */
#ifndef RENDER_BRIEFING_FACTS_H
#define RENDER_BRIEFING_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct briefing_order;
struct frame;
struct renderer;
struct fault;

struct facts_owner {
    char *name;   /* owned */
    size_t count; /* of features in the frame */
};

struct facts {
    struct facts_owner *owners; /* owned; by name */
    size_t owner_count;
    size_t feature_count;
    size_t outside_count; /* features that are valid at the moment and do not touch the frame */
    bool is_exercise;     /* one of the plots is */
    uint64_t
        checksum; /* FNV-1a of map, frame, moment, revisions and the content of every feature in the frame */
};

/** Reads the features that touch the frame at the order's moment. */
bool facts_read(struct renderer *renderer, const struct briefing_order *order, const struct frame *frame,
                struct facts *facts, struct fault *fault);
void facts_finish(struct facts *facts);

#endif
