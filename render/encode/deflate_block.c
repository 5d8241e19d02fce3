/*
 * deflate_block.c - counts the symbols of a block, makes codes for them, and writes codes and symbols.
 *
 * The stream has room for the largest block before it begins, so nothing is checked in the inner loops. Bits
 * are written eight bytes at a time; only whole bytes count.
 */
#include "render/encode/deflate_block.h"

#include <assert.h>
#include <endian.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/huffman.h"

#define LITERAL_COUNT 286 /* bytes, the end, lengths */
#define END_OF_BLOCK 256
#define FIRST_LENGTH 257
#define HEADER_BYTES_MAX 512
#define REPEAT_CODE_COUNT 19 /* symbols of the code that codes code lengths */
#define REPEAT_LAST 16       /* 3 to 6 times */
#define REPEAT_ZERO 17       /* 3 to 10 times */
#define REPEAT_ZERO_LONG 18  /* 11 to 138 times */

static const uint16_t length_bases[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                        31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_extra_bits[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                            2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

/** A symbol and the bits behind it. */
struct parts {
    unsigned symbol;
    unsigned extra;
    int extra_bits;
};

/** Where the next bits go. It is nobody's but its function's, so that it stays in registers. */
struct pen {
    uint8_t *next;
    uint64_t bits; /* not yet written, the first lowest */
    int bit_count;
};

/** A symbol's code with what is told in the same breath. */
struct code_word {
    uint32_t bits;
    int32_t bit_count;
};

/** The symbol of distances, and how far each is beyond the first of them in the same breath. */
struct distance_word {
    uint16_t bits;
    uint8_t symbol_bits;
    uint8_t bit_count; /* of both */
    uint32_t first;
};

/** What a block is written with. */
struct writer {
    const struct deflate_block *block;
    uint32_t literal_counts[HUFFMAN_SYMBOL_MAX];
    struct huffman_code literals;
    struct huffman_code distances;
    struct code_word bytes[END_OF_BLOCK + 1];
    struct code_word lengths[DEFLATE_MATCH_MOST + 1]; /* symbol and extra bits in one */
    struct distance_word farness[DEFLATE_DISTANCE_COUNT];
    uint8_t length_symbols[DEFLATE_MATCH_MOST + 1]; /* from FIRST_LENGTH on */
};

uint32_t deflate_mark(int row, int filter)
{
    assert(row >= 0 && row < 0xffff && filter >= 0 && filter <= 0xff);
    return (uint32_t)(row + 1) << 8 | (uint32_t)filter;
}

static void fill_length_symbols(struct writer *writer)
{
    unsigned symbol = 0;
    for (unsigned length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        bool is_next =
            symbol + 1 < sizeof length_bases / sizeof *length_bases && length == length_bases[symbol + 1];
        symbol += is_next;
        writer->length_symbols[length] = (uint8_t)symbol;
    }
}

static void count_symbols(struct writer *writer)
{
    const struct deflate_block *block = writer->block;
    memset(writer->literal_counts, 0, sizeof writer->literal_counts);
    for (int i = 0; i < END_OF_BLOCK; i++) {
        for (int j = 0; j < 4; j++) {
            writer->literal_counts[i] += block->plain[j][i];
        }
    }
    writer->literal_counts[END_OF_BLOCK] = 1;
    for (int length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        writer->literal_counts[FIRST_LENGTH + writer->length_symbols[length]] += block->lengths[length];
    }
}

static void make_distance_words(struct writer *writer)
{
    uint32_t first = 1;
    for (int i = 0; i < DEFLATE_DISTANCE_COUNT; i++) {
        int extra_bits = i < 4 ? 0 : i / 2 - 1;
        uint8_t symbol_bits = writer->distances.lengths[i];
        writer->farness[i] = (struct distance_word){writer->distances.bits[i], symbol_bits,
                                                    (uint8_t)(symbol_bits + extra_bits), first};
        first += 1u << extra_bits;
    }
}

static void make_words(struct writer *writer)
{
    for (int i = 0; i <= END_OF_BLOCK; i++) {
        writer->bytes[i] = (struct code_word){writer->literals.bits[i], writer->literals.lengths[i]};
    }
    for (unsigned length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        unsigned symbol = writer->length_symbols[length];
        int bits = writer->literals.lengths[FIRST_LENGTH + symbol];
        uint32_t extra = (uint32_t)(length - length_bases[symbol]) << bits;
        writer->lengths[length] = (struct code_word){writer->literals.bits[FIRST_LENGTH + symbol] | extra,
                                                     bits + length_extra_bits[symbol]};
    }
    make_distance_words(writer);
}

/** At most 56 bits may be put between two flushes. */
static inline void put(struct pen *pen, uint32_t bits, int count)
{
    pen->bits |= (uint64_t)bits << pen->bit_count;
    pen->bit_count += count;
}

static inline void flush(struct pen *pen)
{
    uint64_t bits = htole64(pen->bits);
    memcpy(pen->next, &bits, sizeof bits);
    pen->next += pen->bit_count >> 3;
    pen->bits >>= pen->bit_count & ~7;
    pen->bit_count &= 7;
}

static inline void put_code(struct pen *pen, struct code_word word)
{
    put(pen, word.bits, word.bit_count);
}

/** How often the length at the front is repeated, at most as often as one symbol can say. */
static int run_of(const uint8_t *lengths, int count)
{
    int most = count < 138 ? count : 138;
    int run = 1;
    while (run < most && lengths[run] == lengths[0]) {
        run++;
    }
    return run;
}

/** The next symbol that says code lengths, and how many it says. */
static struct parts next_repeat(const uint8_t *lengths, int count, uint8_t before, int *said)
{
    int run = run_of(lengths, count);
    if (lengths[0] == 0 && run >= 11) {
        *said = run;
        return (struct parts){REPEAT_ZERO_LONG, (unsigned)run - 11, 7};
    }
    if (lengths[0] == 0 && run >= 3) {
        *said = run;
        return (struct parts){REPEAT_ZERO, (unsigned)run - 3, 3};
    }
    if (lengths[0] != 0 && lengths[0] == before && run >= 3) {
        *said = run < 6 ? run : 6;
        return (struct parts){REPEAT_LAST, (unsigned)*said - 3, 2};
    }
    *said = 1;
    return (struct parts){lengths[0], 0, 0};
}

static int used_count(const uint8_t *lengths, int count, int least)
{
    while (count > least && lengths[count - 1] == 0) {
        count--;
    }
    return count;
}

/** The code lengths of both codes, themselves coded; then the body can be read. */
static void write_header(const struct writer *writer, bool is_last, struct pen *pen)
{
    static const uint8_t order[REPEAT_CODE_COUNT] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};
    uint8_t lengths[LITERAL_COUNT + DEFLATE_DISTANCE_COUNT];
    struct parts parts[LITERAL_COUNT + DEFLATE_DISTANCE_COUNT];
    uint32_t counts[REPEAT_CODE_COUNT] = {0};
    int literal_count = used_count(writer->literals.lengths, LITERAL_COUNT, FIRST_LENGTH);
    int distance_count = used_count(writer->distances.lengths, DEFLATE_DISTANCE_COUNT, 1);
    int count = literal_count + distance_count;
    memcpy(lengths, writer->literals.lengths, (size_t)literal_count);
    memcpy(lengths + literal_count, writer->distances.lengths, (size_t)distance_count);
    int part_count = 0;
    for (int i = 0, said; i < count; i += said) {
        uint8_t before = i > 0 ? lengths[i - 1] : 0;
        parts[part_count] = next_repeat(lengths + i, count - i, before, &said);
        counts[parts[part_count++].symbol]++;
    }
    struct huffman_code code;
    huffman_make(counts, REPEAT_CODE_COUNT, 7, &code);
    int order_count = REPEAT_CODE_COUNT;
    while (order_count > 4 && code.lengths[order[order_count - 1]] == 0) {
        order_count--;
    }
    put(pen, is_last, 1);
    put(pen, 2, 2); /* codes of its own */
    put(pen, (uint32_t)(literal_count - FIRST_LENGTH), 5);
    put(pen, (uint32_t)(distance_count - 1), 5);
    put(pen, (uint32_t)(order_count - 4), 4);
    flush(pen);
    for (int i = 0; i < order_count; i++) {
        put(pen, code.lengths[order[i]], 3);
        flush(pen);
    }
    for (int i = 0; i < part_count; i++) {
        put(pen, code.bits[parts[i].symbol], code.lengths[parts[i].symbol]);
        put(pen, parts[i].extra, parts[i].extra_bits);
        flush(pen);
    }
}

__attribute__((always_inline)) static inline void write_unit(const struct writer *writer, uint32_t unit,
                                                             size_t unit_bytes, struct pen *pen)
{
    if (deflate_is_mark(unit)) {
        put_code(pen, writer->bytes[unit & 0xff]);
        flush(pen);
        return;
    }
    put_code(pen, writer->bytes[unit >> 16 & 0xff]);
    put_code(pen, writer->bytes[unit >> 8 & 0xff]);
    put_code(pen, writer->bytes[unit & 0xff]);
    flush(pen); /* four of 15 bits are too many at once */
    if (unit_bytes == 4) {
        put_code(pen, writer->bytes[unit >> 24]);
        flush(pen);
    }
}

static inline void write_match(const struct writer *writer, const struct deflate_step *step, struct pen *pen)
{
    const struct distance_word *word = &writer->farness[deflate_distance_symbol(step->distance)];
    put_code(pen, writer->lengths[step->length]);
    put(pen, word->bits | (step->distance - word->first) << word->symbol_bits, word->bit_count);
    flush(pen);
}

/** Three of 15 bits at a time. */
static inline void write_bytes(const struct writer *writer, const uint8_t *bytes, size_t count,
                               struct pen *pen)
{
    size_t i = 0;
    for (; i + 3 <= count; i += 3) {
        put_code(pen, writer->bytes[bytes[i]]);
        put_code(pen, writer->bytes[bytes[i + 1]]);
        put_code(pen, writer->bytes[bytes[i + 2]]);
        flush(pen);
    }
    for (; i < count; i++) {
        put_code(pen, writer->bytes[bytes[i]]);
    }
    flush(pen);
}

/** Gives how many units that was. */
__attribute__((always_inline)) static inline size_t write_steps(const struct writer *writer,
                                                                size_t unit_bytes, struct pen *pen)
{
    const struct deflate_block *block = writer->block;
    size_t place = 0;
    for (size_t i = 0; i < block->step_count; i++) {
        const struct deflate_step *step = &block->steps[i];
        if (unit_bytes == 1) {
            write_bytes(writer, block->bytes + place, step->unit_count, pen);
        } else {
            for (size_t j = 0; j < step->unit_count; j++) {
                write_unit(writer, block->units[place + j], unit_bytes, pen);
            }
        }
        place += step->unit_count + step->length / unit_bytes;
        if (step->length > 0) {
            write_match(writer, step, pen);
        }
    }
    return place;
}

/** Gives how many units that was. */
static size_t write_body(const struct writer *writer, bool is_last, struct deflate_stream *stream)
{
    size_t told;
    struct pen pen = {stream->bytes + stream->length, stream->bits, stream->bit_count};
    write_header(writer, is_last, &pen);
    if (writer->block->unit_bytes == 3) { /* said as a number each time, so that the inner loop is unrolled */
        told = write_steps(writer, 3, &pen);
    } else if (writer->block->unit_bytes == 4) {
        told = write_steps(writer, 4, &pen);
    } else {
        told = write_steps(writer, 1, &pen);
    }
    put_code(&pen, writer->bytes[END_OF_BLOCK]);
    flush(&pen);
    stream->length = (size_t)(pen.next - stream->bytes);
    stream->bits = pen.bits;
    stream->bit_count = pen.bit_count;
    return told;
}

/* Not with realloc(): that copies all of the old room, most of which nothing was ever written to. */
void deflate_stream_room(struct deflate_stream *stream, size_t length)
{
    if (stream->length + length > stream->capacity) {
        size_t capacity = stream->length + length + stream->capacity / 2;
        uint8_t *bytes = memory_resize(NULL, capacity, 1);
        if (stream->length > 0) {
            memcpy(bytes, stream->bytes, stream->length);
        }
        free(stream->bytes);
        stream->bytes = bytes;
        stream->capacity = capacity;
    }
}

/** Room for every symbol at its longest. */
static void make_room(const struct deflate_block *block, struct deflate_stream *stream)
{
    deflate_stream_room(stream, HEADER_BYTES_MAX + sizeof(uint64_t) +
                                    block->plain_count * block->unit_bytes * 2 +
                                    block->step_count * 2 * sizeof(uint32_t));
}

static void empty(struct deflate_block *block)
{
    size_t start = offsetof(struct deflate_block, plain_count);
    memset((char *)block + start, 0, offsetof(struct deflate_block, steps) - start);
}

struct deflate_block *deflate_block_new(size_t unit_bytes)
{
    struct deflate_block *block = memory_resize(NULL, 1, sizeof *block);
    block->units = NULL;
    block->bytes = NULL;
    block->unit_bytes = unit_bytes;
    empty(block);
    return block;
}

void deflate_block_write(struct deflate_block *block, size_t unit_count, bool is_last,
                         struct deflate_stream *stream)
{
    block->steps[block->step_count++] = (struct deflate_step){.unit_count = (uint32_t)unit_count};
    block->plain_count += unit_count;
    struct writer writer;
    writer.block = block;
    fill_length_symbols(&writer);
    count_symbols(&writer);
    huffman_make(writer.literal_counts, LITERAL_COUNT, HUFFMAN_BITS_MAX, &writer.literals);
    huffman_make(block->distances, DEFLATE_DISTANCE_COUNT, HUFFMAN_BITS_MAX, &writer.distances);
    make_words(&writer);
    make_room(block, stream);
    size_t told = write_body(&writer, is_last, stream);
    block->units += block->unit_bytes > 1 ? told : 0;
    block->bytes += block->unit_bytes > 1 ? 0 : told;
    empty(block);
}

void deflate_stream_end(struct deflate_stream *stream)
{
    assert(stream->length < stream->capacity);
    if (stream->bit_count > 0) {
        stream->bytes[stream->length++] = (uint8_t)stream->bits;
        stream->bits = 0;
        stream->bit_count = 0;
    }
}
