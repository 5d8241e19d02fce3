/*
 * symbol_set_glyphs.c - the drawings of a set's points. Our own must be clean as they stand. Those of a
 * folder are reduced, and one that cannot be drawn is only a warning: no drawing may keep a service from
 * starting.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "geo/base/resource.h"
#include "geo/base/table.h"
#include "symbology/glyph.h"
#include "symbology/symbol_set_internal.h"

#define MOST_NAMES_BYTES 400

struct loading {
    struct symbol_set *set;
    const char *folder;
    struct problems *problems;
    int reduced_count;
    struct buffer reduced; /* their names */
};

/* The path of a glyph's file or resource, copied into path. */
static void glyph_path(const char *folder, const char *id, char *path, size_t path_bytes)
{
    snprintf(path, path_bytes, "%s/glyphs/%s.svg", folder, id);
}

/* Is it a point, and no alias of one? */
static bool has_glyph(const struct symbol_set *set, const struct symbol_entry *entry)
{
    return entry->geometry == GEOMETRY_POINT && table_find(set->by_id, entry->id) == entry;
}

static void load_builtin(struct symbol_entry *entry, const char *folder, struct problems *problems)
{
    char path[256];
    struct fault fault;
    glyph_path(folder, entry->id, path, sizeof path);
    const struct resource *resource = resource_find(symbology_resources, path);
    if (!resource) {
        return;
    }
    entry->glyph = glyph_read(resource->bytes, resource->length, &fault);
    if (!entry->glyph) {
        problems_add(problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
    }
}

void symbol_glyphs_load_builtin(struct symbol_set *set, const char *folder, struct problems *problems)
{
    for (size_t i = 0; i < set->entry_count; i++) {
        if (has_glyph(set, &set->entries[i])) {
            load_builtin(&set->entries[i], folder, problems);
        }
    }
}

/* All of them as warnings, with what is done about the errors. */
static void pass_on(const struct problems *found, const char *remedy, struct problems *problems)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct problem *item = &found->items[i];
        bool is_error = item->level == PROBLEM_ERROR;
        problems_add(problems, PROBLEM_WARNING, item->file, item->line, item->field, "%s%s%s", item->sentence,
                     is_error ? ": " : "", is_error ? remedy : "");
    }
}

static char *reduce_file(const char *path, struct problems *problems, bool *is_foreign)
{
    struct fault fault;
    size_t length = 0;
    char *svg = file_read(path, GLYPH_FOREIGN_MOST_BYTES, &length, &fault);
    if (!svg) {
        problems_add(problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
        return NULL;
    }
    char *clean = glyph_read(svg, length, &fault);
    char *glyph = glyph_reduce(path, svg, length, problems);
    *is_foreign = glyph && !clean;
    free(clean);
    free(svg);
    return glyph;
}

static void note_reduced(struct loading *loading, const char *id)
{
    loading->reduced_count++;
    buffer_appendf(&loading->reduced, "%s%s", loading->reduced_count == 1 ? "" : ", ", id);
}

/* A drawing of its own takes the place of an inherited one, which stays when the own is no good. */
static void load_file(struct loading *loading, struct symbol_entry *entry)
{
    char path[4096];
    struct problems found;
    bool is_foreign = false;
    glyph_path(loading->folder, entry->id, path, sizeof path);
    if (!file_exists(path)) {
        return;
    }
    problems_init(&found);
    char *glyph = reduce_file(path, &found, &is_foreign);
    entry->is_glyph_lost = !glyph && !entry->glyph;
    pass_on(&found, entry->glyph ? "the inherited drawing stays" : "its letters with a '?' are drawn",
            loading->problems);
    problems_finish(&found);
    if (is_foreign) {
        note_reduced(loading, entry->id);
    }
    if (glyph) {
        free(entry->glyph);
        entry->glyph = glyph;
    }
}

/* A glyph whose name fits no point would never be drawn: most likely a typing mistake. */
static void warn_of_stray_files(const struct symbol_set *set, const char *path, struct problems *problems)
{
    DIR *glyphs = opendir(path);
    for (const struct dirent *file = glyphs ? readdir(glyphs) : NULL; file; file = readdir(glyphs)) {
        char id[256];
        size_t length = strlen(file->d_name);
        if (length < 5 || strcmp(file->d_name + length - 4, ".svg") != 0) {
            continue;
        }
        snprintf(id, sizeof id, "%.*s", (int)(length - 4), file->d_name);
        const struct symbol_entry *entry = symbol_set_find(set, id);
        if (!entry || entry->geometry != GEOMETRY_POINT || strcmp(entry->id, id) != 0) {
            problems_add(problems, PROBLEM_WARNING, path, 0, "", "%s belongs to no point of the set",
                         file->d_name);
        }
    }
    if (glyphs) {
        closedir(glyphs);
    }
}

void symbol_glyphs_load_folder(struct symbol_set *set, const char *folder, struct problems *problems)
{
    char path[4096];
    struct loading loading = {.set = set, .folder = folder, .problems = problems};
    buffer_init(&loading.reduced, MOST_NAMES_BYTES);
    for (size_t i = 0; i < set->entry_count; i++) {
        if (has_glyph(set, &set->entries[i])) {
            load_file(&loading, &set->entries[i]);
        }
    }
    snprintf(path, sizeof path, "%s/glyphs", folder);
    if (loading.reduced_count > 0) {
        problems_add(problems, PROBLEM_WARNING, path, 0, "",
                     "%d drawing%s made for elsewhere, reduced to ink and paper: %s%s", loading.reduced_count,
                     loading.reduced_count == 1 ? " was" : "s were", loading.reduced.bytes,
                     loading.reduced.is_full ? " …" : "");
    }
    buffer_finish(&loading.reduced);
    warn_of_stray_files(set, path, problems);
}
