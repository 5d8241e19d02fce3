/*
 * style_write_where.c - what all alternatives ask alike stands in `where`, the rest in `any`.
 */
#include "symbology/import/style_write_where.h"

#include <math.h>

#include "geo/base/buffer.h"
#include "symbology/import/filter_condition.h"
#include "symbology/import/style_filter.h"
#include "symbology/import/yaml_text.h"

static void append_list(struct buffer *yaml, const char *key, char *const *texts, size_t count)
{
    buffer_appendf(yaml, "%s: [", key);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(yaml, i > 0 ? ", " : "");
        yaml_append_text(yaml, texts[i]);
    }
    buffer_append_text(yaml, "]");
}

/* The operators of one condition, with commas between. */
struct operator_list {
    struct buffer *yaml;
    const char *comma;
};

static void begin_operator(struct operator_list *list)
{
    buffer_append_text(list->yaml, list->comma);
    list->comma = ", ";
}

static void append_number_operator(struct operator_list *list, const char *key, double number)
{
    if (!isnan(number)) {
        begin_operator(list);
        buffer_appendf(list->yaml, "%s: ", key);
        yaml_append_number(list->yaml, number);
    }
}

static void append_text_operator(struct operator_list *list, const char *key, const char *text)
{
    if (text) {
        begin_operator(list);
        buffer_appendf(list->yaml, "%s: ", key);
        yaml_append_text(list->yaml, text);
    }
}

static void append_operators(struct buffer *yaml, const struct filter_condition *condition)
{
    struct operator_list list = {yaml, ""};
    if (condition->in) {
        begin_operator(&list);
        append_list(yaml, "in", condition->in, condition->in_count);
    }
    if (condition->not_in_count == 1) {
        append_text_operator(&list, "not", condition->not_in[0]);
    } else if (condition->not_in_count > 1) {
        begin_operator(&list);
        append_list(yaml, "not_in", condition->not_in, condition->not_in_count);
    }
    append_text_operator(&list, "like", condition->like);
    append_text_operator(&list, "not_like", condition->not_like);
    append_number_operator(&list, "min", condition->min);
    append_number_operator(&list, "above", condition->above);
    append_number_operator(&list, "max", condition->max);
    append_number_operator(&list, "below", condition->below);
    if (condition->must_exist || condition->must_lack) {
        begin_operator(&list);
        buffer_append_text(yaml, condition->must_exist ? "exists: true" : "exists: false");
    }
}

/* "class: motorway" or "lanes: {min: 2}" */
static void append_condition(struct buffer *yaml, const struct filter_condition *condition)
{
    yaml_append_text(yaml, condition->attribute);
    buffer_append_text(yaml, ": ");
    if (filter_condition_is_list(condition) && condition->in_count == 1) {
        yaml_append_text(yaml, condition->in[0]);
        return;
    }
    buffer_append_text(yaml, "{");
    append_operators(yaml, condition);
    buffer_append_text(yaml, "}");
}

/* Do all alternatives ask this of its attribute? */
static bool is_common(const struct filter_alternatives *alternatives,
                      const struct filter_condition *condition)
{
    for (size_t i = 0; i < alternatives->count; i++) {
        const struct filter_alternative *one = &alternatives->items[i];
        bool is_found = false;
        for (size_t j = 0; j < one->count && !is_found; j++) {
            is_found = filter_condition_equals(&one->conditions[j], condition);
        }
        if (!is_found) {
            return false;
        }
    }
    return true;
}

/* The conditions of an alternative that are (not) common to all, in braces; nothing when there are none. */
static bool append_conditions(struct buffer *yaml, const char *before,
                              const struct filter_alternatives *alternatives,
                              const struct filter_alternative *one, bool are_common)
{
    const char *between = before;
    for (size_t i = 0; i < one->count; i++) {
        if (is_common(alternatives, &one->conditions[i]) == are_common) {
            buffer_append_text(yaml, between);
            append_condition(yaml, &one->conditions[i]);
            between = ", ";
        }
    }
    if (between == before) {
        return false;
    }
    buffer_append_text(yaml, "}\n");
    return true;
}

/* One alternative asks for no more than what all ask: the others add nothing. */
static bool is_any_needed(const struct filter_alternatives *alternatives)
{
    for (size_t i = 0; i < alternatives->count; i++) {
        bool is_more = false;
        for (size_t j = 0; j < alternatives->items[i].count; j++) {
            is_more |= !is_common(alternatives, &alternatives->items[i].conditions[j]);
        }
        if (!is_more) {
            return false;
        }
    }
    return alternatives->count > 0;
}

bool style_write_where(struct where_writer *writer, const struct filter_alternatives *alternatives)
{
    struct buffer *yaml = writer->yaml;
    struct buffer before;
    buffer_init(&before, 256);
    buffer_appendf(&before, "%*s%swhere: {", writer->indent, "", writer->has_field ? "  " : "- ");
    if (alternatives->count > 0) {
        writer->has_field |=
            append_conditions(yaml, before.bytes, alternatives, &alternatives->items[0], true);
    }
    buffer_finish(&before);
    if (!is_any_needed(alternatives)) {
        return writer->has_field;
    }
    buffer_appendf(yaml, "%*s%sany:\n", writer->indent, "", writer->has_field ? "  " : "- ");
    buffer_init(&before, 256);
    buffer_appendf(&before, "%*s    - {", writer->indent, "");
    for (size_t i = 0; i < alternatives->count; i++) {
        append_conditions(yaml, before.bytes, alternatives, &alternatives->items[i], false);
    }
    buffer_finish(&before);
    return true;
}
