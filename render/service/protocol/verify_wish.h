/*
 * verify_wish.h - what a visitor of the page that checks briefings asks for: a language, a form, a file.
 */
#ifndef RENDER_SERVICE_VERIFY_WISH_H
#define RENDER_SERVICE_VERIFY_WISH_H

#include <stdbool.h>
#include <stddef.h>

#include "symbology/language.h"

struct fault;
struct request;

/** ?language=, else the one of Accept-Language that it wants most (RFC 9110 12.5.4), else Dutch. */
enum language verify_wish_language(const struct request *request);

/** JSON rather than a page? By ?f=json, or by an Accept that names it and no HTML. */
bool verify_wish_is_json(const struct request *request);

/**
 * The file in a body: the body itself, or the first file of a form (multipart/form-data, RFC 7578).
 * @return borrowed from the request; NULL: INPUT
 */
const char *verify_wish_file(const struct request *request, size_t *length, struct fault *fault);

#endif
