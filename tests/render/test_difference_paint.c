/*
 * test_difference_paint.c - what changed is marked, each kind of change by a form of its own, and nothing
 * else of the picture differs.
 */
#include "render/scene/difference_paint.h"

#include "data/feature.h"
#include "data/plot.h"
#include "data/plot_difference.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "tests/support/scenery.h"

enum { SIDE_PX = 400, MOMENT = 1000 };

static const struct point middle_deg = {4.6, 51.7};
static struct scenery scenery;
static struct pixel_grid grid;
static struct pixel_box box;

static void setup(void)
{
    scenery_init(&scenery, NULL);
    grid = scenery_grid(&scenery, "WebMercatorQuad", 13);
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = middle_deg;
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid.crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(&grid, place);
    grid.origin.x -= grid.units_per_px / 4; /* of no tile matrix set: one district */
    box =
        (struct pixel_box){(int64_t)place.x - SIDE_PX / 2, (int64_t)place.y - SIDE_PX / 2, SIDE_PX, SIDE_PX};
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static double px_east(double px)
{
    return middle_deg.x + px * 360 / (256 * 8192);
}

static double px_south(double px)
{
    return middle_deg.y - px * 360 / (256 * 8192) * 0.62;
}

static struct feature *point_at(const char *id, const char *code, double east_px, double south_px)
{
    struct shape *shape = shape_new(SHAPE_POINT);
    struct point place = {px_east(east_px), px_south(south_px)};
    shape_add_part(shape, &place, 1, false);
    return scenery_feature(id, code, shape);
}

static struct feature *line_at(const char *id, const char *code, double south_px)
{
    struct shape *shape = shape_new(SHAPE_LINE);
    struct point line[] = {{px_east(-150), px_south(south_px)}, {px_east(150), px_south(south_px - 20)}};
    shape_add_part(shape, line, 2, false);
    return scenery_feature(id, code, shape);
}

static struct feature *area_at(const char *id, const char *code, double side_px)
{
    struct shape *shape = shape_new(SHAPE_POLYGON);
    struct point ring[] = {{px_east(-100), px_south(60)},
                           {px_east(-100 + side_px), px_south(60)},
                           {px_east(-100 + side_px), px_south(60 + side_px / 2)},
                           {px_east(-100), px_south(60 + side_px / 2)},
                           {px_east(-100), px_south(60)}};
    shape_add_part(shape, ring, 5, false);
    return scenery_feature(id, code, shape);
}

/* The features are taken over; NULLs are left out. */
static struct plot *plot_of(struct feature *const *features, size_t count)
{
    static const struct plot_title title = {"proef", "Proef", "", true, {"nl", 1}};
    struct change changes[16];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (features[i]) {
            changes[used++] = (struct change){
                .kind = CHANGE_PUT, .feature = features[i], .expected_revision = CHANGE_ANY_REVISION};
        }
    }
    struct plot *empty = plot_new(&title);
    struct plot *plot = plot_with_changes(empty, changes, used, 1, MOMENT);
    for (size_t i = 0; i < used; i++) {
        change_finish(&changes[i]);
    }
    plot_unref(empty);
    return plot;
}

/* A picture of after, with what changed since before marked; both plots are let go. */
struct marked {
    struct plot *before;
    struct plot *after;
    struct plot_difference *difference;
    struct map_view view;
};

static struct marked marked_of(struct plot *before, struct plot *after)
{
    struct marked marked = {.before = before, .after = after};
    marked.difference =
        plot_difference_new((struct plot_situation){before, MOMENT}, (struct plot_situation){after, MOMENT});
    marked.view = scenery_view(&scenery, after, grid);
    marked.view.moment_ms = MOMENT;
    marked.view.frame_px = pixel_box_to_bbox(box);
    return marked;
}

static void marked_finish(struct marked *marked)
{
    plot_difference_free(marked->difference);
    plot_unref(marked->before);
    plot_unref(marked->after);
}

static struct image *paint(struct marked *marked, bool with_marks)
{
    struct fault fault = {0};
    const struct plot_difference *differences[] = {marked->difference};
    marked->view.differences = with_marks ? differences : NULL;
    struct image *image = picture_render(scenery.renderer, &marked->view, box, 1, NULL, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    marked->view.differences = NULL;
    return image;
}

/* The box around all dots in which two pictures differ, from the middle of the picture; empty: none. */
static struct bbox differing(const struct image *a, const struct image *b)
{
    struct bbox found = bbox_empty();
    for (int y = 0; y < a->height; y++) {
        for (int x = 0; x < a->width; x++) {
            if (a->pixels[y * a->stride_px + x] != b->pixels[y * b->stride_px + x]) {
                double east = x - SIDE_PX / 2.0;
                double south = y - SIDE_PX / 2.0;
                found = bbox_union(found, (struct bbox){east, south, east + 1, south + 1});
            }
        }
    }
    return found;
}

/* The dots that marking two versions of one thing adds. */
static struct bbox marks_of(struct feature *before, struct feature *after)
{
    struct marked marked = marked_of(plot_of(&before, 1), plot_of(&after, 1));
    struct image *plain = paint(&marked, false);
    struct image *with_marks = paint(&marked, true);
    struct bbox found = differing(plain, with_marks);
    image_free(plain);
    image_free(with_marks);
    marked_finish(&marked);
    return found;
}

static void check_around(struct bbox found, double east, double south, double least, double most)
{
    ck_assert_msg(!bbox_is_empty(found), "there is no mark");
    struct bbox inner = bbox_grow((struct bbox){east, south, east, south}, least);
    struct bbox outer = bbox_grow((struct bbox){east, south, east, south}, most);
    ck_assert_msg(bbox_contains(found, inner) && bbox_contains(outer, found), "marks from %g, %g to %g, %g",
                  found.min_x, found.min_y, found.max_x, found.max_y);
}

START_TEST(without_a_difference_nothing_is_marked)
{
    struct bbox found = marks_of(point_at("a", "nl@1/bw.ugs", 0, 0), point_at("a", "nl@1/bw.ugs", 0, 0));
    ck_assert(bbox_is_empty(found));
}
END_TEST

START_TEST(what_is_new_or_changed_has_its_mark_around_its_symbol)
{
    check_around(marks_of(NULL, point_at("a", "nl@1/bw.ugs", 40, 30)), 40, 30, 12, 32);
    check_around(
        marks_of(point_at("a", "nl@1/bw.ugs;st=planned", 40, 30), point_at("a", "nl@1/bw.ugs", 40, 30)), 40,
        30, 12, 32);
}
END_TEST

START_TEST(what_has_ended_is_crossed_out_where_it_was)
{
    check_around(marks_of(point_at("a", "nl@1/bw.ugs", -50, 60), NULL), -50, 60, 10, 30);
}
END_TEST

START_TEST(what_moved_has_an_arrow_all_the_way)
{
    struct bbox found =
        marks_of(point_at("a", "nl@1/bw.ugs", -120, 50), point_at("a", "nl@1/bw.ugs", 100, -40));
    ck_assert(found.min_x <= -120 && found.min_x > -130);
    ck_assert(found.max_x >= 60 && found.max_x < 100);
    ck_assert(found.max_y >= 50 && found.max_y < 60);
}
END_TEST

START_TEST(what_moved_less_than_an_arrow_needs_is_marked_as_changed)
{
    check_around(marks_of(point_at("a", "nl@1/bw.ugs", 0, 0), point_at("a", "nl@1/bw.ugs", 6, 4)), 6, 4, 12,
                 32);
}
END_TEST

START_TEST(lines_and_areas_are_marked_along_all_of_them)
{
    struct bbox line = marks_of(NULL, line_at("a", "nl@1/l.kering", -60));
    struct bbox area = marks_of(area_at("b", "nl@1/a.rood", 100), area_at("b", "nl@1/a.rood", 150));
    struct bbox ended = marks_of(line_at("a", "nl@1/l.kering", -60), NULL);
    ck_assert(line.min_x < -148 && line.max_x > 148);
    ck_assert(area.min_x < -100 && area.max_x > 50 && area.min_y < 60 && area.max_y > 135);
    ck_assert(ended.min_x < -148 && ended.max_x > 148);
}
END_TEST

START_TEST(what_only_has_another_source_is_not_marked)
{
    struct feature *after = point_at("a", "nl@1/bw.ugs", 0, 0);
    free(after->source);
    after->source = memory_copy_text("another");
    ck_assert(bbox_is_empty(marks_of(point_at("a", "nl@1/bw.ugs", 0, 0), after)));
}
END_TEST

/* How dark a dot is, 0 … 255, as a printer without colour has it. */
static int grey(uint32_t dot)
{
    return (int)(0.30 * (dot >> 16 & 255) + 0.59 * (dot >> 8 & 255) + 0.11 * (dot & 255));
}

/* How many dots differ by half of all grey or more. */
static size_t count_apart(const struct image *a, const struct image *b)
{
    size_t count = 0;
    for (int i = 0; i < a->height * a->stride_px; i++) {
        count += abs(grey(a->pixels[i]) - grey(b->pixels[i])) > 100;
    }
    return count;
}

START_TEST(the_marks_are_told_apart_without_colour)
{
    struct image *images[4];
    struct feature *befores[4] = {NULL, point_at("a", "nl@1/bw.ugs;st=planned", 0, 0),
                                  point_at("a", "nl@1/bw.ugs", -90, 0), NULL};
    for (int i = 0; i < 4; i++) {
        struct feature *after = point_at("a", "nl@1/bw.ugs", 0, 0);
        struct feature *before = i == 3 ? feature_copy(after) : befores[i];
        struct marked marked = marked_of(plot_of(&before, 1), plot_of(&after, 1));
        images[i] = paint(&marked, true);
        marked_finish(&marked);
    }
    for (int i = 0; i < 4; i++) {
        for (int other = 0; other < i; other++) {
            ck_assert_uint_gt(count_apart(images[i], images[other]), 40);
        }
    }
    for (int i = 0; i < 4; i++) {
        image_free(images[i]);
    }
}
END_TEST

START_TEST(marks_are_counted_within_the_frame)
{
    struct feature *before[] = {point_at("a", "nl@1/bw.ugs", 0, 0), point_at("b", "nl@1/bw.ugs", 50, 0),
                                point_at("c", "nl@1/bw.ugs", 90, 0), NULL};
    struct feature *after[] = {point_at("a", "nl@1/bw.ugs;st=ended", 20, 0), NULL,
                               point_at("c", "nl@1/bw.ugs", 9000, 0), point_at("d", "nl@1/bw.ugs", 9000, 0)};
    struct marked marked = marked_of(plot_of(before, 4), plot_of(after, 4));
    const struct plot_difference *differences[] = {marked.difference};
    marked.view.differences = differences;
    size_t counts[CHANGE_MARK_COUNT] = {0};
    difference_count_marks(scenery.renderer, &marked.view, pixel_box_to_bbox(box), counts);
    ck_assert_uint_eq(counts[CHANGE_MARK_NEW], 0);
    ck_assert_uint_eq(counts[CHANGE_MARK_CHANGED], 1);
    ck_assert_uint_eq(counts[CHANGE_MARK_MOVED], 2);
    ck_assert_uint_eq(counts[CHANGE_MARK_ENDED], 1);
    marked_finish(&marked);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("difference_paint");
    TCase *tests = tcase_create("marks");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_a_difference_nothing_is_marked);
    tcase_add_test(tests, what_is_new_or_changed_has_its_mark_around_its_symbol);
    tcase_add_test(tests, what_has_ended_is_crossed_out_where_it_was);
    tcase_add_test(tests, what_moved_has_an_arrow_all_the_way);
    tcase_add_test(tests, what_moved_less_than_an_arrow_needs_is_marked_as_changed);
    tcase_add_test(tests, lines_and_areas_are_marked_along_all_of_them);
    tcase_add_test(tests, what_only_has_another_source_is_not_marked);
    tcase_add_test(tests, the_marks_are_told_apart_without_colour);
    tcase_add_test(tests, marks_are_counted_within_the_frame);
    suite_add_tcase(suite, tests);
    return suite;
}
