/*
 * language.c - one table of codes; the order of falling back is Dutch, then that of the enum.
 */
#include "symbology/language.h"

#include <stdlib.h>
#include <string.h>

static const char *const codes[LANGUAGE_COUNT] = {"nl", "en", "fr", "de"};

const char *language_code(enum language language)
{
    return codes[language];
}

bool language_parse(const char *code, enum language *language)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (strcmp(code, codes[i]) == 0) {
            *language = (enum language)i;
            return true;
        }
    }
    return false;
}

bool language_pair_parse(const char *text, struct language_pair *pair)
{
    char first[3] = {0};
    const char *comma = strchr(text, ',');
    *pair = (struct language_pair){.has_second = comma != NULL};
    if (!comma) {
        return language_parse(text, &pair->first);
    }
    if (comma - text != 2) {
        return false;
    }
    memcpy(first, text, 2);
    return language_parse(first, &pair->first) && language_parse(comma + 1, &pair->second) &&
           pair->first != pair->second;
}

static bool has_text(const struct multilingual *text, enum language language)
{
    return text->texts[language] && text->texts[language][0] != '\0';
}

const char *multilingual_text(const struct multilingual *text, enum language language)
{
    if (has_text(text, language)) {
        return text->texts[language];
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (has_text(text, (enum language)i)) {
            return text->texts[i];
        }
    }
    return "";
}

void multilingual_finish(struct multilingual *text)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        free(text->texts[i]);
        text->texts[i] = NULL;
    }
}
