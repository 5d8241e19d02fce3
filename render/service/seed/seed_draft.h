/*
 * seed_draft.h - what is to become of a package of tiles, in a file of its own beside it.
 *
 * A draft holds tiles that were drawn, and marks tiles of the package that no longer show what they should.
 * It survives kill -9 and goes on in the next run. The file is MBTiles itself, so where nothing of an earlier
 * package stays it can become the package. Equal tiles are kept once.
 *
 * Only one process at a time works on a draft. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_SEED_DRAFT_H
#define RENDER_SERVICE_SEED_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"
#include "render/service/seed/tile_archive.h"

struct fault;
struct seed_draft;

/** Path of the draft of a package: "x.pmtiles.seed", "folder.seed". Owned by the caller. */
char *seed_draft_path_of(const char *package_path);

/** Opens or makes it. CONFLICT when another process has it. Owned, seed_draft_close(). */
struct seed_draft *seed_draft_open(const char *path, const struct tile_matrix_set *set, struct fault *fault);

/** What was not committed is lost. */
void seed_draft_close(struct seed_draft *draft);
bool seed_draft_commit(struct seed_draft *draft, struct fault *fault);

/** Takes its file away: it has done its work. */
bool seed_draft_remove(struct seed_draft *draft, struct fault *fault);

/** The file becomes the package at that path, in one step. */
bool seed_draft_become(struct seed_draft *draft, const char *path, struct fault *fault);
const char *seed_draft_path(const struct seed_draft *draft);

char *seed_draft_read_fact(struct seed_draft *draft, const char *name, struct fault *fault);
bool seed_draft_write_fact(struct seed_draft *draft, const char *name, const char *value,
                           struct fault *fault);

/** Every fact by its name, until visit returns false. */
bool seed_draft_visit_facts(struct seed_draft *draft,
                            bool (*visit)(const char *name, const char *value, void *context), void *context,
                            struct fault *fault);

/** Begins anew without tiles, marks and facts. */
bool seed_draft_clear(struct seed_draft *draft, bool replaces_all, struct fault *fault);

/** Does nothing of the package stay, whatever is marked? */
bool seed_draft_replaces_all(const struct seed_draft *draft);

/** @param hash the same for the same bytes */
bool seed_draft_put(struct seed_draft *draft, struct tile_address address, const void *bytes, size_t length,
                    uint64_t hash, struct fault *fault);

/** Of all that was put in since it was opened, equal tiles once. */
uint64_t seed_draft_added_bytes(const struct seed_draft *draft);

/** What the package or the draft has of the tile is no longer right. */
bool seed_draft_mark_stale(struct seed_draft *draft, struct tile_address address, struct fault *fault);
bool seed_draft_visit_stale(struct seed_draft *draft, struct tile_visitor visitor, struct fault *fault);

/** Something that tiles show; equal ones share it. */
struct seed_image {
    int64_t number; /* above 0 */
    uint64_t hash;
    size_t length;
};

/** By zoom, column, row southward. */
bool seed_draft_visit(struct seed_draft *draft,
                      bool (*visit)(struct tile_address address, struct seed_image image, void *context,
                                    struct fault *fault),
                      void *context, struct fault *fault);

/** Its bytes, owned by the caller. */
char *seed_draft_read_image(struct seed_draft *draft, int64_t number, size_t *length, struct fault *fault);

#endif
