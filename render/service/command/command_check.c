/*
 * command_check.c - plottafel check: everything that the configuration names is read and opened, and every
 * problem is printed. Mistakes in the files hide what could only be opened with their help.
 */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "render/briefing/logo.h"
#include "render/briefing/template.h"
#include "render/canvas/image.h"
#include "render/text/fonts.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/command/options.h"
#include "render/service/plot/plot_symbols.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"

struct checking {
    const char *path; /* of plottafel.yaml, as the user named it */
    const struct config *config;
    struct problems *problems;
};

static void add(const struct checking *checking, enum problem_level level, const char *field,
                const char *sentence)
{
    problems_add(checking->problems, level, checking->path, 0, field, "%s", sentence);
}

/** Is its symbol in the set, and drawn with all that the code says? */
static void check_feature(const struct checking *checking, const char *plot, const struct feature *feature)
{
    struct fault fault = {FAULT_NONE, ""};
    const struct symbol_entry *entry =
        symbol_library_resolve(checking->config->symbols, &feature->code, &fault);
    if (!entry || !symbol_accepts(entry, &feature->code, &fault)) {
        problems_add(checking->problems, PROBLEM_WARNING, checking->path, 0, "store",
                     "plot '%s': feature '%s': %s", plot, feature->id, fault.message);
    }
}

static void check_plot(const struct checking *checking, struct store *store, const char *name)
{
    struct fault fault;
    struct plot *plot = store_read_plot(store, name, 0, &fault);
    if (!plot) {
        bool is_absent = fault.code == FAULT_NOT_FOUND;
        add(checking, is_absent ? PROBLEM_WARNING : PROBLEM_ERROR, is_absent ? "plots" : "store",
            fault.message);
        return;
    }
    char *trouble = plot_symbols_trouble(checking->config, plot_title(plot));
    if (trouble) {
        add(checking, PROBLEM_WARNING, "plots", trouble);
    }
    free(trouble);
    for (size_t i = 0; i < plot_count(plot); i++) {
        check_feature(checking, name, plot_at(plot, i));
    }
    plot_unref(plot);
}

/** An import makes the store and its folder, not the folders above. */
static void check_place_of_store(const struct checking *checking)
{
    char *path = memory_copy_text(checking->config->store_path);
    char *folder = dirname(path);
    bool has_folder = file_exists(folder);
    if (has_folder || file_exists(dirname(folder))) {
        add(checking, PROBLEM_WARNING, "store", "is not there yet: the first import makes it");
    } else {
        add(checking, PROBLEM_ERROR, "store",
            "is not there, nor are its folder and the one above that: an import makes only one of both");
    }
    free(path);
}

static void check_store(const struct checking *checking)
{
    struct fault fault;
    if (!file_exists(checking->config->store_path)) {
        check_place_of_store(checking);
        return;
    }
    struct store *store = store_open(checking->config->store_path, STORE_READER, &fault);
    if (!store || !store_check(store, &fault)) {
        add(checking, PROBLEM_ERROR, "store", fault.message);
        store_close(store);
        return;
    }
    for (size_t i = 0; i < checking->config->plot_count; i++) {
        check_plot(checking, store, checking->config->plots[i].name);
    }
    store_close(store);
}

static void check_layers(const struct checking *checking)
{
    struct fault fault;
    struct crs_context *context = crs_context_new(checking->config->grid_folder, &fault);
    if (!context) {
        add(checking, PROBLEM_ERROR, "grids", fault.message);
        return;
    }
    if (!crs_context_has_rd_grid(context)) {
        add(checking, PROBLEM_WARNING, "grids",
            "the grid nl_nsgi_rdcorr2018.tif is not there: RD coordinates are up to 0.25 m off, and maps say "
            "so");
    }
    catalogue_check_files(checking->config->catalogue, context, checking->problems);
    crs_context_free(context);
}

/** A logo was judged by its outside; here it is drawn. */
static void check_logos(const struct checking *checking)
{
    const struct templates *templates = checking->config->templates;
    for (size_t i = 0; i < templates_count(templates); i++) {
        const struct template *template = templates_at(templates, i);
        struct fault fault;
        struct image *image = template->logo ? logo_draw(template->logo, 200, &fault) : NULL;
        if (template->logo && !image) {
            problems_add(checking->problems, PROBLEM_ERROR, template->file, 0, "organisation.logo", "%s",
                         fault.message);
        }
        image_free(image);
    }
}

static void check_rest(const struct checking *checking)
{
    struct fault fault;
    const char *viewer = checking->config->service.viewer;
    if (!fonts_use(&fault)) {
        add(checking, PROBLEM_ERROR, "", fault.message);
    }
    if (*viewer && !file_exists(viewer)) {
        add(checking, PROBLEM_WARNING, "service.viewer", "the folder is not there: '/' has no page");
    }
    const char *cache_folder = checking->config->service.cache_folder;
    if (*cache_folder && !disk_cache_check_folder(cache_folder, &fault)) {
        add(checking, PROBLEM_WARNING, "service.cache_folder", fault.message);
    }
}

/** "1 layer", "2 layers" */
static void print_count(size_t count, const char *noun, const char *behind)
{
    printf("%zu %s%s%s", count, noun, count == 1 ? "" : "s", behind);
}

static void print_summary(const struct checking *checking)
{
    const struct config *config = checking->config;
    printf("%s: ", checking->path);
    if (config) {
        print_count(maps_count(config->maps), "map", ", ");
        print_count(catalogue_count(config->catalogue), "layer", ", ");
        print_count(config->plot_count, "plot", ", ");
        print_count(symbol_library_count(config->symbols), "symbol set", ": ");
    }
    print_count(checking->problems->error_count, "mistake", ", ");
    print_count(checking->problems->count - checking->problems->error_count, "warning",
                config ? "\n" : "; layers and store are checked when these are mended\n");
}

static int run(const struct options *options)
{
    struct problems problems;
    problems_init(&problems);
    const char *path = command_config_path(options);
    struct checking checking = {path, config_read(path, &problems), &problems};
    if (checking.config) {
        problems_append(&problems, &checking.config->template_problems);
        check_layers(&checking);
        check_store(&checking);
        check_rest(&checking);
        check_logos(&checking);
    }
    problems_sort(&problems);
    problems_print(&problems, stderr);
    print_summary(&checking);
    int status = problems.error_count == 0 ? COMMAND_OK : COMMAND_FAULT;
    problems_finish(&problems);
    config_free((struct config *)checking.config);
    return status;
}

const struct command command_check = {
    .name = "check",
    .sentence = "Names everything that is wrong with configuration, catalogue, maps, layers and store",
    .options = NULL,
    .notes = "Each problem is one line on stderr: file:line: field: sentence. Exit status 1 when there are\n"
             "mistakes; warnings alone give 0.\n",
    .example = "plottafel check --config examples/hollands-diep/plottafel.yaml",
    .run = run,
};
