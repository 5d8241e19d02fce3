/*
 * style_filter_flatten.c - the tree as a list of alternatives: "not" is pushed down to the tests, "all"
 * multiplies out, "any" puts side by side, and alternatives that differ in one list of texts become one.
 *
 * The conditions of an alternative are kept in the order of their attributes' names, each attribute once.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "symbology/import/filter_condition.h"
#include "symbology/import/style_filter.h"

#define MOST_NUMBER 1e15 /* that style.h compares with */
#define MOST_BETWEEN 64  /* alternatives while they are put together: in the end there are fewer */

static void finish_alternative(struct filter_alternative *alternative)
{
    for (size_t i = 0; i < alternative->count; i++) {
        filter_condition_finish(&alternative->conditions[i]);
    }
    free(alternative->conditions);
    *alternative = (struct filter_alternative){0};
}

void filter_alternatives_finish(struct filter_alternatives *alternatives)
{
    for (size_t i = 0; i < alternatives->count; i++) {
        finish_alternative(&alternatives->items[i]);
    }
    free(alternatives->items);
    *alternatives = (struct filter_alternatives){0};
}

static struct filter_alternative copy_alternative(const struct filter_alternative *alternative)
{
    struct filter_alternative copy = *alternative;
    copy.conditions = memory_new(alternative->count, sizeof *copy.conditions);
    for (size_t i = 0; i < alternative->count; i++) {
        copy.conditions[i] = filter_condition_copy(&alternative->conditions[i]);
    }
    return copy;
}

/* One list of texts in which the two differ; -1: they are equal; -2: they differ in more. */
static int find_difference(const struct filter_alternative *a, const struct filter_alternative *b)
{
    int difference = -1;
    if (a->count != b->count || a->is_widened != b->is_widened) {
        return -2;
    }
    for (size_t i = 0; i < a->count; i++) {
        const struct filter_condition *of_a = &a->conditions[i];
        const struct filter_condition *of_b = &b->conditions[i];
        if (filter_condition_equals(of_a, of_b)) {
            continue;
        }
        bool are_lists = strcmp(of_a->attribute, of_b->attribute) == 0 && filter_condition_is_list(of_a) &&
                         filter_condition_is_list(of_b);
        if (!are_lists || difference >= 0) {
            return -2;
        }
        difference = (int)i;
    }
    return difference;
}

/* Is there an alternative already that says this too, or can say it too? */
static bool is_merged(struct filter_alternatives *alternatives, const struct filter_alternative *more)
{
    for (size_t i = 0; i < alternatives->count; i++) {
        struct filter_alternative *one = &alternatives->items[i];
        int difference = find_difference(one, more);
        if (difference == -1 ||
            (difference >= 0 &&
             filter_condition_add_list(&one->conditions[difference], &more->conditions[difference]))) {
            return true;
        }
    }
    return false;
}

static void make_too_large(struct filter_alternatives *alternatives)
{
    filter_alternatives_finish(alternatives);
    alternatives->is_too_large = true;
}

/* Takes the alternative over. */
static void add_alternative(struct filter_alternatives *alternatives, struct filter_alternative more)
{
    if (alternatives->is_too_large || is_merged(alternatives, &more)) {
        finish_alternative(&more);
        return;
    }
    if (alternatives->count == MOST_BETWEEN) {
        finish_alternative(&more);
        make_too_large(alternatives);
        return;
    }
    alternatives->items =
        memory_resize(alternatives->items, alternatives->count + 1, sizeof *alternatives->items);
    alternatives->items[alternatives->count++] = more;
}

static void insert_condition(struct filter_alternative *alternative, struct filter_condition condition)
{
    alternative->conditions =
        memory_resize(alternative->conditions, alternative->count + 1, sizeof *alternative->conditions);
    size_t at = alternative->count++;
    while (at > 0 && strcmp(alternative->conditions[at - 1].attribute, condition.attribute) > 0) {
        alternative->conditions[at] = alternative->conditions[at - 1];
        at--;
    }
    alternative->conditions[at] = condition;
}

/* Narrows the alternative by a condition; false when nothing meets both. */
static bool join_condition(struct filter_alternative *alternative, const struct filter_condition *condition)
{
    for (size_t i = 0; i < alternative->count; i++) {
        if (strcmp(alternative->conditions[i].attribute, condition->attribute) == 0) {
            enum filter_joining joining = filter_condition_join(&alternative->conditions[i], condition);
            alternative->is_widened |= joining == FILTER_JOINED_IN_PART;
            return joining != FILTER_JOINED_TO_NEVER;
        }
    }
    insert_condition(alternative, filter_condition_copy(condition));
    return true;
}

/* What meets one of a and one of b; takes both over. */
static struct filter_alternatives multiply(struct filter_alternatives *a, struct filter_alternatives *b)
{
    struct filter_alternatives product = {.is_too_large = a->is_too_large || b->is_too_large};
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            struct filter_alternative both = copy_alternative(&a->items[i]);
            both.is_widened |= b->items[j].is_widened;
            bool is_possible = true;
            for (size_t k = 0; is_possible && k < b->items[j].count; k++) {
                is_possible = join_condition(&both, &b->items[j].conditions[k]);
            }
            if (is_possible) {
                add_alternative(&product, both);
            } else {
                finish_alternative(&both);
            }
        }
    }
    filter_alternatives_finish(a);
    filter_alternatives_finish(b);
    return product;
}

static void append(struct filter_alternatives *all, struct filter_alternatives *more)
{
    if (more->is_too_large) {
        make_too_large(all);
    }
    for (size_t i = 0; i < more->count; i++) {
        add_alternative(all, more->items[i]);
    }
    free(more->items);
    *more = (struct filter_alternatives){0};
}

static void add_one(struct filter_alternatives *all, struct filter_condition condition)
{
    struct filter_alternative alternative = {0};
    insert_condition(&alternative, condition);
    add_alternative(all, alternative);
}

/* The texts without "", each once. Owned. */
static char **take_texts(const struct filter *test, size_t *count)
{
    char **texts = memory_new(test->text_count, sizeof *texts);
    *count = 0;
    for (size_t i = 0; i < test->text_count; i++) {
        bool is_new = test->texts[i][0] != '\0';
        for (size_t j = 0; is_new && j < *count; j++) {
            is_new = strcmp(texts[j], test->texts[i]) != 0;
        }
        if (is_new) {
            texts[(*count)++] = memory_copy_text(test->texts[i]);
        }
    }
    return texts;
}

static bool has_empty_text(const struct filter *test)
{
    for (size_t i = 0; i < test->text_count; i++) {
        if (test->texts[i][0] == '\0') {
            return true;
        }
    }
    return false;
}

/* "" among the texts is a missing attribute, which our lists cannot name. */
static void add_texts(const struct filter *test, bool is_negated, struct filter_alternatives *all)
{
    if (test->text_count > FILTER_MOST_TEXTS) {
        all->is_too_large = true;
        return;
    }
    size_t count;
    char **texts = take_texts(test, &count);
    bool has_empty = has_empty_text(test);
    struct filter_condition listed = filter_condition_of(test->attribute);
    struct filter_condition lacking = filter_condition_of(test->attribute);
    lacking.must_lack = true;
    listed.must_exist = is_negated && has_empty;
    listed.in = is_negated ? NULL : texts;
    listed.in_count = is_negated ? 0 : count;
    listed.not_in = is_negated ? texts : NULL;
    listed.not_in_count = is_negated ? count : 0;
    if (count > 0 || listed.must_exist) {
        add_one(all, filter_condition_copy(&listed));
    } else if (is_negated) {
        add_alternative(all, (struct filter_alternative){0}); /* none of no texts */
    }
    if (has_empty && !is_negated) {
        add_one(all, filter_condition_copy(&lacking));
    }
    filter_condition_finish(&listed);
    filter_condition_finish(&lacking);
}

static void set_number(struct filter_condition *condition, enum filter_test test, double number)
{
    number = fmin(fmax(number, -MOST_NUMBER), MOST_NUMBER);
    condition->min = test == FILTER_MIN ? number : NAN;
    condition->above = test == FILTER_ABOVE ? number : NAN;
    condition->max = test == FILTER_MAX ? number : NAN;
    condition->below = test == FILTER_BELOW ? number : NAN;
}

static enum filter_test opposite_of(enum filter_test test)
{
    switch (test) {
    case FILTER_MIN:
        return FILTER_BELOW;
    case FILTER_ABOVE:
        return FILTER_MAX;
    case FILTER_MAX:
        return FILTER_ABOVE;
    default:
        return FILTER_MIN;
    }
}

static void add_test(const struct filter *test, bool is_negated, struct filter_alternatives *all)
{
    if (test->test == FILTER_IN) {
        add_texts(test, is_negated, all);
        return;
    }
    struct filter_condition condition = filter_condition_of(test->attribute);
    if (test->test != FILTER_LIKE) {
        set_number(&condition, is_negated ? opposite_of(test->test) : test->test, test->number);
    } else if (is_negated) {
        condition.not_like = memory_copy_text(test->texts[0]);
    } else {
        condition.like = memory_copy_text(test->texts[0]);
    }
    add_one(all, condition);
}

static struct filter_alternatives flatten(const struct filter *filter, bool is_negated);

static struct filter_alternatives flatten_group(const struct filter *filter, bool is_negated)
{
    bool is_any = (filter->kind == FILTER_ANY) != is_negated;
    struct filter_alternatives all = {0};
    if (!is_any) {
        add_alternative(&all, (struct filter_alternative){0});
    }
    for (size_t i = 0; i < filter->child_count; i++) {
        struct filter_alternatives child = flatten(filter->children[i], is_negated);
        if (is_any) {
            append(&all, &child);
        } else {
            all = multiply(&all, &child);
        }
    }
    return all;
}

static struct filter_alternatives flatten(const struct filter *filter, bool is_negated)
{
    struct filter_alternatives all = {0};
    switch (filter->kind) {
    case FILTER_NOT:
        return flatten(filter->children[0], !is_negated);
    case FILTER_ALL:
    case FILTER_ANY:
        return flatten_group(filter, is_negated);
    case FILTER_TEST:
        add_test(filter, is_negated, &all);
        return all;
    case FILTER_ALWAYS:
    case FILTER_NEVER:
    case FILTER_LOST:
        break;
    }
    bool is_lost = filter->kind == FILTER_LOST;
    if (is_lost || (filter->kind == FILTER_ALWAYS) != is_negated) {
        add_alternative(&all, (struct filter_alternative){.is_widened = is_lost});
    }
    return all;
}

/* An alternative of which nothing is left to ask would paint everything: it is left out. */
static void drop_lost(struct filter_alternatives *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].is_widened && all->items[i].count == 0) {
            finish_alternative(&all->items[i]);
            all->is_narrowed = true;
            continue;
        }
        all->is_widened |= all->items[i].is_widened;
        all->items[kept++] = all->items[i];
    }
    all->count = kept;
}

/* Where one alternative always holds, the others say nothing. */
static void keep_always(struct filter_alternatives *all)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].count == 0) {
            filter_alternatives_finish(all);
            add_alternative(all, (struct filter_alternative){0});
            return; /* whatever was lost beside it */
        }
    }
}

static void check_size(struct filter_alternatives *all)
{
    bool is_too_large = all->count > FILTER_MOST_ALTERNATIVES;
    for (size_t i = 0; i < all->count; i++) {
        is_too_large |= all->items[i].count > FILTER_MOST_CONDITIONS;
    }
    if (is_too_large) {
        make_too_large(all);
    }
}

void filter_flatten(const struct filter *filter, struct filter_alternatives *alternatives)
{
    *alternatives = (struct filter_alternatives){0};
    if (filter) {
        *alternatives = flatten(filter, false);
    } else {
        add_alternative(alternatives, (struct filter_alternative){0});
    }
    drop_lost(alternatives);
    keep_always(alternatives);
    check_size(alternatives);
}

static bool are_alternatives_apart(const struct filter_alternative *a, const struct filter_alternative *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (strcmp(a->conditions[i].attribute, b->conditions[j].attribute) == 0 &&
                filter_condition_are_apart(&a->conditions[i], &b->conditions[j])) {
                return true;
            }
        }
    }
    return false;
}

bool filter_are_apart(const struct filter_alternatives *a, const struct filter_alternatives *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (!are_alternatives_apart(&a->items[i], &b->items[j])) {
                return false;
            }
        }
    }
    return true;
}
