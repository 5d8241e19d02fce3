/*
 * sprite_sheet.h - the pictures that a style of a map names, on one sheet (MapLibre sprite).
 *
 * Of plots: each symbol in use at the revision, in each detail, named as in vector tiles; of each line and
 * area in use its hatch, marks and ends, "nl@1/l.front/marks". Of layers: what stands on points, "layer/3",
 * and the same parts, "layer/3/fill". What stands on points of
 * layers has its place in the middle; symbols of plots are cut as icon_box.h says.
 */
#ifndef RENDER_SPRITE_SHEET_H
#define RENDER_SPRITE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct image;
struct map_view;
struct renderer;
struct report;

/** Where one picture lies, dots of the sheet. */
struct sprite_picture {
    char *name;          /* owned */
    struct image *image; /* owned */
    int x;
    int y;
};

struct sprite_sheet {
    int pixel_ratio;
    int width;
    int height;
    struct sprite_picture *pictures; /* owned; by name */
    size_t count;
};

/**
 * Paints all pictures of a view's map and finds a place for each. Those that a sheet of 4096 x 4096 px has no
 * room for are left out and counted in the report.
 * @return owned, sprite_sheet_free(). NULL on fault
 */
struct sprite_sheet *sprite_sheet_new(struct renderer *renderer, const struct map_view *view, int pixel_ratio,
                                      struct report *report, struct fault *fault);
void sprite_sheet_free(struct sprite_sheet *sheet);

/** The sheet as one picture. Owned, image_free(). */
struct image *sprite_sheet_paint(const struct sprite_sheet *sheet, struct fault *fault);

/** {"name": {"x": …, "y": …, "width": …, "height": …, "pixelRatio": …}, …} */
void sprite_sheet_write_index(const struct sprite_sheet *sheet, struct buffer *json);

#endif
