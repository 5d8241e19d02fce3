/* A folder with a symbol set that may extend the Dutch one. */
#include "tests/fuzz/fuzz.h"

#include "symbology/symbol_set.h"

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct problems problems;
    fuzz_file("set.yaml", data, size);
    problems_init(&problems);
    struct symbol_set *set = symbol_set_read(fuzz_folder(), fuzz_symbols(), &problems);
    for (size_t i = 0; set && i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        assert(symbol_set_find(set, entry->id) == entry);
    }
    symbol_set_free(set);
    problems_finish(&problems);
    return 0;
}
