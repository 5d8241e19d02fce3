/*
 * command_verify.c - plottafel verify: is this file an authentic, unaltered briefing, and is there a newer
 * one?
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/pdf/seal_key.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_check.h"
#include "render/service/command/command.h"
#include "render/service/command/options.h"
#include "render/service/command/verify_text.h"
#include "render/service/config.h"

#define TEXT_MOST_BYTES 65536
#define MIB (1024 * 1024)

static const struct option options_table[] = {
    {"key", 0, false, "FILE", "the public key to trust, in PEM; that of the configuration when not given"},
    {"json", 0, false, NULL, "as a JSON object"},
    {NULL, 0, false, NULL, NULL},
};

/** With a key of one's own no configuration is needed; where there is one, its store is asked for news. */
static bool find_key(const struct options *options, struct config **config, struct seal_key **key,
                     struct fault *fault)
{
    const char *path = options_value(options, "key");
    if (path && !file_exists(command_config_path(options))) {
        *key = seal_key_read_public(path, fault);
        return *key != NULL;
    }
    *config = command_read_config(options);
    if (!*config) {
        fault_set(fault, FAULT_INPUT, "without a configuration --key must say which key to trust");
        return false;
    }
    *key = seal_key_read_public(path ? path : (*config)->briefing_key, fault);
    if (!*key && !path && fault->code == FAULT_NOT_FOUND) {
        fault_set(fault, FAULT_NOT_FOUND,
                  "nothing has been sealed here yet: '%s' is not there; give --key public.pem",
                  (*config)->briefing_key);
    }
    return *key != NULL;
}

/** A file of a gigabyte is refused before a byte of it is read. */
static char *read_file(const char *path, size_t *length, struct fault *fault)
{
    struct stat status;
    if (stat(path, &status) == 0 && status.st_size > (off_t)PDF_SEAL_MOST_BYTES) {
        fault_set(fault, FAULT_LIMIT, "'%s' is %lld MiB: no briefing is larger than %zu MiB", path,
                  (long long)(status.st_size / MIB), PDF_SEAL_MOST_BYTES / MIB);
        return NULL;
    }
    return file_read(path, PDF_SEAL_MOST_BYTES, length, fault);
}

static bool check_file(const struct options *options, const struct briefing_check_against *against,
                       struct briefing_check *check, struct fault *fault)
{
    size_t length = 0;
    char *bytes = read_file(options->arguments[0], &length, fault);
    if (bytes) {
        briefing_check_file(bytes, length, against, check);
    }
    free(bytes);
    return bytes != NULL;
}

/** Without an archive at hand nobody knows; none is made to find that out. */
static void find_newer(const struct config *config, struct briefing_check *check)
{
    struct fault unknown;
    struct briefing_archive *archive = config && file_exists(config->briefing_folder)
                                           ? briefing_archive_open(config->briefing_folder, &unknown)
                                           : NULL;
    if (archive) {
        briefing_check_find_newer(check, archive);
    }
    briefing_archive_close(archive);
}

static void print(const struct options *options, const struct briefing_check *check)
{
    struct buffer text;
    buffer_init(&text, TEXT_MOST_BYTES);
    if (options_has(options, "json")) {
        briefing_check_write_json(check, &text);
    } else {
        briefing_check_write_text(check, &text);
    }
    fputs(text.bytes, stdout);
    buffer_finish(&text);
}

static int run_file(const struct options *options)
{
    struct fault fault = {0};
    struct config *config = NULL;
    struct seal_key *key = NULL;
    struct briefing_check check;
    bool is_checked = find_key(options, &config, &key, &fault);
    struct briefing_check_against against = {key, config ? config->store_path : NULL, moment_now_ms()};
    is_checked = is_checked && check_file(options, &against, &check, &fault);
    if (is_checked) {
        find_newer(config, &check);
        print(options, &check);
    }
    seal_key_free(key);
    config_free(config);
    if (!is_checked) {
        return command_fault(&fault);
    }
    return check.seal.verdict == PDF_SEAL_AUTHENTIC ? COMMAND_OK : COMMAND_FAULT;
}

static int run(const struct options *options)
{
    struct verify_text wish;
    if (!verify_text_read(options->arguments[0], &wish)) {
        return run_file(options);
    }
    struct config *config = command_read_config(options);
    int status = config ? verify_text_run(config, &wish, options_has(options, "json")) : COMMAND_FAULT;
    config_free(config);
    return status;
}

const struct command command_verify = {
    .name = "verify",
    .sentence = "Says whether a file is an authentic, unaltered briefing, and whether anything is newer",
    .arguments = "FILE|TEXT",
    .argument_least = 1,
    .argument_most = 1,
    .options = options_table,
    .notes =
        "Exit status 0: authentic and unaltered; 1: altered, not ours, or sealed with another key.\n"
        "The public key of a service is at /briefings/key.pem. PDFs are sealed; SVG and PNG are not.\n"
        "What is newer: the situation, by the store, and a briefing of the same map, template and frame, by\n"
        "the archive; where these are not at hand it says so.\n"
        "TEXT is what a QR code on paper says (plottafel:verify/ID/CHECKSUM), or the id alone: it is looked\n"
        "up in the archive, and what that knows is printed to be compared with the paper.\n",
    .example = "plottafel verify briefing.pdf --key key.pem",
    .run = run,
};
