/*
 * viewer.c - a table from file name to answer, filled once.
 */
#include "render/service/protocol/viewer.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define PAGE_FILE_MAX_BYTES (8u << 20)

/* The page's own scripts and pictures only; tiles become blobs, OpenLayers styles its elements. */
#define PAGE_POLICY                                                                                          \
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; frame-ancestors "     \
    "'self'; "                                                                                               \
    "base-uri 'none'; form-action 'self'"

struct viewer {
    struct table *files; /* name -> answer */
};

static const char *content_type_of(const char *name)
{
    static const struct {
        const char *ending;
        const char *content_type;
    } kinds[] = {
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".woff2", "font/woff2"},
    };
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        size_t ending = strlen(kinds[i].ending);
        if (length > ending && strcmp(name + length - ending, kinds[i].ending) == 0) {
            return kinds[i].content_type;
        }
    }
    return NULL;
}

static void release_answer(void *answer)
{
    answer_unref(answer);
}

static void read_file(struct viewer *viewer, const char *folder, const char *name, const char *content_type)
{
    struct buffer path;
    struct fault fault;
    size_t length;
    buffer_init(&path, 4096);
    buffer_appendf(&path, "%s/%s", folder, name);
    char *bytes = file_read(path.bytes, PAGE_FILE_MAX_BYTES, &length, &fault);
    buffer_finish(&path);
    if (!bytes) {
        log_write(LOG_WARNING, "viewer.unreadable", "%s", fault.message);
        return;
    }
    struct buffer contents = {.bytes = bytes, .length = length, .capacity = length + 1, .ceiling = length};
    struct answer *answer = json_answer(&contents, content_type);
    if (strncmp(content_type, "text/html", strlen("text/html")) == 0) {
        answer_add_header(answer, "Content-Security-Policy", PAGE_POLICY);
        answer_add_header(answer, "Referrer-Policy", "same-origin");
    }
    table_put(viewer->files, name, answer);
}

struct viewer *viewer_new(const char *folder)
{
    struct viewer *viewer = memory_new(1, sizeof(*viewer));
    viewer->files = table_new(release_answer);
    DIR *directory = *folder ? opendir(folder) : NULL;
    if (*folder && !directory) {
        log_write(LOG_WARNING, "viewer.missing", "the folder of the page, %s, cannot be opened", folder);
    }
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        const char *content_type = content_type_of(entry->d_name);
        if (content_type) {
            read_file(viewer, folder, entry->d_name, content_type);
        }
    }
    if (directory) {
        closedir(directory);
    }
    return viewer;
}

void viewer_free(struct viewer *viewer)
{
    if (viewer) {
        table_free(viewer->files);
        free(viewer);
    }
}

bool viewer_has_page(const struct service *service)
{
    return table_find(service->viewer->files, "index.html") != NULL;
}

static void answer_file(struct service *service, struct exchange *exchange, const char *name)
{
    struct answer *answer = table_find(service->viewer->files, name);
    if (answer) {
        exchange_answer(exchange, answer_ref(answer));
        return;
    }
    struct fault fault;
    fault_set(&fault, FAULT_NOT_FOUND,
              table_count(service->viewer->files)
                  ? "the page has no file '%s'"
                  : "no page is set up (setting viewer); /maps lists the maps",
              name);
    exchange_fail(exchange, &fault);
}

void viewer_handle_index(struct service *service, struct exchange *exchange)
{
    answer_file(service, exchange, "index.html");
}

void viewer_handle_symbols(struct service *service, struct exchange *exchange)
{
    answer_file(service, exchange, "symbols.html");
}

void viewer_handle_maplibre(struct service *service, struct exchange *exchange)
{
    answer_file(service, exchange, "maplibre.html");
}

void viewer_handle_file(struct service *service, struct exchange *exchange)
{
    answer_file(service, exchange, request_value(exchange_request(exchange), "file"));
}
