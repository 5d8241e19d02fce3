/*
 * catalogue_check.c - the part of catalogue.h that opens the files.
 */
#include <stdio.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "symbology/style.h"

/* One layer at its place in the list, and where to write what is wrong with it. */
struct layer_check {
    const struct layer *layer;
    size_t index;
    struct problems *problems;
};

static void report(const struct layer_check *check, enum problem_level level, const char *field,
                   const char *sentence)
{
    char path[64];
    snprintf(path, sizeof path, "layers[%zu].%s", check->index, field);
    problems_add(check->problems, level, check->layer->file, check->layer->line, path, "%s", sentence);
}

static void check_attribute(const struct layer_check *check, const struct source *source, const char *name)
{
    if (name && !source_has_attribute(source, name)) {
        char sentence[200];
        snprintf(sentence, sizeof sentence, "asks for the attribute '%.80s', which the file does not have",
                 name);
        report(check, PROBLEM_WARNING, "style", sentence);
    }
}

static void check_attributes(const struct layer_check *check, const struct source *source)
{
    const struct style *style = check->layer->style;
    for (size_t i = 0; i < style->rule_count; i++) {
        const struct style_rule *rule = &style->rules[i];
        for (int k = 0; k < rule->where_count; k++) {
            check_attribute(check, source, rule->where[k].attribute);
        }
        check_attribute(check, source, rule->label_field);
    }
}

static void check_crs(const struct layer_check *check, const struct source *source,
                      struct crs_context *context)
{
    struct fault fault = {FAULT_NONE, ""};
    if (!crs_find(context, source_crs_code(source), &fault)) {
        report(check, PROBLEM_ERROR, "crs", fault.message);
    }
}

static void check_speed(const struct layer_check *check, const struct source *source)
{
    if (source_is_quick(source)) {
        return;
    }
    report(
        check, PROBLEM_WARNING, "path",
        check->layer->kind == LAYER_VECTOR
            ? "has no spatial index, so every picture reads the whole file (ogr2ogr -f FlatGeobuf makes one)"
            : "has no overviews, so small scales read the whole file (gdaladdo makes them)");
}

static void check_layer(const struct layer_check *check, struct crs_context *context)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(check->layer, &fault);
    if (!source) {
        report(check, PROBLEM_ERROR, "path", fault.message);
        return;
    }
    check_crs(check, source, context);
    check_speed(check, source);
    if (bbox_is_empty(source_extent(source))) {
        report(check, PROBLEM_WARNING, "path", "has nothing in it");
    }
    if (check->layer->kind == LAYER_VECTOR) {
        check_attributes(check, source);
    }
    if (check->layer->credit[0] == '\0') {
        report(check, PROBLEM_WARNING, "credit", "is missing: nothing is printed for it under sources");
    }
    source_close(source);
}

void catalogue_check_files(const struct catalogue *catalogue, struct crs_context *context,
                           struct problems *problems)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        struct layer_check check = {catalogue_at(catalogue, i), i, problems};
        check_layer(&check, context);
    }
}
