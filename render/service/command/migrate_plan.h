/*
 * migrate_plan.h - what it takes to move a plot to another version of its symbol set.
 *
 * Every feature whose code is of the set that the plot is drawn with gets the same code in the new set; one
 * that is deprecated there, the code of what replaces it. What the new set lacks is kept as it is and said.
 * A symbol is drawn in both sets to see whether it looks otherwise.
 */
#ifndef RENDER_SERVICE_MIGRATE_PLAN_H
#define RENDER_SERVICE_MIGRATE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

struct change;
struct feature;
struct plot;
struct symbol_library;
struct symbol_set;

/** Features that go the same way. */
struct migrate_step {
    char *from;                      /* "nl@1/bw.hovd"; owned, as the other texts */
    char *to;                        /* "nl@2/bw.ovd"; NULL: kept as it is */
    char *remark;                    /* what cannot be carried, what looks or is called otherwise; "" */
    bool is_plain;                   /* the same entity, with the same look and name as before */
    const struct feature **features; /* owned array, borrowed from the plot */
    size_t feature_count;
};

struct migrate_plan {
    struct change *changes; /* owned, with what they hold */
    size_t change_count;
    struct migrate_step *steps; /* owned, in the order of their codes */
    size_t step_count;
};

/**
 * @param plot     must outlive the plan
 * @param library  where the symbols of before are; target is of it
 */
void migrate_plan_init(struct migrate_plan *plan, const struct plot *plot,
                       const struct symbol_library *library, const struct symbol_set *target);
void migrate_plan_finish(struct migrate_plan *plan);

#endif
