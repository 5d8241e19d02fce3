/*
 * protobuf.h - writes Protocol Buffers: numbered fields of numbers, bytes and texts.
 *
 * The wire format as its maintainers publish it (protobuf.dev, "Encoding"); only what vector tiles and glyphs
 * need. Bytes go into a buffer with a ceiling: whoever owns it asks at the end whether it is full.
 */
#ifndef RENDER_PROTOBUF_H
#define RENDER_PROTOBUF_H

#include <stddef.h>
#include <stdint.h>

struct buffer;

/** Small magnitudes, of either sign, as small numbers: 0, -1, 1, -2 become 0, 1, 2, 3. */
uint64_t protobuf_zigzag(int64_t number);

/** A number alone, 7 bits to a byte, low ones first: for packed lists. */
void protobuf_append_varint(struct buffer *message, uint64_t number);

/** A field: uint32, uint64, bool, enum; and, of protobuf_zigzag(), sint32 and sint64. */
void protobuf_append_number(struct buffer *message, unsigned field, uint64_t number);
void protobuf_append_double(struct buffer *message, unsigned field, double number);

/** A field: bytes, another message, a packed list. */
void protobuf_append_bytes(struct buffer *message, unsigned field, const void *bytes, size_t length);
void protobuf_append_text(struct buffer *message, unsigned field, const char *text);

#endif
