/*
 * seeding.c - one thread: it deals out tiles to the crew, writes what is done into the draft and commits that
 * every second, so that a crash costs as much.
 */
#include "render/service/seed/seeding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/worker/drawing.h"
#include "render/service/command/interrupt.h"
#include "render/service/command/progress.h"
#include "render/service/seed/seed_batches.h"
#include "render/service/seed/seed_blocks.h"
#include "render/service/seed/seed_draft.h"
#include "render/service/seed/seed_facts.h"
#include "render/service/seed/seed_plan.h"
#include "render/service/seed/seed_sample.h"
#include "render/service/seed/seed_state.h"
#include "render/service/seed/seed_update.h"
#include "render/service/seed/tile_archive.h"
#include "render/service/seed/tile_crew.h"

#define COMMIT_TURN_MS 1000
#define WAIT_MS 200
#define FAILURE_MOST 20

/** One run. */
struct run {
    const struct seeding *seeding;
    const char *path;
    struct tile_archive *archive;
    struct seed_draft *draft;
    struct tile_crew *crew;
    struct seed_state state;
    struct tile_keys standing; /* tiles of the package that stay */
    struct tile_keys drawn;    /* tiles of the draft */
    struct seed_blocks blocks;
    struct seed_sample sample;
    struct progress progress;
    struct report report;
    uint64_t todo_count;
    uint64_t drawn_count;   /* in this run */
    uint64_t sampled_count; /* of them, ahead of the others */
    uint64_t failed_count;
    int64_t committed_ms;
};

/** Of a box across the antimeridian the whole belt: readers know no other. */
static struct bbox plain_box(struct bbox box)
{
    if (box.min_x > box.max_x) {
        box.min_x = -180;
        box.max_x = 180;
    }
    return box;
}

/** With the box that a fact tells, if it tells one. Frees the text. */
static struct bbox with_told(struct bbox box, char *text)
{
    struct bbox told;
    struct fault ignored;
    if (text && bbox_parse(text, &told, &ignored)) {
        box = bbox_union(box, told);
    }
    free(text);
    return box;
}

/** Where the tiles of the package will lie: here, where earlier runs drew some, and where some stay. */
static bool write_place(struct run *run, struct fault *fault)
{
    const struct seed_plan *plan = run->seeding->plan;
    struct bbox box = plain_box(run->seeding->lon_lat_deg);
    uint32_t first_zoom = plan->ranges[0].first.zoom;
    uint32_t last_zoom = plan->ranges[plan->range_count - 1].first.zoom;
    box = with_told(box, seed_draft_read_fact(run->draft, "bounds", fault));
    if (run->standing.count > 0) {
        uint32_t first = tile_keys_address(run->standing.runs[0].first).zoom;
        uint32_t last = tile_keys_address(run->standing.runs[run->standing.count - 1].first).zoom;
        box = with_told(box, tile_archive_read_fact(run->archive, "bounds", fault));
        first_zoom = first < first_zoom ? first : first_zoom;
        last_zoom = last > last_zoom ? last : last_zoom;
    }
    if (run->drawn.count > 0) {
        uint32_t first = tile_keys_address(run->drawn.runs[0].first).zoom;
        uint32_t last = tile_keys_address(run->drawn.runs[run->drawn.count - 1].first).zoom;
        first_zoom = first < first_zoom ? first : first_zoom;
        last_zoom = last > last_zoom ? last : last_zoom;
    }
    struct seed_place place = {
        .bounds_deg = box,
        .centre_deg = bbox_centre(box),
        .centre_zoom = plan->ranges[0].first.zoom,
        .first_zoom = first_zoom,
        .last_zoom = last_zoom,
    };
    return seed_facts_write_place(run->draft, &place, fault);
}

static bool plan_has(const struct seed_plan *plan, struct tile_address address)
{
    for (size_t i = 0; i < plan->range_count; i++) {
        const struct tile_address first = plan->ranges[i].first;
        const struct tile_address last = plan->ranges[i].last;
        if (address.zoom == first.zoom && address.column >= first.column && address.column <= last.column &&
            address.row >= first.row && address.row <= last.row) {
            return true;
        }
    }
    return false;
}

/** Tiles of the package that neither stay nor are drawn anew. */
struct leaving {
    const struct run *run;
    uint64_t count;
};

static bool count_leaving(struct tile_address address, void *context, struct fault *fault)
{
    struct leaving *leaving = context;
    (void)fault;
    leaving->count += !tile_keys_has(&leaving->run->standing, address) &&
                      !tile_keys_has(&leaving->run->drawn, address) &&
                      !plan_has(leaving->run->seeding->plan, address);
    return true;
}

/** Tells before anything is drawn what will not be there afterwards: who regrets it can still stop. */
static bool tell_leaving(const struct run *run, struct fault *fault)
{
    struct leaving leaving = {.run = run};
    if (!tile_archive_visit(run->archive, (struct tile_visitor){count_leaving, &leaving}, fault)) {
        return false;
    }
    if (leaving.count > 0) {
        fprintf(stderr,
                "plottafel: note: %" PRIu64
                " tiles of the package are no longer right and lie outside --bbox "
                "and --zoom: they will be removed\n",
                leaving.count);
    }
    return true;
}

static bool prepare(struct run *run, struct fault *fault)
{
    const struct seeding *seeding = run->seeding;
    struct seed_update update = {
        .config = seeding->config,
        .map = seeding->map,
        .set = seeding->plan->set,
        .order = &seeding->order,
        .state = &run->state,
        .archive = run->archive,
        .draft = run->draft,
        .crew = run->crew,
        .is_fresh = seeding->is_fresh,
    };
    return seed_update_run(&update, fault) &&
           seed_update_find(run->archive, run->draft, &run->standing, &run->drawn, fault) &&
           write_place(run, fault) && tell_leaving(run, fault) &&
           seed_facts_write(run->draft, seeding->map, seeding->plan->set, &seeding->order, fault) &&
           seed_draft_commit(run->draft, fault);
}

static bool fail_tile(struct run *run, struct tile_address address, const struct fault *why,
                      struct fault *fault)
{
    progress_clear(&run->progress);
    fprintf(stderr, "plottafel: tile %s/%u/%u/%u: %s\n", run->seeding->plan->set->id, (unsigned)address.zoom,
            (unsigned)address.column, (unsigned)address.row, why->message);
    run->failed_count++;
    if (run->failed_count < FAILURE_MOST) {
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
    return seed_draft_commit(run->draft, fault);
}

/** Labels and symbols that a coarse zoom has no room for are there in a finer one, and layers end
 * somewhere: that is no news. */
static void note(struct run *run, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->kind != REPORT_NUMBERS_UNPLACED && item->kind != REPORT_LABEL_UNPLACED &&
            item->kind != REPORT_LABEL_SHORTENED && item->kind != REPORT_SYMBOL_SMALL &&
            item->kind != REPORT_SYMBOL_COUNTED && item->kind != REPORT_SYMBOL_HIDDEN &&
            item->kind != REPORT_THINNED && item->kind != REPORT_LAYER_OUTSIDE) {
            report_add(&run->report, item->kind, item->subject, "%s", item->sentence);
        }
    }
}

static bool take_tile(struct tile_address address, const struct tile_batch_item *item, void *context,
                      struct fault *fault)
{
    struct run *run = context;
    tile_keys_add(&run->drawn, address);
    run->drawn_count++;
    return seed_draft_put(run->draft, address, item->bytes, item->length, item->hash, fault);
}

static bool take_fault(struct tile_address address, const struct fault *why, void *context,
                       struct fault *fault)
{
    return fail_tile(context, address, why, fault);
}

static void take_report(const struct report *report, void *context)
{
    note(context, report);
}

/** Equal tiles are kept once, so they count once. */
static void tell_progress(struct run *run)
{
    uint64_t done_count = run->drawn_count + run->failed_count;
    bool is_sampling = run->drawn_count == run->sampled_count;
    uint64_t rest_bytes =
        is_sampling ? 0 : seed_sample_rest_bytes(&run->sample, done_count - run->sampled_count);
    run->progress.bytes = seed_draft_added_bytes(run->draft);
    run->progress.expected_bytes = rest_bytes > 0 ? run->progress.bytes + rest_bytes : 0;
    progress_tell(&run->progress, done_count, run->todo_count);
}

static bool draw_all(struct run *run, struct seed_batches *batches, struct fault *fault)
{
    while (seed_batches_ask(batches)) {
        if (interrupt_came()) {
            fault_set(fault, FAULT_UNAVAILABLE,
                      "interrupted: %" PRIu64 " of %" PRIu64 " tiles are drawn and kept in '%s'; the same "
                      "command%s goes on with them",
                      run->drawn_count, run->todo_count, seed_draft_path(run->draft),
                      run->seeding->is_fresh ? " without --fresh" : "");
            return false;
        }
        if (!seed_batches_take(batches, WAIT_MS, fault) || !commit_now_and_then(run, fault)) {
            return false;
        }
        tell_progress(run);
    }
    return true;
}

/** Tells before anything is drawn how much it will be. */
static void tell_amount(const struct run *run)
{
    uint64_t rest_bytes = seed_sample_rest_bytes(&run->sample, 0);
    char size[40] = "";
    if (run->todo_count == 0) {
        fprintf(stderr, "plottafel: %" PRIu64 " tiles: all are there\n", run->seeding->plan->tile_count);
        return;
    }
    if (rest_bytes > 0 && !interrupt_came()) {
        uint64_t bytes = seed_draft_added_bytes(run->draft) + rest_bytes;
        snprintf(size, sizeof(size), ", about %.1f MB", (double)bytes / 1e6);
    }
    fprintf(stderr, "plottafel: %" PRIu64 " tiles: %" PRIu64 " to draw%s\n", run->seeding->plan->tile_count,
            run->todo_count, size);
}

/** Moves what the one set has into the other. */
static void move_keys(struct tile_keys *from, struct tile_keys *into)
{
    for (size_t i = 0; i < from->count; i++) {
        for (uint64_t key = from->runs[i].first; key < from->runs[i].end; key++) {
            tile_keys_add(into, tile_keys_address(key));
        }
    }
    tile_keys_sort(into);
    tile_keys_finish(from);
}

static bool take_sampled(struct tile_address address, const struct tile_batch_item *item, void *context,
                         struct fault *fault)
{
    struct run *run = context;
    if (!take_tile(address, item, context, fault) || !commit_now_and_then(run, fault)) {
        return false;
    }
    run->sampled_count++;
    tell_progress(run);
    return true;
}

/** The tiles of the sample count as drawn before all others. */
static bool draw_sample(struct run *run, struct tile_keys *drawn_before, struct fault *fault)
{
    struct seed_taker taker = {.take = take_sampled, .take_report = take_report, .context = run};
    bool is_drawn =
        seed_sample_draw(&run->sample, run->crew, &run->blocks, &run->seeding->order, taker, fault);
    progress_clear(&run->progress);
    move_keys(&run->drawn, drawn_before);
    return is_drawn;
}

static bool draw_rest(struct run *run, struct fault *fault)
{
    struct seed_taker taker = {take_tile, take_fault, take_report, run};
    struct seed_batches *batches = seed_batches_new(run->crew, &run->blocks, &run->seeding->order, taker);
    tell_amount(run);
    bool is_drawn = draw_all(run, batches, fault);
    progress_clear(&run->progress);
    seed_batches_free(batches);
    return is_drawn;
}

static bool draw(struct run *run, struct fault *fault)
{
    struct tile_keys drawn_before = run->drawn;
    run->drawn = (struct tile_keys){0};
    seed_blocks_init(&run->blocks, run->seeding->plan, &run->standing, &drawn_before, run->seeding->job_count,
                     run->seeding->order.tile.form.size_px);
    run->todo_count = seed_blocks_count(&run->blocks);
    progress_init(&run->progress, "tiles", true);
    bool is_drawn = draw_sample(run, &drawn_before, fault) && draw_rest(run, fault);
    seed_blocks_finish(&run->blocks);
    move_keys(&drawn_before, &run->drawn);
    struct fault second;
    return seed_draft_commit(run->draft, is_drawn ? fault : &second) && is_drawn;
}

/** What becomes of the tiles of the package. */
struct tally {
    const struct run *run;
    uint64_t gone;
    uint64_t overwritten;
};

static bool tally_tile(struct tile_address address, void *context, struct fault *fault)
{
    struct tally *tally = context;
    (void)fault;
    bool is_drawn = tile_keys_has(&tally->run->drawn, address);
    tally->overwritten += is_drawn && tile_keys_has(&tally->run->standing, address);
    tally->gone += !is_drawn && !tile_keys_has(&tally->run->standing, address);
    return true;
}

/** Is there anything that the package does not have already? */
static bool has_news(struct run *run, const struct tally *tally)
{
    char *now = seed_state_text(&run->state);
    struct fault ignored;
    char *standing = tile_archive_read_fact(run->archive, SEED_STATE_FACT, &ignored);
    bool is_same = standing && strcmp(standing, now) == 0;
    free(now);
    free(standing);
    return !is_same || run->drawn.count > 0 || tally->gone > 0;
}

static bool publish(struct run *run, struct fault *fault)
{
    struct tally tally = {.run = run};
    if (!tile_archive_visit(run->archive, (struct tile_visitor){tally_tile, &tally}, fault)) {
        return false;
    }
    bool is_done = has_news(run, &tally) ? tile_archive_publish(run->archive, run->draft, fault)
                                         : seed_draft_remove(run->draft, fault);
    if (!is_done) {
        return false;
    }
    uint64_t all = tile_keys_count(&run->standing) + tile_keys_count(&run->drawn) - tally.overwritten;
    printf("%s: %" PRIu64 " tiles: %" PRIu64 " drawn, %" PRIu64 " kept, %" PRIu64 " removed\n", run->path,
           all, run->drawn_count, all - run->drawn_count, tally.gone);
    return true;
}

static bool open_all(struct run *run, struct fault *fault)
{
    const struct seeding *seeding = run->seeding;
    run->archive = tile_archive_open(run->path, seeding->plan->set, fault);
    if (!run->archive) {
        return false;
    }
    char *draft_path = seed_draft_path_of(run->path);
    run->draft = seed_draft_open(draft_path, seeding->plan->set, fault);
    free(draft_path);
    run->crew = run->draft ? tile_crew_new(seeding->config, seeding->shelf, seeding->job_count, fault) : NULL;
    return run->crew != NULL;
}

static void finish(struct run *run)
{
    tile_crew_free(run->crew);
    seed_draft_close(run->draft);
    tile_archive_close(run->archive);
    tile_keys_finish(&run->standing);
    tile_keys_finish(&run->drawn);
    seed_state_finish(&run->state);
    report_finish(&run->report);
}

bool seeding_run(const struct seeding *seeding, const char *path, struct fault *fault)
{
    struct run run = {.seeding = seeding, .path = path, .committed_ms = monotonic_now_ms()};
    interrupt_listen();
    report_init(&run.report);
    seed_state_init(&run.state, seeding->config, seeding->map, &seeding->order, seeding->recorded_ms);
    bool is_good = open_all(&run, fault) && prepare(&run, fault) && draw(&run, fault) && publish(&run, fault);
    drawing_write_notes(&run.report, stderr);
    if (is_good && run.failed_count > 0) {
        fault_set(fault, FAULT_UNAVAILABLE, "%" PRIu64 " tiles could not be drawn; run it again for them",
                  run.failed_count);
        is_good = false;
    }
    finish(&run);
    return is_good;
}
