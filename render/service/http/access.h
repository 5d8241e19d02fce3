/*
 * access.h - who may do what: the one decision, taken for every request before its handler is called.
 */
#ifndef RENDER_SERVICE_ACCESS_H
#define RENDER_SERVICE_ACCESS_H

#include <stdbool.h>

struct config;
struct fault;
struct request;

enum access_need {
    ACCESS_UNSET,  /* a route with it does not start */
    ACCESS_PUBLIC, /* says nothing of what plots hold: health, the page's files, symbols */
    ACCESS_READ,   /* pictures, features, events */
    ACCESS_WRITE   /* changes to plots */
};

/**
 * DENIED when the request may not go on. Writing needs the token of the configuration (writers: token) and
 * never comes from a page of another origin.
 */
bool access_decide(const struct config *config, enum access_need need, const struct request *request,
                   struct fault *fault);

#define ACCESS_PARTY_BYTES 64

/**
 * For whom work is done, so that all get their turns: the organisation that a trusted proxy names, else who
 * asks. A name of any length and bytes gives a short text, which says nothing of it.
 */
void access_party(const struct config *config, const struct request *request,
                  char party[static ACCESS_PARTY_BYTES]);

/** Who asks, as far as it is known: "token" for all who carry that of the configuration, else the address of
 * the other side. Borrowed from the request. */
const char *access_asker(const struct config *config, const struct request *request);

#endif
