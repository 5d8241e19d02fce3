/*
 * fault.c - every fault passes through fault_set(), so one breakpoint sees them all.
 */
#include "geo/base/fault.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* A sentence that was cut must not end in half a character. */
static void drop_half_character(char *text, size_t capacity)
{
    size_t length = strlen(text);
    if (length + 1 < capacity) {
        return;
    }
    while (length > 0 && ((unsigned char)text[length - 1] & 0xC0) == 0x80) {
        length--;
    }
    if (length > 0 && (unsigned char)text[length - 1] >= 0xC0) {
        length--;
    }
    text[length] = '\0';
}

void fault_set(struct fault *fault, enum fault_code code, const char *format, ...)
{
    assert(code != FAULT_NONE);
    if (!fault) {
        return;
    }
    /* Written aside first: an argument may be the message of this very fault. */
    char message[sizeof fault->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    drop_half_character(message, sizeof message);
    fault->code = code;
    memcpy(fault->message, message, sizeof message);
}

void fault_prefix(struct fault *fault, const char *format, ...)
{
    if (!fault) {
        return;
    }
    char prefix[sizeof fault->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(prefix, sizeof prefix, format, arguments);
    va_end(arguments);
    char whole[2 * sizeof fault->message];
    snprintf(whole, sizeof whole, "%s%s", prefix, fault->message);
    memcpy(fault->message, whole, sizeof fault->message - 1);
    fault->message[sizeof fault->message - 1] = '\0';
    drop_half_character(fault->message, sizeof fault->message);
}

const char *fault_code_name(enum fault_code code)
{
    static const char *const names[] = {
        [FAULT_NONE] = "none",       [FAULT_INPUT] = "input",       [FAULT_NOT_FOUND] = "not-found",
        [FAULT_OUTSIDE] = "outside", [FAULT_LIMIT] = "limit",       [FAULT_CONFLICT] = "conflict",
        [FAULT_DENIED] = "denied",   [FAULT_DEADLINE] = "deadline", [FAULT_UNAVAILABLE] = "unavailable",
        [FAULT_MEMORY] = "memory",   [FAULT_INTERNAL] = "internal",
    };
    assert((size_t)code < sizeof names / sizeof names[0]);
    return names[code];
}
