/*
 * plot.c - a snapshot is a row of shared chunks (feature_chunk.h), a shared timeline (timeline.h) and a
 * directory of places (plot_directory.h).
 *
 * Chunk i holds the ids from its own first id up to the first id of chunk i + 1; no chunk is empty.
 * firsts[i] is the number of features before chunk i, so firsts[chunk_count] is the number of all.
 *
 * The directory is made when somebody first looks for a place: a process that only keeps a plot never needs
 * it. Until then a snapshot has what is known of its chunks from an earlier one. Whoever comes second while
 * it is being made makes one too and drops it.
 */
#include "data/plot.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/feature_chunk.h"
#include "data/plot_directory.h"
#include "data/plot_merge.h"
#include "data/timeline.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/shape.h"

struct plot {
    int32_t reference_count; /* atomic */
    struct plot_title title;
    uint64_t revision;
    int64_t recorded_ms;
    size_t chunk_count;
    struct feature_chunk **chunks; /* owned, one reference each */
    size_t *firsts;                /* owned, chunk_count + 1 */
    double longest_step_deg;
    struct timeline *timeline;        /* owned, one reference */
    struct plot_directory *known;     /* owned, one reference; NULL: there was no earlier directory */
    struct plot_directory *directory; /* owned, one reference, atomic; NULL until a place is looked for */
};

void plot_title_copy(struct plot_title *title, const struct plot_title *source)
{
    *title = *source;
    title->name = memory_copy_text(source->name);
    title->title = memory_copy_text(source->title ? source->title : "");
    title->activity = memory_copy_text(source->activity ? source->activity : "");
}

void plot_title_finish(struct plot_title *title)
{
    free(title->name);
    free(title->title);
    free(title->activity);
    *title = (struct plot_title){.name = NULL};
}

/* Takes over chunks (with its references) and timeline. */
static struct plot *plot_of_parts(const struct plot_title *title, struct feature_chunk **chunks,
                                  size_t chunk_count, struct timeline *timeline)
{
    struct plot *plot = memory_new(1, sizeof *plot);
    plot->reference_count = 1;
    plot->recorded_ms = MOMENT_NONE;
    plot->chunks = chunks;
    plot->chunk_count = chunk_count;
    plot->timeline = timeline;
    plot->firsts = memory_new(chunk_count + 1, sizeof *plot->firsts);
    for (size_t i = 0; i < chunk_count; i++) {
        plot->firsts[i + 1] = plot->firsts[i] + feature_chunk_count(chunks[i]);
        plot->longest_step_deg = fmax(plot->longest_step_deg, feature_chunk_longest_step_deg(chunks[i]));
    }
    plot_title_copy(&plot->title, title);
    return plot;
}

static struct chunk_row row_of(const struct plot *plot)
{
    return (struct chunk_row){plot->chunks, plot->chunk_count};
}

/* The best that there is by now. NULL: none. Borrowed from the plot. */
static const struct plot_directory *directory_at_hand(const struct plot *plot)
{
    const struct plot_directory *directory = __atomic_load_n(&plot->directory, __ATOMIC_ACQUIRE);
    return directory ? directory : plot->known;
}

static const struct plot_directory *directory_of(const struct plot *plot)
{
    struct plot *shared = (struct plot *)plot;
    struct plot_directory *directory = __atomic_load_n(&shared->directory, __ATOMIC_ACQUIRE);
    if (directory) {
        return directory;
    }
    struct plot_directory *made =
        plot->known ? plot_directory_tidy(plot->known, row_of(plot)) : plot_directory_new(row_of(plot));
    if (__atomic_compare_exchange_n(&shared->directory, &directory, made, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE)) {
        return made;
    }
    plot_directory_unref(made);
    return directory;
}

struct plot *plot_new(const struct plot_title *title)
{
    return plot_of_parts(title, NULL, 0, timeline_new());
}

struct plot *plot_with_changes(const struct plot *plot, const struct change *changes, size_t count,
                               uint64_t revision, int64_t recorded_ms)
{
    struct plot_merge merge;
    plot_merge_init(&merge, plot->chunks, plot->chunk_count, changes, count);
    plot_merge_run(&merge);
    struct timeline *timeline = timeline_with_steps(plot->timeline, merge.steps, merge.step_count);
    struct plot *result = plot_of_parts(&plot->title, merge.results, merge.result_count, timeline);
    merge.results = NULL;
    merge.result_count = 0;
    plot_merge_finish(&merge);
    result->revision = revision;
    result->recorded_ms = recorded_ms;
    const struct plot_directory *known = directory_at_hand(plot);
    result->known = known ? plot_directory_follow(known, row_of(plot), row_of(result)) : NULL;
    return result;
}

struct plot *plot_with_title(const struct plot *plot, const struct plot_title *title)
{
    struct feature_chunk **chunks = memory_new(plot->chunk_count, sizeof(*chunks));
    for (size_t i = 0; i < plot->chunk_count; i++) {
        chunks[i] = feature_chunk_ref(plot->chunks[i]);
    }
    struct plot *result = plot_of_parts(title, chunks, plot->chunk_count, timeline_ref(plot->timeline));
    result->revision = plot->revision;
    result->recorded_ms = plot->recorded_ms;
    const struct plot_directory *known = directory_at_hand(plot);
    result->known = known ? plot_directory_ref(known) : NULL;
    return result;
}

struct plot *plot_ref(const struct plot *plot)
{
    struct plot *shared = (struct plot *)plot;
    __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    return shared;
}

void plot_unref(const struct plot *plot)
{
    struct plot *shared = (struct plot *)plot;
    if (!shared || __atomic_sub_fetch(&shared->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    for (size_t i = 0; i < shared->chunk_count; i++) {
        feature_chunk_unref(shared->chunks[i]);
    }
    free(shared->chunks);
    free(shared->firsts);
    timeline_unref(shared->timeline);
    plot_directory_unref(shared->known);
    plot_directory_unref(shared->directory);
    plot_title_finish(&shared->title);
    free(shared);
}

const struct plot_title *plot_title(const struct plot *plot)
{
    return &plot->title;
}

uint64_t plot_revision(const struct plot *plot)
{
    return plot->revision;
}

int64_t plot_recorded_ms(const struct plot *plot)
{
    return plot->recorded_ms;
}

size_t plot_count(const struct plot *plot)
{
    return plot->firsts[plot->chunk_count];
}

const struct feature *plot_at(const struct plot *plot, size_t index)
{
    assert(index < plot_count(plot));
    size_t chunk = 0; /* the last whose first feature is not after index */
    for (size_t end = plot->chunk_count; end - chunk > 1;) {
        size_t middle = chunk + (end - chunk) / 2;
        if (plot->firsts[middle] <= index) {
            chunk = middle;
        } else {
            end = middle;
        }
    }
    return feature_chunk_at(plot->chunks[chunk], index - plot->firsts[chunk]);
}

const struct feature *plot_find(const struct plot *plot, const char *id)
{
    if (plot->chunk_count == 0) {
        return NULL;
    }
    size_t chunk = 0; /* the last whose first id is not after id */
    for (size_t end = plot->chunk_count; end - chunk > 1;) {
        size_t middle = chunk + (end - chunk) / 2;
        if (strcmp(feature_chunk_at(plot->chunks[middle], 0)->id, id) <= 0) {
            chunk = middle;
        } else {
            end = middle;
        }
    }
    return feature_chunk_find(plot->chunks[chunk], id);
}

void plot_query(const struct plot *plot, struct bbox lon_lat_deg, int64_t moment_ms,
                bool (*visit)(const struct feature *feature, void *context), void *context)
{
    plot_directory_query(directory_of(plot), row_of(plot), lon_lat_deg, moment_ms, visit, context);
}

void plot_make_index(const struct plot *plot)
{
    directory_of(plot);
}

double plot_longest_step_deg(const struct plot *plot)
{
    return plot->longest_step_deg;
}

/* How far one of two snapshots has been read. */
struct cursor {
    const struct plot *plot;
    int64_t moment_ms;
    size_t chunk;
    size_t index; /* within the chunk */
};

static const struct feature *feature_under(const struct cursor *cursor)
{
    return cursor->chunk < cursor->plot->chunk_count
               ? feature_chunk_at(cursor->plot->chunks[cursor->chunk], cursor->index)
               : NULL;
}

static void go_on(struct cursor *cursor)
{
    if (++cursor->index == feature_chunk_count(cursor->plot->chunks[cursor->chunk])) {
        cursor->chunk++;
        cursor->index = 0;
    }
}

/* Do both stand before the same chunk, at the same moment? Then it can be passed over. */
static bool are_alike(const struct cursor *a, const struct cursor *b)
{
    return a->moment_ms == b->moment_ms && a->index == 0 && b->index == 0 &&
           a->chunk < a->plot->chunk_count && b->chunk < b->plot->chunk_count &&
           a->plot->chunks[a->chunk] == b->plot->chunks[b->chunk];
}

/* The feature, when it is valid; NULL else. */
static const struct feature *valid(const struct feature *feature, const struct cursor *cursor)
{
    return feature && feature_is_valid_at(feature, cursor->moment_ms) ? feature : NULL;
}

static void compare_next(struct cursor *before, struct cursor *after,
                         void (*visit)(const struct feature *feature, void *context), void *context)
{
    const struct feature *old = feature_under(before);
    const struct feature *new = feature_under(after);
    int order = !old ? 1 : !new ? -1 : old == new ? 0 : strcmp(old->id, new->id);
    old = order <= 0 ? old : NULL;
    new = order >= 0 ? new : NULL;
    if (old) {
        go_on(before);
    }
    if (new) {
        go_on(after);
    }
    old = valid(old, before);
    new = valid(new, after);
    if (old && old != new) {
        visit(old, context);
    }
    if (new &&old != new) {
        visit(new, context);
    }
}

void plot_compare(const struct plot *before, int64_t before_ms, const struct plot *after, int64_t after_ms,
                  void (*visit)(const struct feature *feature, void *context), void *context)
{
    struct cursor olds = {.plot = before, .moment_ms = before_ms};
    struct cursor news = {.plot = after, .moment_ms = after_ms};
    while (olds.chunk < before->chunk_count || news.chunk < after->chunk_count) {
        if (are_alike(&olds, &news)) {
            olds.chunk++;
            news.chunk++;
        } else {
            compare_next(&olds, &news, visit, context);
        }
    }
}

const int64_t *plot_moments(const struct plot *plot, size_t *count)
{
    return timeline_moments(plot->timeline, count);
}

int64_t plot_moment_at(const struct plot *plot, int64_t now_ms)
{
    return timeline_moment_at(plot->timeline, now_ms);
}
