/*
 * sprite_sheet.c - pictures stand in rows, the highest first, so that rows waste little.
 */
#include "render/vector/sprite_sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "render/symbol/icon_box.h"
#include "render/canvas/image.h"
#include "render/layer/layer_point.h"
#include "render/symbol/look_image.h"
#include "render/vector/map_looks.h"
#include "render/map_view.h"
#include "render/renderer.h"
#include "render/report.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/style.h"

#define ROW_PX 1024
#define SHEET_MOST_PX 4096
#define NAME_BYTES 256

struct making {
    struct renderer *renderer;
    const struct map_view *view;
    struct sprite_sheet *sheet;
    struct table *seen; /* names: plots of a map have looks in common */
    size_t capacity;
    struct fault *fault;
};

/* Takes over the image; NULL is a fault told already. */
static bool add(struct making *making, const char *name, struct image *image)
{
    struct sprite_sheet *sheet = making->sheet;
    if (!image) {
        return false;
    }
    if (sheet->count == making->capacity) {
        making->capacity = making->capacity ? 2 * making->capacity : 64;
        sheet->pictures = memory_resize(sheet->pictures, making->capacity, sizeof(*sheet->pictures));
    }
    sheet->pictures[sheet->count++] = (struct sprite_picture){memory_copy_text(name), image, 0, 0};
    return true;
}

static bool is_there(struct making *making, const char *name)
{
    bool is_known = table_find(making->seen, name) != NULL;
    if (!is_known) {
        table_put(making->seen, name, making);
    }
    return is_known;
}

/* How far paint reaches from a dot, to any side. */
static void find_reach(const struct image *image, int anchor_x, int anchor_y, int reach[static 2])
{
    reach[0] = reach[1] = 1;
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            if (image->pixels[(size_t)y * (size_t)image->stride_px + (size_t)x] != 0) {
                int across = x < anchor_x ? anchor_x - x : x + 1 - anchor_x;
                int down = y < anchor_y ? anchor_y - y : y + 1 - anchor_y;
                reach[0] = across > reach[0] ? across : reach[0];
                reach[1] = down > reach[1] ? down : reach[1];
            }
        }
    }
}

/* A picture whose middle is a dot of another one, no larger than its paint asks for. Owned, image_free(). */
static struct image *centred(const struct image *image, int anchor_x, int anchor_y, struct fault *fault)
{
    int reach[2];
    find_reach(image, anchor_x, anchor_y, reach);
    struct image *result = image_new(2 * reach[0], 2 * reach[1], fault);
    if (result) {
        image_copy(result, image, reach[0] - anchor_x, reach[1] - anchor_y);
    }
    return result;
}

/* The dot of a symbol's picture that stands on its place. */
static int anchor_dot(double anchor_px, int ratio)
{
    return (int)ceil(anchor_px) * ratio;
}

/* Of layers: with the place in the middle. */
static bool add_layer_point(struct making *making, const char *name, struct symbol_picture *picture)
{
    int ratio = making->sheet->pixel_ratio;
    const struct image *image = picture ? symbol_picture_image(picture, ratio, making->fault) : NULL;
    if (!image) {
        return false;
    }
    struct point anchor = symbol_picture_anchor(picture);
    return add(making, name,
               centred(image, anchor_dot(anchor.x, ratio), anchor_dot(anchor.y, ratio), making->fault));
}

/* Of plots: as icon_box.h cuts it. */
static bool add_symbol(struct making *making, const char *name, struct symbol_picture *picture)
{
    int ratio = making->sheet->pixel_ratio;
    const struct image *image = picture ? symbol_picture_image(picture, ratio, making->fault) : NULL;
    if (!image) {
        return false;
    }
    struct bbox box = icon_box_of(picture);
    struct point anchor = symbol_picture_anchor(picture);
    struct image *cut = image_new((int)bbox_width(box) * ratio, (int)bbox_height(box) * ratio, making->fault);
    if (cut) {
        image_copy(cut, image, -(int)box.min_x * ratio - anchor_dot(anchor.x, ratio),
                   -(int)box.min_y * ratio - anchor_dot(anchor.y, ratio));
    }
    return add(making, name, cut);
}

/* Fills as they are, since they must repeat; the rest around its middle. */
static struct image *paint_part(const struct making *making, const struct area_look *look,
                                enum look_image part)
{
    struct image *image =
        look_image_paint(making->renderer, look, part, making->sheet->pixel_ratio, making->fault);
    if (!image || part == LOOK_IMAGE_FILL) {
        return image;
    }
    struct image *result = centred(image, image->width / 2, image->height / 2, making->fault);
    image_free(image);
    return result;
}

static bool add_parts(struct making *making, const char *prefix, const struct area_look *look)
{
    for (int i = 0; i < LOOK_IMAGE_COUNT; i++) {
        char name[NAME_BYTES];
        enum look_image part = (enum look_image)i;
        snprintf(name, sizeof(name), "%s/%s", prefix, look_image_name(part));
        if (look_has_image(look, part) && !is_there(making, name) &&
            !add(making, name, paint_part(making, look, part))) {
            return false;
        }
    }
    return true;
}

static bool add_icon(struct making *making, const struct map_icon *icon)
{
    return is_there(making, icon->name) ||
           add_symbol(making, icon->name, icon_picture(making->renderer, making->view, icon, making->fault));
}

static bool add_plot(struct making *making, const struct plot *plot)
{
    struct map_looks looks;
    bool is_added = true;
    map_looks_init(&looks, making->view->symbols, plot);
    for (size_t i = 0; is_added && i < looks.icon_count; i++) {
        is_added = add_icon(making, &looks.icons[i]);
    }
    for (size_t i = 0; is_added && i < looks.shape_count; i++) {
        struct area_look look = map_shape_look_in(&looks.shapes[i], making->view->palette);
        is_added = add_parts(making, looks.shapes[i].name, &look);
    }
    map_looks_finish(&looks);
    return is_added;
}

static bool add_rule(struct making *making, const struct layer *layer, size_t number)
{
    const struct style_rule *rule = &layer->style->rules[number];
    char name[NAME_BYTES];
    snprintf(name, sizeof(name), "%s/%zu", layer->id, number);
    if (style_rule_draws_points(rule) &&
        !add_layer_point(making, name,
                         layer_point_picture(making->renderer, making->view, rule, 0, 1.0, making->fault))) {
        return false;
    }
    return add_parts(making, name, &rule->look);
}

/* What stands for a symbol that came after the style was fetched. */
static bool add_unknown(struct making *making)
{
    struct symbol_code nothing = {.version = 1};
    return add_symbol(making, PLOT_LOOK_UNKNOWN,
                      symbol_cache_get(renderer_symbol_cache(making->renderer), NULL, &nothing, DETAIL_FULL,
                                       making->view->palette, 1.0, making->fault));
}

static bool add_items(struct making *making)
{
    const struct map *map = making->view->map;
    if (!add_unknown(making)) {
        return false;
    }
    for (size_t i = 0; i < map->item_count; i++) {
        const struct layer *layer = map->items[i].layer;
        size_t rule_count = layer && layer->kind == LAYER_VECTOR ? layer->style->rule_count : 0;
        for (size_t number = 0; number < rule_count; number++) {
            if (!add_rule(making, layer, number)) {
                return false;
            }
        }
    }
    for (size_t i = 0; i < making->view->plot_count; i++) {
        if (!add_plot(making, making->view->plots[i])) {
            return false;
        }
    }
    return true;
}

static int compare_heights(const void *a, const void *b)
{
    const struct sprite_picture *one = a;
    const struct sprite_picture *two = b;
    int difference = two->image->height - one->image->height;
    return difference != 0 ? difference : strcmp(one->name, two->name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct sprite_picture *)a)->name, ((const struct sprite_picture *)b)->name);
}

static void free_picture(struct sprite_picture *picture)
{
    free(picture->name);
    image_free(picture->image);
}

/* Row by row; how many of the pictures have room. */
static size_t lay_out(struct sprite_sheet *sheet)
{
    int most = SHEET_MOST_PX * sheet->pixel_ratio;
    int row_width = ROW_PX * sheet->pixel_ratio;
    int x = 0;
    int y = 0;
    int row_height = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        struct sprite_picture *picture = &sheet->pictures[i];
        if (x > 0 && x + picture->image->width > row_width) {
            y += row_height;
            x = row_height = 0;
        }
        if (y + picture->image->height > most || picture->image->width > most) {
            return i;
        }
        picture->x = x;
        picture->y = y;
        x += picture->image->width;
        row_height = picture->image->height > row_height ? picture->image->height : row_height;
        sheet->width = x > sheet->width ? x : sheet->width;
        sheet->height = y + row_height;
    }
    return sheet->count;
}

static void arrange(struct sprite_sheet *sheet, struct report *report)
{
    if (sheet->count == 0) {
        return;
    }
    qsort(sheet->pictures, sheet->count, sizeof(*sheet->pictures), compare_heights);
    size_t kept = lay_out(sheet);
    if (kept < sheet->count && report) {
        report_add(report, REPORT_DID_NOT_FIT, "sprite", "%zu of %zu pictures have no room on the sheet",
                   sheet->count - kept, sheet->count);
    }
    for (size_t i = kept; i < sheet->count; i++) {
        free_picture(&sheet->pictures[i]);
    }
    sheet->count = kept;
    qsort(sheet->pictures, sheet->count, sizeof(*sheet->pictures), compare_names);
}

struct sprite_sheet *sprite_sheet_new(struct renderer *renderer, const struct map_view *view, int pixel_ratio,
                                      struct report *report, struct fault *fault)
{
    struct sprite_sheet *sheet = memory_new(1, sizeof(*sheet));
    sheet->pixel_ratio = pixel_ratio;
    struct making making = {
        .renderer = renderer, .view = view, .sheet = sheet, .seen = table_new(NULL), .fault = fault};
    symbol_cache_trim(renderer_symbol_cache(renderer));
    bool is_made = add_items(&making);
    table_free(making.seen);
    if (!is_made) {
        sprite_sheet_free(sheet);
        return NULL;
    }
    arrange(sheet, report);
    return sheet;
}

void sprite_sheet_free(struct sprite_sheet *sheet)
{
    if (!sheet) {
        return;
    }
    for (size_t i = 0; i < sheet->count; i++) {
        free_picture(&sheet->pictures[i]);
    }
    free(sheet->pictures);
    free(sheet);
}

struct image *sprite_sheet_paint(const struct sprite_sheet *sheet, struct fault *fault)
{
    bool is_empty = sheet->count == 0;
    struct image *image = image_new(is_empty ? 1 : sheet->width, is_empty ? 1 : sheet->height, fault);
    for (size_t i = 0; image && i < sheet->count; i++) {
        const struct sprite_picture *picture = &sheet->pictures[i];
        image_copy(image, picture->image, picture->x, picture->y);
    }
    return image;
}

void sprite_sheet_write_index(const struct sprite_sheet *sheet, struct buffer *json)
{
    buffer_append_text(json, "{");
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sprite_picture *picture = &sheet->pictures[i];
        buffer_append_text(json, i ? "," : "");
        buffer_append_json(json, picture->name);
        buffer_appendf(json, ":{\"x\":%d,\"y\":%d,\"width\":%d,\"height\":%d,\"pixelRatio\":%d}", picture->x,
                       picture->y, picture->image->width, picture->image->height, sheet->pixel_ratio);
    }
    buffer_append_text(json, "}\n");
}
