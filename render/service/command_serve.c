/*
 * command_serve.c - plottafel serve: the service, until SIGTERM.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "geo/base/buffer.h"
#include "render/service/command.h"
#include "render/service/config.h"
#include "render/service/serve.h"

#define HELP_MOST_BYTES (64u << 10)

static void print_settings(void)
{
    struct buffer text;
    buffer_init(&text, HELP_MOST_BYTES);
    config_write_help(&text);
    printf("\nSettings below `service:` in plottafel.yaml:\n%s", text.bytes);
    buffer_finish(&text);
}

static int run(int argument_count, char **arguments)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    const char *path = "plottafel.yaml";
    int option;
    while ((option = getopt_long(argument_count, arguments, "c:h", options, NULL)) != -1) {
        if (option == 'h') {
            printf("%s", command_serve.help);
            print_settings();
            return COMMAND_OK;
        }
        if (option != 'c') {
            return COMMAND_USAGE;
        }
        path = optarg;
    }
    if (optind < argument_count) {
        fprintf(stderr, "plottafel serve takes no argument '%s'\n", arguments[optind]);
        return COMMAND_USAGE;
    }
    struct config *config = command_read_config(path);
    if (!config) {
        return COMMAND_FAULT;
    }
    int status = serve_run(config, "/proc/self/exe");
    config_free(config);
    return status == EXIT_SUCCESS ? COMMAND_OK : COMMAND_FAULT;
}

const struct command command_serve = {
    .name = "serve",
    .sentence = "Serves tiles, maps, features and briefings over HTTP",
    .help =
        "Usage: plottafel serve [--config FILE]\n"
        "\n"
        "Serves the maps of the configuration until it gets SIGTERM or SIGINT; then it finishes what runs.\n"
        "\n"
        "  -c, --config FILE  the configuration; default plottafel.yaml\n"
        "\n"
        "Example: plottafel serve --config examples/hollands-diep/plottafel.yaml\n",
    .run = run,
};
