/*
 * png_sum.c - Adler-32 has two sums: one of all bytes, and one of what the first was after each byte. So each
 * byte counts in the second as often as there are bytes from it to the end.
 *
 * Pixels are added in groups, those of the same place in a group together. Adding up what that sum is after
 * each group makes it count as often as there are groups to the end; what a byte counts less for its place in
 * its group is taken off at last.
 */
#include "render/encode/png_sum.h"

#include <string.h>

#define MODULUS 65521
#define GROUP 8             /* pixels: as many as a wide register holds */
#define STRETCH_GROUPS 1024 /* sums of sums of so many are below 2^32 */
#define VECTOR __attribute__((vector_size(GROUP * sizeof(uint32_t))))

/* Where a processor has wide registers they are taken; the sum is the same everywhere. Which it has is asked
   before the thread sanitizer is there. */
#if defined(__x86_64__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/** Both sums, below MODULUS. */
struct sums {
    uint64_t first;
    uint64_t second;
};

static inline void add_byte(struct sums *sums, unsigned byte)
{
    sums->first = (sums->first + byte) % MODULUS;
    sums->second = (sums->second + sums->first) % MODULUS;
}

/** Adds so many groups, at most STRETCH_GROUPS. */
WIDE static void add_groups(struct sums *sums, const uint32_t *pixels, size_t count)
{
    uint32_t greens VECTOR = {0};
    uint32_t blues VECTOR = {0};
    uint32_t all VECTOR = {0};
    uint32_t all_after_each VECTOR = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t group VECTOR;
        memcpy(&group, pixels + i * GROUP, sizeof group);
        uint32_t green VECTOR = group >> 8 & 0xff;
        uint32_t blue VECTOR = group & 0xff;
        greens += green;
        blues += blue;
        all += (group >> 16 & 0xff) + green + blue;
        all_after_each += all;
    }
    sums->second += 3 * GROUP * count * sums->first;
    for (unsigned i = 0; i < GROUP; i++) {
        sums->first += all[i];
        sums->second += 3 * GROUP * (uint64_t)all_after_each[i];
        sums->second -= 3 * i * all[i] + greens[i] + 2 * blues[i];
    }
    sums->first %= MODULUS;
    sums->second %= MODULUS;
}

uint32_t png_sum_rgb(uint32_t sum, unsigned filter, const uint32_t *pixels, size_t width)
{
    struct sums sums = {sum & 0xffff, sum >> 16};
    add_byte(&sums, filter);
    size_t group_count = width / GROUP;
    for (size_t i = 0; i < group_count; i += STRETCH_GROUPS) {
        size_t count = group_count - i < STRETCH_GROUPS ? group_count - i : STRETCH_GROUPS;
        add_groups(&sums, pixels + i * GROUP, count);
    }
    for (size_t x = group_count * GROUP; x < width; x++) {
        add_byte(&sums, pixels[x] >> 16 & 0xff);
        add_byte(&sums, pixels[x] >> 8 & 0xff);
        add_byte(&sums, pixels[x] & 0xff);
    }
    return (uint32_t)(sums.second << 16 | sums.first);
}
