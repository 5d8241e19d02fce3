/*
 * plot_directory.c - chunks that stand side by side make a group with one index over all their features. A
 * plot of a million has some 30 groups, and one is made in some 10 ms.
 *
 * Each chunk of the row has a seat in a group, or it is loose and asked for itself. When a chunk is changed
 * the new one is loose; what the index says of the old one is passed over. Once half of a stretch is loose it
 * is grouped anew. A stretch is what stands from the first seat of a group up to that of the next, so no
 * group is ever in two.
 *
 * The index numbers features by seat and place in the chunk, so a bit for each of them brings what it finds
 * back into the order of ids.
 */
#include "data/plot_directory.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/feature_chunk.h"
#include "geo/base/memory.h"
#include "geo/spatial_index.h"

#define GROUP_CHUNKS 16
#define CHUNK_WORDS (FEATURE_CHUNK_MOST / 64)

struct chunk_group {
    int32_t reference_count;     /* atomic */
    struct spatial_index *index; /* owned; number: seat * FEATURE_CHUNK_MOST + place in the chunk */
};

/** Of one chunk of the row. */
struct seat {
    struct chunk_group *group; /* one reference; NULL: the chunk is loose */
    uint32_t number;           /* in its group */
};

struct plot_directory {
    int32_t reference_count; /* atomic */
    size_t count;            /* of chunks */
    struct seat *seats;      /* owned */
};

static struct chunk_group *group_new(struct feature_chunk *const *chunks, size_t count)
{
    struct bbox *boxes = memory_new(count * FEATURE_CHUNK_MOST, sizeof *boxes);
    for (size_t i = 0; i < count; i++) {
        struct bbox *own = boxes + i * FEATURE_CHUNK_MOST;
        feature_chunk_boxes(chunks[i], own);
        for (size_t k = feature_chunk_count(chunks[i]); k < FEATURE_CHUNK_MOST; k++) {
            own[k] = bbox_empty();
        }
    }
    struct chunk_group *group = memory_new(1, sizeof *group);
    group->index = spatial_index_new(boxes, count * FEATURE_CHUNK_MOST);
    free(boxes);
    return group;
}

static void group_unref(struct chunk_group *group)
{
    if (group && __atomic_sub_fetch(&group->reference_count, 1, __ATOMIC_ACQ_REL) == 0) {
        spatial_index_free(group->index);
        free(group);
    }
}

static struct seat seat_ref(struct seat seat)
{
    if (seat.group) {
        __atomic_add_fetch(&seat.group->reference_count, 1, __ATOMIC_RELAXED);
    }
    return seat;
}

static struct plot_directory *directory_of(size_t count)
{
    struct plot_directory *directory = memory_new(1, sizeof *directory);
    directory->reference_count = 1;
    directory->count = count;
    directory->seats = memory_new(count, sizeof *directory->seats);
    return directory;
}

/** Gives the chunks from first up to end seats in groups. */
static void seat_chunks(struct plot_directory *directory, struct chunk_row row, size_t first, size_t end)
{
    for (size_t next = first; next < end; next += GROUP_CHUNKS) {
        size_t count = end - next < GROUP_CHUNKS ? end - next : GROUP_CHUNKS;
        struct chunk_group *group = group_new(row.chunks + next, count);
        for (size_t i = 0; i < count; i++) {
            group_unref(directory->seats[next + i].group);
            directory->seats[next + i] = seat_ref((struct seat){group, (uint32_t)i});
        }
    }
}

struct plot_directory *plot_directory_new(struct chunk_row row)
{
    struct plot_directory *directory = directory_of(row.count);
    seat_chunks(directory, row, 0, row.count);
    return directory;
}

static int compare_chunks(const struct feature_chunk *a, const struct feature_chunk *b)
{
    return strcmp(feature_chunk_at(a, 0)->id, feature_chunk_at(b, 0)->id);
}

struct plot_directory *plot_directory_follow(const struct plot_directory *earlier, struct chunk_row before,
                                             struct chunk_row after)
{
    struct plot_directory *directory = directory_of(after.count);
    size_t old = 0;
    for (size_t i = 0; i < after.count; i++) {
        while (old < before.count && before.chunks[old] != after.chunks[i] &&
               compare_chunks(before.chunks[old], after.chunks[i]) < 0) {
            old++;
        }
        if (old < before.count && before.chunks[old] == after.chunks[i]) {
            directory->seats[i] = seat_ref(earlier->seats[old++]);
        }
    }
    return directory;
}

/** Chunks from first up to end, and how many of them are loose. */
struct stretch {
    size_t first, end, loose_count;
};

static struct stretch stretch_from(const struct plot_directory *directory, size_t first)
{
    struct stretch stretch = {first, first, 0};
    const struct chunk_group *group = NULL;
    for (; stretch.end < directory->count; stretch.end++) {
        const struct chunk_group *own = directory->seats[stretch.end].group;
        if (own && group && own != group) {
            break;
        }
        group = own ? own : group;
        stretch.loose_count += !own;
    }
    return stretch;
}

/** That with the most loose chunks. */
static struct stretch loosest_stretch(const struct plot_directory *directory)
{
    struct stretch loosest = {0, 0, 0};
    for (size_t first = 0; first < directory->count;) {
        struct stretch stretch = stretch_from(directory, first);
        loosest = stretch.loose_count > loosest.loose_count ? stretch : loosest;
        first = stretch.end;
    }
    return loosest;
}

struct plot_directory *plot_directory_tidy(const struct plot_directory *directory, struct chunk_row row)
{
    struct stretch loosest = loosest_stretch(directory);
    size_t length = loosest.end - loosest.first;
    size_t many = length < GROUP_CHUNKS ? length : GROUP_CHUNKS;
    if (loosest.loose_count == 0 || 2 * loosest.loose_count < many) {
        return plot_directory_ref(directory);
    }
    struct plot_directory *tidied = directory_of(directory->count);
    for (size_t i = 0; i < directory->count; i++) {
        tidied->seats[i] = seat_ref(directory->seats[i]);
    }
    seat_chunks(tidied, row, loosest.first, loosest.end);
    return tidied;
}

struct plot_directory *plot_directory_ref(const struct plot_directory *directory)
{
    struct plot_directory *shared = (struct plot_directory *)directory;
    __atomic_add_fetch(&shared->reference_count, 1, __ATOMIC_RELAXED);
    return shared;
}

void plot_directory_unref(const struct plot_directory *directory)
{
    struct plot_directory *shared = (struct plot_directory *)directory;
    if (!shared || __atomic_sub_fetch(&shared->reference_count, 1, __ATOMIC_ACQ_REL) > 0) {
        return;
    }
    for (size_t i = 0; i < shared->count; i++) {
        group_unref(shared->seats[i].group);
    }
    free(shared->seats);
    free(shared);
}

/** What the index of a group found. */
struct finding {
    const struct chunk_group *group; /* that was asked last; NULL: none */
    bool has_any;
    uint64_t words[GROUP_CHUNKS * CHUNK_WORDS]; /* a bit for each feature; written when it has any */
};

static bool note_number(uint32_t number, void *context)
{
    struct finding *finding = context;
    if (!finding->has_any) {
        memset(finding->words, 0, sizeof finding->words);
        finding->has_any = true;
    }
    finding->words[number / 64] |= UINT64_C(1) << (number % 64);
    return true;
}

/** Unless it is that which was asked last. */
static void ask_group(struct finding *finding, const struct chunk_group *group, struct bbox box)
{
    if (finding->group != group) {
        finding->group = group;
        finding->has_any = false;
        spatial_index_query(group->index, box, note_number, finding);
    }
}

void plot_directory_query(const struct plot_directory *directory, struct chunk_row row, struct bbox box,
                          int64_t moment_ms, bool (*visit)(const struct feature *feature, void *context),
                          void *context)
{
    struct finding finding = {.group = NULL};
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < row.count; i++) {
        struct seat seat = directory->seats[i];
        if (!seat.group) {
            goes_on = feature_chunk_query(row.chunks[i], box, moment_ms, visit, context);
            continue;
        }
        ask_group(&finding, seat.group, box);
        goes_on =
            !finding.has_any || feature_chunk_visit(row.chunks[i], finding.words + seat.number * CHUNK_WORDS,
                                                    moment_ms, visit, context);
    }
}
