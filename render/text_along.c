/*
 * text_along.c - looks for places along a line. From the middle of what is to hold a text outward the first
 * place is taken that is straight and level enough; else the best of them where the text can be set.
 */
#include "render/text_along.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/along_curve.h"
#include "render/along_line.h"
#include "render/text_along_internal.h"
#include "render/text_internal.h"
#include "render/text_letters.h"

#define SIMPLE_EM 0.1      /* what of the line is not followed */
#define ASIDE_LEAST_EM 0.5 /* from the edge of letters beside the line to their middle */
#define ASIDE_MOST_EM 1.2
#define END_EM 0.3      /* of an open line stays free at either end */
#define STEP_EM 1.5     /* from one place that is looked at to the next */
#define PLACE_MOST 32   /* looked at for one text */
#define SET_MOST 6      /* of these tried in earnest, when none is straight enough */
#define STRETCH_MOST 32 /* of a line within a frame */
#define GOOD_COST 0.45  /* this is straight enough */
#define APART_COST 0.4  /* of a place at the end of its stretch */
#define LEAN_COST 0.25  /* of an upright text */
#define AROUND_COST 0.2 /* of what bends around the text, too */
#define ALIKE_COST 0.1  /* places that differ by less are alike */
#define EDGE_COST 0.03  /* of each step nearer to a place that is worse */
#define EDGE_STEPS 12
#define WANDER_SHARE 0.35  /* of the spacing: a repeated text may stand so far from where it is due */
#define SPACING_WIDTHS 1.3 /* at least so many times its width lie from one text to the next */

/** A place that was looked at. */
struct trial {
    double middle_px;
    double cost; /* of bend, lean and distance: the lower, the better */
};

struct search {
    const struct text_along_wish *wish;
    const struct text_letters *letters;
    struct along_line line;
    char *text;
    double size_px;
    double offset_px;
    double margin_px;          /* from the end of a stretch to the middle of a text */
    struct along_curve *curve; /* the one in hand */
    struct text_alongs *texts;
};

static bool make_curve(struct search *search, double middle_px)
{
    struct along_curve_wish wish = {.middle_px = middle_px,
                                    .width_px = search->letters->width_px,
                                    .size_px = search->size_px,
                                    .offset_px = search->offset_px};
    return along_curve_init(search->curve, &search->line, &wish);
}

static bool is_wanted(const struct text_along_wish *wish, struct text_along *text)
{
    return (bbox_is_empty(wish->near) || bbox_contains_point(wish->near, text->place)) &&
           (bbox_is_empty(wish->frame) || bbox_contains(wish->frame, text->ink)) &&
           (!wish->take || wish->take(text, wish->context));
}

/** Sets the text on the curve in hand. */
static bool set_text(struct search *search)
{
    struct text_along *text =
        text_along_new(search->curve, search->letters, search->text, &search->wish->look);
    bool is_set = text && is_wanted(search->wish, text);
    if (is_set) {
        text_alongs_add(search->texts, text);
    }
    text_along_unref(text);
    return is_set;
}

/** What the curve in hand costs. */
static double cost_of(const struct search *search, double apart)
{
    double half = search->letters->width_px / 2;
    struct point from = along_curve_at(search->curve, -half);
    struct point to = along_curve_at(search->curve, half);
    double length = point_distance(from, to);
    double lean = length > 0 ? fabs(to.y - from.y) / length : 1;
    return search->curve->bend_rad + AROUND_COST * search->curve->bend_around_rad + LEAN_COST * lean +
           APART_COST * apart;
}

static int compare_trials(const void *a, const void *b)
{
    const struct trial *trial_a = a;
    const struct trial *trial_b = b;
    if (trial_a->cost != trial_b->cost) {
        return trial_a->cost < trial_b->cost ? -1 : 1;
    }
    return trial_a->middle_px < trial_b->middle_px ? -1 : trial_a->middle_px > trial_b->middle_px;
}

static int compare_places(const void *a, const void *b)
{
    const struct trial *trial_a = a;
    const struct trial *trial_b = b;
    return trial_a->middle_px < trial_b->middle_px ? -1 : trial_a->middle_px > trial_b->middle_px;
}

/** Of places that are alike the one in the middle of the longest row of them costs least. */
static void prefer_middles(struct trial *trials, size_t count)
{
    double costs[PLACE_MOST + 1];
    qsort(trials, count, sizeof(*trials), compare_places);
    for (size_t i = 0; i < count; i++) {
        size_t reach = 0;
        double limit = trials[i].cost + ALIKE_COST;
        while (reach < EDGE_STEPS && i >= reach && i + reach < count && trials[i - reach].cost <= limit &&
               trials[i + reach].cost <= limit) {
            reach++;
        }
        costs[i] = trials[i].cost - EDGE_COST * (double)reach;
    }
    for (size_t i = 0; i < count; i++) {
        trials[i].cost = costs[i];
    }
}

static bool set_best(struct search *search, struct trial *trials, size_t count)
{
    qsort(trials, count, sizeof(*trials), compare_trials);
    for (size_t i = 0; i < count && i < SET_MOST; i++) {
        if (make_curve(search, trials[i].middle_px) && set_text(search)) {
            return true;
        }
    }
    return false;
}

/**
 * Sets one text with its middle on a stretch. On a line the first place that is good enough will do; round a
 * ring, which has no middle, all are compared.
 */
static bool set_on(struct search *search, struct along_stretch stretch, bool is_round)
{
    struct trial trials[PLACE_MOST + 1];
    size_t count = 0;
    double middle = (stretch.from_px + stretch.to_px) / 2;
    double half = (stretch.to_px - stretch.from_px) / 2;
    double step = fmax(STEP_EM * search->size_px, 2 * half / PLACE_MOST);
    for (int i = 0; i <= PLACE_MOST && step * ((i + 1) / 2) <= half; i++) {
        double aside = step * ((i + 1) / 2) * (i % 2 ? 1 : -1);
        if (!make_curve(search, middle + aside)) {
            continue;
        }
        double cost = cost_of(search, half > 0 && !is_round ? fabs(aside) / half : 0);
        if (!is_round && cost <= GOOD_COST && set_text(search)) {
            return true;
        }
        trials[count++] = (struct trial){middle + aside, cost};
    }
    if (is_round) {
        prefer_middles(trials, count);
    }
    return set_best(search, trials, count);
}

/** Is it all of a ring? */
static bool is_round(const struct search *search, struct along_stretch stretch)
{
    return search->line.is_closed && stretch.to_px - stretch.from_px >= search->line.length_px;
}

/** Where the middle of a text may be; false when the stretch is too short for it. */
static bool shrink(const struct search *search, struct along_stretch *stretch)
{
    if (!is_round(search, *stretch)) {
        stretch->from_px += search->margin_px;
        stretch->to_px -= search->margin_px;
    }
    return stretch->from_px <= stretch->to_px;
}

/** May a text that is due somewhere stand near? */
static bool is_due(const struct search *search, double due_px, double wander_px)
{
    struct bbox near = search->wish->near;
    double reach = wander_px + search->letters->width_px + fabs(search->offset_px) + 2 * search->size_px;
    return bbox_is_empty(near) ||
           bbox_contains_point(bbox_grow(near, reach), along_line_at(&search->line, due_px));
}

static void set_repeated(struct search *search, struct along_stretch stretch)
{
    double length = stretch.to_px - stretch.from_px;
    double spacing = fmax(search->wish->spacing_px, SPACING_WIDTHS * search->letters->width_px);
    double count = fmax(1, floor(fmin(length / spacing, search->wish->most - (double)search->texts->count)));
    struct along_stretch allowed = stretch;
    if (!shrink(search, &allowed)) {
        return;
    }
    if (count <= 1 && is_round(search, stretch)) {
        set_on(search, stretch, true);
        return;
    }
    double step = length / count;
    double wander = fmin(WANDER_SHARE * step, 4 * search->letters->width_px);
    for (double i = 0; i < count && search->texts->count < (size_t)search->wish->most; i++) {
        double due = stretch.from_px + (i + 0.5) * step;
        struct along_stretch around = {fmax(allowed.from_px, due - wander),
                                       fmin(allowed.to_px, due + wander)};
        if (around.from_px <= around.to_px && is_due(search, due, wander)) {
            set_on(search, around, false);
        }
    }
}

static int compare_stretches(const void *a, const void *b)
{
    const struct along_stretch *stretch_a = a;
    const struct along_stretch *stretch_b = b;
    double length_a = stretch_a->to_px - stretch_a->from_px;
    double length_b = stretch_b->to_px - stretch_b->from_px;
    if (length_a != length_b) {
        return length_a > length_b ? -1 : 1;
    }
    return stretch_a->from_px < stretch_b->from_px ? -1 : stretch_a->from_px > stretch_b->from_px;
}

/** The longest first. */
static size_t find_stretches(const struct search *search, struct along_stretch *stretches)
{
    size_t count = 0;
    double from = 0;
    while (count < STRETCH_MOST &&
           along_line_stretch(&search->line, search->wish->frame, from, &stretches[count])) {
        from = nextafter(fmax(from, stretches[count].to_px), INFINITY);
        count++;
    }
    if (count > 1) {
        qsort(stretches, count, sizeof(*stretches), compare_stretches);
    }
    return count;
}

static void set_all(struct search *search)
{
    struct along_stretch stretches[STRETCH_MOST];
    size_t count = find_stretches(search, stretches);
    for (size_t i = 0; i < count; i++) {
        struct along_stretch stretch = stretches[i];
        if (search->wish->spacing_px > 0) {
            set_repeated(search, stretch);
        } else if (shrink(search, &stretch) && set_on(search, stretch, is_round(search, stretches[i]))) {
            return;
        }
    }
}

static double side_offset(const struct search *search)
{
    const struct text_along_wish *wish = search->wish;
    double letters = fmax(search->letters->reach_px, ASIDE_LEAST_EM * search->size_px);
    double aside = wish->clear_px + fmin(letters, ASIDE_MOST_EM * search->size_px);
    return wish->side == LINE_SIDE_LEFT ? -aside : wish->side == LINE_SIDE_RIGHT ? aside : 0;
}

void text_along_set(struct text_engine *engine, const struct text_along_wish *wish,
                    const struct point *points, size_t count, bool is_closed, struct text_alongs *texts)
{
    double size = text_size_px(&wish->look);
    struct along_curve curve;
    struct search search = {.wish = wish, .size_px = size, .texts = texts, .curve = &curve};
    search.text = text_letters_one_line(wish->text);
    search.letters = text_letters_get(engine, search.text, &wish->look);
    search.offset_px = side_offset(&search);
    search.margin_px = search.letters->width_px / 2 + (is_closed ? 0 : wish->ends_px + END_EM * size);
    if (search.letters->count > 0) {
        along_line_init(&search.line, points, count, is_closed, SIMPLE_EM * size);
        bool is_long = search.line.length_px > search.letters->width_px;
        if (is_long) {
            set_all(&search);
        }
        along_line_finish(&search.line);
    }
    free(search.text);
}

void text_alongs_add(struct text_alongs *texts, struct text_along *text)
{
    if (texts->count == texts->capacity) {
        texts->capacity = texts->capacity ? 2 * texts->capacity : 4;
        texts->items = memory_resize(texts->items, texts->capacity, sizeof(*texts->items));
    }
    texts->items[texts->count++] = text_along_ref(text);
}

void text_alongs_finish(struct text_alongs *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        text_along_unref(texts->items[i]);
    }
    free(texts->items);
    *texts = (struct text_alongs){.count = 0};
}

struct text_along *text_along_ref(struct text_along *text)
{
    text->reference_count++;
    return text;
}

void text_along_unref(struct text_along *text)
{
    if (!text || --text->reference_count > 0) {
        return;
    }
    free(text->text);
    free(text->letters);
    free(text->rooms);
    free(text);
}

size_t text_along_bytes(const struct text_along *text)
{
    return sizeof(*text) + strlen(text->text) + text->letter_count * sizeof(*text->letters) +
           text->room_count * sizeof(*text->rooms);
}

static bool is_same_look(const struct text_look *a, const struct text_look *b)
{
    return a->size_px == b->size_px && a->halo_px == b->halo_px && a->is_bold == b->is_bold &&
           a->is_italic == b->is_italic && memcmp(&a->colour, &b->colour, sizeof(a->colour)) == 0 &&
           memcmp(&a->halo, &b->halo, sizeof(a->halo)) == 0;
}

bool text_along_equals(const struct text_along *a, const struct text_along *b)
{
    return a == b ||
           (a->place.x == b->place.x && a->place.y == b->place.y && a->letter_count == b->letter_count &&
            strcmp(a->text, b->text) == 0 && is_same_look(&a->look, &b->look) &&
            memcmp(a->letters, b->letters, a->letter_count * sizeof(*a->letters)) == 0);
}
