/*
 * template.c - the templates that can be used, by id, and beside them those that cannot, with their mistakes.
 */
#include "render/briefing/template.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/briefing/template_draft.h"
#include "render/briefing/template_value.h"

#define MISTAKES_MOST_BYTES 420 /* that stand in one fault */

/** A file that has mistakes, or extends one that has. */
struct refused_template {
    char *id;                 /* owned */
    char *parent;             /* what it extends; ""; owned */
    struct problems problems; /* of its own file */
};

struct templates {
    struct template *items; /* owned; by id */
    size_t count;
    struct refused_template *refused; /* owned */
    size_t refused_count;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct template *)a)->id, ((const struct template *)b)->id);
}

static void take(struct templates *templates, struct template_draft *draft)
{
    if (draft->is_good) {
        templates->items[templates->count++] = draft->template;
        draft->template = (struct template){0};
        return;
    }
    templates->refused[templates->refused_count++] =
        (struct refused_template){draft->id, draft->parent, draft->problems};
    draft->id = draft->parent = NULL;
    problems_init(&draft->problems);
}

static struct templates *take_all(struct template_drafts *drafts)
{
    struct templates *templates = memory_new(1, sizeof *templates);
    templates->items = memory_new(drafts->count, sizeof *templates->items);
    templates->refused = memory_new(drafts->count, sizeof *templates->refused);
    for (size_t i = 0; i < drafts->count; i++) {
        problems_sort(&drafts->items[i].problems); /* a value is judged in several places */
        problems_append(drafts->problems, &drafts->items[i].problems);
        take(templates, &drafts->items[i]);
    }
    qsort(templates->items, templates->count, sizeof *templates->items, by_id);
    return templates;
}

struct templates *templates_read(const char *const *folders, size_t folder_count, struct problems *problems)
{
    struct template_drafts drafts = {.problems = problems};
    template_drafts_add_own(&drafts);
    for (size_t i = 0; i < folder_count; i++) {
        template_drafts_add_folder(&drafts, folders[i]);
    }
    template_drafts_resolve(&drafts);
    struct templates *templates = take_all(&drafts);
    template_drafts_finish(&drafts);
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
    for (size_t i = 0; i < templates->refused_count; i++) {
        free(templates->refused[i].id);
        free(templates->refused[i].parent);
        problems_finish(&templates->refused[i].problems);
    }
    free(templates->items);
    free(templates->refused);
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

static const struct refused_template *find_refused(const struct templates *templates, const char *id)
{
    for (size_t i = 0; i < templates->refused_count; i++) {
        if (strcmp(templates->refused[i].id, id) == 0) {
            return &templates->refused[i];
        }
    }
    return NULL;
}

/** "our-map.yaml:3: paper: must be …": without the folder, which is nobody's business who orders a map. */
static void append_mistakes(struct buffer *text, const struct problems *problems, size_t *count)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        const char *slash = strrchr(problem->file, '/');
        if (problem->level != PROBLEM_ERROR) {
            continue;
        }
        buffer_appendf(text, "%s%s", text->length > 0 ? "; " : "", slash ? slash + 1 : problem->file);
        if (problem->line > 0) {
            buffer_appendf(text, ":%d", problem->line);
        }
        buffer_appendf(text, ": %s%s%s", problem->field, problem->field[0] ? ": " : "", problem->sentence);
    }
    *count += problems->error_count;
}

bool templates_is_refused(const struct templates *templates, const char *id, struct fault *fault)
{
    const struct refused_template *refused = find_refused(templates, id);
    struct buffer text;
    size_t count = 0;
    if (!refused) {
        return false;
    }
    buffer_init(&text, TEMPLATE_DEPTH_MAX * TEMPLATE_BYTES_MAX);
    for (int depth = 0; refused && depth < TEMPLATE_DEPTH_MAX; depth++) {
        append_mistakes(&text, &refused->problems, &count);
        refused = find_refused(templates, refused->parent);
    }
    bool is_cut = text.length > MISTAKES_MOST_BYTES;
    fault_set(fault, FAULT_INPUT, "template '%.64s' has %zu mistake%s: %.*s%s", id, count,
              count == 1 ? "" : "s", is_cut ? MISTAKES_MOST_BYTES : (int)text.length,
              text.length > 0 ? text.bytes : "", is_cut ? " …" : "");
    buffer_finish(&text);
    return true;
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
