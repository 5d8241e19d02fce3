/* Geometries of the store, which other programs write too. */
#include "tests/fuzz/fuzz.h"

#include "data/store_gpkg_blob.h"
#include "geo/shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault;
    char *bytes = fuzz_text(data, size);
    struct shape *shape = gpkg_blob_read(bytes, size, &fault);
    if (shape) {
        shape_free(shape);
    }
    free(bytes);
    return 0;
}
