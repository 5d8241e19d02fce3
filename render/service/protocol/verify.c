/*
 * verify.c - files are looked at in the clerk's thread, then looked up, as ids are, in that of the briefing
 * desk, which has the archive.
 */
#include "render/service/protocol/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_check.h"
#include "render/service/briefing/briefing_desk.h"
#include "render/service/config.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/plot/clerk.h"
#include "render/service/protocol/json_text.h"
#include "render/service/protocol/verify_page.h"
#include "render/service/protocol/verify_record.h"
#include "render/service/protocol/verify_wish.h"
#include "render/service/service.h"

#define PAGE_MOST_BYTES 262144

/** One visitor, while somebody else's thread looks. */
struct visit {
    struct service *service;
    struct exchange *exchange;
};

static bool check_parameters(const struct request *request, struct fault *fault)
{
    static const char *const known[] = {"language", "f", NULL};
    return request_check_parameters(request, known, fault);
}

static struct verify_page page_for(const struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    return (struct verify_page){.language = verify_wish_language(request),
                                .is_below = request->value_count > 0};
}

static void answer_page(struct exchange *exchange, int status, const struct verify_page *page)
{
    struct buffer html;
    size_t length;
    buffer_init(&html, PAGE_MOST_BYTES);
    verify_page_write(page, &html);
    char *bytes = buffer_take(&html, &length);
    struct answer *answer = answer_new_owning(status, "text/html; charset=utf-8", bytes, length);
    answer_add_header(answer, "Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
                      "frame-ancestors 'none'");
    answer_add_header(answer, "Content-Language", language_code(page->language));
    answer_add_header(answer, "Vary", "Accept, Accept-Language");
    answer_add_header(answer, "Cache-Control", "no-store");
    exchange_answer(exchange, answer);
}

static void answer_json(struct exchange *exchange, struct buffer *json)
{
    struct answer *answer = json_answer(json, "application/json");
    answer_add_header(answer, "Vary", "Accept, Accept-Language");
    answer_add_header(answer, "Cache-Control", "no-store");
    exchange_answer(exchange, answer);
}

void verify_handle_form(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    if (!check_parameters(exchange_request(exchange), &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct verify_page page = page_for(exchange);
    answer_page(exchange, 200, &page);
}

/* ---- a file ---- */

/* Times as people read them. */
static const char *readable(enum pdf_fact fact, const char *text, char local[static 32])
{
    int64_t moment_ms;
    bool is_moment = fact == PDF_FACT_MOMENT || fact == PDF_FACT_MADE;
    return is_moment && moment_parse(text, &moment_ms, NULL) ? moment_format_local(moment_ms, local) : text;
}

static void add_facts(struct verify_page *page, const struct pdf_facts *facts,
                      char locals[static PDF_FACT_COUNT][32])
{
    static const enum verify_word labels[PDF_FACT_COUNT] = {
        VERIFY_LABEL_ID,      VERIFY_LABEL_TITLE,    VERIFY_LABEL_ACTIVITY,
        VERIFY_LABEL_MOMENT,  VERIFY_LABEL_REVISION, VERIFY_LABEL_MADE,
        VERIFY_LABEL_MARKING, VERIFY_LABEL_CHECKSUM, VERIFY_LABEL_TEMPLATE};
    for (int fact = 0; fact < PDF_FACT_COUNT; fact++) {
        verify_page_add(page, labels[fact], readable((enum pdf_fact)fact, facts->texts[fact], locals[fact]));
    }
}

static void answer_check_page(const struct visit *visit, const struct briefing_check *check)
{
    struct verify_page page = page_for(visit->exchange);
    char locals[PDF_FACT_COUNT][32];
    char sentence[200];
    bool is_authentic = check->seal.verdict == PDF_SEAL_AUTHENTIC;
    snprintf(sentence, sizeof sentence, verify_detail_words(check->seal.detail, page.language),
             check->seal.appended_bytes);
    page.has_answer = true;
    page.level = is_authentic ? VERIFY_LEVEL_GOOD : VERIFY_LEVEL_BAD;
    page.headline = verify_verdict_words(check->seal.verdict, page.language);
    page.sentence = sentence;
    page.tells_news = is_authentic;
    page.news = check->has_news ? &check->news : NULL;
    page.newer_id = check->newer_id[0] ? check->newer_id : NULL;
    page.rows_title = is_authentic ? NULL : verify_word(VERIFY_SAYS, page.language);
    add_facts(&page, &check->facts, locals);
    verify_page_add(&page, VERIFY_LABEL_KEY, check->seal.key_name);
    answer_page(visit->exchange, 200, &page);
}

static void answer_check(const struct visit *visit, const struct briefing_check *check)
{
    struct buffer json;
    if (!verify_wish_is_json(exchange_request(visit->exchange))) {
        answer_check_page(visit, check);
        return;
    }
    buffer_init(&json, PAGE_MOST_BYTES);
    briefing_check_write_json(check, &json);
    answer_json(visit->exchange, &json);
}

/* A file that was looked at, on its way to the archive. */
struct checked_file {
    struct visit visit;
    struct briefing_check check;
};

static void look_up_file(struct briefing_desk *desk, void *context)
{
    struct checked_file *file = context;
    struct fault unknown;
    struct briefing_archive *archive = briefing_desk_archive(desk, &unknown);
    if (archive) {
        briefing_check_find_newer(&file->check, archive);
    }
    answer_check(&file->visit, &file->check);
    free(file);
}

static void check_file(const struct visit *visit, const char *bytes, size_t length)
{
    struct service *service = visit->service;
    struct fault fault;
    struct seal_key *key = seal_key_open(service->config->briefing_key, &fault);
    if (!key) {
        exchange_fail(visit->exchange, &fault);
        return;
    }
    struct briefing_check_against against = {key, service->config->store_path, moment_now_ms()};
    struct checked_file *file = memory_new(1, sizeof *file);
    file->visit = *visit;
    briefing_check_file(bytes, length, &against, &file->check);
    seal_key_free(key);
    if (!briefing_desk_call(service->briefings, look_up_file, file, &fault)) {
        answer_check(&file->visit, &file->check); /* of a newer briefing nobody knows */
        free(file);
    }
}

static void look_at_file(void *context)
{
    struct visit *visit = context;
    struct fault fault;
    size_t length = 0;
    const char *bytes = verify_wish_file(exchange_request(visit->exchange), &length, &fault);
    if (bytes) {
        check_file(visit, bytes, length);
    } else {
        exchange_fail(visit->exchange, &fault);
    }
    free(visit);
}

static struct visit *visit_new(struct service *service, struct exchange *exchange)
{
    struct visit *visit = memory_new(1, sizeof *visit);
    *visit = (struct visit){service, exchange};
    return visit;
}

void verify_handle_file(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    if (!check_parameters(exchange_request(exchange), &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct visit *visit = visit_new(service, exchange);
    if (!clerk_call(service->clerk, look_at_file, visit, &fault)) {
        free(visit);
        exchange_fail(exchange, &fault);
    }
}

/* ---- an id ---- */

static void answer_unknown(struct exchange *exchange, struct verify_page *page)
{
    page->has_answer = true;
    page->level = VERIFY_LEVEL_BAD;
    page->headline = verify_word(VERIFY_UNKNOWN, page->language);
    page->sentence = verify_word(VERIFY_UNKNOWN_MORE, page->language);
    answer_page(exchange, 404, page);
}

static void answer_known(struct exchange *exchange, struct verify_page *page,
                         const struct verify_record *record)
{
    struct verify_texts texts;
    struct buffer json;
    if (verify_wish_is_json(exchange_request(exchange))) {
        buffer_init(&json, PAGE_MOST_BYTES);
        verify_record_write_json(record, &json);
        answer_json(exchange, &json);
        return;
    }
    verify_record_describe(record, page, &texts);
    answer_page(exchange, 200, page);
}

static void look_up(struct briefing_desk *desk, void *context)
{
    struct visit *visit = context;
    struct exchange *exchange = visit->exchange;
    const struct request *request = exchange_request(exchange);
    struct verify_page page = page_for(exchange);
    struct verify_record record;
    struct fault fault;
    struct briefing_archive *archive = briefing_desk_archive(desk, &fault);
    bool is_found = archive && verify_record_read(visit->service->config, archive,
                                                  request_value(request, "id"), &record, &fault);
    if (is_found) {
        answer_known(exchange, &page, &record);
        verify_record_finish(&record);
    } else if (archive && fault.code == FAULT_NOT_FOUND && !verify_wish_is_json(request)) {
        answer_unknown(exchange, &page);
    } else {
        exchange_fail(exchange, &fault);
    }
    free(visit);
}

void verify_handle_id(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    struct verify_page page = page_for(exchange);
    struct fault fault;
    if (!check_parameters(request, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (!briefing_id_is_one(request_value(request, "id")) && !verify_wish_is_json(request)) {
        answer_unknown(exchange, &page);
        return;
    }
    struct visit *visit = visit_new(service, exchange);
    if (!briefing_desk_call(service->briefings, look_up, visit, &fault)) {
        free(visit);
        exchange_fail(exchange, &fault);
    }
}

/* ---- the key ---- */

void verify_handle_key(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    struct seal_key *key = seal_key_open(service->config->briefing_key, &fault);
    if (!key) {
        exchange_fail(exchange, &fault);
        return;
    }
    char *pem = seal_key_public_pem(key);
    seal_key_free(key);
    struct answer *answer = answer_new_owning(200, "application/x-pem-file", pem, strlen(pem));
    answer_add_header(answer, "Cache-Control", "no-cache");
    exchange_answer(exchange, answer);
}
