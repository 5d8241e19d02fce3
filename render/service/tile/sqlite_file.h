/*
 * sqlite_file.h - a SQLite file with tiles: a package, a draft, or the tiles on disk of a service.
 *
 * What is written becomes part of the file at sqlite_file_commit(), all of it or nothing: a process that is
 * killed in between leaves a whole file behind. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_SQLITE_FILE_H
#define RENDER_SERVICE_SQLITE_FILE_H

#include <stdbool.h>

struct fault;
struct sqlite3;
struct sqlite3_stmt;

struct sqlite_file {
    char *path;               /* owned; for faults */
    const char *kind;         /* "MBTiles file", for faults */
    struct sqlite3 *database; /* owned */
    bool is_writing;          /* a transaction is open */
};

/** Opens the file, or makes an empty one if that is allowed. To be closed even after a fault. */
bool sqlite_file_open(struct sqlite_file *file, const char *kind, const char *path, bool may_make,
                      struct fault *fault);

/** What was not committed is lost. */
void sqlite_file_close(struct sqlite_file *file);

/**
 * Puts SQLite's words into the fault: INPUT for what is damaged, no database or one with other tables;
 * CONFLICT for one that another process holds. Always false.
 */
bool sqlite_file_fail(const struct sqlite_file *file, struct fault *fault);

/** Was the last thing that failed because the file is damaged, or no database at all? */
bool sqlite_file_is_damaged(const struct sqlite_file *file);

/** Carries out statements that give nothing back. */
bool sqlite_file_run(struct sqlite_file *file, const char *sql, struct fault *fault);

/** The whole number that a statement gives. */
bool sqlite_file_number(struct sqlite_file *file, const char *sql, long long *number, struct fault *fault);
struct sqlite3_stmt *sqlite_file_prepare(struct sqlite_file *file, const char *sql, struct fault *fault);

/** Carries out a bound statement that gives nothing back, and makes it ready for the next time. */
bool sqlite_file_finish(struct sqlite_file *file, struct sqlite3_stmt *statement, struct fault *fault);

/** Begins a transaction when none is open. */
bool sqlite_file_begin(struct sqlite_file *file, struct fault *fault);
bool sqlite_file_commit(struct sqlite_file *file, struct fault *fault);

/** What the transaction did is undone. */
void sqlite_file_give_up(struct sqlite_file *file);

#endif
