/*
 * fuzz.h - what fuzz targets share.
 *
 * A target is one file with LLVMFuzzerTestOneInput(): it hands the bytes to one reader of what comes from
 * outside, by its public header, and may look at what came out. Whatever the bytes are: no crash, no leak, no
 * undefined behaviour, an answer within a second. What is needed once is made once and kept.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <assert.h>
#include <ftw.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "symbology/symbol_library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Called once before; for what takes long to make, which must not count as time of the first input. */
int LLVMFuzzerInitialize(int *count, char ***arguments);

/** The bytes as a text with a NUL behind them, and not one byte more: reading beyond is seen. Owned. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
    return memory_copy_bytes(data, size);
}

/** The built-in symbols, read once. */
static inline const struct symbol_library *fuzz_symbols(void)
{
    static struct symbol_library *library;
    if (!library) {
        struct problems problems;
        problems_init(&problems);
        library = symbol_library_new(&problems);
        problems_finish(&problems);
        assert(library);
    }
    return library;
}

static char fuzz_folder_path[64];

static inline int fuzz_remove(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static inline void fuzz_remove_folder(void)
{
    nftw(fuzz_folder_path, fuzz_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/** An empty folder in memory, gone when the target ends. */
static inline const char *fuzz_folder(void)
{
    if (!*fuzz_folder_path) {
        snprintf(fuzz_folder_path, sizeof fuzz_folder_path, "/dev/shm/plottafel-fuzz-XXXXXX");
        const char *made = mkdtemp(fuzz_folder_path);
        assert(made);
        atexit(fuzz_remove_folder);
        log_open(LOG_PLAIN, LOG_ERROR);
    }
    return fuzz_folder_path;
}

/** Writes a file of that folder. Returns its path, borrowed until the next call. */
static inline const char *fuzz_file(const char *name, const void *bytes, size_t length)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    FILE *file = fopen(path, "wb");
    assert(file);
    fwrite(bytes, 1, length, file);
    fclose(file);
    return path;
}

/** Cuts a field off the front: up to the next byte of that value, or all that is left. Owned, with a NUL. */
static inline char *fuzz_cut(const uint8_t **data, size_t *size, uint8_t end)
{
    const uint8_t *found = *size ? memchr(*data, end, *size) : NULL;
    size_t length = found ? (size_t)(found - *data) : *size;
    char *field = memory_copy_bytes(*data, length);
    *data += length + (found != NULL);
    *size -= length + (found != NULL);
    return field;
}

#endif
