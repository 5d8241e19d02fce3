/*
 * store_gpkg_blob.c - WKB with the header of GeoPackage.
 *
 * A reader never trusts a count: it is compared with the bytes that are left before anything is allocated.
 */
#include "data/store_gpkg_blob.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"

enum { WKB_POINT = 1, WKB_LINE = 2, WKB_POLYGON = 3, WKB_MULTI = 3 /* added to the three */ };
enum { FLAG_LITTLE_ENDIAN = 0x01, FLAG_EMPTY = 0x10, FLAG_ENVELOPE_XY = 1 << 1, FLAG_RESERVED = 0xC0 };
enum { POINT_BYTES = 16, LEAST_MEMBER_BYTES = 9 };

static void write_u32(struct buffer *buffer, uint32_t value)
{
    uint32_t little = htole32(value);
    buffer_append(buffer, &little, sizeof little);
}

static void write_double(struct buffer *buffer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = htole64(bits);
    buffer_append(buffer, &bits, sizeof bits);
}

static void write_points(struct buffer *buffer, const struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_double(buffer, points[i].x);
        write_double(buffer, points[i].y);
    }
}

static void write_type(struct buffer *buffer, uint32_t type)
{
    buffer_append(buffer, "\x01", 1);
    write_u32(buffer, type);
}

/* The number of parts of the member that begins at part first: a ring and its holes, or one. */
static size_t member_length(const struct shape *shape, size_t first)
{
    size_t end = first + 1;
    while (end < shape->part_count && shape->parts[end].is_hole) {
        end++;
    }
    return end - first;
}

static size_t member_count(const struct shape *shape)
{
    size_t count = 0;
    for (size_t first = 0; first < shape->part_count; first += member_length(shape, first)) {
        count++;
    }
    return count;
}

static uint32_t member_type(enum shape_kind kind)
{
    switch (kind) {
    case SHAPE_POINT:
        return WKB_POINT;
    case SHAPE_LINE:
        return WKB_LINE;
    case SHAPE_POLYGON:
        break;
    }
    return WKB_POLYGON;
}

static void write_member(const struct shape *shape, size_t first, size_t length, struct buffer *buffer)
{
    write_type(buffer, member_type(shape->kind));
    if (shape->kind == SHAPE_POLYGON) {
        write_u32(buffer, (uint32_t)length);
    }
    for (size_t i = first; i < first + length; i++) {
        const struct shape_part *part = &shape->parts[i];
        if (shape->kind != SHAPE_POINT) {
            write_u32(buffer, part->count);
        }
        write_points(buffer, shape->points + part->first, part->count);
    }
}

static void write_header(const struct shape *shape, bool has_envelope, struct buffer *buffer)
{
    unsigned char flags = FLAG_LITTLE_ENDIAN;
    flags |= has_envelope ? FLAG_ENVELOPE_XY : 0;
    flags |= shape->part_count == 0 ? FLAG_EMPTY : 0;
    buffer_append(buffer, "GP\0", 3);
    buffer_append(buffer, &flags, 1);
    write_u32(buffer, GPKG_BLOB_SRS_ID);
    if (has_envelope) {
        write_double(buffer, shape->box.min_x);
        write_double(buffer, shape->box.max_x);
        write_double(buffer, shape->box.min_y);
        write_double(buffer, shape->box.max_y);
    }
}

void gpkg_blob_write(const struct shape *shape, struct buffer *buffer)
{
    size_t members = member_count(shape);
    bool is_multi = shape->is_multi || members != 1;
    write_header(shape, members > 0 && !(shape->kind == SHAPE_POINT && !is_multi), buffer);
    if (is_multi) {
        write_type(buffer, member_type(shape->kind) + WKB_MULTI);
        write_u32(buffer, (uint32_t)members);
    }
    for (size_t first = 0; first < shape->part_count;) {
        size_t length = member_length(shape, first);
        write_member(shape, first, length, buffer);
        first += length;
    }
}

/* What is left to read. After the first mistake everything reads as 0 and sentence says what was wrong. */
struct reader {
    const unsigned char *bytes;
    size_t left;
    bool is_little;
    const char *sentence;
};

static void refuse(struct reader *reader, const char *sentence)
{
    if (!reader->sentence) {
        reader->sentence = sentence;
    }
    reader->left = 0;
}

static bool take(struct reader *reader, void *target, size_t length)
{
    if (reader->left < length) {
        refuse(reader, "is cut off");
        memset(target, 0, length);
        return false;
    }
    memcpy(target, reader->bytes, length);
    reader->bytes += length;
    reader->left -= length;
    return true;
}

static uint32_t read_u32(struct reader *reader)
{
    uint32_t value;
    take(reader, &value, sizeof value);
    return reader->is_little ? le32toh(value) : be32toh(value);
}

static double read_double(struct reader *reader)
{
    uint64_t bits;
    double value;
    take(reader, &bits, sizeof bits);
    bits = reader->is_little ? le64toh(bits) : be64toh(bits);
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A count of things that take at least that many bytes each. */
static uint32_t read_count(struct reader *reader, size_t least_bytes)
{
    uint32_t count = read_u32(reader);
    if (count > reader->left / least_bytes) {
        refuse(reader, "counts more than it holds");
        return 0;
    }
    return count;
}

static void read_header(struct reader *reader)
{
    unsigned char head[4];
    take(reader, head, sizeof head);
    if (memcmp(head, "GP\0", 3) != 0 || (head[3] & FLAG_RESERVED) != 0) {
        refuse(reader, "has no GeoPackage header");
        return;
    }
    reader->is_little = head[3] & FLAG_LITTLE_ENDIAN;
    if (read_u32(reader) != GPKG_BLOB_SRS_ID) {
        refuse(reader, "is not in EPSG:4258");
        return;
    }
    static const size_t envelope_bytes[8] = {0, 32, 48, 48, 64, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    size_t envelope = envelope_bytes[head[3] >> 1 & 7];
    if (envelope > reader->left) {
        refuse(reader, "is cut off in its envelope");
        return;
    }
    reader->bytes += envelope;
    reader->left -= envelope;
}

static uint32_t read_type(struct reader *reader)
{
    unsigned char order;
    take(reader, &order, 1);
    if (order > 1) {
        refuse(reader, "has an unknown byte order");
        return 0;
    }
    reader->is_little = order == 1;
    return read_u32(reader);
}

static void read_part(struct reader *reader, struct shape *shape, size_t count, bool is_hole)
{
    if (count == 0) {
        refuse(reader, "has an empty part");
        return;
    }
    struct point *points = memory_new(count, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        points[i].x = read_double(reader);
        points[i].y = read_double(reader);
    }
    if (!reader->sentence) {
        shape_add_part(shape, points, count, is_hole);
    }
    free(points);
}

static void read_member(struct reader *reader, struct shape *shape)
{
    if (shape->kind == SHAPE_POINT) {
        read_part(reader, shape, 1, false);
        return;
    }
    uint32_t parts = shape->kind == SHAPE_POLYGON ? read_count(reader, sizeof(uint32_t)) : 1;
    for (uint32_t i = 0; i < parts && !reader->sentence; i++) {
        read_part(reader, shape, read_count(reader, POINT_BYTES), i > 0);
    }
}

static void read_members(struct reader *reader, struct shape *shape)
{
    uint32_t members = read_count(reader, LEAST_MEMBER_BYTES);
    for (uint32_t i = 0; i < members && !reader->sentence; i++) {
        if (read_type(reader) != member_type(shape->kind)) {
            refuse(reader, "mixes kinds of geometry");
            return;
        }
        read_member(reader, shape);
    }
}

static struct shape *read_shape(struct reader *reader)
{
    read_header(reader);
    uint32_t type = read_type(reader);
    if (reader->sentence) {
        return NULL;
    }
    if (type < WKB_POINT || type > WKB_POLYGON + WKB_MULTI) {
        refuse(reader, "is of an unknown kind of geometry");
        return NULL;
    }
    static const enum shape_kind kinds[] = {SHAPE_POINT, SHAPE_LINE, SHAPE_POLYGON};
    struct shape *shape = shape_new(kinds[(type - 1) % WKB_MULTI]);
    shape->is_multi = type > WKB_POLYGON;
    if (shape->is_multi) {
        read_members(reader, shape);
    } else {
        read_member(reader, shape);
    }
    return shape;
}

struct shape *gpkg_blob_read(const void *bytes, size_t length, struct fault *fault)
{
    struct reader reader = {.bytes = bytes, .left = length, .is_little = true};
    struct shape *shape = read_shape(&reader);
    if (!reader.sentence && reader.left > 0) {
        refuse(&reader, "has bytes behind its end");
    }
    if (reader.sentence) {
        fault_set(fault, FAULT_INPUT, "the geometry %s", reader.sentence);
        shape_free(shape);
        return NULL;
    }
    return shape;
}
