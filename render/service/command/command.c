/*
 * command.c - what all subcommands have in common: usage line, help, faults, configuration.
 */
#include "render/service/command/command.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/protocol/symbol_choice.h"
#include "symbology/symbol_library.h"

#define DEFAULT_CONFIG "plottafel.yaml"
#define HELP_COLUMN 26

static void write_required(const struct option *option, FILE *file)
{
    if (option->letter) {
        fprintf(file, " -%c %s", option->letter, option->value);
    } else {
        fprintf(file, " --%s %s", option->name, option->value);
    }
}

void command_write_usage(const struct command *command, FILE *file)
{
    bool has_others = false;
    fprintf(file, "usage: plottafel %s", command->name);
    if (command->arguments) {
        fprintf(file, " %s", command->arguments);
    }
    for (const struct option *option = command->options; option && option->name; option++) {
        if (option->is_required) {
            write_required(option, file);
        }
        has_others |= !option->is_required;
    }
    fputs(has_others ? " [options]\n" : " [--config FILE]\n", file);
}

static void write_options(const struct option *table, FILE *file)
{
    for (; table && table->name; table++) {
        char letter[8] = "    ";
        if (table->letter) {
            snprintf(letter, sizeof(letter), "-%c, ", table->letter);
        }
        int width = fprintf(file, "  %s--%s%s%s", letter, table->name, table->value ? " " : "",
                            table->value ? table->value : "");
        if (width > HELP_COLUMN) {
            fputc('\n', file);
            width = 0;
        }
        fprintf(file, "%*s  %s\n", HELP_COLUMN - width, "", table->sentence);
    }
}

void command_write_help(const struct command *command, FILE *file)
{
    command_write_usage(command, file);
    fprintf(file, "\n%s.\n\n", command->sentence);
    if (command->notes) {
        fprintf(file, "%s\n", command->notes);
    }
    fputs("options:\n", file);
    write_options(command->options, file);
    write_options(options_common, file);
    fprintf(file, "\nexample:\n  %s\n", command->example);
    if (command->write_more) {
        command->write_more(file);
    }
}

int command_fault(const struct fault *fault)
{
    fprintf(stderr, "plottafel: %s\n", fault->message);
    return COMMAND_FAULT;
}

int command_wrong_usage(const struct options *options, const struct fault *fault)
{
    fprintf(stderr, "plottafel %s: %s\n", options->command->name, fault->message);
    command_write_usage(options->command, stderr);
    return COMMAND_USAGE;
}

static int run_with(struct options *options)
{
    if (options_has(options, "help")) {
        command_write_help(options->command, stdout);
        return COMMAND_OK;
    }
    return options->command->run(options);
}

/** The same as if --config stood behind the command; "given twice" is then said of both places. */
static char **words_with_config(int *word_count, char **words, const char *config_path)
{
    size_t count = (size_t)*word_count;
    char **longer = memory_new(count + 2, sizeof(*longer));
    longer[0] = (char *)"--config";
    longer[1] = (char *)config_path;
    memcpy(longer + 2, words, count * sizeof(*words));
    *word_count += 2;
    return longer;
}

int command_run(const struct command *command, int word_count, char **words, const char *config_path)
{
    struct options options;
    struct fault fault;
    char **longer = config_path ? words_with_config(&word_count, words, config_path) : NULL;
    bool is_read = options_read(command, word_count, longer ? longer : words, &options, &fault);
    int status = is_read ? run_with(&options) : command_wrong_usage(&options, &fault);
    options_finish(&options);
    free(longer);
    return status;
}

const char *command_config_path(const struct options *options)
{
    const char *path = options_value(options, "config");
    return path ? path : DEFAULT_CONFIG;
}

/** Is a problem about a file of the set? */
static bool is_of_set(const struct problem *problem, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(problem->file, folder, length) == 0 && problem->file[length] == '/';
}

/** The set of a folder that a problem is about, or NULL. */
static const struct symbol_set *set_of(const struct symbol_library *symbols, const struct problem *problem)
{
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        const struct symbol_set *set = symbol_library_at(symbols, i);
        const char *folder = symbol_library_folder(symbols, set);
        if (folder && is_of_set(problem, folder)) {
            return set;
        }
    }
    return NULL;
}

static void print_count_of(const struct symbol_library *symbols, const struct symbol_set *set,
                           const struct problems *problems)
{
    char code[SYMBOL_SET_CODE_BYTES];
    size_t count = 0;
    for (size_t i = 0; i < problems->count; i++) {
        count += set_of(symbols, &problems->items[i]) == set;
    }
    if (count > 0) {
        fprintf(stderr, "plottafel: symbol set %s has %zu warning%s: 'plottafel symbols check' names %s\n",
                symbol_choice_write_set(set, code), count, count == 1 ? "" : "s", count == 1 ? "it" : "them");
    }
}

/** Warnings of symbol sets are many and always the same: an ordinary command only says that there are some.
 */
static void print_shortly(const struct problems *problems, const struct symbol_library *symbols)
{
    struct problems others;
    problems_init(&others);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *item = &problems->items[i];
        if (!set_of(symbols, item)) {
            problems_add(&others, item->level, item->file, item->line, item->field, "%s", item->sentence);
        }
    }
    problems_print(&others, stderr);
    problems_finish(&others);
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        const struct symbol_set *set = symbol_library_at(symbols, i);
        if (symbol_library_folder(symbols, set)) {
            print_count_of(symbols, set, problems);
        }
    }
}

enum telling { TELL_MISTAKES, TELL_SHORTLY, TELL_ALL };

static struct config *read_config(const struct options *options, enum telling telling)
{
    struct problems problems;
    problems_init(&problems);
    struct config *config = config_read(command_config_path(options), &problems);
    if (!config || telling == TELL_ALL) {
        problems_print(&problems, stderr);
    } else if (telling == TELL_SHORTLY) {
        print_shortly(&problems, config->symbols);
    }
    if (!config) {
        fprintf(stderr, "plottafel: the configuration has %zu mistake%s\n", problems.error_count,
                problems.error_count == 1 ? "" : "s");
    }
    problems_finish(&problems);
    return config;
}

struct config *command_read_config(const struct options *options)
{
    return read_config(options, TELL_SHORTLY);
}

struct config *command_read_config_to_check(const struct options *options)
{
    return read_config(options, TELL_ALL);
}

struct config *command_read_config_again(const struct options *options)
{
    return read_config(options, TELL_MISTAKES);
}
