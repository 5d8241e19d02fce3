/*
 * sld_filter.c - XML is at most 64 levels deep (xml.h), so is the recursion.
 */
#include "symbology/import/sld_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "geo/base/xml.h"
#include "symbology/import/sld_value.h"
#include "symbology/import/style_filter.h"

#define MOST_PATTERN 500

static struct filter *lose(const struct sld_scope *scope, const struct xml_node *element, const char *why)
{
    style_lose(scope->losses, sld_origin(scope, element),
               "the condition %s %s: it cannot be carried over and is not asked", xml_name(element), why);
    return filter_new(FILTER_LOST);
}

static bool is_property(const struct xml_node *element)
{
    return element && (strcmp(xml_name(element), "PropertyName") == 0 ||
                       strcmp(xml_name(element), "ValueReference") == 0);
}

static bool is_literal(const struct xml_node *element)
{
    return element && strcmp(xml_name(element), "Literal") == 0 && !xml_first(element);
}

/* "1.0" is the number 1, however the data write it. */
static struct filter *equal(const char *attribute, const char *literal)
{
    double number;
    char canonical[40];
    if (!number_parse(literal, &number)) {
        return filter_new_text(attribute, literal);
    }
    snprintf(canonical, sizeof canonical, "%.15g", number);
    if (strcmp(canonical, literal) == 0) {
        return filter_new_text(attribute, literal);
    }
    struct filter *all = filter_new(FILTER_ALL);
    filter_add(all, filter_new_number(attribute, FILTER_MIN, number));
    filter_add(all, filter_new_number(attribute, FILTER_MAX, number));
    return all;
}

struct comparison {
    const char *name;
    enum filter_test test;
    enum filter_test turned; /* with the literal before the attribute */
};

static const struct comparison comparisons[] = {
    {"PropertyIsLessThan", FILTER_BELOW, FILTER_ABOVE},
    {"PropertyIsLessThanOrEqualTo", FILTER_MAX, FILTER_MIN},
    {"PropertyIsGreaterThan", FILTER_ABOVE, FILTER_BELOW},
    {"PropertyIsGreaterThanOrEqualTo", FILTER_MIN, FILTER_MAX},
};

static struct filter *compare(const struct sld_scope *scope, const struct xml_node *element,
                              const char *attribute, const char *literal, bool is_turned)
{
    double number;
    if (strcmp(xml_name(element), "PropertyIsEqualTo") == 0) {
        return equal(attribute, literal);
    }
    if (strcmp(xml_name(element), "PropertyIsNotEqualTo") == 0) {
        return filter_new_not(equal(attribute, literal));
    }
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        if (strcmp(xml_name(element), comparisons[i].name) == 0) {
            return number_parse(literal, &number)
                       ? filter_new_number(attribute, is_turned ? comparisons[i].turned : comparisons[i].test,
                                           number)
                       : lose(scope, element, "compares texts");
        }
    }
    return lose(scope, element, "is not known");
}

static struct filter *read_comparison(const struct sld_scope *scope, const struct xml_node *element)
{
    const struct xml_node *first = xml_first(element);
    const struct xml_node *second = first ? xml_next(first) : NULL;
    bool is_turned = is_literal(first);
    const struct xml_node *property = is_turned ? second : first;
    const struct xml_node *literal = is_turned ? first : second;
    if (!is_property(property) || !is_literal(literal)) {
        return lose(scope, element, "compares something other than an attribute with a value");
    }
    const char *case_matters = xml_attribute(element, "matchCase");
    if (case_matters && strcmp(case_matters, "false") == 0) {
        style_lose(scope->losses, sld_origin(scope, element),
                   "matchCase=\"false\" is not carried over: capitals must be the same");
    }
    char *attribute = sld_property_name(property);
    char *text = xml_text(literal);
    struct filter *filter = compare(scope, element, attribute, text, is_turned);
    free(attribute);
    free(text);
    return filter;
}

/* The number of a boundary: <LowerBoundary><Literal>1</Literal></LowerBoundary>. */
static bool read_boundary(const struct xml_node *element, double *number)
{
    const struct xml_node *literal = element ? xml_first(element) : NULL;
    if (!element || (literal && !is_literal(literal))) {
        return false;
    }
    char *text = xml_text(element);
    bool is_number = number_parse(text, number);
    free(text);
    return is_number;
}

static struct filter *read_between(const struct sld_scope *scope, const struct xml_node *element)
{
    const struct xml_node *property = xml_first(element);
    double least;
    double most;
    if (!is_property(property) || !read_boundary(xml_find(element, "LowerBoundary"), &least) ||
        !read_boundary(xml_find(element, "UpperBoundary"), &most)) {
        return lose(scope, element, "is not between two numbers");
    }
    char *attribute = sld_property_name(property);
    struct filter *all = filter_new(FILTER_ALL);
    filter_add(all, filter_new_number(attribute, FILTER_MIN, least));
    filter_add(all, filter_new_number(attribute, FILTER_MAX, most));
    free(attribute);
    return all;
}

static bool begins_with(const char *text, const char *sign)
{
    return sign && *sign != '\0' && strncmp(text, sign, strlen(sign)) == 0;
}

/* The pattern with our own signs; false when it asks for one of these as a letter. */
static bool translate_pattern(const struct xml_node *element, const char *text, struct buffer *pattern)
{
    const char *many = xml_attribute(element, "wildCard");
    const char *one = xml_attribute(element, "singleChar");
    const char *escape = xml_attribute(element, "escapeChar");
    escape = escape ? escape : xml_attribute(element, "escape");
    while (*text != '\0') {
        bool is_escaped = begins_with(text, escape) && text[strlen(escape)] != '\0';
        text += is_escaped ? strlen(escape) : 0;
        if (!is_escaped && begins_with(text, many)) {
            buffer_append_text(pattern, "*");
            text += strlen(many);
        } else if (!is_escaped && begins_with(text, one)) {
            buffer_append_text(pattern, "?");
            text += strlen(one);
        } else if (*text == '*' || *text == '?') {
            return false;
        } else {
            buffer_append(pattern, text++, 1);
        }
    }
    return pattern->length > 0 && !pattern->is_full;
}

static struct filter *read_like(const struct sld_scope *scope, const struct xml_node *element)
{
    const struct xml_node *property = xml_first(element);
    const struct xml_node *literal = property ? xml_next(property) : NULL;
    if (!is_property(property) || !is_literal(literal)) {
        return lose(scope, element, "compares something other than an attribute with a pattern");
    }
    struct buffer pattern;
    buffer_init(&pattern, MOST_PATTERN);
    char *text = xml_text(literal);
    char *attribute = sld_property_name(property);
    struct filter *filter = NULL;
    if (translate_pattern(element, text, &pattern)) {
        filter = filter_new_test(attribute, FILTER_LIKE);
        filter_add_text(filter, pattern.bytes);
    } else {
        filter = lose(scope, element, "has a pattern that ours cannot say");
    }
    free(text);
    free(attribute);
    buffer_finish(&pattern);
    return filter;
}

static struct filter *read_null(const struct sld_scope *scope, const struct xml_node *element)
{
    const struct xml_node *property = xml_first(element);
    if (!is_property(property)) {
        return lose(scope, element, "asks for something other than an attribute");
    }
    char *attribute = sld_property_name(property);
    struct filter *filter = filter_new_text(attribute, "");
    free(attribute);
    return filter;
}

static struct filter *read_condition(const struct sld_scope *scope, const struct xml_node *element);

static struct filter *read_group(const struct sld_scope *scope, const struct xml_node *element,
                                 enum filter_kind kind)
{
    struct filter *group = filter_new(kind);
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        filter_add(group, read_condition(scope, child));
    }
    return group;
}

static struct filter *read_condition(const struct sld_scope *scope, const struct xml_node *element)
{
    const char *name = xml_name(element);
    if (strcmp(name, "And") == 0) {
        return read_group(scope, element, FILTER_ALL);
    }
    if (strcmp(name, "Or") == 0) {
        return read_group(scope, element, FILTER_ANY);
    }
    if (strcmp(name, "Not") == 0) {
        return filter_new_not(read_group(scope, element, FILTER_ALL));
    }
    if (strcmp(name, "PropertyIsBetween") == 0) {
        return read_between(scope, element);
    }
    if (strcmp(name, "PropertyIsLike") == 0) {
        return read_like(scope, element);
    }
    if (strcmp(name, "PropertyIsNull") == 0 || strcmp(name, "PropertyIsNil") == 0) {
        return read_null(scope, element);
    }
    if (strncmp(name, "PropertyIs", 10) == 0) {
        return read_comparison(scope, element);
    }
    return lose(scope, element, "is not about attributes");
}

struct filter *sld_filter_read(const struct sld_scope *scope, const struct xml_node *filter)
{
    return read_group(scope, filter, FILTER_ALL);
}
