/*
 * svg_ids.c - a name is small letters and digits behind id=" or #. Nothing else in what cairo writes looks
 * like that: letters are drawn as glyphs, colours are written as rgb(), pictures in base64.
 */
#include "render/symbol/svg_ids.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/table.h"

#define NAME_BYTES_MAX 64

struct renumbering {
    struct table *numbers; /* by old name; value: new number + 1 */
    struct buffer renumbered;
};

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static size_t number_of(struct renumbering *renumbering, const char *name)
{
    void *number = table_find(renumbering->numbers, name);
    if (!number) {
        number = (void *)(uintptr_t)(table_count(renumbering->numbers) + 1);
        table_put(renumbering->numbers, name, number);
    }
    return (size_t)(uintptr_t)number - 1;
}

/** Copies the name at text with its new number; returns the bytes of the old one, 0 when there is none. */
static size_t copy_name(struct renumbering *renumbering, const char *text)
{
    char name[NAME_BYTES_MAX];
    size_t letters = 0;
    while (is_letter(text[letters])) {
        letters++;
    }
    size_t length = letters;
    while (is_digit(text[length])) {
        length++;
    }
    if (letters == 0 || length == letters || length >= sizeof name) {
        return 0;
    }
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    buffer_append(&renumbering->renumbered, text, letters);
    buffer_appendf(&renumbering->renumbered, "%zu", number_of(renumbering, name));
    return length;
}

char *svg_ids_renumber(const char *svg, size_t length, size_t *new_length)
{
    struct renumbering renumbering = {.numbers = table_new(NULL)};
    buffer_init(&renumbering.renumbered, 2 * length + 64);
    const char *end = svg + length;
    while (svg < end) {
        const char *mark = svg + strcspn(svg, "#\"");
        mark = mark < end ? mark + 1 : end;
        bool is_name = mark[-1] == '#' || (mark - svg >= 4 && memcmp(mark - 4, "id=\"", 4) == 0);
        buffer_append(&renumbering.renumbered, svg, (size_t)(mark - svg));
        svg = mark + (is_name ? copy_name(&renumbering, mark) : 0);
    }
    table_free(renumbering.numbers);
    return buffer_take(&renumbering.renumbered, new_length);
}
