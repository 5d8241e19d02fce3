/*
 * store_gpkg_sql.h - SQLite for the store: statements, transactions and its words made into faults.
 *
 * Every call of SQLite that can fail in the store goes through here, so every error of it ends in one
 * sentence that names the file. Values are bound, never written into SQL.
 */
#ifndef DATA_STORE_GPKG_SQL_H
#define DATA_STORE_GPKG_SQL_H

#include <stdbool.h>
#include <stdint.h>

struct fault;
struct sqlite3;
struct sqlite3_stmt;
struct store;

enum gpkg_step { GPKG_STEP_ROW, GPKG_STEP_DONE, GPKG_STEP_FAULT };

/** Turns the error code of SQLite into a fault that names the store. */
void gpkg_sql_fault(const struct store *store, int error_code, struct fault *fault);

/** Runs SQL without parameters, several statements maybe. */
bool gpkg_sql_run(const struct store *store, const char *sql, struct fault *fault);

/**
 * A statement with its values bound in order: 'i' int64_t, 't' const char * (copied; NULL is null),
 * 'm' int64_t moment_ms (null when MOMENT_NONE or MOMENT_FOREVER), 'b' const struct buffer * (borrowed
 * until the statement is finalized; null when NULL). values NULL binds nothing.
 * @return owned, gpkg_sql_finalize(); NULL on fault
 */
struct sqlite3_stmt *gpkg_sql_prepare(const struct store *store, struct fault *fault, const char *sql,
                                      const char *values, ...);

/** Makes a prepared statement ready for its next run, with new values. */
bool gpkg_sql_bind(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault,
                   const char *values, ...);
enum gpkg_step gpkg_sql_step(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault);

/** Runs a bound statement that gives no rows. */
bool gpkg_sql_execute(const struct store *store, struct sqlite3_stmt *statement, struct fault *fault);
void gpkg_sql_finalize(struct sqlite3_stmt *statement);

/** A column's text, "" for null; borrowed until the next step. */
const char *gpkg_sql_text(struct sqlite3_stmt *statement, int column);

/** A column's number, or that value for null. */
int64_t gpkg_sql_integer_or(struct sqlite3_stmt *statement, int column, int64_t null_value);

/**
 * A transaction: a reader sees one state of the store in it; a writer's changes come all or not at all.
 * Begin it, and end it with is_good: commit, else roll back. False when the commit failed; it is then rolled
 * back.
 */
bool gpkg_sql_begin(const struct store *store, struct fault *fault);
bool gpkg_sql_end(const struct store *store, bool is_good, struct fault *fault);

#endif
