/*
 * command.h - the subcommands of `plottafel`: one file each, one table in main.c.
 */
#ifndef RENDER_SERVICE_COMMAND_H
#define RENDER_SERVICE_COMMAND_H

#include <stdbool.h>

struct config;

/** Exit statuses: 0 it worked, 1 a fault (one sentence on stderr), 2 wrong usage. */
enum command_status { COMMAND_OK = 0, COMMAND_FAULT = 1, COMMAND_USAGE = 2 };

struct command {
    const char *name;
    const char *sentence;                             /* for the list of commands */
    const char *help;                                 /* usage, options and an example */
    bool is_hidden;                                   /* not for people: worker */
    int (*run)(int argument_count, char **arguments); /* arguments[0] is the command's name */
};

extern const struct command command_serve;
extern const struct command command_worker;

/** The configuration of --config, or ./plottafel.yaml; prints all its mistakes and gives NULL when it has
 * errors. */
struct config *command_read_config(const char *path);

#endif
