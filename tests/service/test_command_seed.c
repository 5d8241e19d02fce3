/*
 * test_command_seed.c - seeded tiles equal tiles drawn singly, and a file survives being interrupted.
 */
#include <signal.h>
#include <time.h>

#include "render/service/mbtiles.h"
#include "tests/support/program.h"
#include "tests/support/runner.h"

#define MOMENT "2026-10-08T10:00:00Z"
#define BOX "4.55,51.66,4.65,51.72"

static const char *prepare(void)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    return folder;
}

static struct mbtiles *open_tiles(const char *folder, const char *name)
{
    struct fault fault = {0};
    char *path = program_path(folder, name);
    struct mbtiles *mbtiles = mbtiles_open(path, &fault);
    ck_assert_msg(mbtiles != NULL, "%s", fault.message);
    free(path);
    return mbtiles;
}

static void assert_metadata(struct mbtiles *mbtiles, const char *name, const char *value)
{
    struct fault fault;
    char *found = mbtiles_read_metadata(mbtiles, name, &fault);
    ck_assert_str_eq(found, value);
    free(found);
}

START_TEST(seeded_tiles_equal_tiles_drawn_singly)
{
    static const uint32_t columns[] = {2099, 2100, 2100};
    static const uint32_t rows[] = {1358, 1358, 1359};
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", "4.5,51.65,4.65,51.72", "--zoom", "10-12",
                   "--as-of", MOMENT, "-o", "s.mbtiles");
    struct mbtiles *mbtiles = open_tiles(folder, "s.mbtiles");
    for (int i = 0; i < 3; i++) {
        struct fault fault = {0};
        size_t length;
        size_t single_length;
        char name[60];
        snprintf(name, sizeof(name), "WebMercatorQuad/12/%u/%u", columns[i], rows[i]);
        PROGRAM_EXPECT(0, folder, "tile", "situation", name, "--as-of", MOMENT, "-o", "single.png");
        char *single = program_read(folder, "single.png", &single_length);
        char *seeded = mbtiles_read_tile(mbtiles, (struct mbtiles_address){12, columns[i], 4095 - rows[i]},
                                         &length, &fault);
        ck_assert_msg(seeded != NULL, "%s", fault.message);
        ck_assert_uint_eq(length, single_length);
        ck_assert_mem_eq(seeded, single, length);
        free(single);
        free(seeded);
    }
    mbtiles_close(mbtiles);
}
END_TEST

START_TEST(the_file_says_what_it_holds)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", BOX, "--zoom", "9-10", "--as-of", MOMENT, "-o",
                   "s.mbtiles");
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", "4.5,51.7,4.6,51.75", "--zoom", "8", "--as-of",
                   MOMENT, "-o", "s.mbtiles");
    struct mbtiles *mbtiles = open_tiles(folder, "s.mbtiles");
    assert_metadata(mbtiles, "name", "Situatie");
    assert_metadata(mbtiles, "format", "png");
    assert_metadata(mbtiles, "minzoom", "8");
    assert_metadata(mbtiles, "maxzoom", "10");
    assert_metadata(mbtiles, "bounds", "4.500000,51.660000,4.650000,51.750000");
    assert_metadata(mbtiles, "attribution", "Test, 2026");
    mbtiles_close(mbtiles);
}
END_TEST

START_TEST(tiles_that_are_there_are_not_drawn_again)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-12", "--as-of", MOMENT, "-o",
                   "s.mbtiles");
    struct program_result again = PROGRAM_RUN(folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-13",
                                              "--as-of", MOMENT, "-o", "s.mbtiles");
    ck_assert_int_eq(again.status, 0);
    ck_assert_ptr_null(strstr(again.out, " 0 there already"));
    ck_assert_ptr_null(strstr(again.out, " 0 drawn"));
    struct program_result third = PROGRAM_RUN(folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-13",
                                              "--as-of", MOMENT, "-o", "s.mbtiles");
    ck_assert_holds(third.out, " 0 drawn");
    struct program_result fresh = PROGRAM_RUN(folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-13",
                                              "--as-of", MOMENT, "--fresh", "-j2", "-o", "s.mbtiles");
    ck_assert_holds(fresh.out, " 0 there already");
    program_finish(&again);
    program_finish(&third);
    program_finish(&fresh);
}
END_TEST

/* Otherwise half of a file would show one situation and half another. */
START_TEST(tiles_of_another_revision_are_drawn_anew)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-11", "--as-of", MOMENT, "-o",
                   "s.mbtiles");
    program_write(
        folder, "edit.geojson",
        "{\"type\":\"Feature\",\"id\":\"x\",\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":\"B\"},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "edit.geojson");
    struct program_result again = PROGRAM_RUN(folder, "seed", "situation", "--bbox", BOX, "--zoom", "10",
                                              "--as-of", MOMENT, "-o", "s.mbtiles");
    ck_assert_int_eq(again.status, 0);
    ck_assert_holds(again.err, "another state");
    ck_assert_holds(again.out, " 0 there already");
    struct mbtiles *mbtiles = open_tiles(folder, "s.mbtiles");
    assert_metadata(mbtiles, "maxzoom", "10");
    mbtiles_close(mbtiles);
    program_finish(&again);
}
END_TEST

static void write_set(const char *folder, const char *look)
{
    char text[400];
    snprintf(text, sizeof(text), "set: haven\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\n%s", look);
    program_write(folder, "set.yaml", text);
}

START_TEST(tiles_of_a_symbol_set_that_was_edited_are_drawn_anew)
{
    static const char *const words[] = {"seed",    "situation", "--bbox", BOX,         "--zoom", "10",
                                        "--as-of", MOMENT,      "-o",     "s.mbtiles", NULL};
    const char *folder = prepare();
    size_t length;
    char text[4000];
    char *config = program_read(folder, "plottafel.yaml", &length);
    snprintf(text, sizeof(text), "symbols: .\n%s", config);
    program_write(folder, "plottafel.yaml", text);
    write_set(folder, "");
    for (int i = 0; i < 4; i++) {
        if (i == 2) {
            write_set(folder, "changes: [{id: bw.ugs, letters: UG}]\n");
        }
        struct program_result seeded = program_wait(folder, program_start(folder, words));
        ck_assert_msg(seeded.status == 0, "%s", seeded.err);
        ck_assert_holds(seeded.out, i % 2 == 0 ? " 0 there already" : " 0 drawn");
        program_finish(&seeded);
    }
    free(config);
}
END_TEST

START_TEST(a_killed_run_is_gone_on_with)
{
    const char *folder = prepare();
    const char *const words[] = {"seed",    "situation", "--bbox", "4.3,51.5,4.9,51.9", "--zoom", "8-14",
                                 "--as-of", MOMENT,      "-o",     "s.mbtiles",         NULL};
    uint64_t total;
    uint64_t drawn;
    uint64_t there;
    for (int i = 0; i < 2; i++) {
        pid_t pid = program_start(folder, words);
        nanosleep(&(struct timespec){1, 300000000}, NULL);
        kill(pid, SIGKILL);
        struct program_result killed = program_wait(folder, pid);
        program_finish(&killed);
    }
    struct program_result whole = program_wait(folder, program_start(folder, words));
    ck_assert_msg(whole.status == 0, "%s", whole.err);
    const char *said = strstr(whole.out, ": ");
    ck_assert_int_eq(sscanf(said, ": %lu tiles: %lu drawn, %lu there already", &total, &drawn, &there), 3);
    ck_assert_uint_eq(drawn + there, total);
    ck_assert_uint_gt(there, 0);
    program_finish(&whole);
    PROGRAM_EXPECT(0, folder, words[0], words[1], "--bbox", words[3], "--zoom", words[5], "--as-of", MOMENT,
                   "-o", "other.mbtiles");
    struct mbtiles *mbtiles = open_tiles(folder, "s.mbtiles");
    struct mbtiles *other = open_tiles(folder, "other.mbtiles");
    struct fault fault;
    size_t length;
    size_t other_length;
    struct mbtiles_address address = {14, 8400, 16383 - 5434};
    char *bytes = mbtiles_read_tile(mbtiles, address, &length, &fault);
    char *other_bytes = mbtiles_read_tile(other, address, &other_length, &fault);
    ck_assert(bytes && other_bytes && length == other_length);
    ck_assert_mem_eq(bytes, other_bytes, length);
    free(bytes);
    free(other_bytes);
    mbtiles_close(mbtiles);
    mbtiles_close(other);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_seed");
    TCase *cases = tcase_create("command_seed");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, seeded_tiles_equal_tiles_drawn_singly);
    tcase_add_test(cases, the_file_says_what_it_holds);
    tcase_add_test(cases, tiles_that_are_there_are_not_drawn_again);
    tcase_add_test(cases, tiles_of_another_revision_are_drawn_anew);
    tcase_add_test(cases, tiles_of_a_symbol_set_that_was_edited_are_drawn_anew);
    tcase_add_test(cases, a_killed_run_is_gone_on_with);
    suite_add_tcase(suite, cases);
    return suite;
}
