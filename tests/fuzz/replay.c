/*
 * replay.c - a main for a fuzz target of every day: each seed as it is, then thousands made of seeds with a
 * few bytes changed, the same in every run.
 *
 *   fuzz_NOUN SEEDS LAST
 *
 * The input that is being read stands in the file LAST; it is left there when the target dies of it or takes
 * longer than TIME_MOST_S of the processor, and becomes a seed when that is mended.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <time.h>

#include "geo/base/buffer.h"
#include "geo/base/file.h"
#include "tests/support/random.h"

#define MUTANTS 3000
#define CHANGES_MOST 4
#define INPUT_MOST_BYTES 65536 /* as in run.sh */
#define SEED_MOST_BYTES (1u << 20)
#define TIME_MOST_S 1.0

struct seed {
    char *bytes; /* owned */
    size_t length;
};

struct seeds {
    struct seed *items; /* owned */
    size_t count;
};

#pragma weak LLVMFuzzerInitialize

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static struct seed read_seed(const char *folder, const char *name)
{
    struct fault fault = {0};
    struct seed seed = {0};
    char *path = NULL;
    int length = asprintf(&path, "%s/%s", folder, name);
    seed.bytes = length > 0 ? file_read(path, SEED_MOST_BYTES, &seed.length, &fault) : NULL;
    if (!seed.bytes) {
        fprintf(stderr, "%s/%s: %s\n", folder, name, fault.message);
        exit(EXIT_FAILURE);
    }
    free(path);
    return seed;
}

/** By their names. */
static struct seeds read_seeds(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_shown, alphasort);
    if (count <= 0) {
        fprintf(stderr, "%s: there are no seeds\n", folder);
        exit(EXIT_FAILURE);
    }
    struct seeds seeds = {memory_new((size_t)count, sizeof(struct seed)), (size_t)count};
    for (int i = 0; i < count; i++) {
        seeds.items[i] = read_seed(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return seeds;
}

static void free_seeds(struct seeds *seeds)
{
    for (size_t i = 0; i < seeds->count; i++) {
        free(seeds->items[i].bytes);
    }
    free(seeds->items);
}

/** In the file LAST. */
static void keep(int last, const void *bytes, size_t length)
{
    if (ftruncate(last, 0) != 0 || pwrite(last, bytes, length, 0) != (ssize_t)length) {
        perror("the input that is being read cannot be kept");
        exit(EXIT_FAILURE);
    }
}

/** The bytes stand in memory of their own: reading beyond them is seen. */
static void run_input(int last, const struct buffer *input)
{
    uint8_t *bytes = memory_new(input->length > 0 ? input->length : 1, 1);
    if (input->length > 0) {
        memcpy(bytes, input->bytes, input->length);
    }
    keep(last, bytes, input->length);
    clock_t start = clock();
    LLVMFuzzerTestOneInput(bytes, input->length);
    double taken_s = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(bytes);
    if (taken_s > TIME_MOST_S) {
        fprintf(stderr, "the input of %zu bytes took %.1f s of the processor\n", input->length, taken_s);
        exit(EXIT_FAILURE);
    }
}

/** Puts bytes in the place of others. */
static void replace_bytes(struct buffer *input, size_t from, size_t removed, const char *bytes, size_t length)
{
    struct buffer whole;
    buffer_init(&whole, SEED_MOST_BYTES * 4);
    buffer_append(&whole, input->bytes, from);
    buffer_append(&whole, bytes, length);
    buffer_append(&whole, input->bytes + from + removed, input->length - from - removed);
    buffer_finish(input);
    *input = whole;
}

/** What readers of numbers, texts and lengths stumble over. */
static void put_awkward(struct buffer *input, size_t place, uint64_t *state)
{
    static const char *const texts[] = {
        "-1", "0",   "1e999", "nan", "99999999999999999999", "\xff", "\xc0\x80", "\"", "]", "{", "<",
        "&",  "%00", "\n",    ";",   "\xe2\x80\xae"};
    static const char ones[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
    uint32_t which = random_below(state, sizeof texts / sizeof *texts + 1);
    if (which < sizeof texts / sizeof *texts) {
        replace_bytes(input, place, 0, texts[which], strlen(texts[which]));
    } else {
        size_t room = input->length - place;
        replace_bytes(input, place, room < 8 ? room : 8, ones, sizeof ones);
    }
}

static void change(struct buffer *input, const struct seeds *seeds, uint64_t *state)
{
    size_t place = random_below(state, (uint32_t)input->length + 1);
    size_t most = input->length - place;
    size_t length = random_below(state, (uint32_t)(most < 64 ? most : 64) + 1);
    const struct seed *other = &seeds->items[random_below(state, (uint32_t)seeds->count)];
    size_t from = random_below(state, (uint32_t)other->length + 1);
    char byte = (char)random_next(state);
    switch (random_below(state, 6)) {
    case 0:
        replace_bytes(input, place, most > 0, &byte, 1);
        break;
    case 1:
        replace_bytes(input, place, length, "", 0);
        break;
    case 2:
        replace_bytes(input, place, 0, input->bytes + place, length);
        break;
    case 3:
        replace_bytes(input, place, most, other->bytes + from, other->length - from);
        break;
    case 4:
        put_awkward(input, place, state);
        break;
    default:
        if (most > 0) {
            byte = (char)(input->bytes[place] ^ (1 << random_below(state, 8)));
            replace_bytes(input, place, 1, &byte, 1);
        }
    }
}

static void run_mutant(int last, const struct seeds *seeds, uint64_t *state)
{
    const struct seed *seed = &seeds->items[random_below(state, (uint32_t)seeds->count)];
    struct buffer input;
    buffer_init(&input, SEED_MOST_BYTES * 4);
    buffer_append(&input, seed->bytes, seed->length);
    for (uint32_t left = 1 + random_below(state, CHANGES_MOST); left > 0; left--) {
        change(&input, seeds, state);
    }
    input.length = input.length < INPUT_MOST_BYTES ? input.length : INPUT_MOST_BYTES;
    run_input(last, &input);
    buffer_finish(&input);
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: %s SEEDS LAST\n", arguments[0]);
        return EXIT_FAILURE;
    }
    const char *path = arguments[2]; /* the target may change what arguments points to */
    int last = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (last < 0) {
        perror(path);
        return EXIT_FAILURE;
    }
    struct seeds seeds = read_seeds(arguments[1]);
    uint64_t state = 1;
    if (LLVMFuzzerInitialize) {
        LLVMFuzzerInitialize(&count, &arguments);
    }
    for (size_t i = 0; i < seeds.count; i++) {
        struct buffer input = {.bytes = seeds.items[i].bytes, .length = seeds.items[i].length};
        run_input(last, &input);
    }
    for (int i = 0; i < MUTANTS; i++) {
        run_mutant(last, &seeds, &state);
    }
    free_seeds(&seeds);
    close(last);
    remove(path);
    return EXIT_SUCCESS;
}
