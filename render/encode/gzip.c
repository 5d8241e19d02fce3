/*
 * gzip.c - by libdeflate, whole pieces at a time. How long the bytes were stands in the last four.
 */
#include "render/encode/gzip.h"

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define LEVEL 6
#define LEAST_BYTES 18 /* header and trailer */

/** How a container is packed. */
struct packing {
    size_t (*bound)(struct libdeflate_compressor *compressor, size_t length);
    size_t (*pack)(struct libdeflate_compressor *compressor, const void *bytes, size_t length, void *packed,
                   size_t room);
};

static char *pack(struct packing packing, const void *bytes, size_t length, size_t *packed_length,
                  struct fault *fault)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t bound = compressor ? packing.bound(compressor, length) : 0;
    char *packed = compressor ? memory_try_new(bound, 1) : NULL;
    *packed_length = packed ? packing.pack(compressor, bytes, length, packed, bound) : 0;
    libdeflate_free_compressor(compressor);
    if (*packed_length == 0) {
        free(packed);
        fault_set(fault, FAULT_MEMORY, "no memory to pack %zu bytes", length);
        return NULL;
    }
    return packed;
}

char *gzip_pack(const char *bytes, size_t length, size_t *packed_length, struct fault *fault)
{
    struct packing gzip = {libdeflate_gzip_compress_bound, libdeflate_gzip_compress};
    return pack(gzip, bytes, length, packed_length, fault);
}

char *zlib_pack(const void *bytes, size_t length, size_t *packed_length, struct fault *fault)
{
    struct packing zlib = {libdeflate_zlib_compress_bound, libdeflate_zlib_compress};
    return pack(zlib, bytes, length, packed_length, fault);
}

static size_t told_length(const unsigned char *end)
{
    return (size_t)end[-4] | (size_t)end[-3] << 8 | (size_t)end[-2] << 16 | (size_t)end[-1] << 24;
}

char *gzip_unpack(const char *packed, size_t packed_length, size_t most_bytes, size_t *length,
                  struct fault *fault)
{
    *length = packed_length < LEAST_BYTES ? 0 : told_length((const unsigned char *)packed + packed_length);
    if (*length > most_bytes) {
        fault_set(fault, FAULT_LIMIT, "the packed bytes are %zu unpacked, more than %zu", *length,
                  most_bytes);
        return NULL;
    }
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *bytes = memory_try_new(*length + 1, 1);
    if (!decompressor || !bytes) {
        fault_set(fault, FAULT_MEMORY, "no memory for %zu unpacked bytes", *length);
        free(bytes);
        bytes = NULL;
    } else if (packed_length < LEAST_BYTES ||
               libdeflate_gzip_decompress(decompressor, packed, packed_length, bytes, *length, NULL) !=
                   LIBDEFLATE_SUCCESS) {
        fault_set(fault, FAULT_INPUT, "the packed bytes are damaged");
        free(bytes);
        bytes = NULL;
    }
    libdeflate_free_decompressor(decompressor);
    return bytes;
}
