/*
 * test_pmtiles.c - ids, directories and files of PMTiles; and that no bytes of others can do harm.
 */
#include <unistd.h>

#include "geo/base/buffer.h"
#include "render/service/seed/pmtiles_directory.h"
#include "tests/service/packages.h"

/* The first three zooms as the specification numbers them. */
START_TEST(ids_follow_the_hilbert_curve)
{
    ck_assert_uint_eq(pmtiles_id((struct tile_address){0, 0, 0}), 0);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){1, 0, 0}), 1);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){1, 0, 1}), 2);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){1, 1, 1}), 3);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){1, 1, 0}), 4);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){2, 0, 0}), 5);
    ck_assert_uint_eq(pmtiles_id((struct tile_address){12, 3423, 1763}), 19078479);
}
END_TEST

START_TEST(neighbours_on_the_curve_are_neighbours_on_the_map_and_come_back)
{
    struct tile_address before = pmtiles_address(pmtiles_id((struct tile_address){9, 0, 0}));
    uint64_t first = pmtiles_id(before);
    for (uint64_t id = first + 1; id < first + 512 * 512; id++) {
        struct tile_address address = pmtiles_address(id);
        int across = abs((int)address.column - (int)before.column);
        int down = abs((int)address.row - (int)before.row);
        ck_assert_uint_eq(address.zoom, 9);
        ck_assert_int_eq(across + down, 1);
        ck_assert_uint_eq(pmtiles_id(address), id);
        before = address;
    }
    struct tile_address last = {PMTILES_ZOOM_MOST, (1u << PMTILES_ZOOM_MOST) - 1, 12345};
    struct tile_address again = pmtiles_address(pmtiles_id(last));
    ck_assert_uint_eq(again.column, last.column);
    ck_assert_uint_eq(again.row, last.row);
}
END_TEST

START_TEST(a_directory_is_read_as_it_was_written)
{
    struct pmtiles_entry entries[100];
    struct buffer bytes;
    struct fault fault = {0};
    size_t count;
    uint64_t id = 5;
    for (int i = 0; i < 100; i++) {
        uint32_t run = 1 + (uint32_t)i % 3;
        uint64_t offset = i % 4 == 3 ? 0 : (uint64_t)i * 1000000;
        entries[i] = (struct pmtiles_entry){id, offset, 300u + (uint32_t)i, run};
        id += run + (uint64_t)i * i * i;
    }
    entries[8].offset = entries[7].offset + entries[7].length;
    buffer_init(&bytes, 1 << 20);
    pmtiles_directory_write(entries, 100, &bytes);
    struct pmtiles_entry *found = pmtiles_directory_read(bytes.bytes, bytes.length, &count, &fault);
    ck_assert_msg(found != NULL, "%s", fault.message);
    ck_assert_uint_eq(count, 100);
    for (int i = 0; i < 100; i++) {
        ck_assert_uint_eq(found[i].tile_id, entries[i].tile_id);
        ck_assert_uint_eq(found[i].offset, entries[i].offset);
        ck_assert_uint_eq(found[i].length, entries[i].length);
        ck_assert_uint_eq(found[i].run, entries[i].run);
    }
    ck_assert_ptr_null(pmtiles_directory_read(bytes.bytes, bytes.length - 1, &count, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    free(found);
    buffer_finish(&bytes);
}
END_TEST

START_TEST(a_draft_changes_what_it_says_and_nothing_else)
{
    struct package package = package_new("later.pmtiles");
    package_check_update(&package);
    package_finish(&package);
}
END_TEST

static uint64_t file_length(const struct package *package, struct pmtiles_header *header)
{
    struct fault fault = {0};
    size_t length;
    char *bytes = file_read(package->path, 64u << 20, &length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    bool is_read = pmtiles_header_read((const unsigned char *)bytes, length, header, &fault);
    ck_assert_msg(is_read, "%s", fault.message);
    free(bytes);
    return length;
}

START_TEST(equal_tiles_are_there_once_and_in_runs)
{
    struct pmtiles_header header;
    struct package package = package_new("blank.pmtiles");
    for (uint32_t i = 0; i < 64 * 64; i++) {
        package_put(&package, (struct tile_address){6, i % 64, i / 64}, i == 2000 ? "other" : "blank");
    }
    package_publish(&package);
    file_length(&package, &header);
    ck_assert_uint_eq(header.addressed_count, 64 * 64);
    ck_assert_uint_eq(header.entry_count, 3);
    ck_assert_uint_eq(header.content_count, 2);
    ck_assert_uint_eq(header.tiles.length, strlen("blankother"));
    package_put(&package, (struct tile_address){6, 16, 31}, "blank");
    package_put(&package, (struct tile_address){7, 1, 1}, "blank");
    package_publish(&package);
    file_length(&package, &header);
    ck_assert_uint_eq(header.addressed_count, 64 * 64 + 1);
    ck_assert_uint_eq(header.content_count, 1);
    package_finish(&package);
}
END_TEST

/* Header and root directory have to be in the first 16 KiB, so many tiles need leaves. */
static struct tile_address scattered(uint32_t number)
{
    return (struct tile_address){12, number % 16 * 256 + number * 2654435761u / 65536 % 256, number / 16};
}

START_TEST(many_tiles_have_leaf_directories)
{
    struct pmtiles_header header;
    struct package package = package_new("many.pmtiles");
    for (uint32_t i = 0; i < 30000; i++) {
        char text[40];
        snprintf(text, sizeof(text), "tile %u of many%.*s", i * 2654435761u, (int)(i * 7919 % 17),
                 "................");
        package_put(&package, scattered(i), text);
    }
    package_publish(&package);
    uint64_t length = file_length(&package, &header);
    ck_assert_uint_le(header.root.offset + header.root.length, 16384);
    ck_assert_uint_gt(header.leaves.length, 0);
    ck_assert_uint_eq(length, PMTILES_HEADER_BYTES + header.root.length + header.metadata.length +
                                  header.leaves.length + header.tiles.length);
    ck_assert_uint_eq(package_count(&package), header.addressed_count);
    package_expect(&package, scattered(1), "tile 2654435761 of many..............");
    package_finish(&package);
}
END_TEST

/** Opens and reads all that a damaged file has; whatever comes of it, nothing bad may happen. */
static void try_file(const char *path, const struct tile_matrix_set *set)
{
    struct fault fault = {0};
    size_t length;
    size_t count = 0;
    struct tile_archive *archive = tile_archive_open(path, set, &fault);
    if (!archive) {
        ck_assert_int_ne(fault.code, FAULT_NONE);
        ck_assert_ptr_nonnull(strstr(fault.message, "PMTiles"));
        return;
    }
    tile_archive_visit(archive, (struct tile_visitor){package_count_one, &count}, &fault);
    free(tile_archive_read_tile(archive, (struct tile_address){4, 3, 3}, &length, &fault));
    free(tile_archive_read_fact(archive, "name", &fault));
    tile_archive_close(archive);
}

START_TEST(damaged_files_are_named)
{
    struct fault fault = {0};
    size_t length;
    char path[300];
    struct package package = package_new("whole.pmtiles");
    for (uint32_t i = 0; i < 256; i++) {
        package_put(&package, (struct tile_address){4, i % 16, i / 16}, i % 3 ? "a" : "b");
    }
    package_publish(&package);
    char *bytes = file_read(package.path, 1 << 20, &length, &fault);
    snprintf(path, sizeof(path), "%s/damaged.pmtiles", test_folder());
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        char *damaged = memcpy(malloc(length), bytes, length);
        seed = seed * 1103515245u + 12345u;
        size_t at = round < 1000 ? (size_t)round % 127 : seed / 7 % length;
        damaged[at] = (char)(damaged[at] ^ (1 << seed / 65536 % 8));
        size_t cut = round % 5 == 0 ? seed / 3 % length : length;
        FILE *file = fopen(path, "wb");
        ck_assert_uint_eq(fwrite(damaged, 1, cut, file), cut);
        fclose(file);
        try_file(path, package.set);
        free(damaged);
    }
    free(bytes);
    package_check_refused("text.pmtiles", "not a package", 13);
    package_finish(&package);
}
END_TEST

START_TEST(other_tile_matrix_sets_are_refused)
{
    struct fault fault = {0};
    struct tile_matrix_sets *sets = tile_matrix_sets_new(&fault);
    ck_assert_ptr_null(
        tile_archive_open("x.pmtiles", tile_matrix_sets_find(sets, "NetherlandsRDNewQuad"), &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_ptr_nonnull(strstr(fault.message, "NetherlandsRDNewQuad"));
    tile_matrix_sets_free(sets);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("pmtiles");
    TCase *cases = tcase_create("pmtiles");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, ids_follow_the_hilbert_curve);
    tcase_add_test(cases, neighbours_on_the_curve_are_neighbours_on_the_map_and_come_back);
    tcase_add_test(cases, a_directory_is_read_as_it_was_written);
    tcase_add_test(cases, a_draft_changes_what_it_says_and_nothing_else);
    tcase_add_test(cases, equal_tiles_are_there_once_and_in_runs);
    tcase_add_test(cases, many_tiles_have_leaf_directories);
    tcase_add_test(cases, damaged_files_are_named);
    tcase_add_test(cases, other_tile_matrix_sets_are_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
