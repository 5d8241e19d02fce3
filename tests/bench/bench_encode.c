/*
 * bench_encode.c - what it costs to write tiles as files, and how many bytes they have.
 *
 *   bench_encode TILE.png ...
 *
 * Reads tiles (plottafel tile makes some, or seed into a folder), writes each in every format, and prints the
 * median time of a tile and the mean of its bytes. libdeflate over rows without filters is the measure of
 * the PNG; there is no form of it in the program.
 */
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/encode/image_file.h"
#include "render/encode/png.h"

enum { ROUNDS = 9, MOST_FILE_BYTES = 1 << 26, MOST_PIXELS = 100000000 };

/** How a picture is written: a format, or libdeflate at a level. */
struct encoder {
    const char *name;
    enum tile_format format;
    int deflate_level; /* 0: a format */
};

static const struct encoder encoders[] = {
    {"PNG", TILE_PNG, 0},   {"PNG, 256 colours", TILE_PNG_SMALL, 0}, {"WebP", TILE_WEBP, 0},
    {"JPEG", TILE_JPEG, 0}, {"RGB, libdeflate 1", TILE_PNG, 1},      {"RGB, libdeflate 2", TILE_PNG, 2},
};

static struct image *read_tile(const char *path)
{
    struct fault fault;
    size_t length;
    char *bytes = file_read(path, MOST_FILE_BYTES, &length, &fault);
    struct image *image = bytes ? png_read(bytes, length, MOST_PIXELS, &fault) : NULL;
    if (!image) {
        fprintf(stderr, "bench_encode: %s: %s\n", path, fault.message);
        exit(EXIT_FAILURE);
    }
    free(bytes);
    return image;
}

/** Rows of RGB, each with a byte for its filter. Returns their length. */
static size_t make_rows(const struct image *image, unsigned char *rows)
{
    unsigned char *next = rows;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        *next++ = 0;
        for (int x = 0; x < image->width; x++) {
            *next++ = (unsigned char)(row[x] >> 16);
            *next++ = (unsigned char)(row[x] >> 8);
            *next++ = (unsigned char)row[x];
        }
    }
    return (size_t)(next - rows);
}

static size_t deflate_tile(const struct image *image, int level)
{
    size_t most = (size_t)image->height * (1 + 3 * (size_t)image->width);
    unsigned char *rows = memory_new(most, 1);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    size_t bound = libdeflate_zlib_compress_bound(compressor, most);
    unsigned char *bytes = memory_new(bound, 1);
    size_t length = libdeflate_zlib_compress(compressor, rows, make_rows(image, rows), bytes, bound);
    libdeflate_free_compressor(compressor);
    free(rows);
    free(bytes);
    return length;
}

static size_t encode_tile(const struct image *image, const struct encoder *encoder)
{
    struct fault fault;
    size_t length = 0;
    if (encoder->deflate_level > 0) {
        return deflate_tile(image, encoder->deflate_level);
    }
    char *bytes = image_file_write(image, encoder->format, 0, &length, &fault);
    if (!bytes) {
        fprintf(stderr, "bench_encode: %s: %s\n", encoder->name, fault.message);
    }
    free(bytes);
    return length;
}

/** Of this thread: others on the machine do not count. */
static int64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int compare_times(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

static void run(struct image *const *tiles, int count, const struct encoder *encoder)
{
    int64_t times_us[ROUNDS];
    size_t bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_us = cpu_us();
        bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += encode_tile(tiles[i], encoder);
        }
        times_us[round] = cpu_us() - start_us;
    }
    qsort(times_us, ROUNDS, sizeof *times_us, compare_times);
    printf("%-20s %8.3f ms %9.0f bytes\n", encoder->name, (double)times_us[ROUNDS / 2] / 1e3 / count,
           (double)bytes / count);
}

int main(int count, char **paths)
{
    if (count < 2) {
        fprintf(stderr, "usage: bench_encode TILE.png ...\n");
        return 2;
    }
    int tile_count = count - 1;
    struct image **tiles = memory_new((size_t)tile_count, sizeof *tiles);
    for (int i = 0; i < tile_count; i++) {
        tiles[i] = read_tile(paths[i + 1]);
    }
    for (size_t i = 0; i < sizeof encoders / sizeof *encoders; i++) {
        run(tiles, tile_count, &encoders[i]);
    }
    for (int i = 0; i < tile_count; i++) {
        image_free(tiles[i]);
    }
    free(tiles);
    return EXIT_SUCCESS;
}
