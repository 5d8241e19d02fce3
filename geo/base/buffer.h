/*
 * buffer.h - bytes that grow, up to a ceiling.
 *
 * What does not fit below the ceiling is not written and buffer.is_full is set:
 * check it once at the end. The bytes always end with a NUL that is not counted.
 */
#ifndef GEO_BASE_BUFFER_H
#define GEO_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *bytes;     /* owned; NULL while empty */
    size_t length;   /* without the NUL */
    size_t capacity; /* allocated */
    size_t ceiling;  /* length never exceeds it */
    bool is_full;    /* something was left out */
};

void buffer_init(struct buffer *buffer, size_t ceiling_bytes);
void buffer_finish(struct buffer *buffer);
void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
/** Its decimal digits: many of them are written for each tile, so they are not left to printf. */
void buffer_append_number(struct buffer *buffer, uint64_t number);

void buffer_appendf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_appendv(struct buffer *buffer, const char *format, va_list arguments);

/** Appends text with & < > " ' escaped, control characters left out: safe in XML text and attributes. */
void buffer_append_xml(struct buffer *buffer, const char *text);

/**
 * Appends text as a JSON string with its quotes, control characters escaped; invalid UTF-8 becomes U+FFFD.
 */
void buffer_append_json(struct buffer *buffer, const char *text);

/** Appends text for people, on one line: control characters become blanks, what is no character U+FFFD. */
void buffer_append_line(struct buffer *buffer, const char *text);

/** Hands the bytes over ("" when empty) and leaves an empty buffer. Owned by the caller. */
char *buffer_take(struct buffer *buffer, size_t *length);

#endif
