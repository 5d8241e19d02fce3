/*
 * catalogue.c - the records in the order of the file, and a table from id to record.
 *
 * Every record is read to its end, however wrong it is; only a catalogue without any error is handed out.
 */
#include "data/catalogue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/driver.h"
#include "data/record.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "geo/base/yaml.h"
#include "geo/crs_code.h"
#include "symbology/style.h"
#include "symbology/text_reader.h"

struct catalogue {
    struct layer *layers; /* owned */
    size_t count;
    struct table *by_id; /* borrows from layers */
};

static const double most_denominator = 1e12;

static void layer_finish(struct layer *layer)
{
    multilingual_finish(&layer->title);
    free(layer->id);
    free(layer->driver);
    free(layer->path);
    free(layer->table);
    free(layer->crs_code);
    free(layer->owner);
    free(layer->credit);
    free(layer->licence);
    free(layer->currency);
    free(layer->file);
    style_free(layer->style);
}

void catalogue_free(struct catalogue *catalogue)
{
    if (!catalogue) {
        return;
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        layer_finish(&catalogue->layers[i]);
    }
    free(catalogue->layers);
    table_free(catalogue->by_id);
    free(catalogue);
}

/* The text of an optional field, owned; NULL when it is absent or empty. */
static char *read_optional(const struct yaml_node *mapping, const char *key, struct problems *problems)
{
    char *text = text_read_plain(mapping, key, problems);
    if (*text == '\0') {
        free(text);
        return NULL;
    }
    return text;
}

static void read_kind_and_driver(const struct yaml_node *mapping, struct layer *layer,
                                 struct problems *problems)
{
    static const char *const kinds[] = {"vector", "raster", NULL};
    int kind = yaml_read_choice(mapping, "kind", kinds, -1, problems);
    int number = yaml_read_choice(mapping, "driver", driver_names(), -1, problems);
    layer->kind = kind == 1 ? LAYER_RASTER : LAYER_VECTOR;
    layer->driver = memory_copy_text(number < 0 ? "" : driver_names()[number]);
    if (kind < 0 || number < 0) {
        return;
    }
    enum layer_kind reads = driver_find(layer->driver)->kind;
    if (reads != layer->kind) {
        yaml_problem(yaml_find(mapping, "driver"), problems, "%s is for %s layers, this one is %s",
                     layer->driver, kinds[reads], kinds[kind]);
    }
}

/* Other machines and archives are reached through names like these; a layer is a file of this machine. */
static bool is_remote_name(const char *path)
{
    return strstr(path, "://") || strncmp(path, "/vsi", 4) == 0 || strncmp(path, "http:", 5) == 0;
}

/* A path from the working folder made into one from the root; takes and gives an owned text. */
static char *absolute_path(char *path)
{
    char *working_folder = path[0] == '/' ? NULL : getcwd(NULL, 0);
    if (!working_folder) {
        return path;
    }
    size_t bytes = strlen(working_folder) + strlen(path) + 2;
    char *whole = memory_new(bytes, 1);
    snprintf(whole, bytes, "%s/%s", working_folder, path);
    free(working_folder);
    free(path);
    return whole;
}

static char *read_path(const struct yaml_node *mapping, struct problems *problems)
{
    const char *path = yaml_read_text(mapping, "path", NULL, problems);
    if (*path == '\0') {
        return memory_copy_text("");
    }
    if (is_remote_name(path)) {
        yaml_problem(yaml_find(mapping, "path"), problems, "must be a file of this machine, not '%.80s'",
                     path);
    }
    return absolute_path(file_path_beside(yaml_file(mapping), path));
}

static char *read_crs_code(const struct yaml_node *mapping, struct problems *problems)
{
    const char *text = yaml_read_text(mapping, "crs", "", problems);
    char code[32];
    struct fault fault;
    if (*text == '\0') {
        return NULL;
    }
    if (!crs_code_read(text, code, &fault)) {
        yaml_problem(yaml_find(mapping, "crs"), problems, "%s", fault.message);
        return NULL;
    }
    return memory_copy_text(code);
}

static void read_scales(const struct yaml_node *mapping, struct layer *layer, struct problems *problems)
{
    layer->application_denominator =
        yaml_read_number(mapping, "application_scale", 0, most_denominator, 0, problems);
    layer->max_denominator = INFINITY;
    double range[2];
    if (!record_read_numbers(mapping, "scale", 2, range, problems)) {
        return;
    }
    if (range[0] < 0 || range[1] <= range[0]) {
        yaml_problem(yaml_find(mapping, "scale"), problems,
                     "must be [least, most] with 0 <= least < most, not [%g, %g]", range[0], range[1]);
        return;
    }
    layer->min_denominator = range[0];
    layer->max_denominator = range[1];
}

/* A raster may be drawn as it is, but that has to be said: style: {} */
static struct style *read_style(const struct yaml_node *mapping, struct problems *problems)
{
    const struct yaml_node *style = yaml_read_mapping(mapping, "style", problems);
    if (!style) {
        if (yaml_is_null(yaml_find(mapping, "style"))) {
            yaml_problem(mapping, problems, "has no style (for a raster as it is, write style: {})");
        }
        return NULL;
    }
    return style_read(style, problems);
}

static void layer_read(const struct yaml_node *mapping, struct layer *layer, struct problems *problems)
{
    static const char *const known[] = {"id",
                                        "title",
                                        "kind",
                                        "driver",
                                        "path",
                                        "table",
                                        "crs",
                                        "owner",
                                        "credit",
                                        "licence",
                                        "currency",
                                        "marking",
                                        "application_scale",
                                        "scale",
                                        "style",
                                        NULL};
    yaml_check_keys(mapping, known, problems);
    layer->file = memory_copy_text(yaml_file(mapping));
    layer->line = yaml_line(mapping);
    layer->id = record_read_id(mapping, problems);
    text_read_multilingual(mapping, "title", true, &layer->title, problems);
    read_kind_and_driver(mapping, layer, problems);
    layer->path = read_path(mapping, problems);
    layer->table = read_optional(mapping, "table", problems);
    layer->crs_code = read_crs_code(mapping, problems);
    layer->owner = text_read_plain(mapping, "owner", problems);
    layer->credit = text_read_plain(mapping, "credit", problems);
    layer->licence = text_read_plain(mapping, "licence", problems);
    layer->currency = text_read_plain(mapping, "currency", problems);
    layer->marking = record_read_marking(mapping, "marking", MARKING_CLEAR, problems);
    read_scales(mapping, layer, problems);
    layer->style = read_style(mapping, problems);
}

static void catalogue_add(struct catalogue *catalogue, const struct yaml_node *mapping,
                          struct problems *problems)
{
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems,
                     "must be the record of a layer: id, title, kind, driver, path, style");
        return;
    }
    struct layer *layer = &catalogue->layers[catalogue->count++];
    layer_read(mapping, layer, problems);
    const struct layer *earlier = table_find(catalogue->by_id, layer->id);
    if (earlier) {
        yaml_problem(yaml_find(mapping, "id"), problems, "'%s' is already the layer of line %d", layer->id,
                     earlier->line);
        return;
    }
    if (*layer->id) {
        table_put(catalogue->by_id, layer->id, layer);
    }
}

static struct catalogue *catalogue_of(const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"layers", NULL};
    yaml_check_keys(root, known, problems);
    const struct yaml_node *list = yaml_read_sequence(root, "layers", problems);
    if (yaml_is_null(yaml_find(root, "layers"))) {
        yaml_problem(root, problems, "has no 'layers': a list of records");
    }
    size_t count = list ? yaml_count(list) : 0;
    struct catalogue *catalogue = memory_new(1, sizeof *catalogue);
    catalogue->layers = memory_new(count, sizeof *catalogue->layers);
    catalogue->by_id = table_new(NULL);
    for (size_t i = 0; i < count; i++) {
        catalogue_add(catalogue, yaml_at(list, i), problems);
    }
    return catalogue;
}

struct catalogue *catalogue_read(const char *path, struct problems *problems)
{
    size_t errors_before = problems->error_count;
    struct yaml_document *document = yaml_document_read(path, problems);
    if (!document) {
        return NULL;
    }
    struct catalogue *catalogue = catalogue_of(yaml_document_root(document), problems);
    yaml_document_free(document);
    if (problems->error_count > errors_before) {
        catalogue_free(catalogue);
        return NULL;
    }
    return catalogue;
}

size_t catalogue_count(const struct catalogue *catalogue)
{
    return catalogue->count;
}

const struct layer *catalogue_at(const struct catalogue *catalogue, size_t index)
{
    return index < catalogue->count ? &catalogue->layers[index] : NULL;
}

const struct layer *catalogue_find(const struct catalogue *catalogue, const char *id)
{
    return table_find(catalogue->by_id, id);
}
