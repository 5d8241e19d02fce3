/*
 * scene_cache.c - a question holds references to its plots, so that their addresses stand for them. A plot of
 * an earlier revision keeps some chunks of its own alive, which a question is made to pay for. The look of a
 * name has the district in it.
 */
#include "render/scene/scene_cache.h"

#include <stdlib.h>
#include <string.h>

#include "data/plot.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/lru_cache.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "render/scene/feature_numbers.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"

/* A window at a corner of four districts does not make them anew for each tile. Those of one zoom share the
 * features, so together they are hardly larger than one that has them all. */
#define SCENES_LEAST 4
#define QUESTION_BYTES (16 << 20)
#define BYTES_OF_OLD_PLOT 4096

/* Cleared before it is filled in, because its bytes are compared. */
struct question {
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    int64_t moment_ms;
    struct scene_look look;
};

struct answer {
    const struct plot *plots[MAP_VIEW_PLOT_MAX]; /* one reference each */
    int64_t moment_ms;
    struct scene_name name;
};

struct scene_cache {
    struct lru_cache *answers; /* struct question -> struct answer */
    struct lru_cache *latest;  /* struct scene_look -> struct answer: the last one given */
    struct lru_cache *scenes;  /* struct scene_name -> struct scene */
};

static void forget_plots(struct answer *answer)
{
    for (size_t i = 0; i < MAP_VIEW_PLOT_MAX; i++) {
        plot_unref(answer->plots[i]);
    }
}

static void free_answer(void *value)
{
    forget_plots(value);
    free(value);
}

static struct answer answer_of(const struct map_view *view, const struct scene_name *name)
{
    struct answer answer = {.moment_ms = view->moment_ms, .name = *name};
    for (size_t i = 0; i < view->plot_count; i++) {
        answer.plots[i] = plot_ref(view->plots[i]);
    }
    return answer;
}

static void free_scene(void *value)
{
    scene_unref(value);
}

struct scene_cache *scene_cache_new(size_t most_bytes)
{
    struct scene_cache *cache = memory_new(1, sizeof(*cache));
    cache->answers = lru_cache_new(QUESTION_BYTES, free_answer);
    cache->latest = lru_cache_new(QUESTION_BYTES, free_answer);
    cache->scenes = lru_cache_new(most_bytes, free_scene);
    lru_cache_keep_least(cache->scenes, SCENES_LEAST, 2 * most_bytes);
    return cache;
}

void scene_cache_free(struct scene_cache *cache)
{
    if (!cache) {
        return;
    }
    lru_cache_free(cache->answers);
    lru_cache_free(cache->latest);
    lru_cache_free(cache->scenes);
    free(cache);
}

size_t scene_cache_count(const struct scene_cache *cache)
{
    return lru_cache_count(cache->scenes);
}

size_t scene_cache_bytes(const struct scene_cache *cache)
{
    return lru_cache_bytes(cache->scenes);
}

static uint64_t hash_plots(const struct map_view *view)
{
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < view->plot_count; i++) {
        const char *name = plot_title(view->plots[i])->name;
        hash = hash_bytes(hash, name, strlen(name) + 1); /* with its end: "a", "b" is not "ab" */
    }
    return hash;
}

static struct scene_look look_of(const struct map_view *view, struct bbox district)
{
    struct scene_look look;
    memset(&look, 0, sizeof(look));
    look.plots = hash_plots(view);
    look.symbols = view->symbols;
    look.grid = px_grid_for_key(&view->grid);
    look.frame_px = view->frame_px;
    look.district = district;
    look.symbol_scale = view->symbol_scale;
    look.scale_denominator = view->scale_denominator;
    look.palette = view->palette;
    look.crowded = view->crowded;
    look.numbers = feature_numbers_hash(view->numbers);
    return look;
}

static struct question question_of(const struct map_view *view, struct bbox district)
{
    struct question question;
    memset(&question, 0, sizeof(question));
    for (size_t i = 0; i < view->plot_count; i++) {
        question.plots[i] = view->plots[i];
    }
    question.moment_ms = view->moment_ms;
    question.look = look_of(view, district);
    return question;
}

/* Mixes a number into a hash so that each of its bits reaches all others (the finisher of MurmurHash3). */
static uint64_t mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * UINT64_C(0xFF51AFD7ED558CCD);
    hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 33;
}

struct scene_name scene_name_of(const struct map_view *view, struct bbox district,
                                const struct scene_list *list)
{
    struct scene_name name;
    memset(&name, 0, sizeof(name));
    name.look = look_of(view, district);
    name.feature_count = list->count;
    name.hashes[1] = UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < list->count; i++) {
        uint64_t number = (uint64_t)(uintptr_t)list->items[i].feature;
        name.hashes[0] = mix(name.hashes[0], number + list->items[i].plot);
        name.hashes[1] = mix(name.hashes[1] + i, number * 3 + list->items[i].plot);
    }
    return name;
}

struct scene *scene_cache_find_name(struct scene_cache *cache, const struct scene_name *name)
{
    return lru_cache_find(cache->scenes, name, sizeof(*name));
}

struct scene *scene_cache_find(struct scene_cache *cache, const struct map_view *view, struct bbox district)
{
    struct question question = question_of(view, district);
    const struct answer *answer = lru_cache_find(cache->answers, &question, sizeof(question));
    return answer ? scene_cache_find_name(cache, &answer->name) : NULL;
}

bool scene_cache_find_earlier(struct scene_cache *cache, const struct map_view *view, struct bbox district,
                              struct map_view *earlier, struct scene_name *name)
{
    struct scene_look look = look_of(view, district);
    const struct answer *answer = lru_cache_find(cache->latest, &look, sizeof(look));
    if (!answer) {
        return false;
    }
    *earlier = *view;
    earlier->moment_ms = answer->moment_ms;
    memcpy(earlier->plots, answer->plots, sizeof(answer->plots));
    *name = answer->name;
    return true;
}

static void learn_latest(struct scene_cache *cache, const struct map_view *view,
                         const struct scene_name *name)
{
    struct answer *latest = lru_cache_find(cache->latest, &name->look, sizeof(name->look));
    if (latest) {
        struct answer before = *latest;
        *latest = answer_of(view, name);
        forget_plots(&before);
        return;
    }
    latest = memory_new(1, sizeof(*latest));
    *latest = answer_of(view, name);
    lru_cache_put(cache->latest, &name->look, sizeof(name->look), latest,
                  sizeof(*latest) + BYTES_OF_OLD_PLOT);
    lru_cache_trim(cache->latest);
}

void scene_cache_learn(struct scene_cache *cache, const struct map_view *view, struct bbox district,
                       const struct scene_name *name)
{
    struct question question = question_of(view, district);
    learn_latest(cache, view, name);
    if (lru_cache_find(cache->answers, &question, sizeof(question))) {
        return; /* its scene was let go meanwhile */
    }
    struct answer *answer = memory_new(1, sizeof(*answer));
    *answer = answer_of(view, name);
    lru_cache_put(cache->answers, &question, sizeof(question), answer, sizeof(*answer) + BYTES_OF_OLD_PLOT);
    lru_cache_trim(cache->answers);
}

bool scene_cache_make_room(struct scene_cache *cache, size_t bytes)
{
    uint64_t dropped = lru_cache_dropped(cache->scenes);
    lru_cache_make_room(cache->scenes, bytes);
    return lru_cache_dropped(cache->scenes) != dropped;
}

void scene_cache_put(struct scene_cache *cache, const struct scene_name *name, struct scene *scene,
                     size_t bytes, const struct scene_name *earlier, bool is_over)
{
    lru_cache_put(cache->scenes, name, sizeof(*name), scene, bytes);
    if (earlier && is_over) {
        lru_cache_drop(cache->scenes, earlier, sizeof(*earlier));
    } else if (earlier) {
        lru_cache_let_go(cache->scenes, earlier, sizeof(*earlier));
    }
    lru_cache_trim(cache->scenes);
}
