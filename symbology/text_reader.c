/*
 * text_reader.c - one judgement of a scalar, for a text alone and for each of its translations.
 */
#include "symbology/text_reader.h"

#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/language.h"
#include "symbology/plain_text.h"

/* The text of a scalar node, owned; "" with a problem when it is not fit to be shown. */
static char *read_plain(const struct yaml_node *node, struct problems *problems)
{
    if (yaml_kind(node) != YAML_SCALAR) {
        yaml_problem(node, problems, "must be a text");
        return memory_copy_text("");
    }
    const char *refusal = plain_text_refusal(yaml_text(node), strlen(yaml_text(node)));
    if (refusal) {
        yaml_problem(node, problems, "%s", refusal);
        return memory_copy_text("");
    }
    return memory_copy_text(yaml_text(node));
}

char *text_read_plain(const struct yaml_node *mapping, const char *key, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, key);
    return yaml_is_null(node) ? memory_copy_text("") : read_plain(node, problems);
}

/* Nothing at all, or a text without a letter. */
static bool is_empty(const struct yaml_node *node)
{
    return yaml_is_null(node) || (yaml_kind(node) == YAML_SCALAR && yaml_text(node)[0] == '\0');
}

char *text_read_required(const struct yaml_node *mapping, const char *key, struct problems *problems)
{
    if (is_empty(yaml_find(mapping, key))) {
        yaml_read_text(mapping, key, NULL, problems); /* says which of both */
        return memory_copy_text("");
    }
    return text_read_plain(mapping, key, problems);
}

/* NULL when the language is left out; one that is named has to have a text. */
static char *read_translation(const struct yaml_node *translation, struct problems *problems)
{
    if (!translation) {
        return NULL;
    }
    if (is_empty(translation)) {
        yaml_problem(translation, problems, "must not be empty: leave the language out, or give its text");
        return NULL;
    }
    return read_plain(translation, problems);
}

static void read_translations(const struct yaml_node *node, struct multilingual *text,
                              struct problems *problems)
{
    const char *known[LANGUAGE_COUNT + 1] = {NULL};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        known[i] = language_code((enum language)i);
    }
    yaml_check_keys(node, known, problems);
    if (yaml_count(node) == 0) {
        yaml_problem(node, problems, "must be a text, or one of each of some languages");
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        text->texts[i] = read_translation(yaml_find(node, known[i]), problems);
    }
}

void text_read_multilingual(const struct yaml_node *mapping, const char *key, bool is_required,
                            struct multilingual *text, struct problems *problems)
{
    *text = (struct multilingual){{NULL}};
    const struct yaml_node *node = yaml_find(mapping, key);
    if (node && yaml_kind(node) == YAML_MAPPING) {
        read_translations(node, text, problems);
        return;
    }
    text->texts[LANGUAGE_NL] = (is_required ? text_read_required : text_read_plain)(mapping, key, problems);
}
