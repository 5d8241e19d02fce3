/* Short texts of addresses, bodies and files that one function reads: all of them get each text. */
#include "tests/fuzz/fuzz.h"

#include "data/marking.h"
#include "geo/base/moment.h"
#include "geo/base/number.h"
#include "geo/crs_code.h"
#include "render/service/briefing/briefing_news.h"
#include "render/service/protocol/palette_wish.h"
#include "render/service/protocol/symbol_choice.h"
#include "render/service/seed/seed_state.h"
#include "render/service/worker/order_since.h"
#include "symbology/colour.h"
#include "symbology/import/css_colour.h"
#include "symbology/language.h"
#include "symbology/symbol_pin.h"
#include "symbology/symbol_search.h"

static void read_moment(const char *text)
{
    int64_t moment_ms;
    int64_t again_ms;
    char written[32];
    if (moment_parse(text, &moment_ms, NULL)) {
        moment_format(moment_ms, written);
        bool is_good = moment_parse(written, &again_ms, NULL);
        assert(is_good && moment_ms == again_ms);
        moment_format_local(moment_ms, written);
    }
}

static void read_codes(const char *text)
{
    struct fault fault;
    struct symbol_pin pin;
    char crs[32];
    char code[512];
    crs_code_read(text, crs, &fault);
    symbol_pin_parse(text, &pin, &fault);
    const struct symbol_set *set = symbol_choice_set(fuzz_symbols(), text, &fault);
    set = set ? set : symbol_library_default(fuzz_symbols());
    symbol_choice_complete(set, text, code, sizeof code, &fault);
}

static void read_states(const char *text)
{
    struct fault fault;
    struct order_since since = {0};
    struct briefing_state briefing;
    struct seed_state seed;
    order_since_parse(text, &since, &fault);
    briefing_state_parse(text, "2026-10-08T10:30:00Z", &briefing);
    if (seed_state_parse(&seed, text)) {
        seed_state_finish(&seed);
    }
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count, (void)arguments;
    fuzz_symbols();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double number;
    struct colour colour;
    struct palette_wish palette;
    enum marking marking;
    struct language_pair languages = {.first = LANGUAGE_NL};
    struct fault fault;
    char *text = fuzz_text(data, size);
    number_parse(text, &number);
    colour_parse(text, &colour, &fault);
    css_colour_parse(text, &colour);
    palette_wish_read(text, &palette, &fault);
    marking_parse(text, &marking);
    language_pair_parse(text, &languages);
    read_moment(text);
    read_codes(text);
    read_states(text);
    free(text);
    return 0;
}
