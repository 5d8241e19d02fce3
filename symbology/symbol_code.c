/*
 * symbol_code.c - the words of the code, its lifetime, and writing it. Reading: symbol_code_parse.c.
 */
#include "symbology/symbol_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "symbology/symbol_code_names.h"

const char *const symbol_status_names[STATUS_COUNT + 1] = {
    "present", "planned", "ended", "unknown", "closed", "damaged", "destroyed", "full", NULL};
const char *const symbol_trust_names[TRUST_COUNT + 1] = {"reported", "verified", "unverified", NULL};
const char *const symbol_detail_names[5] = {"", "full", "small", "dot", NULL};
static const char *const slot_keys[SLOT_COUNT] = {"n", "c", "t", "o", "h", "v", "r"};
static const char *const slot_titles[SLOT_COUNT] = {"name",         "count",      "time",  "organisation",
                                                    "hazard plate", "casualties", "remark"};

const char *text_slot_key(enum text_slot slot)
{
    return slot_keys[slot];
}

const char *text_slot_title(enum text_slot slot)
{
    return slot_titles[slot];
}

const char *symbol_status_name(enum symbol_status status)
{
    return symbol_status_names[status];
}

void symbol_code_finish(struct symbol_code *code)
{
    for (int i = 0; i < SLOT_COUNT; i++) {
        free(code->texts[i]);
    }
    *code = (struct symbol_code){.version = 0};
}

void symbol_code_letters(const struct symbol_code *code, char letters[static SYMBOL_LETTERS_BYTES])
{
    const char *dot = strchr(code->entity, '.');
    const char *name = dot ? dot + 1 : code->entity;
    int length = 0;
    for (; *name != '\0' && length < SYMBOL_LETTERS_BYTES - 1; name++) {
        if ((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9')) {
            letters[length++] = *name >= 'a' ? (char)(*name - 'a' + 'A') : *name;
        }
    }
    letters[length] = '\0';
}

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

bool symbol_code_equals(const struct symbol_code *a, const struct symbol_code *b)
{
    bool is_equal = a->version == b->version && a->status == b->status && a->trust == b->trust &&
                    a->detail == b->detail && a->rotation_deg == b->rotation_deg &&
                    strcmp(a->set, b->set) == 0 && strcmp(a->entity, b->entity) == 0;
    for (int i = 0; is_equal && i < SLOT_COUNT; i++) {
        is_equal = strcmp(text_or_empty(a->texts[i]), text_or_empty(b->texts[i])) == 0;
    }
    return is_equal;
}

/* The fewest decimals that read back as the same number; very small numbers need an exponent. */
static void append_rotation(struct buffer *buffer, double degrees)
{
    char text[32];
    for (int decimals = 0; decimals <= 15; decimals++) {
        snprintf(text, sizeof text, "%.*f", decimals, degrees);
        if (strtod(text, NULL) == degrees) {
            buffer_appendf(buffer, ";rot=%s", text);
            return;
        }
    }
    buffer_appendf(buffer, ";rot=%.17g", degrees);
}

static void append_text(struct buffer *buffer, const char *key, const char *text)
{
    buffer_appendf(buffer, ";%s=", key);
    for (; *text != '\0'; text++) {
        if (*text == ';' || *text == '%') {
            buffer_append_text(buffer, *text == ';' ? "%3B" : "%25");
        } else {
            buffer_append(buffer, text, 1);
        }
    }
}

char *symbol_code_format(const struct symbol_code *code, bool with_texts)
{
    struct buffer buffer;
    buffer_init(&buffer, 16 * SYMBOL_CODE_MOST_BYTES);
    buffer_appendf(&buffer, "%s@%d/%s", code->set, code->version, code->entity);
    if (code->status != STATUS_PRESENT) {
        buffer_appendf(&buffer, ";st=%s", symbol_status_names[code->status]);
    }
    if (code->trust != TRUST_REPORTED) {
        buffer_appendf(&buffer, ";tr=%s", symbol_trust_names[code->trust]);
    }
    if (code->rotation_deg != 0) {
        append_rotation(&buffer, code->rotation_deg);
    }
    if (code->detail != DETAIL_BY_SCALE) {
        buffer_appendf(&buffer, ";lod=%s", symbol_detail_names[code->detail]);
    }
    for (int i = 0; with_texts && i < SLOT_COUNT; i++) {
        if (code->texts[i] && code->texts[i][0] != '\0') {
            append_text(&buffer, slot_keys[i], code->texts[i]);
        }
    }
    return buffer_take(&buffer, NULL);
}
