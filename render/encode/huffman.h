/*
 * huffman.h - prefix codes as deflate (RFC 1951) wants them: canonical, of at most so many bits.
 */
#ifndef RENDER_HUFFMAN_H
#define RENDER_HUFFMAN_H

#include <stdint.h>

#define HUFFMAN_SYMBOL_MAX 288
#define HUFFMAN_BITS_MAX 15

struct huffman_code {
    uint8_t lengths[HUFFMAN_SYMBOL_MAX]; /* in bits; 0: the symbol does not occur */
    uint16_t bits[HUFFMAN_SYMBOL_MAX];   /* the first bit lowest, as deflate writes it */
};

/**
 * Makes the code for symbols that occur so often. At least two symbols get one, so that every decoder is
 * pleased.
 * @param most_bits 7 … HUFFMAN_BITS_MAX, and enough for symbol_count
 */
void huffman_make(const uint32_t *counts, int symbol_count, int most_bits, struct huffman_code *code);

#endif
