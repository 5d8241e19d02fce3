/*
 * json_field.h - the fields of one JSON object that comes from outside: the first wrong one is kept as the
 * fault. And those that are written otherwise than by a format.
 *
 * A reader reads all fields one after the other and asks json_reader_close() at the end.
 */
#ifndef RENDER_SERVICE_JSON_FIELD_H
#define RENDER_SERVICE_JSON_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct fault;
struct json_t;

struct json_reader {
    const char *what;    /* how the object is called in faults */
    struct json_t *root; /* owned */
    struct fault *fault;
    bool is_failed;
};

/** INPUT when it is no JSON object. Then there is nothing to close. */
bool json_reader_open(struct json_reader *reader, const char *what, const char *text, size_t length,
                      struct fault *fault);

/** Lets go. False when a field was wrong: the fault names the first. */
bool json_reader_close(struct json_reader *reader);
void json_reader_fail(struct json_reader *reader, const char *name, const char *sentence);
/** Names the first field that is not among the NULL-terminated known ones. */
void json_reader_check(struct json_reader *reader, const char *const known[]);

bool json_reader_has(const struct json_reader *reader, const char *name);

/** Copies a text that must fit. "" when it is wrong. */
void json_read_text(struct json_reader *reader, const char *name, char *text, size_t capacity);
int64_t json_read_integer(struct json_reader *reader, const char *name, int64_t least, int64_t most);
double json_read_double(struct json_reader *reader, const char *name, double least, double most);
bool json_read_bool(struct json_reader *reader, const char *name);

/** A moment is written as text: not all readers of JSON keep 64 bits. */
int64_t json_read_moment(struct json_reader *reader, const char *name);

/** Exactly count finite numbers. */
void json_read_doubles(struct json_reader *reader, const char *name, double *numbers, size_t count);

/** At most capacity whole numbers; returns how many. */
size_t json_read_numbers(struct json_reader *reader, const char *name, uint64_t *numbers, size_t capacity);

/** Adds a field behind others. */
void json_write_text(struct buffer *json, const char *name, const char *text);
void json_write_moment(struct buffer *json, const char *name, int64_t moment_ms);

#endif
