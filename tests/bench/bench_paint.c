/*
 * bench_paint.c - what painting costs: labels, symbols, areas, lines, PNG. Prints a table; not a test.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"
#include "symbology/symbol.h"
#include "symbology/symbol_set.h"

#define ROUNDS 7
#define TILE_PX 256

/** All that the tasks use. */
struct bench {
    struct text_engine *engine;
    struct symbol_set *set;
    struct symbol_cache *cache;
    struct canvas *canvas;
    struct image *tiles[2]; /* few colours, many colours */
    struct shape *shape;
    int number; /* what has not been drawn yet */
};

static const struct text_look label_look = {
    .size_px = 11, .colour = {20, 20, 20, 255}, .halo = {255, 255, 255, 230}, .halo_px = 1.5};

/** Times a task that does so many things a round; the median of the rounds, per thing. */
static void run(struct bench *bench, const char *name, int count, void (*task)(struct bench *, int count))
{
    double times_us[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_us = monotonic_now_us();
        task(bench, count);
        double time_us = (double)(monotonic_now_us() - start_us) / count;
        int place = round;
        for (; place > 0 && times_us[place - 1] > time_us; place--) {
            times_us[place] = times_us[place - 1];
        }
        times_us[place] = time_us;
    }
    printf("%-44s %10.2f us\n", name, times_us[ROUNDS / 2]);
}

static void measure_new(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "Uitgangsstelling %d", bench->number++);
        text_measure(bench->engine, text, &label_look, (struct text_box){0});
    }
}

static void measure_known(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        text_measure(bench->engine, "Uitgangsstelling Noord", &label_look, (struct text_box){0});
    }
}

static void paint_new_labels(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "Uitgangsstelling %d", bench->number++);
        canvas_text(bench->canvas, text, &label_look, (struct text_box){0},
                    (struct point){i % 150, i * 7 % 240});
    }
}

static void paint_known_labels(struct bench *bench, int count)
{
    for (int i = 0; i < count; i++) {
        char text[64];
        snprintf(text, sizeof text, "Uitgangsstelling %d", i % 100);
        canvas_text(bench->canvas, text, &label_look, (struct text_box){0},
                    (struct point){i % 150, i * 7 % 240});
    }
}

static void paint_symbols(struct bench *bench, int count, double scale)
{
    struct symbol_code code = {.set = "nl", .version = 1};
    for (int i = 0; i < count; i++) {
        const struct symbol_entry *entry =
            symbol_set_at(bench->set, (size_t)i % symbol_set_count(bench->set));
        if (entry->geometry == GEOMETRY_POINT) {
            struct symbol_picture *symbol =
                symbol_cache_get(bench->cache, entry, &code, DETAIL_FULL, PALETTE_DEFAULT, scale, NULL);
            canvas_symbol(bench->canvas, symbol, (struct point){i % 256, i * 7 % 256});
        }
    }
    symbol_cache_trim(bench->cache);
}

static void paint_new_symbols(struct bench *bench, int count)
{
    bench->number++;
    paint_symbols(bench, count, 1 + bench->number * 1e-9);
}

static void paint_known_symbols(struct bench *bench, int count)
{
    paint_symbols(bench, count, 1);
}

static void blend_label(struct bench *bench, int count)
{
    int x = 0;
    int y = 0;
    const struct image *label =
        text_picture(bench->engine, "Uitgangsstelling Noord", &label_look, (struct text_box){0}, 1, &x, &y);
    for (int i = 0; i < count; i++) {
        image_blend(bench->tiles[1], label, i % 150, i * 7 % 240);
    }
}

static void fill_flat(struct bench *bench, int count)
{
    struct fill fill = {.kind = FILL_FLAT, .colour = {120, 160, 200, 255}};
    for (int i = 0; i < count; i++) {
        canvas_fill(bench->canvas, bench->shape, &fill);
    }
}

static void fill_hatch(struct bench *bench, int count)
{
    struct fill fill = {
        .kind = FILL_HATCH, .colour = {160, 20, 40, 255}, .angle_deg = 45, .spacing_px = 8, .width_px = 1};
    for (int i = 0; i < count; i++) {
        canvas_fill(bench->canvas, bench->shape, &fill);
    }
}

static void stroke_outline(struct bench *bench, int count)
{
    struct line_look look = {.stroke_count = 1, .strokes = {{.width_px = 1, .colour = {0, 0, 0, 255}}}};
    for (int i = 0; i < count; i++) {
        canvas_line(bench->canvas, bench->shape, &look);
    }
}

static void stroke_dashed(struct bench *bench, int count)
{
    struct line_look look = {
        .stroke_count = 1,
        .strokes = {{.width_px = 2, .colour = {0, 0, 0, 255}, .dash_px = {8, 4}, .dash_count = 2}}};
    for (int i = 0; i < count; i++) {
        canvas_line(bench->canvas, bench->shape, &look);
    }
}

static void write_png(const struct image *image, int count)
{
    for (int i = 0; i < count; i++) {
        size_t length = 0;
        free(png_write(image, 0, &length, NULL));
    }
}

static void write_palette_png(struct bench *bench, int count)
{
    write_png(bench->tiles[0], count);
}

static void write_true_colour_png(struct bench *bench, int count)
{
    write_png(bench->tiles[1], count);
}

/** A coast: a ring with bays, some of it outside the tile. */
static struct shape *make_coast(int point_count)
{
    struct point *points = memory_new((size_t)point_count + 1, sizeof *points);
    for (int i = 0; i < point_count; i++) {
        double angle = 2 * M_PI * i / point_count;
        double radius = 110 + 25 * sin(7 * angle) + 8 * sin(61 * angle) + 2 * sin(397 * angle);
        points[i] = (struct point){128 + radius * cos(angle), 128 + radius * sin(angle)};
    }
    points[point_count] = points[0];
    struct shape *shape = shape_new(SHAPE_POLYGON);
    shape_add_part(shape, points, (size_t)point_count + 1, false);
    free(points);
    return shape;
}

/** A tile as there are many: land, an area, lines, symbols, labels; in flat colours only, or also over a
 * relief. */
static struct image *make_tile(struct bench *bench, bool has_relief)
{
    bench->canvas = canvas_new_picture((struct pixel_box){0, 0, TILE_PX, TILE_PX}, 1, bench->engine, NULL);
    canvas_fill_all(bench->canvas, (struct colour){215, 230, 240, 255});
    bench->shape = make_coast(200);
    fill_flat(bench, 1);
    if (has_relief) {
        struct image *relief = image_new(32, 32, NULL);
        for (int i = 0; i < 32 * 32; i++) {
            relief->pixels[i] = 0xff000000u | (uint32_t)(i % 32 * 5 + i / 32 * 3) * 0x010101u;
        }
        canvas_begin_group(bench->canvas, canvas_window(bench->canvas), 0.3);
        canvas_image(bench->canvas, relief, canvas_window(bench->canvas), true);
        canvas_end_group(bench->canvas);
        image_free(relief);
    }
    stroke_outline(bench, 1);
    if (has_relief) {
        fill_hatch(bench, 1);
        paint_known_symbols(bench, 20);
        paint_known_labels(bench, 20);
    }
    struct image *tile = canvas_take_picture(bench->canvas, NULL);
    canvas_free(bench->canvas);
    shape_free(bench->shape);
    return tile;
}

static void report_png(const char *name, const struct image *image)
{
    size_t length = 0;
    free(png_write(image, 0, &length, NULL));
    printf("%-44s %10zu bytes\n", name, length);
}

static void bench_shapes(struct bench *bench)
{
    static const int counts[] = {100, 1000, 10000};
    for (int i = 0; i < 3; i++) {
        char name[64];
        bench->shape = make_coast(counts[i]);
        snprintf(name, sizeof name, "fill, %d points", counts[i]);
        run(bench, name, 20, fill_flat);
        snprintf(name, sizeof name, "hatch, %d points", counts[i]);
        run(bench, name, 20, fill_hatch);
        snprintf(name, sizeof name, "stroke 1 px, %d points", counts[i]);
        run(bench, name, 20, stroke_outline);
        snprintf(name, sizeof name, "stroke 2 px dashed, %d points", counts[i]);
        run(bench, name, 20, stroke_dashed);
        shape_free(bench->shape);
    }
}

/** All lines or areas of the set, each along a shape of its own; count is of whole tiles. */
static void paint_set(struct bench *bench, enum symbol_geometry geometry, enum symbol_status status,
                      int count)
{
    struct symbol_code code = {.set = "nl", .version = 1, .status = status};
    for (int i = 0; i < count; i++) {
        for (size_t k = 0; k < symbol_set_count(bench->set); k++) {
            const struct symbol_entry *entry = symbol_set_at(bench->set, k);
            if (entry->geometry == geometry && geometry == GEOMETRY_LINE) {
                struct line_look look = symbol_line_look(entry, &code, PALETTE_DEFAULT);
                canvas_line(bench->canvas, bench->shape, &look);
            } else if (entry->geometry == geometry) {
                struct area_look look = symbol_area_look(entry, &code, PALETTE_DEFAULT);
                canvas_fill(bench->canvas, bench->shape, &look.fill);
                canvas_line(bench->canvas, bench->shape, &look.outline);
            }
        }
    }
}

static void paint_lines(struct bench *bench, int count)
{
    paint_set(bench, GEOMETRY_LINE, STATUS_PRESENT, count);
}

static void paint_planned_lines(struct bench *bench, int count)
{
    paint_set(bench, GEOMETRY_LINE, STATUS_PLANNED, count);
}

static void paint_unknown_lines(struct bench *bench, int count)
{
    paint_set(bench, GEOMETRY_LINE, STATUS_UNKNOWN, count);
}

static void paint_areas(struct bench *bench, int count)
{
    paint_set(bench, GEOMETRY_AREA, STATUS_PRESENT, count);
}

static void bench_looks(struct bench *bench)
{
    struct shape *ring = make_coast(200);
    bench->shape = shape_new(SHAPE_LINE);
    shape_add_part(bench->shape, ring->points, ring->point_count, false);
    run(bench, "all 19 lines, 200 points", 5, paint_lines);
    run(bench, "all 19 lines planned, 200 points", 5, paint_planned_lines);
    run(bench, "all 19 lines unknown, 200 points", 5, paint_unknown_lines);
    shape_free(bench->shape);
    bench->shape = ring;
    run(bench, "all 22 areas, 200 points", 5, paint_areas);
    shape_free(bench->shape);
}

int main(void)
{
    struct bench bench = {0};
    struct problems problems;
    problems_init(&problems);
    bench.engine = text_engine_new(NULL);
    bench.set = symbol_set_new_builtin(&problems);
    bench.cache = symbol_cache_new();
    bench.tiles[0] = make_tile(&bench, false);
    bench.tiles[1] = make_tile(&bench, true);
    bench.canvas = canvas_new_picture((struct pixel_box){0, 0, TILE_PX, TILE_PX}, 1, bench.engine, NULL);
    canvas_lend_symbols(bench.canvas, bench.cache);
    run(&bench, "measure a label, new", 300, measure_new);
    run(&bench, "measure a label, known", 1000, measure_known);
    run(&bench, "label with halo, new", 300, paint_new_labels);
    run(&bench, "label with halo, known", 1000, paint_known_labels);
    run(&bench, "label with halo, the blit alone", 1000, blend_label);
    run(&bench, "symbol, new", 150, paint_new_symbols);
    run(&bench, "symbol, known", 1500, paint_known_symbols);
    bench_shapes(&bench);
    bench_looks(&bench);
    run(&bench, "PNG of a tile, palette", 20, write_palette_png);
    run(&bench, "PNG of a tile, true colour", 20, write_true_colour_png);
    report_png("PNG of a tile, palette", bench.tiles[0]);
    report_png("PNG of a tile, true colour", bench.tiles[1]);
    canvas_free(bench.canvas);
    image_free(bench.tiles[0]);
    image_free(bench.tiles[1]);
    symbol_cache_free(bench.cache);
    symbol_set_free(bench.set);
    text_engine_free(bench.engine);
    problems_finish(&problems);
    return EXIT_SUCCESS;
}
