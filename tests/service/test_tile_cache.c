/* The cache never gives out a tile that is older than the last acknowledged change. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/tile/tile_cache.h"
#include "symbology/symbol.h"
#include "tests/support/runner.h"

#define MOMENT 1000

static struct tile_key key_of(uint16_t map, uint32_t column)
{
    return (struct tile_key){
        .map = map, .form = tile_form_plain(), .address = {10, column, 0}, .moment_ms = MOMENT};
}

/** An answer that says which revision it shows: its bytes are the revision. */
static struct answer *tile_of(uint64_t revision)
{
    return answer_new(200, "image/png", &revision, sizeof(revision));
}

static uint64_t revision_of(struct answer *answer)
{
    size_t length;
    uint64_t revision;
    memcpy(&revision, answer_bytes(answer, &length), sizeof(revision));
    ck_assert_uint_eq(length, sizeof(revision));
    return revision;
}

static bool put(struct tile_cache *cache, struct tile_key key, uint64_t epoch, uint64_t revision)
{
    struct answer *answer = tile_of(revision);
    bool is_taken = tile_cache_put(cache, &key, (struct tile_terms){epoch, 0, INT64_MAX}, answer);
    answer_unref(answer);
    return is_taken;
}

/** The revision of a cached tile; 0: it is not there. */
static uint64_t find(struct tile_cache *cache, struct tile_key key)
{
    struct answer *answer = tile_cache_find(cache, &key, NULL);
    uint64_t revision = answer ? revision_of(answer) : 0;
    answer_unref(answer);
    return revision;
}

START_TEST(what_was_put_is_found_until_it_is_dropped)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 2);
    ck_assert(put(cache, key_of(0, 5), 0, 7));
    ck_assert(!put(cache, key_of(0, 5), 0, 8));
    ck_assert_uint_eq(find(cache, key_of(0, 5)), 7);
    ck_assert_uint_eq(find(cache, key_of(1, 5)), 0);
    ck_assert_uint_eq(find(cache, key_of(0, 6)), 0);
    size_t count;
    struct tile_cache_entry *entries = tile_cache_begin_change(cache, 0, &count);
    ck_assert_uint_eq(count, 1);
    tile_cache_drop(cache, &entries[0]);
    ck_assert_uint_eq(find(cache, key_of(0, 5)), 0);
    free(entries);
    tile_cache_free(cache);
}
END_TEST

START_TEST(every_part_of_the_key_makes_another_tile)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 2);
    struct tile_key keys[9];
    for (int i = 0; i < 9; i++) {
        keys[i] = key_of(0, 5);
    }
    keys[1].map = 1;
    keys[2].tile_matrix_set = 1;
    keys[3].form.pixel_ratio = 2;
    keys[4].address.zoom = 11;
    keys[5].address.row = 1;
    keys[6].moment_ms = MOMENT + 1;
    keys[7].fixed_revision = 1;
    keys[8].palette = PALETTE_MONO;
    for (int i = 0; i < 9; i++) {
        ck_assert(put(cache, keys[i], 0, (uint64_t)i + 1));
    }
    for (int i = 0; i < 9; i++) {
        ck_assert_uint_eq(find(cache, keys[i]), (uint64_t)i + 1);
    }
    tile_cache_free(cache);
}
END_TEST

START_TEST(a_tile_of_an_older_epoch_is_not_taken_in)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 2);
    size_t count;
    uint64_t epoch = tile_cache_epoch(cache, 0);
    free(tile_cache_begin_change(cache, 0, &count));
    ck_assert(!put(cache, key_of(0, 5), epoch, 1));
    ck_assert(put(cache, key_of(0, 5), tile_cache_epoch(cache, 0), 2));
    ck_assert(put(cache, key_of(1, 5), tile_cache_epoch(cache, 1), 2));
    tile_cache_free(cache);
}
END_TEST

START_TEST(a_tile_drawn_for_the_change_is_not_dropped_by_it)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 1);
    size_t count;
    put(cache, key_of(0, 5), 0, 1);
    struct tile_cache_entry *entries = tile_cache_begin_change(cache, 0, &count);
    tile_cache_drop(cache, &entries[0]);
    ck_assert(put(cache, key_of(0, 5), tile_cache_epoch(cache, 0), 2));
    tile_cache_drop(cache, &entries[0]);
    ck_assert_uint_eq(find(cache, key_of(0, 5)), 2);
    free(entries);
    tile_cache_free(cache);
}
END_TEST

START_TEST(tiles_of_a_fixed_revision_outlive_changes)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 1);
    size_t count;
    struct tile_key key = key_of(0, 5);
    key.fixed_revision = 3;
    put(cache, key, 0, 3);
    free(tile_cache_begin_change(cache, 0, &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(find(cache, key), 3);
    tile_cache_free(cache);
}
END_TEST

START_TEST(another_store_leaves_no_tile_of_a_map_not_even_of_a_fixed_revision)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 2);
    struct tile_key fixed = key_of(0, 5);
    fixed.fixed_revision = 3;
    put(cache, fixed, 0, 3);
    put(cache, key_of(0, 5), 0, 4);
    put(cache, key_of(1, 5), 0, 5);
    tile_cache_drop_map(cache, 0);
    ck_assert_uint_eq(find(cache, fixed), 0);
    ck_assert_uint_eq(find(cache, key_of(0, 5)), 0);
    ck_assert_uint_eq(find(cache, key_of(1, 5)), 5);
    tile_cache_free(cache);
}
END_TEST

START_TEST(tiles_of_the_same_bytes_are_one_body_that_is_counted_once)
{
    struct tile_cache *cache = tile_cache_new(4 << 20, 2);
    size_t count;
    for (uint32_t i = 0; i < 1000; i++) {
        ck_assert(put(cache, key_of(0, i), 0, 7));
    }
    struct tile_key keys[2] = {key_of(0, 3), key_of(0, 900)};
    struct answer *first = tile_cache_find(cache, &keys[0], NULL);
    struct answer *other = tile_cache_find(cache, &keys[1], NULL);
    ck_assert_ptr_eq(first, other);
    answer_unref(first);
    answer_unref(other);
    ck_assert_uint_lt(tile_cache_state(cache).bytes, 1000 * 256 + 4000);
    put(cache, key_of(1, 3), 0, 8);
    struct tile_cache_entry *entries = tile_cache_begin_change(cache, 0, &count);
    for (size_t i = 0; i < count; i++) {
        tile_cache_drop(cache, &entries[i]);
    }
    ck_assert_uint_eq(find(cache, key_of(1, 3)), 8);
    ck_assert_uint_lt(tile_cache_state(cache).bytes, 4000);
    tile_cache_drop_map(cache, 1);
    ck_assert_uint_eq(tile_cache_state(cache).bytes, 0);
    free(entries);
    tile_cache_free(cache);
}
END_TEST

START_TEST(a_moved_tile_is_found_under_its_new_moment_only)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 1);
    size_t count;
    struct tile_key after = key_of(0, 5);
    after.moment_ms = MOMENT + 1;
    put(cache, key_of(0, 5), 0, 1);
    struct tile_cache_entry *entries = tile_cache_begin_change(cache, 0, &count);
    tile_cache_move(cache, &entries[0], MOMENT + 1);
    ck_assert_uint_eq(find(cache, after), 1);
    ck_assert_uint_eq(find(cache, key_of(0, 5)), 0);
    free(entries);
    tile_cache_free(cache);
}
END_TEST

START_TEST(an_incomplete_tile_is_kept_for_its_time_only)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 1);
    struct answer *answer = tile_of(1);
    struct tile_key key = key_of(0, 5);
    ck_assert(tile_cache_put(cache, &key, (struct tile_terms){0, 0, monotonic_now_ms() - 1}, answer));
    ck_assert_uint_eq(find(cache, key), 0);
    ck_assert(tile_cache_put(cache, &key, (struct tile_terms){0, 0, monotonic_now_ms() + 60000}, answer));
    ck_assert_uint_eq(find(cache, key), 1);
    answer_unref(answer);
    tile_cache_free(cache);
}
END_TEST

START_TEST(a_relabelled_tile_never_takes_the_place_of_a_newer_one)
{
    struct tile_cache *cache = tile_cache_new(1 << 20, 1);
    struct tile_key key = key_of(0, 5);
    uint64_t label;
    put(cache, key, 0, 1);
    struct answer *old = tile_cache_find(cache, &key, &label);
    struct answer *same = answer_with_header(old, "Plottafel-Revision", "2");
    ck_assert(tile_cache_relabel(cache, &key, old, 9, same));
    answer_unref(tile_cache_find(cache, &key, &label));
    ck_assert_uint_eq(label, 9);
    tile_cache_drop_map(cache, 0);
    put(cache, key, tile_cache_epoch(cache, 0), 3);
    ck_assert(!tile_cache_relabel(cache, &key, same, 10, old));
    ck_assert_uint_eq(find(cache, key), 3);
    answer_unref(old);
    answer_unref(same);
    tile_cache_free(cache);
}
END_TEST

START_TEST(the_least_recently_used_go_first_and_the_bytes_stay_below_their_bound)
{
    size_t most = 64 << 10;
    struct tile_cache *cache = tile_cache_new(most, 1);
    for (uint32_t i = 0; i < 1000; i++) {
        put(cache, key_of(0, i), 0, i + 1);
        ck_assert_uint_eq(find(cache, key_of(0, 0)), 1);
        ck_assert_uint_le(tile_cache_state(cache).bytes, most);
    }
    ck_assert_uint_eq(find(cache, key_of(0, 500)), 0);
    ck_assert_uint_eq(find(cache, key_of(0, 999)), 1000);
    ck_assert_uint_gt(tile_cache_state(cache).evicted, 900);
    tile_cache_free(cache);
}
END_TEST

/* ---- the law, with threads ---- */

#define TILES 64
#define CHANGES 3000
#define HITS 3000

/** A world of tiles: what the right revision of each is, once a change is acknowledged. */
struct world {
    struct tile_cache *cache;
    atomic_uint_least64_t revision;        /* current, before it is acknowledged */
    atomic_uint_least64_t drawn[TILES];    /* latest revision that changed the tile */
    atomic_uint_least64_t promised[TILES]; /* the same, of acknowledged changes */
    atomic_bool is_over;
    atomic_uint_least64_t hits;
};

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/** Asks for tiles as the service does: epoch, then revision, then (slowly) drawn, then put. */
static void *ask(void *context)
{
    struct world *world = context;
    unsigned state = (unsigned)(uintptr_t)&state;
    while (!atomic_load(&world->is_over)) {
        uint32_t column = next_random(&state) % TILES;
        uint64_t promised = atomic_load(&world->promised[column]);
        uint64_t got = find(world->cache, key_of(0, column));
        ck_assert_msg(got == 0 || got >= promised, "tile %u: got %lu, promised %lu", column, got, promised);
        if (got) {
            atomic_fetch_add(&world->hits, 1);
            continue;
        }
        uint64_t epoch = tile_cache_epoch(world->cache, 0);
        uint64_t drawn = atomic_load(&world->drawn[column]);
        if (next_random(&state) % 4 == 0) {
            sched_yield();
        }
        put(world->cache, key_of(0, column), epoch, drawn ? drawn : 1);
    }
    return NULL;
}

static void change(struct world *world, unsigned *state)
{
    bool is_touched[TILES] = {false};
    uint64_t revision = atomic_load(&world->revision) + 1;
    for (int i = 0; i < 5; i++) {
        is_touched[next_random(state) % TILES] = true;
    }
    for (uint32_t i = 0; i < TILES; i++) {
        if (is_touched[i]) {
            atomic_store(&world->drawn[i], revision);
        }
    }
    atomic_store(&world->revision, revision);
    size_t count;
    struct tile_cache_entry *entries = tile_cache_begin_change(world->cache, 0, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_touched[entries[i].key.address.column]) {
            tile_cache_drop(world->cache, &entries[i]);
        }
    }
    free(entries);
    for (uint32_t i = 0; i < TILES; i++) {
        if (is_touched[i]) {
            atomic_store(&world->promised[i], revision);
        }
    }
}

START_TEST(no_tile_older_than_an_acknowledged_change_is_given_out)
{
    struct world world = {.cache = tile_cache_new(8 << 20, 1)};
    atomic_store(&world.revision, 1);
    pthread_t askers[3];
    unsigned state = 11;
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(pthread_create(&askers[i], NULL, ask, &world), 0);
    }
    for (int i = 0; i < CHANGES || atomic_load(&world.hits) < HITS; i++) {
        change(&world, &state);
        if (i % 8 == 0) {
            sched_yield();
        }
    }
    atomic_store(&world.is_over, true);
    for (int i = 0; i < 3; i++) {
        pthread_join(askers[i], NULL);
    }
    for (uint32_t i = 0; i < TILES; i++) {
        uint64_t got = find(world.cache, key_of(0, i));
        ck_assert(got == 0 || got >= atomic_load(&world.promised[i]));
    }
    tile_cache_free(world.cache);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("tile_cache");
    TCase *tests = tcase_create("tile_cache");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_was_put_is_found_until_it_is_dropped);
    tcase_add_test(tests, every_part_of_the_key_makes_another_tile);
    tcase_add_test(tests, a_tile_of_an_older_epoch_is_not_taken_in);
    tcase_add_test(tests, a_tile_drawn_for_the_change_is_not_dropped_by_it);
    tcase_add_test(tests, tiles_of_a_fixed_revision_outlive_changes);
    tcase_add_test(tests, another_store_leaves_no_tile_of_a_map_not_even_of_a_fixed_revision);
    tcase_add_test(tests, tiles_of_the_same_bytes_are_one_body_that_is_counted_once);
    tcase_add_test(tests, a_moved_tile_is_found_under_its_new_moment_only);
    tcase_add_test(tests, an_incomplete_tile_is_kept_for_its_time_only);
    tcase_add_test(tests, a_relabelled_tile_never_takes_the_place_of_a_newer_one);
    tcase_add_test(tests, the_least_recently_used_go_first_and_the_bytes_stay_below_their_bound);
    tcase_add_test(tests, no_tile_older_than_an_acknowledged_change_is_given_out);
    suite_add_tcase(suite, tests);
    return suite;
}
