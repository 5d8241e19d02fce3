/*
 * style_arrange.h - the rules of a draft in the order and with the conditions that ours need.
 *
 * Where a foreign style paints every rule that fits, the last on top, the same picture is made here by rules
 * in reverse order that say `also` where another may fit too.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_ARRANGE_H
#define SYMBOLOGY_IMPORT_STYLE_ARRANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/import/style_filter.h"

struct draft_layer;
struct draft_rule;
struct style_losses;

/** A rule as it is written: one of the draft, or a part of one with many strokes. */
struct arranged_rule {
    const struct draft_rule *rule; /* borrowed from the draft */
    struct filter_alternatives alternatives;
    bool is_otherwise;
    bool is_also;
    int first_stroke;
    int stroke_count;
    bool has_fill; /* the part with the first strokes */
    bool has_rest; /* marks and label: the part with the last */
};

struct arranged_rules {
    struct arranged_rule *items; /* owned; the first one is painted on top */
    size_t count;
};

/** What cannot be written is added to the losses. arranged_rules_finish() */
void style_arrange(const struct draft_layer *layer, size_t most_rules, struct style_losses *losses,
                   struct arranged_rules *arranged);
void arranged_rules_finish(struct arranged_rules *arranged);

#endif
