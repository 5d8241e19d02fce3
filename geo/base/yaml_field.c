/*
 * yaml_field.c - the part of yaml.h that reads one field of a mapping and says what is wrong with it.
 */
#include "geo/base/yaml.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/word.h"

static void name_unknown_key(const struct yaml_node *mapping, size_t index, const char *const known[],
                             struct problems *problems)
{
    const char *key = yaml_key_at(mapping, index);
    const char *path = yaml_path(mapping);
    const char *nearest = word_nearest(key, known);
    char field[512];
    snprintf(field, sizeof field, "%s%s%.60s", path, path[0] != '\0' ? "." : "", key);
    problems_add(problems, PROBLEM_ERROR, yaml_file(mapping), yaml_line(yaml_at(mapping, index)), field,
                 nearest ? "is not a known field; did you mean '%s'?" : "is not a known field", nearest);
}

void yaml_check_keys(const struct yaml_node *mapping, const char *const known[], struct problems *problems)
{
    if (!mapping || yaml_kind(mapping) != YAML_MAPPING) {
        return;
    }
    for (size_t i = 0; i < yaml_count(mapping); i++) {
        bool is_known = false;
        for (size_t k = 0; known[k] && !is_known; k++) {
            is_known = strcmp(known[k], yaml_key_at(mapping, i)) == 0;
        }
        if (!is_known) {
            name_unknown_key(mapping, i, known, problems);
        }
    }
}

/* Says that a required field is not there, at the line of its mapping. */
static void say_missing(const struct yaml_node *mapping, const char *key, struct problems *problems)
{
    if (!mapping) {
        return; /* the mapping itself was missing, and that was said */
    }
    const char *path = yaml_path(mapping);
    char field[512];
    snprintf(field, sizeof field, "%s%s%s", path, path[0] != '\0' ? "." : "", key);
    problems_add(problems, PROBLEM_ERROR, yaml_file(mapping), yaml_line(mapping), field, "is missing");
}

/* The scalar of a field; NULL when absent (said when required) or of another kind (said). */
static const struct yaml_node *find_scalar(const struct yaml_node *mapping, const char *key, bool is_required,
                                           const char *expected, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, key);
    if (yaml_is_null(node)) {
        if (is_required) {
            say_missing(mapping, key, problems);
        }
        return NULL;
    }
    if (yaml_kind(node) != YAML_SCALAR) {
        yaml_problem(node, problems, "must be %s", expected);
        return NULL;
    }
    return node;
}

const char *yaml_read_text(const struct yaml_node *mapping, const char *key, const char *fallback,
                           struct problems *problems)
{
    const struct yaml_node *node = find_scalar(mapping, key, !fallback, "a text", problems);
    if (!node) {
        return fallback ? fallback : "";
    }
    if (!fallback && yaml_text(node)[0] == '\0') {
        yaml_problem(node, problems, "must not be empty");
    }
    return yaml_text(node);
}

double yaml_read_number(const struct yaml_node *mapping, const char *key, double least_number,
                        double most_number, double fallback, struct problems *problems)
{
    const struct yaml_node *node = find_scalar(mapping, key, isnan(fallback), "a number", problems);
    if (!node) {
        return fallback;
    }
    double number = 0;
    if (!number_parse(yaml_text(node), &number)) {
        yaml_problem(node, problems, "must be a number, not '%.60s'", yaml_text(node));
        return fallback;
    }
    if (number < least_number || number > most_number) {
        yaml_problem(node, problems, "must be from %.15g to %.15g, not %.15g", least_number, most_number,
                     number);
        return fallback;
    }
    return number;
}

bool yaml_read_bool(const struct yaml_node *mapping, const char *key, bool fallback,
                    struct problems *problems)
{
    static const char *const choices[] = {"false", "true", NULL};
    return yaml_read_choice(mapping, key, choices, fallback, problems) == 1;
}

static void say_choices(const struct yaml_node *node, const char *const choices[], struct problems *problems)
{
    struct buffer list;
    buffer_init(&list, 400);
    for (size_t i = 0; choices[i]; i++) {
        buffer_appendf(&list, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
    }
    yaml_problem(node, problems, "must be %s, not '%.60s'", list.bytes ? list.bytes : "", yaml_text(node));
    buffer_finish(&list);
}

int yaml_read_choice(const struct yaml_node *mapping, const char *key, const char *const choices[],
                     int fallback, struct problems *problems)
{
    const struct yaml_node *node = find_scalar(mapping, key, fallback < 0, "one word", problems);
    if (!node) {
        return fallback;
    }
    for (int i = 0; choices[i]; i++) {
        if (strcmp(choices[i], yaml_text(node)) == 0) {
            return i;
        }
    }
    say_choices(node, choices, problems);
    return fallback;
}

static const struct yaml_node *read_kind(const struct yaml_node *mapping, const char *key,
                                         enum yaml_kind kind, const char *expected, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, key);
    if (yaml_is_null(node)) {
        return NULL;
    }
    if (yaml_kind(node) != kind) {
        yaml_problem(node, problems, "must be %s", expected);
        return NULL;
    }
    return node;
}

const struct yaml_node *yaml_read_sequence(const struct yaml_node *mapping, const char *key,
                                           struct problems *problems)
{
    return read_kind(mapping, key, YAML_SEQUENCE, "a list", problems);
}

const struct yaml_node *yaml_read_mapping(const struct yaml_node *mapping, const char *key,
                                          struct problems *problems)
{
    return read_kind(mapping, key, YAML_MAPPING, "a mapping of fields", problems);
}
