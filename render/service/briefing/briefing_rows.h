/*
 * briefing_rows.h - the register of the archive as SQL: records to rows and back. Used by briefing_archive.c
 * only, under its lock.
 */
#ifndef RENDER_SERVICE_BRIEFING_ROWS_H
#define RENDER_SERVICE_BRIEFING_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "render/service/briefing/briefing_record.h"

struct briefing_filter;
struct fault;
struct sqlite_file;

struct briefing_visitor {
    bool (*visit)(const struct briefing_record *record, void *context);
    void *context;
};

/** Makes the table, or adds the columns that one of an earlier version of the program lacks. */
bool briefing_rows_prepare(struct sqlite_file *file, struct fault *fault);

/** Is all of the file as it should be? False with a fault; is_damaged: out, it is not. */
bool briefing_rows_check(struct sqlite_file *file, bool *is_damaged, struct fault *fault);

/** All rows of a damaged file that can still be read, in any order, until the visitor returns false. */
void briefing_rows_salvage(struct sqlite_file *file, struct briefing_visitor visitor);

bool briefing_rows_put(struct sqlite_file *file, const struct briefing_record *record, struct fault *fault);

/** One record by the words behind WHERE, whose ? are filled in with texts. NOT_FOUND when there is none. */
bool briefing_rows_find(struct sqlite_file *file, const char *where, const char *const texts[],
                        struct briefing_record *record, struct fault *fault);

/** Those of a filter, the newest first. */
bool briefing_rows_list(struct sqlite_file *file, const struct briefing_filter *filter,
                        struct briefing_visitor visitor, struct fault *fault);

/** Those by the words behind WHERE, with one number filled in. */
bool briefing_rows_select(struct sqlite_file *file, const char *where, int64_t number,
                          struct briefing_visitor visitor, struct fault *fault);

#endif
