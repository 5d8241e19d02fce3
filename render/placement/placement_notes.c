/*
 * placement_notes.c - noted once for all tiles of a district, in the order of a report. A note has a box for
 * each ink that it is about, or its place.
 */
#include "render/placement/placement_notes.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/block_index.h"
#include "render/numbers.h"
#include "render/placement/placement_hidden.h"
#include "render/placement/placement_inks.h"
#include "render/placement/placement_make.h"
#include "render/report.h"

#define SENTENCE_BYTES_MAX 500

struct note {
    enum report_kind kind;
    const struct feature *feature;
    const char *sentence; /* of many the same */
    char *own_sentence;   /* owned; NULL: sentence is that of all of its kind */
    size_t first_box;
    size_t box_count;
};

struct placement_notes {
    struct note *items;
    size_t count;
    size_t capacity;
    struct bbox *boxes; /* owned: of all notes */
    size_t box_count;
    size_t box_capacity;
    struct block_index *index;
};

static struct note *add_note(struct placement_notes *notes, enum report_kind kind,
                             const struct feature *feature)
{
    if (notes->count == notes->capacity) {
        notes->capacity = 2 * notes->capacity + 64;
        notes->items = memory_resize(notes->items, notes->capacity, sizeof(*notes->items));
    }
    struct note *note = &notes->items[notes->count++];
    *note = (struct note){.kind = kind, .feature = feature, .first_box = notes->box_count};
    return note;
}

static void add_box(struct bbox box, void *context)
{
    struct placement_notes *notes = context;
    if (notes->box_count == notes->box_capacity) {
        notes->box_capacity = 2 * notes->box_capacity + 64;
        notes->boxes = memory_resize(notes->boxes, notes->box_capacity, sizeof(*notes->boxes));
    }
    notes->boxes[notes->box_count++] = box;
    notes->items[notes->count - 1].box_count++;
}

static void add_place(struct placement_notes *notes, struct point place)
{
    add_box((struct bbox){place.x, place.y, place.x, place.y}, notes);
}

static char *sentence_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

static char *sentence_of(const char *format, ...)
{
    struct buffer sentence;
    buffer_init(&sentence, SENTENCE_BYTES_MAX);
    va_list arguments;
    va_start(arguments, format);
    buffer_appendv(&sentence, format, arguments);
    va_end(arguments);
    return buffer_take(&sentence, NULL);
}

static void note_unplaced(struct placement_notes *notes, const struct placement_wish *wish)
{
    if (wish->is_unplaced && !wish->placed.text->has_leader) {
        add_note(notes, REPORT_LABEL_UNPLACED, wish->placed.feature)->sentence =
            "its label found no free place at this scale";
        add_place(notes, wish->placed.place);
    }
}

static bool is_symbol(const struct placed *placed)
{
    return (placed->has_symbol || placed->is_double) && placed->badge_count == 0;
}

static void note_fallback(struct placement_notes *notes, const struct placed *placed)
{
    const struct symbol_code *code = &placed->feature->code;
    if (is_symbol(placed) && !placed->symbol_entry) {
        add_note(notes, REPORT_SYMBOL_FALLBACK, placed->feature)->own_sentence =
            sentence_of("no symbol '%s@%d/%s' that fits it is at hand: it is drawn as letters", code->set,
                        code->version, code->entity);
        add_box(placed->symbol_ink, notes);
    }
}

static void note_small(struct placement_notes *notes, const struct placed *placed)
{
    if (is_symbol(placed) && placed->is_crowded) {
        add_note(notes, REPORT_SYMBOL_SMALL, placed->feature)->sentence =
            "its symbol is small because it would hide a more important one";
        add_box(placed->symbol_ink, notes);
    }
}

/* Nobody sees it. */
static void note_hidden(struct placement_notes *notes, const struct placement *placement)
{
    uint8_t *hidden = placement_hidden_find(placement);
    for (size_t i = 0; hidden && i < placement->count; i++) {
        const struct placed *placed = &placement->wishes.items[placement->in_order[i]].placed;
        if (hidden[placement->in_order[i]]) {
            add_note(notes, REPORT_SYMBOL_HIDDEN, placed->feature)->sentence =
                "its symbol lies under others at this scale";
            add_box(placed->symbol_ink, notes);
        }
    }
    free(hidden);
}

static void note_letters_of(struct placement_notes *notes, const struct placed *placed, const char *text,
                            struct text_engine *engine)
{
    const struct text_missing *missing = text ? text_missing(engine, text) : NULL;
    if (missing) {
        add_note(notes, REPORT_LETTERS_MISSING, placed->feature)->own_sentence = sentence_of(
            "no font has a letter for %zu characters of its texts: %s", missing->count, missing->names);
        placement_inks_visit(placed, add_box, notes);
    }
}

static void note_letters(struct placement_notes *notes, const struct placed *placed,
                         struct text_engine *engine)
{
    note_letters_of(notes, placed, placed->text->label, engine);
    for (size_t i = 0; i < placed->text->alongs.count; i++) {
        note_letters_of(notes, placed, placed->text->alongs.items[i]->text, engine);
    }
    if (placed->has_numbers) {
        note_letters_of(notes, placed, placed->feature->code.texts[SLOT_VICTIMS], engine);
    }
}

/* Kind by kind, so that nearly always all stand in order. */
static void note_all(struct placement_notes *notes, const struct placement *placement,
                     struct text_engine *engine)
{
    for (size_t i = 0; i < placement->wishes.count; i++) {
        note_unplaced(notes, &placement->wishes.items[i]);
    }
    for (size_t i = 0; i < placement->count; i++) {
        note_fallback(notes, placement_in_order(placement, i));
    }
    for (size_t i = 0; i < placement->count; i++) {
        note_small(notes, placement_in_order(placement, i));
    }
    for (size_t i = 0; i < placement->counted_count; i++) {
        const struct placement_counted *counted = &placement->counted[i];
        add_note(notes, REPORT_SYMBOL_COUNTED, counted->feature)->own_sentence =
            sentence_of("it is one of %u that a badge with their number stands for", counted->count);
        add_place(notes, counted->place);
    }
    note_hidden(notes, placement);
    for (size_t i = 0; i < placement->count; i++) {
        note_letters(notes, placement_in_order(placement, i), engine);
    }
}

static int compare_notes(const void *a, const void *b)
{
    const struct note *note_a = a;
    const struct note *note_b = b;
    if (note_a->kind != note_b->kind) {
        return note_a->kind < note_b->kind ? -1 : 1;
    }
    int by_id = note_a->feature == note_b->feature ? 0 : strcmp(note_a->feature->id, note_b->feature->id);
    return by_id != 0 ? by_id
                      : (note_a->first_box > note_b->first_box) - (note_a->first_box < note_b->first_box);
}

static void sort(struct placement_notes *notes)
{
    for (size_t i = 1; i < notes->count; i++) {
        if (compare_notes(&notes->items[i - 1], &notes->items[i]) > 0) {
            qsort(notes->items, notes->count, sizeof(*notes->items), compare_notes);
            return;
        }
    }
}

static void index_boxes(struct placement_notes *notes, struct bbox district)
{
    struct block_entry *entries = memory_new(notes->box_count, sizeof(*entries));
    size_t count = 0;
    for (uint32_t i = 0; i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        for (size_t k = 0; k < note->box_count; k++) {
            entries[count++] = (struct block_entry){notes->boxes[note->first_box + k], i};
        }
    }
    notes->index = block_index_new(district, entries, count);
    free(entries);
}

struct placement_notes *placement_notes_new(const struct placement *placement, struct bbox district,
                                            struct text_engine *engine)
{
    struct placement_notes *notes = memory_new(1, sizeof(*notes));
    note_all(notes, placement, engine);
    sort(notes);
    index_boxes(notes, district);
    return notes;
}

void placement_notes_free(struct placement_notes *notes)
{
    if (!notes) {
        return;
    }
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].own_sentence);
    }
    block_index_free(notes->index);
    free(notes->boxes);
    free(notes->items);
    free(notes);
}

static bool touches(const struct placement_notes *notes, const struct note *note, struct bbox box)
{
    for (size_t i = 0; i < note->box_count; i++) {
        if (bbox_intersects(notes->boxes[note->first_box + i], box)) {
            return true;
        }
    }
    return false;
}

void placement_notes_report(const struct placement_notes *notes, struct bbox box, struct report *report)
{
    struct numbers found = {.count = 0};
    bool do_all_touch = block_index_find(notes->index, box, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct note *note = &notes->items[found.items[i]];
        if (do_all_touch || touches(notes, note, box)) {
            report_add_text(report, note->kind, note->feature->id,
                            note->own_sentence ? note->own_sentence : note->sentence);
        }
    }
    numbers_finish(&found);
}
