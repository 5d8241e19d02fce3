/*
 * command_briefings_list.c - plottafel briefings list: what stands in the archive.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "render/service/config.h"

#define LIMIT_MOST 1000000
#define LIMIT_USUAL 100

static const struct option options_table[] = {
    {"map", 0, false, "NAME", "only of this map"},
    {"organisation", 0, false, "NAME", "only those that it asked for"},
    {"limit", 0, false, "N", "at most so many; 100 when not given"},
    {NULL, 0, false, NULL, NULL},
};

/** What was made, or why not: "420,313 bytes", "failed: …". */
static void print_outcome(const struct briefing_record *record)
{
    if (record->status == BRIEFING_SUCCESSFUL) {
        printf("%lld bytes%s", (long long)record->size_bytes, record->is_kept ? "" : ", to be made again");
    } else {
        printf("%s%s%s", briefing_status_name(record->status), *record->message ? ": " : "", record->message);
    }
}

static bool print_record(const struct briefing_record *record, void *context)
{
    size_t *count = context;
    char created[32];
    (*count)++;
    printf("%s  %s  %s%s%s  %s  ", record->id, moment_format_local(record->created_ms, created), record->map,
           *record->title ? " / " : "", record->title, record->frame);
    print_outcome(record);
    printf("\n");
    return true;
}

static int list(const struct options *options, const struct config *config, int limit)
{
    struct briefing_filter filter;
    struct fault fault;
    size_t count = 0;
    if (!file_exists(config->briefing_folder)) {
        printf("no briefings in '%s'\n", config->briefing_folder);
        return COMMAND_OK;
    }
    struct briefing_archive *archive = briefing_archive_open(config->briefing_folder, &fault);
    briefing_filter_init(&filter, moment_now_ms());
    filter.map = options_value(options, "map");
    filter.organisation = options_value(options, "organisation");
    filter.limit = limit;
    bool is_listed = archive && briefing_archive_list(archive, &filter, print_record, &count, &fault);
    briefing_archive_close(archive);
    if (is_listed && count == 0) {
        printf("no briefings in '%s'\n", config->briefing_folder);
    }
    return is_listed ? COMMAND_OK : command_fault(&fault);
}

static int run(const struct options *options)
{
    struct fault fault;
    int limit = LIMIT_USUAL;
    if (!options_integer(options, "limit", 1, LIMIT_MOST, &limit, &fault)) {
        return command_wrong_usage(options, &fault);
    }
    struct config *config = command_read_config(options);
    int status = config ? list(options, config, limit) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_briefings_list = {
    .name = "briefings list",
    .sentence = "Lists the briefings that were made, the newest first",
    .options = options_table,
    .notes = "A briefing is made again byte for byte with 'plottafel briefing --again ID'.\n",
    .example = "plottafel briefings list --map situation",
    .run = run,
};
