/*
 * answer.h - what goes back: status, content type, headers, bytes.
 *
 * Immutable once given away and reference counted, so one answer serves many requests; http keeps its own
 * form of it beside it. HEAD, If-None-Match (304 by the ETag) and the headers that every answer carries
 * are http's work, not the handler's.
 */
#ifndef RENDER_SERVICE_ANSWER_H
#define RENDER_SERVICE_ANSWER_H

#include <stddef.h>
#include <stdint.h>

struct answer;
struct fault;
struct problems;     /* geo/base/problems.h */
struct order_result; /* render/service/worker/order.h */
struct request;
struct shared_bytes; /* render/service/worker/shared_bytes.h */

/** An answer whose bytes are copied. One reference. */
struct answer *answer_new(int status, const char *content_type, const void *bytes, size_t length);

/** An answer that takes bytes over (from malloc: buffer_take(), png_write()). */
struct answer *answer_new_owning(int status, const char *content_type, char *bytes, size_t length);

/** An answer whose bytes somebody else owns; release(owner) is called when the last reference is gone. */
struct answer *answer_new_borrowing(int status, const char *content_type, const char *bytes, size_t length,
                                    void (*release)(void *owner), void *owner);

/** An answer with bytes that others may hold, too: it takes a reference to share. */
struct answer *answer_new_sharing(int status, const char *content_type, const char *bytes, size_t length,
                                  struct shared_bytes *share);

/** The same bytes with one header more or replaced. A new reference of its own; answer stays as it was. */
struct answer *answer_with_header(struct answer *answer, const char *name, const char *value);

/** The same, to be changed and kept: what the answer holds on to may go. Its bytes are its own, or shared
 * ones. */
struct answer *answer_copy(const struct answer *answer);

struct answer *answer_ref(struct answer *answer);
void answer_unref(struct answer *answer);

/** Before it is given away only. Name and value are copied; line breaks in a value become spaces. */
void answer_add_header(struct answer *answer, const char *name, const char *value);
void answer_add_headerf(struct answer *answer, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Before it is given away only. tag without quotes; makes 304 possible. */
void answer_set_etag(struct answer *answer, const char *tag);

int answer_status(const struct answer *answer);
const char *answer_content_type(const struct answer *answer);
const char *answer_bytes(const struct answer *answer, size_t *length);
const char *answer_etag(const struct answer *answer);                     /* with its quotes; NULL: none */
const char *answer_header(const struct answer *answer, const char *name); /* NULL: none */
size_t answer_header_count(const struct answer *answer);
const char *answer_header_at(const struct answer *answer, size_t index, const char **value);

/** The one table from fault codes to HTTP: a problem document (RFC 9457). request may be NULL. */
struct answer *answer_of_fault(const struct fault *fault, const struct request *request);

/** The same of one that passes: Retry-After says when, from 1 to 30 s. retry_ms 0: nobody knows. */
struct answer *answer_of_refusal(const struct fault *fault, int64_t retry_ms, const struct request *request);

/** A fault that stands for many mistakes: a problem document whose "errors" names each of them. */
struct answer *answer_of_problems(const struct problems *problems, const struct fault *fault,
                                  const struct request *request);

/** A problem document of a status that no fault code has (405, 406, 412, 413, 414, 415, 428, 431 …). type:
 * one of our own, or the whole address of one of a standard. */
struct answer *answer_problem(int status, const char *type, const char *title, const char *detail,
                              const struct request *request);

/**
 * What a worker made, as an answer: bytes, content type, ETag, Plottafel-Revision, -Moment, -Marking, -Notes;
 * or its fault as a problem document. Shares the result's bytes.
 */
struct answer *answer_of_result(struct order_result *result, const struct request *request);

/** What a picture does not show, in short: the header Plottafel-Notes. "" when it shows all. Owned. */
char *answer_notes(const struct order_result *result);

/** Names other revisions and another moment (MOMENT_NONE: none). Before it is given away only. */
void answer_set_state(struct answer *answer, const uint64_t *revisions, size_t plot_count, int64_t moment_ms);

/** http's form of the answer, made once by whoever comes first and released with it. */
void *answer_wire(struct answer *answer, void *(*make)(const struct answer *answer),
                  void (*release)(void *wire));

#endif
