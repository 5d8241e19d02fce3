/*
 * text_inks.c - coverage is told in so few steps that every pixel a text can have is made beforehand.
 */
#include "render/text/text_inks.h"

#include <string.h>

#include "render/canvas/pixel.h"
#include "symbology/stroke.h"

#define RUN 8 /* dots that are looked at together */

/** A colour on dots that are covered by so many steps. */
static uint32_t covering(struct colour colour, unsigned step)
{
    colour.alpha = (uint8_t)pixel_scale(colour.alpha, coverage_share_of_step(step));
    return pixel_of(colour);
}

void text_inks_make(struct text_inks *inks, const struct text_look *look)
{
    if (inks->is_made && memcmp(&inks->ink, &look->colour, sizeof inks->ink) == 0 &&
        memcmp(&inks->halo, &look->halo, sizeof inks->halo) == 0) {
        return;
    }
    inks->ink = look->colour;
    inks->halo = look->halo;
    inks->is_made = true;
    for (unsigned coverage = 0; coverage < 256; coverage++) {
        unsigned step = (coverage * COVERAGE_STEPS + 127u) / 255;
        inks->first[coverage] = (uint16_t)(step * TEXT_INK_STEPS);
        inks->step[coverage] = (uint8_t)step;
    }
    for (unsigned below = 0; below < TEXT_INK_STEPS; below++) {
        uint32_t halo = covering(look->halo, below);
        for (unsigned step = 0; step < TEXT_INK_STEPS; step++) {
            inks->pixels[step * TEXT_INK_STEPS + below] = pixel_over(covering(look->colour, step), halo);
        }
    }
}

#define WHOLE_RUN UINT64_MAX

/** Most of a picture is empty, or halo alone: a run of coverage is looked at together. */
static uint64_t run_at(const uint8_t *bytes)
{
    uint64_t run;
    memcpy(&run, bytes, sizeof run);
    return run;
}

static void colour_run(const struct text_inks *inks, uint32_t *dots, int count, const uint8_t *letters,
                       const uint8_t *halo)
{
    for (int i = 0; i < count; i++) {
        dots[i] = inks->pixels[inks->first[letters[i]] + inks->step[halo[i]]];
    }
}

static void set_run(uint32_t *dots, uint32_t pixel)
{
    for (int i = 0; i < RUN; i++) {
        dots[i] = pixel;
    }
}

/** Dots without letters. */
static void colour_halo(const struct text_inks *inks, uint32_t *dots, const uint8_t *halo)
{
    uint64_t run = run_at(halo);
    if (run == 0 || run == WHOLE_RUN) {
        set_run(dots, inks->pixels[inks->step[halo[0]]]);
        return;
    }
    for (int i = 0; i < RUN; i++) {
        dots[i] = inks->pixels[inks->step[halo[i]]];
    }
}

void text_inks_colour(const struct text_inks *inks, uint32_t *dots, int count, const uint8_t *letters,
                      const uint8_t *halo)
{
    int i = 0;
    for (; i + RUN <= count; i += RUN) {
        if (run_at(letters + i) != 0) {
            colour_run(inks, dots + i, RUN, letters + i, halo + i);
        } else {
            colour_halo(inks, dots + i, halo + i);
        }
    }
    colour_run(inks, dots + i, count - i, letters + i, halo + i);
}
