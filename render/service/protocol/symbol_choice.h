/*
 * symbol_choice.h - which set and which symbol somebody means by a few letters: "nl@1", "nl", "bw.ugs".
 */
#ifndef RENDER_SERVICE_SYMBOL_CHOICE_H
#define RENDER_SERVICE_SYMBOL_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

struct fault;
struct symbol_library;
struct symbol_set;

/**
 * "nl@1", or "nl" for its newest version; NULL: the default set. NOT_FOUND names those that there are.
 * Borrowed.
 */
const struct symbol_set *symbol_choice_set(const struct symbol_library *symbols, const char *text,
                                           struct fault *fault);

/** "nl@1": room for any name and version. */
#define SYMBOL_SET_CODE_BYTES 32
char *symbol_choice_write_set(const struct symbol_set *set, char text[static SYMBOL_SET_CODE_BYTES]);

/** Has the set symbols of a group? */
bool symbol_choice_has_group(const struct symbol_set *set, const char *group);

/** "bw.ugs;st=planned" as a whole code of a set, "nl@1/bw.ugs;st=planned"; a whole one stays. LIMIT: too
 * long. */
bool symbol_choice_complete(const struct symbol_set *set, const char *text, char *code, size_t capacity,
                            struct fault *fault);

#endif
