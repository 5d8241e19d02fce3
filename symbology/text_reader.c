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

static void read_translations(const struct yaml_node *node, struct multilingual *text,
                              struct problems *problems)
{
    const char *known[LANGUAGE_COUNT + 1] = {NULL};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        known[i] = language_code((enum language)i);
    }
    yaml_check_keys(node, known, problems);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const struct yaml_node *translation = yaml_find(node, known[i]);
        text->texts[i] = yaml_is_null(translation) ? NULL : read_plain(translation, problems);
    }
}

void text_read_multilingual(const struct yaml_node *mapping, const char *key, bool is_required,
                            struct multilingual *text, struct problems *problems)
{
    *text = (struct multilingual){{NULL}};
    const struct yaml_node *node = yaml_find(mapping, key);
    if (yaml_is_null(node)) {
        if (is_required) {
            yaml_read_text(mapping, key, NULL, problems);
        }
        return;
    }
    if (yaml_kind(node) == YAML_MAPPING) {
        read_translations(node, text, problems);
    } else {
        text->texts[LANGUAGE_NL] = read_plain(node, problems);
    }
}
