/*
 * options.h - the words behind a command, read by its table of options.
 *
 * "--name value", "--name=value", "-o value" and "-ovalue" are understood; "--" ends the options. Each may be
 * given once.
 * --config and --help belong to every command.
 */
#ifndef RENDER_SERVICE_OPTIONS_H
#define RENDER_SERVICE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbology/language.h"

struct command;
struct fault;
struct point;

struct option {
    const char *name; /* "bbox"; NULL ends the table */
    char letter;      /* 'o' for -o; 0: none */
    bool is_required;
    const char *value;    /* how help calls it: "FILE"; NULL: it takes none */
    const char *sentence; /* for help */
};

/** --config and --help. Ends with a NULL name. */
extern const struct option options_common[];

struct options {
    const struct command *command; /* borrowed for ever */
    const char **values;    /* owned array of borrowed texts; in the order of the tables; NULL: not given */
    const char **arguments; /* owned array of borrowed texts: what is no option */
    int argument_count;
};

/**
 * Reads words by the table of the command. The words must outlive the options.
 * @return false with an INPUT fault; options_finish() in either case
 */
bool options_read(const struct command *command, int word_count, char **words, struct options *options,
                  struct fault *fault);
void options_finish(struct options *options);

bool options_has(const struct options *options, const char *name);

/** The value that was given; NULL without one. Asking for a name that is in no table is a bug. */
const char *options_value(const struct options *options, const char *name);

/*
 * Values with a meaning. One that was not given leaves the result as it is; a wrong one is an INPUT fault
 * that names the option.
 */
bool options_number(const struct options *options, const char *name, double least, double most,
                    double *number, struct fault *fault);
bool options_integer(const struct options *options, const char *name, int least, int most, int *number,
                     struct fault *fault);
bool options_moment(const struct options *options, int64_t *moment_ms, struct fault *fault); /* --as-of */
bool options_language(const struct options *options, enum language *language, struct fault *fault);

/** --language with one or two codes: "nl", "nl,en" */
bool options_languages(const struct options *options, struct language_pair *languages, struct fault *fault);

/** "1,2,3": exactly count finite numbers. */
bool options_numbers(const struct options *options, const char *name, size_t count, double *numbers,
                     struct fault *fault);

/** "WxH" with an 'x' between, "6-12" with a '-'; one number alone stands for both when is_single_allowed. */
struct options_pair {
    char between;
    int least;
    int most;
    bool is_single_allowed;
};
bool options_pair(const struct options *options, const char *name, struct options_pair pair, int *first,
                  int *second, struct fault *fault);

#endif
