/*
 * pmtiles_directory.c - numbers of the header are little-endian; those of directories have seven bits a byte,
 * the lowest first, column by column: ids as differences, runs, lengths, offsets (0: right behind the one
 * before, else one more than it is).
 */
#include "render/service/seed/pmtiles_directory.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define MAGIC "PMTiles"
#define VERSION 3
#define DEGREE 1e7 /* parts of it in the header */

/** Tiles of all coarser zooms. */
static uint64_t zoom_start(uint32_t zoom)
{
    return ((UINT64_C(1) << 2 * zoom) - 1) / 3;
}

/** Turns a quarter of the curve into the place in which the whole one begins. */
static void turn(uint32_t side, uint32_t *x, uint32_t *y, bool is_right, bool is_lower)
{
    if (is_lower) {
        return;
    }
    if (is_right) {
        *x = side - 1 - *x;
        *y = side - 1 - *y;
    }
    uint32_t swap = *x;
    *x = *y;
    *y = swap;
}

uint64_t pmtiles_id(struct tile_address address)
{
    assert(address.zoom <= PMTILES_ZOOM_MOST);
    uint32_t x = address.column;
    uint32_t y = address.row;
    uint64_t id = 0;
    for (uint32_t side = (UINT32_C(1) << address.zoom) / 2; side > 0; side /= 2) {
        bool is_right = (x & side) != 0;
        bool is_lower = (y & side) != 0;
        id += (uint64_t)side * side * ((is_right ? 3u : 0u) ^ (is_lower ? 1u : 0u));
        x &= side - 1;
        y &= side - 1;
        turn(side, &x, &y, is_right, is_lower);
    }
    return zoom_start(address.zoom) + id;
}

struct tile_address pmtiles_address(uint64_t id)
{
    struct tile_address address = {0};
    while (address.zoom < PMTILES_ZOOM_MOST && id >= zoom_start(address.zoom + 1)) {
        address.zoom++;
    }
    uint64_t rest = id - zoom_start(address.zoom);
    for (uint32_t side = 1; side < UINT32_C(1) << address.zoom; side *= 2) {
        bool is_right = (rest & 2) != 0;
        bool is_lower = ((rest & 1) != 0) != is_right;
        turn(side, &address.column, &address.row, is_right, is_lower);
        address.column += is_right ? side : 0;
        address.row += is_lower ? side : 0;
        rest /= 4;
    }
    return address;
}

static void put(unsigned char **next, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        *(*next)++ = (unsigned char)(value >> 8 * i);
    }
}

static void put_piece(unsigned char **next, struct pmtiles_piece piece)
{
    put(next, piece.offset, 8);
    put(next, piece.length, 8);
}

static void put_degrees(unsigned char **next, double degrees)
{
    put(next, (uint32_t)(int32_t)lround(degrees * DEGREE), 4);
}

void pmtiles_header_write(const struct pmtiles_header *header,
                          unsigned char bytes[static PMTILES_HEADER_BYTES])
{
    unsigned char *next = bytes + sizeof(MAGIC) - 1;
    memcpy(bytes, MAGIC, sizeof(MAGIC) - 1);
    put(&next, VERSION, 1);
    put_piece(&next, header->root);
    put_piece(&next, header->metadata);
    put_piece(&next, header->leaves);
    put_piece(&next, header->tiles);
    put(&next, header->addressed_count, 8);
    put(&next, header->entry_count, 8);
    put(&next, header->content_count, 8);
    put(&next, header->is_clustered, 1);
    put(&next, header->inner_compression, 1);
    put(&next, header->tile_compression, 1);
    put(&next, header->tile_type, 1);
    put(&next, header->first_zoom, 1);
    put(&next, header->last_zoom, 1);
    put_degrees(&next, header->bounds_deg.min_x);
    put_degrees(&next, header->bounds_deg.min_y);
    put_degrees(&next, header->bounds_deg.max_x);
    put_degrees(&next, header->bounds_deg.max_y);
    put(&next, header->centre_zoom, 1);
    put_degrees(&next, header->centre_deg.x);
    put_degrees(&next, header->centre_deg.y);
    assert(next == bytes + PMTILES_HEADER_BYTES);
}

static uint64_t get(const unsigned char **next, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value |= (uint64_t) * (*next)++ << 8 * i;
    }
    return value;
}

static struct pmtiles_piece get_piece(const unsigned char **next)
{
    uint64_t offset = get(next, 8);
    return (struct pmtiles_piece){offset, get(next, 8)};
}

static double get_degrees(const unsigned char **next)
{
    return (int32_t)(uint32_t)get(next, 4) / DEGREE;
}

static bool lies_in(struct pmtiles_piece piece, uint64_t file_length)
{
    return piece.offset <= file_length && piece.length <= file_length - piece.offset;
}

static void read_fields(const unsigned char *next, struct pmtiles_header *header)
{
    header->root = get_piece(&next);
    header->metadata = get_piece(&next);
    header->leaves = get_piece(&next);
    header->tiles = get_piece(&next);
    header->addressed_count = get(&next, 8);
    header->entry_count = get(&next, 8);
    header->content_count = get(&next, 8);
    header->is_clustered = get(&next, 1) == 1;
    header->inner_compression = (uint8_t)get(&next, 1);
    header->tile_compression = (uint8_t)get(&next, 1);
    header->tile_type = (uint8_t)get(&next, 1);
    header->first_zoom = (uint8_t)get(&next, 1);
    header->last_zoom = (uint8_t)get(&next, 1);
    header->bounds_deg.min_x = get_degrees(&next);
    header->bounds_deg.min_y = get_degrees(&next);
    header->bounds_deg.max_x = get_degrees(&next);
    header->bounds_deg.max_y = get_degrees(&next);
    header->centre_zoom = (uint8_t)get(&next, 1);
    header->centre_deg.x = get_degrees(&next);
    header->centre_deg.y = get_degrees(&next);
}

bool pmtiles_header_read(const unsigned char bytes[static PMTILES_HEADER_BYTES], uint64_t file_length,
                         struct pmtiles_header *header, struct fault *fault)
{
    if (memcmp(bytes, MAGIC, sizeof(MAGIC) - 1) != 0 || bytes[sizeof(MAGIC) - 1] != VERSION) {
        fault_set(fault, FAULT_INPUT, "it is another kind of file, not PMTiles of version 3");
        return false;
    }
    read_fields(bytes + sizeof(MAGIC), header);
    if (!lies_in(header->root, file_length) || !lies_in(header->metadata, file_length) ||
        !lies_in(header->leaves, file_length) || !lies_in(header->tiles, file_length)) {
        fault_set(fault, FAULT_INPUT, "it is cut off: its header tells of more than there is");
        return false;
    }
    if (header->inner_compression != PMTILES_GZIP) {
        fault_set(fault, FAULT_INPUT, "its directories are not compressed by gzip");
        return false;
    }
    return true;
}

static void append_number(struct buffer *buffer, uint64_t value)
{
    unsigned char bytes[10];
    size_t length = 0;
    while (value >= 0x80) {
        bytes[length++] = (unsigned char)(value | 0x80);
        value >>= 7;
    }
    bytes[length++] = (unsigned char)value;
    buffer_append(buffer, bytes, length);
}

void pmtiles_directory_write(const struct pmtiles_entry *entries, size_t count, struct buffer *buffer)
{
    append_number(buffer, count);
    for (size_t i = 0; i < count; i++) {
        append_number(buffer, entries[i].tile_id - (i ? entries[i - 1].tile_id : 0));
    }
    for (size_t i = 0; i < count; i++) {
        append_number(buffer, entries[i].run);
    }
    for (size_t i = 0; i < count; i++) {
        append_number(buffer, entries[i].length);
    }
    for (size_t i = 0; i < count; i++) {
        bool is_next = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        append_number(buffer, is_next ? 0 : entries[i].offset + 1);
    }
}

/** Where one is in the bytes of a directory. */
struct reading {
    const unsigned char *next;
    const unsigned char *end;
    bool is_damaged;
};

/** A number of at most most; 0 and a mark when there is none. */
static uint64_t read_number(struct reading *reading, uint64_t most)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 63 && reading->next < reading->end; shift += 7) {
        unsigned char byte = *reading->next++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            reading->is_damaged |= value > most;
            return value > most ? 0 : value;
        }
    }
    reading->is_damaged = true;
    return 0;
}

static void read_columns(struct reading *reading, struct pmtiles_entry *entries, size_t count)
{
    const uint64_t id_end = zoom_start(PMTILES_ZOOM_MOST + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t before = i ? entries[i - 1].tile_id : 0;
        entries[i].tile_id = before + read_number(reading, id_end - 1 - before);
        reading->is_damaged |= i > 0 && entries[i].tile_id == before;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t end = i + 1 < count ? entries[i + 1].tile_id : id_end;
        uint64_t room = end - entries[i].tile_id;
        entries[i].run = (uint32_t)read_number(reading, room < PMTILES_TILE_MOST ? room : PMTILES_TILE_MOST);
    }
    for (size_t i = 0; i < count; i++) {
        entries[i].length = (uint32_t)read_number(reading, UINT32_MAX);
        reading->is_damaged |= entries[i].length == 0;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t told = read_number(reading, UINT64_C(1) << 62);
        reading->is_damaged |= told == 0 && i == 0;
        entries[i].offset = told || i == 0 ? told - 1 : entries[i - 1].offset + entries[i - 1].length;
    }
}

struct pmtiles_entry *pmtiles_directory_read(const char *bytes, size_t length, size_t *count,
                                             struct fault *fault)
{
    const unsigned char *start = (const unsigned char *)bytes;
    struct reading reading = {start, start + length, false};
    *count = (size_t)read_number(&reading, length); /* an entry has four bytes at least */
    struct pmtiles_entry *entries = memory_try_new(*count, sizeof(*entries));
    if (!entries) {
        fault_set(fault, FAULT_MEMORY, "no memory for a directory of %zu entries", *count);
        return NULL;
    }
    read_columns(&reading, entries, reading.is_damaged ? 0 : *count);
    if (reading.is_damaged || reading.next != reading.end) {
        fault_set(fault, FAULT_INPUT, "a directory is damaged");
        free(entries);
        return NULL;
    }
    return entries;
}
