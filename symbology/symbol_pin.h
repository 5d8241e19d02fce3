/*
 * symbol_pin.h - one version of one symbol set by name, "nl@1": what a plot is drawn with.
 *
 * A plot keeps its pin when newer versions come, so it keeps its look. In its features a code may leave the
 * set out: "bw.ugs;st=planned" is then of the pinned set. What is stored names set and version always.
 */
#ifndef SYMBOLOGY_SYMBOL_PIN_H
#define SYMBOLOGY_SYMBOL_PIN_H

#include <stdbool.h>

struct fault;
struct symbol_code;
struct symbol_library;

#define SYMBOL_PIN_BYTES 32 /* of its text, with the NUL */

struct symbol_pin {
    char set[16]; /* "nl" */
    int version;  /* 0: nothing is pinned */
};

/** "nl@1". INPUT when it is anything else. */
bool symbol_pin_parse(const char *text, struct symbol_pin *pin, struct fault *fault);

/** "nl@1"; "" when nothing is pinned. */
void symbol_pin_format(const struct symbol_pin *pin, char text[static SYMBOL_PIN_BYTES]);
bool symbol_pin_equals(const struct symbol_pin *a, const struct symbol_pin *b);

/** That of symbol_library_default(): the pin of a plot that names none when it is made. */
struct symbol_pin symbol_pin_default(const struct symbol_library *library);

/** The symbols that the features of a plot may have. Borrows the library. */
struct symbol_scope {
    const struct symbol_library *library;
    struct symbol_pin pin; /* version 0: codes must name their set */

    /* The code that the feature of an id ("": not said) has already, or NULL. No function: all are new. */
    const struct symbol_code *(*find_present)(const char *feature_id, const void *context);
    const void *context;
};

/**
 * Reads the code of a feature. One without a set is of the pinned one. INPUT for all that symbol_code_parse()
 * refuses. Whether the set knows the entity is not asked. symbol_code_finish() the code.
 */
bool symbol_scope_parse(const struct symbol_scope *scope, const char *text, struct symbol_code *code,
                        struct fault *fault);

/**
 * May the feature of an id have this code? INPUT for another version of the pinned set, NOT_FOUND for one
 * that the library has not; but a symbol that the feature has already may stay: a plot that moved to another
 * version keeps what that one lacks.
 */
bool symbol_scope_check(const struct symbol_scope *scope, const char *feature_id,
                        const struct symbol_code *code, struct fault *fault);

#endif
