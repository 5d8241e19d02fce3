/*
 * template_draft.c - all files are parsed first, then each is read over what it extends, whichever comes
 * first.
 */
#include "render/briefing/template_draft.h"

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
#include "geo/base/resource.h"
#include "geo/base/yaml.h"
#include "geo/crs.h"
#include "render/briefing/logo.h"
#include "render/briefing/template_check.h"
#include "render/briefing/template_read.h"
#include "render/briefing/template_value.h"

#define OWN_FOLDER "briefing/templates/"
#define ENDING ".yaml"

extern const struct resource *render_resources;

static struct template_draft *find_draft(const struct template_drafts *drafts, const char *id)
{
    for (size_t i = 0; i < drafts->count; i++) {
        if (strcmp(drafts->items[i].id, id) == 0) {
            return &drafts->items[i];
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

/** A draft without any content yet; NULL with a problem when its name cannot be, or is there already. */
static struct template_draft *add_draft(struct template_drafts *drafts, const char *file)
{
    char *id = id_of_file(file, drafts->problems);
    const struct template_draft *other = id ? find_draft(drafts, id) : NULL;
    if (other) {
        problems_add(drafts->problems, PROBLEM_ERROR, file, 0, "", "there is a template '%s' already: %s", id,
                     other->file);
    }
    if (!id || other) {
        free(id);
        return NULL;
    }
    drafts->items = memory_resize(drafts->items, drafts->count + 1, sizeof *drafts->items);
    struct template_draft *draft = &drafts->items[drafts->count++];
    *draft = (struct template_draft){
        .id = id, .file = memory_copy_text(file), .parent = memory_copy_text(""), .hash = HASH_START};
    problems_init(&draft->problems);
    return draft;
}

static void parse(struct template_draft *draft, const char *text, size_t length)
{
    draft->document = yaml_document_parse(draft->file, text, length, &draft->problems);
    draft->hash = hash_bytes(HASH_START, text, length);
}

void template_drafts_add_own(struct template_drafts *drafts)
{
    for (const struct resource *resource = render_resources; resource->name; resource++) {
        if (strncmp(resource->name, OWN_FOLDER, strlen(OWN_FOLDER)) != 0) {
            continue;
        }
        struct template_draft *draft = add_draft(drafts, resource->name + strlen("briefing/"));
        if (draft) {
            draft->is_own = true;
            parse(draft, resource->bytes, resource->length);
        }
    }
}

static void add_file(struct template_drafts *drafts, const char *path)
{
    struct fault fault;
    size_t length;
    struct template_draft *draft = add_draft(drafts, path);
    char *text = draft ? file_read(path, TEMPLATE_BYTES_MAX, &length, &fault) : NULL;
    if (text) {
        parse(draft, text, length);
    } else if (draft) {
        problems_add(&draft->problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
    }
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

void template_drafts_add_folder(struct template_drafts *drafts, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_yaml, by_name);
    if (count < 0) {
        problems_add(drafts->problems, PROBLEM_ERROR, folder, 0, "", "the folder of templates: %s",
                     strerror(errno));
        return;
    }
    bool is_full = false;
    for (int i = 0; i < count; i++) {
        is_full = drafts->count >= TEMPLATE_FOLDER_MAX;
        if (!is_full) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            add_file(drafts, path);
        }
        free(entries[i]);
    }
    if (is_full) {
        problems_add(drafts->problems, PROBLEM_ERROR, folder, 0, "",
                     "there are more than %d templates: the others are not read", TEMPLATE_FOLDER_MAX);
    }
    free(entries);
}

/** What a draft extends; NULL: nothing, or (with a problem) what cannot be. */
static struct template_draft *find_parent(const struct template_drafts *drafts, struct template_draft *draft,
                                          bool *is_good)
{
    const struct yaml_node *root = yaml_document_root(draft->document);
    const char *id = yaml_read_text(root, "extends", "", &draft->problems);
    struct template_draft *parent = id[0] ? find_draft(drafts, id) : NULL;
    const struct yaml_node *node = yaml_find(root, "extends");
    if (id[0] && !parent) {
        yaml_problem(node, &draft->problems, "there is no template '%.80s'", id);
    } else if (parent && parent->state == TEMPLATE_DRAFT_OPEN) {
        yaml_problem(node, &draft->problems, "'%s' extends, by way of others, this template", id);
        parent = NULL;
    }
    if (parent) {
        free(draft->parent);
        draft->parent = memory_copy_text(id);
    }
    *is_good = !id[0] || parent;
    return parent;
}

static uint64_t hash_of(const struct template_draft *draft, const struct template_draft *parent)
{
    uint64_t hash = hash_bytes(HASH_START, &draft->hash, sizeof draft->hash);
    if (parent) {
        hash = hash_bytes(hash, &parent->template.hash, sizeof parent->template.hash);
    }
    return logo_hash(hash, draft->template.logo);
}

/** The same chain is refused whichever of its files is read first; only its first template too many is named.
 */
static bool check_depth(struct template_draft *draft)
{
    if (draft->depth == TEMPLATE_DEPTH_MAX + 1) {
        yaml_problem(yaml_find(yaml_document_root(draft->document), "extends"), &draft->problems,
                     "more than %d templates extend each other", TEMPLATE_DEPTH_MAX);
    }
    return draft->depth <= TEMPLATE_DEPTH_MAX;
}

/** Whoever reads the list of mistakes sees which others are stopped by them. */
static void blame_parent(struct template_draft *draft, const struct template_draft *parent)
{
    const struct yaml_node *node = yaml_find(yaml_document_root(draft->document), "extends");
    problems_add(&draft->problems, PROBLEM_WARNING, draft->file, yaml_line(node), "extends",
                 "'%s' has mistakes, so this template cannot be used either", parent->id);
}

/** A context to look CRSs up, where a file of an organisation names one; those of the program's are known. */
static struct crs_context *context_for(struct template_drafts *drafts, struct template_draft *draft)
{
    struct fault fault;
    const struct yaml_node *node = yaml_find(yaml_document_root(draft->document), "crs");
    if (draft->is_own || yaml_is_null(node)) {
        return NULL;
    }
    if (!drafts->context) {
        drafts->context = crs_context_new(NULL, &fault);
    }
    if (!drafts->context) {
        yaml_problem(node, &draft->problems, "%s", fault.message);
    }
    return drafts->context;
}

static void read_fields(struct template_drafts *drafts, struct template_draft *draft)
{
    const struct yaml_node *root = yaml_document_root(draft->document);
    template_read_over(&draft->template, root, &draft->problems);
    template_check(&draft->template, root, context_for(drafts, draft), &draft->problems);
}

static void resolve(struct template_drafts *drafts, struct template_draft *draft)
{
    if (draft->state != TEMPLATE_DRAFT_NEW) {
        return;
    }
    draft->state = TEMPLATE_DRAFT_OPEN;
    draft->depth = 1;
    bool is_good = draft->document != NULL;
    struct template_draft *parent = is_good ? find_parent(drafts, draft, &is_good) : NULL;
    if (parent) {
        resolve(drafts, parent);
        draft->depth = parent->depth + 1;
        is_good = check_depth(draft) && parent->is_good;
    }
    if (parent && !parent->is_good) {
        blame_parent(draft, parent);
    }
    draft->template = parent ? template_copy(&parent->template) : template_bare();
    free(draft->template.id);
    free(draft->template.file);
    draft->template.id = memory_copy_text(draft->id);
    draft->template.file = memory_copy_text(draft->file);
    if (draft->document) {
        read_fields(drafts, draft);
    }
    draft->template.hash = hash_of(draft, parent);
    draft->is_good = is_good && draft->problems.error_count == 0;
    draft->state = TEMPLATE_DRAFT_DONE;
}

void template_drafts_resolve(struct template_drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++) {
        resolve(drafts, &drafts->items[i]);
    }
}

void template_drafts_finish(struct template_drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++) {
        struct template_draft *draft = &drafts->items[i];
        free(draft->id);
        free(draft->file);
        free(draft->parent);
        yaml_document_free(draft->document);
        template_finish(&draft->template);
        problems_finish(&draft->problems);
    }
    free(drafts->items);
    crs_context_free(drafts->context);
    *drafts = (struct template_drafts){0};
}
