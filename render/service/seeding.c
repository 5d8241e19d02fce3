/*
 * seeding.c - one thread: it asks the crew for tiles, writes what is done and commits about once a second, so
 * that a crash costs a second.
 */
#include "render/service/seeding.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/command.h"
#include "render/service/config.h"
#include "render/service/drawing.h"
#include "render/service/mbtiles.h"
#include "render/service/progress.h"
#include "render/service/seed_plan.h"
#include "render/service/seed_state.h"
#include "render/service/tile_crew.h"

#define COMMIT_TURN_MS 1000
#define FAILURE_MOST 20
#define STATE_NAME "plottafel_state"
#define TEXT_MOST_BYTES 8192

/** One run. */
struct run {
    const struct seeding *seeding;
    struct mbtiles *mbtiles;
    struct tile_crew *crew;
    struct progress progress;
    struct report report;
    struct seed_cursor cursor;
    uint64_t passed; /* drawn, there already or failed */
    uint64_t drawn;
    uint64_t failed;
    int64_t committed_ms;
};

/** MBTiles counts rows from the south. */
static struct mbtiles_address flip(const struct tile_matrix_set *set, struct tile_address address)
{
    uint32_t height = set->matrices[address.zoom].matrix_height;
    return (struct mbtiles_address){address.zoom, address.column, height - 1 - address.row};
}

/** The credits of all layers, each once. */
static void append_credits(const struct map *map, struct buffer *text)
{
    for (size_t i = 0; i < map->item_count; i++) {
        const char *credit = map->items[i].layer ? map->items[i].layer->credit : "";
        if (*credit && (!text->bytes || !strstr(text->bytes, credit))) {
            buffer_append_text(text, text->length ? "; " : "");
            buffer_append_text(text, credit);
        }
    }
}

static bool write_credits(struct mbtiles *mbtiles, const struct map *map, struct fault *fault)
{
    struct buffer text;
    buffer_init(&text, TEXT_MOST_BYTES);
    append_credits(map, &text);
    bool is_written = mbtiles_write_metadata(mbtiles, "attribution", text.bytes ? text.bytes : "", fault);
    buffer_finish(&text);
    return is_written;
}

/** Of a box across the antimeridian the whole belt: readers know no other. */
static struct bbox plain_box(struct bbox box)
{
    if (box.min_x > box.max_x) {
        box.min_x = -180;
        box.max_x = 180;
    }
    return box;
}

/** The box of earlier runs too, when their tiles are kept. */
static bool read_bounds(struct mbtiles *mbtiles, struct bbox *box, struct fault *fault)
{
    char *text = mbtiles_read_metadata(mbtiles, "bounds", fault);
    struct bbox earlier;
    struct fault ignored;
    if (text && bbox_parse(text, &earlier, &ignored)) {
        *box = bbox_union(*box, earlier);
    }
    free(text);
    return text != NULL;
}

static bool write_bounds(struct mbtiles *mbtiles, struct bbox box, uint32_t zoom, struct fault *fault)
{
    char bounds[160];
    char centre[120];
    struct point middle = bbox_centre(box);
    snprintf(bounds, sizeof(bounds), "%.6f,%.6f,%.6f,%.6f", box.min_x, box.min_y, box.max_x, box.max_y);
    snprintf(centre, sizeof(centre), "%.6f,%.6f,%u", middle.x, middle.y, (unsigned)zoom);
    return mbtiles_write_metadata(mbtiles, "bounds", bounds, fault) &&
           mbtiles_write_metadata(mbtiles, "center", centre, fault);
}

/** The least or most of this run's zoom and that of earlier ones. */
static bool write_zoom(struct mbtiles *mbtiles, const char *name, int zoom, int sign, struct fault *fault)
{
    char *earlier = mbtiles_read_metadata(mbtiles, name, fault);
    if (!earlier) {
        return false;
    }
    char text[16];
    int before = *earlier ? (int)strtol(earlier, NULL, 10) : zoom;
    snprintf(text, sizeof(text), "%d", (before - zoom) * sign > 0 ? before : zoom);
    free(earlier);
    return mbtiles_write_metadata(mbtiles, name, text, fault);
}

static bool write_place(const struct run *run, struct fault *fault)
{
    const struct seed_plan *plan = run->seeding->plan;
    struct bbox box = plain_box(run->seeding->lon_lat_deg);
    int first_zoom = (int)plan->ranges[0].first.zoom;
    int last_zoom = (int)plan->ranges[plan->range_count - 1].first.zoom;
    return read_bounds(run->mbtiles, &box, fault) &&
           write_bounds(run->mbtiles, box, plan->ranges[0].first.zoom, fault) &&
           write_zoom(run->mbtiles, "minzoom", first_zoom, -1, fault) &&
           write_zoom(run->mbtiles, "maxzoom", last_zoom, 1, fault);
}

static bool write_description(const struct run *run, struct fault *fault)
{
    const struct seeding *seeding = run->seeding;
    const struct map *map = seeding->map;
    char moment[32];
    char text[300];
    snprintf(text, sizeof(text), "%s, %s, situation as of %s", map->organisation,
             marking_text(map_marking(map)), moment_format(seeding->order.view.as_of_ms, moment));
    const char *const pairs[][2] = {
        {"name", multilingual_text(&map->title, seeding->order.view.language)},
        {"format", "png"},
        {"type", "baselayer"},
        {"version", map->version},
        {"description", text},
        {"tile_matrix_set", seeding->plan->set->id},
        {"crs", seeding->plan->set->crs_code},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!mbtiles_write_metadata(run->mbtiles, pairs[i][0], pairs[i][1], fault)) {
            return false;
        }
    }
    return write_credits(run->mbtiles, map, fault);
}

/** Tiles of another state are dropped in the same step in which the new state is written. */
static bool drop_others(struct run *run, const char *state, struct fault *fault)
{
    char *earlier = mbtiles_read_metadata(run->mbtiles, STATE_NAME, fault);
    if (!earlier) {
        return false;
    }
    bool is_same = strcmp(earlier, state) == 0;
    if (*earlier && !is_same) {
        fputs("plottafel: note: the tiles in the file show another state; all are drawn anew\n", stderr);
    }
    free(earlier);
    if (is_same) {
        return true;
    }
    return mbtiles_remove_tiles(run->mbtiles, fault) &&
           mbtiles_write_metadata(run->mbtiles, "bounds", "", fault) &&
           mbtiles_write_metadata(run->mbtiles, "minzoom", "", fault) &&
           mbtiles_write_metadata(run->mbtiles, "maxzoom", "", fault) &&
           mbtiles_write_metadata(run->mbtiles, STATE_NAME, state, fault);
}

static bool prepare(struct run *run, struct fault *fault)
{
    const struct seeding *seeding = run->seeding;
    char *state = seed_state_text(seeding->config, seeding->map, &seeding->order);
    bool is_ready = drop_others(run, state, fault) && write_place(run, fault) &&
                    write_description(run, fault) && mbtiles_commit(run->mbtiles, fault);
    free(state);
    return is_ready;
}

static bool fail_tile(struct run *run, struct tile_address address, const struct fault *why,
                      struct fault *fault)
{
    progress_clear(&run->progress);
    fprintf(stderr, "plottafel: tile %s/%u/%u/%u: %s\n", run->seeding->plan->set->id, (unsigned)address.zoom,
            (unsigned)address.column, (unsigned)address.row, why->message);
    run->failed++;
    if (run->failed < FAILURE_MOST) {
        return true;
    }
    fault_set(fault, why->code, "%d tiles could not be drawn, so no more are tried", FAILURE_MOST);
    return false;
}

static bool commit_now_and_then(struct run *run, struct fault *fault)
{
    int64_t now_ms = monotonic_now_ms();
    if (now_ms - run->committed_ms < COMMIT_TURN_MS) {
        return true;
    }
    run->committed_ms = now_ms;
    return mbtiles_commit(run->mbtiles, fault);
}

/** Labels and symbols that a coarse zoom has no room for are there in a finer one: that is no news. */
static void note(struct run *run, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->kind != REPORT_LABEL_UNPLACED && item->kind != REPORT_SYMBOL_SMALL) {
            report_add(&run->report, item->kind, item->subject, "%s", item->sentence);
        }
    }
}

/** Writes one tile that is done. */
static bool take_one(struct run *run, struct fault *fault)
{
    struct tile_address address;
    struct order_result *result = tile_crew_take(run->crew, &address);
    bool is_good;
    if (result->fault.code != FAULT_NONE) {
        is_good = fail_tile(run, address, &result->fault, fault);
    } else {
        is_good = mbtiles_write_tile(run->mbtiles, flip(run->seeding->plan->set, address), result->bytes,
                                     result->length, fault);
        note(run, &result->report);
        run->drawn++;
    }
    order_result_unref(result);
    run->passed++;
    progress_tell(&run->progress, run->passed, run->seeding->plan->tile_count);
    return is_good && commit_now_and_then(run, fault);
}

/** Asks for the next tile that is missing; *is_done when there is none. */
static bool ask_one(struct run *run, bool *is_done, struct fault *fault)
{
    const struct seeding *seeding = run->seeding;
    struct order order = seeding->order;
    bool has = true;
    while (has) {
        if (!seed_plan_next(seeding->plan, &run->cursor, &order.tile.address)) {
            *is_done = true;
            return true;
        }
        has = false;
        if (!seeding->is_fresh &&
            !mbtiles_has_tile(run->mbtiles, flip(seeding->plan->set, order.tile.address), &has, fault)) {
            return false;
        }
        run->passed += has;
    }
    tile_crew_ask(run->crew, &order);
    return true;
}

static bool draw_all(struct run *run, struct fault *fault)
{
    bool is_done = false;
    while (!is_done || tile_crew_pending(run->crew) > 0) {
        bool must_take = is_done || tile_crew_is_full(run->crew);
        if (must_take ? !take_one(run, fault) : !ask_one(run, &is_done, fault)) {
            return false;
        }
    }
    return true;
}

static bool run_all(struct run *run, struct fault *fault)
{
    if (!prepare(run, fault)) {
        return false;
    }
    run->crew = tile_crew_new(run->seeding->config, run->seeding->job_count, fault);
    if (!run->crew) {
        return false;
    }
    bool is_drawn = draw_all(run, fault);
    tile_crew_free(run->crew);
    progress_clear(&run->progress);
    struct fault second;
    bool is_committed = mbtiles_commit(run->mbtiles, is_drawn ? fault : &second);
    return is_drawn && is_committed;
}

bool seeding_run(const struct seeding *seeding, const char *path, struct fault *fault)
{
    struct run run = {.seeding = seeding, .mbtiles = mbtiles_open(path, fault)};
    if (!run.mbtiles) {
        return false;
    }
    report_init(&run.report);
    progress_init(&run.progress, "tiles", true);
    bool is_good = run_all(&run, fault);
    drawing_write_notes(&run.report, stderr);
    report_finish(&run.report);
    mbtiles_close(run.mbtiles);
    if (is_good && run.failed > 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "%" PRIu64 " tiles could not be drawn; run it again for them",
                  run.failed);
        is_good = false;
    }
    if (is_good) {
        printf("%s: %" PRIu64 " tiles: %" PRIu64 " drawn, %" PRIu64 " there already\n", path,
               seeding->plan->tile_count, run.drawn, run.passed - run.drawn);
    }
    return is_good;
}
