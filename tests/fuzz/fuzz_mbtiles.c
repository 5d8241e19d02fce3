/* Packages of tiles of others: a whole MBTiles file, which is one of SQLite. */
#include "tests/fuzz/fuzz.h"

#include "tests/fuzz/package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    package_read(fuzz_file("tiles.mbtiles", data, size));
    return 0;
}
