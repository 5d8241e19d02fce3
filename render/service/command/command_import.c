/*
 * command_import.c - plottafel import: all files are read before anything is written, and all of them are
 * written in one revision or none is.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/import_plan.h"
#include "render/service/command/options.h"
#include "render/service/plot/plot_symbols.h"
#include "symbology/symbol_pin.h"

#define FILE_MOST_BYTES ((size_t)1 << 30) /* a million features; a body of a request may have far less */

static const struct option options_table[] = {
    {"replace", 0, false, NULL, "removes features of the plot that are not in the files"},
    {"title", 0, false, "TEXT", "of a plot that is not among those of the configuration"},
    {NULL, 0, false, NULL, NULL},
};

/** The features of all files so far, and which file each came from. */
struct reading {
    const struct config *config;
    struct plot *stored;         /* the plot as it is, owned reference; NULL: there is none yet */
    struct symbol_scope symbols; /* of the plot; its context is the reading */
    struct feature_list all;
    struct table *files; /* id → name of its file; borrowed texts */
    struct problems problems;
};

/** Moves the features of one file to the others; an id that is there already is a mistake. */
static void add_features(struct reading *reading, const char *path, struct feature_list *list)
{
    size_t count = reading->all.count + list->count;
    reading->all.items = memory_resize(reading->all.items, count, sizeof(*reading->all.items));
    for (size_t i = 0; i < list->count; i++) {
        struct feature *feature = list->items[i];
        const char *earlier = table_find(reading->files, feature->id);
        if (earlier) {
            problems_add(&reading->problems, PROBLEM_ERROR, path, 0, "", "feature '%s' is in '%s' too",
                         feature->id, earlier);
        }
        table_put(reading->files, feature->id, (void *)path);
        reading->all.items[reading->all.count++] = feature_ref(feature);
    }
}

static void read_file(struct reading *reading, const char *path)
{
    struct geojson_limits limits = geojson_limits_default();
    limits.most_corridor_points = SIZE_MAX; /* nobody waits here: what was exported comes back */
    limits.most_bytes = FILE_MOST_BYTES;
    struct fault fault;
    size_t length;
    char *json = file_read(path, limits.most_bytes, &length, &fault);
    if (!json) {
        problems_add(&reading->problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
        return;
    }
    struct feature_list list = {0};
    if (geojson_read(path, json, length, limits, &reading->symbols, &list, &reading->problems)) {
        add_features(reading, path, &list);
    }
    feature_list_finish(&list);
    free(json);
}

/** False when a file has mistakes; all are printed, warnings too. */
static bool read_files(struct reading *reading, const struct options *options)
{
    for (int i = 1; i < options->argument_count; i++) {
        read_file(reading, options->arguments[i]);
    }
    problems_print(&reading->problems, stderr);
    if (reading->problems.error_count == 0) {
        return true;
    }
    fprintf(stderr, "plottafel: %zu mistake%s; nothing was imported\n", reading->problems.error_count,
            reading->problems.error_count == 1 ? "" : "s");
    return false;
}

/** As the configuration calls the plot, or --title; false when neither does. */
static bool find_title(const struct options *options, const struct config *config, struct plot_title *title,
                       struct fault *fault)
{
    const char *name = options->arguments[0];
    const char *text = options_value(options, "title");
    const struct plot_title *known = config_find_plot(config, name);
    if (!known && !text) {
        fault_set(fault, FAULT_NOT_FOUND,
                  "'%.80s' is not among the plots of '%s': add it there, or give --title", name,
                  config->path);
        return false;
    }
    *title = known ? *known : (struct plot_title){.name = (char *)name, .activity = (char *)""};
    title->title = text ? (char *)text : title->title;
    *title = plot_symbols_new_title(config, title);
    return true;
}

static bool commit(struct store *store, const char *name, const struct import_plan *plan, uint64_t *revision,
                   struct fault *fault)
{
    return plan->change_count == 0 ||
           store_commit(store, name, plan->changes, plan->change_count, moment_now_ms(), revision, fault);
}

static bool write_features(struct store *store, const struct plot_title *title,
                           const struct feature_list *features, bool is_replace, struct fault *fault)
{
    if (!store_put_plot(store, title, fault)) {
        return false;
    }
    struct plot *plot = store_read_plot(store, title->name, 0, fault);
    if (!plot) {
        return false;
    }
    struct import_plan plan;
    uint64_t revision = plot_revision(plot);
    import_plan_init(&plan, plot, (const struct feature *const *)features->items, features->count,
                     is_replace);
    bool is_written = commit(store, title->name, &plan, &revision, fault);
    if (is_written) {
        printf("%s: %zu added, %zu changed, %zu removed, %zu unchanged; revision %" PRIu64 "\n", title->name,
               plan.added, plan.changed, plan.removed, plan.unchanged, revision);
    }
    import_plan_finish(&plan);
    plot_unref(plot);
    return is_written;
}

static const struct symbol_code *find_present(const char *feature_id, const void *context)
{
    const struct reading *reading = context;
    const struct feature *feature = reading->stored ? plot_find(reading->stored, feature_id) : NULL;
    return feature ? &feature->code : NULL;
}

/** The plot as the store has it, when it has it. */
static bool find_stored(struct reading *reading, const char *name, struct fault *fault)
{
    if (!file_exists(reading->config->store_path)) {
        return true;
    }
    struct store *store = store_open(reading->config->store_path, STORE_READER, fault);
    if (!store) {
        return fault->code == FAULT_UNAVAILABLE; /* still empty, or the writer will say the same */
    }
    reading->stored = store_read_plot(store, name, 0, fault);
    store_close(store);
    return reading->stored || fault->code == FAULT_NOT_FOUND;
}

/** What features may be drawn with: as the store says, when it holds the plot already. */
static bool find_symbols(struct reading *reading, const struct plot_title *title, struct fault *fault)
{
    if (!find_stored(reading, title->name, fault)) {
        return false;
    }
    const struct plot_title *stored = reading->stored ? plot_title(reading->stored) : title;
    bool is_pinned = stored->symbols.version > 0;
    reading->symbols = (struct symbol_scope){
        reading->config->symbols, is_pinned ? stored->symbols : title->symbols, find_present, reading};
    plot_symbols_warn(reading->config, stored);
    return true;
}

static int import(const struct options *options, const struct config *config, const struct plot_title *title,
                  const struct feature_list *features)
{
    struct fault fault;
    struct store *store = store_open(config->store_path, STORE_WRITER, &fault);
    bool is_written =
        store && write_features(store, title, features, options_has(options, "replace"), &fault);
    store_close(store);
    return is_written ? COMMAND_OK : command_fault(&fault);
}

static int read_and_import(const struct options *options, struct reading *reading)
{
    struct plot_title title;
    struct fault fault;
    if (!find_title(options, reading->config, &title, &fault) || !find_symbols(reading, &title, &fault)) {
        return command_fault(&fault);
    }
    return read_files(reading, options) ? import(options, reading->config, &title, &reading->all)
                                        : COMMAND_FAULT;
}

static int run(const struct options *options)
{
    struct reading reading = {.config = command_read_config(options)};
    if (!reading.config) {
        return COMMAND_FAULT;
    }
    problems_init(&reading.problems);
    reading.files = table_new(NULL);
    int status = read_and_import(options, &reading);
    feature_list_finish(&reading.all);
    plot_unref(reading.stored);
    table_free(reading.files);
    problems_finish(&reading.problems);
    config_free((struct config *)reading.config);
    return status;
}

const struct command command_import = {
    .name = "import",
    .sentence = "Writes features of GeoJSON files into a plot",
    .arguments = "PLOT FILE...",
    .argument_least = 2,
    .argument_most = INT_MAX,
    .options = options_table,
    .notes =
        "All files become one revision. A feature that is stored already just so is not written again. When\n"
        "there are mistakes all of them are named and nothing is written. Not while the service runs: it is\n"
        "the only writer then; put features over HTTP.\n",
    .example = "plottafel import hollands-diep examples/hollands-diep/situation.geojson",
    .run = run,
};
