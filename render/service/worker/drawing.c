/*
 * drawing.c - see drawing.h.
 */
#include "render/service/worker/drawing.h"

#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/worker/layer_retry.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_runner.h"
#include "render/service/command/output.h"
#include "render/service/command/progress.h"

#define NAMES_MOST_BYTES 300
#define NAMED_MOST 20 /* of one kind of note; the others are counted */
#define PROGRESS_PARTS 1000
#define REVISION_MOST 9007199254740992.0 /* 2^53: whole numbers that a double holds */

static void append_name(struct buffer *names, const char *name)
{
    buffer_append_text(names, names->length ? ", " : "");
    buffer_append_text(names, name);
}

const struct map *drawing_find_map(const struct config *config, const char *name, struct fault *fault)
{
    const struct map *map = maps_find(config->maps, name);
    if (map) {
        return map;
    }
    struct buffer names;
    buffer_init(&names, NAMES_MOST_BYTES);
    for (size_t i = 0; i < maps_count(config->maps); i++) {
        append_name(&names, maps_at(config->maps, i)->id);
    }
    fault_set(fault, FAULT_NOT_FOUND, "there is no map '%.80s'; there is: %s", name,
              names.length ? names.bytes : "none");
    buffer_finish(&names);
    return NULL;
}

static size_t count_plots(const struct map *map)
{
    size_t count = 0;
    for (size_t i = 0; i < map->item_count; i++) {
        count += map->items[i].plot != NULL;
    }
    return count;
}

/** One revision for each plot of the map. */
static bool read_revisions(const struct options *options, const struct map *map, struct order_view *view,
                           struct fault *fault)
{
    double numbers[MAP_VIEW_PLOT_MAX] = {0};
    size_t plot_count = count_plots(map);
    if (!options_has(options, "revision")) {
        return true;
    }
    if (plot_count == 0 || plot_count > MAP_VIEW_PLOT_MAX) {
        fault_set(fault, FAULT_INPUT, "--revision: map '%s' shows %zu plots", map->id, plot_count);
        return false;
    }
    if (!options_numbers(options, "revision", plot_count, numbers, fault)) {
        return false;
    }
    for (size_t i = 0; i < plot_count; i++) {
        if (numbers[i] < 1 || numbers[i] > REVISION_MOST || numbers[i] != (double)(uint64_t)numbers[i]) {
            fault_set(fault, FAULT_INPUT, "--revision must be a whole number from 1 up, not '%s'",
                      options_value(options, "revision"));
            return false;
        }
        view->revisions[i] = (uint64_t)numbers[i];
    }
    view->plot_count = plot_count;
    return true;
}

/** A briefing's legend may speak two languages. */
static bool read_languages(const struct options *options, struct order_view *view, struct fault *fault)
{
    struct language_pair languages = {.first = view->language};
    bool has_legend = options->command == &command_briefing;
    if (has_legend && options_has(options, "all")) {
        return true; /* each of its languages has a briefing of its own */
    }
    bool is_read = has_legend ? options_languages(options, &languages, fault)
                              : options_language(options, &languages.first, fault);
    order_view_speak(view, languages);
    return is_read;
}

bool drawing_read_view(const struct options *options, const struct map *map, struct order_view *view,
                       struct fault *fault)
{
    snprintf(view->map, sizeof(view->map), "%s", map->id);
    view->as_of_ms = moment_now_ms();
    return options_moment(options, &view->as_of_ms, fault) && read_languages(options, view, fault) &&
           palette_wish_read(options_value(options, "palette"), &view->palette, fault) &&
           read_revisions(options, map, view, fault);
}

static const char *kind_words(enum report_kind kind)
{
    switch (kind) {
    case REPORT_NUMBERS_UNPLACED:
        return "casualties, counts and hazard plates that found no place";
    case REPORT_LABEL_UNPLACED:
        return "labels that found no place";
    case REPORT_LABEL_SHORTENED:
        return "labels of which only a part is there";
    case REPORT_SYMBOL_FALLBACK:
        return "symbols drawn as letters";
    case REPORT_SYMBOL_SMALL:
        return "symbols drawn small because it is crowded";
    case REPORT_SYMBOL_COUNTED:
        return "symbols that a badge with their number stands for";
    case REPORT_SYMBOL_HIDDEN:
        return "symbols that lie under others";
    case REPORT_LETTERS_MISSING:
        return "texts with characters that no font has";
    case REPORT_BEYOND_SCALE:
        return "layers drawn at a finer scale than they are meant for";
    case REPORT_LAYER_OUTSIDE:
        return "layers whose data do not reach here";
    case REPORT_LAYER_PARTIAL:
        return "layers whose data reach only part of the picture";
    default:
        return NULL; /* each is worth a line of its own */
    }
}

static size_t end_of_kind(const struct report *report, size_t index)
{
    enum report_kind kind = report->items[index].kind;
    while (index < report->count && report->items[index].kind == kind) {
        index++;
    }
    return index;
}

/** The items of a kind from index on in one line; returns the index behind them. */
static size_t write_kind(const struct report *report, size_t index, FILE *file)
{
    size_t end = end_of_kind(report, index);
    size_t named_end = end - index > NAMED_MOST ? index + NAMED_MOST : end;
    fprintf(file, "plottafel: note: %s:", kind_words(report->items[index].kind));
    for (size_t i = index; i < named_end; i++) {
        fprintf(file, "%s %s", i > index ? "," : "", report_title(&report->items[i]));
    }
    if (named_end < end) {
        fprintf(file, " and %zu more", end - named_end);
    }
    fputc('\n', file);
    return end;
}

void drawing_write_notes(const struct report *report, FILE *file)
{
    size_t index = 0;
    while (index < report->count) {
        const struct report_item *item = &report->items[index];
        if (kind_words(item->kind)) {
            index = write_kind(report, index, file);
            continue;
        }
        fprintf(file, "plottafel: note: %s: %s\n", report_title(item), report_sentence(item));
        index++;
    }
}

static bool tell(double part, void *context)
{
    progress_tell(context, (uint64_t)(part * PROGRESS_PARTS), PROGRESS_PARTS);
    return true;
}

/** Writes a result that was made, else gives its fault. */
static bool write_result(const struct options *options, const struct order_result *result,
                         struct fault *fault)
{
    if (result->fault.code != FAULT_NONE) {
        *fault = result->fault;
        return false;
    }
    bool is_written = output_write(options_value(options, "output"), result->bytes, result->length, fault);
    drawing_write_notes(&result->report, stderr);
    return is_written;
}

int drawing_run(const struct options *options, const struct config *config, const struct order *order)
{
    struct fault fault;
    struct order_runner *runner = order_runner_new(config, &fault);
    if (!runner) {
        return command_fault(&fault);
    }
    struct progress progress;
    progress_init(&progress, order_kind_name(order->kind), false);
    struct order_progress listener = {tell, &progress};
    struct order_result *result = layer_retry_run(config, runner, order, &listener);
    progress_clear(&progress);
    bool is_written = write_result(options, result, &fault);
    order_result_unref(result);
    order_runner_free(runner);
    return is_written ? COMMAND_OK : command_fault(&fault);
}

bool drawing_read_tile_size(const struct options *options, uint16_t *size_px, struct fault *fault)
{
    const char *text = options_value(options, "tile-size");
    bool is_large = text && strcmp(text, "512") == 0;
    if (text && !is_large && strcmp(text, "256") != 0) {
        fault_set(fault, FAULT_INPUT, "--tile-size must be 256 or 512, not '%.80s'", text);
        return false;
    }
    if (text) {
        *size_px = is_large ? TILE_SIZE_LARGE_PX : TILE_SIZE_PX;
    }
    return true;
}

int drawing_run_map(const struct options *options, const struct config *config, struct order *order)
{
    struct fault fault;
    const struct map *map = drawing_find_map(config, options->arguments[0], &fault);
    if (!map) {
        return command_fault(&fault);
    }
    if (!drawing_read_view(options, map, &order->view, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    return drawing_run(options, config, order);
}
