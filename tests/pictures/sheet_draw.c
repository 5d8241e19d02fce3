/*
 * sheet_draw.c - see sheet_draw.h.
 */
#include "tests/pictures/sheet_draw.h"

#include <math.h>
#include <stdio.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/renderer.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_set.h"

#define ACROSS 12
#define CELL_WIDTH 116
#define CELL_HEIGHT 46

/* One of the three sizes: where its middle stands in a cell. */
struct size {
    enum symbol_detail detail;
    int middle_x;
    double swatch_width_px;
    double swatch_height_px;
};

static const struct size sizes[] = {
    {DETAIL_FULL, 30, 44, 26}, {DETAIL_SMALL, 74, 28, 16}, {DETAIL_DOT, 102, 18, 10}};

static void fill(struct image *image, struct colour colour)
{
    uint32_t pixel =
        0xFF000000u | (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | (uint32_t)colour.blue;
    for (int i = 0; i < image->height * image->stride_px; i++) {
        image->pixels[i] = pixel;
    }
}

/* The ink's middle, not the anchor, stands in the middle: a flag stands on its foot. */
static bool blend(struct image *sheet, struct symbol_picture *picture, int x, int y, struct fault *fault)
{
    const struct image *image = picture ? symbol_picture_image(picture, 1, fault) : NULL;
    if (!image) {
        return false;
    }
    struct point anchor = symbol_picture_anchor(picture);
    struct point middle = bbox_centre(symbol_picture_ink(picture));
    image_blend(sheet, image, x - (int)lround(middle.x) - (int)ceil(anchor.x),
                y - (int)lround(middle.y) - (int)ceil(anchor.y));
    return true;
}

static bool draw_entry(struct renderer *renderer, const struct symbol_entry *entry, enum palette palette,
                       struct point corner, struct image *sheet, struct fault *fault)
{
    struct symbol_cache *cache = renderer_symbol_cache(renderer);
    struct symbol_code code = {.set = "nl", .version = 1};
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const struct size *size = &sizes[i];
        struct symbol_picture *picture =
            entry->geometry == GEOMETRY_POINT
                ? symbol_cache_get(cache, entry, &code, size->detail, palette, 1, fault)
                : symbol_cache_get_swatch(cache, entry, &code, palette, size->swatch_width_px,
                                          size->swatch_height_px, fault);
        if (!blend(sheet, picture, (int)corner.x + size->middle_x, (int)corner.y + CELL_HEIGHT / 2, fault)) {
            return false;
        }
    }
    return true;
}

struct image *sheet_draw(struct renderer *renderer, const struct symbol_set *set, enum palette palette,
                         struct colour background, struct fault *fault)
{
    size_t count = symbol_set_count(set);
    int rows = (int)((count + ACROSS - 1) / ACROSS);
    struct image *sheet = image_new(ACROSS * CELL_WIDTH, rows * CELL_HEIGHT, fault);
    if (!sheet) {
        return NULL;
    }
    fill(sheet, background);
    for (size_t i = 0; i < count; i++) {
        struct point corner = {(double)(i % ACROSS * CELL_WIDTH), (double)(i / ACROSS * CELL_HEIGHT)};
        if (!draw_entry(renderer, symbol_set_at(set, i), palette, corner, sheet, fault)) {
            image_free(sheet);
            return NULL;
        }
    }
    return sheet;
}
