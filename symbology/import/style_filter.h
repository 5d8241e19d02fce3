/*
 * style_filter.h - conditions on attributes as foreign styles nest them, and the flat form of ours.
 *
 * A tree of tests joined by all, any and not. Its flat form is a list of alternatives, each a list of
 * conditions that must all hold: what `where` and `any` of style.h can say.
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_FILTER_H
#define SYMBOLOGY_IMPORT_STYLE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum filter_kind {
    FILTER_ALWAYS,
    FILTER_NEVER,
    FILTER_LOST, /* could not be carried over: nobody knows whether it holds */
    FILTER_ALL,
    FILTER_ANY,
    FILTER_NOT,
    FILTER_TEST
};

enum filter_test {
    FILTER_IN,   /* has one of the texts; "" is a missing attribute */
    FILTER_LIKE, /* fits the pattern, the only text: * any letters, ? one letter */
    FILTER_MIN,  /* number or more */
    FILTER_ABOVE,
    FILTER_MAX, /* number or less */
    FILTER_BELOW
};

struct filter {
    enum filter_kind kind;
    struct filter **children; /* owned; of ALL and ANY; the one of NOT */
    size_t child_count;
    enum filter_test test;
    char *attribute; /* owned */
    char **texts;    /* owned */
    size_t text_count;
    double number;
};

/** Owned, filter_free(). Children are handed over. */
struct filter *filter_new(enum filter_kind kind);
struct filter *filter_new_not(struct filter *child);
struct filter *filter_new_test(const char *attribute, enum filter_test test);
struct filter *filter_new_number(const char *attribute, enum filter_test test, double number);

/** Has the attribute this text? */
struct filter *filter_new_text(const char *attribute, const char *text);

/** Has it any text? */
struct filter *filter_new_exists(const char *attribute);

void filter_add(struct filter *group, struct filter *child);
void filter_add_text(struct filter *test, const char *text);
struct filter *filter_copy(const struct filter *filter);
void filter_free(struct filter *filter);
bool filter_equals(const struct filter *a, const struct filter *b);

/** All that one alternative asks of one attribute. */
struct filter_condition {
    char *attribute; /* owned */
    char **in;       /* owned; NULL: anything */
    size_t in_count;
    char **not_in; /* owned */
    size_t not_in_count;
    char *like;     /* owned; NULL: none */
    char *not_like; /* owned */
    bool must_exist;
    bool must_lack;
    double min; /* NaN: none, as the others */
    double above;
    double max;
    double below;
};

struct filter_alternative {
    struct filter_condition *conditions; /* owned; none: always */
    size_t count;
    bool is_widened; /* something that could not be carried over is not asked */
};

struct filter_alternatives {
    struct filter_alternative *items; /* owned; none: never */
    size_t count;
    bool is_widened;   /* one of them is */
    bool is_narrowed;  /* alternatives of which nothing could be carried over are left out */
    bool is_too_large; /* more than FILTER_MOST_ALTERNATIVES: there are none then */
};

#define FILTER_MOST_ALTERNATIVES 16 /* as style.h has it, as the next */
#define FILTER_MOST_CONDITIONS 16   /* of an alternative */

/** The flat form; filter_alternatives_finish(). NULL is always. */
void filter_flatten(const struct filter *filter, struct filter_alternatives *alternatives);
void filter_alternatives_finish(struct filter_alternatives *alternatives);

/** Can a feature surely not meet one of a and one of b? */
bool filter_are_apart(const struct filter_alternatives *a, const struct filter_alternatives *b);

#endif
