#include "render/service/protocol/symbol_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define KNOWN_MOST_BYTES 300
#define VERSION_MOST 9999

char *symbol_choice_write_set(const struct symbol_set *set, char text[static SYMBOL_SET_CODE_BYTES])
{
    snprintf(text, SYMBOL_SET_CODE_BYTES, "%.16s@%d", symbol_set_name(set), symbol_set_version(set));
    return text;
}

/* Name and version of "nl@1"; version 0: the newest. False when it is neither. */
static bool split(const char *text, char name[static SYMBOL_SET_CODE_BYTES], int *version)
{
    size_t length = strcspn(text, "@");
    if (length == 0 || length >= SYMBOL_SET_CODE_BYTES) {
        return false;
    }
    memcpy(name, text, length);
    name[length] = '\0';
    *version = 0;
    if (text[length] == '\0') {
        return true;
    }
    const char *digits = text + length + 1;
    char *end;
    long number = *digits >= '1' && *digits <= '9' ? strtol(digits, &end, 10) : 0;
    *version = (int)number;
    return number >= 1 && number <= VERSION_MOST && *end == '\0';
}

static const struct symbol_set *find(const struct symbol_library *symbols, const char *text)
{
    char name[SYMBOL_SET_CODE_BYTES];
    int version;
    return split(text, name, &version) ? symbol_library_find(symbols, name, version) : NULL;
}

static void refuse(const struct symbol_library *symbols, const char *text, struct fault *fault)
{
    struct buffer known;
    char code[SYMBOL_SET_CODE_BYTES];
    buffer_init(&known, KNOWN_MOST_BYTES);
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        buffer_appendf(&known, "%s%s", i ? ", " : "",
                       symbol_choice_write_set(symbol_library_at(symbols, i), code));
    }
    fault_set(fault, FAULT_NOT_FOUND, "there is no symbol set '%.40s'; there is: %s", text, known.bytes);
    buffer_finish(&known);
}

const struct symbol_set *symbol_choice_set(const struct symbol_library *symbols, const char *text,
                                           struct fault *fault)
{
    const struct symbol_set *set = text ? find(symbols, text) : symbol_library_default(symbols);
    if (!set) {
        refuse(symbols, text, fault);
    }
    return set;
}

bool symbol_choice_complete(const struct symbol_set *set, const char *text, char *code, size_t capacity,
                            struct fault *fault)
{
    bool is_whole = memchr(text, '@', strcspn(text, ";")) != NULL;
    int length =
        is_whole ? snprintf(code, capacity, "%s", text)
                 : snprintf(code, capacity, "%s@%d/%s", symbol_set_name(set), symbol_set_version(set), text);
    if (length >= 0 && (size_t)length < capacity) {
        return true;
    }
    fault_set(fault, FAULT_LIMIT, "the code is longer than %zu bytes", capacity - 1);
    return false;
}

bool symbol_choice_has_group(const struct symbol_set *set, const char *group)
{
    size_t i = 0;
    while (i < symbol_set_count(set) && strcmp(symbol_set_at(set, i)->group, group) != 0) {
        i++;
    }
    return i < symbol_set_count(set);
}
