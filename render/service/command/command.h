/*
 * command.h - the subcommands of `plottafel`: one file each, one table in main.c.
 *
 * A command says as a table what it takes; reading, the usage line and --help are made from it.
 */
#ifndef RENDER_SERVICE_COMMAND_H
#define RENDER_SERVICE_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

struct config;
struct fault;
struct option;  /* render/service/command/options.h: one line of a command's table */
struct options; /* render/service/command/options.h: what was given */

/** Exit statuses: 0 it worked, 1 a fault (one sentence on stderr), 2 wrong usage. */
enum command_status { COMMAND_OK = 0, COMMAND_FAULT = 1, COMMAND_USAGE = 2 };

struct command {
    const char *name;      /* one word, or two: "symbols list" */
    const char *sentence;  /* what it does, without a full stop */
    const char *arguments; /* of the usage line: "PLOT FILE..."; NULL: it takes none */
    int argument_least;    /* how many there must be */
    int argument_most;
    const struct option *options; /* ends with a NULL name; NULL: only --config and --help */
    const char *notes;            /* what more there is to know, whole lines; may be NULL */
    const char *example;          /* a line without a line break; several lines where one does not do */
    bool is_hidden;               /* not for people: worker */
    int (*run)(const struct options *options);
    void (*write_more)(FILE *file); /* what --help adds at its end; may be NULL */
};

extern const struct command command_briefing;
extern const struct command command_briefings_list;
extern const struct command command_check;
extern const struct command command_export;
extern const struct command command_import;
extern const struct command command_map;
extern const struct command command_seed;
extern const struct command command_serve;
extern const struct command command_style_import;
extern const struct command command_symbols_book;
extern const struct command command_symbols_check;
extern const struct command command_symbols_list;
extern const struct command command_symbols_migrate;
extern const struct command command_symbols_sheet;
extern const struct command command_symbols_show;
extern const struct command command_templates;
extern const struct command command_tile;
extern const struct command command_verify;
extern const struct command command_worker;

/** "usage: plottafel tile MAP TILE -o FILE [options]" */
void command_write_usage(const struct command *command, FILE *file);
void command_write_help(const struct command *command, FILE *file);

/** Reads the command's options and runs it. words are what stands behind its name. */
int command_run(const struct command *command, int word_count, char **words, const char *config_path);

/** Prints the fault on stderr; COMMAND_FAULT. */
int command_fault(const struct fault *fault);

/** The same for a wrong argument or option, with the usage line; COMMAND_USAGE. */
int command_wrong_usage(const struct options *options, const struct fault *fault);

/** --config, or plottafel.yaml of the working folder. Borrowed. */
const char *command_config_path(const struct options *options);

/**
 * The configuration of --config, or ./plottafel.yaml. Prints what is wrong with it; of the warnings about a
 * symbol set only how many there are.
 * @return owned, config_free(); NULL when it has errors
 */
struct config *command_read_config(const struct options *options);

/** The same with every warning. */
struct config *command_read_config_to_check(const struct options *options);

/** The same for a process that another of ours started: warnings have been printed there. */
struct config *command_read_config_again(const struct options *options);

/** The program itself, to be started once more. */
#define COMMAND_PROGRAM "/proc/self/exe"

#endif
