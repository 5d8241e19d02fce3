/*
 * route.h - which handler answers which address: one table for the whole service (routes.c).
 *
 * A pattern is a path whose segments are texts or one {name} with text around it, such as
 * "/xyz/{map}/{tileMatrixSet}/{z}/{x}/{y}@2x.png". The first row that fits wins. With a row that lacks an
 * access need the service does not start.
 */
#ifndef RENDER_SERVICE_ROUTE_H
#define RENDER_SERVICE_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "render/service/http/access.h"
#include "render/service/http/request.h"

struct exchange;
struct fault;
struct service;

struct route {
    enum request_method method;
    const char *pattern;
    void (*handle)(struct service *service, struct exchange *exchange);
    enum access_need need;
    const char *sentence; /* what it gives: for the API description and the README */
};

/** The table of the service, in routes.c. */
const struct route *service_routes(size_t *count);

/** Is every pattern well formed, with access need, handler and sentence, and none there twice? The fault
 * names the row. */
bool routes_check(const struct route *routes, size_t count, struct fault *fault);

/**
 * The row for a request, whose values are filled in. When there is none: allowed is a set of 1 << method of
 * the rows that fit the path (0: none, so 404; else 405).
 */
const struct route *route_find(const struct route *routes, size_t count, struct request *request,
                               unsigned *allowed);

#endif
