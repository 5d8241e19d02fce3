/*
 * migrate_plan.c - features are looked at one by one and gathered by what becomes of their symbol: where it
 * comes from, where it goes, and what is said about it.
 */
#include "render/service/command/migrate_plan.h"

#include <stdarg.h>
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
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define CODE_BYTES 80 /* of set, version and entity */
#define REMARK_BYTES 800
#define SWATCH_WIDTH_PX 80.0
#define SWATCH_HEIGHT_PX 40.0

/* What becomes of one feature. */
struct fate {
    char from[CODE_BYTES];
    char to[CODE_BYTES]; /* "": kept as it is */
    char remark[REMARK_BYTES];
    bool is_plain;
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

/* Behind what is said already. */
static void add_remark(struct fate *fate, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_remark(struct fate *fate, const char *format, ...)
{
    size_t length = strlen(fate->remark);
    if (length > 0 && length + 2 < sizeof fate->remark) {
        memcpy(fate->remark + length, "; ", 3);
        length += 2;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fate->remark + length, sizeof fate->remark - length, format, arguments);
    va_end(arguments);
}

/* NULL when it cannot be drawn. Owned. */
static char *draw(const struct symbol_entry *entry, const struct symbol_code *code)
{
    struct symbol_drawing drawing = {.svg = NULL};
    if (entry->geometry == GEOMETRY_POINT) {
        symbol_compose(entry, code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, NULL);
    } else {
        symbol_compose_swatch(entry, code, PALETTE_DEFAULT, SWATCH_WIDTH_PX, SWATCH_HEIGHT_PX, &drawing,
                              NULL);
    }
    return drawing.svg;
}

static bool look_alike(const struct symbol_entry *a, const struct symbol_entry *b,
                       const struct symbol_code *code)
{
    char *drawn_a = draw(a, code);
    char *drawn_b = draw(b, code);
    bool are_alike = drawn_a && drawn_b && strcmp(drawn_a, drawn_b) == 0;
    free(drawn_a);
    free(drawn_b);
    return are_alike;
}

/* What readers of the map see of the move, beside what is lost. */
static void compare(struct fate *fate, const struct symbol_entry *before, const struct symbol_entry *after)
{
    if (!before) {
        add_remark(fate, "drawn as a fallback until now");
        return;
    }
    if (!look_alike(before, after, &fate->code)) {
        add_remark(fate, "drawn otherwise");
    }
    const char *name = multilingual_text(&after->name, LANGUAGE_NL);
    if (strcmp(multilingual_text(&before->name, LANGUAGE_NL), name) != 0) {
        add_remark(fate, "now called '%s'", name);
    }
}

static struct fate fate_of(const struct feature *feature, const struct symbol_library *library,
                           const struct symbol_set *target)
{
    struct fate fate = {.code = feature->code};
    const char *set = symbol_set_name(target);
    int version = symbol_set_version(target);
    const struct symbol_entry *entry = find_successor(target, feature->code.entity);
    write_code(&feature->code, fate.from);
    if (!entry) {
        add_remark(&fate, "kept as it is: %s@%d has no '%s'", set, version, feature->code.entity);
        return fate;
    }
    snprintf(fate.code.set, sizeof fate.code.set, "%s", set);
    snprintf(fate.code.entity, sizeof fate.code.entity, "%s", entry->id);
    fate.code.version = version;
    write_code(&fate.code, fate.to);
    struct fault fault;
    if (!symbol_accepts(entry, &fate.code, &fault)) {
        add_remark(&fate, "kept in the code: %s", fault.message);
    }
    compare(&fate, symbol_library_resolve(library, &feature->code, NULL), entry);
    fate.is_plain = fate.remark[0] == '\0' && strcmp(feature->code.entity, fate.code.entity) == 0;
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
                                  .remark = memory_copy_text(fate->remark),
                                  .is_plain = fate->is_plain};
    return step;
}

static void plan_feature(struct migrate_plan *plan, const struct feature *feature,
                         const struct symbol_library *library, const struct symbol_set *target)
{
    struct fate fate = fate_of(feature, library, target);
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

void migrate_plan_init(struct migrate_plan *plan, const struct plot *plot,
                       const struct symbol_library *library, const struct symbol_set *target)
{
    *plan = (struct migrate_plan){0};
    plan->changes = memory_new(plot_count(plot), sizeof *plan->changes);
    for (size_t i = 0; i < plot_count(plot); i++) {
        if (is_to_move(plot_at(plot, i), &plot_title(plot)->symbols, target)) {
            plan_feature(plan, plot_at(plot, i), library, target);
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
