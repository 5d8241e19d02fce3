/*
 * command_style.c - plottafel style import: a style of QGIS, GeoServer, MapServer or MapLibre as one of ours.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "render/service/command/output.h"
#include "symbology/import/style_import.h"
#include "symbology/import/style_losses.h"

static const struct option import_options[] = {
    {"output", 'o', true, "FILE", "the YAML; - is standard output"},
    {"layer", 0, false, "NAME", "only this NamedLayer or source-layer; all when not given"},
    {"format", 0, false, "NAME", "sld or mapbox; found out when not given"},
    {NULL, 0, false, NULL, NULL},
};

static bool read_format(const struct options *options, enum style_format *format, struct fault *fault)
{
    const char *name = options_value(options, "format");
    *format = STYLE_FORMAT_ANY;
    if (!name) {
        return true;
    }
    *format = strcmp(name, "sld") == 0 ? STYLE_FORMAT_SLD : STYLE_FORMAT_MAPBOX;
    if (strcmp(name, "sld") == 0 || strcmp(name, "mapbox") == 0) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--format must be sld or mapbox, not '%.80s'", name);
    return false;
}

/* The losses are told in any case: they say why nothing was left. */
static bool convert(const struct options *options, const struct style_import *import, struct fault *fault)
{
    struct style_losses losses;
    struct buffer yaml;
    style_losses_init(&losses, import->name);
    buffer_init(&yaml, 2 * STYLE_IMPORT_MOST_BYTES);
    bool is_done = style_import(import, &losses, &yaml, fault);
    problems_print(&losses.list, stderr);
    if (losses.left_out > 0) {
        fprintf(stderr, "%s: and %zu more\n", import->name, losses.left_out);
    }
    is_done = is_done && output_write(options_value(options, "output"), yaml.bytes, yaml.length, fault);
    buffer_finish(&yaml);
    style_losses_finish(&losses);
    return is_done;
}

static int run_import(const struct options *options)
{
    struct fault fault;
    struct style_import import = {.name = options->arguments[0], .layer = options_value(options, "layer")};
    if (!read_format(options, &import.format, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    char *text = file_read(import.name, STYLE_IMPORT_MOST_BYTES, &import.length, &fault);
    import.text = text;
    bool is_done = text && convert(options, &import, &fault);
    free(text);
    return is_done ? COMMAND_OK : command_fault(&fault);
}

const struct command command_style_import = {
    .name = "style import",
    .sentence = "Makes a layer's style of an SLD or a Mapbox style",
    .arguments = "FILE",
    .argument_least = 1,
    .argument_most = 1,
    .options = import_options,
    .notes =
        "Reads SLD 1.0.0, SLD 1.1.0 with SE 1.1.0 and Mapbox or MapLibre style JSON; writes the YAML that "
        "stands\n"
        "below 'style:' of a layer in the catalogue, or a mapping from the names of layers to such styles.\n"
        "Carried over: rules with scales and filters, fills and patterns, strokes, marks, labels, colours "
        "by\n"
        "value of rasters; of Mapbox styles expressions by zoom and by attribute, as several rules.\n"
        "Not carried over: pictures, fonts, sprites, 3D, heat maps, lengths in metres, what depends on "
        "functions.\n"
        "Each thing that is not carried over as it is stands on stderr and at the head of the YAML, with "
        "what\n"
        "was done instead. Scales are 1:279,541,132 at zoom 0. Exit status 1: nothing could be carried "
        "over.\n",
    .example = "plottafel style import roads.sld -o roads.yaml",
    .run = run_import,
};
