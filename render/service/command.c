/*
 * command.c - what the commands share.
 */
#include "render/service/command.h"

#include <stdio.h>

#include "geo/base/problems.h"
#include "render/service/config.h"

struct config *command_read_config(const char *path)
{
    struct problems problems;
    problems_init(&problems);
    struct config *config = config_read(path, &problems);
    problems_print(&problems, stderr);
    problems_finish(&problems);
    return config;
}
