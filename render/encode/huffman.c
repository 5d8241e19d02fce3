/*
 * huffman.c - how long each code is comes from joining the two rarest nodes again and again: with the symbols
 * in order and the joined nodes in the order in which they were made, the two rarest are always at the front
 * of one of two queues. Codes that came out too long are cut, and shorter ones made longer in exchange.
 */
#include "render/encode/huffman.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define DEPTH_MAX 64 /* counts are below 2^32: a code cannot be longer */

struct leaf {
    uint32_t count;
    uint16_t symbol;
};

/** A leaf or a joined node of the tree; its parent is found later in the same list. */
struct node {
    uint64_t count;
    int parent;
    int depth;
};

/** By count; those of equal count stay in their order. A pass for each byte of the largest count. */
static void sort_leaves(struct leaf *leaves, int count, uint32_t largest)
{
    struct leaf sorted[HUFFMAN_SYMBOL_MAX];
    for (int shift = 0; shift < 32 && largest >> shift > 0; shift += 8) {
        int starts[256 + 1] = {0};
        for (int i = 0; i < count; i++) {
            starts[(leaves[i].count >> shift & 0xff) + 1]++;
        }
        for (int i = 0; i < 256; i++) {
            starts[i + 1] += starts[i];
        }
        for (int i = 0; i < count; i++) {
            sorted[starts[leaves[i].count >> shift & 0xff]++] = leaves[i];
        }
        memcpy(leaves, sorted, (size_t)count * sizeof *leaves);
    }
}

/** The symbols that occur, rarest first; the first ones that do not occur fill up to two. */
static int list_leaves(const uint32_t *counts, int symbol_count, struct leaf *leaves)
{
    int count = 0;
    uint32_t largest = 0;
    for (int i = 0; i < symbol_count; i++) {
        if (counts[i] > 0) {
            leaves[count++] = (struct leaf){counts[i], (uint16_t)i};
            largest = counts[i] > largest ? counts[i] : largest;
        }
    }
    for (int i = 0; count < 2; i++) {
        if (counts[i] == 0) {
            leaves[count++] = (struct leaf){0, (uint16_t)i};
        }
    }
    sort_leaves(leaves, count, largest);
    return count;
}

/** Takes the rarer of the next leaf and the next joined node. */
static int take_rarest(const struct node *nodes, int leaf_count, int *leaf, int *joined, int made)
{
    bool is_leaf = *leaf < leaf_count && (*joined >= made || nodes[*leaf].count <= nodes[*joined].count);
    return is_leaf ? (*leaf)++ : (*joined)++;
}

/** How many codes there are of each length. */
static void count_lengths(const struct leaf *leaves, int leaf_count, int *length_counts)
{
    struct node nodes[2 * HUFFMAN_SYMBOL_MAX];
    for (int i = 0; i < leaf_count; i++) {
        nodes[i].count = leaves[i].count;
    }
    int leaf = 0;
    int joined = leaf_count;
    int last = 2 * leaf_count - 2;
    for (int made = leaf_count; made <= last; made++) {
        int first = take_rarest(nodes, leaf_count, &leaf, &joined, made);
        int second = take_rarest(nodes, leaf_count, &leaf, &joined, made);
        nodes[made].count = nodes[first].count + nodes[second].count;
        nodes[first].parent = made;
        nodes[second].parent = made;
    }
    nodes[last].depth = 0;
    for (int i = last - 1; i >= 0; i--) {
        nodes[i].depth = nodes[nodes[i].parent].depth + 1;
        assert(nodes[i].depth < DEPTH_MAX);
        length_counts[nodes[i].depth] += i < leaf_count;
    }
}

/** Cuts what is too long; each time one of the longest shorter codes makes room by becoming two. */
static void limit_lengths(int *length_counts, int most_bits)
{
    for (int length = most_bits + 1; length < DEPTH_MAX; length++) {
        length_counts[most_bits] += length_counts[length];
        length_counts[length] = 0;
    }
    uint64_t used = 0;
    for (int length = 1; length <= most_bits; length++) {
        used += (uint64_t)length_counts[length] << (most_bits - length);
    }
    for (; used > (uint64_t)1 << most_bits; used--) {
        int length = most_bits - 1;
        while (length_counts[length] == 0) {
            length--;
        }
        length_counts[length]--;
        length_counts[length + 1] += 2;
        length_counts[most_bits]--;
    }
}

static uint16_t reverse(unsigned bits, int length)
{
    bits = (bits & 0x5555) << 1 | (bits >> 1 & 0x5555);
    bits = (bits & 0x3333) << 2 | (bits >> 2 & 0x3333);
    bits = (bits & 0x0f0f) << 4 | (bits >> 4 & 0x0f0f);
    bits = (bits & 0x00ff) << 8 | (bits >> 8 & 0x00ff);
    return (uint16_t)(bits >> (16 - length));
}

/** Codes of one length count up in the order of the symbols. */
static void set_bits(struct huffman_code *code, int symbol_count, const int *length_counts)
{
    unsigned next[HUFFMAN_BITS_MAX + 1] = {0};
    for (int length = 1; length <= HUFFMAN_BITS_MAX; length++) {
        int shorter = length > 1 ? length_counts[length - 1] : 0;
        next[length] = (next[length - 1] + (unsigned)shorter) << 1;
    }
    for (int i = 0; i < symbol_count; i++) {
        int length = code->lengths[i];
        code->bits[i] = length ? reverse(next[length]++, length) : 0;
    }
}

void huffman_make(const uint32_t *counts, int symbol_count, int most_bits, struct huffman_code *code)
{
    assert(symbol_count >= 2 && symbol_count <= HUFFMAN_SYMBOL_MAX && most_bits <= HUFFMAN_BITS_MAX);
    struct leaf leaves[HUFFMAN_SYMBOL_MAX];
    int length_counts[DEPTH_MAX] = {0};
    int leaf_count = list_leaves(counts, symbol_count, leaves);
    count_lengths(leaves, leaf_count, length_counts);
    limit_lengths(length_counts, most_bits);
    memset(code->lengths, 0, sizeof code->lengths);
    int next = leaf_count;
    for (int length = 1; length <= most_bits; length++) {
        for (int i = 0; i < length_counts[length]; i++) {
            code->lengths[leaves[--next].symbol] = (uint8_t)length;
        }
    }
    set_bits(code, symbol_count, length_counts);
}
