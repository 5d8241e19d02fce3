/*
 * change.h - one step of a plot: a feature put (new or a new version) or withdrawn.
 */
#ifndef DATA_CHANGE_H
#define DATA_CHANGE_H

#include <stddef.h>
#include <stdint.h>

struct feature;

enum change_kind { CHANGE_PUT, CHANGE_REMOVE };

#define CHANGE_ANY_REVISION UINT64_MAX

struct change {
    enum change_kind kind;
    struct feature *feature;    /* PUT: one reference, owned by the change */
    char *id;                   /* REMOVE: owned */
    uint64_t expected_revision; /* of the feature to be replaced; 0: there is none; or CHANGE_ANY_REVISION */
};

void change_finish(struct change *change);
const char *change_id(const struct change *change);

#endif
