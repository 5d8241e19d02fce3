/*
 * map_wish.h - what a map of OGC API Maps can be asked for with: the parameters behind /maps/{map}/map.
 *
 * One table says for each how it is called, what it means and how it is read; the API description is made
 * from it. All mistakes of a request are named.
 */
#ifndef RENDER_SERVICE_MAP_WISH_H
#define RENDER_SERVICE_MAP_WISH_H

#include <stdbool.h>
#include <stddef.h>

#include "render/service/worker/order_plate.h"

struct fault;
struct order;
struct problems;
struct request;
struct service;

/** One of the table's rows. */
struct map_parameter {
    const char *name;
    const char *type; /* of its JSON Schema: "string", "number", "integer", "boolean" */
    const char *sentence;
};

/** NULL behind the last. Borrowed for ever. */
const struct map_parameter *map_parameter_at(size_t index);

/**
 * Reads all parameters into an order of kind PLATE but its format, with the revisions and the moment that it
 * shows. Its view's map and its format are known already. False: fault, and where it is the client's doing
 * all of the mistakes are in problems.
 */
bool map_wish_read(struct service *service, const struct request *request, struct order *order,
                   struct problems *problems, struct fault *fault);

/**
 * The format: what the address ends in, ?f=, or what Accept likes best; PNG when none of them says. False:
 * the mistake is in problems, or there is none and nothing that Accept takes is made here (406).
 */
bool map_wish_read_format(const struct request *request, enum plate_format *format,
                          struct problems *problems);

/** Was it Accept that decided? Then another client may get another answer at the same address. */
bool map_wish_is_negotiated(const struct request *request);

#endif
