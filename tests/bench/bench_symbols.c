/*
 * bench_symbols.c - symbols per second: composed and rasterised for the first time (cold), blitted from the
 * cache (warm), and what librsvg alone takes to parse and rasterise the same composed documents. Prints a
 * table; not a test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define ROUNDS 7
#define WARM_TIMES 200
#define TILE_PX 256

struct bench {
    const struct symbol_entry **entries; /* all points of the set; owned */
    struct symbol_code *codes;           /* one each; owned */
    char **documents;                    /* each composed, as SVG; owned */
    size_t count;
    struct symbol_cache *cache;
    struct image *tile;
};

/* The median rate of a task that does so many symbols a round. */
static double rate_of(struct bench *bench, size_t count, void (*task)(struct bench *bench))
{
    double rates[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_us = monotonic_now_us();
        task(bench);
        double rate = 1e6 * (double)count / (double)(monotonic_now_us() - start_us);
        int place = round;
        for (; place > 0 && rates[place - 1] > rate; place--) {
            rates[place] = rates[place - 1];
        }
        rates[place] = rate;
    }
    return rates[ROUNDS / 2];
}

static void blit(struct bench *bench, size_t index)
{
    struct symbol_picture *picture = symbol_cache_get(
        bench->cache, bench->entries[index], &bench->codes[index], DETAIL_FULL, PALETTE_DEFAULT, 1, NULL);
    const struct image *image = symbol_picture_image(picture, 1, NULL);
    image_blend(bench->tile, image, (int)(index * 37 % 200), (int)(index * 53 % 200));
}

static void draw_cold(struct bench *bench)
{
    symbol_cache_free(bench->cache);
    bench->cache = symbol_cache_new();
    for (size_t i = 0; i < bench->count; i++) {
        blit(bench, i);
    }
}

static void draw_warm(struct bench *bench)
{
    for (size_t i = 0; i < bench->count * WARM_TIMES; i++) {
        blit(bench, i % bench->count);
    }
}

static void draw_by_librsvg(struct bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        struct image *image = svg_render(bench->documents[i], strlen(bench->documents[i]), 48, NULL);
        image_free(image);
    }
}

static void compose_only(struct bench *bench)
{
    for (size_t i = 0; i < bench->count; i++) {
        struct symbol_drawing drawing;
        symbol_compose(bench->entries[i], &bench->codes[i], DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL);
        symbol_drawing_finish(&drawing);
    }
}

static void take_points(struct bench *bench, const struct symbol_set *set)
{
    size_t most = symbol_set_count(set);
    bench->entries = memory_new(most, sizeof(*bench->entries));
    bench->codes = memory_new(most, sizeof(*bench->codes));
    bench->documents = memory_new(most, sizeof(*bench->documents));
    for (size_t i = 0; i < most; i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry != GEOMETRY_POINT) {
            continue;
        }
        struct symbol_drawing drawing;
        struct symbol_code *code = &bench->codes[bench->count];
        *code = (struct symbol_code){.set = "nl", .version = 1};
        snprintf(code->entity, sizeof(code->entity), "%s", entry->id);
        symbol_compose(entry, code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL);
        bench->entries[bench->count] = entry;
        bench->documents[bench->count++] = memory_copy_text(drawing.svg);
        symbol_drawing_finish(&drawing);
    }
}

int main(void)
{
    struct problems problems;
    problems_init(&problems);
    struct symbol_library *library = symbol_library_new(&problems);
    problems_print(&problems, stderr);
    problems_finish(&problems);
    if (!library) {
        return 1;
    }
    struct bench bench = {.cache = symbol_cache_new(), .tile = image_new(TILE_PX, TILE_PX, NULL)};
    take_points(&bench, symbol_library_find(library, "nl", 1));
    double librsvg = rate_of(&bench, bench.count, draw_by_librsvg);
    double cold = rate_of(&bench, bench.count, draw_cold);
    double warm = rate_of(&bench, bench.count * WARM_TIMES, draw_warm);
    double composed = rate_of(&bench, bench.count, compose_only);
    printf("%zu point symbols, 32 px, medians of %d rounds, symbols per second\n", bench.count, ROUNDS);
    printf("%-52s %10.0f\n", "librsvg alone: parse and rasterise the document", librsvg);
    printf("%-52s %10.0f  %6.2f times librsvg\n", "cold: compose, rasterise, keep, blit", cold,
           cold / librsvg);
    printf("%-52s %10.0f  %6.0f times librsvg\n", "warm: find in the cache, blit", warm, warm / librsvg);
    printf("%-52s %10.0f\n", "compose to SVG only", composed);
    for (size_t i = 0; i < bench.count; i++) {
        free(bench.documents[i]);
    }
    free(bench.documents);
    free(bench.codes);
    free(bench.entries);
    symbol_cache_free(bench.cache);
    image_free(bench.tile);
    symbol_library_free(library);
    return 0;
}
