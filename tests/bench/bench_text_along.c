/*
 * bench_text_along.c - microseconds to set a text along a line of some vertices, and to paint it: for the
 * first time (cold) and again (warm), beside a text that stands straight. Prints a table; not a test.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/canvas/canvas.h"
#include "render/text/text_along.h"

#define TEXTS 150 /* as many as pictures are surely kept of */
#define ROUNDS 9
#define POINT_MAX 100000

struct bench {
    struct text_engine *engine;
    struct canvas *canvas;
    char names[TEXTS][32];
    struct point points[POINT_MAX];
    size_t point_count;
    struct bbox frame;
    struct text_alongs texts;
};

static const struct text_look look = {
    .size_px = 11, .colour = {30, 40, 90, 255}, .halo = {255, 255, 255, 255}, .halo_px = 1.5};

static void set_all(struct bench *bench)
{
    text_alongs_finish(&bench->texts);
    for (int i = 0; i < TEXTS; i++) {
        struct text_along_wish wish = {
            .text = bench->names[i], .look = look, .most = 1, .near = bbox_empty(), .frame = bench->frame};
        text_along_set(bench->engine, &wish, bench->points, bench->point_count, false, &bench->texts);
    }
}

static void paint_all(struct bench *bench)
{
    for (size_t i = 0; i < bench->texts.count; i++) {
        canvas_text_along(bench->canvas, bench->texts.items[i]);
    }
}

static void paint_straight(struct bench *bench)
{
    for (int i = 0; i < TEXTS; i++) {
        canvas_text(bench->canvas, bench->names[i], &look, (struct text_box){0}, (struct point){100, 100});
    }
}

static double cost_us(struct bench *bench, void (*task)(struct bench *bench))
{
    int64_t start_us = monotonic_now_us();
    task(bench);
    return (double)(monotonic_now_us() - start_us) / TEXTS;
}

/* The least of some rounds: what else the machine does only adds. */
static double least_us(struct bench *bench, void (*task)(struct bench *bench))
{
    double least = INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
        least = fmin(least, cost_us(bench, task));
    }
    return least;
}

static void draw_line(struct bench *bench, size_t count, double swing_px)
{
    bench->point_count = count;
    for (size_t i = 0; i < count; i++) {
        double x = 800.0 * (double)i / (double)(count - 1);
        bench->points[i] = (struct point){x, 200 + swing_px * sin(x / 80)};
    }
}

static void measure(struct bench *bench, const char *title, int pixel_ratio)
{
    struct fault fault = {0};
    bench->engine = text_engine_new(&fault);
    bench->canvas =
        canvas_new_picture((struct pixel_box){0, 0, 800, 400}, pixel_ratio, bench->engine, &fault);
    if (!bench->engine || !bench->canvas) {
        fprintf(stderr, "%s\n", fault.message);
        exit(1);
    }
    double set_cold = cost_us(bench, set_all);
    double set_warm = least_us(bench, set_all);
    double paint_cold = cost_us(bench, paint_all);
    double paint_warm = least_us(bench, paint_all);
    double straight_cold = cost_us(bench, paint_straight);
    double straight_warm = least_us(bench, paint_straight);
    printf("%-28s %d %8.1f %8.1f %8.1f %8.1f %12.1f %8.1f\n", title, pixel_ratio, set_cold, set_warm,
           paint_cold, paint_warm, straight_cold, straight_warm);
    text_alongs_finish(&bench->texts);
    canvas_free(bench->canvas);
    text_engine_free(bench->engine);
}

int main(void)
{
    static struct bench bench;
    bench.frame = bbox_empty();
    for (int i = 0; i < TEXTS; i++) {
        snprintf(bench.names[i], sizeof bench.names[i], "Provinciale weg %d", i);
    }
    printf("microseconds a text         at set cold     warm    paint     warm   straight:     warm\n");
    for (int ratio = 1; ratio <= 2; ratio++) {
        draw_line(&bench, 2, 0);
        measure(&bench, "straight, 2 points", ratio);
        draw_line(&bench, 30, 25);
        measure(&bench, "gentle bends, 30 points", ratio);
        draw_line(&bench, 400, 60);
        measure(&bench, "strong bends, 400 points", ratio);
    }
    draw_line(&bench, POINT_MAX, 25);
    for (size_t i = 0; i < POINT_MAX; i++) {
        bench.points[i].x *= 100; /* 80,000 px long, 2,000 of them in the frame */
    }
    measure(&bench, "long, 100,000 points", 1);
    bench.frame = (struct bbox){40000, -1000, 42000, 1000};
    measure(&bench, "the same in a frame", 1);
    return 0;
}
