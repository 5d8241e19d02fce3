/*
 * text_along_letters.c - each group stands with its middle on the curve, turned by the stretch of the curve
 * below it. Two groups run into each other when the boxes round their ink overlap by more than they do in the
 * text set straight, and a little.
 */
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/along_curve.h"
#include "render/text_along_internal.h"
#include "render/text_internal.h"
#include "render/text_letters.h"

#define TURN_MOST_RAD (30 * M_PI / 180)  /* from one letter to the next */
#define LEAN_MOST_RAD (100 * M_PI / 180) /* of one letter; the text as a whole leans less than 93 degrees */
#define DIRECTION_EM 0.3                 /* at least so far to either side a letter looks for its direction */
#define OVERLAP_EM 0.06
#define STRAIGHT_EM 0.3 /* so far may a joined text lie from the curve */
#define ASCENT_EM 0.75  /* of what a letter takes, ink or not */
#define DESCENT_EM 0.22
#define MERGE_SHARE                                                                                          \
    1.75 /* boxes become one when that takes no more room than so many times their letters                   \
          */

/** A letter on the curve. */
struct stand {
    struct point middle;
    double angle_rad; /* clockwise from upright */
    double cosine;
    double sine;
    struct bbox ink; /* px: before it is turned, from its middle */
};

struct setting {
    const struct along_curve *curve;
    const struct text_letters *letters;
    double em_px;
    double middle_px; /* of the letters, above the baseline */
    struct stand *stands;
};

static void turn(struct stand *stand, double angle_rad)
{
    double unit = 2 * M_PI / TEXT_LETTER_TURNS;
    stand->angle_rad = floor(angle_rad / unit + 0.5) * unit;
    stand->cosine = cos(stand->angle_rad);
    stand->sine = sin(stand->angle_rad);
}

static struct stand stand_of(const struct setting *setting, const struct text_group *group)
{
    double at = group->start_px + group->width_px / 2 - setting->letters->width_px / 2;
    double half = fmax(group->width_px / 2, DIRECTION_EM * setting->em_px);
    struct point from = along_curve_at(setting->curve, at - half);
    struct point to = along_curve_at(setting->curve, at + half);
    struct bbox ink = group->ink;
    struct stand stand = {.middle = along_curve_at(setting->curve, at),
                          .ink = {ink.min_x - group->width_px / 2, ink.min_y + setting->middle_px,
                                  ink.max_x - group->width_px / 2, ink.max_y + setting->middle_px}};
    turn(&stand, atan2(to.y - from.y, to.x - from.x));
    return stand;
}

/** A text in one piece stands halfway between the curve's middle and its chord. False when the curve strays.
 */
static bool stand_straight(const struct setting *setting, struct stand *stand)
{
    double half = setting->letters->width_px / 2;
    struct point from = along_curve_at(setting->curve, -half);
    struct point to = along_curve_at(setting->curve, half);
    stand->middle = point_between(stand->middle, point_between(from, to, 0.5), 0.5);
    for (int i = -4; i <= 4; i++) {
        struct point place = along_curve_at(setting->curve, half * i / 4);
        double aside =
            (place.y - stand->middle.y) * stand->cosine - (place.x - stand->middle.x) * stand->sine;
        if (fabs(aside) > STRAIGHT_EM * setting->em_px) {
            return false;
        }
    }
    return true;
}

/** Half of the shadow that a turned box throws on an axis. */
static double shadow(const struct stand *stand, struct point axis)
{
    double along = fabs(axis.x * stand->cosine + axis.y * stand->sine) * bbox_width(stand->ink);
    double across = fabs(axis.y * stand->cosine - axis.x * stand->sine) * bbox_height(stand->ink);
    return (along + across) / 2;
}

static struct point ink_middle(const struct stand *stand)
{
    struct point centre = bbox_centre(stand->ink);
    return (struct point){stand->middle.x + centre.x * stand->cosine - centre.y * stand->sine,
                          stand->middle.y + centre.x * stand->sine + centre.y * stand->cosine};
}

/** How far two turned boxes reach into each other; 0 when a line passes between them (separating axes). */
static double overlap_of(const struct stand *a, const struct stand *b)
{
    struct point axes[4] = {
        {a->cosine, a->sine}, {-a->sine, a->cosine}, {b->cosine, b->sine}, {-b->sine, b->cosine}};
    struct point from = ink_middle(a);
    struct point to = ink_middle(b);
    double least = INFINITY;
    for (int i = 0; i < 4; i++) {
        double apart = fabs((to.x - from.x) * axes[i].x + (to.y - from.y) * axes[i].y);
        least = fmin(least, shadow(a, axes[i]) + shadow(b, axes[i]) - apart);
    }
    return fmax(0, least);
}

/** The overlap that two groups have when the text is set straight: kerning, slanted letters. */
static double straight_overlap(const struct text_group *a, const struct text_group *b)
{
    return fmax(0, a->start_px + a->ink.max_x - b->start_px - b->ink.min_x);
}

static bool do_collide(const struct setting *setting, size_t a, size_t b)
{
    const struct text_group *groups = setting->letters->groups;
    double allowed = straight_overlap(&groups[a], &groups[b]) + OVERLAP_EM * setting->em_px;
    return overlap_of(&setting->stands[a], &setting->stands[b]) > allowed;
}

/** Letters that are neither apart nor next to each other come no closer on any bend that the turns allow. */
static bool is_legible(const struct setting *setting)
{
    size_t count = setting->letters->count;
    for (size_t i = 0; i < count; i++) {
        const struct stand *stand = &setting->stands[i];
        if (fabs(stand->angle_rad) > LEAN_MOST_RAD && fabs(stand->angle_rad) < 2 * M_PI - LEAN_MOST_RAD) {
            return false;
        }
        if (i + 1 < count &&
            fabs(remainder(stand[1].angle_rad - stand->angle_rad, 2 * M_PI)) > TURN_MOST_RAD) {
            return false;
        }
        if ((i + 1 < count && do_collide(setting, i, i + 1)) ||
            (i + 2 < count && do_collide(setting, i, i + 2))) {
            return false;
        }
    }
    return true;
}

/** Around a turned box. */
static struct bbox turned_box(const struct stand *stand, struct bbox box)
{
    struct stand turned = *stand;
    turned.ink = box;
    struct point middle = ink_middle(&turned);
    double half_width = shadow(&turned, (struct point){1, 0});
    double half_height = shadow(&turned, (struct point){0, 1});
    return (struct bbox){middle.x - half_width, middle.y - half_height, middle.x + half_width,
                         middle.y + half_height};
}

/** What a group takes: as high as a line of text, all of its ink, and the blank behind it. */
static struct bbox cell_of(const struct setting *setting, size_t i)
{
    const struct text_group *group = &setting->letters->groups[i];
    double half = group->width_px / 2;
    double blank = i + 1 < setting->letters->count ? group[1].start_px - group->start_px - 2 * half : 0;
    struct bbox cell = {-half, setting->middle_px - ASCENT_EM * setting->em_px, half + fmax(0, blank),
                        setting->middle_px + DESCENT_EM * setting->em_px};
    return bbox_union(cell, setting->stands[i].ink);
}

/** Rooms of neighbours become one where little is lost by it: a level text takes one box. */
static void take_rooms(const struct setting *setting, struct text_along *text)
{
    double halo = text->look.halo.alpha > 0 ? text->look.halo_px : 0;
    double length = 0; /* of the letters in the last room */
    text->rooms = memory_new(setting->letters->count, sizeof(*text->rooms));
    text->ink = bbox_empty();
    for (size_t i = 0; i < setting->letters->count; i++) {
        struct bbox cell = cell_of(setting, i);
        struct bbox room = bbox_grow(turned_box(&setting->stands[i], cell), halo);
        struct bbox *last = text->room_count > 0 ? &text->rooms[text->room_count - 1] : NULL;
        struct bbox both = last ? bbox_union(*last, room) : room;
        double area = (length + bbox_width(cell) + 2 * halo) * (bbox_height(cell) + 2 * halo);
        text->ink = bbox_union(text->ink, room);
        if (last && bbox_width(both) * bbox_height(both) <= MERGE_SHARE * area) {
            *last = both;
            length += bbox_width(cell);
        } else {
            text->rooms[text->room_count++] = room;
            length = bbox_width(cell);
        }
    }
    text->ink = bbox_grow(text->ink, TEXT_ALONG_OVERHANG_PX);
}

static void take_letters(const struct setting *setting, struct text_along *text)
{
    struct point middle = along_curve_at(setting->curve, 0);
    text->place = (struct point){floor(middle.x + 0.5), floor(middle.y + 0.5)};
    text->letters = memory_new(setting->letters->count, sizeof(*text->letters));
    for (size_t i = 0; i < setting->letters->count; i++) {
        const struct stand *stand = &setting->stands[i];
        text->letters[text->letter_count++] = (struct text_letter){
            .x = (int32_t)floor((stand->middle.x - text->place.x) * TEXT_LETTER_UNITS + 0.5),
            .y = (int32_t)floor((stand->middle.y - text->place.y) * TEXT_LETTER_UNITS + 0.5),
            .turn = (int32_t)floor(stand->angle_rad / (2 * M_PI) * TEXT_LETTER_TURNS + 0.5)};
    }
}

struct text_along *text_along_new(const struct along_curve *curve, const struct text_letters *letters,
                                  const char *text, const struct text_look *look)
{
    struct setting setting = {.curve = curve,
                              .letters = letters,
                              .em_px = text_size_px(look),
                              .middle_px = text_letters_middle_px(look)};
    struct text_along *result = NULL;
    setting.stands = memory_new(letters->count, sizeof(*setting.stands));
    for (size_t i = 0; i < letters->count; i++) {
        setting.stands[i] = stand_of(&setting, &letters->groups[i]);
    }
    bool is_straight = !letters->is_joined || stand_straight(&setting, &setting.stands[0]);
    if (is_straight && is_legible(&setting)) {
        result = memory_new(1, sizeof(*result));
        *result = (struct text_along){.text = memory_copy_text(text), .look = *look, .reference_count = 1};
        take_letters(&setting, result);
        take_rooms(&setting, result);
    }
    free(setting.stands);
    return result;
}
