/*
 * command.c - what all subcommands have in common: usage line, help, faults, configuration.
 */
#include "render/service/command.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/service/config.h"
#include "render/service/options.h"

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

static struct config *read_config(const struct options *options, bool is_told)
{
    struct problems problems;
    problems_init(&problems);
    struct config *config = config_read(command_config_path(options), &problems);
    if (!config || !is_told) {
        problems_print(&problems, stderr);
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
    return read_config(options, false);
}

struct config *command_read_config_again(const struct options *options)
{
    return read_config(options, true);
}
