#include "render/service/briefing/briefing_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_record.h"

static void read_news(struct briefing_check *check, const struct briefing_check_against *against)
{
    struct briefing_state state;
    const char *revisions = check->facts.texts[PDF_FACT_REVISION];
    if (check->seal.verdict != PDF_SEAL_AUTHENTIC) {
        fault_set(&check->news_fault, FAULT_INPUT, "it is not known to be one of ours");
    } else if (!against->store_path) {
        fault_set(&check->news_fault, FAULT_UNAVAILABLE, "there is no store at hand");
    } else if (!briefing_state_parse(revisions, check->facts.texts[PDF_FACT_MOMENT], &state)) {
        fault_set(&check->news_fault, FAULT_INPUT, "it does not say which revision it shows");
    } else {
        check->has_news = briefing_news_read(against->store_path, &state, against->now_ms, &check->news,
                                             &check->news_fault);
    }
}

void briefing_check_file(const char *bytes, size_t length, const struct briefing_check_against *against,
                         struct briefing_check *check)
{
    *check = (struct briefing_check){.seal = pdf_seal_check(bytes, length, against->key)};
    pdf_facts_read(bytes, length, &check->facts);
    read_news(check, against);
}

void briefing_check_find_newer(struct briefing_check *check, struct briefing_archive *archive)
{
    struct briefing_record record;
    struct fault unknown;
    const char *id = check->facts.texts[PDF_FACT_ID];
    if (check->seal.verdict == PDF_SEAL_AUTHENTIC && briefing_archive_find(archive, id, &record, &unknown)) {
        check->knows_newer = briefing_archive_find_newer(archive, &record, check->newer_id);
        briefing_record_finish(&record);
    }
}

/* The whole sentence about a file. */
static void write_verdict(const struct pdf_seal_finding *seal, struct buffer *text)
{
    static const char *const sentences[PDF_SEAL_VERDICT_COUNT] = {
        [PDF_SEAL_AUTHENTIC] = "Authentic and unaltered",
        [PDF_SEAL_OTHER_KEY] = "NOT OURS, whole but sealed with another key",
        [PDF_SEAL_ALTERED] = "ALTERED, this is not the file that was sealed",
        [PDF_SEAL_UNSEALED] = "NOT SEALED, nobody answers for it",
        [PDF_SEAL_NOT_OURS] = "NOT OURS, no sealed briefing",
        [PDF_SEAL_NOT_A_FILE] = "NOT A BRIEFING",
    };
    char reason[PDF_SEAL_REASON_BYTES];
    buffer_appendf(text, "%s: %s.\n", sentences[seal->verdict], pdf_seal_reason(seal, reason));
    if (seal->key_name[0]) {
        buffer_appendf(text, "  %-12s%s\n", "key", seal->key_name);
    }
}

static bool has_facts(const struct pdf_facts *facts)
{
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        if (facts->texts[fact][0]) {
            return true;
        }
    }
    return false;
}

/** Times stand as they do on the paper. */
static const char *fact_text(const struct briefing_check *check, enum pdf_fact fact, char moment[static 32])
{
    int64_t moment_ms;
    const char *text = check->facts.texts[fact];
    struct fault none;
    bool is_moment =
        (fact == PDF_FACT_MOMENT || fact == PDF_FACT_MADE) && moment_parse(text, &moment_ms, &none);
    return is_moment ? moment_format_local(moment_ms, moment) : text;
}

static void write_facts(const struct briefing_check *check, struct buffer *text)
{
    char moment[32];
    if (has_facts(&check->facts) && check->seal.verdict != PDF_SEAL_AUTHENTIC) {
        buffer_append_text(text, "It says of itself, which nobody vouches for:\n");
    }
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        if (check->facts.texts[fact][0]) {
            buffer_appendf(text, "  %-12s%s\n", pdf_fact_name((enum pdf_fact)fact),
                           fact_text(check, (enum pdf_fact)fact, moment));
        }
    }
}

void briefing_news_write_text(const struct briefing_news *news, const struct fault *fault,
                              struct buffer *text)
{
    char moment[32];
    if (!news) {
        buffer_appendf(text, "Whether there is a newer situation is not known: %s.\n", fault->message);
        return;
    }
    if (!news->is_newer) {
        buffer_append_text(text, "There is no newer situation.\n");
        return;
    }
    buffer_appendf(text, "There is a NEWER SITUATION: %zu new, %zu changed, %zu moved, %zu ended since;",
                   news->added, news->changed, news->moved, news->ended);
    for (size_t i = 0; i < news->now.plot_count; i++) {
        buffer_appendf(text, " %s is at revision %" PRIu64, news->now.plots[i], news->now.revisions[i]);
    }
    buffer_appendf(text, " (%s).\n", moment_format_local(news->recorded_ms, moment));
}

void briefing_newer_write_text(const char *newer_id, struct buffer *text)
{
    if (!newer_id) {
        buffer_append_text(text, "Whether there is a newer briefing of the same map and frame is not known: "
                                 "no archive at hand knows this one.\n");
    } else if (!newer_id[0]) {
        buffer_append_text(text, "There is no newer briefing of the same map and frame.\n");
    } else {
        buffer_appendf(text, "There is a NEWER BRIEFING of the same map and frame: %s.\n", newer_id);
    }
}

void briefing_check_write_text(const struct briefing_check *check, struct buffer *text)
{
    write_verdict(&check->seal, text);
    write_facts(check, text);
    if (check->seal.verdict != PDF_SEAL_AUTHENTIC) {
        return;
    }
    briefing_news_write_text(check->has_news ? &check->news : NULL, &check->news_fault, text);
    briefing_newer_write_text(check->knows_newer ? check->newer_id : NULL, text);
}

void briefing_news_write_json(const struct briefing_news *news, struct buffer *json)
{
    char moment[32];
    buffer_appendf(json,
                   "{\"newer\":%s,\"added\":%zu,\"changed\":%zu,\"moved\":%zu,\"ended\":%zu,\"moment\":",
                   news->is_newer ? "true" : "false", news->added, news->changed, news->moved, news->ended);
    buffer_append_json(json, moment_format(news->now.moment_ms, moment));
    buffer_append_text(json, ",\"plots\":[");
    for (size_t i = 0; i < news->now.plot_count; i++) {
        buffer_append_text(json, i ? ",{\"plot\":" : "{\"plot\":");
        buffer_append_json(json, news->now.plots[i]);
        buffer_appendf(json, ",\"revision\":%" PRIu64 "}", news->now.revisions[i]);
    }
    buffer_append_text(json, "]}");
}

void briefing_check_write_json(const struct briefing_check *check, struct buffer *json)
{
    char reason[PDF_SEAL_REASON_BYTES];
    buffer_appendf(
        json, "{\"verdict\":\"%s\",\"authentic\":%s,\"reason\":", pdf_seal_verdict_name(check->seal.verdict),
        check->seal.verdict == PDF_SEAL_AUTHENTIC ? "true" : "false");
    buffer_append_json(json, pdf_seal_reason(&check->seal, reason));
    buffer_append_text(json, ",\"key\":");
    buffer_append_json(json, check->seal.key_name);
    buffer_append_text(json, ",\"briefing\":{");
    const char *comma = "";
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        if (check->facts.texts[fact][0]) {
            buffer_appendf(json, "%s\"%s\":", comma, pdf_fact_name((enum pdf_fact)fact));
            buffer_append_json(json, check->facts.texts[fact]);
            comma = ",";
        }
    }
    buffer_append_text(json, "},\"news\":");
    if (check->has_news) {
        briefing_news_write_json(&check->news, json);
    } else {
        buffer_append_text(json, "null,\"news_unknown\":");
        buffer_append_json(json, check->news_fault.message);
    }
    buffer_append_text(json, ",\"newerBriefing\":");
    if (check->knows_newer) {
        buffer_append_json(json, check->newer_id);
    } else {
        buffer_append_text(json, "null");
    }
    buffer_append_text(json, "}\n");
}
