/*
 * effort.h - how often a test tries what it tries by chance.
 *
 * A law is tried in full in a release build, every day. Under sanitizers the same rounds take six times as
 * long and look at the code, not at chances: there the everyday suite sets $PLOTTAFEL_TEST_EFFORT=short and a
 * seventh of them is made; `tests/run.sh sanitize-long` makes all.
 */
#ifndef TESTS_SUPPORT_EFFORT_H
#define TESTS_SUPPORT_EFFORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define TEST_SHORT_PART 7

static inline bool test_is_short(void)
{
    const char *effort = getenv("PLOTTAFEL_TEST_EFFORT");
    return effort && strcmp(effort, "short") == 0;
}

#define TEST_LEAST_ROUNDS 3

/** Of so many rounds those that are made now: of a few all, of many never less than a few. */
static inline int test_rounds(int all)
{
    int some = (all + TEST_SHORT_PART - 1) / TEST_SHORT_PART;
    some = some > TEST_LEAST_ROUNDS ? some : TEST_LEAST_ROUNDS;
    return test_is_short() && some < all ? some : all;
}

/** How far a test goes on in its list of cases where it looks at some of them only; a prime, so that what
 * goes round in the list still comes in all its combinations. */
static inline size_t test_stride(void)
{
    return test_is_short() ? TEST_SHORT_PART : 1;
}

#endif
