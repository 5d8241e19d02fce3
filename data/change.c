/*
 * change.c - what a change owns.
 */
#include "data/change.h"

#include <stdlib.h>

#include "data/feature.h"

void change_finish(struct change *change)
{
    feature_unref(change->feature);
    free(change->id);
    change->feature = NULL;
    change->id = NULL;
}

const char *change_id(const struct change *change)
{
    return change->kind == CHANGE_PUT ? change->feature->id : change->id;
}
