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

/**
 * Lays features that come one by one side by side, as many as there are: a whole plot that is read. What it
 * gives is at home there for good, so nothing of it is copied again and nothing is left between what was read
 * and what is kept.
 */
struct feature_packer {
    struct feature_block *block; /* that is being filled; one reference; NULL before the first feature */
    size_t length;               /* bytes that are taken of it */
    size_t capacity;
};

void feature_packer_init(struct feature_packer *packer);
void feature_packer_finish(struct feature_packer *packer);

/** A copy, with one reference for the caller. */
struct feature *feature_packer_add(struct feature_packer *packer, const struct feature *feature);

#endif
