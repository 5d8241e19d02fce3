/*
 * filter_condition.h - all that one alternative of a filter asks of one attribute, put together test by test.
 */
#ifndef SYMBOLOGY_IMPORT_FILTER_CONDITION_H
#define SYMBOLOGY_IMPORT_FILTER_CONDITION_H

#include <stdbool.h>

#include "symbology/import/style_filter.h"

#define FILTER_MOST_TEXTS 250 /* of one list */

/** A condition that always holds. */
struct filter_condition filter_condition_of(const char *attribute);
struct filter_condition filter_condition_copy(const struct filter_condition *condition);
void filter_condition_finish(struct filter_condition *condition);
bool filter_condition_equals(const struct filter_condition *a, const struct filter_condition *b);

enum filter_joining { FILTER_JOINED, FILTER_JOINED_IN_PART, FILTER_JOINED_TO_NEVER };

/**
 * Narrows the condition to what meets other too. In part: our conditions cannot say both, and the one that
 * was there stays.
 */
enum filter_joining filter_condition_join(struct filter_condition *condition,
                                          const struct filter_condition *other);

/** Does it ask for texts of a list and nothing else? */
bool filter_condition_is_list(const struct filter_condition *condition);

/** Adds the texts of another such list; false when there would be too many. */
bool filter_condition_add_list(struct filter_condition *condition, const struct filter_condition *other);

/** Can a value surely not meet both? */
bool filter_condition_are_apart(const struct filter_condition *a, const struct filter_condition *b);

#endif
