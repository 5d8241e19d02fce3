/*
 * request_guard.h - which requests are let in: what the HTTP library does not check and others got hurt by.
 *
 * Two Hosts, two lengths, a length beside a transfer encoding, names with blanks: such a request is read
 * differently by different programs on its way, so it is refused and its connection closed.
 */
#ifndef RENDER_SERVICE_REQUEST_GUARD_H
#define RENDER_SERVICE_REQUEST_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/service/http/request.h"

struct answer;

/** What the headers said, gathered one by one. */
struct request_guard {
    int host_count;
    int length_count;
    int encoding_count;
    int64_t content_length; /* -1: none or not a number */
    bool is_chunked;
    const char *trouble;             /* the first thing that is wrong; NULL */
    const char *organisation_header; /* the name of HEADER_ORGANISATION, borrowed; NULL or "": not read */
    int organisation_count;
};

void request_guard_init(struct request_guard *guard);

/** Can a header of that name be HEADER_ORGANISATION? Not when it is no name, or is read already. */
bool request_guard_is_free(const char *name);

/** One header; its value is kept by pointer when it is one of those that are read. */
void request_guard_header(struct request_guard *guard, struct request *request, const char *name,
                          size_t name_length, const char *value, size_t value_length);

/** Does a body follow the header? */
bool request_guard_has_body(const struct request_guard *guard);

/**
 * The verdict, when all headers are known and the target was parsed.
 * @param method      as sent; the request's method is set from it
 * @param body_bytes  the most that a body may have
 * @return NULL: let it in; else the refusal, after which the connection is closed
 */
struct answer *request_guard_decide(const struct request_guard *guard, struct request *request,
                                    const char *method, int64_t body_bytes);

#endif
