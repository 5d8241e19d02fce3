/*
 * config.c - the files are read one after the other, each as far as it goes: a mistake in one does not hide
 * those of the next. Only cross references (the plots that maps name) need both sides whole.
 */
#include "render/service/config.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "geo/tile_matrix_set.h"
#include "render/briefing/template.h"
#include "render/service/briefing/briefing_schedule.h"
#include "render/service/briefing/grip.h"
#include "render/service/config_settings.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "symbology/text_reader.h"

#define PLOT_MAX 1000

/** A path of the file, made absolute beside it; NULL when it is absent. */
static char *read_path(const struct config *config, const struct yaml_node *root, const char *key,
                       const char *fallback, struct problems *problems)
{
    const char *text = yaml_read_text(root, key, fallback, problems);
    return *text ? file_path_beside(config->path, text) : NULL;
}

static bool is_plot_name(const char *name)
{
    size_t length = strlen(name);
    return length >= 1 && length <= 64 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* What a plot is to be drawn with; nothing when the file does not say. */
static struct symbol_pin read_pin(const struct config *config, const struct yaml_node *node,
                                  struct problems *problems)
{
    struct symbol_pin pin = {.version = 0};
    struct fault fault;
    const char *text = yaml_read_text(node, "symbols", "", problems);
    if (*text && !symbol_pin_parse(text, &pin, &fault)) {
        yaml_problem(yaml_find(node, "symbols"), problems, "%s", fault.message);
    } else if (*text && config->symbols && !symbol_library_find(config->symbols, pin.set, pin.version)) {
        yaml_problem(yaml_find(node, "symbols"), problems, "there is no symbol set %s", text);
    }
    return pin;
}

static void read_plot(struct config *config, const struct yaml_node *node, struct problems *problems)
{
    static const char *const known[] = {"name", "title", "activity", "exercise", "symbols", "grip", NULL};
    if (yaml_kind(node) != YAML_MAPPING) {
        yaml_problem(node, problems, "must be a mapping with name, title, activity and exercise");
        return;
    }
    yaml_check_keys(node, known, problems);
    const char *name = yaml_read_text(node, "name", NULL, problems);
    if (*name && !is_plot_name(name)) {
        yaml_problem(yaml_find(node, "name"), problems, "must be 1 to 64 of a-z, 0-9 and '-', not '%s'",
                     name);
    }
    if (config_find_plot(config, name)) {
        yaml_problem(yaml_find(node, "name"), problems, "there is a plot '%s' already", name);
    }
    char grip[GRIP_BYTES] = "";
    struct fault fault;
    if (!grip_read(yaml_read_text(node, "grip", "", problems), grip, &fault)) {
        yaml_problem(yaml_find(node, "grip"), problems, "%s", fault.message);
    }
    config->plot_grips[config->plot_count] = memory_copy_text(grip);
    struct plot_title *plot = &config->plots[config->plot_count++];
    plot->name = memory_copy_text(name);
    plot->title = text_read_required(node, "title", problems);
    plot->activity = text_read_plain(node, "activity", problems);
    plot->is_exercise = yaml_read_bool(node, "exercise", false, problems);
    plot->symbols = read_pin(config, node, problems);
}

static void read_plots(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "plots", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (count > PLOT_MAX) {
        yaml_problem(list, problems, "has more than %d plots", PLOT_MAX);
        count = PLOT_MAX;
    }
    config->plots = memory_new(count, sizeof(*config->plots));
    config->plot_grips = memory_new(count, sizeof(*config->plot_grips));
    for (size_t i = 0; i < count; i++) {
        read_plot(config, yaml_at(list, i), problems);
    }
}

/* The default set is the one that all plots name: what is listed and shown is then what they are drawn with.
 */
static void choose_default_symbols(const struct config *config)
{
    const struct symbol_pin *pin = config->plot_count > 0 ? &config->plots[0].symbols : NULL;
    for (size_t i = 1; i < config->plot_count; i++) {
        if (!symbol_pin_equals(&config->plots[i].symbols, pin)) {
            return;
        }
    }
    bool is_named = pin && pin->version > 0;
    const struct symbol_set *set =
        is_named ? symbol_library_find(config->symbols, pin->set, pin->version) : NULL;
    if (set) {
        symbol_library_set_default(config->symbols, set);
    }
}

/** A folder that is not there yet is worth a word, but RD can be drawn without it. */
static void read_grids(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    config->grid_folder = read_path(config, root, "grids", "", problems);
    if (config->grid_folder && !file_exists(config->grid_folder)) {
        problems_add(problems, PROBLEM_WARNING, config->path, yaml_line(yaml_find(root, "grids")), "grids",
                     "the folder '%s' is not there: RD coordinates may be up to 0.25 m off",
                     config->grid_folder);
    }
}

/* One folder of a symbol set. */
static void add_symbols(const struct config *config, const struct yaml_node *node, struct problems *problems)
{
    if (yaml_text(node)[0] == '\0') {
        yaml_problem(node, problems, "must be the folder of a symbol set, or a list of folders");
    } else if (config->symbols) {
        char *folder = file_path_beside(config->path, yaml_text(node));
        symbol_library_add(config->symbols, folder, problems);
        free(folder);
    }
}

static void read_symbols(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *node = yaml_find(root, "symbols");
    bool is_list = node && yaml_kind(node) == YAML_SEQUENCE;
    config->symbols = symbol_library_new(problems);
    if (!is_list && !yaml_is_null(node)) {
        add_symbols(config, node, problems);
    }
    for (size_t i = 0; is_list && i < yaml_count(node); i++) {
        add_symbols(config, yaml_at(node, i), problems);
    }
}

static void read_maps(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    char *catalogue = read_path(config, root, "catalogue", NULL, problems);
    char *maps = read_path(config, root, "maps", NULL, problems);
    config->catalogue = catalogue ? catalogue_read(catalogue, problems) : NULL;
    if (maps) {
        config->maps = maps_read(maps, config->catalogue, problems);
    }
    free(catalogue);
    free(maps);
}

/** The folders are beside the file. */
static void read_templates(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(root, "templates", problems);
    size_t count = list ? yaml_count(list) : 0;
    char **folders = memory_new(count, sizeof *folders);
    for (size_t i = 0; i < count; i++) {
        folders[i] = file_path_beside(config->path, yaml_text(yaml_at(list, i)));
    }
    config->templates = templates_read((const char *const *)folders, count, &config->template_problems);
    for (size_t i = 0; i < count; i++) {
        free(folders[i]);
    }
    free(folders);
}

static void check_map_plots(const struct config *config, const struct map *map, const struct yaml_node *root,
                            struct problems *problems)
{
    for (size_t i = 0; i < map->item_count; i++) {
        const char *plot = map->items[i].plot;
        if (plot && !config_find_plot(config, plot)) {
            yaml_problem(root, problems, "map '%s' shows plot '%s', which is not among the plots", map->id,
                         plot);
        }
    }
}

static void read_briefing_folder(struct config *config, const struct yaml_node *root,
                                 struct problems *problems)
{
    config->briefing_folder = read_path(config, root, "briefings", "", problems);
    if (!config->briefing_folder && config->store_path) {
        config->briefing_folder = file_path_beside(config->store_path, "briefings");
    }
}

/** Of the seals on briefings; "briefing-key.pem" beside the store when the file does not say. */
static void read_briefing_key(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    config->briefing_key = read_path(config, root, "briefing_key", "", problems);
    if (!config->briefing_key && config->store_path) {
        config->briefing_key = file_path_beside(config->store_path, "briefing-key.pem");
    }
}

static void read_root(struct config *config, const struct yaml_node *root, struct problems *problems)
{
    static const char *const known[] = {"store",     "grids",     "catalogue", "maps",
                                        "symbols",   "plots",     "service",   "briefing_key",
                                        "briefings", "schedules", "templates", NULL};
    yaml_check_keys(root, known, problems);
    config->store_path = read_path(config, root, "store", NULL, problems);
    read_briefing_key(config, root, problems);
    read_briefing_folder(config, root, problems);
    read_grids(config, root, problems);
    read_symbols(config, root, problems);
    read_plots(config, root, problems);
    if (config->symbols) {
        choose_default_symbols(config);
    }
    read_maps(config, root, problems);
    read_templates(config, root, problems);
    if (config->catalogue && config->symbols) {
        catalogue_check_symbols(config->catalogue, config->symbols, problems);
    }
    config->schedules =
        briefing_schedules_read(yaml_read_sequence(root, "schedules", problems), config, problems);
    config_settings_read(yaml_read_mapping(root, "service", problems), config->path, &config->service,
                         problems);
    for (size_t i = 0; config->maps && i < maps_count(config->maps); i++) {
        check_map_plots(config, maps_at(config->maps, i), root, problems);
    }
}

static void read_tile_matrix_sets(struct config *config, struct problems *problems)
{
    struct fault fault;
    config->tile_matrix_sets = tile_matrix_sets_new(&fault);
    if (!config->tile_matrix_sets) {
        problems_add(problems, PROBLEM_ERROR, config->path, 0, "", "%s", fault.message);
    }
}

static char *absolute_path(const char *path)
{
    char whole[PATH_MAX];
    return memory_copy_text(realpath(path, whole) ? whole : path);
}

struct config *config_read(const char *path, struct problems *problems)
{
    size_t errors_before = problems->error_count;
    struct yaml_document *document = yaml_document_read(path, problems);
    if (!document) {
        return NULL;
    }
    struct config *config = memory_new(1, sizeof(*config));
    config->path = absolute_path(path);
    problems_init(&config->template_problems);
    const struct yaml_node *root = yaml_document_root(document);
    if (yaml_kind(root) == YAML_MAPPING) {
        read_root(config, root, problems);
        read_tile_matrix_sets(config, problems);
    } else {
        yaml_problem(root, problems, "must be a mapping with store, catalogue, maps, plots and service");
    }
    yaml_document_free(document);
    if (problems->error_count > errors_before) {
        problems_append(problems, &config->template_problems);
        config_free(config);
        return NULL;
    }
    return config;
}

void config_free(struct config *config)
{
    if (!config) {
        return;
    }
    for (size_t i = 0; i < config->plot_count; i++) {
        plot_title_finish(&config->plots[i]);
        free(config->plot_grips[i]);
    }
    free(config->plots);
    free(config->plot_grips);
    briefing_schedules_free(config->schedules);
    maps_free(config->maps);
    templates_free(config->templates);
    problems_finish(&config->template_problems);
    catalogue_free(config->catalogue);
    symbol_library_free(config->symbols);
    tile_matrix_sets_free(config->tile_matrix_sets);
    config_settings_finish(&config->service);
    free(config->store_path);
    free(config->grid_folder);
    free(config->briefing_key);
    free(config->briefing_folder);
    free(config->path);
    free(config);
}

const struct plot_title *config_find_plot(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->plot_count; i++) {
        if (strcmp(config->plots[i].name, name) == 0) {
            return &config->plots[i];
        }
    }
    return NULL;
}

const char *config_grip(const struct config *config, const char *plot_name)
{
    const struct plot_title *plot = config_find_plot(config, plot_name);
    return plot ? config->plot_grips[plot - config->plots] : "";
}

bool config_map_has_plot(const struct map *map, const char *plot_name)
{
    for (size_t i = 0; i < map->item_count; i++) {
        if (map->items[i].plot && strcmp(map->items[i].plot, plot_name) == 0) {
            return true;
        }
    }
    return false;
}

static int cores(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (int)count;
}

int config_worker_count(const struct config *config)
{
    return config->service.workers > 0 ? (int)config->service.workers : cores();
}

int config_io_thread_count(const struct config *config)
{
    return config->service.io_threads > 0 ? (int)config->service.io_threads : cores();
}
