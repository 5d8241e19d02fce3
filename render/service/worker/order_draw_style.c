/*
 * order_draw_style.c - what MapLibre needs besides tiles: styles, sprites, letters.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/tile_matrix_set.h"
#include "render/vector/glyph_range.h"
#include "render/canvas/image.h"
#include "render/vector/map_style.h"
#include "render/map_view.h"
#include "render/encode/png.h"
#include "render/renderer.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_draw.h"
#include "render/vector/sprite_sheet.h"

#define STYLE_MOST_BYTES ((size_t)32 << 20)
#define WEB_MERCATOR "WebMercatorQuad"

/** Which zoom does not matter: looks are those of all. */
static struct map_view view_of(const struct order_draw *draw, const struct tile_matrix_set *set)
{
    return order_scene_view(draw->config, draw->scene, tile_matrix_set_grid(set, 0));
}

bool order_draw_style(const struct order_draw *draw, struct order_result *result)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(draw->config->tile_matrix_sets, WEB_MERCATOR);
    const struct order_style *style = &draw->order->style;
    struct map_view view = view_of(draw, set);
    struct map_style_wish wish = {.base_url = style->base_url,
                                  .sprite_version = style->sprite_version,
                                  .as_of_ms = style->tiles_as_of_ms,
                                  .has_palette = draw->order->view.palette.is_given};
    struct buffer json;
    buffer_init(&json, STYLE_MOST_BYTES);
    map_style_write(draw->renderer, &view, set, &wish, &json);
    return order_result_take(result, "application/json", &json);
}

static bool take_index(struct order_result *result, const struct sprite_sheet *sheet)
{
    struct buffer json;
    buffer_init(&json, STYLE_MOST_BYTES);
    sprite_sheet_write_index(sheet, &json);
    return order_result_take(result, "application/json", &json);
}

static bool take_sheet(struct order_result *result, const struct sprite_sheet *sheet)
{
    struct image *image = sprite_sheet_paint(sheet, &result->fault);
    if (image) {
        result->bytes = png_write(image, 0, &result->length, &result->fault);
        memcpy(result->content_type, "image/png", sizeof("image/png"));
    }
    image_free(image);
    return result->bytes != NULL;
}

bool order_draw_sprite(const struct order_draw *draw, struct order_result *result)
{
    const struct order_sprite *sprite = &draw->order->sprite;
    const struct tile_matrix_set *set = tile_matrix_sets_find(draw->config->tile_matrix_sets, WEB_MERCATOR);
    struct map_view view = view_of(draw, set);
    struct sprite_sheet *sheet =
        sprite_sheet_new(draw->renderer, &view, sprite->pixel_ratio, &result->report, &result->fault);
    if (!sheet) {
        return false;
    }
    bool is_taken = sprite->format == ORDER_JSON ? take_index(result, sheet) : take_sheet(result, sheet);
    sprite_sheet_free(sheet);
    return is_taken;
}

bool order_draw_glyphs(const struct order_draw *draw, struct order_result *result)
{
    const struct order_glyphs *glyphs = &draw->order->glyphs;
    result->bytes = glyph_range_make(renderer_text_engine(draw->renderer), glyphs->stack, glyphs->first,
                                     &result->length, &result->fault);
    memcpy(result->content_type, "application/x-protobuf", sizeof("application/x-protobuf"));
    return result->bytes != NULL;
}
