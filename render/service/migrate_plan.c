/*
 * migrate_plan.c - features are looked at one by one and gathered by what becomes of their symbol: where it
 * comes from, where it goes, and what is said about it.
 */
#include "render/service/migrate_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"

#define CODE_BYTES 80 /* of set, version and entity */
#define REMARK_BYTES 600

/* What becomes of one feature. */
struct fate {
    char from[CODE_BYTES];
    char to[CODE_BYTES]; /* "": kept as it is */
    char remark[REMARK_BYTES];
    struct symbol_code code; /* the new one; texts borrowed from the feature */
};

/* The entry that stands for an entity in a set: itself, or what replaced it. NULL when there is none. */
static const struct symbol_entry *find_successor(const struct symbol_set *set, const char *entity)
{
    const struct symbol_entry *entry = symbol_set_find(set, entity);
    for (size_t i = 0; entry && entry->replaced_by && i < symbol_set_count(set); i++) {
        entry = symbol_set_find(set, entry->replaced_by);
    }
    return entry;
}

static void write_code(const struct symbol_code *code, char text[static CODE_BYTES])
{
    snprintf(text, CODE_BYTES, "%s@%d/%s", code->set, code->version, code->entity);
}

static struct fate fate_of(const struct feature *feature, const struct symbol_set *target)
{
    struct fate fate = {.code = feature->code};
    const char *set = symbol_set_name(target);
    int version = symbol_set_version(target);
    const struct symbol_entry *entry = find_successor(target, feature->code.entity);
    write_code(&feature->code, fate.from);
    if (!entry) {
        snprintf(fate.remark, sizeof fate.remark, "kept as it is: %s@%d has no '%s'", set, version,
                 feature->code.entity);
        return fate;
    }
    snprintf(fate.code.set, sizeof fate.code.set, "%s", set);
    snprintf(fate.code.entity, sizeof fate.code.entity, "%s", entry->id);
    fate.code.version = version;
    write_code(&fate.code, fate.to);
    struct fault fault;
    if (!symbol_accepts(entry, &fate.code, &fault)) {
        snprintf(fate.remark, sizeof fate.remark, "kept in the code: %s", fault.message);
    }
    return fate;
}

static bool is_same(const struct migrate_step *step, const struct fate *fate)
{
    return strcmp(step->from, fate->from) == 0 && strcmp(step->remark, fate->remark) == 0;
}

static struct migrate_step *step_for(struct migrate_plan *plan, const struct fate *fate)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (is_same(&plan->steps[i], fate)) {
            return &plan->steps[i];
        }
    }
    plan->steps = memory_resize(plan->steps, plan->step_count + 1, sizeof *plan->steps);
    struct migrate_step *step = &plan->steps[plan->step_count++];
    *step = (struct migrate_step){.from = memory_copy_text(fate->from),
                                  .to = fate->to[0] != '\0' ? memory_copy_text(fate->to) : NULL,
                                  .remark = memory_copy_text(fate->remark)};
    return step;
}

static void plan_feature(struct migrate_plan *plan, const struct feature *feature,
                         const struct symbol_set *target)
{
    struct fate fate = fate_of(feature, target);
    struct migrate_step *step = step_for(plan, &fate);
    step->features = memory_resize(step->features, step->feature_count + 1, sizeof(*step->features));
    step->features[step->feature_count++] = feature;
    if (!step->to) {
        return;
    }
    struct feature *moved = feature_copy(feature);
    memcpy(moved->code.set, fate.code.set, sizeof moved->code.set);
    memcpy(moved->code.entity, fate.code.entity, sizeof moved->code.entity);
    moved->code.version = fate.code.version;
    plan->changes[plan->change_count++] =
        (struct change){.kind = CHANGE_PUT, .feature = moved, .expected_revision = feature->revision};
}

static int compare_steps(const void *a, const void *b)
{
    const struct migrate_step *step_a = a;
    const struct migrate_step *step_b = b;
    int by_code = strcmp(step_a->from, step_b->from);
    return by_code != 0 ? by_code : strcmp(step_a->remark, step_b->remark);
}

static bool is_to_move(const struct feature *feature, const struct symbol_pin *pin,
                       const struct symbol_set *target)
{
    bool is_there = strcmp(feature->code.set, symbol_set_name(target)) == 0 &&
                    feature->code.version == symbol_set_version(target);
    return strcmp(feature->code.set, pin->set) == 0 && !is_there;
}

void migrate_plan_init(struct migrate_plan *plan, const struct plot *plot, const struct symbol_set *target)
{
    *plan = (struct migrate_plan){0};
    plan->changes = memory_new(plot_count(plot), sizeof *plan->changes);
    for (size_t i = 0; i < plot_count(plot); i++) {
        if (is_to_move(plot_at(plot, i), &plot_title(plot)->symbols, target)) {
            plan_feature(plan, plot_at(plot, i), target);
        }
    }
    if (plan->step_count > 0) {
        qsort(plan->steps, plan->step_count, sizeof *plan->steps, compare_steps);
    }
}

void migrate_plan_finish(struct migrate_plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++) {
        change_finish(&plan->changes[i]);
    }
    for (size_t i = 0; i < plan->step_count; i++) {
        free(plan->steps[i].from);
        free(plan->steps[i].to);
        free(plan->steps[i].remark);
        free(plan->steps[i].features);
    }
    free(plan->changes);
    free(plan->steps);
    *plan = (struct migrate_plan){0};
}
