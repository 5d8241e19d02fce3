/*
 * test_symbol_distinct.c - can every symbol be told from every other where it is smallest, and is every
 * drawing on its grid?
 *
 * The distance of two symbols is how many px of one differ from the other when they stand on the same place
 * on white paper: each px counts for the largest difference among its three colours, as a share of black to
 * white.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/symbol/svg.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/glyph.h"
#include "symbology/symbol_set.h"
#include "tests/support/runner.h"

/*
 * A symbol of 18 px has some 120 px within its frame. Two that differ in 10 of them differ in a stroke across
 * the drawing, which is seen at arm's length; a lesser difference is taken for a flaw of screen or printer.
 */
#define LEAST_DISTANCE_PX 10.0
#define NEAREST_SHOWN 3
#define CANVAS_PX 48
#define ELEMENTS_MOST 6
#define DOTS_PER_UNIT 10
#define MARGIN_UNITS 4
#define GRID_UNITS 24
#define LEAST_SPAN_UNITS 15 /* of the longer side of a drawing: less is lost in its frame */
#define MOST_OFF_CENTRE_UNITS 2.6

static struct symbol_set *set;

static void open_set(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    ck_assert_ptr_nonnull(set);
    problems_finish(&problems);
}

static void close_set(void)
{
    symbol_set_free(set);
}

struct view {
    const char *title;
    enum symbol_detail detail;
    enum palette palette;
    double scale;
};

/* One symbol on white paper, its place in the middle. */
struct print {
    const struct symbol_entry *entry;
    unsigned char px[CANVAS_PX * CANVAS_PX][3];
};

static void put(struct print *print, int x, int y, uint32_t ink)
{
    if (x < 0 || y < 0 || x >= CANVAS_PX || y >= CANVAS_PX) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        print->px[y * CANVAS_PX + x][i] = (unsigned char)((ink >> 8 * i & 255) + (255 - (ink >> 24)));
    }
}

static void draw(struct print *print, struct symbol_cache *cache, const struct view *view)
{
    struct symbol_code code = {.set = "nl", .version = 1};
    struct symbol_picture *picture =
        symbol_cache_get(cache, print->entry, &code, view->detail, view->palette, view->scale, NULL);
    const struct image *image = symbol_picture_image(picture, 1, NULL);
    ck_assert_ptr_nonnull(image);
    struct point anchor = symbol_picture_anchor(picture);
    int left = CANVAS_PX / 2 - (int)ceil(anchor.x);
    int top = CANVAS_PX / 2 - (int)ceil(anchor.y);
    memset(print->px, 255, sizeof print->px);
    for (int i = 0; i < image->width * image->height; i++) {
        int x = i % image->width;
        int y = i / image->width;
        put(print, left + x, top + y, image->pixels[y * image->stride_px + x]);
    }
    symbol_cache_trim(cache);
}

static double distance_px(const struct print *a, const struct print *b)
{
    int sum = 0;
    for (int i = 0; i < CANVAS_PX * CANVAS_PX; i++) {
        int most = 0;
        for (int channel = 0; channel < 3; channel++) {
            int difference = abs(a->px[i][channel] - b->px[i][channel]);
            most = difference > most ? difference : most;
        }
        sum += most;
    }
    return sum / 255.0;
}

struct pair {
    const struct symbol_entry *a;
    const struct symbol_entry *b;
    double distance_px;
};

/* Keeps the nearest pairs, nearest first. */
static void keep_nearest(struct pair nearest[static NEAREST_SHOWN], struct pair pair)
{
    for (int i = 0; i < NEAREST_SHOWN; i++) {
        if (!nearest[i].a || pair.distance_px < nearest[i].distance_px) {
            struct pair later = nearest[i];
            nearest[i] = pair;
            pair = later;
            if (!pair.a) {
                return;
            }
        }
    }
}

static size_t draw_points(struct print *prints, const struct view *view)
{
    struct symbol_cache *cache = symbol_cache_new();
    size_t count = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry == GEOMETRY_POINT) {
            prints[count].entry = entry;
            draw(&prints[count++], cache, view);
        }
    }
    symbol_cache_free(cache);
    return count;
}

static void check_view(const struct view *view)
{
    struct print *prints = memory_new(symbol_set_count(set), sizeof *prints);
    size_t count = draw_points(prints, view);
    struct pair nearest[NEAREST_SHOWN] = {{NULL, NULL, 0}};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            keep_nearest(nearest, (struct pair){prints[i].entry, prints[j].entry,
                                                distance_px(&prints[i], &prints[j])});
        }
    }
    for (int i = 0; i < NEAREST_SHOWN; i++) {
        printf("%s: %s and %s differ in %.1f px\n", view->title, nearest[i].a->id, nearest[i].b->id,
               nearest[i].distance_px);
    }
    free(prints);
    ck_assert_msg(nearest[0].distance_px >= LEAST_DISTANCE_PX, "%s: %s and %s are taken for one another",
                  view->title, nearest[0].a->id, nearest[0].b->id);
}

START_TEST(no_two_symbols_are_alike_where_they_are_smallest)
{
    static const struct view views[] = {
        {"18 px", DETAIL_SMALL, PALETTE_DEFAULT, 1},
        {"18 px without colour", DETAIL_SMALL, PALETTE_MONO, 1},
        {"16 px", DETAIL_FULL, PALETTE_DEFAULT, 16 / SYMBOL_FULL_PX},
        {"16 px without colour", DETAIL_FULL, PALETTE_MONO, 16 / SYMBOL_FULL_PX},
    };
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        check_view(&views[i]);
    }
}
END_TEST

START_TEST(every_point_has_a_drawing_but_the_plate_which_is_made_of_numbers)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        bool has_glyph = entry->geometry == GEOMETRY_POINT && entry->kind != KIND_PLATE;
        ck_assert_msg((entry->glyph != NULL) == has_glyph, "%s", entry->id);
    }
}
END_TEST

START_TEST(no_two_drawings_are_the_same)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *a = symbol_set_at(set, i);
        for (size_t j = 0; j < i && a->glyph; j++) {
            const struct symbol_entry *b = symbol_set_at(set, j);
            ck_assert_msg(!b->glyph || strcmp(a->glyph, b->glyph) != 0, "%s and %s", a->id, b->id);
        }
    }
}
END_TEST

START_TEST(a_drawing_is_few_plain_shapes_in_one_colour)
{
    static const char *const foreign[] = {"href", "url", "style", "script", "text", "image", "use", "#"};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        int elements = 0;
        for (const char *place = entry->glyph; place && (place = strchr(place, '<')); place++) {
            elements += isalpha((unsigned char)place[1]) != 0;
        }
        ck_assert_msg(elements <= ELEMENTS_MOST, "%s has %d shapes", entry->id, elements);
        for (size_t j = 0; entry->glyph && j < sizeof foreign / sizeof foreign[0]; j++) {
            ck_assert_msg(!strstr(entry->glyph, foreign[j]), "%s holds %s", entry->id, foreign[j]);
        }
    }
}
END_TEST

/* A drawing with room around its grid, so that what lies outside is seen. */
static struct image *draw_on_grid(const struct symbol_entry *entry)
{
    int side = GRID_UNITS + 2 * MARGIN_UNITS;
    struct buffer svg;
    buffer_init(&svg, 2 * GLYPH_MOST_BYTES);
    buffer_appendf(&svg,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%d %d %d %d\"><g " GLYPH_DEFAULTS ">",
                   -MARGIN_UNITS, -MARGIN_UNITS, side, side);
    buffer_append_text(&svg, entry->glyph);
    buffer_append_text(&svg, "</g></svg>");
    struct image *image = svg_render(svg.bytes, svg.length, side * DOTS_PER_UNIT, NULL);
    ck_assert_msg(image, "%s", entry->id);
    buffer_finish(&svg);
    return image;
}

/* Box of the ink, units of the grid. */
static struct bbox ink_of(const struct symbol_entry *entry)
{
    struct image *image = draw_on_grid(entry);
    struct bbox box = bbox_empty();
    for (int i = 0; i < image->width * image->height; i++) {
        if (image->pixels[i] >> 24 >= 128) {
            double x = (double)(i % image->width) / DOTS_PER_UNIT - MARGIN_UNITS;
            double y = (double)(i / image->width) / DOTS_PER_UNIT - MARGIN_UNITS;
            struct bbox dot = {x, y, x + 1.0 / DOTS_PER_UNIT, y + 1.0 / DOTS_PER_UNIT};
            box = bbox_union(box, dot);
        }
    }
    image_free(image);
    return box;
}

START_TEST(a_drawing_fills_its_grid_and_keeps_within_it_strokes_included)
{
    struct bbox grid = {0, 0, GRID_UNITS, GRID_UNITS};
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (!entry->glyph) {
            continue;
        }
        struct bbox ink = ink_of(entry);
        ck_assert_msg(bbox_contains(bbox_grow(grid, 0.05), ink), "%s: %.1f %.1f %.1f %.1f", entry->id,
                      ink.min_x, ink.min_y, ink.max_x, ink.max_y);
        double span = fmax(bbox_width(ink), bbox_height(ink));
        ck_assert_msg(span >= LEAST_SPAN_UNITS, "%s is only %.1f units", entry->id, span);
        double off_x = fabs((ink.min_x + ink.max_x - GRID_UNITS) / 2);
        double off_y = fabs((ink.min_y + ink.max_y - GRID_UNITS) / 2);
        ck_assert_msg(fmax(off_x, off_y) <= MOST_OFF_CENTRE_UNITS, "%s is off centre by %.1f, %.1f",
                      entry->id, off_x, off_y);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol distinct");
    TCase *cases = tcase_create("drawings");
    tcase_add_checked_fixture(cases, open_set, close_set);
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, no_two_symbols_are_alike_where_they_are_smallest);
    tcase_add_test(cases, every_point_has_a_drawing_but_the_plate_which_is_made_of_numbers);
    tcase_add_test(cases, no_two_drawings_are_the_same);
    tcase_add_test(cases, a_drawing_is_few_plain_shapes_in_one_colour);
    tcase_add_test(cases, a_drawing_fills_its_grid_and_keeps_within_it_strokes_included);
    suite_add_tcase(suite, cases);
    return suite;
}
