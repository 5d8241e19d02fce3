/*
 * deflate_block.c - counts the symbols of a block, makes codes for them, and writes codes and symbols.
 *
 * The stream has room for the whole block before it is written, so nothing is checked in the inner loops.
 * Bits are written eight bytes at a time; only whole bytes count.
 */
#include "render/encode/deflate_block.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/huffman.h"

#define LITERAL_COUNT 286 /* bytes, the end, lengths */
#define END_OF_BLOCK 256
#define FIRST_LENGTH 257
#define HEADER_BYTES_MAX 512
#define TOKEN_BYTES_MAX 6
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

/** How a word of a token is written: its code, and for a length how far it is beyond the first of its symbol.
 * How far a distance is comes behind the code. */
struct written_word {
    uint32_t bits;
    uint8_t code_bits;
    uint8_t bit_count; /* of all */
    uint16_t first;    /* distance of its symbol, less one */
};

/** What a block is written with. */
struct writer {
    uint8_t length_symbols[DEFLATE_MATCH_MOST + 1];
    struct huffman_code literals;
    struct huffman_code distances;
    struct written_word words[DEFLATE_WORD_COUNT];
};

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

static void make_codes(struct writer *writer, const struct deflate_block *block)
{
    uint32_t literal_counts[LITERAL_COUNT] = {0};
    for (int i = 0; i < END_OF_BLOCK; i++) {
        literal_counts[i] = block->counts[0][i] + block->counts[1][i] + block->counts[2][i];
    }
    literal_counts[END_OF_BLOCK] = 1;
    for (int length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        literal_counts[FIRST_LENGTH + writer->length_symbols[length]] +=
            block->counts[0][DEFLATE_NOTHING + length];
    }
    huffman_make(literal_counts, LITERAL_COUNT, HUFFMAN_BITS_MAX, &writer->literals);
    huffman_make(block->counts[1] + DEFLATE_FIRST_DISTANCE, DEFLATE_DISTANCE_COUNT, HUFFMAN_BITS_MAX,
                 &writer->distances);
}

static struct written_word word_of(const struct huffman_code *code, int symbol, unsigned beyond,
                                   int extra_bits)
{
    int code_bits = code->lengths[symbol];
    return (struct written_word){code->bits[symbol] | beyond << code_bits, (uint8_t)code_bits,
                                 (uint8_t)(code_bits + extra_bits), 0};
}

static void make_words(struct writer *writer)
{
    for (int i = 0; i < END_OF_BLOCK; i++) {
        writer->words[i] = word_of(&writer->literals, i, 0, 0);
    }
    writer->words[DEFLATE_NOTHING] = (struct written_word){0};
    for (unsigned length = DEFLATE_MATCH_LEAST; length <= DEFLATE_MATCH_MOST; length++) {
        int symbol = writer->length_symbols[length];
        writer->words[DEFLATE_NOTHING + length] =
            word_of(&writer->literals, FIRST_LENGTH + symbol, length - length_bases[symbol],
                    length_extra_bits[symbol]);
    }
    uint32_t first = 0;
    for (int i = 0; i < DEFLATE_DISTANCE_COUNT; i++) {
        int extra_bits = i < 4 ? 0 : i / 2 - 1;
        struct written_word word = word_of(&writer->distances, i, 0, extra_bits);
        word.first = (uint16_t)first;
        writer->words[DEFLATE_FIRST_DISTANCE + i] = word;
        first += 1u << extra_bits;
    }
}

/** At most 56 bits may be put between two flushes. */
static inline void put(struct pen *pen, uint64_t bits, int count)
{
    pen->bits |= bits << pen->bit_count;
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

/** At most 48 bits: a length of 20 and a distance of 28. */
static inline void write_token(const struct writer *writer, struct deflate_token token, struct pen *pen)
{
    struct written_word first = writer->words[token.words[0]];
    struct written_word second = writer->words[token.words[1]];
    struct written_word third = writer->words[token.words[2]];
    uint32_t beyond = (uint32_t)token.distance - second.first;
    uint64_t bits = second.bits | beyond << second.code_bits | (uint64_t)third.bits << second.bit_count;
    put(pen, first.bits | bits << first.bit_count, first.bit_count + second.bit_count + third.bit_count);
    flush(pen);
}

static void write_body(const struct writer *writer, const struct deflate_block *block, bool is_last,
                       struct deflate_stream *stream)
{
    struct pen pen = {stream->bytes + stream->length, stream->bits, stream->bit_count};
    write_header(writer, is_last, &pen);
    for (size_t i = 0; i < block->token_count; i++) {
        write_token(writer, block->tokens[i], &pen);
    }
    put(&pen, writer->literals.bits[END_OF_BLOCK], writer->literals.lengths[END_OF_BLOCK]);
    flush(&pen);
    stream->length = (size_t)(pen.next - stream->bytes);
    stream->bits = pen.bits;
    stream->bit_count = pen.bit_count;
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

static void empty(struct deflate_block *block)
{
    memset(block->counts, 0, sizeof block->counts);
    block->token_count = 0;
}

struct deflate_block *deflate_block_new(size_t room_behind)
{
    struct deflate_block *block =
        memory_resize(NULL, 1, sizeof *block + (DEFLATE_TOKENS_MOST + room_behind) * sizeof *block->tokens);
    empty(block);
    return block;
}

void deflate_block_write(struct deflate_block *block, bool is_last, struct deflate_stream *stream)
{
    struct writer writer;
    fill_length_symbols(&writer);
    make_codes(&writer, block);
    make_words(&writer);
    deflate_stream_room(stream, HEADER_BYTES_MAX + block->token_count * TOKEN_BYTES_MAX + sizeof(uint64_t));
    write_body(&writer, block, is_last, stream);
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
