#include "render/service/command/verify_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_check.h"
#include "render/service/briefing/briefing_id.h"
#include "render/service/command/command.h"
#include "render/service/config.h"
#include "render/service/protocol/verify_record.h"

#define TEXT_MOST_BYTES 65536

bool verify_text_read(const char *argument, struct verify_text *wish)
{
    if (check_text_read(argument, wish->id, wish->checksum)) {
        return true;
    }
    wish->checksum[0] = '\0';
    snprintf(wish->id, sizeof wish->id, "%s", argument);
    return briefing_id_is_one(argument) && !file_exists(argument);
}

/** Nothing is said of a checksum that neither side has. */
static bool is_as_kept(const struct briefing_record *made, const struct verify_text *wish)
{
    return made->status == BRIEFING_SUCCESSFUL &&
           (!wish->checksum[0] || strcmp(made->checksum, wish->checksum) == 0);
}

static void write_verdict(const struct briefing_record *made, const struct verify_text *wish,
                          struct buffer *text)
{
    if (made->status != BRIEFING_SUCCESSFUL) {
        buffer_appendf(text, "NOT MADE: briefing %s was asked for here and is %s.\n", made->id,
                       briefing_status_name(made->status));
    } else if (!is_as_kept(made, wish)) {
        buffer_appendf(text,
                       "ALTERED: briefing %s was made here with checksum %s, not %s. Compare what follows "
                       "with the paper.\n",
                       made->id, made->checksum, wish->checksum);
    } else {
        buffer_appendf(text,
                       "Known: briefing %s was made here%s. Compare what follows with the paper: only a "
                       "PDF can be checked as a whole.\n",
                       made->id, wish->checksum[0] ? ", with this checksum" : "");
    }
}

static void write_fact(struct buffer *text, const char *name, const char *fact)
{
    if (fact && fact[0]) {
        buffer_appendf(text, "  %-12s%s\n", name, fact);
    }
}

static void write_facts(const struct verify_record *record, struct buffer *text)
{
    const struct briefing_record *made = &record->record;
    char moment[32] = "";
    char created[32];
    if (made->moment_ms != MOMENT_NONE) {
        moment_format_local(made->moment_ms, moment);
    }
    write_fact(text, "title", made->title);
    write_fact(text, "map", made->map);
    write_fact(text, "activity", made->activity);
    write_fact(text, "moment", moment);
    write_fact(text, "revisions", made->revisions);
    write_fact(text, "made", moment_format_local(made->created_ms, created));
    write_fact(text, "marking", made->marking);
    write_fact(text, "checksum", made->checksum);
    write_fact(text, "template", made->template_id);
    if (made->status == BRIEFING_SUCCESSFUL) {
        briefing_news_write_text(record->has_news ? &record->news : NULL, &record->news_fault, text);
        briefing_newer_write_text(record->knows_newer ? record->newer_id : NULL, text);
    }
}

static void print(const struct verify_record *record, const struct verify_text *wish, bool is_json)
{
    struct buffer text;
    buffer_init(&text, TEXT_MOST_BYTES);
    if (is_json) {
        verify_record_write_json(record, &text);
    } else {
        write_verdict(&record->record, wish, &text);
        write_facts(record, &text);
    }
    fputs(text.bytes, stdout);
    buffer_finish(&text);
}

int verify_text_run(const struct config *config, const struct verify_text *wish, bool is_json)
{
    struct fault fault = {0};
    struct verify_record record;
    struct briefing_archive *archive = briefing_archive_open(config->briefing_folder, &fault);
    if (!archive || !verify_record_read(config, archive, wish->id, &record, &fault)) {
        briefing_archive_close(archive);
        return command_fault(&fault);
    }
    print(&record, wish, is_json);
    int status = is_as_kept(&record.record, wish) ? COMMAND_OK : COMMAND_FAULT;
    verify_record_finish(&record);
    briefing_archive_close(archive);
    return status;
}
