/*
 * text_along_letters.c - each group stands with its middle on the curve, turned by the stretch of the curve
 * below it. Two groups run into each other when the boxes round their ink overlap by more than they do in the
 * text set straight, and a little.
 *
 * What is judged lies in memory of the setting, which is used again for the next place; a text is made of it
 * when it has one.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/along_curve.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"

#define TURN_LEAST_COSINE 0.86602540378443865 /* 30 degrees from one letter to the next */
/* 100 degrees of one letter; the text as a whole leans less than 93. */
#define LEAN_LEAST_COSINE -0.17364817766693033
#define DIRECTION_EM 0.3 /* at least so far to either side a letter looks for its direction */
#define OVERLAP_EM 0.06
#define STRAIGHT_EM 0.3 /* so far may a joined text lie from the curve */
#define ASCENT_EM 0.75  /* of what a letter takes, ink or not */
#define DESCENT_EM 0.22
#define MERGE_SHARE 1.75 /* boxes become one that takes no more room than so many times their letters */

/** A letter on the curve. */
struct letter_stand {
    struct point middle;
    double cosine; /* of the direction it is turned to */
    double sine;
    struct bbox ink;         /* px: before it is turned, from its middle */
    struct point ink_middle; /* of the turned box */
};

static struct point turned(const struct letter_stand *stand, struct point place)
{
    return (struct point){stand->middle.x + place.x * stand->cosine - place.y * stand->sine,
                          stand->middle.y + place.x * stand->sine + place.y * stand->cosine};
}

static struct point middle_of(const struct letter_stand *stand, struct bbox box)
{
    return turned(stand, (struct point){(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2});
}

static struct letter_stand stand_of(const struct along_setting *setting, const struct text_group *group)
{
    double at = group->start_px + group->width_px / 2 - setting->letters->width_px / 2;
    double half = fmax(group->width_px / 2, DIRECTION_EM * setting->em_px);
    struct point from = along_curve_at(setting->curve, setting->stand, at - half);
    struct point to = along_curve_at(setting->curve, setting->stand, at + half);
    double x = to.x - from.x;
    double y = to.y - from.y;
    double length = sqrt(x * x + y * y);
    struct bbox ink = group->ink;
    return (struct letter_stand){.middle = along_curve_at(setting->curve, setting->stand, at),
                                 .cosine = length > 0 ? x / length : 1,
                                 .sine = length > 0 ? y / length : 0,
                                 .ink = {ink.min_x - group->width_px / 2, ink.min_y + setting->middle_px,
                                         ink.max_x - group->width_px / 2, ink.max_y + setting->middle_px}};
}

/** A text in one piece stands halfway between the curve's middle and its chord. False when the curve strays.
 */
static bool stand_straight(const struct along_setting *setting, struct letter_stand *stand)
{
    double half = setting->letters->width_px / 2;
    struct point chord = point_between(setting->stand->ends[0], setting->stand->ends[1], 0.5);
    stand->middle = point_between(stand->middle, chord, 0.5);
    for (int i = -4; i <= 4; i++) {
        struct point place = along_curve_at(setting->curve, setting->stand, half * i / 4);
        double aside =
            (place.y - stand->middle.y) * stand->cosine - (place.x - stand->middle.x) * stand->sine;
        if (fabs(aside) > STRAIGHT_EM * setting->em_px) {
            return false;
        }
    }
    return true;
}

/** Half of the shadow that a turned box throws on an axis. */
static double shadow(const struct letter_stand *stand, struct bbox box, struct point axis)
{
    double along = fabs(axis.x * stand->cosine + axis.y * stand->sine) * (box.max_x - box.min_x);
    double across = fabs(axis.y * stand->cosine - axis.x * stand->sine) * (box.max_y - box.min_y);
    return (along + across) / 2;
}

/** Do two turned boxes reach into each other by more than is allowed, along every axis that could part them?
 */
static bool do_overlap(const struct letter_stand *a, const struct letter_stand *b, double allowed)
{
    struct point apart = {b->ink_middle.x - a->ink_middle.x, b->ink_middle.y - a->ink_middle.y};
    for (int i = 0; i < 4; i++) {
        const struct letter_stand *own = i % 2 == 0 ? a : b;
        struct point axis =
            i < 2 ? (struct point){own->cosine, own->sine} : (struct point){-own->sine, own->cosine};
        double distance = fabs(apart.x * axis.x + apart.y * axis.y);
        if (shadow(a, a->ink, axis) + shadow(b, b->ink, axis) - distance <= allowed) {
            return false;
        }
    }
    return true;
}

/** The overlap that two groups have when the text is set straight: kerning, slanted letters. */
static double straight_overlap(const struct text_group *a, const struct text_group *b)
{
    return fmax(0, a->start_px + a->ink.max_x - b->start_px - b->ink.min_x);
}

static bool do_collide(const struct along_setting *setting, size_t a, size_t b)
{
    const struct text_group *groups = setting->letters->groups;
    double allowed = straight_overlap(&groups[a], &groups[b]) + OVERLAP_EM * setting->em_px;
    return do_overlap(&setting->stands[a], &setting->stands[b], allowed);
}

/** Is a letter legible behind those before it? Letters that are neither next to each other nor next but one
 * come no closer on any bend that the turns allow. */
static bool is_legible(const struct along_setting *setting, size_t i)
{
    const struct letter_stand *stand = &setting->stands[i];
    if (stand->cosine < LEAN_LEAST_COSINE) {
        return false;
    }
    if (i == 0) {
        return true;
    }
    if (stand->cosine * stand[-1].cosine + stand->sine * stand[-1].sine < TURN_LEAST_COSINE) {
        return false;
    }
    return !do_collide(setting, i - 1, i) && (i < 2 || !do_collide(setting, i - 2, i));
}

static bool stand_letters(struct along_setting *setting)
{
    for (size_t i = 0; i < setting->letters->count; i++) {
        struct letter_stand *stand = &setting->stands[i];
        *stand = stand_of(setting, &setting->letters->groups[i]);
        if (setting->letters->is_joined && !stand_straight(setting, stand)) {
            return false;
        }
        stand->ink_middle = middle_of(stand, stand->ink);
        if (!is_legible(setting, i)) {
            return false;
        }
    }
    return true;
}

/** Around a turned box and its halo. */
static struct bbox turned_box(const struct letter_stand *stand, struct bbox box, double halo_px)
{
    struct point middle = middle_of(stand, box);
    double half_width = shadow(stand, box, (struct point){1, 0}) + halo_px;
    double half_height = shadow(stand, box, (struct point){0, 1}) + halo_px;
    return (struct bbox){middle.x - half_width, middle.y - half_height, middle.x + half_width,
                         middle.y + half_height};
}

/** What a group takes: as high as a line of text, all of its ink, and the blank behind it. */
static struct bbox cell_of(const struct along_setting *setting, size_t i)
{
    const struct text_group *group = &setting->letters->groups[i];
    double half = group->width_px / 2;
    double blank = i + 1 < setting->letters->count ? group[1].start_px - group->start_px - 2 * half : 0;
    struct bbox cell = {-half, setting->middle_px - ASCENT_EM * setting->em_px, half + fmax(0, blank),
                        setting->middle_px + DESCENT_EM * setting->em_px};
    return bbox_union(cell, setting->stands[i].ink);
}

/** Rooms of neighbours become one where little is lost by it: a level text takes one box. */
static void take_rooms(struct along_setting *setting)
{
    double halo = setting->halo_px;
    double length = 0; /* of the letters in the last room */
    struct text_along_room *room = &setting->room;
    room->count = 0;
    for (size_t i = 0; i < setting->letters->count; i++) {
        struct bbox cell = cell_of(setting, i);
        struct bbox box = turned_box(&setting->stands[i], cell, halo);
        struct bbox *last = &setting->boxes[room->count > 0 ? room->count - 1 : 0];
        struct bbox both = room->count > 0 ? bbox_union(*last, box) : box;
        double width = cell.max_x - cell.min_x;
        double area = (length + width + 2 * halo) * (cell.max_y - cell.min_y + 2 * halo);
        bool is_merged =
            room->count > 0 && (both.max_x - both.min_x) * (both.max_y - both.min_y) <= MERGE_SHARE * area;
        *(is_merged ? last : &setting->boxes[room->count++]) = is_merged ? both : box;
        length = is_merged ? length + width : width;
    }
    room->ink = setting->boxes[0];
    for (size_t i = 1; i < room->count; i++) {
        room->ink = bbox_union(room->ink, setting->boxes[i]);
    }
    room->ink = bbox_grow(room->ink, TEXT_ALONG_OVERHANG_PX);
}

void along_setting_init(struct along_setting *setting, const struct along_curve *curve,
                        const struct text_letters *letters, const struct text_look *look)
{
    *setting = (struct along_setting){.curve = curve,
                                      .letters = letters,
                                      .em_px = text_size_px(look),
                                      .middle_px = text_letters_middle_px(look),
                                      .halo_px = look->halo.alpha > 0 ? look->halo_px : 0};
    setting->stands = memory_new(letters->count, sizeof(*setting->stands) + sizeof(*setting->boxes));
    setting->boxes = (struct bbox *)(setting->stands + letters->count);
    setting->room.boxes = setting->boxes;
}

void along_setting_finish(struct along_setting *setting)
{
    free(setting->stands);
}

bool along_setting_try(struct along_setting *setting, const struct along_stand *stand)
{
    setting->stand = stand;
    if (!stand_letters(setting)) {
        return false;
    }
    struct point middle = along_curve_at(setting->curve, stand, 0);
    setting->room.place = (struct point){floor(middle.x + 0.5), floor(middle.y + 0.5)};
    take_rooms(setting);
    return true;
}

static struct text_letter letter_of(const struct letter_stand *stand, struct point place)
{
    double turn = atan2(stand->sine, stand->cosine) / (2 * M_PI) * TEXT_LETTER_TURNS;
    return (struct text_letter){.x = (int32_t)floor((stand->middle.x - place.x) * TEXT_LETTER_UNITS + 0.5),
                                .y = (int32_t)floor((stand->middle.y - place.y) * TEXT_LETTER_UNITS + 0.5),
                                .turn = (int32_t)floor(turn + 0.5)};
}

struct text_along *text_along_new(const struct along_setting *setting, const char *text,
                                  const struct text_look *look)
{
    struct text_along *result = memory_new(1, sizeof(*result));
    const struct text_along_room *room = &setting->room;
    *result = (struct text_along){.text = memory_copy_text(text),
                                  .look = *look,
                                  .place = room->place,
                                  .letter_count = setting->letters->count,
                                  .room_count = room->count,
                                  .ink = room->ink,
                                  .reference_count = 1};
    result->rooms = memory_new(room->count, sizeof(*result->rooms));
    memcpy(result->rooms, room->boxes, room->count * sizeof(*result->rooms));
    result->letters = memory_new(result->letter_count, sizeof(*result->letters));
    for (size_t i = 0; i < result->letter_count; i++) {
        result->letters[i] = letter_of(&setting->stands[i], room->place);
    }
    return result;
}
