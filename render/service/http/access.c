/*
 * access.c - until organisations have grants of their own: everybody reads, and writers are open or carry the
 * one token of the configuration.
 */
#include "render/service/http/access.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "render/service/config.h"
#include "render/service/http/request.h"

/** Takes the same time wherever the texts begin to differ. */
static bool equals_in_constant_time(const char *given, const char *secret)
{
    size_t given_length = strlen(given);
    size_t secret_length = strlen(secret);
    unsigned difference = given_length != secret_length;
    for (size_t i = 0; i < given_length; i++) {
        difference |= (unsigned char)(given[i] ^ secret[secret_length ? i % secret_length : 0]);
    }
    return difference == 0;
}

static bool has_token(const struct request *request, const char *token)
{
    static const char scheme[] = "Bearer ";
    const char *given = request->headers[HEADER_AUTHORIZATION];
    return *token && given && strncmp(given, scheme, sizeof(scheme) - 1) == 0 &&
           equals_in_constant_time(given + sizeof(scheme) - 1, token);
}

const char *access_asker(const struct config *config, const struct request *request)
{
    return has_token(request, config->service.write_token) ? "token" : request->client;
}

void access_party(const struct config *config, const struct request *request,
                  char party[static ACCESS_PARTY_BYTES])
{
    const char *organisation = request->headers[HEADER_ORGANISATION];
    if (organisation && *organisation) {
        snprintf(party, ACCESS_PARTY_BYTES, "organisation %016" PRIx64, hash_text(HASH_START, organisation));
        return;
    }
    snprintf(party, ACCESS_PARTY_BYTES, "%s", access_asker(config, request));
}

/** Is the address that origin, or something below it? */
static bool begins_with_origin(const char *address, const char *origin)
{
    size_t length = strlen(origin);
    return strncmp(address, origin, length) == 0 && (!address[length] || address[length] == '/');
}

/** A browser says from which origin a page writes: it must be ours, by the Host it came in with or by
 * base_url. */
static bool comes_from_another_origin(const struct config *config, const struct request *request)
{
    const char *origin = request->headers[HEADER_ORIGIN];
    if (!origin) {
        return false;
    }
    const char *authority = strstr(origin, "://");
    if (!authority || !authority[3]) {
        return true;
    }
    const char *host = request->headers[HEADER_HOST];
    bool is_same_host = host && strcmp(authority + 3, host) == 0;
    return !is_same_host && !begins_with_origin(config->service.base_url, origin);
}

bool access_decide(const struct config *config, enum access_need need, const struct request *request,
                   struct fault *fault)
{
    assert(need != ACCESS_UNSET);
    if (need != ACCESS_WRITE) {
        return true;
    }
    if (comes_from_another_origin(config, request)) {
        fault_set(fault, FAULT_DENIED, "a page of another origin may not write here");
        return false;
    }
    if (config->service.writers == WRITERS_TOKEN && !has_token(request, config->service.write_token)) {
        fault_set(fault, FAULT_DENIED, "writing needs the token of this service (Authorization: Bearer …)");
        return false;
    }
    return true;
}
