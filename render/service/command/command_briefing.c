/*
 * command_briefing.c - plottafel briefing: a printable document at a true scale.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/briefing/briefing.h"
#include "render/service/briefing/briefing_budget.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/briefing/grip.h"
#include "render/service/command/briefing_making.h"
#include "render/service/command/briefing_output.h"
#include "render/service/command/command.h"
#include "render/service/command/command_briefing.h"
#include "render/service/command/interrupt.h"
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
    {"output", 'o', false, "FILE",
     "its ending says the format: .pdf, .svg or .png, whose pages are x.png, x-2.png …; - is a PDF to "
     "standard "
     "output; with --all a folder"},
    {"center", 0, false, "X,Y", "middle of the map: x east, y north, in the CRS; with --scale"},
    {"scale", 0, false, "N", "1:N, true on paper; what fits when not given"},
    {"bbox", 0, false, "X,Y,X,Y", "all of this is shown: least x and y, then the greatest, in the CRS"},
    {"area", 0, false, "NAME", "all of this area of the map is shown; without any of these all of the map"},
    {"template", 0, false, "NAME", "what it looks like; 'plottafel templates' lists them"},
    {"paper", 0, false, "NAME", "A5 to A0; the template's, or A4 without one"},
    {"landscape", 0, false, NULL, "the long side lies; as the template says when not given"},
    {"portrait", 0, false, NULL, "the long side stands; the same"},
    {"grip", 0, false, "LEVEL",
     "level of coordination: 0 to 5, 'GRIP 2', 'GRIP Rijk'; that of the configuration when not given"},
    {"valid-until", 0, false, "TIME", "until when it may be used"},
    {"next-update", 0, false, "TIME", "when the next one comes"},
    {"crs", 0, false, "CRS", "EPSG:28992 when not given"},
    {"as-of", 0, false, "TIME", "the situation as of 2026-10-08T12:45:00+02:00; now when not given"},
    {"revision", 0, false, "N", "an earlier revision; N,M for a map with several plots"},
    {"since", 0, false, "TIME|N",
     "mark what changed since then: a time, a revision (N,M for several plots), or 'previous' for the last "
     "briefing like it"},
    {"language", 0, false, "CODES", "nl, en, fr or de; with two, such as nl,en, the legend says all in both"},
    {"palette", 0, false, "NAME",
     "default, print, mono, colour-blind or imagery; the map's own when not given"},
    {"title", 0, false, "TEXT", "in place of the map's own title"},
    {"link", 0, false, "URL", "address of the live map, printed on the page"},
    {"dpi", 0, false, "N", "of what is not drawn as lines: 72 to 600; when not given 300 in a PDF, else 150"},
    {"organisation", 0, false, "NAME", "who asks, for the archive"},
    {"again", 0, false, "ID", "makes one of the archive once more, byte for byte"},
    {"all", 0, false, NULL,
     "one of each area of the map, by each template, in each language; --area A,B, --template A,B and "
     "--language nl,en narrow it"},
    {"format", 0, false, "NAME", "with --all: pdf, svg or png; pdf when not given"},
    {"jobs", 'j', false, "N", "with --all: processes that draw; one per core when not given"},
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
    if (briefing->is_landscape && options_has(options, "portrait")) {
        fault_set(fault, FAULT_INPUT, "--landscape and --portrait: a sheet is one of them");
        return false;
    }
    if (!name || paper_parse(name, &briefing->paper)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--paper must be A5, A4, A3, A2, A1 or A0, not '%.80s'", name);
    return false;
}

static bool read_format(const struct options *options, enum briefing_format *format, struct fault *fault)
{
    bool is_all = options_has(options, "all");
    const char *path = options_value(options, "output");
    const char *dot = is_all ? NULL : strrchr(path, '.');
    const char *name = options_value(options, "format");
    *format = BRIEFING_PDF;
    if (name && !is_all) {
        fault_set(fault, FAULT_INPUT, "--format is for --all: the ending of the file says it here");
        return false;
    }
    if (name && !briefing_format_parse(name, format)) {
        fault_set(fault, FAULT_INPUT, "--format must be pdf, svg or png, not '%.80s'", name);
        return false;
    }
    if (is_all || strcmp(path, "-") == 0 || (dot && briefing_format_parse(dot + 1, format))) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "the name of the file must end in .pdf, .svg or .png, not '%.200s'", path);
    return false;
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

/** Not ahead of us and of the situation of the map, which is known by now. */
static bool check_since(const struct order *order, struct fault *fault)
{
    bool is_good = order_since_check(&order->briefing.since, order->view.as_of_ms, moment_now_ms(), fault);
    if (!is_good) {
        fault_prefix(fault, "--since: ");
    }
    return is_good;
}

static bool read_box(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    double sides[4] = {0};
    if (!options_numbers(options, "bbox", 4, sides, fault)) {
        return false;
    }
    briefing->has_box = options_has(options, "bbox");
    briefing->box = (struct bbox){sides[0], sides[1], sides[2], sides[3]};
    if (briefing->has_box && (!(sides[0] < sides[2]) || !(sides[1] < sides[3]))) {
        fault_set(fault, FAULT_INPUT, "--bbox must be the least x and y, then the greatest, not '%.80s'",
                  options_value(options, "bbox"));
        return false;
    }
    return true;
}

static bool check_place(const struct options *options, struct fault *fault)
{
    bool has_center = options_has(options, "center");
    bool is_all = options_has(options, "all");
    if (has_center + options_has(options, "bbox") + (options_has(options, "area") && !is_all) > 1) {
        fault_set(fault, FAULT_INPUT, "only one of --center, --bbox and --area may be given");
        return false;
    }
    if (is_all && (has_center || options_has(options, "bbox"))) {
        fault_set(fault, FAULT_INPUT, "--all makes one of each area: --center and --bbox are not for it");
        return false;
    }
    if (has_center && !options_has(options, "scale") && !options_has(options, "template")) {
        fault_set(fault, FAULT_INPUT, "--center needs --scale N");
        return false;
    }
    return true;
}

static bool read_place(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    double centre[2] = {0};
    if (!check_place(options, fault) || !options_numbers(options, "center", 2, centre, fault) ||
        !options_number(options, "scale", SCALE_LEAST, SCALE_MOST, &briefing->scale_denominator, fault) ||
        !read_box(options, briefing, fault)) {
        return false;
    }
    briefing->centre = (struct point){centre[0], centre[1]};
    snprintf(briefing->crs_code, sizeof(briefing->crs_code), "EPSG:28992");
    return copy_text(options, "crs", briefing->crs_code, sizeof(briefing->crs_code), fault);
}

static bool read_moment(const struct options *options, const char *name, int64_t *moment_ms,
                        struct fault *fault)
{
    const char *text = options_value(options, name);
    if (!text || moment_parse(text, moment_ms, fault)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "--%s must be a time such as 2026-10-08T12:45:00+02:00, not '%.80s'", name,
              text);
    return false;
}

static bool read_grip(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    const char *text = options_value(options, "grip");
    if (!text || grip_read(text, briefing->grip, fault)) {
        return true;
    }
    fault_prefix(fault, "--grip: ");
    return false;
}

static bool read_briefing(const struct options *options, struct order_briefing *briefing, struct fault *fault)
{
    return read_paper(options, briefing, fault) && read_place(options, briefing, fault) &&
           read_format(options, &briefing->format, fault) && read_since(options, &briefing->since, fault) &&
           options_integer(options, "dpi", DPI_LEAST, DPI_MOST, &briefing->dpi, fault) &&
           copy_text(options, "organisation", briefing->organisation, sizeof(briefing->organisation),
                     fault) &&
           (options_has(options, "all") ||
            copy_text(options, "template", briefing->template, sizeof(briefing->template), fault)) &&
           read_grip(options, briefing, fault) &&
           read_moment(options, "valid-until", &briefing->valid_until_ms, fault) &&
           read_moment(options, "next-update", &briefing->next_update_ms, fault) &&
           copy_text(options, "title", briefing->title, sizeof(briefing->title), fault) &&
           copy_text(options, "link", briefing->link, sizeof(briefing->link), fault);
}

/** Without another frame the area that is asked for, or all of the map. */
static bool settle_frame(const struct options *options, const struct map *map, struct order *order,
                         struct fault *fault)
{
    const char *id = options_value(options, "area");
    if (options_has(options, "center") || options_has(options, "bbox")) {
        return true;
    }
    const struct map_area *area = id ? briefing_order_find_area(map, id, fault) : NULL;
    if (id && !area) {
        return false;
    }
    briefing_order_show(order, map, area);
    return true;
}

static bool write_made(const struct options *options, const struct order_result *result, struct fault *fault)
{
    if (result->fault.code != FAULT_NONE) {
        *fault = result->fault;
        return false;
    }
    bool is_written = briefing_output_write(options_value(options, "output"), result, fault);
    drawing_write_notes(&result->report, stderr);
    return is_written;
}

static int make_one(const struct options *options, const struct config *config, struct order *order)
{
    struct briefing_making making;
    struct briefing_record record;
    struct fault fault;
    if (!briefing_budget_check(config, order, &fault)) {
        return command_fault(&fault);
    }
    briefing_making_init(&making, config);
    if (!briefing_making_begin(&making, order, &record, &fault)) {
        briefing_making_finish(&making);
        return command_fault(&fault);
    }
    struct order_result *result = briefing_making_run(config, order);
    bool is_written = write_made(options, result, &fault);
    if (is_written) {
        briefing_making_keep(&making, order, result, &record);
    } else {
        briefing_record_finish(&record);
    }
    order_result_unref(result);
    briefing_making_finish(&making);
    return is_written ? COMMAND_OK : command_fault(&fault);
}

/** What the options do not say is the template's. */
static bool take_template(const struct options *options, const struct config *config, struct order *order,
                          struct fault *fault)
{
    struct briefing_given given = {.paper = options_has(options, "paper"),
                                   .orientation =
                                       options_has(options, "landscape") || options_has(options, "portrait"),
                                   .crs = options_has(options, "crs"),
                                   .scale = options_has(options, "scale"),
                                   .language = options_has(options, "language")};
    if (!briefing_template_fill(config, order, given, fault)) {
        return false;
    }
    if (options_has(options, "center") && !(order->briefing.scale_denominator > 0)) {
        fault_set(fault, FAULT_INPUT, "--center needs --scale N: template '%s' has none",
                  order->briefing.template);
        return false;
    }
    return true;
}

/** What the page lacks without anybody having wished so. */
static void note_lack_of_link(const struct config *config, const struct order *order)
{
    if (!*config->service.base_url) {
        fprintf(stderr,
                "plottafel: note: without base_url in the configuration%s the QR code to check the briefing "
                "with is no address but a text for 'plottafel verify'\n",
                order->briefing.link[0] ? "" : ", or --link URL, there is no QR code to the live map, and");
    }
}

static int make(const struct options *options, const struct config *config, struct order *order)
{
    struct fault fault;
    const struct map *map = drawing_find_map(config, options->arguments[0], &fault);
    if (!map) {
        return command_fault(&fault);
    }
    bool is_all = options_has(options, "all");
    if (!drawing_read_view(options, map, &order->view, &fault) || !check_since(order, &fault) ||
        (!is_all && !take_template(options, config, order, &fault))) {
        return command_wrong_usage(options, &fault);
    }
    if (!is_all && !settle_frame(options, map, order, &fault)) {
        return command_fault(&fault);
    }
    int status = is_all ? command_briefing_all(options, config, order) : make_one(options, config, order);
    if (status == COMMAND_OK) {
        note_lack_of_link(config, order);
    }
    return status;
}

/** Before anything is drawn. */
static bool check_output(const struct options *options, struct fault *fault)
{
    const char *path = options_value(options, "output");
    if (!path) {
        return true; /* --again: the name that it had, in the working folder */
    }
    return options_has(options, "all") ? output_check_folder(path, fault) : output_check(path, fault);
}

/** All that it was made of is in the archive. */
static bool check_again(const struct options *options, struct fault *fault)
{
    for (const struct option *option = options_table; option->name; option++) {
        bool is_for_it = strcmp(option->name, "again") == 0 || strcmp(option->name, "output") == 0;
        if (!is_for_it && options_has(options, option->name)) {
            fault_set(fault, FAULT_INPUT, "--again makes what was asked for then: --%s is not for it",
                      option->name);
            return false;
        }
    }
    return true;
}

static bool read_options(const struct options *options, struct order *order, struct fault *fault)
{
    bool is_again = options_has(options, "again");
    if (is_again && options->argument_count > 0) {
        fault_set(fault, FAULT_INPUT, "--again makes what was asked for then: there is no place for '%.80s'",
                  options->arguments[0]);
        return false;
    }
    if (is_again) {
        return check_again(options, fault);
    }
    if (options->argument_count == 0 || !options_has(options, "output")) {
        fault_set(fault, FAULT_INPUT,
                  options->argument_count == 0 ? "it needs MAP" : "it needs --output FILE");
        return false;
    }
    return read_briefing(options, &order->briefing, fault);
}

static int run(const struct options *options)
{
    struct order order;
    struct fault fault;
    interrupt_listen();
    order_init(&order, ORDER_BRIEFING);
    if (!read_options(options, &order, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    if (!check_output(options, &fault)) {
        return command_fault(&fault);
    }
    struct config *config = command_read_config(options);
    int status = COMMAND_FAULT;
    if (config) {
        status = options_has(options, "again") ? command_briefing_again(options, config)
                                               : make(options, config, &order);
    }
    config_free(config);
    return status;
}

const struct command command_briefing = {
    .name = "briefing",
    .sentence = "Makes a printable map with legend, grid, times and sources, at a true scale",
    .arguments = "[MAP]",
    .argument_least = 0,
    .argument_most = 1,
    .options = options_table,
    .notes =
        "What the page does not show although it should stands on it, and on stderr. Each is kept in the\n"
        "archive (setting briefings) with all that it was made of: 'plottafel briefings list' lists them.\n",
    .example = "plottafel briefing situation --paper A3 --landscape --center 101000,411500 --scale 25000 \\\n"
               "      --as-of 2026-10-08T12:45:00+02:00 --language en -o briefing.pdf\n"
               "  plottafel briefing situation --area haven --paper A3 -o haven.pdf\n"
               "  plottafel briefing situation --all --paper A3 -o briefings/\n"
               "  plottafel briefing --again 01K6ZB4M5V0Q2S8T3W7XAECDFG -o again.pdf",
    .run = run,
};
