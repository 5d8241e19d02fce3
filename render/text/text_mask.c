/*
 * text_mask.c - a byte for each dot, and loops over rows of them.
 */
#include "render/text/text_mask.h"

#include <cairo.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/canvas/coverage.h"
#include "render/canvas/image.h"
#include "render/canvas/path.h"
#include "render/canvas/pixel.h"
#include "symbology/stroke.h"

#define SIDE_MAX_DOTS 16384
#define AREA_MAX_DOTS ((int64_t)16 << 20)
#define HALO_MAX_DOTS 32
#define SPREAD_BLOCK 16
#define SPREAD_LARGE 64
#define BLANK_RUN 8

static double halo_dots(const struct text_look *look, int pixel_ratio)
{
    double dots = look->halo.alpha > 0 && look->halo_px > 0 ? look->halo_px * pixel_ratio : 0;
    return dots < HALO_MAX_DOTS ? dots : HALO_MAX_DOTS;
}

int text_mask_margin(const struct text_look *look, int pixel_ratio)
{
    return (int)ceil(halo_dots(look, pixel_ratio) + 0.5);
}

/** A mask of letters or halo. */
static bool mask_init(struct text_mask *mask, int width, int height)
{
    int stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, width);
    mask->width = width;
    mask->height = height;
    mask->stride = stride;
    mask->bytes = memory_try_new((size_t)height, (size_t)stride);
    return mask->bytes != NULL;
}

bool text_mask_init(struct text_mask *mask, double width, double height)
{
    bool is_sound = width >= 1 && height >= 1 && width <= SIDE_MAX_DOTS && height <= SIDE_MAX_DOTS &&
                    width * height <= (double)AREA_MAX_DOTS;
    return is_sound && mask_init(mask, (int)width, (int)height);
}

bool text_mask_copy(struct text_mask *copy, const struct text_mask *mask)
{
    if (!mask_init(copy, mask->width, mask->height)) {
        return false;
    }
    memcpy(copy->bytes, mask->bytes, (size_t)mask->height * (size_t)mask->stride);
    return true;
}

/** Limits of the dots that may be painted in one direction, when some that begin at first are. */
struct part {
    int from;
    int to;
};

static struct part part_within(int first, int count, int size, int margin)
{
    int end = first + count < size - margin ? first + count : size - margin;
    return (struct part){first > margin ? first : margin, end};
}

/** Bytes of coverage are laid on each other as the alpha of pixels is. */
static void lay_byte(uint8_t *target, uint32_t source)
{
    *target = (uint8_t)(source + pixel_scale(*target, 255 - source));
}

void text_mask_lay(const struct text_mask *mask, const struct text_mask *source, int x, int y, int margin)
{
    struct part columns = part_within(x, source->width, mask->width, margin);
    struct part rows = part_within(y, source->height, mask->height, margin);
    for (int row = rows.from; row < rows.to; row++) {
        const uint8_t *from = source->bytes + (ptrdiff_t)(row - y) * source->stride - x;
        uint8_t *to = mask->bytes + (ptrdiff_t)row * mask->stride;
        for (int column = columns.from; column < columns.to; column++) {
            if (from[column] != 0) {
                lay_byte(&to[column], from[column]);
            }
        }
    }
}

/** Rings as they turn. */
static void add_rings(struct coverage *coverage, const struct path *path)
{
    for (size_t i = 0; i < path->part_count; i++) {
        const struct path_part *part = &path->parts[i];
        const struct point *points = path->points + part->first;
        if (part->count < 3) {
            continue;
        }
        struct coverage_spot last = coverage_spot_of(coverage, points[part->count - 1]);
        for (size_t j = 0; j < part->count; j++) {
            struct coverage_spot next = coverage_spot_of(coverage, points[j]);
            coverage_edge(coverage, last, next);
            last = next;
        }
    }
}

void text_mask_fill(const struct text_mask *mask, const struct path *path, int margin,
                    struct coverage *coverage)
{
    int width = mask->width - 2 * margin;
    int height = mask->height - 2 * margin;
    if (path->count == 0 || width <= 0 || height <= 0) {
        return;
    }
    struct coverage_span *spans = memory_new((size_t)width + 1, sizeof *spans);
    coverage_begin(coverage, margin, margin, width, height, 1);
    add_rings(coverage, path);
    for (int row = coverage->first_row; row < coverage->end_row; row++) {
        uint8_t *bytes = mask->bytes + (ptrdiff_t)(row + margin) * mask->stride + margin;
        size_t count = coverage_take_row(coverage, row, COVERAGE_UNION, spans);
        for (size_t i = 0; i < count; i++) {
            uint32_t share = coverage_share_of_step(spans[i].step);
            for (int x = spans[i].x; x < spans[i].x + spans[i].length; x++) {
                lay_byte(&bytes[x], share);
            }
        }
    }
    free(spans);
}

/**
 * to = max(to, from). Masks have an empty margin wider than any halo, so one that is moved may be read as one
 * run of bytes: what wraps round at the end of a row is empty. Blocks of fixed length are what compilers turn
 * into vector instructions.
 */
static void spread(uint8_t *restrict to, const uint8_t *restrict from, size_t count)
{
    size_t i = 0;
    for (; i + SPREAD_LARGE <= count; i += SPREAD_LARGE) {
        for (size_t j = i; j < i + SPREAD_LARGE; j++) {
            to[j] = to[j] > from[j] ? to[j] : from[j];
        }
    }
    for (; i + SPREAD_BLOCK <= count; i += SPREAD_BLOCK) {
        for (size_t j = i; j < i + SPREAD_BLOCK; j++) {
            to[j] = to[j] > from[j] ? to[j] : from[j];
        }
    }
    for (; i < count; i++) {
        to[i] = to[i] > from[i] ? to[i] : from[i];
    }
}

/** to = max(to, from weakened to weight / 256). */
static void spread_weakened(uint8_t *restrict to, const uint8_t *restrict from, size_t count, unsigned weight)
{
    size_t i = 0;
    for (; i + SPREAD_BLOCK <= count; i += SPREAD_BLOCK) {
        for (size_t j = i; j < i + SPREAD_BLOCK; j++) {
            uint8_t reached = (uint8_t)((uint16_t)(from[j] * weight) >> 8);
            to[j] = to[j] > reached ? to[j] : reached;
        }
    }
    for (; i < count; i++) {
        uint8_t reached = (uint8_t)((from[i] * weight) >> 8);
        to[i] = to[i] > reached ? to[i] : reached;
    }
}

static size_t byte_count(const struct text_mask *mask)
{
    return (size_t)mask->stride * (size_t)mask->height;
}

static void spread_moved(const struct text_mask *halo, const struct text_mask *letters, int x, int y)
{
    ptrdiff_t distance = (ptrdiff_t)y * letters->stride + x;
    spread(halo->bytes + (distance > 0 ? distance : 0), letters->bytes - (distance < 0 ? distance : 0),
           byte_count(letters) - (size_t)labs(distance));
}

/** To the places that lie as far right and down, left, up: four, or two on an axis. */
static void spread_mirrored(const struct text_mask *halo, const struct text_mask *letters, int x, int y)
{
    spread_moved(halo, letters, x, y);
    if (x != 0 || y != 0) {
        spread_moved(halo, letters, -x, -y);
    }
    if (x != 0 && y != 0) {
        spread_moved(halo, letters, -x, y);
        spread_moved(halo, letters, x, -y);
    }
}

/** To all places that lie as far away and whose distance has these two parts: eight at most. */
static void spread_around(const struct text_mask *halo, const struct text_mask *letters, int x, int y)
{
    spread_mirrored(halo, letters, x, y);
    if (x != y) {
        spread_mirrored(halo, letters, y, x);
    }
}

/** A thin stroke covers its dots in part only, but the halo around it is to be whole: twice as much, at most
 * all. */
static inline uint8_t hardened(uint8_t coverage)
{
    uint8_t room = (uint8_t)(255 - coverage);
    return (uint8_t)(coverage + (coverage < room ? coverage : room));
}

static void harden(const struct text_mask *source, const struct text_mask *hard)
{
    const uint8_t *restrict from = source->bytes;
    uint8_t *restrict to = hard->bytes;
    size_t count = byte_count(source);
    size_t i = 0;
    for (; i + SPREAD_BLOCK <= count; i += SPREAD_BLOCK) {
        for (size_t j = i; j < i + SPREAD_BLOCK; j++) {
            to[j] = hardened(from[j]);
        }
    }
    for (; i < count; i++) {
        to[i] = hardened(from[i]);
    }
}

/**
 * The disc's edge is soft: a dot half a dot inside its radius counts whole, half a dot outside not at all.
 * Dots as far from the middle are weakened alike, so the largest of them is found before it is weakened.
 */
static void spread_disc(const struct text_mask *halo, const struct text_mask *letters,
                        const struct text_mask *edge, double radius)
{
    int reach = (int)ceil(radius + 0.5);
    for (int y = 0; y <= reach; y++) {
        for (int x = 0; x <= y; x++) {
            double inside = radius + 0.5 - sqrt((double)x * x + (double)y * y);
            if (inside >= 1) {
                spread_around(halo, letters, x, y);
            } else if (inside > 0) {
                memset(edge->bytes, 0, byte_count(edge));
                spread_around(edge, letters, x, y);
                spread_weakened(halo->bytes, edge->bytes, byte_count(edge), (unsigned)lround(256 * inside));
            }
        }
    }
}

/** The colours of ink and halo by coverage, of which there are so many steps. */
struct inks {
    uint32_t ink[256];
    uint32_t halo[256];
};

static inline unsigned step_of(unsigned coverage)
{
    return (coverage * COVERAGE_STEPS + 127u) / 255;
}

/** Most of a picture is empty. */
static bool is_blank(const uint8_t *bytes)
{
    static const uint8_t none[BLANK_RUN];
    return memcmp(bytes, none, BLANK_RUN) == 0;
}

static void colour_dots(uint32_t *dots, int count, const uint8_t *letters, const uint8_t *halo,
                        const struct inks *inks)
{
    for (int x = 0; x < count; x++) {
        uint32_t below = halo ? inks->halo[halo[x]] : 0;
        dots[x] = letters[x] ? pixel_over(inks->ink[letters[x]], below) : below;
    }
}

static void colour_row(uint32_t *row, int width, const uint8_t *letters, const uint8_t *halo,
                       const struct inks *inks)
{
    int x = 0;
    for (; x + BLANK_RUN <= width; x += BLANK_RUN) {
        if (!is_blank(halo ? halo + x : letters + x) || !is_blank(letters + x)) {
            colour_dots(row + x, BLANK_RUN, letters + x, halo ? halo + x : NULL, inks);
        }
    }
    colour_dots(row + x, width - x, letters + x, halo ? halo + x : NULL, inks);
}

/** A colour on dots that are covered in part. */
static uint32_t covering(struct colour colour, uint32_t coverage)
{
    colour.alpha = (uint8_t)pixel_scale(colour.alpha, coverage);
    return pixel_of(colour);
}

static void colour_in(struct image *image, const struct text_mask *letters, const struct text_mask *halo,
                      const struct text_look *look)
{
    struct inks inks;
    unsigned known = COVERAGE_STEPS + 1; /* the step of the coverage before */
    for (unsigned coverage = 0; coverage < 256; coverage++) {
        unsigned step = step_of(coverage);
        bool is_same = step == known;
        uint32_t share = coverage_share_of_step(step);
        inks.ink[coverage] = is_same ? inks.ink[coverage - 1] : covering(look->colour, share);
        inks.halo[coverage] = is_same ? inks.halo[coverage - 1] : covering(look->halo, share);
        known = step;
    }
    for (int y = 0; y < image->height; y++) {
        colour_row(image->pixels + (ptrdiff_t)y * image->stride_px, image->width,
                   letters->bytes + (ptrdiff_t)y * letters->stride,
                   halo->bytes ? halo->bytes + (ptrdiff_t)y * halo->stride : NULL, &inks);
    }
}

/** The halo round a mask, in one of the same size. Without memory for it: a label without a halo. */
static void paint_halo(struct text_mask *halo, const struct text_mask *ground, double radius)
{
    struct text_mask hard = {0};
    struct text_mask edge = {0};
    if (radius > 0 && mask_init(halo, ground->width, ground->height) &&
        mask_init(&hard, ground->width, ground->height) && mask_init(&edge, ground->width, ground->height)) {
        harden(ground, &hard);
        spread_disc(halo, &hard, &edge, radius);
    }
    free(edge.bytes);
    free(hard.bytes);
}

struct image *text_mask_picture(const struct text_mask *letters, const struct text_mask *ground,
                                const struct text_look *look, int pixel_ratio)
{
    struct text_mask halo = {0};
    paint_halo(&halo, ground, halo_dots(look, pixel_ratio));
    struct image *image = image_new(letters->width, letters->height, NULL);
    if (image) {
        colour_in(image, letters, &halo, look);
    }
    free(halo.bytes);
    return image;
}
