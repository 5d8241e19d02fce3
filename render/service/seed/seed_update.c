/*
 * seed_update.c - marks and the state that they lead to are one transaction: a draft is always right about
 * what it says of one state.
 */
#include "render/service/seed/seed_update.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/config.h"
#include "render/service/command/interrupt.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/seed/tile_archive.h"
#include "render/service/seed/tile_crew.h"

#define BASE_FACT "plottafel_base" /* the state of the package that a draft's marks are about */
#define CHUNK_TILES 4096
#define TURN_MS 200

static bool add_standing(struct tile_address address, void *context, struct fault *fault)
{
    (void)fault;
    tile_keys_add(context, address);
    return true;
}

static bool add_drawn(struct tile_address address, struct seed_image image, void *context,
                      struct fault *fault)
{
    (void)image;
    (void)fault;
    tile_keys_add(context, address);
    return true;
}

/** Tiles of the package that are not hidden by a mark. */
struct sifting {
    const struct tile_keys *stale;
    struct tile_keys *standing;
};

static bool sift(struct tile_address address, void *context, struct fault *fault)
{
    const struct sifting *sifting = context;
    (void)fault;
    if (!tile_keys_has(sifting->stale, address)) {
        tile_keys_add(sifting->standing, address);
    }
    return true;
}

bool seed_update_find(struct tile_archive *archive, struct seed_draft *draft, struct tile_keys *standing,
                      struct tile_keys *drawn, struct fault *fault)
{
    struct tile_keys stale = {0};
    struct sifting sifting = {&stale, standing};
    bool is_found = seed_draft_visit(draft, add_drawn, drawn, fault) &&
                    seed_draft_visit_stale(draft, (struct tile_visitor){add_standing, &stale}, fault);
    tile_keys_sort(&stale);
    if (is_found && !seed_draft_replaces_all(draft)) {
        is_found = tile_archive_visit(archive, (struct tile_visitor){sift, &sifting}, fault);
    }
    tile_keys_sort(standing);
    tile_keys_sort(drawn);
    tile_keys_finish(&stale);
    return is_found;
}

/** Some tiles that one worker is asked about. */
struct chunk {
    struct order order;
    struct tile_address *tiles; /* owned */
    size_t count;
};

struct asking {
    const struct seed_update *update;
    const struct seed_state *before;
    struct chunk *chunks; /* owned */
    size_t chunk_count;
    size_t next;
    struct tile_keys stale;
};

static void begin_chunk(struct asking *asking)
{
    const struct seed_update *update = asking->update;
    asking->chunks = memory_resize(asking->chunks, asking->chunk_count + 1, sizeof(*asking->chunks));
    struct chunk *chunk = &asking->chunks[asking->chunk_count++];
    *chunk = (struct chunk){.tiles = memory_new(CHUNK_TILES, sizeof(*chunk->tiles))};
    order_init(&chunk->order, ORDER_STALE);
    chunk->order.view = update->order->view;
    chunk->order.view.as_of_ms = asking->before->moment_ms;
    memcpy(chunk->order.view.revisions, asking->before->revisions, sizeof(asking->before->revisions));
    memcpy(chunk->order.stale.revisions, update->state->revisions, sizeof(update->state->revisions));
    chunk->order.stale.as_of_ms = update->state->moment_ms;
}

static void add_to_chunk(struct asking *asking, struct tile_address address)
{
    const struct chunk *last = asking->chunk_count ? &asking->chunks[asking->chunk_count - 1] : NULL;
    if (!last || last->count == CHUNK_TILES || last->tiles[0].zoom != address.zoom) {
        begin_chunk(asking);
    }
    struct chunk *chunk = &asking->chunks[asking->chunk_count - 1];
    struct order_stale_tile tile = {.address = address, .form = asking->update->order->tile.form};
    snprintf(tile.tile_matrix_set, sizeof(tile.tile_matrix_set), "%s", asking->update->set->id);
    order_stale_add(&chunk->order, &tile);
    chunk->tiles[chunk->count++] = address;
}

static void add_keys(struct asking *asking, const struct tile_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        for (uint64_t key = keys->runs[i].first; key < keys->runs[i].end; key++) {
            add_to_chunk(asking, tile_keys_address(key));
        }
    }
}

/** Every tile once; those of the package that were drawn anew are the draft's. */
static bool make_chunks(struct asking *asking, struct fault *fault)
{
    struct tile_keys standing = {0};
    struct tile_keys drawn = {0};
    bool is_found =
        seed_update_find(asking->update->archive, asking->update->draft, &standing, &drawn, fault);
    for (size_t i = 0; i < drawn.count; i++) {
        for (uint64_t key = drawn.runs[i].first; key < drawn.runs[i].end; key++) {
            tile_keys_add(&standing, tile_keys_address(key));
        }
    }
    tile_keys_sort(&standing);
    if (is_found) {
        add_keys(asking, &standing);
    }
    tile_keys_finish(&standing);
    tile_keys_finish(&drawn);
    return is_found;
}

static bool take_answer(struct asking *asking, struct fault *fault)
{
    uint64_t tag;
    struct order_result *result = tile_crew_take(asking->update->crew, TURN_MS, &tag);
    if (!result) {
        return true;
    }
    const struct chunk *chunk = &asking->chunks[tag];
    bool is_good = result->fault.code == FAULT_NONE && result->length == chunk->count;
    if (!is_good) {
        *fault = result->fault;
    }
    for (size_t i = 0; is_good && i < chunk->count; i++) {
        if (result->bytes[i]) {
            tile_keys_add(&asking->stale, chunk->tiles[i]);
        }
    }
    order_result_unref(result);
    return is_good;
}

static bool ask_next(struct asking *asking)
{
    struct tile_crew *crew = asking->update->crew;
    int worker = (int)(asking->next % (size_t)tile_crew_count(crew));
    if (asking->next == asking->chunk_count || tile_crew_is_full(crew, worker)) {
        return false;
    }
    tile_crew_ask(crew, worker, &asking->chunks[asking->next].order, asking->next);
    asking->next++;
    return true;
}

/** After a fault what is pending still has to be taken. */
static bool ask_all(struct asking *asking, struct fault *fault)
{
    bool is_good = true;
    while (tile_crew_pending(asking->update->crew) > 0 || (is_good && asking->next < asking->chunk_count)) {
        if (interrupt_came()) {
            fault_set(fault, FAULT_UNAVAILABLE, "interrupted; nothing has changed");
            return false;
        }
        if (!is_good || !ask_next(asking)) {
            struct fault second;
            is_good = take_answer(asking, is_good ? fault : &second) && is_good;
        }
    }
    return is_good;
}

static void asking_finish(struct asking *asking)
{
    for (size_t i = 0; i < asking->chunk_count; i++) {
        order_finish(&asking->chunks[i].order);
        free(asking->chunks[i].tiles);
    }
    free(asking->chunks);
    tile_keys_finish(&asking->stale);
}

/** Marks what looks different in the state than before. False: nothing was marked. */
static bool mark_stale(const struct seed_update *update, const struct seed_state *before, struct fault *fault)
{
    struct asking asking = {.update = update, .before = before};
    bool is_good = make_chunks(&asking, fault) && ask_all(&asking, fault);
    tile_keys_sort(&asking.stale);
    for (size_t i = 0; is_good && i < asking.stale.count; i++) {
        for (uint64_t key = asking.stale.runs[i].first; is_good && key < asking.stale.runs[i].end; key++) {
            is_good = seed_draft_mark_stale(update->draft, tile_keys_address(key), fault);
        }
    }
    asking_finish(&asking);
    return is_good;
}

/** Was the revision of the plot recorded then? */
static bool is_recorded(struct store *store, const char *plot_name, uint64_t revision, int64_t recorded_ms)
{
    struct fault ignored;
    if (revision == 0) {
        return true;
    }
    struct plot *plot = store_read_plot(store, plot_name, revision, &ignored);
    bool is_it = plot && plot_revision(plot) == revision && plot_recorded_ms(plot) == recorded_ms;
    plot_unref(plot);
    return is_it;
}

/** Does the store still have the revisions that a package shows, and not others of the same numbers? */
static bool has_revisions(const struct seed_update *update, const struct seed_state *before)
{
    struct fault ignored;
    struct store *store = store_open(update->config->store_path, STORE_READER, &ignored);
    bool has = store != NULL;
    size_t count = 0;
    for (size_t i = 0; has && i < update->map->item_count && count < before->plot_count; i++) {
        const char *name = update->map->items[i].plot;
        if (!name) {
            continue;
        }
        bool is_current = before->revisions[count] == update->state->revisions[count] &&
                          before->recorded_ms[count] == update->state->recorded_ms[count];
        has = is_current || is_recorded(store, name, before->revisions[count], before->recorded_ms[count]);
        count++;
    }
    store_close(store);
    return has;
}

static enum seed_difference compare(const struct seed_update *update, const struct seed_state *before)
{
    enum seed_difference difference = seed_state_compare(before, update->state);
    bool is_known = difference != SEED_OTHER_PLOTS || has_revisions(update, before);
    return is_known ? difference : SEED_OTHER_LOOK;
}

/** Brings a draft that is about `before` to the state; *is_done is false when that cannot be. */
static bool follow(const struct seed_update *update, const struct seed_state *before, bool *is_done,
                   struct fault *fault)
{
    enum seed_difference difference = compare(update, before);
    struct fault why = {.code = FAULT_NONE};
    *is_done =
        difference == SEED_SAME || (difference == SEED_OTHER_PLOTS && mark_stale(update, before, &why));
    if (interrupt_came() && !*is_done) {
        *fault = why;
        return false;
    }
    if (why.code != FAULT_NONE) {
        fprintf(stderr, "plottafel: note: which tiles have changed is not known: %s\n", why.message);
    }
    return true;
}

static bool write_state(const struct seed_update *update, const char *base, struct fault *fault)
{
    char *text = seed_state_text(update->state);
    bool is_written = seed_draft_write_fact(update->draft, SEED_STATE_FACT, text, fault) &&
                      (!base || seed_draft_write_fact(update->draft, BASE_FACT, base, fault));
    free(text);
    return is_written;
}

/** A draft without anything in it, about the package as it stands. */
static bool begin(const struct seed_update *update, const char *standing, struct fault *fault)
{
    struct seed_state before;
    bool is_kept = false;
    bool is_there = tile_archive_is_there(update->archive);
    if (!seed_draft_clear(update->draft, false, fault)) {
        return false;
    }
    if (is_there && !update->is_fresh && seed_state_parse(&before, standing)) {
        bool is_followed = follow(update, &before, &is_kept, fault);
        seed_state_finish(&before);
        if (!is_followed) {
            return false;
        }
    }
    if (is_there && !is_kept && !update->is_fresh) {
        fputs("plottafel: note: the package was drawn with another look; all tiles are drawn anew\n", stderr);
    }
    return (is_kept || seed_draft_clear(update->draft, true, fault)) && write_state(update, standing, fault);
}

/** Goes on with what an earlier run left, if that can be; *is_done says so. */
static bool go_on(const struct seed_update *update, const char *standing, bool *is_done, struct fault *fault)
{
    struct seed_state before;
    char *state = seed_draft_read_fact(update->draft, SEED_STATE_FACT, fault);
    char *base = state ? seed_draft_read_fact(update->draft, BASE_FACT, fault) : NULL;
    *is_done = false;
    bool is_good = base != NULL;
    bool is_about_it =
        is_good && (seed_draft_replaces_all(update->draft) || strcmp(base, standing) == 0 ||
                    strcmp(state, standing) == 0 || strcmp(standing, SEED_STATE_UNFINISHED) == 0);
    if (is_about_it && seed_state_parse(&before, state)) {
        is_good = follow(update, &before, is_done, fault);
        seed_state_finish(&before);
    }
    free(state);
    free(base);
    return is_good && (!*is_done || write_state(update, NULL, fault));
}

/** Is the package one that may be changed? */
static bool check_package(const struct seed_update *update, const char *standing, struct fault *fault)
{
    struct seed_state state;
    if (!tile_archive_is_there(update->archive) || update->is_fresh ||
        strcmp(standing, SEED_STATE_UNFINISHED) == 0) {
        return true;
    }
    if (!seed_state_parse(&state, standing)) {
        fault_set(fault, FAULT_INPUT,
                  "what stands there was not made by this program; --fresh takes its place");
        return false;
    }
    bool is_of_map = seed_state_is_of_map(&state, update->map->id);
    seed_state_finish(&state);
    if (!is_of_map) {
        fault_set(fault, FAULT_CONFLICT,
                  "what stands there shows another map than '%s'; --fresh takes its place", update->map->id);
    }
    return is_of_map;
}

bool seed_update_run(const struct seed_update *update, struct fault *fault)
{
    bool is_done = false;
    char *standing = tile_archive_read_fact(update->archive, SEED_STATE_FACT, fault);
    bool is_good = standing && check_package(update, standing, fault) &&
                   (update->is_fresh || go_on(update, standing, &is_done, fault)) &&
                   (is_done || begin(update, standing, fault));
    free(standing);
    return is_good;
}
