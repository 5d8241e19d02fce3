/*
 * few_colours.c - colours are counted; the most frequent ones are kept; the others lie in one box of the
 * space of premultiplied colours, and again and again the box that is worst told by its mean is cut in two,
 * at the mean of the channel that varies most. All in whole numbers, so the same everywhere.
 */
#include "render/encode/few_colours.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"

#define KEPT_MAX 128       /* colours that stay as they are */
#define KEPT_SHARE 4096    /* and that at least one pixel of so many has */
#define COLOURS_MAX 262144 /* more are first told by fewer bits */
#define SLOTS_FIRST_BITS 12
#define CHANNELS 4

struct colour_count {
    uint32_t colour;
    uint32_t count;   /* pixels; 0: the slot is free */
    uint32_t becomes; /* the colour that stands for it */
};

/** An open hash table, at most half full. */
struct census {
    struct colour_count *slots;
    int slot_bits;
    size_t count;
    uint32_t mask; /* which bits of a colour count */
};

/** Neighbouring colours of a list, told by one. */
struct box {
    struct colour_count **colours;
    size_t count;
    uint64_t pixels;
    uint64_t sums[CHANNELS];
    uint64_t errors[CHANNELS]; /* squared distances from the mean, of all pixels */
    uint64_t error;            /* of all channels; 0: not worth a cut */
};

static struct colour_count *find_slot(const struct census *census, uint32_t colour)
{
    size_t mask = ((size_t)1 << census->slot_bits) - 1;
    size_t slot = (colour * 2654435769u) >> (32 - census->slot_bits);
    while (census->slots[slot].count > 0 && census->slots[slot].colour != colour) {
        slot = (slot + 1) & mask;
    }
    return &census->slots[slot];
}

static void grow(struct census *census)
{
    struct census larger = {.slot_bits = census->slot_bits + 1, .mask = census->mask, .count = census->count};
    larger.slots = memory_new((size_t)1 << larger.slot_bits, sizeof *larger.slots);
    for (size_t i = 0; i < (size_t)1 << census->slot_bits; i++) {
        if (census->slots[i].count > 0) {
            *find_slot(&larger, census->slots[i].colour) = census->slots[i];
        }
    }
    free(census->slots);
    *census = larger;
}

static void add_pixels(struct census *census, uint32_t colour, uint32_t count)
{
    struct colour_count *slot = find_slot(census, colour & census->mask);
    bool is_new = slot->count == 0;
    slot->colour = colour & census->mask;
    slot->count += count;
    census->count += is_new;
    if (is_new && census->count * 2 > (size_t)1 << census->slot_bits) {
        grow(census);
    }
}

/** False when there are too many colours. */
static bool count_colours(struct census *census, const struct image *image)
{
    for (int y = 0; y < image->height && census->count <= COLOURS_MAX; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0, run; x < image->width; x += run) {
            for (run = 1; x + run < image->width && row[x + run] == row[x]; run++) {
            }
            add_pixels(census, row[x], (uint32_t)run);
        }
    }
    return census->count <= COLOURS_MAX;
}

static void take_census(struct census *census, const struct image *image)
{
    static const uint32_t masks[] = {0xffffffffu, 0xfefefefeu, 0xfcfcfcfcu, 0xf8f8f8f8u, 0xf0f0f0f0u};
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        *census = (struct census){.slot_bits = SLOTS_FIRST_BITS, .mask = masks[i]};
        census->slots = memory_new((size_t)1 << SLOTS_FIRST_BITS, sizeof *census->slots);
        if (count_colours(census, image)) {
            return;
        }
        free(census->slots);
    }
    assert(!"four bits of four channels are 65,536 colours");
}

static int compare_counts(const void *a, const void *b)
{
    const struct colour_count *first = *(struct colour_count *const *)a;
    const struct colour_count *second = *(struct colour_count *const *)b;
    if (first->count != second->count) {
        return first->count > second->count ? -1 : 1;
    }
    return first->colour < second->colour ? -1 : first->colour > second->colour;
}

/** All colours, the most frequent first. Owned, free(). */
static struct colour_count **list_colours(const struct census *census)
{
    struct colour_count **list = memory_new(census->count, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < (size_t)1 << census->slot_bits; i++) {
        if (census->slots[i].count > 0) {
            list[count++] = &census->slots[i];
        }
    }
    qsort(list, count, sizeof *list, compare_counts);
    return list;
}

static inline uint64_t channel_of(uint32_t colour, int channel)
{
    return colour >> 8 * channel & 0xff;
}

static void measure(struct box *box)
{
    uint64_t squares[CHANNELS] = {0};
    memset(box->sums, 0, sizeof box->sums);
    box->pixels = 0;
    for (size_t i = 0; i < box->count; i++) {
        uint64_t count = box->colours[i]->count;
        box->pixels += count;
        for (int channel = 0; channel < CHANNELS; channel++) {
            uint64_t value = channel_of(box->colours[i]->colour, channel);
            box->sums[channel] += count * value;
            squares[channel] += count * value * value;
        }
    }
    box->error = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
        uint64_t mean = box->sums[channel] / box->pixels;
        /* The error from the mean rounded down: a little more than the least one, never negative. */
        box->errors[channel] = squares[channel] + box->pixels * mean * mean - 2 * mean * box->sums[channel];
        box->error += box->count > 1 ? box->errors[channel] : 0;
    }
}

static int widest_channel(const struct box *box)
{
    int widest = 0;
    for (int channel = 1; channel < CHANNELS; channel++) {
        widest = box->errors[channel] > box->errors[widest] ? channel : widest;
    }
    return widest;
}

/** Cuts a box in two at its mean: what is above goes into the new one. */
static void cut(struct box *box, struct box *above)
{
    int channel = widest_channel(box);
    uint64_t mean = box->sums[channel] / box->pixels;
    size_t low = 0;
    for (size_t i = 0; i < box->count; i++) {
        if (channel_of(box->colours[i]->colour, channel) <= mean) {
            struct colour_count *colour = box->colours[i];
            box->colours[i] = box->colours[low];
            box->colours[low++] = colour;
        }
    }
    *above = (struct box){.colours = box->colours + low, .count = box->count - low};
    box->count = low;
    assert(box->count > 0 && above->count > 0);
    measure(box);
    measure(above);
}

static uint32_t mean_colour(const struct box *box)
{
    uint32_t colour = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
        colour |= (uint32_t)((box->sums[channel] + box->pixels / 2) / box->pixels) << 8 * channel;
    }
    return colour;
}

static size_t worst_box(const struct box *boxes, size_t count)
{
    size_t worst = 0;
    for (size_t i = 1; i < count; i++) {
        worst = boxes[i].error > boxes[worst].error ? i : worst;
    }
    return worst;
}

/** Tells some colours by box_max others. */
static void merge(struct colour_count **colours, size_t count, size_t box_max)
{
    struct box boxes[FEW_COLOURS_MAX] = {{.colours = colours, .count = count}};
    size_t box_count = 1;
    measure(&boxes[0]);
    while (box_count < box_max) {
        struct box *worst = &boxes[worst_box(boxes, box_count)];
        if (worst->error == 0) {
            break;
        }
        cut(worst, &boxes[box_count++]);
    }
    for (size_t i = 0; i < box_count; i++) {
        uint32_t mean = mean_colour(&boxes[i]);
        for (size_t j = 0; j < boxes[i].count; j++) {
            boxes[i].colours[j]->becomes = mean;
        }
    }
}

static void choose(const struct census *census, const struct image *image)
{
    struct colour_count **list = list_colours(census);
    uint64_t least = (uint64_t)image->width * (uint64_t)image->height / KEPT_SHARE;
    size_t kept_max = census->count <= FEW_COLOURS_MAX ? census->count : KEPT_MAX;
    size_t kept = 0;
    while (kept < kept_max && (list[kept]->count > least || kept_max != KEPT_MAX)) {
        list[kept]->becomes = list[kept]->colour;
        kept++;
    }
    if (kept < census->count) {
        merge(list + kept, census->count - kept, FEW_COLOURS_MAX - kept);
    }
    free(list);
}

struct image *few_colours(const struct image *image, struct fault *fault)
{
    struct image *copy = image_new(image->width, image->height, fault);
    if (!copy) {
        return NULL;
    }
    struct census census;
    take_census(&census, image);
    choose(&census, image);
    uint32_t last = ~image->pixels[0];
    uint32_t becomes = 0;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            if (row[x] != last) {
                last = row[x];
                becomes = find_slot(&census, last & census.mask)->becomes;
            }
            copy->pixels[(ptrdiff_t)y * copy->stride_px + x] = becomes;
        }
    }
    free(census.slots);
    return copy;
}
