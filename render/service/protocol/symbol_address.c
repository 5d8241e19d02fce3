#include "render/service/protocol/symbol_address.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/http/request.h"
#include "render/service/protocol/symbol_choice.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define CODE_MOST_BYTES 4096

const struct symbol_set *symbol_address_set(const struct symbol_library *symbols,
                                            const struct request *request, bool *is_lasting,
                                            struct fault *fault)
{
    const char *text = request_value(request, "set");
    const struct symbol_set *set = symbol_choice_set(symbols, text, fault);
    *is_lasting = set && strchr(text, '@') && !symbol_library_folder(symbols, set);
    return set;
}

bool symbol_address_check_keys(const struct request *request, struct fault *fault)
{
    static const char *const keys[] = {"st", "tr", "rot", "lod"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *text = request_parameter(request, keys[i]);
        if (text) {
            fault_set(fault, FAULT_INPUT,
                      "'%s' is a part of the code, not a parameter: ask for '%.80s;%s=%.20s'", keys[i],
                      request_value(request, "code"), keys[i], text);
            return false;
        }
    }
    return true;
}

/* A text of the parameters as part of a code. */
static void append_slot(struct buffer *code, enum text_slot slot, const char *text)
{
    buffer_appendf(code, ";%s=", text_slot_key(slot));
    for (; *text; text++) {
        const char *escaped = *text == ';' ? "%3B" : *text == '%' ? "%25" : NULL;
        buffer_append(code, escaped ? escaped : text, escaped ? 3 : 1);
    }
}

static char *write_code(const struct symbol_set *set, const struct request *request)
{
    struct buffer code;
    char set_code[SYMBOL_SET_CODE_BYTES];
    buffer_init(&code, CODE_MOST_BYTES);
    buffer_appendf(&code, "%s/%s", symbol_choice_write_set(set, set_code), request_value(request, "code"));
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        const char *text = request_parameter(request, text_slot_key((enum text_slot)slot));
        if (text) {
            append_slot(&code, (enum text_slot)slot, text);
        }
    }
    return buffer_take(&code, &(size_t){0});
}

bool symbol_address_read(const struct symbol_library *symbols, const struct request *request,
                         struct symbol_address *address, struct fault *fault)
{
    *address = (struct symbol_address){0};
    address->set = symbol_address_set(symbols, request, &address->is_lasting, fault);
    if (!address->set) {
        return false;
    }
    address->text = write_code(address->set, request);
    if (!symbol_code_parse(address->text, &address->code, fault)) {
        address->code = (struct symbol_code){0};
        return false;
    }
    address->entry = symbol_library_resolve(symbols, &address->code, fault);
    return address->entry != NULL;
}

void symbol_address_finish(struct symbol_address *address)
{
    symbol_code_finish(&address->code);
    free(address->text);
    *address = (struct symbol_address){0};
}
