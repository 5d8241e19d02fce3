/*
 * command_briefing.c - plottafel briefing: a printable document at a true scale.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/briefing/briefing.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/options.h"
#include "render/service/worker/order.h"
#include "render/service/command/output.h"

#define SCALE_LEAST 100
#define SCALE_MOST 10000000
#define DPI_LEAST 72
#define DPI_MOST 600

static const struct option options_table[] = {
    {"center", 0, true, "X,Y", "middle of the map: x east, y north, in the CRS"},
    {"scale", 0, true, "N", "1:N, true on paper"},
    {"output", 'o', true, "FILE",
     "its ending says the format: .pdf, .svg or .png; - is a PDF to standard output"},
    {"paper", 0, false, "NAME", "A5 to A0; A4 when not given"},
    {"landscape", 0, false, NULL, "the long side lies"},
    {"crs", 0, false, "CRS", "EPSG:28992 when not given"},
    {"as-of", 0, false, "TIME", "the situation as of 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"since", 0, false, "TIME|N",
     "mark what changed since then: a time, or a revision (N,M for several plots)"},
    {"language", 0, false, "CODES", "nl, en, fr or de; with two, such as nl,en, the legend says all in both"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {"title", 0, false, "TEXT", "in place of the map's own title"},
    {"link", 0, false, "URL", "address of the live map, printed on the page"},
    {"dpi", 0, false, "N", "of a PNG: 72 to 600; 150 when not given"},
    {NULL, 0, false, NULL, NULL},
};

static bool copy_text(const struct options *options, const char *name, char *text, size_t capacity,
                      struct fault *fault)
{
    const char *value = options_value(options, name);
    if (!value) {
        return true;
    }
    if (strlen(value) >= capacity) {
        fault_set(fault, FAULT_INPUT, "--%s must be shorter than %zu bytes", name, capacity);
        return false;
    }
    memcpy(text, value, strlen(value) + 1);
    return true;
}

static bool read_paper(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    const char *name = options_value(options, "paper");
    briefing->is_landscape = options_has(options, "landscape");
    briefing->paper = PAPER_A4;
    if (!name || paper_parse(name, &briefing->paper)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--paper must be A5, A4, A3, A2, A1 or A0, not '%.80s'", name);
    return false;
}

static bool read_format(const struct options *options, enum briefing_format *format, struct fault *fault)
{
    const char *path = options_value(options, "output");
    const char *dot = strrchr(path, '.');
    *format = BRIEFING_PDF;
    if (strcmp(path, "-") == 0 || (dot && briefing_format_parse(dot + 1, format))) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "the name of the file must end in .pdf, .svg or .png, not '%.200s'", path);
    return false;
}

static bool read_place(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    double centre[2] = {0};
    if (!options_numbers(options, "center", 2, centre, fault) ||
        !options_number(options, "scale", SCALE_LEAST, SCALE_MOST, &briefing->scale_denominator, fault)) {
        return false;
    }
    briefing->centre = (struct point){centre[0], centre[1]};
    snprintf(briefing->crs_code, sizeof(briefing->crs_code), "EPSG:28992");
    return copy_text(options, "crs", briefing->crs_code, sizeof(briefing->crs_code), fault);
}

static bool read_since(const struct options *options, struct order_since *since, struct fault *fault)
{
    const char *text = options_value(options, "since");
    if (!text || order_since_parse(text, since, fault)) {
        return true;
    }
    fault_prefix(fault, "--since: ");
    return false;
}

static bool read_briefing(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    briefing->made_ms = moment_now_ms();
    return read_paper(options, briefing, fault) && read_place(options, briefing, fault) &&
           read_format(options, &briefing->format, fault) && read_since(options, &briefing->since, fault) &&
           options_integer(options, "dpi", DPI_LEAST, DPI_MOST, &briefing->dpi, fault) &&
           copy_text(options, "title", briefing->title, sizeof(briefing->title), fault) &&
           copy_text(options, "link", briefing->link, sizeof(briefing->link), fault);
}

static int run(const struct options *options)
{
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_BRIEFING);
    if (!read_briefing(options, &order.briefing, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? drawing_run_map(options, config, &order) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_briefing = {
    .name = "briefing",
    .sentence = "Makes a printable map with legend, grid, times and sources, at a true scale",
    .arguments = "MAP",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes = "What the page does not show although it should stands on it, and on stderr.\n",
    .example = "plottafel briefing situation --paper A3 --landscape --center 101000,411500 --scale 25000 \\\n"
               "      --as-of 2026-10-08T12:45:00+02:00 --language en -o briefing.pdf",
    .run = run,
};
