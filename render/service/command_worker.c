/*
 * command_worker.c - plottafel worker: started by serve, not by people.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/log.h"
#include "geo/base/problems.h"
#include "render/service/command.h"
#include "render/service/config.h"
#include "render/service/worker.h"

static int run(int argument_count, char **arguments)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'}, {NULL, 0, NULL, 0}};
    const char *path = "plottafel.yaml";
    int option;
    while ((option = getopt_long(argument_count, arguments, "c:", options, NULL)) != -1) {
        if (option != 'c') {
            return COMMAND_USAGE;
        }
        path = optarg;
    }
    struct problems problems;
    problems_init(&problems);
    struct config *config = config_read(path, &problems);
    if (!config) {
        problems_print(&problems, stderr); /* of warnings the front has told already */
    }
    problems_finish(&problems);
    if (!config) {
        return COMMAND_FAULT;
    }
    log_open(config->service.log == CONFIG_LOG_JSON ? LOG_JSON : LOG_PLAIN, LOG_INFO);
    int status = worker_run(config, WORKER_SOCKET);
    config_free(config);
    return status == EXIT_SUCCESS ? COMMAND_OK : COMMAND_FAULT;
}

const struct command command_worker = {
    .name = "worker",
    .sentence = "Draws for a running service",
    .help = "Usage: plottafel worker --config FILE\n\nStarted by `plottafel serve`, with a socket as "
            "descriptor 3.\n",
    .is_hidden = true,
    .run = run,
};
