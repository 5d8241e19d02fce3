/*
 * command_briefings_list.c - plottafel briefings list: what stands in the archive.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/briefing/briefing.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "render/service/config.h"
#include "render/service/protocol/json_text.h"

#define LIMIT_MOST 1000000
#define LIMIT_USUAL 100
#define JSON_MOST_BYTES ((size_t)1 << 30)
#define MOMENT_COLUMNS 16
#define MAP_COLUMNS 12 /* and of a template */

static const struct option options_table[] = {
    {"map", 0, false, "NAME", "only of this map"},
    {"organisation", 0, false, "NAME", "only those that it asked for"},
    {"limit", 0, false, "N", "at most so many; 100 when not given"},
    {"json", 0, false, NULL, "as a JSON array"},
    {NULL, 0, false, NULL, NULL},
};

/* ---- for people: one line of 100 columns each ---- */

/** A text in so many columns; "~" at its end says that it is longer. Names are of ASCII. */
static void print_column(const char *text, int width)
{
    bool is_cut = (int)strlen(text) > width;
    printf("%-*.*s%s ", is_cut ? width - 1 : width, is_cut ? width - 1 : width, text, is_cut ? "~" : "");
}

/** "22-11-2026 10:01" */
static void print_moment(int64_t moment_ms)
{
    char text[32] = "-";
    if (moment_ms != MOMENT_NONE) {
        moment_format_local(moment_ms, text);
    }
    printf("%-*.*s ", MOMENT_COLUMNS, MOMENT_COLUMNS, text);
}

/** "1.3M", of at most five columns. */
static void print_size(int64_t size_bytes)
{
    static const char units[] = "BkMGT";
    double size = (double)size_bytes;
    int unit = 0;
    while (size >= 1000 && unit < 4) {
        size /= 1000;
        unit++;
    }
    char text[16];
    snprintf(text, sizeof(text), unit > 0 && size < 10 ? "%.1f%c" : "%.0f%c", size, units[unit]);
    printf("%5s", text);
}

static void print_header(void)
{
    printf("%-26s %-16s %-12s %-16s %-12s %-3s %-3s %5s\n", "ID", "MADE", "MAP", "AS OF", "TEMPLATE", "FMT",
           "PP", "SIZE");
}

/** Of one that is known by its document only (briefing_archive.h) the ending says it. */
static const char *format_of(const struct briefing_record *record)
{
    const char *dot = strrchr(record->file_name, '.');
    return *record->order || !dot ? briefing_format_ending(briefing_record_format(record)) : dot + 1;
}

/** Why there is none stands in a line of its own. */
static void print_line(const struct briefing_record *record)
{
    bool is_made = record->status == BRIEFING_SUCCESSFUL;
    char pages[24] = "-";
    if (record->page_count > 0) {
        snprintf(pages, sizeof(pages), "%lld", (long long)record->page_count);
    }
    printf("%-26s ", record->id);
    print_moment(record->created_ms);
    print_column(record->map, MAP_COLUMNS);
    print_moment(record->moment_ms);
    print_column(*record->template_id || !*record->order ? record->template_id : "situation", MAP_COLUMNS);
    printf("%-3s %3s ", format_of(record), pages);
    if (is_made) {
        print_size(record->size_bytes);
    } else {
        printf("    -");
    }
    printf("\n");
    if (!is_made) {
        printf("    %s%s%s\n", briefing_status_name(record->status), *record->message ? ": " : "",
               record->message);
    }
}

/* ---- for programs ---- */

static void append_text(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, ",\"%s\":", name);
    buffer_append_json(json, text);
}

static void append_moment(struct buffer *json, const char *name, int64_t moment_ms)
{
    buffer_appendf(json, ",\"%s\":", name);
    json_append_moment(json, moment_ms);
}

static void append_record(struct buffer *json, const struct briefing_record *record)
{
    buffer_append_text(json, "{\"id\":");
    buffer_append_json(json, record->id);
    append_text(json, "status", briefing_status_name(record->status));
    append_text(json, "message", record->message);
    append_text(json, "map", record->map);
    append_text(json, "activity", record->activity);
    append_text(json, "title", record->title);
    append_text(json, "template", record->template_id);
    append_text(json, "frame", record->frame);
    append_text(json, "organisation", record->organisation);
    append_text(json, "schedule", record->schedule);
    append_text(json, "marking", record->marking);
    append_moment(json, "created", record->created_ms);
    append_moment(json, "asOf", record->moment_ms);
    buffer_appendf(json, ",\"revisions\":[%s]", record->revisions);
    append_text(json, "format", format_of(record));
    append_text(json, "file", record->file_name);
    append_text(json, "sha256", record->sha256);
    buffer_appendf(json, ",\"pages\":%" PRId64 ",\"size\":%" PRId64 ",\"isKept\":%s}", record->page_count,
                   record->size_bytes, record->is_kept ? "true" : "false");
}

/* ---- the list ---- */

struct listing {
    size_t count;
    bool is_json;
    struct buffer json;
};

static bool print_record(const struct briefing_record *record, void *context)
{
    struct listing *listing = context;
    if (listing->is_json) {
        buffer_append_text(&listing->json, listing->count ? ",\n" : "[\n");
        append_record(&listing->json, record);
    } else {
        if (listing->count == 0) {
            print_header();
        }
        print_line(record);
    }
    listing->count++;
    return true;
}

static void print_end(struct listing *listing, const char *folder)
{
    if (listing->is_json) {
        printf("%s%s\n", listing->count ? listing->json.bytes : "[", listing->count ? "\n]" : "]");
    } else if (listing->count == 0) {
        printf("no briefings in '%s'\n", folder);
    }
}

static int list(const struct options *options, const struct config *config, int limit)
{
    struct briefing_filter filter;
    struct fault fault;
    struct listing listing = {.is_json = options_has(options, "json")};
    if (!file_exists(config->briefing_folder)) {
        print_end(&listing, config->briefing_folder);
        return COMMAND_OK;
    }
    buffer_init(&listing.json, JSON_MOST_BYTES);
    struct briefing_archive *archive = briefing_archive_open(config->briefing_folder, &fault);
    briefing_filter_init(&filter, moment_now_ms());
    filter.map = options_value(options, "map");
    filter.organisation = options_value(options, "organisation");
    filter.limit = limit;
    bool is_listed = archive && briefing_archive_list(archive, &filter, print_record, &listing, &fault);
    briefing_archive_close(archive);
    if (is_listed && listing.json.is_full) {
        fault_set(&fault, FAULT_LIMIT, "the list is longer than %zu MiB: ask for fewer with --limit",
                  JSON_MOST_BYTES >> 20);
        is_listed = false;
    }
    if (is_listed) {
        print_end(&listing, config->briefing_folder);
    }
    buffer_finish(&listing.json);
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
    .notes = "Times are Dutch ones. A briefing is made again byte for byte with 'plottafel briefing --again "
             "ID'.\n",
    .example = "plottafel briefings list --map situation",
    .run = run,
};
