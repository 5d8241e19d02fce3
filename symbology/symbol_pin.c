/*
 * symbol_pin.c - what a set may be called is known to the parser of codes, so it is asked.
 */
#include "symbology/symbol_pin.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_code_names.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define ANY_ENTITY "x.x"

bool symbol_pin_parse(const char *text, struct symbol_pin *pin, struct fault *fault)
{
    char whole[SYMBOL_PIN_BYTES + sizeof("/" ANY_ENTITY)];
    struct symbol_code code = {.version = 0};
    *pin = (struct symbol_pin){.version = 0};
    bool is_pin = strlen(text) < SYMBOL_PIN_BYTES && !strpbrk(text, "/;");
    snprintf(whole, sizeof whole, "%.*s/" ANY_ENTITY, SYMBOL_PIN_BYTES - 1, text);
    if (is_pin && symbol_code_parse(whole, &code, NULL)) {
        memcpy(pin->set, code.set, sizeof pin->set);
        pin->version = code.version;
        symbol_code_finish(&code);
        return true;
    }
    fault_set(fault, FAULT_INPUT, "'%.60s' must be a symbol set and its version, as in nl@1", text);
    return false;
}

void symbol_pin_format(const struct symbol_pin *pin, char text[static SYMBOL_PIN_BYTES])
{
    text[0] = '\0';
    if (pin->version > 0) {
        snprintf(text, SYMBOL_PIN_BYTES, "%s@%d", pin->set, pin->version);
    }
}

bool symbol_pin_equals(const struct symbol_pin *a, const struct symbol_pin *b)
{
    return a->version == b->version && strcmp(a->set, b->set) == 0;
}

struct symbol_pin symbol_pin_default(const struct symbol_library *library)
{
    const struct symbol_set *set = symbol_library_default(library);
    struct symbol_pin pin = {.version = symbol_set_version(set)};
    snprintf(pin.set, sizeof pin.set, "%s", symbol_set_name(set));
    return pin;
}

static bool names_no_set(const char *text)
{
    const char *end = text + strcspn(text, ";");
    return !memchr(text, '@', (size_t)(end - text)) && !memchr(text, '/', (size_t)(end - text));
}

/* A text that is too long is left to the parser, which says so. */
bool symbol_scope_parse(const struct symbol_scope *scope, const char *text, struct symbol_code *code,
                        struct fault *fault)
{
    char whole[2 * SYMBOL_CODE_MOST_BYTES];
    bool is_short = scope->pin.version > 0 && names_no_set(text) && strlen(text) <= SYMBOL_CODE_MOST_BYTES;
    if (!is_short) {
        return symbol_code_parse(text, code, fault);
    }
    snprintf(whole, sizeof whole, "%s@%d/%s", scope->pin.set, scope->pin.version, text);
    return symbol_code_parse(whole, code, fault);
}

static bool is_present(const struct symbol_scope *scope, const char *feature_id,
                       const struct symbol_code *code)
{
    const struct symbol_code *present =
        scope->find_present ? scope->find_present(feature_id, scope->context) : NULL;
    return present && present->version == code->version && strcmp(present->set, code->set) == 0 &&
           strcmp(present->entity, code->entity) == 0;
}

bool symbol_scope_check(const struct symbol_scope *scope, const char *feature_id,
                        const struct symbol_code *code, struct fault *fault)
{
    const struct symbol_pin *pin = &scope->pin;
    bool is_same_set = pin->version > 0 && strcmp(code->set, pin->set) == 0;
    if (!is_same_set || code->version == pin->version || is_present(scope, feature_id, code)) {
        return true;
    }
    if (scope->library && !symbol_library_find(scope->library, code->set, code->version)) {
        return symbol_library_resolve(scope->library, code, fault) != NULL;
    }
    fault_set(fault, FAULT_INPUT,
              "'%s@%d/%s' is of another version of the set than the plot, which is drawn with %s@%d "
              "('plottafel symbols migrate' moves a plot to another version)",
              code->set, code->version, code->entity, pin->set, pin->version);
    return false;
}
