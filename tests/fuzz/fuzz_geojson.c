/* Features as a stranger posts them; what was read is written, and read again it is the same. */
#include "tests/fuzz/fuzz.h"

#include "data/geojson.h"
#include "geo/base/buffer.h"
#include "symbology/symbol_pin.h"

#define WRITTEN_MOST_BYTES (64u << 20)

static bool read_all(const char *json, size_t length, struct feature_list *list)
{
    struct symbol_scope scope = {.library = fuzz_symbols(), .pin = {"nl", 1}};
    struct problems problems;
    problems_init(&problems);
    bool is_good = geojson_read("body", json, length, geojson_limits_default(), &scope, list, &problems);
    assert(is_good == (problems.error_count == 0));
    problems_finish(&problems);
    return is_good;
}

static void write_all(const struct feature_list *list, struct buffer *text)
{
    buffer_init(text, WRITTEN_MOST_BYTES);
    geojson_write_collection((const struct feature *const *)list->items, list->count, text);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct feature_list list = {0};
    struct feature_list again = {0};
    struct buffer text;
    char *json = fuzz_text(data, size);
    if (read_all(json, size, &list)) {
        write_all(&list, &text);
        bool is_good = read_all(text.bytes, text.length, &again);
        assert(is_good && again.count == list.count);
        buffer_finish(&text);
    }
    feature_list_finish(&again);
    feature_list_finish(&list);
    free(json);
    return 0;
}
