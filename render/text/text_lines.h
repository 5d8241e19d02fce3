/*
 * text_lines.h - a long text in lines that can be read on a map.
 */
#ifndef RENDER_TEXT_LINES_H
#define RENDER_TEXT_LINES_H

#include <stdbool.h>

/** Columns of a line: most characters take one, Chinese ones two. */
#define TEXT_LINES_COLUMNS 40

/** So many lines of a text are kept, and each becomes so many at most; the rest is cut. */
#define TEXT_LINES_GIVEN_MOST 4
#define TEXT_LINES_OF_ONE 3

/** Is it so short that it stays as it is? */
bool text_lines_are_short(const char *text);

/**
 * A text broken between words where its lines are too long, and within a word that is too long for one; never
 * within a character. A broken line ends in a blank, text_lines_is_broken().
 * @param is_cut  becomes true when something is left out: "…" stands for it
 * @return owned by the caller
 */
char *text_lines_fit(const char *text, bool *is_cut);

/** Was the line that ends here broken? @param end  the line break in a text */
bool text_lines_is_broken(const char *text, const char *end);

#endif
