/*
 * placement_notes.c - noted once for all tiles of a district, in the order of a report. There may be a
 * million notes: each is two numbers, and where it belongs is found again where the placement has it.
 * Sentences that many share are made once.
 */
#include "render/placement/placement_notes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "render/block_index.h"
#include "render/numbers.h"
#include "render/placement/placement_hidden.h"
#include "render/placement/placement_inks.h"
#include "render/placement/placement_lost.h"
#include "render/placement/placement_make.h"
#include "render/report.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "symbology/symbol.h"

#define SENTENCE_BYTES_MAX 500
#define AHEAD 8 /* notes; it takes about as long to tell them as for memory to answer */

struct note {
    uint32_t subject;       /* number of a wish, or of what a badge counts */
    uint32_t sentence : 31; /* number among the sentences */
    uint32_t is_more : 1;   /* of the same kind, about the same feature as the note before */
};

struct sentence {
    enum report_kind kind;
    char *text; /* owned */
};

struct placement_notes {
    const struct placement *placement; /* borrowed */
    struct note *items;
    size_t count;
    size_t capacity;
    struct sentence *sentences;
    size_t sentence_count;
    struct block_index *index;
};

/* With the latest sentence. */
static void add_note(struct placement_notes *notes, uint32_t subject)
{
    if (notes->count == notes->capacity) {
        notes->capacity = notes->capacity + notes->capacity / 2 + 64;
        notes->items = memory_resize(notes->items, notes->capacity, sizeof(*notes->items));
    }
    notes->items[notes->count++] =
        (struct note){.subject = subject, .sentence = ((uint32_t)notes->sentence_count - 1) & INT32_MAX};
}

/* What the notes that follow say. The same twice in a row is kept once. */
static void begin_sentence(struct placement_notes *notes, enum report_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void begin_sentence(struct placement_notes *notes, enum report_kind kind, const char *format, ...)
{
    struct buffer buffer;
    buffer_init(&buffer, SENTENCE_BYTES_MAX);
    va_list arguments;
    va_start(arguments, format);
    buffer_appendv(&buffer, format, arguments);
    va_end(arguments);
    char *text = buffer_take(&buffer, NULL);
    size_t count = notes->sentence_count;
    const struct sentence *latest = count > 0 ? &notes->sentences[count - 1] : NULL;
    if (latest && latest->kind == kind && strcmp(latest->text, text) == 0) {
        free(text);
        return;
    }
    if ((count & (count - 1)) == 0) { /* room is doubled whenever the count is a power of two */
        notes->sentences = memory_resize(notes->sentences, count > 0 ? 2 * count : 1, sizeof(*latest));
    }
    notes->sentences[notes->sentence_count++] = (struct sentence){kind, text};
}

static const struct placed *placed_of(const struct placement *placement, uint32_t number)
{
    return &placement->wishes.items[number].placed;
}

static void note_lost_numbers(struct placement_notes *notes, const struct placement *placement)
{
    begin_sentence(notes, REPORT_NUMBERS_UNPLACED,
                   "neither its symbol nor its label has room for its casualties, count or hazard plate");
    for (uint32_t i = 0; i < placement->wishes.count; i++) {
        if (i + AHEAD < placement->wishes.count) {
            const struct symbol_code *code = &placed_of(placement, i + AHEAD)->feature->code;
            __builtin_prefetch(&code->texts[SLOT_COUNT_OF]);
            __builtin_prefetch(&code->texts[SLOT_VICTIMS]);
        }
        if (placement_lost_slots(&placement->wishes.items[i]) != 0) {
            add_note(notes, i);
        }
    }
}

static void note_unplaced(struct placement_notes *notes, const struct placement *placement)
{
    begin_sentence(notes, REPORT_LABEL_UNPLACED, "its label found no free place at this scale");
    for (uint32_t i = 0; i < placement->wishes.count; i++) {
        const struct placement_wish *wish = &placement->wishes.items[i];
        if (wish->is_unplaced && !wish->placed.text->label) {
            add_note(notes, i);
        }
    }
}

static void note_shortened(struct placement_notes *notes, const struct placement *placement)
{
    bool is_any = placement->shortened_count > 0;
    for (size_t i = 0; is_any && i < placement->count; i++) {
        const struct placement_wish *wish = &placement->wishes.items[placement->in_order[i]];
        if (wish->label && (wish->label->is_name_only || wish->label->is_cut)) {
            begin_sentence(notes, REPORT_LABEL_SHORTENED, "%s",
                           wish->label->is_cut ? "it is longer than a label on a map"
                                               : "only its name found a free place at this scale");
            add_note(notes, placement->in_order[i]);
        }
    }
}

static bool is_symbol(const struct placed *placed)
{
    return (placed->has_symbol || placed->is_double) && placed->badge_count == 0;
}

static void note_fallbacks(struct placement_notes *notes, const struct placement *placement)
{
    for (size_t i = 0; i < placement->count; i++) {
        const struct placed *placed = placement_in_order(placement, i);
        const struct symbol_code *code = &placed->feature->code;
        if (is_symbol(placed) && !placed->symbol_entry) {
            begin_sentence(notes, REPORT_SYMBOL_FALLBACK,
                           "no symbol '%s@%d/%s' that fits it is at hand: it is drawn as letters", code->set,
                           code->version, code->entity);
            add_note(notes, placement->in_order[i]);
        }
    }
}

static void note_small(struct placement_notes *notes, const struct placement *placement)
{
    begin_sentence(notes, REPORT_SYMBOL_SMALL,
                   "its symbol is small because it would hide a more important one");
    for (size_t i = 0; i < placement->count; i++) {
        const struct placed *placed = placement_in_order(placement, i);
        if (is_symbol(placed) && placed->is_crowded) {
            add_note(notes, placement->in_order[i]);
        }
    }
}

static void note_counted(struct placement_notes *notes, const struct placement *placement)
{
    uint32_t said = 0;
    for (uint32_t i = 0; i < placement->counted_count; i++) {
        uint32_t count = placement->counted[i].count;
        if (i == 0 || count != said) {
            begin_sentence(notes, REPORT_SYMBOL_COUNTED,
                           "it is one of %u that a badge with their number stands for", count);
            said = count;
        }
        add_note(notes, i);
    }
}

/* Nobody sees it. */
static void note_hidden(struct placement_notes *notes, const struct placement *placement)
{
    uint8_t *hidden = placement_hidden_find(placement);
    begin_sentence(notes, REPORT_SYMBOL_HIDDEN, "its symbol lies under others at this scale");
    for (size_t i = 0; hidden && i < placement->count; i++) {
        if (hidden[placement->in_order[i]]) {
            add_note(notes, placement->in_order[i]);
        }
    }
    free(hidden);
}

static void note_letters_of(struct placement_notes *notes, uint32_t number, const char *text,
                            struct text_engine *engine)
{
    const struct text_missing *missing = text ? text_missing(engine, text) : NULL;
    if (missing) {
        begin_sentence(notes, REPORT_LETTERS_MISSING,
                       "no font has a letter for %zu characters of its texts: %s", missing->count,
                       missing->names);
        add_note(notes, number);
    }
}

static void note_letters(struct placement_notes *notes, const struct placement *placement,
                         struct text_engine *engine)
{
    for (size_t i = 0; i < placement->count; i++) {
        uint32_t number = placement->in_order[i];
        const struct placed *placed = placed_of(placement, number);
        note_letters_of(notes, number, placed->text->label, engine);
        for (size_t k = 0; k < placed->text->alongs.count; k++) {
            note_letters_of(notes, number, placed->text->alongs.items[k]->text, engine);
        }
        if (placed->has_numbers) {
            note_letters_of(notes, number, placed->feature->code.texts[SLOT_VICTIMS], engine);
        }
    }
}

/* Kind by kind, so that nearly always all stand in order. */
static void note_all(struct placement_notes *notes, struct text_engine *engine)
{
    note_lost_numbers(notes, notes->placement);
    note_unplaced(notes, notes->placement);
    note_shortened(notes, notes->placement);
    note_fallbacks(notes, notes->placement);
    note_small(notes, notes->placement);
    note_counted(notes, notes->placement);
    note_hidden(notes, notes->placement);
    note_letters(notes, notes->placement, engine);
    notes->capacity = notes->count;
    notes->items = memory_resize(notes->items, notes->count + 1, sizeof(*notes->items));
}

static enum report_kind kind_of(const struct placement_notes *notes, struct note note)
{
    return notes->sentences[note.sentence].kind;
}

static const struct feature *feature_of(const struct placement_notes *notes, struct note note)
{
    return kind_of(notes, note) == REPORT_SYMBOL_COUNTED ? notes->placement->counted[note.subject].feature
                                                         : placed_of(notes->placement, note.subject)->feature;
}

/* The middle of a line may lie beside the page that shows a piece of it: it is told of on that page. */
static struct point place_seen(struct bbox district, struct point place)
{
    bool is_seen = bbox_is_empty(district) || district_holds(district, place);
    return is_seen ? place
                   : (struct point){fmin(fmax(place.x, district.min_x + 1), district.max_x - 1),
                                    fmin(fmax(place.y, district.min_y + 1), district.max_y - 1)};
}

/* Visits each ink that a note is about, or its place. */
static void visit_boxes(const struct placement_notes *notes, struct note note,
                        void (*visit)(struct bbox box, void *context), void *context)
{
    enum report_kind kind = kind_of(notes, note);
    bool is_counted = kind == REPORT_SYMBOL_COUNTED;
    const struct placed *placed = is_counted ? NULL : placed_of(notes->placement, note.subject);
    if (kind == REPORT_LETTERS_MISSING || kind == REPORT_LABEL_SHORTENED) {
        placement_inks_visit(placed, visit, context);
    } else if (kind == REPORT_NUMBERS_UNPLACED || kind == REPORT_LABEL_UNPLACED || is_counted) {
        struct point place = is_counted ? notes->placement->counted[note.subject].place
                                        : place_seen(notes->placement->district, placed->place);
        visit((struct bbox){place.x, place.y, place.x, place.y}, context);
    } else {
        visit(placed_ink(placed), context);
    }
}

/* Of the same kind, in the order of ids. Wishes of a plot stand in that order: only between plots must ids be
 * looked at. */
static int compare_ids(const struct placement_notes *notes, struct note a, struct note b)
{
    const struct feature *feature_a = feature_of(notes, a);
    const struct feature *feature_b = feature_of(notes, b);
    if (feature_a == feature_b) {
        return 0;
    }
    bool is_of_one_plot =
        kind_of(notes, a) != REPORT_SYMBOL_COUNTED &&
        placed_of(notes->placement, a.subject)->plot == placed_of(notes->placement, b.subject)->plot;
    return !is_of_one_plot ? strcmp(feature_a->id, feature_b->id) : a.subject < b.subject ? -1 : 1;
}

/* In the order of a report; what is said first of a feature stays first. */
static int compare_notes(const void *a, const void *b, void *context)
{
    const struct note *note_a = a;
    const struct note *note_b = b;
    enum report_kind kind_a = kind_of(context, *note_a);
    enum report_kind kind_b = kind_of(context, *note_b);
    if (kind_a != kind_b) {
        return kind_a < kind_b ? -1 : 1;
    }
    int by_id = compare_ids(context, *note_a, *note_b);
    if (by_id != 0) {
        return by_id;
    }
    if (note_a->subject != note_b->subject) {
        return note_a->subject < note_b->subject ? -1 : 1;
    }
    return (note_a->sentence > note_b->sentence) - (note_a->sentence < note_b->sentence);
}

static void sort(struct placement_notes *notes)
{
    for (size_t i = 1; i < notes->count; i++) {
        if (compare_notes(&notes->items[i - 1], &notes->items[i], notes) > 0) {
            qsort_r(notes->items, notes->count, sizeof(*notes->items), compare_notes, notes);
            return;
        }
    }
}

/* A report has each feature once in a kind. */
static void mark_more(struct placement_notes *notes)
{
    for (size_t i = 1; i < notes->count; i++) {
        struct note *note = &notes->items[i];
        bool is_same_kind = kind_of(notes, *note) == kind_of(notes, note[-1]);
        note->is_more = is_same_kind && compare_ids(notes, note[-1], *note) == 0;
    }
}

/* What is being indexed. */
struct entering {
    struct block_entry *entries;
    size_t count;
    size_t capacity;
    uint32_t number;
};

static void enter_box(struct bbox box, void *context)
{
    struct entering *entering = context;
    if (entering->count == entering->capacity) {
        entering->capacity = 2 * entering->capacity;
        entering->entries = memory_resize(entering->entries, entering->capacity, sizeof(*entering->entries));
    }
    entering->entries[entering->count++] = (struct block_entry){box, entering->number};
}

static void index_boxes(struct placement_notes *notes)
{
    struct entering entering = {.capacity = notes->count + 64};
    entering.entries = memory_resize(NULL, entering.capacity, sizeof(*entering.entries));
    for (; entering.number < notes->count; entering.number++) {
        visit_boxes(notes, notes->items[entering.number], enter_box, &entering);
    }
    notes->index = block_index_new(notes->placement->district, entering.entries, entering.count);
    free(entering.entries);
}

struct placement_notes *placement_notes_new(const struct placement *placement, struct text_engine *engine)
{
    struct placement_notes *notes = memory_new(1, sizeof(*notes));
    notes->placement = placement;
    note_all(notes, engine);
    sort(notes);
    mark_more(notes);
    index_boxes(notes);
    return notes;
}

size_t placement_notes_bytes_of(size_t wish_count)
{
    return wish_count * (sizeof(struct note) + sizeof(uint32_t));
}

void placement_notes_free(struct placement_notes *notes)
{
    if (!notes) {
        return;
    }
    for (size_t i = 0; i < notes->sentence_count; i++) {
        free(notes->sentences[i].text);
    }
    block_index_free(notes->index);
    free(notes->sentences);
    free(notes->items);
    free(notes);
}

/* Whether one of the boxes of a note touches a box. */
struct touching {
    struct bbox box;
    bool is_touched;
};

static void touch(struct bbox box, void *context)
{
    struct touching *touching = context;
    touching->is_touched = touching->is_touched || bbox_intersects(box, touching->box);
}

static bool touches(const struct placement_notes *notes, struct note note, struct bbox box)
{
    struct touching touching = {.box = box};
    visit_boxes(notes, note, touch, &touching);
    return touching.is_touched;
}

/* Features lie all over memory: asks for the wishes of notes to come, then for what these point at. */
static void fetch_ahead(const struct placement_notes *notes, const struct numbers *found, size_t at)
{
    if (at + 2 * AHEAD >= found->count) {
        return;
    }
    struct note near = notes->items[found->items[at + AHEAD]];
    struct note far = notes->items[found->items[at + 2 * AHEAD]];
    if (kind_of(notes, far) != REPORT_SYMBOL_COUNTED && kind_of(notes, near) != REPORT_SYMBOL_COUNTED) {
        __builtin_prefetch(&placed_of(notes->placement, far.subject)->feature);
        __builtin_prefetch(placed_of(notes->placement, near.subject)->feature);
    }
}

/* Leaves those that touch the box. */
static void keep_touching(const struct placement_notes *notes, struct bbox box, struct numbers *found)
{
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++) {
        fetch_ahead(notes, found, i);
        if (touches(notes, notes->items[found->items[i]], box)) {
            found->items[count++] = found->items[i];
        }
    }
    found->count = count;
}

/* The first note of the same kind about the same feature. */
static uint32_t first_of(const struct placement_notes *notes, uint32_t number)
{
    while (notes->items[number].is_more) {
        number--;
    }
    return number;
}

/* Ids are not looked at: a tile tells of some thousand features. */
static void count_found(const struct placement_notes *notes, const struct numbers *found,
                        struct report *report)
{
    uint32_t latest = UINT32_MAX;
    for (size_t i = 0; i < found->count; i++) {
        uint32_t first = first_of(notes, found->items[i]);
        if (first != latest) {
            report_add_count(report, kind_of(notes, notes->items[first]), 1);
        }
        latest = first;
    }
}

/* With the numbers themselves, so that whoever reads the note misses nothing. */
static void name_lost_numbers(const struct placement_notes *notes, struct note note, struct report *report)
{
    const struct placement_wish *wish = &notes->placement->wishes.items[note.subject];
    const struct feature *feature = wish->placed.feature;
    const char *name = feature->code.texts[SLOT_NAME];
    char *numbers = symbol_numbers(wish->placed.entry, &feature->code, placement_lost_slots(wish));
    struct buffer title;
    buffer_init(&title, SENTENCE_BYTES_MAX);
    buffer_appendf(&title, "%s (%s)", name && name[0] ? name : feature->id, numbers ? numbers : "");
    report_add_item(report, &(struct report_item){.kind = REPORT_NUMBERS_UNPLACED,
                                                  .subject = feature->id,
                                                  .title = title.bytes,
                                                  .sentence = notes->sentences[note.sentence].text});
    buffer_finish(&title);
    free(numbers);
}

static void name_found(const struct placement_notes *notes, const struct numbers *found,
                       struct report *report)
{
    for (size_t i = 0; i < found->count; i++) {
        struct note note = notes->items[found->items[i]];
        fetch_ahead(notes, found, i);
        if (kind_of(notes, note) == REPORT_NUMBERS_UNPLACED) {
            name_lost_numbers(notes, note, report);
            continue;
        }
        report_add_text(report, kind_of(notes, note), feature_of(notes, note)->id,
                        notes->sentences[note.sentence].text);
    }
}

void placement_notes_report(const struct placement_notes *notes, struct bbox box, struct report *report)
{
    struct numbers found = {.count = 0};
    if (!block_index_find(notes->index, box, &found)) {
        keep_touching(notes, box, &found);
    }
    if (report->counts_features) {
        count_found(notes, &found, report);
    } else {
        name_found(notes, &found, report);
    }
    numbers_finish(&found);
}
