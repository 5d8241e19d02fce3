/*
 * test_line_looks.c - are lines and areas, and their statuses, told apart as they come out on a map, without
 * colour?
 *
 * The distance of two pictures is the share of their ink that lies where the other one has none: every dot
 * counts for how much darker or lighter (by luminance) it is than the same dot of the other, smoothed a
 * little, so that the same pattern moved by a px is hardly a difference.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol.h"
#include "tests/support/runner.h"

#define WIDTH_PX 150
#define HEIGHT_PX 100
#define ENTRY_MOST 64
#define STATUS_DISTANCE 0.28
#define BAR_DISTANCE 0.04 /* as present but for the bars along it */
#define ENTRY_DISTANCE 0.16
#define SWATCH_DISTANCE 0.16
#define SWATCH_WIDTH_PX 36
#define SWATCH_HEIGHT_PX 16

static struct symbol_set *set;
static struct symbol_cache *cache;
static struct text_engine *engine;

static void open_all(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    problems_finish(&problems);
    cache = symbol_cache_new();
    engine = text_engine_new(NULL);
    ck_assert(set && engine);
}

static void close_all(void)
{
    text_engine_free(engine);
    symbol_cache_free(cache);
    symbol_set_free(set);
}

static struct shape *shape_for(enum symbol_geometry geometry)
{
    static const struct point line[] = {{10, 70}, {60, 30}, {100, 34}, {142, 66}};
    static const struct point ring[] = {{16, 18}, {132, 14}, {136, 60}, {90, 86}, {14, 80}, {16, 18}};
    struct shape *shape = shape_new(geometry == GEOMETRY_LINE ? SHAPE_LINE : SHAPE_POLYGON);
    if (geometry == GEOMETRY_LINE) {
        shape_add_part(shape, line, 4, false);
    } else {
        shape_add_part(shape, ring, 6, false);
    }
    return shape;
}

static void paint(struct canvas *canvas, const struct symbol_entry *entry, const struct symbol_code *code,
                  enum palette palette)
{
    struct shape *shape = shape_for(entry->geometry);
    if (entry->geometry == GEOMETRY_LINE) {
        struct line_look look = symbol_line_look(entry, code, palette);
        canvas_line(canvas, shape, &look);
    } else {
        struct area_look look = symbol_area_look(entry, code, palette);
        canvas_fill(canvas, shape, &look.fill);
        canvas_line(canvas, shape, &look.outline);
    }
    shape_free(shape);
}

/** How dark every dot is, 0 … 1, after a little smoothing. */
struct tones {
    int width;
    int height;
    double *dots;
};

static double darkness_of(uint32_t dot)
{
    double red = pow((dot >> 16 & 0xff) / 255.0, 2.2);
    double green = pow((dot >> 8 & 0xff) / 255.0, 2.2);
    double blue = pow((dot & 0xff) / 255.0, 2.2);
    return 1 - pow(0.2126 * red + 0.7152 * green + 0.0722 * blue, 1 / 2.2);
}

static struct tones tones_of(const struct image *image)
{
    struct tones tones = {image->width, image->height,
                          memory_new((size_t)image->width * (size_t)image->height, sizeof(double))};
    for (int y = 1; y + 1 < image->height; y++) {
        for (int x = 1; x + 1 < image->width; x++) {
            double sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += darkness_of(image->pixels[(y + i / 3 - 1) * image->stride_px + x + i % 3 - 1]);
            }
            tones.dots[y * image->width + x] = sum / 9;
        }
    }
    return tones;
}

static double distance_of(struct tones a, struct tones b)
{
    double difference = 0;
    double ink = 0;
    for (int i = 0; i < a.width * a.height; i++) {
        difference += fabs(a.dots[i] - b.dots[i]);
        ink += fmax(a.dots[i], b.dots[i]);
    }
    return difference / ink;
}

static struct tones map_tones(const struct symbol_entry *entry, enum symbol_status status,
                              enum palette palette)
{
    struct symbol_code code = {.set = "nl", .version = 1, .status = status};
    struct canvas *canvas =
        canvas_new_picture((struct pixel_box){0, 0, WIDTH_PX, HEIGHT_PX}, 1, engine, NULL);
    canvas_lend_symbols(canvas, cache);
    canvas_fill_all(canvas, (struct colour){255, 255, 255, 255});
    paint(canvas, entry, &code, palette);
    struct image *image = canvas_take_picture(canvas, NULL);
    struct tones tones = tones_of(image);
    image_free(image);
    canvas_free(canvas);
    return tones;
}

static struct tones swatch_tones(const struct symbol_entry *entry, enum palette palette)
{
    struct symbol_code code = {.set = "nl", .version = 1};
    struct symbol_picture *picture =
        symbol_cache_get_swatch(cache, entry, &code, palette, SWATCH_WIDTH_PX, SWATCH_HEIGHT_PX, NULL);
    struct image *paper = image_new(SWATCH_WIDTH_PX + 2, SWATCH_HEIGHT_PX + 2, NULL);
    memset(paper->pixels, 0xff, (size_t)paper->stride_px * (size_t)paper->height * sizeof(uint32_t));
    image_blend(paper, symbol_picture_image(picture, 1, NULL), 1, 1);
    struct tones tones = tones_of(paper);
    image_free(paper);
    return tones;
}

static void check_statuses(const struct symbol_entry *entry, enum palette palette)
{
    struct tones tones[STATUS_COUNT] = {{0}};
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (entry->statuses & 1u << i) {
            tones[i] = map_tones(entry, (enum symbol_status)i, palette);
        }
    }
    for (int i = 0; i < STATUS_COUNT; i++) {
        for (int j = 0; j < i && tones[i].dots; j++) {
            double least = i > STATUS_UNKNOWN ? BAR_DISTANCE : STATUS_DISTANCE;
            double distance = tones[j].dots ? distance_of(tones[i], tones[j]) : 1;
            ck_assert_msg(distance >= least, "%s: statuses %d and %d differ by %.3f (palette %d)", entry->id,
                          j, i, distance, palette);
        }
    }
    for (int i = 0; i < STATUS_COUNT; i++) {
        free(tones[i].dots);
    }
}

START_TEST(every_status_of_every_line_and_area_has_a_form_of_its_own_without_colour)
{
    static const enum palette palettes[] = {PALETTE_DEFAULT, PALETTE_MONO, PALETTE_COLOUR_BLIND};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int k = 0; k < 3 && entry->geometry != GEOMETRY_POINT; k++) {
            check_statuses(entry, palettes[k]);
        }
    }
}
END_TEST

/** All lines or all areas; the tones of each. */
struct family {
    const struct symbol_entry *entries[ENTRY_MOST];
    struct tones tones[ENTRY_MOST];
    int count;
};

static void check_family(const struct family *family, double least, const char *what)
{
    for (int i = 0; i < family->count; i++) {
        for (int j = 0; j < i; j++) {
            double distance = distance_of(family->tones[i], family->tones[j]);
            ck_assert_msg(distance >= least, "%s: %s and %s differ by %.3f", what, family->entries[j]->id,
                          family->entries[i]->id, distance);
        }
    }
    for (int i = 0; i < family->count; i++) {
        free(family->tones[i].dots);
    }
}

static void check_entries(enum symbol_geometry geometry, enum symbol_status status, enum palette palette)
{
    struct family on_map = {.count = 0};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry == geometry) {
            on_map.entries[on_map.count] = entry;
            on_map.tones[on_map.count++] = map_tones(entry, status, palette);
        }
    }
    check_family(&on_map, ENTRY_DISTANCE, "on the map");
}

START_TEST(no_two_lines_or_areas_are_alike_in_black_and_white)
{
    check_entries(GEOMETRY_LINE, STATUS_PRESENT, PALETTE_MONO);
    check_entries(GEOMETRY_AREA, STATUS_PRESENT, PALETTE_MONO);
    check_entries(GEOMETRY_LINE, STATUS_PRESENT, PALETTE_DEFAULT);
    check_entries(GEOMETRY_AREA, STATUS_PRESENT, PALETTE_DEFAULT);
}
END_TEST

START_TEST(no_two_swatches_of_16_px_are_alike_in_black_and_white)
{
    for (int geometry = GEOMETRY_LINE; geometry <= GEOMETRY_AREA; geometry++) {
        struct family swatches = {.count = 0};
        for (size_t i = 0; i < symbol_set_count(set); i++) {
            const struct symbol_entry *entry = symbol_set_at(set, i);
            if (entry->geometry == (enum symbol_geometry)geometry) {
                swatches.entries[swatches.count] = entry;
                swatches.tones[swatches.count++] = swatch_tones(entry, PALETTE_MONO);
            }
        }
        check_family(&swatches, SWATCH_DISTANCE, "as a swatch");
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("looks of lines and areas");
    TCase *tests = tcase_create("looks of lines and areas");
    tcase_add_unchecked_fixture(tests, open_all, close_all);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_status_of_every_line_and_area_has_a_form_of_its_own_without_colour);
    tcase_add_test(tests, no_two_lines_or_areas_are_alike_in_black_and_white);
    tcase_add_test(tests, no_two_swatches_of_16_px_are_alike_in_black_and_white);
    suite_add_tcase(suite, tests);
    return suite;
}
