/*
 * briefing_documents.c - a file is the same as long as its inode, size and times are: documents are written
 * beside their names and renamed, so another one is another inode.
 */
#include "render/service/briefing/briefing_documents.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/briefing/briefing.h"
#include "render/pdf/pdf_facts.h"
#include "render/service/briefing/briefing_archive.h"
#include "render/service/briefing/briefing_news.h"
#include "render/service/briefing/briefing_page.h"
#include "render/service/worker/order.h"

#define DOCUMENT_MOST_BYTES ((size_t)1 << 30)
#define NAME_LENGTH (BRIEFING_ID_LENGTH + 4) /* ID.pdf */
#define NAME_BYTES (NAME_LENGTH + 1)

struct document {
    char name[NAME_BYTES];
    struct stat status; /* when it was read */
    struct briefing_record record;
};

struct documents {
    struct document *items; /* owned; in order of their names */
    size_t count;
};

struct briefing_documents {
    char *folder; /* owned */
    struct documents found;
};

/* ---- one document ---- */

static const char *type_of(const char *ending)
{
    enum briefing_format format;
    if (strcmp(ending, "zip") == 0) {
        return "application/zip";
    }
    return briefing_format_parse(ending, &format) ? briefing_format_type(format) : NULL;
}

static void take_state(struct briefing_record *record, const struct pdf_facts *facts)
{
    struct briefing_state state;
    char revisions[MAP_VIEW_PLOT_MAX * 24] = "";
    size_t length = 0;
    if (!briefing_state_parse(facts->texts[PDF_FACT_REVISION], facts->texts[PDF_FACT_MOMENT], &state)) {
        return;
    }
    for (size_t i = 0; i < state.plot_count && length + 24 < sizeof(revisions); i++) {
        length += (size_t)snprintf(revisions + length, sizeof(revisions) - length, "%s%llu", i ? "," : "",
                                   (unsigned long long)state.revisions[i]);
    }
    record->moment_ms = state.moment_ms;
    briefing_record_set(&record->revisions, revisions);
}

/** What a document says of itself. */
static void take_facts(struct briefing_record *record, const char *bytes, size_t length)
{
    struct pdf_facts facts;
    briefing_page_facts(bytes, length, &facts);
    briefing_record_set(&record->title, facts.texts[PDF_FACT_TITLE]);
    briefing_record_set(&record->activity, facts.texts[PDF_FACT_ACTIVITY]);
    briefing_record_set(&record->checksum, facts.texts[PDF_FACT_CHECKSUM]);
    briefing_record_set(&record->template_id, facts.texts[PDF_FACT_TEMPLATE]);
    briefing_record_set(&record->marking, facts.texts[PDF_FACT_MARKING]);
    take_state(record, &facts);
}

static struct briefing_record record_of(const char *name, const char *type, const char *bytes, size_t length)
{
    struct order order;
    struct briefing_record record;
    char digits[BRIEFING_HASH_BYTES];
    order_init(&order, ORDER_BRIEFING);
    snprintf(order.briefing.id, sizeof(order.briefing.id), "%s", name);
    int64_t made_ms = briefing_id_time_ms(order.briefing.id);
    briefing_archive_hash(bytes, length, digits);
    briefing_record_init(&record, &order, made_ms);
    record.status = BRIEFING_SUCCESSFUL;
    record.finished_ms = made_ms;
    record.percent = 100;
    record.is_kept = true;
    record.size_bytes = (int64_t)length;
    if (strcmp(type, "application/pdf") != 0) {
        record.page_count = (int64_t)briefing_page_count(bytes, length);
    }
    briefing_record_set(&record.order, "");
    briefing_record_set(&record.frame, "");
    briefing_record_set(&record.file_name, name);
    briefing_record_set(&record.content_type, type);
    briefing_record_set(&record.sha256, digits);
    briefing_record_set(&record.message, "known by its document only: the register was damaged");
    take_facts(&record, bytes, length);
    order_finish(&order);
    return record;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static char *path_of(const char *folder, const char *name)
{
    size_t bytes = strlen(folder) + strlen(name) + 2;
    char *path = memory_new(bytes, 1);
    snprintf(path, bytes, "%s/%s", folder, name);
    return path;
}

/** What kind of document a file is by its name; NULL: none. */
static const char *type_by_name(const char *name)
{
    char id[BRIEFING_ID_BYTES];
    snprintf(id, sizeof(id), "%.*s", BRIEFING_ID_LENGTH, name);
    bool is_one = strlen(name) == NAME_LENGTH && name[BRIEFING_ID_LENGTH] == '.' && briefing_id_is_one(id);
    return is_one ? type_of(name + BRIEFING_ID_LENGTH + 1) : NULL;
}

/** document->name and its status are known. */
static bool read_document(const char *folder, struct document *document)
{
    size_t length;
    char *path = path_of(folder, document->name);
    char *bytes = file_read(path, DOCUMENT_MOST_BYTES, &length, NULL);
    free(path);
    if (bytes) {
        document->record = record_of(document->name, type_by_name(document->name), bytes, length);
    }
    free(bytes);
    return bytes != NULL;
}

/* ---- all of them ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct document *)a)->name, ((const struct document *)b)->name);
}

static struct document *find(const struct documents *documents, const char *name)
{
    struct document wanted = {.name = ""};
    snprintf(wanted.name, sizeof(wanted.name), "%s", name);
    return documents->count == 0 || strlen(name) != NAME_LENGTH
               ? NULL
               : bsearch(&wanted, documents->items, documents->count, sizeof(wanted), compare_names);
}

static void documents_finish(struct documents *documents)
{
    for (size_t i = 0; i < documents->count; i++) {
        briefing_record_finish(&documents->items[i].record);
    }
    free(documents->items);
    *documents = (struct documents){0};
}

/** The name and status of each, in order. */
static struct documents list(const char *folder)
{
    struct documents documents = {0};
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        struct document document = {.name = ""};
        if (!type_by_name(entry->d_name) ||
            fstatat(dirfd(directory), entry->d_name, &document.status, 0) != 0) {
            continue;
        }
        memcpy(document.name, entry->d_name, NAME_BYTES); /* it is as long as that */
        documents.items = memory_resize(documents.items, documents.count + 1, sizeof(*documents.items));
        documents.items[documents.count++] = document;
    }
    if (directory) {
        closedir(directory);
    }
    if (documents.count > 1) {
        qsort(documents.items, documents.count, sizeof(*documents.items), compare_names);
    }
    return documents;
}

size_t briefing_documents_renew(struct briefing_documents *documents)
{
    struct documents now = list(documents->folder);
    struct documents *before = &documents->found;
    size_t kept = 0;
    size_t read_count = 0;
    for (size_t i = 0; i < now.count; i++) {
        struct document document = now.items[i];
        const struct document *known = find(before, document.name);
        bool is_known = known && is_same_file(&known->status, &document.status);
        if (is_known) {
            briefing_record_copy(&document.record, &known->record);
        }
        read_count += !is_known;
        if (is_known || read_document(documents->folder, &document)) {
            now.items[kept++] = document;
        }
    }
    now.count = kept;
    documents_finish(before);
    *before = now;
    return read_count;
}

struct briefing_documents *briefing_documents_read(const char *folder)
{
    struct briefing_documents *documents = memory_new(1, sizeof(*documents));
    documents->folder = memory_copy_text(folder);
    briefing_documents_renew(documents);
    return documents;
}

void briefing_documents_free(struct briefing_documents *documents)
{
    if (documents) {
        documents_finish(&documents->found);
        free(documents->folder);
        free(documents);
    }
}

size_t briefing_documents_count(const struct briefing_documents *documents)
{
    return documents->found.count;
}

const struct briefing_record *briefing_documents_at(const struct briefing_documents *documents, size_t index)
{
    return &documents->found.items[index].record;
}

const struct briefing_record *briefing_documents_find(const struct briefing_documents *documents,
                                                      const char *name)
{
    const struct document *document = find(&documents->found, name);
    return document ? &document->record : NULL;
}
