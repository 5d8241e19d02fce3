/*
 * command_briefing_again.c - plottafel briefing --again ID.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/briefing/briefing.h"
#include "render/service/briefing/briefing_again.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/command/briefing_making.h"
#include "render/service/command/briefing_output.h"
#include "render/service/command/command.h"
#include "render/service/command/command_briefing.h"
#include "render/service/command/options.h"
#include "render/service/command/output.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

static bool find(const struct config *config, const char *id, struct briefing_record *record,
                 struct fault *fault)
{
    struct briefing_archive *archive = briefing_archive_open(config->briefing_folder, fault);
    bool is_found = archive && briefing_archive_find(archive, id, record, fault);
    briefing_archive_close(archive);
    return is_found;
}

static bool check_was_made(const struct briefing_record *record, struct fault *fault)
{
    if (!*record->sha256) {
        fault_set(fault, FAULT_NOT_FOUND, "briefing '%s' was never made: it is %s", record->id,
                  briefing_status_name(record->status));
    }
    return *record->sha256 != '\0';
}

/** Writes it even if it is another file, and says so then. */
static bool write_again(const struct options *options, const struct config *config,
                        const struct briefing_record *record, const struct order_result *result,
                        struct fault *fault)
{
    const char *path = options_value(options, "output");
    if (result->fault.code != FAULT_NONE) {
        *fault = result->fault;
        return false;
    }
    if (!briefing_output_write(path ? path : record->file_name, result, fault)) {
        return false;
    }
    char *difference = briefing_again_difference(config, record, result->bytes, result->length);
    if (difference) {
        fault_set(fault, FAULT_CONFLICT, "briefing '%s' is made, but %s", record->id, difference);
    }
    bool is_same = difference == NULL;
    free(difference);
    return is_same;
}

/** A briefing is made again in the format that it had, so no other name fits. Several pages may be one zip.
 */
static bool check_ending(const char *path, const struct briefing_record *record, enum briefing_format format,
                         struct fault *fault)
{
    const char *ending = briefing_format_ending(format);
    bool is_zip = output_has_ending(record->file_name, "zip") && path && output_has_ending(path, "zip");
    if (!path || strcmp(path, "-") == 0 || is_zip || output_has_ending(path, ending)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "briefing '%s' is a %s, made again as it was: its name must end in .%s",
              record->id, ending, ending);
    return false;
}

static bool make_again(const struct options *options, const struct config *config,
                       const struct briefing_record *record, struct fault *fault)
{
    struct order order;
    if (!check_was_made(record, fault) || !briefing_again_order(record, &order, fault)) {
        return false;
    }
    if (!check_ending(options_value(options, "output"), record, order.briefing.format, fault)) {
        order_finish(&order);
        return false;
    }
    struct order_result *result = briefing_making_run(config, &order);
    bool is_made = write_again(options, config, record, result, fault);
    order_result_unref(result);
    order_finish(&order);
    return is_made;
}

int command_briefing_again(const struct options *options, const struct config *config)
{
    struct fault fault;
    struct briefing_record record;
    const char *id = options_value(options, "again");
    if (!find(config, id, &record, &fault)) {
        fault_prefix(&fault, "briefing '%.40s': ", id);
        return command_fault(&fault);
    }
    bool is_made = make_again(options, config, &record, &fault);
    briefing_record_finish(&record);
    return is_made ? COMMAND_OK : command_fault(&fault);
}
