/* Codes of symbols, from addresses and features; a code that is known is drawn too. */
#include "tests/fuzz/fuzz.h"

#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

static void draw(const struct symbol_entry *entry, const struct symbol_code *code)
{
    struct symbol_drawing drawing;
    bool is_drawn = entry->geometry == GEOMETRY_POINT
                        ? symbol_compose(entry, code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL)
                        : symbol_compose_swatch(entry, code, PALETTE_DEFAULT, 96, 48, &drawing, NULL);
    if (is_drawn) {
        symbol_drawing_finish(&drawing);
    }
    free(symbol_label(entry, code, DETAIL_FULL));
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct symbol_code code;
    struct symbol_code again;
    struct fault fault;
    char *text = fuzz_text(data, size);
    if (symbol_code_parse(text, &code, &fault)) {
        char letters[SYMBOL_LETTERS_BYTES];
        char *written = symbol_code_format(&code, true);
        bool is_good = symbol_code_parse(written, &again, &fault);
        assert(is_good && symbol_code_equals(&code, &again));
        symbol_code_letters(&code, letters);
        const struct symbol_entry *entry = symbol_library_resolve(fuzz_symbols(), &code, &fault);
        if (entry) {
            draw(entry, &code);
        }
        symbol_code_finish(&again);
        symbol_code_finish(&code);
        free(written);
    }
    free(text);
    return 0;
}
