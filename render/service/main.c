/*
 * main.c - the subcommands of plottafel.
 */
#include <stdio.h>
#include <string.h>

#include "render/service/command.h"

static const struct command *const commands[] = {&command_serve, &command_worker};
#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static void print_commands(FILE *file)
{
    fprintf(file, "Usage: plottafel COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!commands[i]->is_hidden) {
            fprintf(file, "  %-10s %s\n", commands[i]->name, commands[i]->sentence);
        }
    }
}

int main(int argument_count, char **arguments)
{
    const char *name = argument_count > 1 ? arguments[1] : "";
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(name, commands[i]->name) == 0) {
            return commands[i]->run(argument_count - 1, arguments + 1);
        }
    }
    bool is_help = strcmp(name, "--help") == 0 || strcmp(name, "help") == 0;
    print_commands(is_help ? stdout : stderr);
    return is_help ? COMMAND_OK : COMMAND_USAGE;
}
