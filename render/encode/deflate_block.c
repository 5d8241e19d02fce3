/*
 * deflate_block.c - counts the symbols of a block, makes codes for them, and writes codes and symbols.
 *
 * The stream has room for the largest block before it begins, so nothing is checked in the inner loops. Bits
 * are written eight bytes at a time; only whole bytes count.
 */
#include "render/encode/deflate_block.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/huffman.h"

#define LITERAL_COUNT 286 /* bytes, the end, lengths */
#define DISTANCE_COUNT 30
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

/** What a block is written with. */
struct writer {
    const struct deflate_block *block;
    uint32_t literal_counts[HUFFMAN_SYMBOL_MAX];
    uint32_t distance_counts[DISTANCE_COUNT];
    struct huffman_code literals;
    struct huffman_code distances;
    uint32_t length_codes[DEFLATE_MATCH_MOST + 1]; /* symbol and extra bits in one */
    uint8_t length_code_bits[DEFLATE_MATCH_MOST + 1];
    uint8_t length_symbols[DEFLATE_MATCH_MOST + 1]; /* from FIRST_LENGTH on */
};

uint32_t deflate_mark(int row, int filter)
{
    assert(row >= 0 && row < 0xffff && filter >= 0 && filter <= 0xff);
    return (uint32_t)(row + 1) << 8 | (uint32_t)filter;
}

/** Distances double with every second symbol; what lies between is told by extra bits. */
static inline struct parts distance_parts(unsigned distance)
{
    unsigned rest = distance - 1;
    if (rest < 4) {
        return (struct parts){rest, 0, 0};
    }
    int extra_bits = 30 - __builtin_clz(rest);
    unsigned half = rest >> extra_bits & 1;
    return (struct parts){2 * ((unsigned)extra_bits + 1) + half, rest & ((1u << extra_bits) - 1), extra_bits};
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
    for (int i = 0; i < END_OF_BLOCK; i++) {
        for (int j = 0; j < 4; j++) {
            writer->literal_counts[i] += block->counts->bytes[j][i];
        }
    }
    writer->literal_counts[END_OF_BLOCK] = 1;
    for (size_t i = 0; i < block->step_count; i++) {
        const struct deflate_step *step = &block->steps[i];
        if (step->length > 0) {
            writer->literal_counts[FIRST_LENGTH + writer->length_symbols[step->length]]++;
            writer->distance_counts[distance_parts(step->distance).symbol]++;
        }
    }
}

static void join_length_codes(struct writer *writer)
{
    for (unsigned length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        unsigned symbol = writer->length_symbols[length];
        int bits = writer->literals.lengths[FIRST_LENGTH + symbol];
        uint32_t extra = (uint32_t)(length - length_bases[symbol]) << bits;
        writer->length_codes[length] = writer->literals.bits[FIRST_LENGTH + symbol] | extra;
        writer->length_code_bits[length] = (uint8_t)(bits + length_extra_bits[symbol]);
    }
}

/** At most 56 bits may be put between two flushes. */
static inline void put(struct deflate_stream *stream, uint32_t bits, int count)
{
    stream->bits |= (uint64_t)bits << stream->bit_count;
    stream->bit_count += count;
}

static inline void flush(struct deflate_stream *stream)
{
    uint64_t bits = htole64(stream->bits);
    memcpy(stream->bytes + stream->length, &bits, sizeof bits);
    stream->length += (size_t)stream->bit_count >> 3;
    stream->bits >>= stream->bit_count & ~7;
    stream->bit_count &= 7;
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
static void write_header(const struct writer *writer, struct deflate_stream *stream)
{
    static const uint8_t order[REPEAT_CODE_COUNT] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};
    uint8_t lengths[LITERAL_COUNT + DISTANCE_COUNT];
    struct parts parts[LITERAL_COUNT + DISTANCE_COUNT];
    uint32_t counts[REPEAT_CODE_COUNT] = {0};
    int literal_count = used_count(writer->literals.lengths, LITERAL_COUNT, FIRST_LENGTH);
    int distance_count = used_count(writer->distances.lengths, DISTANCE_COUNT, 1);
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
    put(stream, writer->block->is_last, 1);
    put(stream, 2, 2); /* codes of its own */
    put(stream, (uint32_t)(literal_count - FIRST_LENGTH), 5);
    put(stream, (uint32_t)(distance_count - 1), 5);
    put(stream, (uint32_t)(order_count - 4), 4);
    flush(stream);
    for (int i = 0; i < order_count; i++) {
        put(stream, code.lengths[order[i]], 3);
        flush(stream);
    }
    for (int i = 0; i < part_count; i++) {
        put(stream, code.bits[parts[i].symbol], code.lengths[parts[i].symbol]);
        put(stream, parts[i].extra, parts[i].extra_bits);
        flush(stream);
    }
}

__attribute__((always_inline)) static inline void write_unit(const struct writer *writer, uint32_t unit,
                                                             size_t unit_bytes, struct deflate_stream *stream)
{
    const struct huffman_code *code = &writer->literals;
    size_t count = deflate_is_mark(unit) ? 1 : unit_bytes;
    for (size_t i = 0; i < count; i++) {
        unsigned byte = deflate_byte(unit, i);
        put(stream, code->bits[byte], code->lengths[byte]);
        if (i == 2) {
            flush(stream); /* four of 15 bits are too many at once */
        }
    }
    flush(stream);
}

static inline void write_match(const struct writer *writer, const struct deflate_step *step,
                               struct deflate_stream *stream)
{
    struct parts distance = distance_parts(step->distance);
    put(stream, writer->length_codes[step->length], writer->length_code_bits[step->length]);
    put(stream, writer->distances.bits[distance.symbol], writer->distances.lengths[distance.symbol]);
    put(stream, distance.extra, distance.extra_bits);
    flush(stream);
}

/** Three of 15 bits at a time. */
static inline void write_bytes(const struct writer *writer, const uint8_t *bytes, size_t count,
                               struct deflate_stream *stream)
{
    const struct huffman_code *code = &writer->literals;
    size_t i = 0;
    for (; i + 3 <= count; i += 3) {
        put(stream, code->bits[bytes[i]], code->lengths[bytes[i]]);
        put(stream, code->bits[bytes[i + 1]], code->lengths[bytes[i + 1]]);
        put(stream, code->bits[bytes[i + 2]], code->lengths[bytes[i + 2]]);
        flush(stream);
    }
    for (; i < count; i++) {
        put(stream, code->bits[bytes[i]], code->lengths[bytes[i]]);
    }
    flush(stream);
}

__attribute__((always_inline)) static inline void write_steps(const struct writer *writer, size_t unit_bytes,
                                                              struct deflate_stream *stream)
{
    const struct deflate_block *block = writer->block;
    size_t place = 0;
    for (size_t i = 0; i < block->step_count; i++) {
        const struct deflate_step *step = &block->steps[i];
        if (unit_bytes == 1) {
            write_bytes(writer, block->bytes + place, step->unit_count, stream);
        } else {
            for (size_t j = 0; j < step->unit_count; j++) {
                write_unit(writer, block->units[place + j], unit_bytes, stream);
            }
        }
        place += step->unit_count;
        if (step->length > 0) {
            write_match(writer, step, stream);
            place += step->length / unit_bytes;
        }
    }
}

/** Room for every symbol at its longest. */
static void make_room(const struct deflate_block *block, struct deflate_stream *stream)
{
    size_t most = HEADER_BYTES_MAX + sizeof(uint64_t);
    for (size_t i = 0; i < block->step_count; i++) {
        most += block->steps[i].unit_count * block->unit_bytes * 2 + 2 * sizeof(uint32_t);
    }
    if (stream->length + most > stream->capacity) {
        stream->capacity = stream->length + most + stream->capacity / 2;
        stream->bytes = memory_resize(stream->bytes, stream->capacity, 1);
    }
}

void deflate_block_write(const struct deflate_block *block, struct deflate_stream *stream)
{
    struct writer writer;
    writer.block = block;
    memset(writer.literal_counts, 0, sizeof writer.literal_counts);
    memset(writer.distance_counts, 0, sizeof writer.distance_counts);
    fill_length_symbols(&writer);
    count_symbols(&writer);
    huffman_make(writer.literal_counts, LITERAL_COUNT, HUFFMAN_BITS_MAX, &writer.literals);
    huffman_make(writer.distance_counts, DISTANCE_COUNT, HUFFMAN_BITS_MAX, &writer.distances);
    join_length_codes(&writer);
    make_room(block, stream);
    write_header(&writer, stream);
    if (block->unit_bytes == 3) { /* said as a number each time, so that the inner loop is unrolled */
        write_steps(&writer, 3, stream);
    } else if (block->unit_bytes == 4) {
        write_steps(&writer, 4, stream);
    } else {
        write_steps(&writer, 1, stream);
    }
    put(stream, writer.literals.bits[END_OF_BLOCK], writer.literals.lengths[END_OF_BLOCK]);
    flush(stream);
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
