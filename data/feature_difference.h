/*
 * feature_difference.h - what is different between two versions of one feature.
 */
#ifndef DATA_FEATURE_DIFFERENCE_H
#define DATA_FEATURE_DIFFERENCE_H

#include <stdbool.h>

struct feature;

enum feature_change {
    FEATURE_ADDED,    /* there is no version before */
    FEATURE_ENDED,    /* there is no version after */
    FEATURE_MOVED,    /* as a whole, without a change of shape; of a template: its source */
    FEATURE_RESHAPED, /* its outline, its kind of geometry, or the numbers of its template */
    FEATURE_SYMBOL,   /* what it is: the entity */
    FEATURE_STATUS,
    FEATURE_TEXTS,
    FEATURE_TURNED, /* rotation of its symbol */
    FEATURE_TRUST,
    FEATURE_OWNER,
    FEATURE_VALIDITY, /* when it begins or ends */
    FEATURE_SOURCE,
    FEATURE_DETAIL, /* a size that was asked for */
    FEATURE_SET,    /* the same entity of another symbol set or version */
    FEATURE_CHANGE_COUNT
};

/** Both borrowed; one of them may be NULL. */
struct feature_difference {
    const struct feature *before;
    const struct feature *after;
    unsigned changes;    /* bits: 1u << enum feature_change */
    unsigned text_slots; /* of FEATURE_TEXTS, bits: 1u << enum text_slot */
    double distance_m;   /* of FEATURE_MOVED, on the sphere: good to half a percent */
    double bearing_deg;  /* 0 … 360, clockwise from true north */
};

/**
 * Compares two versions; changes is 0 when they are the same in all but revision and recording time. A thing
 * has moved when all its points took the same step, to within 2 % of it.
 */
struct feature_difference feature_difference_of(const struct feature *before, const struct feature *after);

bool feature_difference_has(const struct feature_difference *difference, enum feature_change change);

#endif
