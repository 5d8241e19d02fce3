/*
 * symbol_base.c - the table of base shapes. Outlines are convex enough that a tab drawn below them, with its
 * middle near the edge, always sticks out.
 */
#include "symbology/symbol_base.h"

#include <assert.h>
#include <stddef.h>

#define STATUS(name) (1u << STATUS_##name)
#define LIFE (STATUS(PRESENT) | STATUS(PLANNED) | STATUS(ENDED) | STATUS(UNKNOWN))
#define HARM (STATUS(DAMAGED) | STATUS(DESTROYED))
#define COUNT_SLOT (1u << SLOT_COUNT_OF)
#define HAZARD_SLOT (1u << SLOT_HAZARD)
#define VICTIMS_SLOT (1u << SLOT_VICTIMS)

#define BOX(half_width)                                                                                      \
    .corners = {{-(half_width), -16}, {half_width, -16}, {half_width, 16}, {-(half_width), 16}},             \
    .corner_count = 4, .width = 2 * (half_width)
#define BOX_TABS(half_width)                                                                                 \
    .tabs = {{0, -15.5}, {(half_width)-0.5, -15.5},  {(half_width)-0.5, 0},   {(half_width)-0.5, 15.5},      \
             {0, 15.5},  {0.5 - (half_width), 15.5}, {0.5 - (half_width), 0}, {0.5 - (half_width), -15.5}}
#define ROUND_TABS                                                                                           \
    .tabs = {{0, -15.5}, {12, -12}, {15.5, 0}, {12, 12}, {0, 15.5}, {-12, 12}, {-15.5, 0}, {-12, -12}}
#define UNIT_TABS                                                                                            \
    .tabs = {{0, -15.5}, {13, -13}, {15.5, 0}, {13, 13}, {0, 15.5}, {-13, 13}, {-15.5, 0}, {-13, -13}}
#define HOUSE_TABS                                                                                           \
    .tabs = {{0, -14}, {11, -11}, {14.5, 5}, {13.5, 15.5}, {0, 15.5}, {-13.5, 15.5}, {-14.5, 5}, {-11, -11}}

static const struct symbol_base bases[KIND_COUNT] = {
    [KIND_INCIDENT] = {.width = 32,
                       .corners = {{0, -16},
                                   {4.59, -11.09},
                                   {11.31, -11.31},
                                   {11.09, -4.59},
                                   {16, 0},
                                   {11.09, 4.59},
                                   {11.31, 11.31},
                                   {4.59, 11.09},
                                   {0, 16},
                                   {-4.59, 11.09},
                                   {-11.31, 11.31},
                                   {-11.09, 4.59},
                                   {-16, 0},
                                   {-11.09, -4.59},
                                   {-11.31, -11.31},
                                   {-4.59, -11.09}},
                       .corner_count = 16,
                       .frame = 0.75,
                       .glyph_size = 19,
                       .letters_width = 21,
                       ROUND_TABS,
                       .statuses = LIFE,
                       .slots = COUNT_SLOT | VICTIMS_SLOT | HAZARD_SLOT,
                       .has_trust = true},
    [KIND_HAZARD] = {.width = 36,
                     .corners = {{0, -16}, {18, 16}, {-18, 16}},
                     .corner_count = 3,
                     .frame = 1,
                     .glyph_centre = {0, 4.5},
                     .glyph_size = 18,
                     .letters_width = 17,
                     .tabs =
                         {{0, -14}, {9, -7}, {13, 3}, {16, 15.5}, {0, 15.5}, {-16, 15.5}, {-13, 3}, {-9, -7}},
                     .statuses = STATUS(PRESENT) | STATUS(ENDED) | STATUS(UNKNOWN),
                     .slots = COUNT_SLOT | HAZARD_SLOT,
                     .can_turn = true,
                     .has_trust = true},
    [KIND_SITE] = {.width = 32,
                   .corners = {{0, -16}, {16, -4}, {13, -4}, {13, 16}, {-13, 16}, {-13, -4}, {-16, -4}},
                   .corner_count = 7,
                   .frame = 1,
                   .glyph_centre = {0, 4},
                   .glyph_size = 20,
                   .letters_width = 22,
                   HOUSE_TABS,
                   .statuses = LIFE | HARM | STATUS(CLOSED) | STATUS(FULL),
                   .slots = COUNT_SLOT | VICTIMS_SLOT,
                   .has_trust = true},
    [KIND_MOBILE] = {.width = 32,
                     .corners = {{0, -16}, {16, -6}, {-16, -6}},
                     .corner_count = 3,
                     .frame = 1,
                     .glyph_centre = {0, 5},
                     .glyph_size = 18,
                     .letters_width = 20,
                     HOUSE_TABS,
                     .statuses = LIFE | HARM | STATUS(CLOSED) | STATUS(FULL),
                     .slots = COUNT_SLOT | VICTIMS_SLOT,
                     .has_trust = true},
    [KIND_UNIT] = {.frame = 1,
                   BOX(16),
                   .corner_radius = 8,
                   .glyph_size = 24,
                   .letters_width = 26,
                   UNIT_TABS,
                   .statuses = LIFE | HARM,
                   .slots = COUNT_SLOT,
                   .can_turn = true,
                   .has_pointer = true,
                   .has_trust = true},
    [KIND_PERSON] = {.width = 32,
                     .frame = 1,
                     .glyph_size = 20,
                     .letters_width = 24,
                     ROUND_TABS,
                     .statuses = LIFE,
                     .slots = COUNT_SLOT | VICTIMS_SLOT,
                     .has_trust = true},
    [KIND_OBJECT] = {.frame = 1,
                     BOX(16),
                     .glyph_size = 24,
                     .letters_width = 26,
                     BOX_TABS(16),
                     .statuses = LIFE | HARM | STATUS(CLOSED),
                     .slots = COUNT_SLOT | VICTIMS_SLOT | HAZARD_SLOT,
                     .has_trust = true},
    [KIND_MEASURE] = {.frame = 2,
                      BOX(16),
                      .glyph_size = 22,
                      .letters_width = 23,
                      BOX_TABS(16),
                      .statuses = LIFE | STATUS(CLOSED) | STATUS(FULL),
                      .slots = COUNT_SLOT,
                      .has_trust = true},
    [KIND_POI] = {.width = 32,
                  .corners = {{-16, -16}, {16, -16}, {16, 5}, {0, 16}, {-16, 5}},
                  .corner_count = 5,
                  .frame = 1,
                  .glyph_centre = {0, -3},
                  .glyph_size = 20,
                  .letters_width = 26,
                  .tabs = {{0, -15.5},
                           {15.5, -15.5},
                           {15.5, -4},
                           {11, 11},
                           {0, 14},
                           {-11, 11},
                           {-15.5, -4},
                           {-15.5, -15.5}},
                  .anchor = {0, 16},
                  .statuses = LIFE | HARM | STATUS(CLOSED),
                  .slots = COUNT_SLOT,
                  .can_turn = true,
                  .has_trust = true},
    [KIND_NOTE] = {.frame = 0.75,
                   BOX(20),
                   .corner_radius = 2,
                   .glyph_size = 24,
                   .letters_width = 32,
                   BOX_TABS(20),
                   .statuses = STATUS(PRESENT) | STATUS(ENDED)},
    [KIND_PLATE] = {.frame = 1,
                    BOX(20),
                    .corner_radius = 2,
                    .glyph_size = 24,
                    .letters_width = 32,
                    BOX_TABS(20),
                    .statuses = STATUS(PRESENT) | STATUS(ENDED) | STATUS(UNKNOWN),
                    .slots = COUNT_SLOT | HAZARD_SLOT,
                    .has_trust = true},
};

const struct symbol_base *symbol_base_of(enum symbol_kind kind)
{
    return &bases[kind];
}

/* Corners beside a tab: a mark there would cover a part of it. */
static unsigned corners_beside_tabs(unsigned tabs)
{
    return (tabs << 1 | tabs >> 7 | tabs >> 1 | tabs << 7) & 0xFF;
}

/* The first free corner in an order of preference. */
static int free_corner(unsigned taken, unsigned tabs, const int order[static 4])
{
    unsigned avoided = taken | corners_beside_tabs(tabs);
    int i = 0;
    while (i < 4 && avoided & 1u << order[i]) {
        i++;
    }
    for (i %= 4; taken & 1u << order[i]; i++) {
        assert(i < 3);
    }
    return order[i];
}

enum corner { CORNER_NE = 1, CORNER_SE = 3, CORNER_SW = 5, CORNER_NW = 7 };

int symbol_base_top_corner(unsigned taken, unsigned tabs)
{
    static const int order[4] = {CORNER_NE, CORNER_NW, CORNER_SE, CORNER_SW};
    return free_corner(taken, tabs, order);
}

int symbol_base_bottom_corner(unsigned taken, unsigned tabs)
{
    static const int order[4] = {CORNER_SE, CORNER_SW, CORNER_NE, CORNER_NW};
    return free_corner(taken, tabs, order);
}
