/*
 * command_symbols_check.c - plottafel symbols check: reads sets and names every mistake.
 */
#include <stdio.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "render/service/command/command.h"
#include "render/service/command/command_symbols.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/protocol/symbol_choice.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

static void print_set(const struct symbol_set *set)
{
    char code[SYMBOL_SET_CODE_BYTES];
    size_t deprecated = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        deprecated += symbol_set_at(set, i)->is_deprecated;
    }
    printf("%s: %zu entries are good", symbol_choice_write_set(set, code), symbol_set_count(set));
    if (deprecated > 0) {
        printf(", %zu of them deprecated", deprecated);
    }
    if (symbol_set_base(set)) {
        printf("; extends %s", symbol_choice_write_set(symbol_set_base(set), code));
    }
    printf("\n");
}

static int finish(struct problems *problems)
{
    size_t errors = problems->error_count;
    size_t warnings = problems->count - errors;
    problems_print(problems, stderr);
    problems_finish(problems);
    if (errors > 0 || warnings > 0) {
        printf("%zu mistake%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings,
               warnings == 1 ? "" : "s");
    }
    return errors == 0 ? COMMAND_OK : COMMAND_FAULT;
}

/** A folder on its own; it may extend the sets of --config, or those that are part of the program. */
static int check_folder(const char *folder, const struct symbol_library *symbols)
{
    struct problems problems;
    problems_init(&problems);
    struct symbol_set *set = symbol_set_read(folder, symbols, &problems);
    if (set && problems.error_count == 0) {
        print_set(set);
    }
    symbol_set_free(set);
    return finish(&problems);
}

static int check_all(const struct symbol_library *symbols)
{
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        print_set(symbol_library_at(symbols, i));
    }
    return COMMAND_OK;
}

static int run(const struct options *options)
{
    const char *folder = options->argument_count == 1 ? options->arguments[0] : NULL;
    struct config *config = command_symbols_config(options, true);
    if (!config) {
        return COMMAND_FAULT;
    }
    int status = folder ? check_folder(folder, config->symbols) : check_all(config->symbols);
    config_free(config);
    return status;
}

const struct command command_symbols_check = {
    .name = "symbols check",
    .sentence = "Names everything that is wrong with a symbol set, or with those that are configured",
    .arguments = "[FOLDER]",
    .argument_least = 0,
    .argument_most = 1,
    .notes =
        "Each mistake is one line on stderr: file:line: field: sentence. Exit status 1 when there are any.\n",
    .example = "plottafel symbols check my-set",
    .run = run,
};
