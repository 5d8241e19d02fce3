/*
 * test_map_style.c - what vector tiles cannot say, the style says in words.
 */
#include "render/vector/map_style.h"

#include "geo/base/buffer.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;

static void setup(void)
{
    scenery_init(&scenery, NULL);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static bool style_says(enum map_crowded crowded, const char *words)
{
    struct plot *plot = scenery_plot(&scenery, 14, around_moerdijk, 20);
    struct map_style_wish wish = {"http://127.0.0.1", "1", MOMENT_NONE, false};
    struct buffer json;
    scenery.map.crowded = crowded;
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 0));
    buffer_init(&json, 1u << 24);
    map_style_write(scenery.renderer, &view,
                    tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad"), &wish, &json);
    ck_assert(!json.is_full);
    const char *notes = strstr(json.bytes, "\"plottafel:crowded\":");
    ck_assert_ptr_nonnull(notes);
    bool is_said = strstr(notes, words) != NULL;
    buffer_finish(&json);
    plot_unref(plot);
    return is_said;
}

START_TEST(a_style_says_that_crowds_are_not_counted_where_the_map_counts_them)
{
    ck_assert(style_says(MAP_CROWDED_COUNT, "Badges that count crowded symbols (crowded: count)"));
    ck_assert(style_says(MAP_CROWDED_COUNT, "\"plottafel:crowded\":\"count\""));
    ck_assert(style_says(MAP_CROWDED_LEADER, "\"plottafel:crowded\":\"leader\""));
    ck_assert(!style_says(MAP_CROWDED_SHRINK, "Badges that count"));
    ck_assert(!style_says(MAP_CROWDED_LEADER, "Badges that count"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("map_style");
    TCase *tests = tcase_create("map_style");
    tcase_add_unchecked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_style_says_that_crowds_are_not_counted_where_the_map_counts_them);
    suite_add_tcase(suite, tests);
    return suite;
}
