/*
 * text_along.c - looks for places along a line. From the middle of what is to hold a text outward the first
 * place is taken that is straight and level enough; else the best of them where the text can be set.
 */
#include "render/text/text_along.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/along_curve.h"
#include "render/text/along_line.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"

#define APART_EM 0.25      /* points of a line that are nearer to each other are one */
#define ASIDE_LEAST_EM 0.5 /* from the edge of letters beside the line to their middle */
#define ASIDE_MOST_EM 1.2
#define END_EM 0.3      /* of an open line stays free at either end */
#define STEP_EM 1.5     /* from one place that is looked at to the next */
#define PLACE_MOST 32   /* looked at for one text */
#define SET_MOST 6      /* of these tried in earnest along a line, when none is straight enough */
#define STRETCH_MOST 32 /* of a line within a frame */
#define AROUND_EM 3.0   /* so far beyond a frame the line decides how it is smoothed */
#define COVER_EM 3.0    /* of the middle of a stretch, smoothed at first on either side; then more */
#define COVER_GROWTH 4
#define GOOD_COST 0.45  /* this is straight enough */
#define APART_COST 0.4  /* of a place at the end of its stretch */
#define LEAN_COST 0.25  /* of an upright text */
#define AROUND_COST 0.2 /* of what bends around the text, too */
#define BELOW_COST 0.08 /* of a text at the foot of an area */
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
    char *text;
    double size_px;
    double offset_px;
    double margin_px;             /* from the end of a stretch to the middle of a text */
    struct along_curve *curve;    /* of the line in hand */
    struct along_setting setting; /* on that curve */
    struct text_alongs *texts;
};

/** What of a line may hold a text. */
struct site {
    const struct along_line *line;
    struct along_stretch stretch;
    bool is_round; /* all of a ring */
};

/** Sets the text on a place. A place that is not asked for has its text, too, though nobody is told. */
static bool set_text(struct search *search, const struct along_stand *stand)
{
    const struct text_along_wish *wish = search->wish;
    const struct text_along_room *room = &search->setting.room;
    if (!along_setting_try(&search->setting, stand) ||
        !(bbox_is_empty(wish->frame) || bbox_contains(wish->frame, room->ink))) {
        return false;
    }
    if (!bbox_is_empty(wish->near) && !bbox_contains_point(wish->near, room->place)) {
        return true;
    }
    if (wish->take && !wish->take(room, wish->context)) {
        return false;
    }
    struct text_along *text = text_along_new(&search->setting, search->text, &wish->look);
    text_alongs_add(search->texts, text);
    text_along_unref(text);
    return true;
}

/** Round an area texts stand at its top rather than at its foot, where the next area may begin. */
static double cost_below(struct bbox ring, const struct along_stand *stand)
{
    double y = (stand->ends[0].y + stand->ends[1].y) / 2;
    return bbox_height(ring) > 0 ? BELOW_COST * (y - ring.min_y) / bbox_height(ring) : 0;
}

/** What a place costs. */
static double cost_of(const struct along_stand *stand, double apart)
{
    double x = stand->ends[1].x - stand->ends[0].x;
    double y = stand->ends[1].y - stand->ends[0].y;
    double length = sqrt(x * x + y * y);
    double lean = length > 0 ? fabs(y) / length : 1;
    return stand->bend_rad + AROUND_COST * stand->bend_around_rad + LEAN_COST * lean + APART_COST * apart;
}

/**
 * Looks at a place. What of a stretch is smoothed grows from its middle as places further off are looked at;
 * where that is too long it is only what this place needs.
 */
static bool look_at(const struct search *search, struct along_stretch stretch, double middle_px,
                    struct along_stand *stand)
{
    double middle = (stretch.from_px + stretch.to_px) / 2;
    double half = (stretch.to_px - stretch.from_px) / 2;
    double aside = fabs(middle_px - middle);
    double reach = fmin(half, fmax(COVER_EM * search->size_px, COVER_GROWTH * aside));
    bool is_covered = along_curve_covers(search->curve, middle_px) ||
                      along_curve_cover(search->curve, middle - reach, middle + reach) ||
                      along_curve_cover(search->curve, middle_px, middle_px);
    return is_covered && along_curve_stand(search->curve, middle_px, stand);
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

static bool set_best(struct search *search, struct along_stretch stretch, struct trial *trials, size_t count,
                     size_t most)
{
    struct along_stand stand;
    qsort(trials, count, sizeof(*trials), compare_trials);
    for (size_t i = 0; i < count && i < most; i++) {
        if (look_at(search, stretch, trials[i].middle_px, &stand) && set_text(search, &stand)) {
            return true;
        }
    }
    return false;
}

/**
 * Sets one text with its middle on a stretch. On a line the first place that is good enough will do; round a
 * ring, which has no middle, all are compared, and tried: where its best side lies on the edge of the frame
 * or on another text its other sides may be free.
 */
static bool set_on(struct search *search, struct along_stretch stretch, bool is_round)
{
    struct trial trials[PLACE_MOST + 1];
    struct along_stand stand;
    size_t count = 0;
    double middle = (stretch.from_px + stretch.to_px) / 2;
    double half = (stretch.to_px - stretch.from_px) / 2;
    double step = fmax(STEP_EM * search->size_px, 2 * half / PLACE_MOST);
    const struct along_line *line = search->curve->line;
    struct bbox ring = is_round ? bbox_of_points(line->points, line->count) : bbox_empty();
    along_curve_clear(search->curve);
    for (int i = 0; i <= PLACE_MOST && step * ((i + 1) / 2) <= half; i++) {
        double aside = step * ((i + 1) / 2) * (i % 2 ? 1 : -1);
        if (!look_at(search, stretch, middle + aside, &stand)) {
            continue;
        }
        double cost = is_round ? cost_of(&stand, 0) + cost_below(ring, &stand)
                               : cost_of(&stand, half > 0 ? fabs(aside) / half : 0);
        if (is_round || cost > GOOD_COST) {
            trials[count++] = (struct trial){middle + aside, cost};
        } else if (set_text(search, &stand)) {
            return true;
        }
    }
    if (is_round) {
        prefer_middles(trials, count);
    }
    return set_best(search, stretch, trials, count, is_round ? count : SET_MOST);
}

/** Where the middle of a text may be; false when the stretch is too short for it. */
static bool shrink(const struct search *search, const struct site *site, struct along_stretch *stretch)
{
    *stretch = site->stretch;
    if (!site->is_round) {
        stretch->from_px += search->margin_px;
        stretch->to_px -= search->margin_px;
    }
    return stretch->from_px <= stretch->to_px;
}

/** May a text that is due somewhere stand near? */
static bool is_due(const struct search *search, const struct along_line *line, double due_px,
                   double wander_px)
{
    struct bbox near = search->wish->near;
    double reach = wander_px + fabs(search->offset_px) + 2 * search->size_px;
    return bbox_is_empty(near) || bbox_contains_point(bbox_grow(near, reach), along_line_at(line, due_px));
}

static void set_repeated(struct search *search, const struct site *site)
{
    double length = site->stretch.to_px - site->stretch.from_px;
    double spacing = fmax(search->wish->spacing_px, SPACING_WIDTHS * search->letters->width_px);
    double count = fmax(1, floor(fmin(length / spacing, search->wish->most - (double)search->texts->count)));
    struct along_stretch allowed;
    if (!shrink(search, site, &allowed)) {
        return;
    }
    if (count <= 1 && site->is_round) {
        set_on(search, allowed, true);
        return;
    }
    double step = length / count;
    double wander = fmin(WANDER_SHARE * step, 4 * search->letters->width_px);
    for (double i = 0; i < count && search->texts->count < (size_t)search->wish->most; i++) {
        double due = site->stretch.from_px + (i + 0.5) * step;
        struct along_stretch around = {fmax(allowed.from_px, due - wander),
                                       fmin(allowed.to_px, due + wander)};
        if (around.from_px <= around.to_px && is_due(search, site->line, due, wander)) {
            set_on(search, around, false);
        }
    }
}

static double length_of(const struct site *site)
{
    return site->stretch.to_px - site->stretch.from_px;
}

static int compare_sites(const void *a, const void *b)
{
    const struct site *site_a = a;
    const struct site *site_b = b;
    if (length_of(site_a) != length_of(site_b)) {
        return length_of(site_a) > length_of(site_b) ? -1 : 1;
    }
    if (site_a->line != site_b->line) {
        return site_a->line < site_b->line ? -1 : 1;
    }
    return site_a->stretch.from_px < site_b->stretch.from_px
               ? -1
               : site_a->stretch.from_px > site_b->stretch.from_px;
}

/** The stretches of a piece of a line on which a text may be. */
static size_t add_sites(const struct search *search, const struct along_line *line, struct site *sites,
                        size_t count)
{
    double from = 0;
    struct along_stretch stretch;
    while (count < STRETCH_MOST && along_line_stretch(line, search->wish->frame, from, &stretch)) {
        bool is_whole = stretch.to_px - stretch.from_px >= line->length_px;
        sites[count++] = (struct site){line, stretch, line->is_closed && is_whole};
        from = nextafter(fmax(from, stretch.to_px), INFINITY);
    }
    return count;
}

/** Sets what is wished on a site. True when that was all. */
static bool set_on_site(struct search *search, const struct site *site)
{
    struct along_curve_wish wish = {search->letters->width_px, search->size_px, search->offset_px};
    struct along_stretch stretch;
    along_curve_init(search->curve, site->line, wish);
    if (search->wish->spacing_px > 0) {
        set_repeated(search, site);
        return search->texts->count >= (size_t)search->wish->most;
    }
    return shrink(search, site, &stretch) && set_on(search, stretch, site->is_round);
}

/** The longest site first. */
static void set_all(struct search *search, struct along_walk walk)
{
    struct along_line lines[STRETCH_MOST];
    struct site sites[STRETCH_MOST];
    size_t line_count = 0;
    size_t count = 0;
    struct along_piece piece;
    while (line_count < STRETCH_MOST && count < STRETCH_MOST && along_walk_next(&walk, &piece)) {
        along_line_init(&lines[line_count], &walk, piece, APART_EM * search->size_px);
        bool is_long = lines[line_count].length_px > search->letters->width_px;
        count = is_long ? add_sites(search, &lines[line_count], sites, count) : count;
        line_count++;
    }
    if (count > 1) {
        qsort(sites, count, sizeof(*sites), compare_sites);
    }
    for (size_t i = 0; i < count && !set_on_site(search, &sites[i]); i++) {
    }
    for (size_t i = 0; i < line_count; i++) {
        along_line_finish(&lines[i]);
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
        double around = AROUND_EM * size + fabs(search.offset_px);
        struct along_walk walk = {.points = points, .count = count, .is_closed = is_closed};
        walk.box = bbox_is_empty(wish->frame) ? wish->frame : bbox_grow(wish->frame, around);
        along_setting_init(&search.setting, &curve, search.letters, &wish->look);
        set_all(&search, walk);
        along_setting_finish(&search.setting);
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

bool text_along_equals(const struct text_along *a, const struct text_along *b)
{
    return a == b ||
           (a->place.x == b->place.x && a->place.y == b->place.y && a->letter_count == b->letter_count &&
            strcmp(a->text, b->text) == 0 && text_look_equals(&a->look, &b->look) &&
            memcmp(a->letters, b->letters, a->letter_count * sizeof(*a->letters)) == 0);
}
