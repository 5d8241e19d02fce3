/* Pages of code that starting needed are given back, and come back when they are needed. */
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/renderer.h"
#include "render/service/worker/program_pages.h"
#include "tests/support/runner.h"

#define PAGE_MOST 65536
#define PAGE_PRESENT (UINT64_C(1) << 63) /* of an entry of /proc/self/pagemap */

/** Whole pages that cannot be written to, of the program or one of its libraries. */
struct pages {
    uintptr_t first;
    size_t count;
};

static uintptr_t page_bytes(void)
{
    return (uintptr_t)sysconf(_SC_PAGESIZE);
}

static int find_most_pages(struct dl_phdr_info *object, size_t size, void *context)
{
    struct pages *most = context;
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t from = object->dlpi_addr + segment->p_vaddr;
        uintptr_t first = (from + page_bytes() - 1) / page_bytes();
        size_t count = (from + segment->p_memsz) / page_bytes() - first;
        bool is_constant = segment->p_type == PT_LOAD && !(segment->p_flags & PF_W);
        if (is_constant && segment->p_memsz > 2 * page_bytes() && count > most->count) {
            *most = (struct pages){first, count};
        }
    }
    return 0;
}

/** Between the variables that a sanitizer watches are gaps that it lets nobody read. */
__attribute__((no_sanitize_address)) static void look_at(struct pages pages)
{
    for (size_t i = 0; i < pages.count; i++) {
        (void)*(const volatile char *)((pages.first + i) * page_bytes());
    }
}

/** How many of them this process has in memory. */
static size_t count_present(struct pages pages)
{
    static uint64_t entries[PAGE_MOST];
    size_t present = 0;
    int file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(file, 0);
    ssize_t length =
        pread(file, entries, pages.count * sizeof *entries, (off_t)(pages.first * sizeof *entries));
    close(file);
    ck_assert_int_eq(length, (ssize_t)(pages.count * sizeof *entries));
    for (size_t i = 0; i < pages.count; i++) {
        present += (entries[i] & PAGE_PRESENT) != 0;
    }
    return present;
}

/* Some are back at once, as counting needs code too: the largest of all segments has many more than that. */
START_TEST(code_and_constants_that_were_looked_at_are_given_back)
{
    struct pages pages = {0};
    dl_iterate_phdr(find_most_pages, &pages);
    ck_assert_uint_gt(pages.count, 256);
    pages.count = pages.count < PAGE_MOST ? pages.count : PAGE_MOST;
    look_at(pages);
    ck_assert_uint_gt(count_present(pages), pages.count / 4 * 3);
    program_pages_give_back();
    ck_assert_uint_lt(count_present(pages), pages.count / 2);
}
END_TEST

START_TEST(libraries_go_on_with_what_they_had)
{
    struct fault fault;
    struct renderer *renderer = renderer_new(NULL, &fault);
    ck_assert_msg(renderer, "%s", fault.message);
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", &fault);
    const struct crs *utm = crs_find(context, "EPSG:25831", &fault);
    ck_assert(lon_lat && utm);
    struct point before = {4.6, 51.7};
    struct point after = before;
    ck_assert(crs_transform(context, lon_lat, utm, &before, 1, &fault));
    program_pages_give_back();
    ck_assert(crs_transform(context, lon_lat, utm, &after, 1, &fault));
    ck_assert(point_equals(before, after));
    ck_assert_ptr_nonnull(crs_find(context, "EPSG:28992", &fault));
    renderer_free(renderer);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("program pages");
    TCase *tests = tcase_create("pages");
    tcase_add_test(tests, code_and_constants_that_were_looked_at_are_given_back);
    tcase_add_test(tests, libraries_go_on_with_what_they_had);
    suite_add_tcase(suite, tests);
    return suite;
}
