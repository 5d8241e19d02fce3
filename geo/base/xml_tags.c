/*
 * xml_tags.c - goes from "<" to "<" and steps over what holds no tags: comments, CDATA sections, processing
 * instructions. Within a tag every "=" outside quotes is an attribute.
 */
#include "geo/base/xml_tags.h"

#include <string.h>

#include "geo/base/memory.h"

struct scanner {
    const char *place;
    const char *end;
    int line; /* of place */
    struct xml_tags tags;
    size_t most_count;
    int most_attributes;
};

static void step_to(struct scanner *scanner, const char *place)
{
    for (; scanner->place < place; scanner->place++) {
        scanner->line += *scanner->place == '\n';
    }
}

static bool is_at(const struct scanner *scanner, const char *words)
{
    size_t length = strlen(words);
    return (size_t)(scanner->end - scanner->place) >= length && memcmp(scanner->place, words, length) == 0;
}

/* Steps behind the next occurrence of the words, or to the end. */
static void step_over(struct scanner *scanner, const char *words)
{
    size_t left = (size_t)(scanner->end - scanner->place);
    const char *found = memmem(scanner->place, left, words, strlen(words));
    step_to(scanner, found ? found + strlen(words) : scanner->end);
}

static void refuse(struct scanner *scanner, const char *refusal, int line)
{
    scanner->tags.refusal = refusal;
    scanner->tags.refusal_line = line;
}

/* Steps to the next of the signs outside quotes. */
static void step_to_sign(struct scanner *scanner, const char *signs)
{
    const char *place = scanner->place;
    while (place < scanner->end && (*place == '\0' || !strchr(signs, *place))) {
        const char *quote_end = NULL;
        if (*place == '"' || *place == '\'') {
            quote_end = memchr(place + 1, *place, (size_t)(scanner->end - place - 1));
        }
        place = quote_end ? quote_end + 1 : place + 1;
    }
    step_to(scanner, place);
}

static void scan_doctype(struct scanner *scanner)
{
    step_to_sign(scanner, ">[");
    if (scanner->place < scanner->end && *scanner->place == '[') {
        refuse(scanner, "declares things in its DOCTYPE, such as entities: that is not allowed",
               scanner->line);
    }
}

static void note_line(struct scanner *scanner)
{
    struct xml_tags *tags = &scanner->tags;
    if (tags->count == scanner->most_count) {
        refuse(scanner, "has too many elements", scanner->line);
        return;
    }
    if ((tags->count & (tags->count - 1)) == 0) { /* 0, 1, 2, 4, 8 …: time to grow */
        tags->lines = memory_resize(tags->lines, tags->count > 0 ? tags->count * 2 : 1, sizeof *tags->lines);
    }
    tags->lines[tags->count++] = scanner->line;
}

static void scan_tag(struct scanner *scanner)
{
    int line = scanner->line;
    int attributes = 0;
    note_line(scanner);
    step_to_sign(scanner, "=>");
    while (scanner->place < scanner->end && *scanner->place == '=') {
        attributes++;
        scanner->place++;
        step_to_sign(scanner, "=>");
    }
    if (attributes > scanner->most_attributes) {
        refuse(scanner, "has an element with too many attributes", line);
    }
}

static void scan_markup(struct scanner *scanner)
{
    if (is_at(scanner, "<!--")) {
        step_to(scanner, scanner->place + 4);
        step_over(scanner, "-->");
    } else if (is_at(scanner, "<![CDATA[")) {
        step_over(scanner, "]]>");
    } else if (is_at(scanner, "<?")) {
        step_over(scanner, "?>");
    } else if (is_at(scanner, "<!")) {
        scan_doctype(scanner);
    } else if (is_at(scanner, "</")) {
        step_over(scanner, ">");
    } else {
        scan_tag(scanner);
    }
}

struct xml_tags xml_tags_scan(const char *text, size_t length, size_t most_count, int most_attributes)
{
    struct scanner scanner = {.place = text,
                              .end = text + length,
                              .line = 1,
                              .most_count = most_count,
                              .most_attributes = most_attributes};
    while (!scanner.tags.refusal && scanner.place < scanner.end) {
        const char *next = memchr(scanner.place, '<', (size_t)(scanner.end - scanner.place));
        step_to(&scanner, next ? next : scanner.end);
        if (next) {
            scan_markup(&scanner);
        }
    }
    return scanner.tags;
}
