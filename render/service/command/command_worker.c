/*
 * command_worker.c - plottafel worker: started by serve and seed, not by people.
 */
#include <stdlib.h>

#include "geo/base/log.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/command/options.h"
#include "render/service/worker/nursery_run.h"
#include "render/service/worker/plot_shelf.h"
#include "render/service/worker/worker.h"

static int run(const struct options *options)
{
    struct config *config = command_read_config_again(options);
    if (!config) {
        return COMMAND_FAULT;
    }
    log_open(config->service.log == CONFIG_LOG_JSON ? LOG_JSON : LOG_PLAIN, LOG_INFO);
    int status = options_has(options, "nursery")
                     ? nursery_run(config, plot_shelf_new(config->store_path), WORKER_SOCKET)
                     : worker_run(config, NULL, WORKER_SOCKET);
    config_free(config);
    return status == EXIT_SUCCESS ? COMMAND_OK : COMMAND_FAULT;
}

static const struct option options_table[] = {
    {.name = "nursery", .sentence = "read the plots and have workers born, instead of drawing"},
    {.name = NULL},
};

const struct command command_worker = {
    .name = "worker",
    .sentence = "Draws for a running service",
    .options = options_table,
    .notes = "Started by `plottafel serve` and `plottafel seed`, with a socket as descriptor 3.\n",
    .example = "plottafel worker --config plottafel.yaml",
    .is_hidden = true,
    .run = run,
};
