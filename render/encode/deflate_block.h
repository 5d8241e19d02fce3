/*
 * deflate_block.h - writes one block of a deflate stream (RFC 1951) with Huffman codes of its own.
 *
 * A block is a list of tokens, each of what is told in one breath: up to three bytes as they are, or so many
 * bytes again that were there before. Both look alike, so that who writes them never asks which it is: nobody
 * could foresee the answer.
 */
#ifndef RENDER_DEFLATE_BLOCK_H
#define RENDER_DEFLATE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DEFLATE_MATCH_LEAST 3
#define DEFLATE_MATCH_MOST 258
#define DEFLATE_WINDOW_BYTES 32768
#define DEFLATE_DISTANCE_COUNT 30
#define DEFLATE_TOKENS_MOST 16384 /* of a block */

/* Words of a token: bytes, nothing, lengths of repeats (so far behind nothing), and symbols of distances. */
#define DEFLATE_NOTHING 256
#define DEFLATE_FIRST_DISTANCE (DEFLATE_NOTHING + DEFLATE_MATCH_MOST + 1)
#define DEFLATE_WORD_COUNT (DEFLATE_FIRST_DISTANCE + DEFLATE_DISTANCE_COUNT)

/** The bytes that have been written; owned, grows. */
struct deflate_stream {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    uint64_t bits; /* not yet written, the first lowest */
    int bit_count;
};

/** What is told in one breath: bytes, or a length, the symbol of a distance, and nothing. */
struct deflate_token {
    uint16_t words[3];
    uint16_t distance; /* less one; of bytes as they are: 0 */
};

/** A block being made. */
struct deflate_block {
    uint32_t counts[3][DEFLATE_WORD_COUNT]; /* of words, by their place in a token: equal ones do not wait */
    size_t token_count;
    struct deflate_token tokens[]; /* DEFLATE_TOKENS_MOST, and room_behind */
};

/** Three bytes as they are; DEFLATE_NOTHING: fewer. */
static inline void deflate_block_add(struct deflate_block *block, unsigned first, unsigned second,
                                     unsigned third)
{
    block->counts[0][first]++;
    block->counts[1][second]++;
    block->counts[2][third]++;
    block->tokens[block->token_count++] =
        (struct deflate_token){{(uint16_t)first, (uint16_t)second, (uint16_t)third}, 0};
}

/** Distances double with every second symbol: it is the power of two and the bit behind that, with which a
 * float begins. */
static inline unsigned deflate_distance_symbol(uint32_t distance)
{
    uint32_t rest = distance - 1;
    if (rest < 2) {
        return rest;
    }
    float number = (float)rest;
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return (bits >> 22) - 2 * 127;
}

/** So many bytes that were there so many bytes before. */
static inline void deflate_block_add_repeat(struct deflate_block *block, unsigned length, uint32_t distance)
{
    unsigned first = DEFLATE_NOTHING + length;
    unsigned second = DEFLATE_FIRST_DISTANCE + deflate_distance_symbol(distance);
    block->counts[0][first]++;
    block->counts[1][second]++;
    block->tokens[block->token_count++] = (struct deflate_token){
        {(uint16_t)first, (uint16_t)second, DEFLATE_NOTHING}, (uint16_t)(distance - 1)};
}

/** Is it time to write it? */
static inline bool deflate_block_is_full(const struct deflate_block *block)
{
    return block->token_count >= DEFLATE_TOKENS_MOST;
}

/** An empty one. Owned, free(). @param room_behind  tokens that can be added when it is full already */
struct deflate_block *deflate_block_new(size_t room_behind);

/** Writes it. Then it is empty. */
void deflate_block_write(struct deflate_block *block, bool is_last, struct deflate_stream *stream);

/** Makes room for so many bytes more. */
void deflate_stream_room(struct deflate_stream *stream, size_t length);

/** Writes the last bits. */
void deflate_stream_end(struct deflate_stream *stream);

#endif
