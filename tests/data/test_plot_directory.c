/*
 * test_plot_directory.c - whatever is looked for, a directory finds what a look at each feature finds,
 * however the row of chunks came about.
 */
#include "data/plot_directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature_chunk.h"
#include "geo/base/moment.h"
#include "tests/data/make_feature.h"
#include "tests/support/effort.h"
#include "tests/support/runner.h"

enum { CHUNK_MOST = 90, IDS_OF_CHUNK = 20, FEATURE_MOST = CHUNK_MOST * IDS_OF_CHUNK, ROUNDS = 60 };

/* A row of chunks that is written anew piece by piece. */
struct world {
    struct feature_chunk *chunks[CHUNK_MOST]; /* one reference each */
    size_t count;
    struct plot_directory *directory;
    uint64_t state;
};

/* A small generator, so that a failing run can be repeated. */
static uint32_t next_random(struct world *world)
{
    world->state = world->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(world->state >> 33);
}

static double random_deg(struct world *world, double from, double to)
{
    return from + (to - from) * (next_random(world) % 10000) / 10000;
}

/* Most are points. Lines may cross the antimeridian: then their points lie more than half a turn apart. */
static struct feature *random_feature(struct world *world, const char *id)
{
    struct point ends[2];
    for (int i = 0; i < 2; i++) {
        ends[i] = (struct point){random_deg(world, -179, 179), random_deg(world, -90, 90)};
    }
    if (next_random(world) % 8 > 0) {
        return make_point(id, ends[0].x, ends[0].y);
    }
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, ends, 2, false);
    return make_feature_with_shape(id, "nl@1/l.afzetting", shape);
}

/* Of the ids that are a place's, some. */
static struct feature_chunk *random_chunk(struct world *world, size_t place)
{
    const struct feature *features[IDS_OF_CHUNK];
    size_t count = 0;
    for (int i = 0; i < IDS_OF_CHUNK; i++) {
        char id[24];
        snprintf(id, sizeof id, "p%03zu-%02d", place, i);
        if (next_random(world) % 3 > 0 || (i + 1 == IDS_OF_CHUNK && count == 0)) {
            struct feature *feature = random_feature(world, id);
            feature->valid_to_ms = next_random(world) % 4 == 0 ? 10 : MOMENT_FOREVER;
            features[count++] = feature;
        }
    }
    struct feature_chunk *chunk = feature_chunk_new(features, count);
    for (size_t i = 0; i < count; i++) {
        feature_unref(features[i]);
    }
    return chunk;
}

static struct chunk_row row_of(const struct world *world)
{
    return (struct chunk_row){world->chunks, world->count};
}

/* What was visited, in order. */
struct visits {
    const struct feature *features[FEATURE_MOST];
    size_t count;
    size_t most;
};

static bool note(const struct feature *feature, void *context)
{
    struct visits *visits = context;
    visits->features[visits->count++] = feature;
    return visits->count < visits->most;
}

static bool lies_in(const struct feature *feature, struct bbox box)
{
    struct bbox own = feature->shape->box;
    bool is_across = bbox_width(own) > 180;
    return bbox_intersects(is_across ? (struct bbox){-180, own.min_y, 180, own.max_y} : own, box);
}

static void scan(const struct world *world, struct bbox box, int64_t moment_ms, struct visits *visits)
{
    for (size_t i = 0; i < world->count; i++) {
        for (size_t k = 0; k < feature_chunk_count(world->chunks[i]); k++) {
            const struct feature *feature = feature_chunk_at(world->chunks[i], k);
            if (feature_is_valid_at(feature, moment_ms) && lies_in(feature, box) && !note(feature, visits)) {
                return;
            }
        }
    }
}

static void check_box(struct world *world, struct bbox box, size_t most)
{
    struct visits found = {.most = most};
    struct visits expected = {.most = most};
    int64_t moment_ms = next_random(world) % 20;
    plot_directory_query(world->directory, row_of(world), box, moment_ms, note, &found);
    scan(world, box, moment_ms, &expected);
    ck_assert_uint_eq(found.count, expected.count);
    ck_assert_mem_eq(found.features, expected.features, found.count * sizeof(found.features[0]));
}

static void check_boxes(struct world *world)
{
    for (int i = 0; i < 6; i++) {
        double x = random_deg(world, -180, 180);
        double y = random_deg(world, -90, 90);
        struct bbox box = {x, y, x + random_deg(world, 0, 60), y + random_deg(world, 0, 60)};
        check_box(world, box, 1 + next_random(world) % FEATURE_MOST);
    }
    check_box(world, (struct bbox){179.5, -90, 180, 90}, FEATURE_MOST); /* only what crosses lies there */
    check_box(world, (struct bbox){-HUGE_VAL, -HUGE_VAL, HUGE_VAL, HUGE_VAL}, FEATURE_MOST);
    check_box(world, bbox_empty(), FEATURE_MOST);
}

/* Some places keep their chunks, some have others, come or go. present says which places there are. */
static void go_on(struct world *world, bool present[static CHUNK_MOST], unsigned changed_of_hundred)
{
    struct world earlier = *world;
    size_t old = 0;
    world->count = 0;
    for (size_t place = 0; place < CHUNK_MOST; place++) {
        bool is_changed = next_random(world) % 100 < changed_of_hundred;
        bool was_there = present[place];
        present[place] = is_changed ? next_random(world) % 5 > 0 : was_there;
        if (present[place]) {
            world->chunks[world->count++] =
                is_changed ? random_chunk(world, place) : feature_chunk_ref(earlier.chunks[old]);
        }
        old += was_there;
    }
    struct plot_directory *followed =
        plot_directory_follow(earlier.directory, row_of(&earlier), row_of(world));
    world->directory = followed;
    check_boxes(world);
    world->directory = plot_directory_tidy(followed, row_of(world));
    plot_directory_unref(followed);
    plot_directory_unref(earlier.directory);
    for (size_t i = 0; i < earlier.count; i++) {
        feature_chunk_unref(earlier.chunks[i]);
    }
}

static void finish(struct world *world)
{
    plot_directory_unref(world->directory);
    for (size_t i = 0; i < world->count; i++) {
        feature_chunk_unref(world->chunks[i]);
    }
}

START_TEST(a_directory_finds_what_a_look_at_each_feature_finds)
{
    static const unsigned changed[] = {0, 1, 3, 10, 60, 100};
    bool present[CHUNK_MOST] = {false};
    struct world world = {.state = 20260729};
    world.directory = plot_directory_new(row_of(&world));
    check_boxes(&world);
    go_on(&world, present, 90);
    const int rounds = test_rounds(ROUNDS);
    for (int i = 0; i < rounds; i++) {
        go_on(&world, present, changed[next_random(&world) % 6]);
        check_boxes(&world);
    }
    finish(&world);
}
END_TEST

START_TEST(a_directory_made_at_once_is_tidy_and_one_with_many_new_chunks_is_not)
{
    bool present[CHUNK_MOST] = {false};
    struct world world = {.state = 7};
    world.directory = plot_directory_new(row_of(&world));
    go_on(&world, present, 100);
    struct plot_directory *whole = plot_directory_new(row_of(&world));
    struct plot_directory *same = plot_directory_tidy(whole, row_of(&world));
    ck_assert_ptr_eq(same, whole);
    struct plot_directory *empty = plot_directory_new((struct chunk_row){NULL, 0});
    struct plot_directory *loose = plot_directory_follow(empty, (struct chunk_row){NULL, 0}, row_of(&world));
    struct plot_directory *tidied = plot_directory_tidy(loose, row_of(&world));
    ck_assert_ptr_ne(tidied, loose);
    plot_directory_unref(tidied);
    plot_directory_unref(loose);
    plot_directory_unref(empty);
    plot_directory_unref(same);
    plot_directory_unref(whole);
    finish(&world);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plot_directory");
    TCase *laws = tcase_create("laws");
    tcase_set_timeout(laws, 60);
    tcase_add_test(laws, a_directory_finds_what_a_look_at_each_feature_finds);
    tcase_add_test(laws, a_directory_made_at_once_is_tidy_and_one_with_many_new_chunks_is_not);
    suite_add_tcase(suite, laws);
    return suite;
}
