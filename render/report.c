/*
 * report.c - items are kept sorted, so that a report is the same in whatever order its parts were found.
 * Room is doubled whenever the count is a power of two: no capacity has to be kept. Texts lie one behind the
 * other in a few pieces of memory; one that the item before or behind says too is not kept again.
 */
#include "render/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define SENTENCE_BYTES_MAX 1000 /* more than a fault says */
#define ELLIPSIS "…"
#define TEXT_BYTES_FIRST 512
#define TEXT_BYTES_MOST (64 << 10) /* of a piece, unless one text is longer */

/** A piece of memory with texts. */
struct report_text {
    struct report_text *before;
    size_t used;
    size_t capacity;
    char bytes[];
};

void report_init(struct report *report)
{
    *report = (struct report){0};
}

void report_finish(struct report *report)
{
    while (report->texts) {
        struct report_text *before = report->texts->before;
        free(report->texts);
        report->texts = before;
    }
    free(report->items);
    report_init(report);
}

/** A piece with room for so many bytes: twice as large as the latest, up to a limit. */
static void add_piece(struct report *report, size_t bytes)
{
    size_t capacity = report->texts ? 2 * report->texts->capacity : TEXT_BYTES_FIRST;
    capacity = capacity < TEXT_BYTES_MOST ? capacity : TEXT_BYTES_MOST;
    capacity = capacity > bytes ? capacity : bytes;
    struct report_text *piece = memory_resize(NULL, 1, sizeof(*piece) + capacity);
    *piece = (struct report_text){.before = report->texts, .capacity = capacity};
    report->texts = piece;
}

static const char *keep_text(struct report *report, const char *text)
{
    size_t bytes = strlen(text) + 1;
    if (!report->texts || report->texts->capacity - report->texts->used < bytes) {
        add_piece(report, bytes);
    }
    char *kept = memcpy(report->texts->bytes + report->texts->used, text, bytes);
    report->texts->used += bytes;
    return kept;
}

static int compare(const struct report_item *item, enum report_kind kind, const char *subject)
{
    if (item->kind != kind) {
        return item->kind < kind ? -1 : 1;
    }
    return strcmp(item->subject, subject);
}

/** Index of the first item that does not come before; the end is looked at first, since most come in order.
 */
static size_t find_place(const struct report *report, enum report_kind kind, const char *subject)
{
    size_t low = 0;
    size_t high = report->count;
    if (high > 0 && compare(&report->items[high - 1], kind, subject) < 0) {
        return high;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&report->items[middle], kind, subject) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** The sentence of an item beside a place when it is the same; else a copy. */
static const char *keep_sentence(struct report *report, size_t place, const char *sentence)
{
    for (size_t i = place > 0 ? place - 1 : 0; i <= place && i < report->count; i++) {
        if (strcmp(report->items[i].sentence, sentence) == 0) {
            return report->items[i].sentence;
        }
    }
    return keep_text(report, sentence);
}

static void insert(struct report *report, size_t place, enum report_kind kind, const char *subject,
                   const char *sentence)
{
    struct report_item item = {.kind = kind,
                               .subject = keep_text(report, subject),
                               .sentence = keep_sentence(report, place, sentence)};
    if ((report->count & (report->count - 1)) == 0) {
        size_t room = report->count ? report->count * 2 : 1;
        report->items = memory_resize(report->items, room, sizeof *report->items);
    }
    memmove(report->items + place + 1, report->items + place, (report->count - place) * sizeof item);
    report->items[place] = item;
    report->count++;
}

static bool is_there(const struct report *report, size_t place, enum report_kind kind, const char *subject)
{
    return place < report->count && compare(&report->items[place], kind, subject) == 0;
}

/** The end of a sentence that has no room is cut, at a whole character, and one sees it. */
static void end_with_ellipsis(char sentence[SENTENCE_BYTES_MAX + 1])
{
    size_t end = SENTENCE_BYTES_MAX + 1 - sizeof ELLIPSIS;
    while (end > 0 && ((unsigned char)sentence[end] & 0xC0) == 0x80) {
        end--;
    }
    memcpy(sentence + end, ELLIPSIS, sizeof ELLIPSIS);
}

void report_add(struct report *report, enum report_kind kind, const char *subject, const char *format, ...)
{
    const char *named = subject ? subject : "";
    size_t place = find_place(report, kind, named);
    if (is_there(report, place, kind, named)) {
        return;
    }
    char sentence[SENTENCE_BYTES_MAX + 1];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (length > SENTENCE_BYTES_MAX) {
        end_with_ellipsis(sentence);
    }
    insert(report, place, kind, named, length >= 0 ? sentence : "");
}

void report_add_text(struct report *report, enum report_kind kind, const char *subject, const char *sentence)
{
    size_t place = find_place(report, kind, subject);
    if (!is_there(report, place, kind, subject)) {
        insert(report, place, kind, subject, sentence);
    }
}

void report_count_item(struct report *report, enum report_kind kind, const char *subject, size_t count)
{
    size_t place = find_place(report, kind, subject);
    if (is_there(report, place, kind, subject)) {
        report->items[place].count += count;
    }
}

void report_set_title(struct report *report, size_t index, const char *title)
{
    report->items[index].title = keep_text(report, title);
}

const char *report_title(const struct report_item *item)
{
    return item->title ? item->title : item->subject;
}

const char *report_sentence(const struct report_item *item)
{
    static const char front[] = "layer '";
    size_t length = strlen(item->subject);
    const char *id = item->sentence + sizeof front - 1;
    bool is_named = strncmp(item->sentence, front, sizeof front - 1) == 0 &&
                    strncmp(id, item->subject, length) == 0 && id[length] == '\'';
    const char *rest = is_named ? id + length + 1 : item->sentence;
    return is_named ? rest + strspn(rest, ": ") : rest;
}

void report_add_item(struct report *report, const struct report_item *item)
{
    report_add_text(report, item->kind, item->subject, item->sentence);
    size_t place = find_place(report, item->kind, item->subject);
    struct report_item *kept = &report->items[place];
    if (item->title && !kept->title) {
        report_set_title(report, place, item->title);
    }
    kept->count = kept->count > item->count ? kept->count : item->count; /* both may tell of the same ones */
}

void report_add_count(struct report *report, enum report_kind kind, size_t count)
{
    report->counted[kind] += count;
}

void report_merge(struct report *report, const struct report *other)
{
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        report->counted[kind] += other->counted[kind];
    }
    for (size_t i = 0; i < other->count; i++) {
        report_add_item(report, &other->items[i]);
    }
}

size_t report_count(const struct report *report, enum report_kind kind)
{
    return find_place(report, kind + 1, "") - find_place(report, kind, "") + report->counted[kind];
}

const char *report_kind_name(enum report_kind kind)
{
    switch (kind) {
    case REPORT_LAYER_FAILED:
        return "layer-failed";
    case REPORT_NUMBERS_UNPLACED:
        return "numbers-unplaced";
    case REPORT_LABEL_UNPLACED:
        return "label-unplaced";
    case REPORT_LABEL_SHORTENED:
        return "label-shortened";
    case REPORT_SYMBOL_FALLBACK:
        return "symbol-fallback";
    case REPORT_SYMBOL_SMALL:
        return "symbol-small";
    case REPORT_SYMBOL_COUNTED:
        return "symbol-counted";
    case REPORT_SYMBOL_HIDDEN:
        return "symbol-hidden";
    case REPORT_LETTERS_MISSING:
        return "letters-missing";
    case REPORT_BEYOND_SCALE:
        return "beyond-scale";
    case REPORT_LAYER_OUTSIDE:
        return "layer-outside";
    case REPORT_LAYER_PARTIAL:
        return "layer-partial";
    case REPORT_FEATURES_LEFT_OUT:
        return "features-left-out";
    case REPORT_NO_RD_GRID:
        return "no-rd-grid";
    case REPORT_THINNED:
        return "thinned";
    case REPORT_DID_NOT_FIT:
        return "did-not-fit";
    case REPORT_OUTSIDE:
        return "outside";
    case REPORT_ROOM_EMPTY:
        return "room-empty";
    case REPORT_GRID_UNNAMED:
        return "grid-unnamed";
    case REPORT_RUN_OUT:
        return "expired";
    case REPORT_NO_PREVIOUS:
        return "no-previous";
    case REPORT_KIND_COUNT:
        break;
    }
    return "unknown";
}
