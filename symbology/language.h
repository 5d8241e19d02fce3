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

/** One language, or a first and a second one in which the same is said smaller. */
struct language_pair {
    enum language first;
    bool has_second;
    enum language second;
};

/** "nl", "nl,en". False: a code is unknown or there twice, or there are more than two. */
bool language_pair_parse(const char *text, struct language_pair *pair);

/** A text in some languages; an empty one falls back to Dutch, then to any. Texts are owned. */
struct multilingual {
    char *texts[LANGUAGE_COUNT];
};

/** Never NULL; "" when there is no text at all. */
const char *multilingual_text(const struct multilingual *text, enum language language);
void multilingual_finish(struct multilingual *text);

#endif
