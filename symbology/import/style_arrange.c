/*
 * style_arrange.c - from the last rule of the draft to the first; the one for the rest stands behind its
 * group.
 *
 * "The rest" is `otherwise` where that says the same: no group is painted on top, and every rule of the group
 * is written. Elsewhere it is the opposite of all other conditions of the group.
 */
#include "symbology/import/style_arrange.h"

#include <stdlib.h>

#include "geo/base/memory.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_losses.h"
#include "symbology/stroke.h"

#define MOST_COMPARISONS                                                                                     \
    200 /* of alternatives with alternatives; beyond it two rules count as overlapping                       \
         */

struct arranging {
    const struct draft_layer *layer;
    struct style_losses *losses;
    struct arranged_rules *arranged;
    size_t top_group;
};

static struct style_origin origin_of(const struct draft_rule *rule)
{
    return (struct style_origin){rule->line, rule->path};
}

static bool share_scales(const struct draft_rule *a, const struct draft_rule *b)
{
    return a->min_denominator < b->max_denominator && b->min_denominator < a->max_denominator;
}

static bool is_at_all_scales_of(const struct draft_rule *rule, const struct draft_rule *other)
{
    return rule->min_denominator <= other->min_denominator && other->max_denominator <= rule->max_denominator;
}

/* Is `otherwise` behind its group the same as "else"? */
static bool is_otherwise(const struct arranging *arranging, const struct draft_rule *rule)
{
    for (size_t i = 0; i < arranging->layer->rule_count; i++) {
        const struct draft_rule *other = &arranging->layer->rules[i];
        if (other == rule || !share_scales(rule, other)) {
            continue;
        }
        if (other->group > rule->group ||
            (other->group == rule->group && (other->is_else || !draft_rule_is_visible(other)))) {
            return false;
        }
    }
    return true;
}

/* The opposite of all conditions of the group. */
static struct filter *rest_of_group(const struct arranging *arranging, const struct draft_rule *rule)
{
    struct filter *any = filter_new(FILTER_ANY);
    for (size_t i = 0; i < arranging->layer->rule_count; i++) {
        const struct draft_rule *other = &arranging->layer->rules[i];
        if (other->group != rule->group || other->is_else || !share_scales(rule, other)) {
            continue;
        }
        if (!is_at_all_scales_of(other, rule)) {
            style_lose(arranging->losses, origin_of(rule),
                       "is for the rest at scales where other rules begin or end: taken as if they did not");
        }
        filter_add(any, other->filter ? filter_copy(other->filter) : filter_new(FILTER_ALWAYS));
    }
    return filter_new_not(any);
}

static void flatten(const struct arranging *arranging, const struct draft_rule *rule,
                    struct filter_alternatives *alternatives)
{
    if (!rule->is_else) {
        filter_flatten(rule->filter, alternatives);
        return;
    }
    struct filter *rest = rest_of_group(arranging, rule);
    filter_flatten(rest, alternatives);
    filter_free(rest);
}

/* Can the rule be written? Says why not. */
static bool is_kept(const struct arranging *arranging, const struct draft_rule *rule,
                    const struct filter_alternatives *alternatives)
{
    if (alternatives->is_too_large) {
        style_lose(arranging->losses, origin_of(rule),
                   "has conditions nested too widely; the rule is left out");
    } else if (alternatives->is_narrowed) {
        style_lose(arranging->losses, origin_of(rule),
                   alternatives->count == 0
                       ? "nothing is left of its condition; the rule is left out"
                       : "is painted only where a part of its condition holds that could be carried over");
    }
    return alternatives->count > 0;
}

static struct arranged_rule *add(struct arranged_rules *arranged, const struct draft_rule *rule)
{
    arranged->items = memory_resize(arranged->items, arranged->count + 1, sizeof *arranged->items);
    struct arranged_rule *item = &arranged->items[arranged->count++];
    *item = (struct arranged_rule){.rule = rule};
    return item;
}

/* The last strokes are on top: they come first. */
static void add_parts(struct arranging *arranging, const struct draft_rule *rule)
{
    int parts = rule->stroke_count == 0 ? 1 : (rule->stroke_count - 1) / LINE_STROKE_AUTHOR_MAX + 1;
    for (int part = parts - 1; part >= 0; part--) {
        struct filter_alternatives alternatives = {0};
        bool is_for_rest = rule->is_else && is_otherwise(arranging, rule) && parts == 1;
        if (!is_for_rest) {
            flatten(arranging, rule, &alternatives);
            if (!is_kept(arranging, rule, &alternatives)) {
                filter_alternatives_finish(&alternatives);
                return;
            }
        }
        struct arranged_rule *item = add(arranging->arranged, rule);
        int first = part * LINE_STROKE_AUTHOR_MAX;
        int left = rule->stroke_count - first;
        item->alternatives = alternatives;
        item->is_otherwise = is_for_rest;
        item->first_stroke = first;
        item->stroke_count = left < LINE_STROKE_AUTHOR_MAX ? left : LINE_STROKE_AUTHOR_MAX;
        item->has_fill = part == 0;
        item->has_rest = part == parts - 1;
    }
}

static bool has_scales(const struct arranging *arranging, const struct draft_rule *rule)
{
    if (rule->min_denominator < rule->max_denominator) {
        return true;
    }
    style_lose(arranging->losses, origin_of(rule),
               "is drawn from 1:%.10g to 1:%.10g, so never; it is left out", rule->min_denominator,
               rule->max_denominator);
    return false;
}

static void add_group(struct arranging *arranging, size_t group, bool is_else)
{
    for (size_t i = arranging->layer->rule_count; i-- > 0;) {
        const struct draft_rule *rule = &arranging->layer->rules[i];
        if (rule->group == group && rule->is_else == is_else && draft_rule_is_visible(rule) &&
            has_scales(arranging, rule)) {
            add_parts(arranging, rule);
        }
    }
}

static size_t product(const struct filter_alternatives *a, const struct filter_alternatives *b)
{
    return a->count * b->count;
}

static bool may_both_fit(const struct arranged_rule *a, const struct arranged_rule *b)
{
    if (!share_scales(a->rule, b->rule) || b->is_otherwise) {
        return false;
    }
    return a->is_otherwise || product(&a->alternatives, &b->alternatives) > MOST_COMPARISONS ||
           !filter_are_apart(&a->alternatives, &b->alternatives);
}

static void mark_also(struct arranged_rules *arranged)
{
    for (size_t i = 0; i < arranged->count; i++) {
        for (size_t j = i + 1; j < arranged->count && !arranged->items[i].is_also; j++) {
            arranged->items[i].is_also = may_both_fit(&arranged->items[i], &arranged->items[j]);
        }
    }
}

static void cut(struct arranged_rules *arranged, size_t most_rules, struct style_losses *losses)
{
    if (arranged->count <= most_rules) {
        return;
    }
    style_lose(losses, (struct style_origin){0, NULL},
               "has %zu rules, more than %zu: those that are painted first are left out", arranged->count,
               most_rules);
    for (size_t i = most_rules; i < arranged->count; i++) {
        filter_alternatives_finish(&arranged->items[i].alternatives);
    }
    arranged->count = most_rules;
}

void style_arrange(const struct draft_layer *layer, size_t most_rules, struct style_losses *losses,
                   struct arranged_rules *arranged)
{
    *arranged = (struct arranged_rules){0};
    struct arranging arranging = {layer, losses, arranged, 0};
    for (size_t i = 0; i < layer->rule_count; i++) {
        size_t group = layer->rules[i].group;
        arranging.top_group = group > arranging.top_group ? group : arranging.top_group;
    }
    for (size_t group = arranging.top_group + 1; group-- > 0;) {
        add_group(&arranging, group, false);
        add_group(&arranging, group, true);
    }
    cut(arranged, most_rules, losses);
    mark_also(arranged);
}

void arranged_rules_finish(struct arranged_rules *arranged)
{
    for (size_t i = 0; i < arranged->count; i++) {
        filter_alternatives_finish(&arranged->items[i].alternatives);
    }
    free(arranged->items);
    *arranged = (struct arranged_rules){0};
}
