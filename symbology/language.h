/*
 * language.h - the languages in which a map speaks.
 */
#ifndef SYMBOLOGY_LANGUAGE_H
#define SYMBOLOGY_LANGUAGE_H

#include <stdbool.h>

enum language { LANGUAGE_NL, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_DE, LANGUAGE_COUNT };

/** "nl", "en", "fr", "de" */
const char *language_code(enum language language);
bool language_parse(const char *code, enum language *language);

/** A text in some languages; an empty one falls back to Dutch, then to any. Texts are owned. */
struct multilingual {
    char *texts[LANGUAGE_COUNT];
};

/** Never NULL; "" when there is no text at all. */
const char *multilingual_text(const struct multilingual *text, enum language language);
void multilingual_finish(struct multilingual *text);

#endif
