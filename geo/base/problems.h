/*
 * problems.h - all mistakes of a file, not just the first.
 *
 * Readers of configuration, catalogues, styles and symbol sets add what they find
 * and go on; whoever asked prints the list and decides.
 */
#ifndef GEO_BASE_PROBLEMS_H
#define GEO_BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct fault;

enum problem_level { PROBLEM_WARNING, PROBLEM_ERROR };

struct problem {
    enum problem_level level;
    char *file;  /* as the user named it */
    int line;    /* from 1; 0 when it is about the whole file */
    char *field; /* "layers[2].style.stroke.width"; "" when it is about no field */
    char *sentence;
};

struct problems {
    struct problem *items; /* owned */
    size_t count;
    size_t error_count;
};

void problems_init(struct problems *problems);
void problems_finish(struct problems *problems);
void problems_add(struct problems *problems, enum problem_level level, const char *file, int line,
                  const char *field, const char *format, ...) __attribute__((format(printf, 6, 7)));

/** Adds all that is in another list. */
void problems_append(struct problems *problems, const struct problems *more);

/** In the order of the lines of each file; files stand as they came first. */
void problems_sort(struct problems *problems);

/** One line each, safe on a terminal: "plottafel.yaml:12: layers[2].title: is missing". */
void problems_print(const struct problems *problems, FILE *file);

/**
 * Turns the errors into one INPUT fault that names the first and counts the others. False when there are
 * errors.
 */
bool problems_to_fault(const struct problems *problems, struct fault *fault);

#endif
