/*
 * text_inks.h - the pixels of a text: of each coverage by letters on each coverage by their halo. Internal to
 * text*.c.
 */
#ifndef RENDER_TEXT_INKS_H
#define RENDER_TEXT_INKS_H

#include <stdbool.h>
#include <stdint.h>

#include "render/canvas/coverage.h"
#include "symbology/colour.h"

struct text_look;

#define TEXT_INK_STEPS (COVERAGE_STEPS + 1)

/** Start with {0}; kept until other colours are wanted. */
struct text_inks {
    struct colour ink;
    struct colour halo;
    bool is_made;
    uint16_t first[256]; /* pixel of a coverage by letters, without halo */
    uint8_t step[256];   /* from there, of a coverage by the halo */
    uint32_t pixels[TEXT_INK_STEPS * TEXT_INK_STEPS];
};

void text_inks_make(struct text_inks *inks, const struct text_look *look);

/** Colours dots, whatever they were. @param letters, halo  coverage of each */
void text_inks_colour(const struct text_inks *inks, uint32_t *dots, int count, const uint8_t *letters,
                      const uint8_t *halo);

#endif
