/*
 * zip.c - files one after the other, each behind a header, then the directory with the same headers and where
 * each lies. Reading begins at the end, and believes no number before it has been compared with the length.
 */
#include "render/encode/zip.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define LEVEL 6
#define LOCAL_MARK 0x04034b50u
#define DIRECTORY_MARK 0x02014b50u
#define END_MARK 0x06054b50u
#define LOCAL_BYTES 30
#define DIRECTORY_BYTES 46
#define END_BYTES 22
#define VERSION 20 /* folders and deflate */
#define METHOD_STORED 0
#define METHOD_DEFLATED 8
#define NAME_MOST_BYTES 100
#define ARCHIVE_MOST_BYTES ((size_t)2 << 30)
#define ENTRY_MOST 65534

/** What stands of a file in both of its headers. */
struct entry_facts {
    uint32_t method;
    uint32_t sum; /* CRC-32 */
    uint32_t packed_length;
    uint32_t length;
    uint32_t offset; /* of its local header */
};

static void put(struct buffer *zip, uint32_t number, int byte_count)
{
    for (int i = 0; i < byte_count; i++) {
        unsigned char byte = (unsigned char)(number >> 8 * i);
        buffer_append(zip, &byte, 1);
    }
}

static uint32_t get(const char *bytes, int byte_count)
{
    uint32_t number = 0;
    for (int i = 0; i < byte_count; i++) {
        number |= (uint32_t)(unsigned char)bytes[i] << 8 * i;
    }
    return number;
}

/* ---- written ---- */

/** As MS-DOS counts: two seconds, from 1980 on. */
static uint32_t dos_time(int64_t made_ms)
{
    struct tm time = {0};
    time_t seconds = (time_t)(made_ms / 1000);
    if (made_ms < 0 || !gmtime_r(&seconds, &time) || time.tm_year < 80 || time.tm_year > 207) {
        return 1u << 21 | 1u << 16;
    }
    return (uint32_t)(time.tm_year - 80) << 25 | (uint32_t)(time.tm_mon + 1) << 21 |
           (uint32_t)time.tm_mday << 16 | (uint32_t)time.tm_hour << 11 | (uint32_t)time.tm_min << 5 |
           (uint32_t)time.tm_sec / 2;
}

static void put_facts(struct buffer *zip, const struct entry_facts *facts, uint32_t time, size_t name_length)
{
    put(zip, VERSION, 2);
    put(zip, 0, 2); /* flags */
    put(zip, facts->method, 2);
    put(zip, time, 4);
    put(zip, facts->sum, 4);
    put(zip, facts->packed_length, 4);
    put(zip, facts->length, 4);
    put(zip, (uint32_t)name_length, 2);
    put(zip, 0, 2); /* nothing extra */
}

/** Packed where that helps. */
static bool put_body(struct buffer *zip, const struct zip_entry *entry, struct entry_facts *facts,
                     struct libdeflate_compressor *compressor)
{
    char *packed = entry->is_packed || entry->length == 0 ? NULL : memory_try_new(entry->length, 1);
    size_t length =
        packed ? libdeflate_deflate_compress(compressor, entry->bytes, entry->length, packed, entry->length)
               : 0;
    bool is_smaller = length > 0;
    facts->method = is_smaller ? METHOD_DEFLATED : METHOD_STORED;
    facts->packed_length = (uint32_t)(is_smaller ? length : entry->length);
    buffer_append(zip, is_smaller ? packed : entry->bytes, facts->packed_length);
    free(packed);
    return !zip->is_full;
}

/** The header is written when it is known what stands behind it. */
static bool put_file(struct buffer *zip, const struct zip_entry *entry, uint32_t time,
                     struct entry_facts *facts, struct libdeflate_compressor *compressor)
{
    struct buffer body;
    buffer_init(&body, ARCHIVE_MOST_BYTES);
    facts->offset = (uint32_t)zip->length;
    facts->length = (uint32_t)entry->length;
    facts->sum = libdeflate_crc32(0, entry->bytes, entry->length);
    bool is_put = entry->length < ARCHIVE_MOST_BYTES && put_body(&body, entry, facts, compressor);
    put(zip, LOCAL_MARK, 4);
    put_facts(zip, facts, time, strlen(entry->name));
    buffer_append_text(zip, entry->name);
    buffer_append(zip, body.bytes, body.length);
    buffer_finish(&body);
    return is_put && !zip->is_full;
}

static void put_directory(struct buffer *zip, const struct zip_entry *entries,
                          const struct entry_facts *facts, size_t count, uint32_t time)
{
    uint32_t start = (uint32_t)zip->length;
    for (size_t i = 0; i < count; i++) {
        put(zip, DIRECTORY_MARK, 4);
        put(zip, VERSION, 2);
        put_facts(zip, &facts[i], time, strlen(entries[i].name));
        put(zip, 0, 2); /* no comment */
        put(zip, 0, 2); /* one disk */
        put(zip, 0, 2); /* attributes */
        put(zip, 0, 4);
        put(zip, facts[i].offset, 4);
        buffer_append_text(zip, entries[i].name);
    }
    uint32_t length = (uint32_t)zip->length - start;
    put(zip, END_MARK, 4);
    put(zip, 0, 4);
    put(zip, (uint32_t)count, 2);
    put(zip, (uint32_t)count, 2);
    put(zip, length, 4);
    put(zip, start, 4);
    put(zip, 0, 2);
}

char *zip_write(const struct zip_entry *entries, size_t count, int64_t made_ms, size_t *length,
                struct fault *fault)
{
    struct buffer zip;
    uint32_t time = dos_time(made_ms);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    struct entry_facts *facts = memory_new(count + 1, sizeof(*facts));
    buffer_init(&zip, ARCHIVE_MOST_BYTES);
    bool is_good = compressor && count > 0 && count <= ENTRY_MOST;
    for (size_t i = 0; is_good && i < count; i++) {
        is_good = strlen(entries[i].name) < NAME_MOST_BYTES &&
                  put_file(&zip, &entries[i], time, &facts[i], compressor);
    }
    put_directory(&zip, entries, facts, is_good ? count : 0, time);
    libdeflate_free_compressor(compressor);
    free(facts);
    if (!is_good || zip.is_full) {
        buffer_finish(&zip);
        fault_set(fault, FAULT_LIMIT, "%zu files are too many or too large for one ZIP", count);
        return NULL;
    }
    return buffer_take(&zip, length);
}

/* ---- read ---- */

/** Where the end begins; NULL: there is none. Those of zip_write() have no comment behind it. */
static const char *find_end(const char *bytes, size_t length)
{
    const char *end = length < END_BYTES ? NULL : bytes + length - END_BYTES;
    return end && get(end, 4) == END_MARK ? end : NULL;
}

size_t zip_count(const char *bytes, size_t length)
{
    const char *end = find_end(bytes, length);
    return end ? get(end + 10, 2) : 0;
}

/** The place of a file in the directory; NULL: it is damaged. */
static const char *find_entry(const char *bytes, size_t length, size_t index)
{
    const char *end = find_end(bytes, length);
    size_t offset = get(end + 16, 4);
    for (size_t i = 0;; i++) {
        if (offset > length || length - offset < DIRECTORY_BYTES ||
            get(bytes + offset, 4) != DIRECTORY_MARK) {
            return NULL;
        }
        if (i == index) {
            return bytes + offset;
        }
        offset += DIRECTORY_BYTES + get(bytes + offset + 28, 2) + get(bytes + offset + 30, 2) +
                  get(bytes + offset + 32, 2);
    }
}

/** Its packed bytes; NULL: they do not lie within the others. */
static const char *find_body(const char *bytes, size_t length, const struct entry_facts *facts)
{
    size_t offset = facts->offset;
    if (offset > length || length - offset < LOCAL_BYTES || get(bytes + offset, 4) != LOCAL_MARK) {
        return NULL;
    }
    offset += LOCAL_BYTES + get(bytes + offset + 26, 2) + get(bytes + offset + 28, 2);
    return offset <= length && length - offset >= facts->packed_length ? bytes + offset : NULL;
}

static bool unpack(const char *body, const struct entry_facts *facts, char *file)
{
    if (facts->method == METHOD_STORED) {
        memcpy(file, body, facts->length);
        return facts->length == facts->packed_length;
    }
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    bool is_whole = decompressor && facts->method == METHOD_DEFLATED &&
                    libdeflate_deflate_decompress(decompressor, body, facts->packed_length, file,
                                                  facts->length, NULL) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(decompressor);
    return is_whole;
}

/** A file with a NUL behind it that is not counted. */
static char *take_file(const char *body, const struct entry_facts *facts, struct fault *fault)
{
    bool is_sound = body && (facts->method != METHOD_STORED || facts->length == facts->packed_length);
    char *file = is_sound ? memory_try_new((size_t)facts->length + 1, 1) : NULL;
    if (file && unpack(body, facts, file) && libdeflate_crc32(0, file, facts->length) == facts->sum) {
        return file;
    }
    fault_set(fault, is_sound && !file ? FAULT_MEMORY : FAULT_INPUT,
              is_sound && !file ? "no memory for a file of the ZIP" : "the ZIP is damaged");
    free(file);
    return NULL;
}

char *zip_read(const char *bytes, size_t length, size_t index, size_t most_bytes, size_t *file_length,
               struct fault *fault)
{
    if (index >= zip_count(bytes, length)) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no file %zu: there are %zu", index + 1,
                  zip_count(bytes, length));
        return NULL;
    }
    const char *entry = find_entry(bytes, length, index);
    if (!entry) {
        fault_set(fault, FAULT_INPUT, "the directory of the ZIP is damaged");
        return NULL;
    }
    struct entry_facts facts = {get(entry + 10, 2), get(entry + 16, 4), get(entry + 20, 4),
                                get(entry + 24, 4), get(entry + 42, 4)};
    if (facts.length > most_bytes) {
        fault_set(fault, FAULT_LIMIT, "file %zu of the ZIP has %u bytes, more than %zu", index + 1,
                  facts.length, most_bytes);
        return NULL;
    }
    *file_length = facts.length;
    return take_file(find_body(bytes, length, &facts), &facts, fault);
}
