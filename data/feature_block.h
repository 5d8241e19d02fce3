/*
 * feature_block.h - features in one piece of memory: one alone, or some hundreds of a plot with one reference
 * count for all of them.
 *
 * The counts of blocks lie apart from the features. Sharing those of a block, as each change of a plot does,
 * writes nothing to where they lie: processes that came from one share those pages for good.
 */
#ifndef DATA_FEATURE_BLOCK_H
#define DATA_FEATURE_BLOCK_H

#include <stddef.h>

struct feature;
struct feature_block;

enum { FEATURE_BLOCK_MOST = 256 };

/**
 * Copies features, 1 … FEATURE_BLOCK_MOST of them, side by side.
 * @param copies out: each copy; it lives as long as the block
 * @return owned, one reference, feature_block_unref()
 */
struct feature_block *feature_block_new(const struct feature *const *features, size_t count,
                                        const struct feature **copies);
struct feature_block *feature_block_ref(struct feature_block *block);
void feature_block_unref(struct feature_block *block);

#endif
