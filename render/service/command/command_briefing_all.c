/*
 * command_briefing_all.c - plottafel briefing MAP --all: one document for each area, template and language,
 * made by as many processes as there are cores. All show the same revisions and the same moment. One that
 * fails is named, and the others go on.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/map.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/service/briefing/briefing_budget.h"
#include "render/briefing/template.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/command/briefing_making.h"
#include "render/service/command/briefing_output.h"
#include "render/service/command/command.h"
#include "render/service/command/command_briefing.h"
#include "render/service/command/interrupt.h"
#include "render/service/command/options.h"
#include "render/service/command/progress.h"
#include "render/service/config.h"
#include "render/service/seed/tile_crew.h"
#include "render/service/worker/drawing.h"
#include "render/service/worker/order.h"

#define JOBS_MOST 256
#define AREA_MOST 1000
#define TEMPLATE_MOST 200
#define WAIT_MS 200

/** What varies. */
struct choice {
    const struct map_area *areas[AREA_MOST]; /* NULL: all of the map */
    size_t area_count;
    const struct template *templates[TEMPLATE_MOST];
    size_t template_count;
    enum language languages[LANGUAGE_COUNT];
    size_t language_count;
};

/** One document. */
struct item {
    struct order order;
    struct briefing_record record;
    char name[300]; /* of its file */
    bool has_begun;
};

struct batch {
    struct briefing_making making;
    const char *folder;
    struct item *items; /* owned */
    size_t count;
    size_t next;
    size_t made;
    size_t failed;
    struct tile_crew *crew;
    size_t *lanes; /* which item each worker is at; count: none; owned */
    struct progress progress;
    struct briefing_given given; /* on the command line, whatever the template says */
};

/* ---- which ones ---- */

/** The next of "a,b,c"; false at the end. */
static bool next_word(const char **list, char word[static 80])
{
    size_t length = strcspn(*list, ",");
    if (!**list) {
        return false;
    }
    snprintf(word, 80, "%.*s", (int)(length < 79 ? length : 79), *list);
    *list += length + ((*list)[length] == ',');
    return true;
}

static bool is_all(const char *list)
{
    return !list || strcmp(list, "all") == 0;
}

static bool choose_areas(const struct map *map, const char *list, struct choice *choice, struct fault *fault)
{
    char word[80];
    for (size_t i = 0; is_all(list) && i < map->area_count && i < AREA_MOST; i++) {
        choice->areas[choice->area_count++] = &map->areas[i];
    }
    while (!is_all(list) && choice->area_count < AREA_MOST && next_word(&list, word)) {
        const struct map_area *area = briefing_order_find_area(map, word, fault);
        if (!area) {
            return false;
        }
        choice->areas[choice->area_count++] = area;
    }
    if (choice->area_count == 0) {
        choice->areas[choice->area_count++] = NULL;
    }
    return true;
}

static bool choose_templates(const struct config *config, const char *list, struct choice *choice,
                             struct fault *fault)
{
    struct order wanted;
    if (is_all(list)) {
        problems_print(&config->template_problems, stderr);
    }
    for (size_t i = 0; is_all(list) && i < templates_count(config->templates) && i < TEMPLATE_MOST; i++) {
        choice->templates[choice->template_count++] = templates_at(config->templates, i);
    }
    char word[80];
    order_init(&wanted, ORDER_BRIEFING);
    while (!is_all(list) && choice->template_count < TEMPLATE_MOST && next_word(&list, word)) {
        snprintf(wanted.briefing.template, sizeof(wanted.briefing.template), "%.64s", word);
        const struct template *template = briefing_template_find(config, &wanted, fault);
        if (!template) {
            return false;
        }
        choice->templates[choice->template_count++] = template;
    }
    return true;
}

static bool choose_languages(const char *list, struct choice *choice, struct fault *fault)
{
    char word[80];
    for (int i = 0; is_all(list) && i < LANGUAGE_COUNT; i++) {
        choice->languages[choice->language_count++] = (enum language)i;
    }
    while (!is_all(list) && choice->language_count < LANGUAGE_COUNT && next_word(&list, word)) {
        if (!language_parse(word, &choice->languages[choice->language_count++])) {
            fault_set(fault, FAULT_INPUT, "--language must be all, or some of nl, en, fr and de, not '%.40s'",
                      word);
            return false;
        }
    }
    return true;
}

/** All show what is known now, although the plots may change meanwhile. */
static bool settle_revisions(const struct config *config, const struct map *map, struct order_view *view,
                             struct fault *fault)
{
    if (view->plot_count > 0) {
        return true;
    }
    struct store *store = store_open(config->store_path, STORE_READER, fault);
    bool is_read = store != NULL;
    for (size_t i = 0; is_read && i < map->item_count && view->plot_count < MAP_VIEW_PLOT_MAX; i++) {
        const char *name = map->items[i].plot;
        is_read = !name || store_latest_revision(store, name, &view->revisions[view->plot_count], fault);
        view->plot_count += name != NULL;
    }
    store_close(store);
    return is_read;
}

/** What tells one document from the others. */
struct variant {
    const struct map_area *area;
    const struct template *template;
    enum language language;
};

static void plan_item(const struct batch *batch, struct item *item, const struct order *order,
                      const struct variant *variant)
{
    const struct config *config = batch->making.config;
    const struct map *map = maps_find(config->maps, order->view.map);
    const struct map_area *area = variant->area;
    struct briefing_given given = batch->given;
    order_copy(&item->order, order);
    snprintf(item->order.briefing.template, sizeof(item->order.briefing.template), "%s",
             variant->template->id);
    briefing_template_fill(config, &item->order, given, NULL);
    order_view_speak(&item->order.view, (struct language_pair){.first = variant->language});
    briefing_order_show(&item->order, map, area);
    snprintf(item->name, sizeof(item->name), "%.64s%s%.64s-%.64s-%s.%s", map->id, area ? "-" : "",
             area ? area->id : "", variant->template->id, language_code(variant->language),
             briefing_format_ending(order->briefing.format));
}

static void plan(struct batch *batch, const struct order *order, const struct choice *choice)
{
    size_t each = choice->template_count * choice->language_count;
    batch->count = choice->area_count * each;
    batch->items = memory_new(batch->count, sizeof(*batch->items));
    for (size_t i = 0; i < batch->count; i++) {
        struct variant variant = {choice->areas[i / each],
                                  choice->templates[i % each / choice->language_count],
                                  choice->languages[i % choice->language_count]};
        plan_item(batch, &batch->items[i], order, &variant);
    }
}

/* ---- made ---- */

static void fail_item(struct batch *batch, const struct item *item, const struct fault *fault)
{
    batch->failed++;
    progress_clear(&batch->progress);
    fprintf(stderr, "plottafel: %s: %s\n", item->name, fault->message);
}

static bool write_item(struct batch *batch, struct item *item, struct order_result *result,
                       struct fault *fault)
{
    char path[PATH_MAX];
    if (result->fault.code != FAULT_NONE) {
        *fault = result->fault;
        return false;
    }
    int length = snprintf(path, sizeof(path), "%s/%s", batch->folder, item->name);
    if (length >= (int)sizeof(path)) {
        fault_set(fault, FAULT_INPUT, "the name of the folder is too long");
        return false;
    }
    return briefing_making_seal(batch->making.config, result, fault) &&
           briefing_output_write_quietly(path, result, fault);
}

/** What a page does not show stands on it; here it is only counted. */
static void take_result(struct batch *batch, struct item *item, struct order_result *result)
{
    struct fault fault;
    if (!write_item(batch, item, result, &fault)) {
        fail_item(batch, item, &fault);
        return;
    }
    batch->made++;
    batch->progress.bytes += result->length;
    if (result->report.count > 0) {
        progress_clear(&batch->progress);
        fprintf(stderr, "plottafel: note: %s: %zu %s on it, of what it does not show\n", item->name,
                result->report.count, result->report.count == 1 ? "note" : "notes");
    }
    briefing_making_keep(&batch->making, &item->order, result, &item->record);
    item->has_begun = false;
}

/** Gives an idle worker the next item that can be begun. */
static void ask_next(struct batch *batch, int lane)
{
    struct fault fault;
    while (batch->next < batch->count) {
        size_t index = batch->next++;
        struct item *item = &batch->items[index];
        if (briefing_budget_check(batch->making.config, &item->order, &fault) &&
            briefing_making_begin(&batch->making, &item->order, &item->record, &fault)) {
            item->has_begun = true;
            batch->lanes[lane] = index;
            tile_crew_ask(batch->crew, lane, &item->order, (uint64_t)lane);
            return;
        }
        fail_item(batch, item, &fault);
    }
}

static void ask(struct batch *batch)
{
    for (int lane = 0; lane < tile_crew_count(batch->crew); lane++) {
        if (batch->lanes[lane] == batch->count) {
            ask_next(batch, lane);
        }
    }
}

static void take_one(struct batch *batch)
{
    uint64_t lane;
    struct order_result *result = tile_crew_take(batch->crew, WAIT_MS, &lane);
    if (result) {
        take_result(batch, &batch->items[batch->lanes[lane]], result);
        batch->lanes[lane] = batch->count;
        order_result_unref(result);
    }
}

static bool make_all(struct batch *batch, struct fault *fault)
{
    progress_init(&batch->progress, "briefings", true);
    ask(batch);
    while (tile_crew_pending(batch->crew) > 0 && !interrupt_came()) {
        take_one(batch);
        progress_tell(&batch->progress, batch->made + batch->failed, batch->count);
        ask(batch);
    }
    progress_clear(&batch->progress);
    if (interrupt_came()) {
        fault_set(fault, FAULT_UNAVAILABLE, "interrupted: %zu of %zu briefings are made", batch->made,
                  batch->count);
    } else if (batch->failed > 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "%zu of %zu briefings could not be made", batch->failed,
                  batch->count);
    }
    return batch->failed == 0 && !interrupt_came();
}

static bool start_crew(struct batch *batch, const struct options *options, struct fault *fault)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int jobs = cores < 1 ? 1 : cores > JOBS_MOST ? JOBS_MOST : (int)cores;
    if (!options_integer(options, "jobs", 1, JOBS_MOST, &jobs, fault)) {
        return false;
    }
    jobs = (size_t)jobs > batch->count ? (int)batch->count : jobs;
    if (mkdir(batch->folder, 0777) != 0 && errno != EEXIST) {
        fault_set(fault, FAULT_UNAVAILABLE, "the folder '%s' cannot be made: %s", batch->folder,
                  strerror(errno));
        return false;
    }
    batch->lanes = memory_new((size_t)jobs, sizeof(*batch->lanes));
    for (int i = 0; i < jobs; i++) {
        batch->lanes[i] = batch->count;
    }
    batch->crew = tile_crew_new(batch->making.config, NULL, jobs, fault);
    return batch->crew != NULL;
}

static void finish(struct batch *batch)
{
    tile_crew_free(batch->crew);
    for (size_t i = 0; i < batch->count; i++) {
        order_finish(&batch->items[i].order);
        if (batch->items[i].has_begun) {
            briefing_record_finish(&batch->items[i].record);
        }
    }
    free(batch->items);
    free(batch->lanes);
    briefing_making_finish(&batch->making);
}

int command_briefing_all(const struct options *options, const struct config *config,
                         const struct order *order)
{
    struct fault fault;
    struct choice choice = {.area_count = 0};
    struct order common = *order;
    const struct map *map = maps_find(config->maps, order->view.map);
    if (!choose_areas(map, options_value(options, "area"), &choice, &fault) ||
        !choose_templates(config, options_value(options, "template"), &choice, &fault) ||
        !choose_languages(options_value(options, "language"), &choice, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    if (!settle_revisions(config, map, &common.view, &fault)) {
        return command_fault(&fault);
    }
    struct batch batch = {
        .folder = options_value(options, "output"),
        .given = {.paper = options_has(options, "paper"),
                  .orientation = options_has(options, "landscape") || options_has(options, "portrait"),
                  .crs = options_has(options, "crs"),
                  .scale = true, /* all of the area is to be seen */
                  .language = true}};
    briefing_making_init(&batch.making, config);
    plan(&batch, &common, &choice);
    bool is_made = start_crew(&batch, options, &fault) && make_all(&batch, &fault);
    if (is_made) {
        printf("%s: %zu briefings\n", batch.folder, batch.made);
    }
    finish(&batch);
    return is_made ? COMMAND_OK : command_fault(&fault);
}
