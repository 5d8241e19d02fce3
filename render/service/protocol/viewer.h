/*
 * viewer.h - the pages /, /symbols.html and /maplibre.html, and their files: /viewer/{file}.
 *
 * All are read when the service starts and served from memory: no name from outside ever reaches the disk.
 */
#ifndef RENDER_SERVICE_VIEWER_H
#define RENDER_SERVICE_VIEWER_H

#include <stdbool.h>

struct exchange;
struct viewer;
struct service;

/** @param folder the setting `viewer`; "" or a folder without index.html: / says that there is no page */
struct viewer *viewer_new(const char *folder);
void viewer_free(struct viewer *viewer);

/** Is there a page at /? */
bool viewer_has_page(const struct service *service);

void viewer_handle_index(struct service *service, struct exchange *exchange);
void viewer_handle_symbols(struct service *service, struct exchange *exchange);
void viewer_handle_maplibre(struct service *service, struct exchange *exchange);
void viewer_handle_file(struct service *service, struct exchange *exchange);

#endif
