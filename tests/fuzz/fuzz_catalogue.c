/* A catalogue, its styles, and the maps beside it: two YAML files with a line "---maps" between. */
#include "tests/fuzz/fuzz.h"

#include "data/catalogue.h"
#include "data/map.h"

static const char cut[] = "---maps\n";

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct problems problems;
    const uint8_t *maps_start = memmem(data, size, cut, strlen(cut));
    size_t length = maps_start ? (size_t)(maps_start - data) : size;
    problems_init(&problems);
    struct catalogue *catalogue = catalogue_read(fuzz_file("catalogue.yaml", data, length), &problems);
    if (catalogue) {
        catalogue_check_symbols(catalogue, fuzz_symbols(), &problems);
    }
    if (maps_start) {
        const char *path = fuzz_file("maps.yaml", maps_start + strlen(cut), size - length - strlen(cut));
        struct maps *maps = maps_read(path, catalogue, &problems);
        for (size_t i = 0; maps && i < maps_count(maps); i++) {
            free(map_credits(maps_at(maps, i)));
        }
        maps_free(maps);
    }
    catalogue_free(catalogue);
    problems_finish(&problems);
    return 0;
}
