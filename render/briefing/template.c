/*
 * template.c - all files are parsed first, then each is read over what it extends, whichever comes first.
 */
#include "render/briefing/template.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/record.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/resource.h"
#include "geo/base/yaml.h"
#include "render/briefing/logo.h"
#include "render/briefing/template_read.h"

#define BUILTIN_FOLDER "briefing/templates/"
#define ENDING ".yaml"

extern const struct resource *render_resources;

enum draft_state { DRAFT_NEW, DRAFT_OPEN, DRAFT_DONE };

/** A file on its way to a template. */
struct draft {
    char *id;                       /* owned */
    char *file;                     /* owned */
    struct yaml_document *document; /* owned; NULL: no YAML */
    uint64_t hash;                  /* of the file's bytes */
    struct template template;
    enum draft_state state;
    int depth;    /* of it and what it extends, when done */
    bool is_good; /* neither it nor what it extends has a mistake */
};

struct drafting {
    struct draft *items; /* owned */
    size_t count;
    struct problems *problems;
};

struct templates {
    struct template *items; /* owned; by id */
    size_t count;
};

static struct draft *find_draft(const struct drafting *drafting, const char *id)
{
    for (size_t i = 0; i < drafting->count; i++) {
        if (strcmp(drafting->items[i].id, id) == 0) {
            return &drafting->items[i];
        }
    }
    return NULL;
}

/** "situation" of "…/situation.yaml", owned; NULL with a problem when it is no id. */
static char *id_of_file(const char *file, struct problems *problems)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    char *id = memory_copy_text(name);
    id[strlen(name) - strlen(ENDING)] = '\0';
    if (record_is_id(id)) {
        return id;
    }
    problems_add(problems, PROBLEM_ERROR, file, 0, "",
                 "the name of a template's file must be 1 to 64 of a-z, 0-9 and '-', and .yaml");
    free(id);
    return NULL;
}

static void add_draft(struct drafting *drafting, const char *file, const char *text, size_t length)
{
    char *id = id_of_file(file, drafting->problems);
    const struct draft *other = id ? find_draft(drafting, id) : NULL;
    if (other) {
        problems_add(drafting->problems, PROBLEM_ERROR, file, 0, "", "there is a template '%s' already: %s",
                     id, other->file);
    }
    if (!id || other) {
        free(id);
        return;
    }
    drafting->items = memory_resize(drafting->items, drafting->count + 1, sizeof *drafting->items);
    drafting->items[drafting->count++] =
        (struct draft){.id = id,
                       .file = memory_copy_text(file),
                       .document = yaml_document_parse(file, text, length, drafting->problems),
                       .hash = hash_bytes(HASH_START, text, length)};
}

static void add_builtin(struct drafting *drafting)
{
    for (const struct resource *resource = render_resources; resource->name; resource++) {
        if (strncmp(resource->name, BUILTIN_FOLDER, strlen(BUILTIN_FOLDER)) == 0) {
            add_draft(drafting, resource->name + strlen("briefing/"), resource->bytes, resource->length);
        }
    }
}

static void add_file(struct drafting *drafting, const char *path)
{
    struct fault fault;
    size_t length;
    char *text = file_read(path, TEMPLATE_BYTES_MAX, &length, &fault);
    if (!text) {
        problems_add(drafting->problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
        return;
    }
    add_draft(drafting, path, text, length);
    free(text);
}

static int is_yaml(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > strlen(ENDING) &&
           strcmp(entry->d_name + length - strlen(ENDING), ENDING) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_folder(struct drafting *drafting, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_yaml, by_name);
    if (count < 0) {
        problems_add(drafting->problems, PROBLEM_ERROR, folder, 0, "", "the folder of templates: %s",
                     strerror(errno));
        return;
    }
    bool is_full = false;
    for (int i = 0; i < count; i++) {
        is_full = drafting->count >= TEMPLATE_FOLDER_MAX;
        if (!is_full) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            add_file(drafting, path);
        }
        free(entries[i]);
    }
    if (is_full) {
        problems_add(drafting->problems, PROBLEM_ERROR, folder, 0, "",
                     "there are more than %d templates: the others are not read", TEMPLATE_FOLDER_MAX);
    }
    free(entries);
}

/** What a draft extends; NULL: nothing, or (with a problem) what cannot be. */
static struct draft *find_parent(const struct drafting *drafting, const struct draft *draft, bool *is_good)
{
    const struct yaml_node *root = yaml_document_root(draft->document);
    const char *id = yaml_read_text(root, "extends", "", drafting->problems);
    struct draft *parent = id[0] ? find_draft(drafting, id) : NULL;
    const struct yaml_node *node = yaml_find(root, "extends");
    if (id[0] && !parent) {
        yaml_problem(node, drafting->problems, "there is no template '%.80s'", id);
    } else if (parent && parent->state == DRAFT_OPEN) {
        yaml_problem(node, drafting->problems, "'%s' extends, by way of others, this template", id);
        parent = NULL;
    }
    *is_good = !id[0] || parent;
    return parent;
}

static uint64_t hash_of(const struct draft *draft, const struct draft *parent)
{
    uint64_t hash = hash_bytes(HASH_START, &draft->hash, sizeof draft->hash);
    if (parent) {
        hash = hash_bytes(hash, &parent->template.hash, sizeof parent->template.hash);
    }
    return logo_hash(hash, draft->template.logo);
}

/** The same chain is refused whichever of its files is read first; only its first template too many is named.
 */
static bool check_depth(const struct drafting *drafting, const struct draft *draft)
{
    if (draft->depth == TEMPLATE_DEPTH_MAX + 1) {
        yaml_problem(yaml_find(yaml_document_root(draft->document), "extends"), drafting->problems,
                     "more than %d templates extend each other", TEMPLATE_DEPTH_MAX);
    }
    return draft->depth <= TEMPLATE_DEPTH_MAX;
}

static void draft_resolve(struct drafting *drafting, struct draft *draft)
{
    if (draft->state != DRAFT_NEW) {
        return;
    }
    draft->state = DRAFT_OPEN;
    draft->depth = 1;
    bool is_good = draft->document != NULL;
    struct draft *parent = is_good ? find_parent(drafting, draft, &is_good) : NULL;
    if (parent) {
        draft_resolve(drafting, parent);
        draft->depth = parent->depth + 1;
        is_good = check_depth(drafting, draft) && parent->is_good;
    }
    draft->template = parent ? template_copy(&parent->template) : template_bare();
    free(draft->template.id);
    free(draft->template.file);
    draft->template.id = memory_copy_text(draft->id);
    draft->template.file = memory_copy_text(draft->file);
    size_t errors_before = drafting->problems->error_count;
    if (draft->document) {
        template_read_over(&draft->template, yaml_document_root(draft->document), drafting->problems);
    }
    draft->template.hash = hash_of(draft, parent);
    draft->is_good = is_good && drafting->problems->error_count == errors_before;
    draft->state = DRAFT_DONE;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct template *)a)->id, ((const struct template *)b)->id);
}

static struct templates *take_good(struct drafting *drafting)
{
    struct templates *templates = memory_new(1, sizeof *templates);
    templates->items = memory_new(drafting->count, sizeof *templates->items);
    for (size_t i = 0; i < drafting->count; i++) {
        struct draft *draft = &drafting->items[i];
        if (draft->is_good) {
            templates->items[templates->count++] = draft->template;
            draft->template = (struct template){0};
        }
    }
    qsort(templates->items, templates->count, sizeof *templates->items, by_id);
    return templates;
}

static void finish_drafts(struct drafting *drafting)
{
    for (size_t i = 0; i < drafting->count; i++) {
        struct draft *draft = &drafting->items[i];
        free(draft->id);
        free(draft->file);
        yaml_document_free(draft->document);
        template_finish(&draft->template);
    }
    free(drafting->items);
}

struct templates *templates_read(const char *const *folders, size_t folder_count, struct problems *problems)
{
    struct drafting drafting = {.problems = problems};
    add_builtin(&drafting);
    for (size_t i = 0; i < folder_count; i++) {
        add_folder(&drafting, folders[i]);
    }
    for (size_t i = 0; i < drafting.count; i++) {
        draft_resolve(&drafting, &drafting.items[i]);
    }
    struct templates *templates = take_good(&drafting);
    finish_drafts(&drafting);
    return templates;
}

void templates_free(struct templates *templates)
{
    if (!templates) {
        return;
    }
    for (size_t i = 0; i < templates->count; i++) {
        template_finish(&templates->items[i]);
    }
    free(templates->items);
    free(templates);
}

const struct template *templates_find(const struct templates *templates, const char *id)
{
    for (size_t i = 0; i < templates->count; i++) {
        if (strcmp(templates->items[i].id, id) == 0) {
            return &templates->items[i];
        }
    }
    return NULL;
}

size_t templates_count(const struct templates *templates)
{
    return templates->count;
}

const struct template *templates_at(const struct templates *templates, size_t index)
{
    assert(index < templates->count);
    return &templates->items[index];
}
