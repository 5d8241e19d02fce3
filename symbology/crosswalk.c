/*
 * crosswalk.c - reads the links of a set. An overlay's crosswalk stands on that of its base: what it says of
 * an entry takes the place of what the base says.
 */
#include "symbology/crosswalk.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "symbology/symbol_set_internal.h"
#include "symbology/text_reader.h"

struct links {
    struct crosswalk_link *items;
    size_t count;
};

struct crosswalk {
    const struct crosswalk *base; /* or NULL; borrowed: the base set lives longer */
    struct crosswalk_scheme *schemes;
    size_t scheme_count;
    struct table *by_entity; /* values are owned links */
};

static const char *const match_names[] = {"exact", "close", "broad", NULL};

const char *crosswalk_match_name(enum crosswalk_match match)
{
    return match_names[match];
}

static void free_links(void *value)
{
    struct links *links = value;
    for (size_t i = 0; i < links->count; i++) {
        free(links->items[i].code);
        free(links->items[i].name);
    }
    free(links->items);
    free(links);
}

void crosswalk_free(struct crosswalk *crosswalk)
{
    if (!crosswalk) {
        return;
    }
    for (size_t i = 0; i < crosswalk->scheme_count; i++) {
        free(crosswalk->schemes[i].id);
        free(crosswalk->schemes[i].title);
        free(crosswalk->schemes[i].publisher);
        free(crosswalk->schemes[i].version);
    }
    free(crosswalk->schemes);
    table_free(crosswalk->by_entity);
    free(crosswalk);
}

size_t crosswalk_scheme_count(const struct crosswalk *crosswalk)
{
    return crosswalk ? crosswalk_scheme_count(crosswalk->base) + crosswalk->scheme_count : 0;
}

const struct crosswalk_scheme *crosswalk_scheme_at(const struct crosswalk *crosswalk, size_t index)
{
    size_t below = crosswalk_scheme_count(crosswalk->base);
    return index < below ? crosswalk_scheme_at(crosswalk->base, index) : &crosswalk->schemes[index - below];
}

static const struct crosswalk_scheme *find_scheme(const struct crosswalk *crosswalk, const char *id)
{
    for (size_t i = 0; i < crosswalk_scheme_count(crosswalk); i++) {
        const struct crosswalk_scheme *scheme = crosswalk_scheme_at(crosswalk, i);
        if (strcmp(scheme->id, id) == 0) {
            return scheme;
        }
    }
    return NULL;
}

static void read_scheme(const struct yaml_node *mapping, struct crosswalk *crosswalk,
                        struct problems *problems)
{
    static const char *const known[] = {"id", "title", "publisher", "version", NULL};
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems, "must be a scheme with id, title and publisher");
        return;
    }
    yaml_check_keys(mapping, known, problems);
    const char *id = yaml_read_text(mapping, "id", NULL, problems);
    if (id[0] != '\0' && find_scheme(crosswalk, id)) {
        yaml_problem(yaml_find(mapping, "id"), problems, "'%.40s' is already a scheme", id);
    }
    struct crosswalk_scheme *scheme = &crosswalk->schemes[crosswalk->scheme_count++];
    scheme->id = memory_copy_text(id);
    scheme->title = text_read_required(mapping, "title", problems);
    scheme->publisher = text_read_plain(mapping, "publisher", problems);
    scheme->version = text_read_plain(mapping, "version", problems);
}

static void read_schemes(const struct yaml_node *root, struct crosswalk *crosswalk, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "schemes", problems);
    crosswalk->schemes = memory_new(list ? yaml_count(list) : 0, sizeof *crosswalk->schemes);
    for (size_t i = 0; list && i < yaml_count(list); i++) {
        read_scheme(yaml_at(list, i), crosswalk, problems);
    }
}

static void read_link(const struct yaml_node *mapping, const struct crosswalk *crosswalk, struct links *links,
                      struct problems *problems)
{
    static const char *const known[] = {"scheme", "code", "name", "match", NULL};
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems, "must be a link with scheme, match, and code or name");
        return;
    }
    yaml_check_keys(mapping, known, problems);
    const char *id = yaml_read_text(mapping, "scheme", NULL, problems);
    const struct crosswalk_scheme *scheme = find_scheme(crosswalk, id);
    int match = yaml_read_choice(mapping, "match", match_names, -1, problems);
    if (!scheme && id[0] != '\0') {
        yaml_problem(yaml_find(mapping, "scheme"), problems, "'%.40s' is none of the schemes", id);
    }
    struct crosswalk_link *link = &links->items[links->count++];
    *link = (struct crosswalk_link){.scheme = scheme,
                                    .code = text_read_plain(mapping, "code", problems),
                                    .name = text_read_plain(mapping, "name", problems),
                                    .match = match < 0 ? MATCH_BROAD : (enum crosswalk_match)match};
    if (link->code[0] == '\0' && link->name[0] == '\0') {
        yaml_problem(mapping, problems, "has neither code nor name");
    }
}

static void read_links(const struct yaml_node *list, const char *entity, const struct symbol_set *set,
                       struct crosswalk *crosswalk, struct problems *problems)
{
    char hint[SYMBOL_HINT_BYTES];
    const struct symbol_entry *entry = symbol_set_find(set, entity);
    if (!entry) {
        yaml_problem(list, problems, "'%.60s' is no entry of the set%s", entity,
                     symbol_set_hint(set, entity, hint));
    } else if (strcmp(entry->id, entity) != 0) {
        yaml_problem(list, problems, "'%.60s' is another name of '%s': give it there", entity, entry->id);
    }
    if (yaml_kind(list) != YAML_SEQUENCE) {
        yaml_problem(list, problems, "must be a list of links");
        return;
    }
    struct links *links = memory_new(1, sizeof *links);
    links->items = memory_new(yaml_count(list), sizeof *links->items);
    for (size_t i = 0; i < yaml_count(list); i++) {
        read_link(yaml_at(list, i), crosswalk, links, problems);
    }
    table_put(crosswalk->by_entity, entity, links);
}

struct crosswalk *crosswalk_read(const struct yaml_node *root, const struct symbol_set *set,
                                 struct problems *problems)
{
    static const char *const known[] = {"schemes", "entries", NULL};
    struct crosswalk *crosswalk = memory_new(1, sizeof *crosswalk);
    crosswalk->base = set->base ? symbol_set_crosswalk(set->base) : NULL;
    crosswalk->by_entity = table_new(free_links);
    yaml_check_keys(root, known, problems);
    read_schemes(root, crosswalk, problems);
    const struct yaml_node *entries = yaml_read_mapping(root, "entries", problems);
    for (size_t i = 0; entries && i < yaml_count(entries); i++) {
        read_links(yaml_at(entries, i), yaml_key_at(entries, i), set, crosswalk, problems);
    }
    return crosswalk;
}

const struct crosswalk_link *crosswalk_find(const struct crosswalk *crosswalk, const char *entity,
                                            size_t *count)
{
    for (; crosswalk; crosswalk = crosswalk->base) {
        const struct links *links = table_find(crosswalk->by_entity, entity);
        if (links) {
            *count = links->count;
            return links->items;
        }
    }
    *count = 0;
    return NULL;
}
