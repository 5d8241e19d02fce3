/* Words that somebody looks symbols up by: a letter for the language, then the words. */
#include "tests/fuzz/fuzz.h"

#include "symbology/symbol_search.h"
#include "symbology/symbol_set.h"

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct symbol_set *set = symbol_library_default(fuzz_symbols());
    size_t count = symbol_set_count(set);
    if (size == 0) {
        return 0;
    }
    char *words = fuzz_text(data + 1, size - 1);
    char hint[SYMBOL_HINT_BYTES];
    const struct symbol_entry **entries = memory_new(count, sizeof(*entries));
    struct symbol_search search = {.words = words, .language = (enum language)(data[0] % LANGUAGE_COUNT)};
    assert(symbol_search_run(set, &search, entries) <= count);
    symbol_set_hint(set, words, hint);
    free(entries);
    free(words);
    return 0;
}
