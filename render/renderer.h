/*
 * renderer.h - one thread's means to draw: PROJ, fonts, symbol pictures, opened layers, and what it keeps
 * of earlier pictures (projected features, placements, layer windows).
 *
 * Make one per worker and keep it: the first picture is the slow one. What is kept is bounded and
 * never changes a picture, only how soon it is there.
 */
#ifndef RENDER_RENDERER_H
#define RENDER_RENDERER_H

#include <stdbool.h>
#include <stddef.h>

struct crs_context;
struct fault;
struct layer;
struct layer_listener; /* render/layer/layer_listener.h */
struct renderer;
struct symbol_cache;
struct text_engine;

/** @param grid_folder as for crs_context_new(). Owned, renderer_free(). Belongs to one thread. */
struct renderer *renderer_new(const char *grid_folder, struct fault *fault);
void renderer_free(struct renderer *renderer);

/** What it keeps of plots unless it is told otherwise. */
#define RENDERER_KEPT_BYTES ((size_t)192 << 20)

/**
 * How much it keeps of plots: half of it districts, a quarter the shapes of their features, an eighth each
 * projected features and labels. The last four districts stay while they take no more than all of it, the
 * last two in any case. Lets go of all that is kept.
 */
void renderer_set_kept_bytes(struct renderer *renderer, size_t kept_bytes);

/** How many districts it keeps at present. */
size_t renderer_district_count(const struct renderer *renderer);

/** Is half of the room for them still free? */
bool renderer_has_district_room(const struct renderer *renderer);

/**
 * Lets go of all that is kept, its symbol cache included. To be called before a catalogue or symbol set that
 * it has drawn is freed: what is kept is found by their addresses, or by the name and version of a set.
 */
void renderer_forget(struct renderer *renderer);

/** Whom to tell when a layer of the catalogue is read; borrowed until another is named. NULL: nobody. */
void renderer_listen(struct renderer *renderer, const struct layer_listener *listener);

/** Does the layer open? The fault says why not. */
bool renderer_opens_layer(struct renderer *renderer, const struct layer *layer, struct fault *fault);

/** The layer is known not to answer: it is left alone for some seconds, and pictures lack it for this reason.
 */
void renderer_leave_layer(struct renderer *renderer, const struct layer *layer, const struct fault *fault);

/** Its parts, borrowed; the symbol cache until renderer_forget(). */
struct crs_context *renderer_crs_context(struct renderer *renderer);
struct text_engine *renderer_text_engine(struct renderer *renderer);
struct symbol_cache *renderer_symbol_cache(struct renderer *renderer);

#endif
