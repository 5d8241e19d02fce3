/*
 * test_text_spread.c - the halo of a mask is what a plain loop over all dots of the disc says.
 */
#include "render/text/text_spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/text/text_mask.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

enum { ROUNDS = 60, SIDE_MOST = 90 };

/* A mask in memory with its guards. */
struct guarded {
    struct text_mask mask;
    uint8_t *bytes;
    uint8_t *spread;
};

static struct guarded new_guarded(int width, int height, double radius)
{
    struct guarded guarded = {.mask = text_mask_of(width, height)};
    size_t guard = text_spread_guard(radius, guarded.mask.stride);
    size_t bytes = text_mask_bytes(&guarded.mask);
    guarded.bytes = memory_new(bytes + 2 * guard, 1);
    guarded.spread = memory_new(bytes + TEXT_SPREAD_BLOCK, 1);
    guarded.mask.bytes = guarded.bytes + guard;
    return guarded;
}

static void free_guarded(struct guarded *guarded)
{
    free(guarded->bytes);
    free(guarded->spread);
}

/* A few dots or many, and none on the margin. */
static void ink(struct text_mask *mask, int margin, uint64_t *random)
{
    double share = random_between(random, 0, 1) < 0.5 ? 0.02 : 0.6;
    for (int y = margin; y < mask->height - margin; y++) {
        for (int x = margin; x < mask->width - margin; x++) {
            bool is_inked = random_between(random, 0, 1) < share && (share > 0.5 || x < y + 8);
            mask->bytes[y * mask->stride + x] = is_inked ? (uint8_t)random_below(random, 256) : 0;
        }
    }
}

static int byte_at(const struct text_mask *mask, const uint8_t *bytes, int x, int y)
{
    bool is_within = x >= 0 && y >= 0 && x < mask->width && y < mask->height;
    return is_within ? bytes[y * mask->stride + x] : 0;
}

/* What the disc around a dot reaches. */
static int expected(const struct text_mask *mask, const uint8_t *bytes, double radius, int x, int y)
{
    int reach = text_spread_reach(radius);
    int most = 0;
    for (int down = -reach; down <= reach; down++) {
        for (int right = -reach; right <= reach; right++) {
            double inside = radius + 0.5 - sqrt((double)right * right + (double)down * down);
            long weight = inside >= 1 ? 256 : inside > 0 ? lround(256 * inside) : 0;
            int hard = 2 * byte_at(mask, bytes, x + right, y + down);
            int reached = (int)((hard < 255 ? hard : 255) * weight >> 8);
            most = reached > most ? reached : most;
        }
    }
    return most;
}

START_TEST(every_dot_becomes_the_largest_that_the_disc_reaches)
{
    static const double radii[] = {0.3, 0.5, 1, 1.5, 2, 3, 4.5, 7.2};
    struct text_spread spread = {0};
    uint64_t random = 7;
    for (int i = 0; i < ROUNDS; i++) {
        double radius = radii[i % 8];
        int margin = text_spread_reach(radius);
        int width = 2 * margin + 1 + (int)random_below(&random, SIDE_MOST);
        int height = 2 * margin + 1 + (int)random_below(&random, SIDE_MOST);
        struct guarded guarded = new_guarded(width, height, radius);
        ink(&guarded.mask, margin, &random);
        uint8_t *before = memory_new(text_mask_bytes(&guarded.mask), 1);
        memcpy(before, guarded.mask.bytes, text_mask_bytes(&guarded.mask));
        text_spread_make(&spread, radius, &guarded.mask, guarded.spread);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                ck_assert_int_eq(byte_at(&guarded.mask, guarded.spread, x, y),
                                 expected(&guarded.mask, before, radius, x, y));
            }
        }
        free(before);
        free_guarded(&guarded);
    }
    text_spread_finish(&spread);
}
END_TEST

START_TEST(masks_are_laid_on_each_other_as_alpha_is)
{
    struct text_mask below = text_mask_of(40, 256);
    struct text_mask above = text_mask_of(19, 256);
    below.bytes = memory_new(text_mask_bytes(&below), 1);
    above.bytes = memory_new(text_mask_bytes(&above), 1);
    for (int first = 0; first < 256; first += 19) {
        for (int y = 0; y < 256; y++) {
            memset(below.bytes + y * below.stride, y, 40);
            for (int x = 0; x < 19; x++) {
                above.bytes[y * above.stride + x] = (uint8_t)(first + x < 256 ? first + x : 255);
            }
        }
        text_mask_lay(&below, &above, first % 2 == 0 ? 7 : 23, 0,
                      1); /* the second one is cut at the margin */
        for (int y = 1; y < 255; y++) {
            for (int x = 0; x < 16; x++) {
                int value = above.bytes[y * above.stride + x];
                int shown = below.bytes[y * below.stride + x + (first % 2 == 0 ? 7 : 23)];
                ck_assert_int_eq(shown, value + (int)floor(y * (255 - value) / 255.0 + 0.5));
            }
            ck_assert_int_eq(below.bytes[y * below.stride + 39], y);
        }
    }
    free(below.bytes);
    free(above.bytes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("text spread");
    TCase *tests = tcase_create("text spread");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_dot_becomes_the_largest_that_the_disc_reaches);
    tcase_add_test(tests, masks_are_laid_on_each_other_as_alpha_is);
    suite_add_tcase(suite, tests);
    return suite;
}
