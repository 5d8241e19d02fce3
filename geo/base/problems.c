#include "geo/base/problems.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"

/* Nobody reads more; the errors beyond are still counted. */
#define MOST_ITEMS 1000

void problems_init(struct problems *problems)
{
    *problems = (struct problems){0};
}

void problems_finish(struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        free(problems->items[i].file);
        free(problems->items[i].field);
        free(problems->items[i].sentence);
    }
    free(problems->items);
    *problems = (struct problems){0};
}

void problems_add(struct problems *problems, enum problem_level level, const char *file, int line,
                  const char *field, const char *format, ...)
{
    problems->error_count += level == PROBLEM_ERROR;
    if (problems->count == MOST_ITEMS) {
        return;
    }
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if ((problems->count & (problems->count - 1)) == 0) { /* 0, 1, 2, 4, 8 …: time to grow */
        size_t capacity = problems->count > 0 ? problems->count * 2 : 1;
        problems->items = memory_resize(problems->items, capacity, sizeof *problems->items);
    }
    problems->items[problems->count++] = (struct problem){
        .level = level,
        .file = memory_copy_text(file ? file : ""),
        .line = line,
        .field = memory_copy_text(field ? field : ""),
        .sentence = memory_copy_text(sentence),
    };
}

void problems_append(struct problems *problems, const struct problems *more)
{
    for (size_t i = 0; i < more->count; i++) {
        const struct problem *problem = &more->items[i];
        problems_add(problems, problem->level, problem->file, problem->line, problem->field, "%s",
                     problem->sentence);
    }
}

static int write_place(const struct problem *problem, char *text, size_t capacity)
{
    const char *colon = problem->field[0] != '\0' ? ": " : "";
    if (problem->line > 0) {
        return snprintf(text, capacity, "%s:%d: %s%s", problem->file, problem->line, problem->field, colon);
    }
    return snprintf(text, capacity, "%s: %s%s", problem->file, problem->field, colon);
}

/* Names and values of a file may hold what moves a terminal. */
static void print_problem(const struct problem *problem, FILE *file)
{
    char place[512];
    struct buffer line;
    buffer_init(&line, 8192);
    write_place(problem, place, sizeof place);
    buffer_append_line(&line, place);
    buffer_append_text(&line, problem->level == PROBLEM_WARNING ? "warning: " : "");
    buffer_append_line(&line, problem->sentence);
    fprintf(file, "%s\n", line.bytes ? line.bytes : "");
    buffer_finish(&line);
}

/** Puts one in front of those of its file that have greater lines; else it goes on to the end of its file. */
static size_t place_of(const struct problems *problems, size_t count, const struct problem *item)
{
    size_t place = count;
    for (size_t i = count; i > 0; i--) {
        const struct problem *other = &problems->items[i - 1];
        if (strcmp(other->file, item->file) != 0) {
            continue;
        }
        if (other->line <= item->line) {
            return i;
        }
        place = i - 1;
    }
    return place;
}

void problems_sort(struct problems *problems)
{
    for (size_t i = 1; i < problems->count; i++) {
        struct problem item = problems->items[i];
        size_t place = place_of(problems, i, &item);
        memmove(&problems->items[place + 1], &problems->items[place], (i - place) * sizeof(item));
        problems->items[place] = item;
    }
}

void problems_print(const struct problems *problems, FILE *file)
{
    for (size_t i = 0; i < problems->count; i++) {
        print_problem(&problems->items[i], file);
    }
    if (problems->count == MOST_ITEMS) {
        fprintf(file, "only the first %d are shown\n", MOST_ITEMS);
    }
}

static const struct problem *first_error(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        if (problems->items[i].level == PROBLEM_ERROR) {
            return &problems->items[i];
        }
    }
    return NULL;
}

bool problems_to_fault(const struct problems *problems, struct fault *fault)
{
    if (problems->error_count == 0) {
        return true;
    }
    const struct problem *first = first_error(problems);
    if (!first) { /* all that was kept are warnings */
        fault_set(fault, FAULT_INPUT, "%zu mistakes", problems->error_count);
        return false;
    }
    char place[256];
    write_place(first, place, sizeof place);
    if (problems->error_count == 1) {
        fault_set(fault, FAULT_INPUT, "%s%s", place, first->sentence);
    } else {
        fault_set(fault, FAULT_INPUT, "%s%s (and %zu more mistake%s)", place, first->sentence,
                  problems->error_count - 1, problems->error_count == 2 ? "" : "s");
    }
    return false;
}
