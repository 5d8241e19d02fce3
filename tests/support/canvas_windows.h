/*
 * canvas_windows.h - for tests of the canvas: the same thing painted in one window and in neighbouring ones.
 */
#ifndef PLOTTAFEL_TESTS_SUPPORT_CANVAS_WINDOWS_H
#define PLOTTAFEL_TESTS_SUPPORT_CANVAS_WINDOWS_H

#include <math.h>
#include <stddef.h>

#include "geo/base/fault.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "tests/support/runner.h"

/* A window far from the origin, as at zoom 19, and not at a multiple of any pattern. */
#define LEFT 33554437
#define TOP 22020103
#define SIDE 120

/* The ground on which all is painted, as a colour and as a dot. */
#define GROUND ((struct colour){250, 248, 240, 255})
#define GROUND_DOT 0xfffaf8f0u

static struct text_engine *engine;

static inline void open_engine(void)
{
    engine = text_engine_new(NULL);
    ck_assert_ptr_nonnull(engine);
}

static inline void close_engine(void)
{
    text_engine_free(engine);
}

static inline struct image *paint(struct pixel_box box, int pixel_ratio,
                                  void (*painter)(struct canvas *, const void *), const void *what)
{
    struct fault fault = {0};
    struct canvas *canvas = canvas_new_picture(box, pixel_ratio, engine, &fault);
    ck_assert_msg(canvas != NULL, "%s", fault.message);
    canvas_fill_all(canvas, GROUND);
    painter(canvas, what);
    struct image *image = canvas_take_picture(canvas, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    canvas_free(canvas);
    return image;
}

/** The number of dots that differ. */
static inline int difference_of(const struct image *a, const struct image *b)
{
    int number = 0;
    for (int i = 0; i < a->width * a->height; i++) {
        number += a->pixels[i] != b->pixels[i];
    }
    return number;
}

/** Paints one window and the four quarters of it: how many dots differ? */
static inline int mosaic(int pixel_ratio, void (*painter)(struct canvas *, const void *), const void *what)
{
    struct image *whole =
        paint((struct pixel_box){LEFT, TOP, 2 * SIDE, 2 * SIDE}, pixel_ratio, painter, what);
    struct image *quarters = image_new(whole->width, whole->height, NULL);
    for (int i = 0; i < 4; i++) {
        int x = i % 2 * SIDE;
        int y = i / 2 * SIDE;
        struct image *part =
            paint((struct pixel_box){LEFT + x, TOP + y, SIDE, SIDE}, pixel_ratio, painter, what);
        image_copy(quarters, part, x * pixel_ratio, y * pixel_ratio);
        image_free(part);
    }
    int difference = difference_of(whole, quarters);
    image_free(whole);
    image_free(quarters);
    return difference;
}

static inline struct point place(double x, double y)
{
    return (struct point){LEFT + round(x * 256) / 256, TOP + round(y * 256) / 256};
}

static inline int count_painted(const struct image *image)
{
    int count = 0;
    for (int i = 0; i < image->width * image->height; i++) {
        count += image->pixels[i] != GROUND_DOT;
    }
    return count;
}

#endif
