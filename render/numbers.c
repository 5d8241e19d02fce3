/*
 * numbers.c - short lists are sorted by comparison, long ones by bytes (least first).
 */
#include "render/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define CAPACITY_FIRST 64
#define RADIX_LEAST 256

void numbers_add(struct numbers *numbers, uint32_t number)
{
    if (numbers->count == numbers->capacity) {
        numbers->capacity = numbers->capacity ? 2 * numbers->capacity : CAPACITY_FIRST;
        numbers->items = memory_resize(numbers->items, numbers->capacity, sizeof(*numbers->items));
    }
    numbers->items[numbers->count++] = number;
}

void numbers_add_all(struct numbers *numbers, const uint32_t *items, size_t count)
{
    if (numbers->capacity - numbers->count < count) {
        numbers->capacity = 2 * numbers->count + count;
        numbers->items = memory_resize(numbers->items, numbers->capacity, sizeof(*numbers->items));
    }
    if (count > 0) {
        memcpy(numbers->items + numbers->count, items, count * sizeof(*items));
    }
    numbers->count += count;
}

static int compare(const void *a, const void *b)
{
    uint32_t number_a = *(const uint32_t *)a;
    uint32_t number_b = *(const uint32_t *)b;
    return number_a < number_b ? -1 : number_a > number_b;
}

static void sort_by_byte(const uint32_t *from, uint32_t *to, size_t count, int shift)
{
    size_t starts[257] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[((from[i] >> shift) & 0xFF) + 1]++;
    }
    for (int i = 0; i < 256; i++) {
        starts[i + 1] += starts[i];
    }
    for (size_t i = 0; i < count; i++) {
        to[starts[(from[i] >> shift) & 0xFF]++] = from[i];
    }
}

static void sort_many(struct numbers *numbers)
{
    uint32_t *other = memory_new(numbers->count, sizeof(*other));
    for (int shift = 0; shift < 32; shift += 16) {
        sort_by_byte(numbers->items, other, numbers->count, shift);
        sort_by_byte(other, numbers->items, numbers->count, shift + 8);
    }
    free(other);
}

void numbers_sort(struct numbers *numbers)
{
    if (numbers->count < 2) {
        return;
    }
    if (numbers->count < RADIX_LEAST) {
        qsort(numbers->items, numbers->count, sizeof(*numbers->items), compare);
    } else {
        sort_many(numbers);
    }
    size_t kept = 1;
    for (size_t i = 1; i < numbers->count; i++) {
        if (numbers->items[i] != numbers->items[kept - 1]) {
            numbers->items[kept++] = numbers->items[i];
        }
    }
    numbers->count = kept;
}

void numbers_finish(struct numbers *numbers)
{
    free(numbers->items);
    *numbers = (struct numbers){0};
}
