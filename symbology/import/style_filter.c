/*
 * style_filter.c - the tree. filter_flatten() is in style_filter_flatten.c.
 */
#include "symbology/import/style_filter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

struct filter *filter_new(enum filter_kind kind)
{
    struct filter *filter = memory_new(1, sizeof *filter);
    filter->kind = kind;
    return filter;
}

struct filter *filter_new_not(struct filter *child)
{
    struct filter *filter = filter_new(FILTER_NOT);
    filter_add(filter, child);
    return filter;
}

struct filter *filter_new_test(const char *attribute, enum filter_test test)
{
    struct filter *filter = filter_new(FILTER_TEST);
    filter->test = test;
    filter->attribute = memory_copy_text(attribute);
    return filter;
}

struct filter *filter_new_number(const char *attribute, enum filter_test test, double number)
{
    struct filter *filter = filter_new_test(attribute, test);
    filter->number = number;
    return filter;
}

struct filter *filter_new_text(const char *attribute, const char *text)
{
    struct filter *filter = filter_new_test(attribute, FILTER_IN);
    filter_add_text(filter, text);
    return filter;
}

struct filter *filter_new_exists(const char *attribute)
{
    return filter_new_not(filter_new_text(attribute, ""));
}

/* Room for one more of count items: it doubles whenever count is 0, 1, 2, 4, 8 … */
static void *make_room(void *items, size_t count, size_t size)
{
    return (count & (count - 1)) == 0 ? memory_resize(items, count > 0 ? 2 * count : 1, size) : items;
}

void filter_add(struct filter *group, struct filter *child)
{
    assert(group->kind == FILTER_ALL || group->kind == FILTER_ANY ||
           (group->kind == FILTER_NOT && group->child_count == 0));
    group->children = make_room(group->children, group->child_count, sizeof *group->children);
    group->children[group->child_count++] = child;
}

void filter_add_text(struct filter *test, const char *text)
{
    assert(test->kind == FILTER_TEST);
    test->texts = make_room(test->texts, test->text_count, sizeof *test->texts);
    test->texts[test->text_count++] = memory_copy_text(text);
}

struct filter *filter_copy(const struct filter *filter)
{
    struct filter *copy = filter_new(filter->kind);
    copy->test = filter->test;
    copy->number = filter->number;
    copy->attribute = memory_copy_text(filter->attribute);
    for (size_t i = 0; i < filter->text_count; i++) {
        filter_add_text(copy, filter->texts[i]);
    }
    for (size_t i = 0; i < filter->child_count; i++) {
        filter_add(copy, filter_copy(filter->children[i]));
    }
    return copy;
}

void filter_free(struct filter *filter)
{
    if (!filter) {
        return;
    }
    for (size_t i = 0; i < filter->child_count; i++) {
        filter_free(filter->children[i]);
    }
    for (size_t i = 0; i < filter->text_count; i++) {
        free(filter->texts[i]);
    }
    free(filter->children);
    free(filter->texts);
    free(filter->attribute);
    free(filter);
}

static bool are_tests_equal(const struct filter *a, const struct filter *b)
{
    if (a->test != b->test || a->number != b->number || strcmp(a->attribute, b->attribute) != 0 ||
        a->text_count != b->text_count) {
        return false;
    }
    for (size_t i = 0; i < a->text_count; i++) {
        if (strcmp(a->texts[i], b->texts[i]) != 0) {
            return false;
        }
    }
    return true;
}

bool filter_equals(const struct filter *a, const struct filter *b)
{
    if (!a || !b) {
        return a == b;
    }
    if (a->kind != b->kind || a->child_count != b->child_count) {
        return false;
    }
    for (size_t i = 0; i < a->child_count; i++) {
        if (!filter_equals(a->children[i], b->children[i])) {
            return false;
        }
    }
    return a->kind != FILTER_TEST || are_tests_equal(a, b);
}
