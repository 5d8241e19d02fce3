/*
 * text_masks.c - all masks of a text lie in one piece of memory: letters, ground between its guards, halo.
 */
#include "render/text/text_masks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "symbology/stroke.h"

#define SIDE_MAX_DOTS 16384
#define AREA_MAX_DOTS ((int64_t)16 << 20)
#define HALO_MAX_DOTS 32
#define KEPT_BYTES_MAX ((size_t)1 << 20) /* more is for one text only */
#define KEPT_DOTS_MAX (KEPT_BYTES_MAX / sizeof(uint32_t))

void text_masks_finish(struct text_masks *masks)
{
    free(masks->bytes);
    free(masks->picture.pixels);
    text_spread_finish(&masks->spread);
    *masks = (struct text_masks){.margin = 0};
}

static double halo_dots(const struct text_look *look, int pixel_ratio)
{
    double dots = look->halo.alpha > 0 && look->halo_px > 0 ? look->halo_px * pixel_ratio : 0;
    return dots < HALO_MAX_DOTS ? dots : HALO_MAX_DOTS;
}

int text_masks_margin(const struct text_look *look, int pixel_ratio)
{
    return text_spread_reach(halo_dots(look, pixel_ratio));
}

/** Room for so many bytes; what was in it is lost. */
static bool reserve(struct text_masks *masks, size_t bytes)
{
    if (bytes > masks->capacity) {
        free(masks->bytes);
        masks->bytes = memory_try_room(bytes, 1);
        masks->capacity = masks->bytes ? bytes : 0;
    }
    return masks->bytes != NULL;
}

/** The picture with room for as many dots as the letters; what was in it is lost. */
static bool reserve_picture(struct text_masks *masks)
{
    const struct text_mask *letters = &masks->letters;
    struct image *picture = &masks->picture;
    size_t dots = (size_t)letters->width * (size_t)letters->height;
    if (dots > masks->picture_capacity || masks->picture_capacity > KEPT_DOTS_MAX) {
        free(picture->pixels);
        picture->pixels = memory_try_room(dots + IMAGE_BLOCK_DOTS, sizeof *picture->pixels);
        masks->picture_capacity = picture->pixels ? dots : 0;
    }
    picture->width = picture->stride_px = letters->width;
    picture->height = letters->height;
    return picture->pixels != NULL;
}

bool text_masks_begin(struct text_masks *masks, double width, double height, const struct text_look *look,
                      int pixel_ratio)
{
    bool is_sound = width >= 1 && height >= 1 && width <= SIDE_MAX_DOTS && height <= SIDE_MAX_DOTS &&
                    width * height <= (double)AREA_MAX_DOTS;
    if (!is_sound) {
        return false;
    }
    masks->letters = masks->ground = text_mask_of((int)width, (int)height);
    masks->halo_dots = halo_dots(look, pixel_ratio);
    masks->margin = text_spread_reach(masks->halo_dots);
    size_t bytes = text_mask_bytes(&masks->letters);
    size_t guard = text_spread_guard(masks->halo_dots, masks->letters.stride);
    if (!reserve(masks, 3 * bytes + 2 * guard + TEXT_SPREAD_BLOCK)) {
        return false;
    }
    masks->letters.bytes = masks->bytes;
    masks->ground.bytes = masks->letters.bytes + bytes + guard;
    masks->halo = masks->ground.bytes + bytes + guard;
    memset(masks->bytes, 0, 2 * bytes + 2 * guard);
    return true;
}

void text_masks_end_letters(struct text_masks *masks)
{
    memcpy(masks->ground.bytes, masks->letters.bytes, text_mask_bytes(&masks->ground));
}

/** Spreads the ground, and colours the picture row by row. */
static void paint(struct text_masks *masks, const struct text_look *look)
{
    const struct text_mask *letters = &masks->letters;
    const struct image *picture = &masks->picture;
    if (masks->halo_dots > 0) {
        text_spread_make(&masks->spread, masks->halo_dots, &masks->ground, masks->halo);
    } else {
        memset(masks->halo, 0, text_mask_bytes(letters));
    }
    text_inks_make(&masks->inks, look);
    for (int y = 0; y < picture->height; y++) {
        ptrdiff_t row = (ptrdiff_t)y * letters->stride;
        text_inks_colour(&masks->inks, picture->pixels + (ptrdiff_t)y * picture->stride_px, picture->width,
                         letters->bytes + row, masks->halo + row);
    }
}

struct image *text_masks_picture(struct text_masks *masks, const struct text_look *look)
{
    bool has_room = reserve_picture(masks);
    if (has_room) {
        paint(masks, look);
    }
    if (masks->capacity > KEPT_BYTES_MAX) {
        free(masks->bytes);
        masks->bytes = NULL;
        masks->capacity = 0;
    }
    return has_room ? &masks->picture : NULL;
}
