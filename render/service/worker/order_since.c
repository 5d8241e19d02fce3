#include "render/service/worker/order_since.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "data/plot.h"
#include "data/plot_difference.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plot_shelf.h"

#define REVISION_MOST 9007199254740992.0 /* 2^53: whole numbers that JSON keeps */

void order_since_write(const struct order_since *since, struct buffer *json)
{
    buffer_appendf(json, ",\"has_since\":%s,\"is_first\":%s,\"since\":\"%" PRId64 "\",\"since_revisions\":[",
                   since->is_given ? "true" : "false", since->is_first ? "true" : "false", since->as_of_ms);
    for (size_t i = 0; i < since->plot_count; i++) {
        buffer_appendf(json, "%s%" PRIu64, i ? "," : "", since->revisions[i]);
    }
    buffer_append_text(json, "]");
}

void order_since_read(struct json_reader *reader, struct order_since *since)
{
    since->is_given = json_read_bool(reader, "has_since");
    since->is_first = json_read_bool(reader, "is_first");
    since->as_of_ms = json_read_moment(reader, "since");
    since->plot_count = json_read_numbers(reader, "since_revisions", since->revisions, MAP_VIEW_PLOT_MAX);
}

/* Digits and commas, and nothing else. */
static bool read_revisions(const char *text, struct order_since *since)
{
    for (since->plot_count = 0; since->plot_count < MAP_VIEW_PLOT_MAX;) {
        char *end;
        if (*text < '0' || *text > '9') {
            return false;
        }
        double revision = strtod(text, &end);
        if (strspn(text, "0123456789") != (size_t)(end - text) || revision > REVISION_MOST) {
            return false;
        }
        since->revisions[since->plot_count++] = (uint64_t)revision;
        if (*end != ',') {
            return *end == '\0';
        }
        text = end + 1;
    }
    return false;
}

bool order_since_parse(const char *text, struct order_since *since, struct fault *fault)
{
    *since = (struct order_since){.is_given = true, .as_of_ms = MOMENT_NONE};
    since->wants_previous = strcmp(text, "previous") == 0;
    if (since->wants_previous || read_revisions(text, since)) {
        return true;
    }
    since->plot_count = 0;
    if (moment_parse(text, &since->as_of_ms, fault)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT,
              "must be a time such as 2026-10-08T10:30:00Z, a revision such as 12 (12,7 for a map with two "
              "plots) or 'previous', not '%.80s'",
              text);
    return false;
}

/* One plot as it was. */
static struct plot *read_plot(const struct order_since *since, size_t index, const struct plot *now,
                              struct plot_shelf *shelf, struct fault *fault)
{
    const char *name = plot_title(now)->name;
    if (since->plot_count > 0 && since->revisions[index] == 0) {
        return plot_shelf_get_first(shelf, name, fault);
    }
    if (since->plot_count > 0) {
        return plot_shelf_get(shelf, name, since->revisions[index], fault);
    }
    struct plot *then = plot_shelf_get_as_known(shelf, name, since->as_of_ms, fault);
    if (then && plot_revision(then) == 0) {
        plot_unref(then);
        then = plot_ref(now);
    }
    return then;
}

/* Which moment the earlier situation is of. */
static int64_t moment_of(const struct order_since *since, struct plot *const *plots,
                         const struct order_scene *scene)
{
    int64_t time_ms = since->as_of_ms;
    for (size_t i = 0; since->as_of_ms == MOMENT_NONE && i < scene->plot_count; i++) {
        int64_t recorded_ms = plot_recorded_ms(plots[i]);
        time_ms = recorded_ms > time_ms ? recorded_ms : time_ms;
    }
    bool is_later = since->as_of_ms == MOMENT_NONE && time_ms > scene->moment_ms;
    return is_later || time_ms == MOMENT_NONE ? scene->moment_ms : time_ms;
}

bool order_since_check(const struct order_since *since, int64_t as_of_ms, int64_t now_ms, struct fault *fault)
{
    char text[32];
    bool has_time = since->is_given && since->as_of_ms != MOMENT_NONE;
    if (!has_time || since->as_of_ms <= now_ms || (as_of_ms != MOMENT_NONE && since->as_of_ms <= as_of_ms)) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "%s lies in the future: nothing can have changed since",
              moment_format(since->as_of_ms, text));
    return false;
}

static bool check_count(const struct order_since *since, const struct order_scene *scene, struct fault *fault)
{
    if (since->plot_count == 0 || since->plot_count == scene->plot_count) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "since: map '%s' shows %zu plots, and %zu revisions are given",
              scene->map->id, scene->plot_count, since->plot_count);
    return false;
}

/** Of a plot at its revision now. */
struct removals {
    struct plot_shelf *shelf;
    const struct plot *plot;
};

static int64_t removed_ms(const char *id, void *context)
{
    const struct removals *removals = context;
    return plot_shelf_find_removal(removals->shelf, plot_title(removals->plot)->name,
                                   plot_revision(removals->plot), id);
}

static struct plot_difference *compare(struct plot_situation before, struct plot_situation after,
                                       struct plot_shelf *shelf)
{
    struct removals removals = {shelf, after.plot};
    struct plot_difference *difference = plot_difference_new(before, after);
    plot_difference_date_removals(difference, removed_ms, &removals);
    return difference;
}

bool order_differences_init(struct order_differences *differences, const struct order_since *since,
                            const struct order_scene *scene, struct plot_shelf *shelf, struct fault *fault)
{
    struct plot *plots[MAP_VIEW_PLOT_MAX] = {NULL};
    *differences = (struct order_differences){.count = 0};
    if (!since->is_given) {
        return true;
    }
    bool is_read = check_count(since, scene, fault);
    for (size_t i = 0; is_read && i < scene->plot_count; i++) {
        plots[i] = read_plot(since, i, scene->plots[i], shelf, fault);
        is_read = plots[i] != NULL;
    }
    int64_t moment_ms = is_read ? moment_of(since, plots, scene) : MOMENT_NONE;
    for (size_t i = 0; i < scene->plot_count; i++) {
        struct plot_situation before = {plots[i], moment_ms};
        struct plot_situation after = {scene->plots[i], scene->moment_ms};
        if (is_read) {
            differences->items[differences->count++] = compare(before, after, shelf);
        }
        plot_unref(plots[i]);
    }
    return is_read;
}

void order_differences_finish(struct order_differences *differences)
{
    for (size_t i = 0; i < differences->count; i++) {
        plot_difference_free(differences->items[i]);
    }
    differences->count = 0;
}
