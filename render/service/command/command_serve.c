/*
 * command_serve.c - plottafel serve: the service, until SIGTERM.
 */
#include <stdlib.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/serve.h"

#define HELP_MOST_BYTES (64u << 10)
#define PORT_MOST 65535

static const struct option options_table[] = {
    {"port", 0, false, "N", "listens on this port instead of that of the configuration"},
    {NULL, 0, false, NULL, NULL},
};

static void write_settings(FILE *file)
{
    struct buffer text;
    buffer_init(&text, HELP_MOST_BYTES);
    config_write_help(&text);
    fprintf(file, "\nSettings below `service:` in plottafel.yaml:\n%s", text.bytes);
    buffer_finish(&text);
}

static int run(const struct options *options)
{
    struct fault fault;
    int port = -1;
    if (!options_integer(options, "port", 0, PORT_MOST, &port, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    if (!config) {
        return COMMAND_FAULT;
    }
    if (port >= 0) {
        config->service.port = port;
    }
    int status = serve_run(config, COMMAND_PROGRAM);
    config_free(config);
    return status == EXIT_SUCCESS ? COMMAND_OK : COMMAND_FAULT;
}

const struct command command_serve = {
    .name = "serve",
    .sentence = "Serves tiles, maps, features and briefings over HTTP",
    .options = options_table,
    .notes =
        "Serves the maps of the configuration until it gets SIGTERM or SIGINT; then it finishes what runs.\n",
    .example = "plottafel serve --config examples/hollands-diep/plottafel.yaml",
    .run = run,
    .write_more = write_settings,
};
