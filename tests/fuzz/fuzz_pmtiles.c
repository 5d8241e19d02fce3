/* Packages of tiles of others: a whole PMTiles file, and (with 'd' before it) a directory alone. */
#include "tests/fuzz/fuzz.h"

#include "render/service/seed/pmtiles_directory.h"
#include "tests/fuzz/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count;
    struct fault fault;
    if (size > 0 && data[0] == 'd') {
        char *bytes = fuzz_text(data + 1, size - 1);
        free(pmtiles_directory_read(bytes, size - 1, &count, &fault));
        free(bytes);
        return 0;
    }
    package_read(fuzz_file("tiles.pmtiles", data, size));
    return 0;
}
