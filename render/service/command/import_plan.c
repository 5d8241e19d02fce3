/*
 * import_plan.c - every change names the revision it was planned against, so nothing that came in between is
 * overwritten.
 */
#include "render/service/command/import_plan.h"

#include <stdlib.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"

static void plan_feature(struct import_plan *plan, const struct plot *plot, const struct feature *feature)
{
    const struct feature *stored = plot_find(plot, feature->id);
    if (stored && feature_equals(stored, feature)) {
        plan->unchanged++;
        return;
    }
    plan->added += !stored;
    plan->changed += stored != NULL;
    plan->changes[plan->change_count++] = (struct change){
        .kind = CHANGE_PUT,
        .feature = feature_ref(feature),
        .expected_revision = stored ? stored->revision : 0,
    };
}

static void plan_removals(struct import_plan *plan, const struct plot *plot,
                          const struct feature *const *features, size_t count)
{
    struct table *kept = table_new(NULL);
    for (size_t i = 0; i < count; i++) {
        table_put(kept, features[i]->id, (void *)features[i]);
    }
    for (size_t i = 0; i < plot_count(plot); i++) {
        const struct feature *stored = plot_at(plot, i);
        if (table_find(kept, stored->id)) {
            continue;
        }
        plan->removed++;
        plan->changes[plan->change_count++] = (struct change){
            .kind = CHANGE_REMOVE,
            .id = memory_copy_text(stored->id),
            .expected_revision = stored->revision,
        };
    }
    table_free(kept);
}

void import_plan_init(struct import_plan *plan, const struct plot *plot,
                      const struct feature *const *features, size_t count, bool is_replace)
{
    *plan = (struct import_plan){0};
    size_t most = count + (is_replace ? plot_count(plot) : 0);
    plan->changes = memory_new(most, sizeof(*plan->changes));
    for (size_t i = 0; i < count; i++) {
        plan_feature(plan, plot, features[i]);
    }
    if (is_replace) {
        plan_removals(plan, plot, features, count);
    }
}

void import_plan_finish(struct import_plan *plan)
{
    for (size_t i = 0; i < plan->change_count; i++) {
        change_finish(&plan->changes[i]);
    }
    free(plan->changes);
    *plan = (struct import_plan){0};
}
