/*
 * command_export.c - plottafel export: a plot as GeoJSON, as import reads it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/geojson.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/command/output.h"

#define EXPORT_MOST_BYTES (4ull << 30)

static const struct option options_table[] = {
    {"output", 'o', false, "FILE", "standard output when not given"},
    {"as-of", 0, false, "TIME", "only what is valid at 2026-10-08T12:45:00+02:00; everything when not given"},
    {"revision", 0, false, "N", "as the plot was at that revision; the latest when not given"},
    {NULL, 0, false, NULL, NULL},
};

struct selection {
    uint64_t revision; /* 0: the latest */
    int64_t as_of_ms;  /* MOMENT_NONE: any */
};

static bool read_selection(const struct options *options, struct selection *selection, struct fault *fault)
{
    int revision = 0;
    selection->as_of_ms = MOMENT_NONE;
    if (!options_integer(options, "revision", 1, INT32_MAX, &revision, fault) ||
        !options_moment(options, &selection->as_of_ms, fault)) {
        return false;
    }
    selection->revision = (uint64_t)revision;
    return true;
}

static void write_plot(const struct plot *plot, int64_t as_of_ms, struct buffer *json)
{
    const struct feature **chosen = memory_new(plot_count(plot), sizeof(const struct feature *));
    size_t count = 0;
    for (size_t i = 0; i < plot_count(plot); i++) {
        const struct feature *feature = plot_at(plot, i);
        if (as_of_ms == MOMENT_NONE || feature_is_valid_at(feature, as_of_ms)) {
            chosen[count++] = feature;
        }
    }
    geojson_write_collection(chosen, count, json);
    free(chosen);
}

static struct plot *read_plot(const struct config *config, const char *name, uint64_t revision,
                              struct fault *fault)
{
    struct store *store = store_open(config->store_path, STORE_READER, fault);
    struct plot *plot = store ? store_read_plot(store, name, revision, fault) : NULL;
    store_close(store);
    return plot;
}

static bool export(const struct options *options, const struct config *config,
                   const struct selection *selection, struct fault *fault)
{
    const char *path = options_value(options, "output");
    struct plot *plot = read_plot(config, options->arguments[0], selection->revision, fault);
    if (!plot) {
        return false;
    }
    struct buffer json;
    buffer_init(&json, EXPORT_MOST_BYTES);
    write_plot(plot, selection->as_of_ms, &json);
    plot_unref(plot);
    bool is_written = !json.is_full && output_write(path ? path : "-", json.bytes, json.length, fault);
    if (json.is_full) {
        fault_set(fault, FAULT_LIMIT, "the plot is larger than %llu bytes as GeoJSON", EXPORT_MOST_BYTES);
    }
    buffer_finish(&json);
    return is_written;
}

static int run(const struct options *options)
{
    struct selection selection;
    struct fault fault;
    if (!read_selection(options, &selection, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    if (!config) {
        return COMMAND_FAULT;
    }
    bool is_written = export(options, config, &selection, &fault);
    config_free(config);
    return is_written ? COMMAND_OK : command_fault(&fault);
}

const struct command command_export = {
    .name = "export",
    .sentence = "Writes a plot as GeoJSON",
    .arguments = "PLOT",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes = "What is exported can be imported again and is then the same.\n",
    .example = "plottafel export hollands-diep --as-of 2026-10-08T12:45:00+02:00 -o hollands-diep.geojson",
    .run = run,
};
