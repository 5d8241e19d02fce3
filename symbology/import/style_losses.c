/*
 * style_losses.c - a table of what was said keeps a rule that is looked at once per zoom from saying it
 * again.
 */
#include "symbology/import/style_losses.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "geo/base/buffer.h"
#include "geo/base/table.h"

#define MOST_LOSSES 900 /* fewer than problems.h keeps */
#define MOST_SENTENCE 600
#define MOST_KEY 1024

void style_losses_init(struct style_losses *losses, const char *file)
{
    *losses = (struct style_losses){.file = file, .said = table_new(NULL)};
    problems_init(&losses->list);
}

void style_losses_finish(struct style_losses *losses)
{
    problems_finish(&losses->list);
    table_free(losses->said);
    *losses = (struct style_losses){0};
}

/* Was it said before? Remembers it. */
static bool is_said(struct style_losses *losses, struct style_origin origin, const char *sentence)
{
    char key[MOST_KEY];
    snprintf(key, sizeof key, "%d %s %s", origin.line, origin.path ? origin.path : "", sentence);
    if (table_find(losses->said, key)) {
        return true;
    }
    table_put(losses->said, key, losses);
    return false;
}

void style_lose(struct style_losses *losses, struct style_origin origin, const char *format, ...)
{
    char sentence[MOST_SENTENCE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (losses->list.count >= MOST_LOSSES) {
        losses->left_out++;
    } else if (!is_said(losses, origin, sentence)) {
        problems_add(&losses->list, PROBLEM_WARNING, losses->file, origin.line, origin.path, "%s", sentence);
    }
}

void style_losses_write_comments(const struct style_losses *losses, struct buffer *text)
{
    for (size_t i = 0; i < losses->list.count; i++) {
        const struct problem *loss = &losses->list.items[i];
        buffer_append_text(text, "#   ");
        if (loss->line > 0) {
            buffer_appendf(text, "line %d: ", loss->line);
        }
        buffer_append_line(text, loss->field);
        buffer_append_text(text, loss->field[0] != '\0' ? ": " : "");
        buffer_append_line(text, loss->sentence);
        buffer_append_text(text, "\n");
    }
    if (losses->left_out > 0) {
        buffer_appendf(text, "#   and %zu more\n", losses->left_out);
    }
}

double style_clamp(struct style_losses *losses, struct style_origin origin, const char *what, double value,
                   double least, double most)
{
    double near = isnan(value) || value < least ? least : value > most ? most : value;
    if (near != value) {
        style_lose(losses, origin, "%s %g is not between %g and %g; %g instead", what, value, least, most,
                   near);
    }
    return near;
}
