/*
 * config_settings.c - the table drives the reader, --help and the README; a setting is added here and in its
 * struct.
 */
#include "render/service/config_settings.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "render/service/config.h"
#include "render/service/http/request_guard.h"

enum setting_kind { SETTING_INTEGER, SETTING_TEXT, SETTING_PATH, SETTING_CHOICE };

struct setting {
    const char *name;
    enum setting_kind kind;
    size_t offset; /* in struct service_settings */
    int64_t least;
    int64_t most;
    int64_t fallback; /* integers, and the index of a choice */
    const char *text; /* fallback of texts */
    const char *const *choices;
    const char *unit;
    const char *sentence;
};

#define AT(field) offsetof(struct service_settings, field)
#define KIB 1024LL
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define TOKEN_MAX_BYTES 4096

static const char *const writers_choices[] = {"open", "token", NULL};
static const char *const log_choices[] = {"json", "plain", NULL};

static const struct setting settings_table[] = {
    {"listen", SETTING_TEXT, AT(listen), .text = "127.0.0.1", .sentence = "Address to listen on"},
    {"port", SETTING_INTEGER, AT(port), 0, 65535, 8080,
     .sentence = "Port to listen on; 0 takes any free one"},
    {"base_url", SETTING_TEXT, AT(base_url), .text = "",
     .sentence = "How clients reach the service; links are made with it"},
    {"viewer", SETTING_PATH, AT(viewer), .text = "", .sentence = "Folder of the page at /"},
    {"writers", SETTING_CHOICE, AT(writers), .choices = writers_choices, .fallback = WRITERS_TOKEN,
     .sentence = "Who may change plots: anybody who reaches the port, or who carries the token"},
    {"write_token_file", SETTING_PATH, AT(write_token_file), .text = "",
     .sentence = "File whose first line is the token for writing"},
    {"organisation_header", SETTING_TEXT, AT(organisation_header), .text = "",
     .sentence = "Header in which a proxy in front names the organisation that asks, such as X-Organisation: "
                 "waiting briefings take turns by it, not by address. Only for a proxy that sets it itself"},
    {"workers", SETTING_INTEGER, AT(workers), 0, 256, 0, .unit = "processes",
     .sentence = "Processes that draw; 0: one per core"},
    {"io_threads", SETTING_INTEGER, AT(io_threads), 0, 64, 0, .unit = "threads",
     .sentence = "Threads that serve sockets, at most one a connection; 0: one per core"},
    {"worker_memory_bytes", SETTING_INTEGER, AT(worker_memory_bytes), 0, 1024 * GIB, 4 * GIB, .unit = "bytes",
     .sentence = "Most memory of one worker (address space); 0: no limit"},
    {"kept_bytes", SETTING_INTEGER, AT(kept_bytes), 1 * MIB, 1024 * GIB, 192 * MIB, .unit = "bytes",
     .sentence =
         "What a worker keeps of drawn plots for the next pictures; the last two districts stay in any case"},
    {"cache_bytes", SETTING_INTEGER, AT(cache_bytes), 0, 1024 * GIB, 256 * MIB, .unit = "bytes",
     .sentence = "Encoded tiles that are kept in memory"},
    {"cache_folder", SETTING_PATH, AT(cache_folder), .text = "",
     .sentence = "Folder of tiles that outlive a restart; none: they are kept in memory only"},
    {"disk_cache_bytes", SETTING_INTEGER, AT(disk_cache_bytes), 1 * MIB, 1024 * GIB, 1 * GIB, .unit = "bytes",
     .sentence = "Encoded tiles that are kept in that folder"},
    {"connections", SETTING_INTEGER, AT(connections), 4, 100000, 2000, .unit = "connections",
     .sentence = "Most connections at a time"},
    {"streams", SETTING_INTEGER, AT(streams), 0, 100000, 500, .unit = "connections",
     .sentence = "Most event streams at a time"},
    {"queue_length", SETTING_INTEGER, AT(queue_length), 1, 100000, 256, .unit = "pictures",
     .sentence = "Pictures that may wait for a worker; more get 503"},
    {"long_queue_length", SETTING_INTEGER, AT(long_queue_length), 1, 1000, 16, .unit = "briefings",
     .sentence = "Briefings that may wait for a worker; more get 503"},
    {"briefing_dots", SETTING_INTEGER, AT(briefing_dots), 1000000, 2000000000, 500000000, .unit = "dots",
     .sentence =
         "Most dots of all pages of a briefing at its dpi: one A0 at 300 dpi has 139,500,000; more gets 422"},
    {"briefing_bytes", SETTING_INTEGER, AT(briefing_bytes), 0, 1024 * GIB, 4 * GIB, .unit = "bytes",
     .sentence =
         "Documents that the archive of briefings keeps; older ones are made again when they are asked for"},
    {"briefing_days", SETTING_INTEGER, AT(briefing_days), 0, 36500, 0, .unit = "days",
     .sentence = "How long the archive remembers a briefing; 0: for ever"},
    {"body_bytes", SETTING_INTEGER, AT(body_bytes), 1 * KIB, 1 * GIB, 16 * MIB, .unit = "bytes",
     .sentence = "Largest body of a request; more gets 413"},
    {"deadline_ms", SETTING_INTEGER, AT(deadline_ms), 100, 600000, 15000, .unit = "ms",
     .sentence = "After this a request is answered, if need be with 503, and its worker is killed"},
    {"briefing_deadline_ms", SETTING_INTEGER, AT(briefing_deadline_ms), 1000, 3600000, 120000, .unit = "ms",
     .sentence = "The same for a briefing"},
    {"receive_ms", SETTING_INTEGER, AT(receive_ms), 100, 600000, 8000, .unit = "ms",
     .sentence =
         "A request's header must be whole after this; its body may take longer at 16 KiB/s or faster"},
    {"idle_ms", SETTING_INTEGER, AT(idle_ms), 100, 600000, 15000, .unit = "ms",
     .sentence = "How long a connection may rest between two requests"},
    {"drain_ms", SETTING_INTEGER, AT(drain_ms), 0, 60000, 8000, .unit = "ms",
     .sentence = "After SIGTERM running requests have this long to finish"},
    {"stale_ms", SETTING_INTEGER, AT(stale_ms), 1, 60000, 400, .unit = "ms",
     .sentence =
         "How long a change waits for the list of stale tiles before all tiles around it are dropped"},
    {"quarantine_ms", SETTING_INTEGER, AT(quarantine_ms), 0, 86400000, 300000, .unit = "ms",
     .sentence = "How long a picture that killed two workers is refused"},
    {"log", SETTING_CHOICE, AT(log), .choices = log_choices, .fallback = CONFIG_LOG_JSON,
     .sentence = "Lines of the log: JSON objects or sentences"},
};

#define SETTING_COUNT (sizeof(settings_table) / sizeof(settings_table[0]))

static int64_t read_integer(const struct yaml_node *mapping, const struct setting *setting,
                            struct problems *problems)
{
    double number = yaml_read_number(mapping, setting->name, (double)setting->least, (double)setting->most,
                                     (double)setting->fallback, problems);
    if (number != floor(number)) {
        yaml_problem(yaml_find(mapping, setting->name), problems, "must be a whole number, not %g", number);
    }
    return (int64_t)number;
}

static void read_text(const struct yaml_node *mapping, const struct setting *setting, const char *file,
                      char **text, struct problems *problems)
{
    const char *value = yaml_read_text(mapping, setting->name, setting->text, problems);
    bool is_path = setting->kind == SETTING_PATH && *value;
    *text = is_path ? file_path_beside(file, value) : memory_copy_text(value);
}

static void read_setting(const struct yaml_node *mapping, const struct setting *setting, const char *file,
                         struct service_settings *settings, struct problems *problems)
{
    void *field = (char *)settings + setting->offset;
    switch (setting->kind) {
    case SETTING_INTEGER:
        *(int64_t *)field = read_integer(mapping, setting, problems);
        break;
    case SETTING_TEXT:
    case SETTING_PATH:
        read_text(mapping, setting, file, field, problems);
        break;
    case SETTING_CHOICE:
        *(int *)field =
            yaml_read_choice(mapping, setting->name, setting->choices, (int)setting->fallback, problems);
        break;
    }
}

static void check_keys(const struct yaml_node *mapping, struct problems *problems)
{
    const char *names[SETTING_COUNT + 1] = {NULL};
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        names[i] = settings_table[i].name;
    }
    yaml_check_keys(mapping, names, problems);
}

static void read_token(const struct yaml_node *mapping, struct service_settings *settings,
                       struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, "write_token_file");
    settings->write_token = memory_copy_text("");
    if (settings->writers != WRITERS_TOKEN || !*settings->write_token_file) {
        return;
    }
    struct fault fault;
    size_t length;
    char *token = file_read(settings->write_token_file, TOKEN_MAX_BYTES, &length, &fault);
    if (!token) {
        yaml_problem(node, problems, "%s", fault.message);
        return;
    }
    token[strcspn(token, "\r\n")] = '\0';
    if (strlen(token) < 16) {
        yaml_problem(node, problems, "the token in the file has fewer than 16 characters");
    }
    free(settings->write_token);
    settings->write_token = token;
}

static void check_base_url(const struct yaml_node *mapping, struct service_settings *settings,
                           struct problems *problems)
{
    char *url = settings->base_url;
    size_t length = strlen(url);
    if (length == 0) {
        return;
    }
    bool is_http = strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
    if (!is_http || strpbrk(url, " \"'<>?#\\")) {
        yaml_problem(yaml_find(mapping, "base_url"), problems, "must be an http or https address, not '%s'",
                     url);
    }
    if (url[length - 1] == '/') {
        url[length - 1] = '\0';
    }
}

static void check_organisation_header(const struct yaml_node *mapping,
                                      const struct service_settings *settings, struct problems *problems)
{
    const char *name = settings->organisation_header;
    if (*name && !request_guard_is_free(name)) {
        yaml_problem(yaml_find(mapping, "organisation_header"), problems,
                     "must be the name of a header that has no other meaning here, such as X-Organisation, "
                     "not '%s'",
                     name);
    }
}

void config_settings_read(const struct yaml_node *mapping, const char *file,
                          struct service_settings *settings, struct problems *problems)
{
    if (mapping) {
        check_keys(mapping, problems);
    }
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        read_setting(mapping, &settings_table[i], file, settings, problems);
    }
    read_token(mapping, settings, problems);
    check_base_url(mapping, settings, problems);
    check_organisation_header(mapping, settings, problems);
}

void config_settings_finish(struct service_settings *settings)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (settings_table[i].kind == SETTING_TEXT || settings_table[i].kind == SETTING_PATH) {
            free(*(char **)((char *)settings + settings_table[i].offset));
        }
    }
    free(settings->write_token);
}

/** "0 … 65535, 8080" */
static void write_range(const struct setting *setting, struct buffer *text)
{
    switch (setting->kind) {
    case SETTING_INTEGER:
        buffer_appendf(text, "%" PRId64 " to %" PRId64 "%s%s", setting->least, setting->most,
                       setting->unit ? " " : "", setting->unit ? setting->unit : "");
        break;
    case SETTING_TEXT:
        buffer_append_text(text, "text");
        break;
    case SETTING_PATH:
        buffer_append_text(text, "path");
        break;
    case SETTING_CHOICE:
        for (size_t i = 0; setting->choices[i]; i++) {
            buffer_appendf(text, "%s%s", i ? " or " : "", setting->choices[i]);
        }
        break;
    }
}

static void write_default(const struct setting *setting, struct buffer *text)
{
    if (setting->kind == SETTING_INTEGER) {
        buffer_appendf(text, "%" PRId64, setting->fallback);
    } else if (setting->kind == SETTING_CHOICE) {
        buffer_append_text(text, setting->choices[setting->fallback]);
    } else {
        buffer_append_text(text, *setting->text ? setting->text : "none");
    }
}

void config_write_help(struct buffer *buffer)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &settings_table[i];
        buffer_appendf(buffer, "  %-21s %s.\n%24s", setting->name, setting->sentence, "");
        write_range(setting, buffer);
        buffer_append_text(buffer, "; default ");
        write_default(setting, buffer);
        buffer_append_text(buffer, "\n");
    }
}

void config_write_markdown(struct buffer *buffer)
{
    buffer_append_text(buffer, "| setting | range | default | what it does |\n|---|---|---|---|\n");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &settings_table[i];
        buffer_appendf(buffer, "| `%s` | ", setting->name);
        write_range(setting, buffer);
        buffer_append_text(buffer, " | ");
        write_default(setting, buffer);
        buffer_appendf(buffer, " | %s |\n", setting->sentence);
    }
}
