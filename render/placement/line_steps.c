/*
 * line_steps.c - those that are painted stand in one index, those of signs in another, and the steps of a
 * feature one behind the other: how far its own line is need not be looked for among all others.
 */
#include "render/placement/line_steps.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/segment.h"
#include "geo/spatial_index.h"

/* A page full of lines looks at a few million; so many take about a second. */
#define LOOKED_MOST UINT64_C(20000000)

/* The steps of a feature. */
struct run {
    const struct scene_feature *feature;
    size_t first;
    size_t count;
};

struct line_steps {
    struct bbox frame;
    struct line_step *items; /* owned */
    size_t count;
    size_t capacity;
    struct run *runs; /* owned, by feature */
    size_t run_count;
    struct spatial_index *painted;
    struct spatial_index *signs; /* that are painted */
    uint64_t looked;
};

struct line_steps *line_steps_new(struct bbox frame)
{
    struct line_steps *steps = memory_new(1, sizeof(*steps));
    steps->frame = frame;
    return steps;
}

void line_steps_free(struct line_steps *steps)
{
    if (steps) {
        spatial_index_free(steps->painted);
        spatial_index_free(steps->signs);
        free(steps->runs);
        free(steps->items);
        free(steps);
    }
}

static struct bbox bare_box(const struct line_step *step)
{
    struct point ends[2] = {step->from, step->to};
    return bbox_of_points(ends, 2);
}

static struct bbox step_box(const struct line_step *step)
{
    return bbox_grow(bare_box(step), step->reach_px);
}

void line_steps_add(struct line_steps *steps, struct line_step step)
{
    if (!bbox_intersects(step_box(&step), steps->frame)) {
        return;
    }
    if (steps->count == steps->capacity) {
        steps->capacity = steps->capacity ? 2 * steps->capacity : 256;
        steps->items = memory_resize(steps->items, steps->capacity, sizeof(*steps->items));
    }
    steps->items[steps->count++] = step;
}

static bool is_painted(const struct line_step *step)
{
    return step->is_painted;
}

static bool is_sign(const struct line_step *step)
{
    return step->is_painted && step->is_sign;
}

static struct spatial_index *index_of(const struct line_steps *steps,
                                      bool (*is_wanted)(const struct line_step *step))
{
    struct bbox *boxes = memory_new(steps->count, sizeof(*boxes));
    for (size_t i = 0; i < steps->count; i++) {
        boxes[i] = is_wanted(&steps->items[i]) ? step_box(&steps->items[i]) : bbox_empty();
    }
    struct spatial_index *index = spatial_index_new(boxes, steps->count);
    free(boxes);
    return index;
}

static int compare_runs(const void *a, const void *b)
{
    uintptr_t feature_a = (uintptr_t)((const struct run *)a)->feature;
    uintptr_t feature_b = (uintptr_t)((const struct run *)b)->feature;
    return (feature_a > feature_b) - (feature_a < feature_b);
}

static void find_runs(struct line_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        steps->run_count += i == 0 || steps->items[i].feature != steps->items[i - 1].feature;
    }
    steps->runs = memory_new(steps->run_count, sizeof(*steps->runs));
    struct run *run = steps->runs;
    for (size_t i = 0; i < steps->count; i += run++->count) {
        *run = (struct run){.feature = steps->items[i].feature, .first = i};
        while (i + run->count < steps->count && steps->items[i + run->count].feature == run->feature) {
            run->count++;
        }
    }
    if (steps->run_count > 1) {
        qsort(steps->runs, steps->run_count, sizeof(*steps->runs), compare_runs);
    }
}

void line_steps_finish(struct line_steps *steps)
{
    assert(!steps->painted);
    steps->painted = index_of(steps, is_painted);
    steps->signs = index_of(steps, is_sign);
    find_runs(steps);
}

bool line_steps_are_spent(const struct line_steps *steps)
{
    return steps->looked >= LOOKED_MOST;
}

uint64_t line_steps_looked(const struct line_steps *steps)
{
    return steps->looked;
}

static double away_of(const struct line_step *step, struct bbox box)
{
    return sqrt(segment_box_distance_squared(step->from, step->to, box));
}

/* Whether a step answers a question. */
struct question {
    struct line_steps *steps;
    const struct scene_feature *feature; /* that is not asked for */
    struct bbox box;
    double away_px;     /* nearer strokes do */
    bool is_paint_near; /* paint in the box does too */
    bool is_answered;
};

static bool ask_step(uint32_t number, void *context)
{
    struct question *question = context;
    const struct line_step *step = &question->steps->items[number];
    question->steps->looked++;
    if (step->feature != question->feature) {
        double away = away_of(step, question->box);
        question->is_answered =
            away - step->stroke_px < question->away_px || (question->is_paint_near && away < step->reach_px);
    }
    question->is_answered = question->is_answered || line_steps_are_spent(question->steps);
    return !question->is_answered;
}

/* Is there no step that answers it? */
static bool have_none(const struct spatial_index *index, struct question question, double looked_px)
{
    if (line_steps_are_spent(question.steps)) {
        return false;
    }
    spatial_index_query(index, bbox_grow(question.box, looked_px), ask_step, &question);
    return !question.is_answered;
}

bool line_steps_others_keep_off(struct line_steps *steps, const struct scene_feature *feature,
                                struct bbox box, double away_px)
{
    struct question question = {.steps = steps, .feature = feature, .box = box, .away_px = away_px};
    return have_none(steps->painted, question, away_px);
}

bool line_steps_others_are_further(struct line_steps *steps, const struct scene_feature *feature,
                                   struct bbox box, double away_px, double looked_px)
{
    struct question question = {
        .steps = steps, .feature = feature, .box = box, .away_px = away_px, .is_paint_near = true};
    return have_none(steps->painted, question, fmin(away_px, looked_px));
}

/* No stretch within a box is nearer than the box is. */
static double least_away(struct bbox around, struct bbox box)
{
    double across = fmax(around.min_x - box.max_x, box.min_x - around.max_x);
    double along = fmax(around.min_y - box.max_y, box.min_y - around.max_y);
    return fmax(across, along);
}

double line_steps_own_px(struct line_steps *steps, const struct scene_feature *feature, struct bbox box,
                         double looked_px)
{
    struct run wanted = {.feature = feature};
    const struct run *run = steps->run_count > 0
                                ? bsearch(&wanted, steps->runs, steps->run_count, sizeof(*run), compare_runs)
                                : NULL;
    double own_px = looked_px;
    for (size_t i = 0; run && i < run->count && own_px > 0 && !line_steps_are_spent(steps); i++) {
        const struct line_step *step = &steps->items[run->first + i];
        steps->looked++;
        if (least_away(bare_box(step), box) - step->stroke_px < own_px) {
            own_px = fmin(own_px, away_of(step, box) - step->stroke_px);
        }
    }
    return own_px;
}

bool line_steps_have_no_sign(struct line_steps *steps, struct bbox box)
{
    struct question question = {.steps = steps, .box = box, .away_px = -HUGE_VAL, .is_paint_near = true};
    return have_none(steps->signs, question, 0);
}

bool line_steps_have_no_sign_stroke(struct line_steps *steps, struct bbox box)
{
    struct question question = {.steps = steps, .box = box, .away_px = 0};
    return have_none(steps->signs, question, 0);
}
