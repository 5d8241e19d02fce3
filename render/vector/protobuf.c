/*
 * protobuf.c - each field begins with its number and the form of its value.
 */
#include "render/vector/protobuf.h"

#include <string.h>

#include "geo/base/buffer.h"

enum wire_form { WIRE_VARINT = 0, WIRE_EIGHT_BYTES = 1, WIRE_LENGTH_AND_BYTES = 2 };

uint64_t protobuf_zigzag(int64_t number)
{
    return number < 0 ? ~((uint64_t)number << 1) : (uint64_t)number << 1;
}

void protobuf_append_varint(struct buffer *message, uint64_t number)
{
    unsigned char bytes[10];
    size_t length = 0;
    for (; number > 0x7F; number >>= 7) {
        bytes[length++] = (unsigned char)(0x80 | (number & 0x7F));
    }
    bytes[length++] = (unsigned char)number;
    buffer_append(message, bytes, length);
}

static void append_key(struct buffer *message, unsigned field, enum wire_form form)
{
    protobuf_append_varint(message, (uint64_t)field << 3 | form);
}

void protobuf_append_number(struct buffer *message, unsigned field, uint64_t number)
{
    append_key(message, field, WIRE_VARINT);
    protobuf_append_varint(message, number);
}

void protobuf_append_double(struct buffer *message, unsigned field, double number)
{
    uint64_t bits;
    unsigned char bytes[8];
    memcpy(&bits, &number, sizeof(bits));
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(bits >> 8 * i);
    }
    append_key(message, field, WIRE_EIGHT_BYTES);
    buffer_append(message, bytes, sizeof(bytes));
}

void protobuf_append_bytes(struct buffer *message, unsigned field, const void *bytes, size_t length)
{
    append_key(message, field, WIRE_LENGTH_AND_BYTES);
    protobuf_append_varint(message, length);
    buffer_append(message, bytes, length);
}

void protobuf_append_text(struct buffer *message, unsigned field, const char *text)
{
    protobuf_append_bytes(message, field, text, strlen(text));
}
