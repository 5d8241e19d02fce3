/*
 * record.c - every reader looks a field up once, judges it and names what is wrong at its own line.
 */
#include "data/record.h"

#include <assert.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"

#define MOST_NUMBERS 4

static const size_t most_id_bytes = 64;

bool record_is_id(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length >= 1 && length <= most_id_bytes && text[length] == '\0';
}

char *record_read_id(const struct yaml_node *mapping, struct problems *problems)
{
    const char *id = yaml_read_text(mapping, "id", NULL, problems);
    if (*id == '\0') {
        return memory_copy_text("");
    }
    if (!record_is_id(id)) {
        yaml_problem(yaml_find(mapping, "id"), problems,
                     "'%.80s' is no id: 1 to 64 of the letters a to z, digits and '-'", id);
        return memory_copy_text("");
    }
    return memory_copy_text(id);
}

enum marking record_read_marking(const struct yaml_node *mapping, const char *key, enum marking fallback,
                                 struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, key);
    if (yaml_is_null(node)) {
        return fallback;
    }
    enum marking marking = fallback;
    if (!marking_parse(yaml_text(node), &marking)) {
        yaml_problem(node, problems,
                     "'%.40s' is no marking: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED",
                     yaml_text(node));
    }
    return marking;
}

static bool read_number(const struct yaml_node *node, double *value, struct problems *problems)
{
    if (!number_parse(yaml_text(node), value)) { /* "" when it is no scalar */
        yaml_problem(node, problems, "must be a number, not '%.40s'", yaml_text(node));
        return false;
    }
    return true;
}

bool record_read_numbers(const struct yaml_node *mapping, const char *key, size_t count, double *values,
                         struct problems *problems)
{
    assert(count <= MOST_NUMBERS);
    const struct yaml_node *sequence = yaml_read_sequence(mapping, key, problems);
    if (!sequence) {
        return false;
    }
    if (yaml_count(sequence) != count) {
        yaml_problem(sequence, problems, "must be %zu numbers, not %zu", count, yaml_count(sequence));
        return false;
    }
    double numbers[MOST_NUMBERS];
    bool is_good = true;
    for (size_t i = 0; i < count; i++) {
        is_good = read_number(yaml_at(sequence, i), &numbers[i], problems) && is_good;
    }
    if (is_good) {
        memcpy(values, numbers, count * sizeof *values);
    }
    return is_good;
}
