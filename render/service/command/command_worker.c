/*
 * command_worker.c - plottafel worker: started by serve and seed, not by people.
 */
#include <stdlib.h>

#include "geo/base/log.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/worker/worker.h"

static int run(const struct options *options)
{
    struct config *config = command_read_config_again(options);
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
    .notes = "Started by `plottafel serve` and `plottafel seed`, with a socket as descriptor 3.\n",
    .example = "plottafel worker --config plottafel.yaml",
    .is_hidden = true,
    .run = run,
};
