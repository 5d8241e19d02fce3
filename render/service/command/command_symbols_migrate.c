/*
 * command_symbols_migrate.c - plottafel symbols migrate: a plot moves to another version of its symbol set,
 * in one revision, or not at all.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "data/feature.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/log.h"
#include "geo/base/moment.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/migrate_plan.h"
#include "render/service/command/options.h"
#include "render/service/plot/plot_symbols.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"

#define SHOWN_FEATURES_MOST 5
#define LOG_IDS_BYTES 1600  /* a line of the log is cut at 2,000 */
#define FEATURE_ID_BYTES 66 /* with the blank before it */

static const struct option options_table[] = {
    {"to", 0, true, "SET", "the set and version that the plot is drawn with from now on, as in nl@2"},
    {"dry-run", 0, false, NULL, "shows what would change, and changes nothing"},
    {NULL, 0, false, NULL, NULL},
};

struct migrating {
    const char *plot_name;
    struct symbol_pin from;
    struct symbol_pin to;
    bool is_dry;
};

static void print_step(const struct migrate_step *step)
{
    printf("%-28s -> %-28s %5zu ", step->from, step->to ? step->to : "(kept)", step->feature_count);
    for (size_t i = 0; i < step->feature_count && i < SHOWN_FEATURES_MOST; i++) {
        printf(" %s", step->features[i]->id);
    }
    if (step->feature_count > SHOWN_FEATURES_MOST) {
        printf(" and %zu more", step->feature_count - SHOWN_FEATURES_MOST);
    }
    printf("\n");
    if (step->remark[0] != '\0') {
        printf("    %s\n", step->remark);
    }
}

static size_t kept_count(const struct migrate_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        count += plan->steps[i].to ? 0 : plan->steps[i].feature_count;
    }
    return count;
}

/** What changes meaning or look, each; the others in one line. */
static void print_plan(const struct migrating *migrating, const struct migrate_plan *plan)
{
    char from[SYMBOL_PIN_BYTES];
    char to[SYMBOL_PIN_BYTES];
    size_t plain_count = 0;
    symbol_pin_format(&migrating->from, from);
    symbol_pin_format(&migrating->to, to);
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].is_plain) {
            plain_count += plan->steps[i].feature_count;
        } else {
            print_step(&plan->steps[i]);
        }
    }
    if (plain_count > 0) {
        printf("%zu feature%s symbol, now of %s\n", plain_count,
               plain_count == 1 ? " keeps its" : "s keep their", to);
    }
    printf("%s: %s -> %s: %zu features move, %zu are kept as they are", migrating->plot_name, from, to,
           plan->change_count, kept_count(plan));
}

/** Where the features of a step go, as many to a line of the log as it holds. */
static void log_step(const struct migrating *migrating, const struct migrate_step *step, uint64_t revision)
{
    for (size_t i = 0; i < step->feature_count;) {
        struct buffer ids;
        buffer_init(&ids, LOG_IDS_BYTES);
        for (; i < step->feature_count && ids.length < LOG_IDS_BYTES - FEATURE_ID_BYTES; i++) {
            buffer_appendf(&ids, " %s", step->features[i]->id);
        }
        log_write(LOG_INFO, "symbols.migrated", "plot '%s', revision %" PRIu64 ": %s -> %s:%s",
                  migrating->plot_name, revision, step->from, step->to ? step->to : "kept",
                  ids.bytes ? ids.bytes : "");
        buffer_finish(&ids);
    }
}

/** Every feature is named in the log, unless that would only hide the report on the same terminal. */
static void log_plan(const struct migrating *migrating, const struct migrate_plan *plan, uint64_t revision)
{
    if (isatty(STDERR_FILENO)) {
        return;
    }
    log_lift_limit();
    for (size_t i = 0; i < plan->step_count; i++) {
        log_step(migrating, &plan->steps[i], revision);
    }
}

static bool carry_out(struct store *store, const struct config *config, const struct migrating *migrating,
                      const struct migrate_plan *plan, struct fault *fault)
{
    uint64_t revision;
    struct store_migration migration = {.plot_name = migrating->plot_name,
                                        .symbols = migrating->to,
                                        .changes = plan->changes,
                                        .change_count = plan->change_count,
                                        .recorded_ms = moment_now_ms()};
    if (!store_migrate(store, &migration, &revision, fault)) {
        return false;
    }
    log_open(config->service.log == CONFIG_LOG_JSON ? LOG_JSON : LOG_PLAIN, LOG_INFO); /* as the service */
    log_plan(migrating, plan, revision);
    print_plan(migrating, plan);
    printf("; revision %" PRIu64 "\n", revision);
    return true;
}

/** The configuration mostly says still what the plot was drawn with before. */
static void print_advice(const struct config *config, const struct migrating *migrating)
{
    struct plot_title moved = {.name = (char *)migrating->plot_name, .symbols = migrating->to};
    char *trouble = plot_symbols_trouble(config, &moved);
    if (trouble) {
        printf("%s\n", trouble);
    }
    free(trouble);
}

static bool migrate_plot(struct store *store, const struct config *config, struct migrating *migrating,
                         struct fault *fault)
{
    struct plot *plot = store_read_plot(store, migrating->plot_name, 0, fault);
    if (!plot) {
        return false;
    }
    struct migrate_plan plan;
    const struct symbol_pin *to = &migrating->to;
    migrating->from = plot_title(plot)->symbols;
    migrate_plan_init(&plan, plot, config->symbols,
                      symbol_library_find(config->symbols, to->set, to->version));
    bool is_done = true;
    if (migrating->is_dry) {
        print_plan(migrating, &plan);
        printf("; nothing is changed\n");
    } else {
        is_done = carry_out(store, config, migrating, &plan, fault);
    }
    if (is_done && !migrating->is_dry) {
        print_advice(config, migrating);
    }
    migrate_plan_finish(&plan);
    plot_unref(plot);
    return is_done;
}

static int migrate(const struct options *options, const struct config *config, struct migrating *migrating)
{
    struct fault fault;
    const struct symbol_pin *to = &migrating->to;
    if (!symbol_library_find(config->symbols, to->set, to->version)) {
        fault_set(&fault, FAULT_NOT_FOUND,
                  "there is no symbol set %s; 'plottafel symbols check' names those "
                  "that there are",
                  options_value(options, "to"));
        return command_fault(&fault);
    }
    /* A writer would make the store that is not there. */
    bool is_reading = migrating->is_dry || !file_exists(config->store_path);
    struct store *store = store_open(config->store_path, is_reading ? STORE_READER : STORE_WRITER, &fault);
    bool is_done = store && migrate_plot(store, config, migrating, &fault);
    store_close(store);
    return is_done ? COMMAND_OK : command_fault(&fault);
}

static int run(const struct options *options)
{
    struct fault fault;
    struct migrating migrating = {.plot_name = options->arguments[0],
                                  .is_dry = options_has(options, "dry-run")};
    if (!symbol_pin_parse(options_value(options, "to"), &migrating.to, &fault)) {
        fault_prefix(&fault, "--to ");
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? migrate(options, config, &migrating) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_symbols_migrate = {
    .name = "symbols migrate",
    .sentence = "Moves a plot to another version of its symbol set",
    .arguments = "PLOT",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes =
        "All features become one revision, and new features of the plot are of the new set from then on. A\n"
        "deprecated symbol becomes the one that replaces it. What the new set lacks is kept as it is, and a\n"
        "status or text that it does not accept stays in the code: both are named, and so is what looks or\n"
        "is called otherwise. stderr, when it is no terminal, gets a log of every feature. Earlier "
        "revisions\n"
        "keep their look. Not while the service runs: it is the only writer then.\n",
    .example = "plottafel symbols migrate hollands-diep --to nl@2 --dry-run",
    .run = run,
};
