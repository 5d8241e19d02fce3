/*
 * scene_cache.h - the scenes that a renderer keeps, found in two steps.
 *
 * A question (plots, moment, look, district) leads to the name of its content; the content (the list of
 * features) leads to the scene. After a change elsewhere the question is new and the content is not.
 */
#ifndef RENDER_SCENE_CACHE_H
#define RENDER_SCENE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct map_view;
struct scene;
struct scene_cache;
struct scene_list;
struct symbol_library;

/** What a list of features is to look like, and where; its bytes are compared. */
struct scene_look {
    uint64_t
        plots; /* hash of their names: what is of another map's plots is never taken for an earlier state */
    const struct symbol_library *symbols;
    struct pixel_grid grid;
    struct bbox frame_px;
    struct bbox district;
    double symbol_scale;
    double scale_denominator;
    int64_t palette;
    int64_t crowded;
    uint64_t numbers; /* hash of those that stand for labels; 0: none */
};

/** The name of a content. Lists that differ have different names as surely as 128 bits tell them apart. */
struct scene_name {
    struct scene_look look;
    uint64_t feature_count;
    uint64_t hashes[2];
};

/** @param most_bytes  of the scenes; the last four may take twice as much, the last one what it needs */
struct scene_cache *scene_cache_new(size_t most_bytes);
void scene_cache_free(struct scene_cache *cache);
size_t scene_cache_count(const struct scene_cache *cache);
size_t scene_cache_bytes(const struct scene_cache *cache);

struct scene_name scene_name_of(const struct map_view *view, struct bbox district,
                                const struct scene_list *list);

/** The scene of a view's district when it is known and kept, borrowed until the next put; NULL else. */
struct scene *scene_cache_find(struct scene_cache *cache, const struct map_view *view, struct bbox district);

/**
 * The view of the same district, in the same look, whose content was learned last: with other plots, or of
 * another moment. False when there is none.
 * @param earlier  out; its plots are borrowed until the next learn
 */
bool scene_cache_find_earlier(struct scene_cache *cache, const struct map_view *view, struct bbox district,
                              struct map_view *earlier, struct scene_name *name);

/** The scene with a content, whoever asked for it. */
struct scene *scene_cache_find_name(struct scene_cache *cache, const struct scene_name *name);

/**
 * Lets go of scenes, those used longest ago first, until one of so many bytes has room beside the others.
 * @return have any been let go?
 */
bool scene_cache_make_room(struct scene_cache *cache, size_t bytes);

/** Remembers what the content of a view's district is. */
void scene_cache_learn(struct scene_cache *cache, const struct map_view *view, struct bbox district,
                       const struct scene_name *name);

/**
 * Takes over a reference to a scene, which takes so many bytes.
 * @param earlier  that it was made from, NULL: none. Where room is short that goes first: it can be made from
 *                 this one as quickly
 * @param is_over  nobody will ask for that any more, so it goes in any case
 */
void scene_cache_put(struct scene_cache *cache, const struct scene_name *name, struct scene *scene,
                     size_t bytes, const struct scene_name *earlier, bool is_over);

#endif
