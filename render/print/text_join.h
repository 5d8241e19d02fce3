/*
 * text_join.h - texts put behind each other with something between those that say something.
 */
#ifndef RENDER_PRINT_TEXT_JOIN_H
#define RENDER_PRINT_TEXT_JOIN_H

#include <stdbool.h>
#include <stdint.h>

struct buffer;

#define TEXT_JOIN_CEILING_BYTES 8192

/** Is there anything? NULL and "" are nothing. */
bool text_says(const char *text);

/** Adds a text, after a separator when it is not the first, when it says anything. */
void text_append_part(struct buffer *buffer, const char *separator, const char *text);

/** The text of a buffer, which is spent. Owned, never NULL. */
char *text_take(struct buffer *buffer);

/** Two texts; owned, never NULL. */
char *text_joined(const char *separator, const char *a, const char *b);

/** A text in two languages below each other; once when they are the same. Owned, never NULL. */
char *text_stacked(const char *first, const char *second);

/** A moment in the time of the place, with its zone; "–" for none. Owned. */
char *text_moment(int64_t moment_ms);

#endif
