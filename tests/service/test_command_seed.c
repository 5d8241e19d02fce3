/*
 * test_command_seed.c - seeded tiles equal tiles drawn singly, packages survive being interrupted, and say so
 * when they cannot be made.
 */
#include <signal.h>
#include <sys/mount.h>
#include <time.h>

#include "render/service/seed/seed_draft.h"
#include "render/service/seed/tile_archive.h"
#include "tests/support/effort.h"
#include "tests/support/program.h"
#include "tests/support/runner.h"

#define MOMENT "2026-10-08T10:00:00Z"
#define BOX "4.55,51.66,4.65,51.72"
#define FEATURE                                                                                              \
    "{\"type\":\"Feature\",\"id\":\"%s\",\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":\"B\","     \
    "\"texts\":{\"n\":\"%s\"}},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,%.5f]}}"

/** Every kind of package, by what its name ends in. */
static const char *const names[] = {"s.mbtiles", "s.pmtiles", "s/"};
#define KIND_COUNT 3
#define ROUNDS test_rounds(5) /* one of each kind of package at least */

static const char *prepare(void)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    return folder;
}

/** Runs seed at the moment, with the one worker that small packages need; "" leaves an option out. */
static struct program_result seed(const char *folder, const char *zoom, const char *name, const char *option)
{
    const char *words[] = {"seed", "situation", "--bbox", BOX,  "--zoom", zoom,   "--as-of",
                           MOMENT, "-o",        name,     "-j", "1",      option, NULL};
    words[12] = *option ? option : NULL;
    return program_wait(folder, program_start(folder, words));
}

static void expect_seed(const char *folder, const char *zoom, const char *name, const char *said)
{
    struct program_result result = seed(folder, zoom, name, "");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_holds(result.out, said);
    program_finish(&result);
}

static struct tile_matrix_sets *sets;

static void set_up(void)
{
    struct fault fault;
    sets = tile_matrix_sets_new(&fault);
}

static void tear_down(void)
{
    tile_matrix_sets_free(sets);
}

static struct tile_archive *open_package(const char *folder, const char *name)
{
    struct fault fault = {0};
    char *path = program_path(folder, name);
    struct tile_archive *archive =
        tile_archive_open(path, tile_matrix_sets_find(sets, "WebMercatorQuad"), &fault);
    ck_assert_msg(archive != NULL, "%s", fault.message);
    ck_assert(tile_archive_is_there(archive));
    free(path);
    return archive;
}

static void assert_fact(struct tile_archive *archive, const char *name, const char *value)
{
    struct fault fault;
    char *found = tile_archive_read_fact(archive, name, &fault);
    ck_assert_str_eq(found, value);
    free(found);
}

/** Two packages side by side. */
struct pair {
    struct tile_archive *expected;
    size_t count;
    struct tile_archive *found;
};

static bool compare_tile(struct tile_address address, void *context, struct fault *fault)
{
    struct pair *pair = context;
    size_t length;
    size_t expected_length;
    char *bytes = tile_archive_read_tile(pair->found, address, &length, fault);
    char *expected = tile_archive_read_tile(pair->expected, address, &expected_length, fault);
    ck_assert_msg(bytes && expected, "%u/%u/%u: %s", address.zoom, address.column, address.row,
                  fault->message);
    ck_assert_msg(length == expected_length && memcmp(bytes, expected, length) == 0,
                  "tile %u/%u/%u differs from one drawn anew", address.zoom, address.column, address.row);
    pair->count++;
    free(bytes);
    free(expected);
    return true;
}

/** Every tile of the one is in the other with the same bytes, and there are no more. */
static void assert_same_tiles(const char *folder, const char *name, const char *expected_name)
{
    struct fault fault = {0};
    struct pair pair = {.expected = open_package(folder, expected_name), .found = open_package(folder, name)};
    ck_assert(tile_archive_visit(pair.expected, (struct tile_visitor){compare_tile, &pair}, &fault));
    size_t count = pair.count;
    ck_assert(tile_archive_visit(pair.found, (struct tile_visitor){compare_tile, &pair}, &fault));
    ck_assert_uint_eq(pair.count, 2 * count);
    tile_archive_close(pair.expected);
    tile_archive_close(pair.found);
}

START_TEST(seeded_tiles_equal_tiles_drawn_singly)
{
    static const uint32_t columns[] = {2099, 2100, 2100};
    static const uint32_t rows[] = {1358, 1358, 1359};
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", "4.5,51.65,4.65,51.72", "--zoom", "10-12",
                   "--as-of", MOMENT, "-o", "s.mbtiles");
    struct tile_archive *archive = open_package(folder, "s.mbtiles");
    for (int i = 0; i < 3; i++) {
        struct fault fault = {0};
        size_t length;
        size_t single_length;
        char name[60];
        snprintf(name, sizeof(name), "WebMercatorQuad/12/%u/%u", columns[i], rows[i]);
        PROGRAM_EXPECT(0, folder, "tile", "situation", name, "--as-of", MOMENT, "-o", "single.png");
        char *single = program_read(folder, "single.png", &single_length);
        char *seeded =
            tile_archive_read_tile(archive, (struct tile_address){12, columns[i], rows[i]}, &length, &fault);
        ck_assert_msg(seeded != NULL, "%s", fault.message);
        ck_assert_uint_eq(length, single_length);
        ck_assert_mem_eq(seeded, single, length);
        free(single);
        free(seeded);
    }
    tile_archive_close(archive);
}
END_TEST

START_TEST(packages_of_all_kinds_have_the_same_tiles_and_say_what_they_hold)
{
    const char *folder = prepare();
    for (int i = 0; i < KIND_COUNT; i++) {
        expect_seed(folder, "9-12", names[i], " 0 kept, 0 removed");
        PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", "4.5,51.7,4.6,51.75", "--zoom", "8",
                       "--as-of", MOMENT, "-o", names[i]);
        struct tile_archive *archive = open_package(folder, names[i]);
        assert_fact(archive, "name", "Situatie");
        assert_fact(archive, "format", "png");
        assert_fact(archive, "minzoom", "8");
        assert_fact(archive, "maxzoom", "12");
        assert_fact(archive, "bounds", "4.500000,51.660000,4.650000,51.750000");
        assert_fact(archive, "attribution", "Test, 2026");
        assert_fact(archive, "description", "TLP:CLEAR, situation as of 2026-10-08T07:30:00Z");
        tile_archive_close(archive);
        ck_assert(!program_has(folder, "s.mbtiles.seed") && !program_has(folder, "s.seed"));
        assert_same_tiles(folder, names[i], names[0]);
    }
}
END_TEST

START_TEST(a_package_says_whose_it_is_when_its_map_does)
{
    const char *folder = prepare();
    program_write(folder, "maps.yaml",
                  "maps:\n"
                  "  - {id: situation, title: S, extent: [4.4, 51.6, 4.8, 51.8], items: [{plot: exercise}],\n"
                  "     organisation: Brandweer, marking: TLP:GREEN}\n");
    expect_seed(folder, "8", "s.mbtiles", "1 drawn");
    struct tile_archive *archive = open_package(folder, "s.mbtiles");
    assert_fact(archive, "description", "Brandweer, TLP:GREEN, situation as of 2026-10-08T07:30:00Z");
    tile_archive_close(archive);
}
END_TEST

/** How large it is to become, as the command said before it drew anything. */
static double told_bytes(const char *err)
{
    const char *about = strstr(err, "to draw, about ");
    ck_assert_msg(about != NULL, "%s", err);
    return strtod(about + strlen("to draw, about "), NULL) * 1e6;
}

START_TEST(a_package_of_mostly_sea_becomes_about_as_large_as_was_told)
{
    const char *folder = prepare();
    size_t length;
    struct program_result result = PROGRAM_RUN(folder, "seed", "situation", "--bbox", "3.6,51.0,5.6,52.4",
                                               "--zoom", "8-12", "--as-of", MOMENT, "-o", "s.pmtiles");
    ck_assert_msg(result.status == 0, "%s", result.err);
    free(program_read(folder, "s.pmtiles", &length));
    double told = told_bytes(result.err);
    ck_assert_msg(told > 0 && told < 4 * (double)length + 1e5, "%.0f bytes were told, there are %zu", told,
                  length);
    program_finish(&result);
}
END_TEST

START_TEST(tiles_that_are_there_are_not_drawn_again)
{
    const char *folder = prepare();
    for (int i = 0; i < KIND_COUNT; i++) {
        expect_seed(folder, "10-11", names[i], " 0 kept");
        struct program_result again = seed(folder, "10-12", names[i], "");
        ck_assert_int_eq(again.status, 0);
        ck_assert_ptr_null(strstr(again.out, " 0 kept"));
        ck_assert_ptr_null(strstr(again.out, " 0 drawn"));
        expect_seed(folder, "10-12", names[i], " 0 drawn");
        struct program_result fresh = seed(folder, "10-12", names[i], "--fresh");
        ck_assert_holds(fresh.out, " 0 kept");
        program_finish(&again);
        program_finish(&fresh);
    }
}
END_TEST

static void edit(const char *folder, const char *id, const char *text, double lon, double lat)
{
    char json[600];
    snprintf(json, sizeof(json), FEATURE, id, text, lon, lat);
    program_write(folder, "edit.geojson", json);
    PROGRAM_EXPECT(0, folder, "import", "exercise", "edit.geojson");
}

/** Brings a package up to date: was only a part of it drawn? */
static bool draws_less(const char *folder, const char *name)
{
    struct program_result result = seed(folder, "9-13", name, "");
    ck_assert_msg(result.status == 0, "%s", result.err);
    bool is_less = strstr(result.out, " 0 kept") == NULL && strstr(result.out, " 0 drawn") == NULL;
    program_finish(&result);
    return is_less;
}

/* Features come, move and change their labels. A package follows a change or some of them at a time. */
START_TEST(after_random_changes_every_tile_equals_one_drawn_anew)
{
    const char *folder = prepare();
    unsigned random = 12345;
    size_t drawn_less = 0;
    for (int i = 0; i < KIND_COUNT; i++) {
        expect_seed(folder, "9-13", names[i], " 0 kept");
    }
    for (int round = 0; round < ROUNDS; round++) {
        char id[8];
        char name[24];
        random = random * 1103515245u + 12345u;
        snprintf(id, sizeof(id), "f%u", random / 65536 % 4);
        edit(folder, id, round % 2 ? "Lange naam van een brand" : "B", 4.55 + random / 65536 % 100 / 1000.0,
             51.66 + random / 4096 % 60 / 1000.0);
        snprintf(name, sizeof(name), "fresh-%d.mbtiles", round);
        expect_seed(folder, "9-13", name, " 0 kept");
        for (int i = 0; i < KIND_COUNT; i++) {
            if (i == round % KIND_COUNT || round == ROUNDS - 1) {
                drawn_less += draws_less(folder, names[i]);
                assert_same_tiles(folder, names[i], name);
            }
        }
    }
    ck_assert_uint_gt(drawn_less, 0);
}
END_TEST

START_TEST(stale_tiles_outside_the_box_are_removed_and_right_ones_stay)
{
    uint64_t total;
    uint64_t drawn;
    uint64_t kept;
    uint64_t removed;
    const char *folder = prepare();
    expect_seed(folder, "10-13", "s.pmtiles", " 0 kept");
    edit(folder, "x", "Ver weg", 4.64, 51.67);
    struct program_result result =
        PROGRAM_RUN(folder, "seed", "situation", "--bbox", "4.551,51.71,4.556,51.712", "--zoom", "10-13",
                    "--as-of", MOMENT, "-o", "s.pmtiles");
    ck_assert_int_eq(result.status, 0);
    ck_assert_int_eq(sscanf(strstr(result.out, ": "), ": %lu tiles: %lu drawn, %lu kept, %lu removed", &total,
                            &drawn, &kept, &removed),
                     4);
    ck_assert_uint_gt(removed, 0);
    ck_assert_uint_gt(kept, removed);
    ck_assert_uint_eq(total, drawn + kept);
    program_finish(&result);
    PROGRAM_EXPECT(0, folder, "seed", "situation", "--bbox", BOX, "--zoom", "10-13", "--as-of", MOMENT, "-o",
                   "fresh.pmtiles");
    expect_seed(folder, "10-13", "s.pmtiles", " 0 removed");
    assert_same_tiles(folder, "s.pmtiles", "fresh.pmtiles");
}
END_TEST

/* Its revisions have the same numbers, but other features. */
START_TEST(another_store_is_not_taken_for_the_same)
{
    const char *folder = prepare();
    expect_seed(folder, "10-11", "s.mbtiles", " 0 kept");
    char *store = program_path(folder, "plots.gpkg");
    ck_assert_int_eq(unlink(store), 0);
    free(store);
    edit(folder, "x", "Anders", 4.6, 51.7);
    edit(folder, "x", "Nog eens", 4.6, 51.7);
    struct program_result again = seed(folder, "10-11", "s.mbtiles", "");
    ck_assert_int_eq(again.status, 0);
    ck_assert_holds(again.out, " 0 kept");
    ck_assert_holds(again.err, "another look");
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
        expect_seed(folder, "10", "s.mbtiles", i % 2 == 0 ? " 0 kept" : " 0 drawn");
    }
    free(config);
}
END_TEST

static long size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (long)status.st_size : 0;
}

/** Until the draft has more tiles than before, which it has after its first commit. */
static void wait_for_tiles(const char *draft_path, long size_before, pid_t pid)
{
    for (int i = 0; i < 6000 && size_of(draft_path) <= size_before + 65536; i++) {
        ck_assert_int_eq(waitpid(pid, &(int){0}, WNOHANG), 0);
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
}

/** Begins with more than can be drawn in time, is ended so often, and does the rest of some zooms then. */
static void check_resumed(const char *folder, const char *name, int signal_number, int times)
{
    uint64_t total;
    uint64_t drawn;
    uint64_t kept;
    const char *const words[] = {"seed",   "situation", "--bbox",  "4.3,51.5,4.9,51.9",
                                 "--zoom", "8-19",      "--as-of", MOMENT,
                                 "-o",     name,        NULL};
    char *path = program_path(folder, name);
    char *draft_path = seed_draft_path_of(path);
    for (int i = 0; i < times; i++) {
        long size_before = size_of(draft_path);
        pid_t pid = program_start(folder, words);
        wait_for_tiles(draft_path, size_before, pid);
        kill(pid, signal_number);
        struct program_result ended = program_wait(folder, pid);
        ck_assert_int_ne(ended.status, 0);
        ck_assert(file_exists(draft_path) && !file_exists(path));
        if (signal_number == SIGINT) {
            ck_assert_int_eq(ended.status, 1);
            ck_assert_holds(ended.err, "interrupted: ");
            ck_assert_holds(ended.err, "the same command goes on with them");
        }
        program_finish(&ended);
    }
    struct program_result whole = seed(folder, "10-13", name, "");
    ck_assert_msg(whole.status == 0, "%s", whole.err);
    ck_assert_int_eq(
        sscanf(strstr(whole.out, ": "), ": %lu tiles: %lu drawn, %lu kept", &total, &drawn, &kept), 3);
    ck_assert_uint_eq(drawn + kept, total);
    ck_assert_uint_gt(kept, 0);
    ck_assert(!file_exists(draft_path));
    program_finish(&whole);
    free(draft_path);
    free(path);
}

/** All tiles of the one are in the other with the same bytes; that may have more. */
static void assert_holds_tiles(const char *folder, const char *name, const char *expected_name)
{
    struct fault fault = {0};
    struct pair pair = {.expected = open_package(folder, expected_name), .found = open_package(folder, name)};
    ck_assert(tile_archive_visit(pair.expected, (struct tile_visitor){compare_tile, &pair}, &fault));
    ck_assert_uint_gt(pair.count, 0);
    tile_archive_close(pair.expected);
    tile_archive_close(pair.found);
}

START_TEST(a_killed_run_is_gone_on_with)
{
    const char *folder = prepare();
    expect_seed(folder, "10-13", "fresh.mbtiles", " 0 kept");
    check_resumed(folder, "s.mbtiles", SIGKILL, 2);
    check_resumed(folder, "s.pmtiles", SIGINT, 1);
    assert_holds_tiles(folder, "s.mbtiles", "fresh.mbtiles");
    assert_holds_tiles(folder, "s.pmtiles", "fresh.mbtiles");
}
END_TEST

static bool find_finest(struct tile_address address, void *context, struct fault *fault)
{
    uint32_t *zoom = context;
    (void)fault;
    *zoom = address.zoom > *zoom ? address.zoom : *zoom;
    return true;
}

/* Tiles are drawn from the coarsest zoom on, but some of all zooms ahead, to tell the size. */
START_TEST(what_was_drawn_to_tell_the_size_is_kept)
{
    const char *const words[] = {"seed",    "situation", "--bbox", "4.3,51.5,4.9,51.9", "--zoom", "8-19",
                                 "--as-of", MOMENT,      "-o",     "s.mbtiles",         NULL};
    const char *folder = prepare();
    char *draft_path = program_path(folder, "s.mbtiles.seed");
    char *path = program_path(folder, "draft.mbtiles");
    pid_t pid = program_start(folder, words);
    wait_for_tiles(draft_path, 0, pid);
    kill(pid, SIGINT);
    struct program_result ended = program_wait(folder, pid);
    ck_assert_holds(ended.err, "interrupted: ");
    program_finish(&ended);
    ck_assert_int_eq(rename(draft_path, path), 0);
    struct fault fault = {0};
    uint32_t finest = 0;
    struct tile_archive *draft = open_package(folder, "draft.mbtiles");
    ck_assert(tile_archive_visit(draft, (struct tile_visitor){find_finest, &finest}, &fault));
    ck_assert_uint_eq(finest, 19);
    tile_archive_close(draft);
    free(draft_path);
    free(path);
}
END_TEST

/* The package that is there is whole until the new one is. */
START_TEST(a_killed_update_leaves_the_package_as_it_was_and_is_gone_on_with_after_another_change)
{
    const char *const words[] = {"seed",    "situation", "--bbox", "4.3,51.5,4.9,51.9", "--zoom", "8-19",
                                 "--as-of", MOMENT,      "-o",     "s.pmtiles",         NULL};
    const char *folder = prepare();
    size_t length;
    size_t length_after;
    expect_seed(folder, "8-13", "s.pmtiles", " 0 kept");
    char *before = program_read(folder, "s.pmtiles", &length);
    edit(folder, "x", "Eerste", 4.6, 51.7);
    char *draft_path = program_path(folder, "s.pmtiles.seed");
    pid_t pid = program_start(folder, words);
    wait_for_tiles(draft_path, 0, pid);
    kill(pid, SIGKILL);
    free(draft_path);
    struct program_result killed = program_wait(folder, pid);
    program_finish(&killed);
    char *after = program_read(folder, "s.pmtiles", &length_after);
    ck_assert_uint_eq(length, length_after);
    ck_assert_mem_eq(before, after, length);
    edit(folder, "x", "Tweede", 4.58, 51.69);
    expect_seed(folder, "8-13", "s.pmtiles", " removed");
    expect_seed(folder, "8-13", "fresh.mbtiles", " 0 kept");
    assert_holds_tiles(folder, "s.pmtiles", "fresh.mbtiles");
    free(before);
    free(after);
}
END_TEST

static void expect_refused(const char *folder, const char *said, const char *const *words)
{
    struct program_result result = program_wait(folder, program_start(folder, words));
    ck_assert_int_ne(result.status, 0);
    ck_assert_holds(result.err, said);
    program_finish(&result);
}

START_TEST(what_cannot_be_seeded_is_named)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/3/4/2", "-o", "foreign.pmtiles");
    struct {
        const char *said;
        const char *option;
        const char *value;
        const char *name;
    } cases[] = {
        {"not PMTiles", "--ratio", "1", "foreign.pmtiles"},
        {"another kind of file", "--ratio", "1", "plots.mbtiles"},
        {"name it x.mbtiles", "--ratio", "1", "s.zip"},
        {"knows WebMercatorQuad only", "--tms", "NetherlandsRDNewQuad", "s.pmtiles"},
        {"--format must be", "--format", "gif", "s.pmtiles"},
        {"--ratio", "--ratio", "4", "s.pmtiles"},
        {"--tile-size must be 256 or 512", "--tile-size", "300", "s.pmtiles"},
        {"no/such", "--ratio", "1", "no/such/s.pmtiles"},
    };
    size_t length;
    char *store = program_read(folder, "plots.gpkg", &length);
    struct fault fault;
    char *copy = program_path(folder, "plots.mbtiles");
    ck_assert(file_write(copy, store, length, &fault));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        expect_refused(folder, cases[i].said,
                       (const char *const[]){"seed", "situation", "--bbox", BOX, "--zoom", "10",
                                             cases[i].option, cases[i].value, "-o", cases[i].name, NULL});
    }
    expect_refused(folder, "no tile of 'NetherlandsRDNewQuad'",
                   (const char *const[]){"seed", "situation", "--bbox", "-70,-40,-69,-39", "--zoom", "10",
                                         "--tms", "NetherlandsRDNewQuad", "-o", "s.mbtiles", NULL});
    ck_assert(!program_has(folder, "s.mbtiles") && !program_has(folder, "s.mbtiles.seed"));
    free(copy);
    free(store);
}
END_TEST

START_TEST(a_package_of_another_map_is_left_alone_unless_asked)
{
    const char *folder = prepare();
    size_t length;
    char text[4000];
    char *maps = program_read(folder, "maps.yaml", &length);
    snprintf(text, sizeof(text),
             "%s  - {id: other, title: Other, extent: [4.4, 51.6, 4.8, 51.8], items: [{layer: land}]}\n",
             maps);
    program_write(folder, "maps.yaml", text);
    expect_seed(folder, "10-11", "s.pmtiles", " 0 kept");
    expect_refused(
        folder, "shows another map than 'other'",
        (const char *const[]){"seed", "other", "--bbox", BOX, "--zoom", "10", "-o", "s.pmtiles", NULL});
    expect_seed(folder, "10-11", "s.pmtiles", " 0 drawn");
    PROGRAM_EXPECT(0, folder, "seed", "other", "--bbox", BOX, "--zoom", "10", "-o", "s.pmtiles", "--fresh");
    free(maps);
}
END_TEST

/* A limit on the size of files stands for a full disk. */
START_TEST(a_full_disk_is_named_and_leaves_the_package_whole)
{
    const char *folder = prepare();
    for (int i = 0; i < 2; i++) {
        char command[600];
        size_t length;
        size_t length_after;
        expect_seed(folder, "10-11", names[i], " 0 kept");
        char *before = program_read(folder, names[i], &length);
        snprintf(command, sizeof(command),
                 "cd %s && trap '' XFSZ && ulimit -f 200 && exec %s seed situation --bbox 4.3,51.5,4.9,51.9 "
                 "--zoom 10-15 --as-of %s -o %s 2>.full",
                 folder, getenv("PLOTTAFEL_PROGRAM"), MOMENT, names[i]);
        ck_assert_int_ne(system(command), 0);
        char *said = program_read(folder, ".full", &length_after);
        ck_assert_holds(said, names[i]);
        free(said);
        char *after = program_read(folder, names[i], &length_after);
        ck_assert_uint_eq(length, length_after);
        ck_assert_mem_eq(before, after, length);
        free(before);
        free(after);
        struct program_result whole = seed(folder, "10-12", names[i], "");
        ck_assert_msg(whole.status == 0, "%s", whole.err);
        program_finish(&whole);
    }
}
END_TEST

/* The files of a folder take whole blocks, so that there is room is known only when they are written. */
START_TEST(a_folder_whose_disk_is_full_says_that_it_is_unfinished_and_is_gone_on_with)
{
    const char *folder = prepare();
    char *path = program_path(folder, "s");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    if (mount("tmpfs", path, "tmpfs", 0, "size=64m,nr_inodes=8") == 0) { /* else: not root */
        size_t length;
        struct program_result full = seed(folder, "9-12", "s/", "");
        ck_assert_int_eq(full.status, 1);
        ck_assert_holds(full.err, "No space left on device");
        char *facts = program_read(folder, "s/metadata.json", &length);
        ck_assert_holds(facts, "unfinished");
        ck_assert(program_has(folder, "s.seed"));
        ck_assert_int_eq(mount("tmpfs", path, "tmpfs", MS_REMOUNT, "size=64m,nr_inodes=5000"), 0);
        expect_seed(folder, "9-12", "s/", " 0 drawn");
        expect_seed(folder, "9-12", "fresh.mbtiles", " 0 kept");
        assert_same_tiles(folder, "s/", "fresh.mbtiles");
        program_finish(&full);
        free(facts);
        umount(path);
    }
    free(path);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_seed");
    TCase *cases = tcase_create("command_seed");
    tcase_set_timeout(cases, 240);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, seeded_tiles_equal_tiles_drawn_singly);
    tcase_add_test(cases, packages_of_all_kinds_have_the_same_tiles_and_say_what_they_hold);
    tcase_add_test(cases, a_package_says_whose_it_is_when_its_map_does);
    tcase_add_test(cases, a_package_of_mostly_sea_becomes_about_as_large_as_was_told);
    tcase_add_test(cases, tiles_that_are_there_are_not_drawn_again);
    tcase_add_test(cases, after_random_changes_every_tile_equals_one_drawn_anew);
    tcase_add_test(cases, stale_tiles_outside_the_box_are_removed_and_right_ones_stay);
    tcase_add_test(cases, another_store_is_not_taken_for_the_same);
    tcase_add_test(cases, tiles_of_a_symbol_set_that_was_edited_are_drawn_anew);
    tcase_add_test(cases, a_killed_run_is_gone_on_with);
    tcase_add_test(cases, what_was_drawn_to_tell_the_size_is_kept);
    tcase_add_test(cases,
                   a_killed_update_leaves_the_package_as_it_was_and_is_gone_on_with_after_another_change);
    tcase_add_test(cases, what_cannot_be_seeded_is_named);
    tcase_add_test(cases, a_package_of_another_map_is_left_alone_unless_asked);
    tcase_add_test(cases, a_full_disk_is_named_and_leaves_the_package_whole);
    tcase_add_test(cases, a_folder_whose_disk_is_full_says_that_it_is_unfinished_and_is_gone_on_with);
    suite_add_tcase(suite, cases);
    return suite;
}
