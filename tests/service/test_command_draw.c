/*
 * test_command_draw.c - tile, map and briefing: one renderer, every format, and what happens without a layer.
 */
#include "geo/tile_matrix_set.h"
#include "tests/support/program.h"
#include "tests/support/runner.h"

#define MOMENT "2026-10-08T10:00:00Z"

static const char *prepare(void)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    return folder;
}

static void assert_same_file(const char *folder, const char *a, const char *b)
{
    size_t length_a;
    size_t length_b;
    char *bytes_a = program_read(folder, a, &length_a);
    char *bytes_b = program_read(folder, b, &length_b);
    ck_assert_uint_eq(length_a, length_b);
    ck_assert_mem_eq(bytes_a, bytes_b, length_a);
    free(bytes_a);
    free(bytes_b);
}

static void assert_begins(const char *folder, const char *name, const char *beginning)
{
    size_t length;
    char *bytes = program_read(folder, name, &length);
    ck_assert_uint_gt(length, strlen(beginning));
    ck_assert_mem_eq(bytes, beginning, strlen(beginning));
    free(bytes);
}

/* Law 1. */
START_TEST(a_map_of_a_tiles_box_is_the_tile)
{
    static const struct {
        const char *set;
        struct tile_address address;
    } tiles[] = {{"WebMercatorQuad", {12, 2100, 1358}}, {"NetherlandsRDNewQuad", {7, 56, 71}}};
    const char *folder = prepare();
    struct fault fault;
    struct tile_matrix_sets *sets = tile_matrix_sets_new(&fault);
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, tiles[_i].set);
    struct bbox box = tile_bbox(set, tiles[_i].address);
    char numbers[160];
    char tile[80];
    snprintf(numbers, sizeof(numbers), "%.17g,%.17g,%.17g,%.17g", box.min_x, box.min_y, box.max_x, box.max_y);
    snprintf(tile, sizeof(tile), "%s/%u/%u/%u", set->id, tiles[_i].address.zoom, tiles[_i].address.column,
             tiles[_i].address.row);
    PROGRAM_EXPECT(0, folder, "tile", "situation", tile, "--as-of", MOMENT, "-o", "tile.png");
    PROGRAM_EXPECT(0, folder, "map", "situation", "--crs", set->crs_code, "--bbox", numbers, "--size",
                   "256x256", "--as-of", MOMENT, "-o", "map.png");
    assert_same_file(folder, "tile.png", "map.png");
    tile_matrix_sets_free(sets);
}
END_TEST

START_TEST(the_same_tile_twice_is_the_same_file)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358@2x", "-o", "a.png");
    struct program_result piped =
        PROGRAM_RUN(folder, "tile", "situation", "WebMercatorQuad/12/2100/1358@2x", "-o", "-");
    size_t length;
    char *bytes = program_read(folder, "a.png", &length);
    ck_assert_uint_eq(length, piped.out_length);
    ck_assert_mem_eq(bytes, piped.out, length);
    free(bytes);
    program_finish(&piped);
}
END_TEST

START_TEST(an_earlier_revision_is_drawn_as_it_was)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "--as-of", MOMENT, "-o",
                   "1.png");
    program_write(folder, "edit.geojson",
                  "{\"type\":\"Feature\",\"id\":\"inc-1\",\"properties\":{\"symbol\":\"nl@1/"
                  "inc.brand\",\"owner\":\"B\"},"
                  "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.59,51.69]}}");
    PROGRAM_EXPECT(0, folder, "import", "exercise", "edit.geojson");
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "--as-of", MOMENT, "-o",
                   "2.png");
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "--as-of", MOMENT,
                   "--revision", "1", "-o", "3.png");
    assert_same_file(folder, "1.png", "3.png");
    size_t length;
    size_t other_length;
    char *first = program_read(folder, "1.png", &length);
    char *second = program_read(folder, "2.png", &other_length);
    ck_assert(length != other_length || memcmp(first, second, length) != 0);
    free(first);
    free(second);
}
END_TEST

START_TEST(a_missing_layer_is_named_and_the_rest_is_drawn)
{
    const char *folder = prepare();
    char *path = program_path(folder, "land.geojson");
    ck_assert_int_eq(unlink(path), 0);
    free(path);
    struct program_result tile =
        PROGRAM_RUN(folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "-o", "tile.png");
    ck_assert_int_eq(tile.status, 0);
    ck_assert_holds(tile.err, "note: Land: ");
    assert_begins(folder, "tile.png", "\x89PNG");
    program_finish(&tile);
}
END_TEST

START_TEST(a_briefing_is_pdf_svg_or_png_by_its_name)
{
    static const char *const names[][2] = {{"b.pdf", "%PDF"}, {"b.svg", "<?xml"}, {"b.png", "\x89PNG"}};
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "briefing", "situation", "--paper", "A4", "--landscape", "--center",
                   "101000,411500", "--scale", "25000", "--language", "en", "--title", "Test", "--as-of",
                   MOMENT, "-o", names[_i][0]);
    assert_begins(folder, names[_i][0], names[_i][1]);
}
END_TEST

START_TEST(a_tile_is_a_picture_or_a_vector_tile_by_its_name)
{
    static const char *const names[][2] = {
        {"t.png", "\x89PNG"}, {"t.webp", "RIFF"}, {"t.jpg", "\xff\xd8\xff"}, {"t.mvt", "\x1f\x8b"}};
    static const char tile[] = "WebMercatorQuad/12/2100/1358";
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "tile", "situation", tile, "--as-of", MOMENT, "-o", names[_i][0]);
    assert_begins(folder, names[_i][0], names[_i][1]);
    PROGRAM_EXPECT(2, folder, "tile", "situation", tile, "--format", _i == 3 ? "png" : "mvt", "-o",
                   names[_i][0]);
    PROGRAM_EXPECT(2, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358@2x", "-o", "two.mvt");
}
END_TEST

START_TEST(a_device_is_written_to_and_not_replaced)
{
    const char *folder = prepare();
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "-o", "/dev/null");
    struct stat status;
    ck_assert_int_eq(lstat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
    char *target = program_path(folder, "target.png");
    char *link_path = program_path(folder, "link.png");
    ck_assert_int_eq(symlink(target, link_path), 0);
    PROGRAM_EXPECT(0, folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "-o", "link.png");
    ck_assert_int_eq(lstat(link_path, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    assert_begins(folder, "target.png", "\x89PNG");
    free(target);
    free(link_path);
}
END_TEST

START_TEST(all_symbols_stand_on_the_sheet)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "symbols", "sheet", "-o", "symbols.pdf");
    assert_begins(folder, "symbols.pdf", "%PDF");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_draw");
    TCase *cases = tcase_create("command_draw");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_map_of_a_tiles_box_is_the_tile, 0, 2);
    tcase_add_test(cases, the_same_tile_twice_is_the_same_file);
    tcase_add_test(cases, an_earlier_revision_is_drawn_as_it_was);
    tcase_add_test(cases, a_missing_layer_is_named_and_the_rest_is_drawn);
    tcase_add_loop_test(cases, a_briefing_is_pdf_svg_or_png_by_its_name, 0, 3);
    tcase_add_loop_test(cases, a_tile_is_a_picture_or_a_vector_tile_by_its_name, 0, 4);
    tcase_add_test(cases, a_device_is_written_to_and_not_replaced);
    tcase_add_test(cases, all_symbols_stand_on_the_sheet);
    suite_add_tcase(suite, cases);
    return suite;
}
