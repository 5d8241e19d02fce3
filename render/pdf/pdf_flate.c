#include "render/pdf/pdf_flate.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"

#define LEVEL 6

char *pdf_flate(const void *bytes, size_t length, size_t *packed_length, struct fault *fault)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t bound = compressor ? libdeflate_zlib_compress_bound(compressor, length) : 0;
    char *packed = compressor ? memory_try_new(bound, 1) : NULL;
    *packed_length = packed ? libdeflate_zlib_compress(compressor, bytes, length, packed, bound) : 0;
    libdeflate_free_compressor(compressor);
    if (*packed_length == 0) {
        free(packed);
        fault_set(fault, FAULT_MEMORY, "no memory to pack %zu bytes", length);
        return NULL;
    }
    return packed;
}
