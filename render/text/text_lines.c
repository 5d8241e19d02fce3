/*
 * text_lines.c - counts columns, so it needs no font: a label is the same at all zooms and on all machines.
 */
#include "render/text/text_lines.h"

#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"

#define BYTES_MOST 65536
#define NO_WIDTH_BLANK "\u200B" /* where a word was broken */

/* A text, character by character. */
struct characters {
    gunichar *items;
    PangoLogAttr *attributes; /* one more than characters */
    int count;
};

bool text_lines_are_short(const char *text)
{
    return strlen(text) <= TEXT_LINES_COLUMNS;
}

bool text_lines_is_broken(const char *text, const char *end)
{
    size_t blank = strlen(NO_WIDTH_BLANK);
    bool is_word = (size_t)(end - text) >= blank && strncmp(end - blank, NO_WIDTH_BLANK, blank) == 0;
    return is_word || (end > text && end[-1] == ' ');
}

static struct characters characters_of(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    glong count;
    struct characters characters = {.items = g_utf8_to_ucs4_fast(valid, -1, &count), .count = (int)count};
    characters.attributes = memory_new((size_t)count + 1, sizeof(*characters.attributes));
    pango_get_log_attrs(valid, -1, -1, pango_language_from_string("en"), characters.attributes,
                        (int)count + 1);
    g_free(valid);
    return characters;
}

static int columns_of(gunichar character)
{
    return g_unichar_iszerowidth(character) ? 0 : g_unichar_iswide(character) ? 2 : 1;
}

/* The first character that has no room on a line, or the line break that ends it. */
static int line_end(const struct characters *text, int first)
{
    int columns = 0;
    int word = first; /* the latest with which the next line may begin */
    int whole = first;
    int i = first;
    for (; i < text->count && text->items[i] != '\n'; i++) {
        word = text->attributes[i].is_line_break ? i : word;
        whole = text->attributes[i].is_cursor_position ? i : whole;
        columns += columns_of(text->items[i]);
        if (columns > TEXT_LINES_COLUMNS && text->items[i] != ' ' && whole > first) {
            return word > first ? word : whole;
        }
    }
    return i;
}

static void append_characters(struct buffer *buffer, const gunichar *items, int count)
{
    for (int i = 0; i < count; i++) {
        char bytes[6];
        buffer_append(buffer, bytes, (size_t)g_unichar_to_utf8(items[i], bytes));
    }
}

static int blanks_at_end(const gunichar *items, int count)
{
    int blanks = 0;
    while (blanks < count && items[count - 1 - blanks] == ' ') {
        blanks++;
    }
    return blanks;
}

/* Sets one of the given lines. Returns the line break that ends it, or the end. */
static int set_given_line(const struct characters *text, int first, struct buffer *buffer, bool *is_cut)
{
    for (int line = 1;; line++) {
        const gunichar *items = text->items + first;
        int count = line_end(text, first) - first;
        bool is_last = first + count == text->count || items[count] == '\n';
        int blanks = blanks_at_end(items, count);
        append_characters(buffer, items, is_last ? count : count - blanks);
        first += count;
        if (is_last) {
            return first;
        }
        if (line == TEXT_LINES_OF_ONE) {
            buffer_append_text(buffer, "…");
            *is_cut = true;
            break;
        }
        buffer_append_text(buffer, blanks > 0 ? " \n" : NO_WIDTH_BLANK "\n");
    }
    while (first < text->count && text->items[first] != '\n') {
        first++;
    }
    return first;
}

char *text_lines_fit(const char *given, bool *is_cut)
{
    struct characters text = characters_of(given);
    struct buffer buffer;
    buffer_init(&buffer, BYTES_MOST);
    *is_cut = false;
    int end = set_given_line(&text, 0, &buffer, is_cut);
    for (int line = 2; end < text.count; line++) {
        buffer_append_text(&buffer, "\n");
        if (line > TEXT_LINES_GIVEN_MOST) {
            buffer_append_text(&buffer, "…");
            *is_cut = true;
            break;
        }
        end = set_given_line(&text, end + 1, &buffer, is_cut);
    }
    g_free(text.items);
    free(text.attributes);
    return buffer_take(&buffer, NULL);
}
