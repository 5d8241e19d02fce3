/*
 * palette.c - palettes are rules, not tables, so they hold for any set: grey by luminance for mono; for the
 * colour blind each hue moves to its neighbour in the eight colours of Okabe and Ito (2008), keeping how dark
 * it is.
 */
#include "symbology/palette.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const names[PALETTE_COUNT] = {"default", "print", "mono", "colour-blind", "imagery"};
static const struct colour black = {0x1A, 0x1A, 0x1A, 255};
static const struct colour white = {255, 255, 255, 255};
static const struct colour red = {0xC8, 0x00, 0x10, 255};

const char *palette_name(enum palette palette)
{
    return names[palette];
}

bool palette_parse(const char *name, enum palette *palette)
{
    for (int i = 0; i < PALETTE_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *palette = (enum palette)i;
            return true;
        }
    }
    return false;
}

struct colour palette_ink_on(struct colour fill)
{
    return colour_contrast(white, fill) >= 4 ? white : black;
}

/* Hue in degrees 0 … 360; -1 for greys. */
static double hue_deg(struct colour colour)
{
    double most = fmax(colour.red, fmax(colour.green, colour.blue));
    double least = fmin(colour.red, fmin(colour.green, colour.blue));
    double range = most - least;
    if (range < 24) {
        return -1;
    }
    double hue = 0;
    if (most == colour.red) {
        hue = (colour.green - colour.blue) / range;
    } else if (most == colour.green) {
        hue = 2 + (colour.blue - colour.red) / range;
    } else {
        hue = 4 + (colour.red - colour.green) / range;
    }
    return hue < 0 ? 60 * hue + 360 : 60 * hue;
}

static struct colour darken(struct colour colour, double share)
{
    return (struct colour){(uint8_t)lround(colour.red * share), (uint8_t)lround(colour.green * share),
                           (uint8_t)lround(colour.blue * share), colour.alpha};
}

static struct colour safe_colour(struct colour colour)
{
    static const struct {
        double most_deg;
        struct colour colour;
    } safe[] = {{14, {0xD5, 0x5E, 0x00, 255}},  {44, {0xE6, 0x9F, 0x00, 255}},
                {70, {0xF0, 0xE4, 0x42, 255}},  {165, {0x00, 0x9E, 0x73, 255}},
                {209, {0x56, 0xB4, 0xE9, 255}}, {255, {0x00, 0x72, 0xB2, 255}},
                {340, {0xCC, 0x79, 0xA7, 255}}, {361, {0xD5, 0x5E, 0x00, 255}}};
    double hue = hue_deg(colour);
    if (hue < 0) {
        return colour;
    }
    size_t i = 0;
    while (hue > safe[i].most_deg) {
        i++;
    }
    struct colour found = safe[i].colour;
    double share = sqrt(colour_luminance(colour) / colour_luminance(found));
    found = darken(found, fmin(1, fmax(0.55, share)));
    found.alpha = colour.alpha;
    return found;
}

static struct colour grey_colour(struct colour colour)
{
    uint8_t level = (uint8_t)lround(255 * pow(colour_luminance(colour), 1 / 2.2));
    return (struct colour){level, level, level, colour.alpha};
}

/* Light greys are no line on white paper; what is nearly white is meant as paper. */
static struct colour dark_grey(struct colour colour)
{
    struct colour grey = grey_colour(colour);
    return colour_luminance(colour) > 0.85 ? grey : darken(grey, 0.55);
}

struct colour palette_colour(enum palette palette, struct colour colour)
{
    switch (palette) {
    case PALETTE_MONO:
        return dark_grey(colour);
    case PALETTE_COLOUR_BLIND:
        return safe_colour(colour);
    default:
        return colour;
    }
}

static struct symbol_inks ended_inks(void)
{
    return (struct symbol_inks){.fill = {0xD6, 0xD6, 0xD6, 255},
                                .glyph = {0x6A, 0x6A, 0x6A, 255},
                                .frame = {0x6A, 0x6A, 0x6A, 255},
                                .tab = {0xB0, 0xB0, 0xB0, 255},
                                .text = {0x5A, 0x5A, 0x5A, 255},
                                .victims = {0x5A, 0x5A, 0x5A, 255}};
}

static struct symbol_inks colour_inks(const struct symbol_entry *entry, enum palette palette)
{
    struct colour fill = palette == PALETTE_COLOUR_BLIND ? safe_colour(entry->fill) : entry->fill;
    struct symbol_inks inks = {.fill = fill,
                               .glyph = palette_ink_on(fill),
                               .frame = black,
                               .tab = fill,
                               .text = black,
                               .victims = red};
    if (palette == PALETTE_PRINT || palette == PALETTE_MONO) {
        inks.tab = palette == PALETTE_MONO ? black : fill;
        inks.victims = palette == PALETTE_MONO ? black : red;
        inks.fill = white;
        inks.glyph = black;
    }
    return inks;
}

struct symbol_inks symbol_inks_of(const struct symbol_entry *entry, enum symbol_status status,
                                  enum palette palette)
{
    struct symbol_inks inks = status == STATUS_ENDED ? ended_inks() : colour_inks(entry, palette);
    bool is_coloured = palette != PALETTE_MONO && palette != PALETTE_PRINT && status != STATUS_ENDED;
    inks.halo = entry->halo.alpha > 0 && is_coloured ? entry->halo : white;
    inks.halo_px = entry->halo.alpha > 0 && is_coloured ? 2 : 1;
    if (palette == PALETTE_IMAGERY) {
        inks.halo_px = 2.5;
    }
    return inks;
}
