/*
 * wire_fields.h - fields one behind the other, as they travel with every tile: who reads them reads them in
 * the order in which they were written.
 *
 * A number is its digits and a blank; a text its length, a colon, its bytes and a blank: "4:tile 14 8407 ".
 * So they can be read by eye, hold no NUL, and cost neither printf nor a parser.
 */
#ifndef RENDER_SERVICE_WIRE_FIELDS_H
#define RENDER_SERVICE_WIRE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct fault;

void wire_add_number(struct buffer *fields, int64_t number);
void wire_add_text(struct buffer *fields, const char *text);

/** Trusts nothing: after the first wrong field all others are 0 and "". */
struct wire_reader {
    const char *at; /* borrowed */
    const char *end;
    size_t field; /* how many were read, with the first wrong one */
    bool is_failed;
};

void wire_reader_init(struct wire_reader *reader, const char *fields, size_t length);

/** Between least and most, else it is wrong; then least. */
int64_t wire_read_number(struct wire_reader *reader, int64_t least, int64_t most);

/** A text without NUL that fits. "" when it is wrong. */
void wire_read_text(struct wire_reader *reader, char *text, size_t capacity);

/** The same of a text that is not copied: borrowed, without a NUL behind it. */
const char *wire_read_span(struct wire_reader *reader, size_t most, size_t *length);

/** A list of numbers with its length in front. Returns how many; 0 when they are too many. */
size_t wire_read_numbers(struct wire_reader *reader, uint64_t *numbers, size_t capacity);
void wire_add_numbers(struct buffer *fields, const uint64_t *numbers, size_t count);

/** What was read is wrong from here on. */
void wire_reader_fail(struct wire_reader *reader);

/** False when a field was wrong, or some are left: INPUT names the number of the field. */
bool wire_reader_close(const struct wire_reader *reader, const char *what, struct fault *fault);

#endif
