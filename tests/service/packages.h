/*
 * packages.h - packages of tiles in the test's folder, written by drafts and read back.
 *
 * Included by one file of a program. Every kind of package has to pass the same checks.
 */
#ifndef TESTS_SERVICE_PACKAGES_H
#define TESTS_SERVICE_PACKAGES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/hash.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/seed/seed_facts.h"
#include "render/service/seed/tile_archive.h"
#include "tests/support/runner.h"

struct package {
    char path[300];
    struct tile_matrix_sets *sets;
    const struct tile_matrix_set *set;
    struct tile_archive *archive;
    struct seed_draft *draft;
};

static inline void package_open(struct package *package)
{
    struct fault fault = {0};
    char *draft_path = seed_draft_path_of(package->path);
    package->archive = tile_archive_open(package->path, package->set, &fault);
    ck_assert_msg(package->archive != NULL, "%s", fault.message);
    package->draft = seed_draft_open(draft_path, package->set, &fault);
    ck_assert_msg(package->draft != NULL, "%s", fault.message);
    free(draft_path);
}

static inline void package_close(struct package *package)
{
    seed_draft_close(package->draft);
    tile_archive_close(package->archive);
}

static inline void package_reopen(struct package *package)
{
    package_close(package);
    package_open(package);
}

/** With an empty draft beside nothing. */
static inline struct package package_new(const char *name)
{
    struct fault fault = {0};
    struct package package = {.sets = tile_matrix_sets_new(&fault)};
    package.set = tile_matrix_sets_find(package.sets, "WebMercatorQuad");
    snprintf(package.path, sizeof(package.path), "%s/%s", test_folder(), name);
    package_open(&package);
    struct seed_place place = {{4, 51, 5, 52}, {4.5, 51.5}, 3, 0, 12};
    ck_assert(seed_draft_clear(package.draft, true, &fault));
    ck_assert(seed_facts_write_place(package.draft, &place, &fault));
    ck_assert(seed_draft_write_fact(package.draft, "format", "png", &fault));
    ck_assert(seed_draft_write_fact(package.draft, "extension", "png", &fault));
    ck_assert(seed_draft_write_fact(package.draft, "name", "Situatie \"één\"", &fault));
    ck_assert(seed_draft_commit(package.draft, &fault));
    return package;
}

static inline void package_finish(struct package *package)
{
    package_close(package);
    tile_matrix_sets_free(package->sets);
}

static inline void package_put_bytes(struct package *package, struct tile_address address, const char *bytes,
                                     size_t length)
{
    struct fault fault = {0};
    bool is_put =
        seed_draft_put(package->draft, address, bytes, length, hash_bytes(HASH_START, bytes, length), &fault);
    ck_assert_msg(is_put, "%s", fault.message);
}

static inline void package_put(struct package *package, struct tile_address address, const char *text)
{
    package_put_bytes(package, address, text, strlen(text));
}

/** And begins a draft for a later change, to which the facts that are asked for have to be given again. */
static inline void package_publish(struct package *package)
{
    struct fault fault = {0};
    bool is_published = tile_archive_publish(package->archive, package->draft, &fault);
    ck_assert_msg(is_published, "%s", fault.message);
    package_reopen(package);
    struct seed_place place = {{4, 51, 5, 52}, {4.5, 51.5}, 3, 0, 12};
    ck_assert(seed_draft_clear(package->draft, false, &fault));
    ck_assert(seed_facts_write_place(package->draft, &place, &fault));
    ck_assert(seed_draft_write_fact(package->draft, "format", "png", &fault));
    ck_assert(seed_draft_write_fact(package->draft, "extension", "png", &fault));
}

/** text NULL: there is none. */
static inline void package_expect(struct package *package, struct tile_address address, const char *text)
{
    struct fault fault = {0};
    size_t length;
    char *bytes = tile_archive_read_tile(package->archive, address, &length, &fault);
    if (!text) {
        ck_assert_ptr_null(bytes);
        ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
        return;
    }
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    ck_assert_uint_eq(length, strlen(text));
    ck_assert_mem_eq(bytes, text, length);
    free(bytes);
}

static inline bool package_count_one(struct tile_address address, void *context, struct fault *fault)
{
    (void)address;
    (void)fault;
    (*(size_t *)context)++;
    return true;
}

static inline size_t package_count(struct package *package)
{
    struct fault fault = {0};
    size_t count = 0;
    bool is_whole =
        tile_archive_visit(package->archive, (struct tile_visitor){package_count_one, &count}, &fault);
    ck_assert_msg(is_whole, "%s", fault.message);
    return count;
}

static inline void package_expect_fact(struct package *package, const char *name, const char *value)
{
    struct fault fault = {0};
    char *found = tile_archive_read_fact(package->archive, name, &fault);
    ck_assert_msg(found != NULL, "%s", fault.message);
    ck_assert_str_eq(found, value);
    free(found);
}

/** What every kind has to do with a draft: add, replace, remove, keep; and then replace all. */
static inline void package_check_update(struct package *package)
{
    struct fault fault = {0};
    for (uint32_t i = 0; i < 40; i++) {
        package_put(package, (struct tile_address){6, i, 9}, i % 2 ? "odd" : "even");
    }
    package_publish(package);
    ck_assert_uint_eq(package_count(package), 40);
    package_expect_fact(package, "name", "Situatie \"één\"");
    package_expect_fact(package, "nothing", "");
    ck_assert(seed_draft_mark_stale(package->draft, (struct tile_address){6, 2, 9}, &fault));
    ck_assert(seed_draft_mark_stale(package->draft, (struct tile_address){6, 3, 9}, &fault));
    package_put(package, (struct tile_address){6, 3, 9}, "new");
    package_put(package, (struct tile_address){6, 4, 9}, "odd");
    package_put(package, (struct tile_address){0, 0, 0}, "even");
    ck_assert(seed_draft_write_fact(package->draft, "name", "Later", &fault));
    package_publish(package);
    ck_assert_uint_eq(package_count(package), 40);
    package_expect(package, (struct tile_address){6, 2, 9}, NULL);
    package_expect(package, (struct tile_address){6, 3, 9}, "new");
    package_expect(package, (struct tile_address){6, 4, 9}, "odd");
    package_expect(package, (struct tile_address){6, 5, 9}, "odd");
    package_expect(package, (struct tile_address){6, 38, 9}, "even");
    package_expect(package, (struct tile_address){0, 0, 0}, "even");
    package_expect_fact(package, "name", "Later");
    ck_assert(seed_draft_clear(package->draft, true, &fault));
    package_put(package, (struct tile_address){7, 7, 7}, "alone");
    struct seed_place place = {{4, 51, 5, 52}, {4.5, 51.5}, 3, 7, 7};
    ck_assert(seed_facts_write_place(package->draft, &place, &fault));
    ck_assert(seed_draft_write_fact(package->draft, "format", "png", &fault));
    ck_assert(seed_draft_write_fact(package->draft, "extension", "png", &fault));
    package_publish(package);
    ck_assert_uint_eq(package_count(package), 1);
    package_expect(package, (struct tile_address){7, 7, 7}, "alone");
}

/** Bytes that are no package are named, and stay as they are. */
static inline void package_check_refused(const char *name, const char *bytes, size_t length)
{
    char path[300];
    size_t after_length;
    struct fault fault = {0};
    struct tile_matrix_sets *sets = tile_matrix_sets_new(&fault);
    snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
    ck_assert(file_write(path, bytes, length, &fault));
    ck_assert_ptr_null(tile_archive_open(path, tile_matrix_sets_find(sets, "WebMercatorQuad"), &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    char *after = file_read(path, 1 << 20, &after_length, &fault);
    ck_assert_uint_eq(after_length, length);
    ck_assert_mem_eq(after, bytes, length);
    free(after);
    tile_matrix_sets_free(sets);
}

#endif
