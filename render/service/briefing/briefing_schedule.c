/*
 * briefing_schedule.c - whatever comes round divides a day, so a moment is due when the minutes since local
 * midnight do; on the two days a year when clocks change there is one hour less, or one is there twice.
 */
#include "render/service/briefing/briefing_schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "render/briefing/template.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_DAY (24 * 60 * MS_PER_MINUTE)
#define STEP_MS (5 * MS_PER_MINUTE) /* what all of them are a multiple of */

/* ---- the clock ---- */

static bool is_due(const struct briefing_schedule *schedule, int64_t moment_ms)
{
    int64_t local_ms = (moment_ms + moment_local_offset_ms(moment_ms)) % MS_PER_DAY;
    return local_ms % schedule->every_ms == 0;
}

int64_t briefing_schedule_last_due(const struct briefing_schedule *schedule, int64_t now_ms)
{
    int64_t last_ms = now_ms < schedule->until_ms ? now_ms : schedule->until_ms - 1;
    int64_t moment_ms = last_ms - last_ms % STEP_MS;
    while (!is_due(schedule, moment_ms)) {
        moment_ms -= STEP_MS;
    }
    bool has_begun = schedule->from_ms == MOMENT_NONE || moment_ms >= schedule->from_ms;
    bool is_over = now_ms - moment_ms >= 2 * schedule->every_ms; /* long after until */
    return has_begun && !is_over ? moment_ms : MOMENT_NONE;
}

int64_t briefing_schedule_next(const struct briefing_schedule *schedule,
                               const struct briefing_schedule_state *state, int64_t now_ms)
{
    int64_t due_ms = briefing_schedule_last_due(schedule, now_ms);
    bool is_new = state->last_done_ms == MOMENT_NONE && schedule->from_ms == MOMENT_NONE;
    if (due_ms == MOMENT_NONE || (is_new && due_ms < state->since_ms)) {
        return MOMENT_NONE;
    }
    return state->last_done_ms == MOMENT_NONE || due_ms > state->last_done_ms ? due_ms : MOMENT_NONE;
}

bool briefing_schedule_is_ahead(const struct briefing_schedule *schedule,
                                const struct briefing_schedule_state *state, int64_t now_ms)
{
    return state->last_done_ms != MOMENT_NONE && state->last_done_ms - schedule->every_ms > now_ms;
}

/* ---- the activity ---- */

static bool has_future(const struct plot *plot, int64_t moment_ms)
{
    for (size_t i = 0; i < plot_count(plot); i++) {
        if (plot_at(plot, i)->valid_to_ms > moment_ms) {
            return true;
        }
    }
    return false;
}

bool briefing_schedule_has_ended(const struct briefing_schedule *schedule, const struct plot *const *plots,
                                 size_t plot_number, int64_t moment_ms)
{
    bool has_features = false;
    for (size_t i = 0; i < plot_number; i++) {
        has_features = has_features || plot_count(plots[i]) > 0;
        if (has_future(plots[i], moment_ms)) {
            return schedule->map->status == MAP_EXPIRED;
        }
    }
    return has_features || schedule->map->status == MAP_EXPIRED;
}

char *briefing_schedule_name(const struct briefing_schedule *schedule, size_t area,
                             char name[static BRIEFING_SCHEDULE_NAME_BYTES])
{
    const struct map_area *place = schedule->areas[area];
    snprintf(name, BRIEFING_SCHEDULE_NAME_BYTES, "%.80s%s%.64s", schedule->name, place ? "/" : "",
             place ? place->id : "");
    return name;
}

bool briefing_schedule_order(const struct config *config, const struct briefing_schedule *schedule,
                             size_t area, struct order *order, struct fault *fault)
{
    struct order_briefing *briefing = &order->briefing;
    struct briefing_given given = {.paper = schedule->has_paper,
                                   .orientation = schedule->has_orientation,
                                   .scale = true, /* all of the area is to be seen */
                                   .language = schedule->has_languages};
    order_view_speak(&order->view, schedule->languages);
    briefing->paper = schedule->paper;
    briefing->is_landscape = schedule->is_landscape;
    briefing->format = schedule->format;
    snprintf(briefing->crs_code, sizeof(briefing->crs_code), "EPSG:28992");
    snprintf(briefing->template, sizeof(briefing->template), "%s", schedule->template_id);
    briefing->since.wants_previous = schedule->marks_changes;
    if (!briefing_template_fill(config, order, given, fault)) {
        return false;
    }
    briefing_order_show(order, schedule->map, schedule->areas[area]);
    return true;
}

/* ---- the file ---- */

struct interval {
    const char *name;
    int minutes;
};

static const struct interval intervals[] = {
    {"5m", 5},   {"10m", 10}, {"15m", 15}, {"20m", 20}, {"30m", 30},  {"1h", 60},    {"2h", 120},
    {"3h", 180}, {"4h", 240}, {"6h", 360}, {"8h", 480}, {"12h", 720}, {"24h", 1440},
};

#define INTERVAL_COUNT (sizeof(intervals) / sizeof(intervals[0]))

static const char *read_every(const struct yaml_node *node, struct briefing_schedule *schedule,
                              struct problems *problems)
{
    const char *names[INTERVAL_COUNT + 1] = {NULL};
    for (size_t i = 0; i < INTERVAL_COUNT; i++) {
        names[i] = intervals[i].name;
    }
    int choice = yaml_read_choice(node, "every", names, -1, problems);
    const struct interval *interval = &intervals[choice < 0 ? 5 : choice];
    schedule->every_ms = interval->minutes * MS_PER_MINUTE;
    return interval->name;
}

static int64_t read_moment(const struct yaml_node *node, const char *key, int64_t fallback_ms,
                           struct problems *problems)
{
    struct fault fault;
    int64_t moment_ms = fallback_ms;
    const char *text = yaml_read_text(node, key, "", problems);
    if (*text && !moment_parse(text, &moment_ms, &fault)) {
        yaml_problem(yaml_find(node, key), problems, "%s", fault.message);
    }
    return moment_ms;
}

static void add_area(struct briefing_schedule *schedule, const struct yaml_node *node,
                     struct problems *problems)
{
    struct fault fault;
    const struct map_area *area = briefing_order_find_area(schedule->map, yaml_text(node), &fault);
    if (!area) {
        yaml_problem(node, problems, "%s", fault.message);
        return;
    }
    schedule->areas[schedule->area_count++] = area;
}

/** "all", a list of names, or nothing: then the whole map. */
static void read_areas(const struct yaml_node *node, struct briefing_schedule *schedule,
                       struct problems *problems)
{
    const struct yaml_node *areas = yaml_find(node, "areas");
    const struct map *map = schedule->map;
    bool is_all = areas && yaml_kind(areas) == YAML_SCALAR && strcmp(yaml_text(areas), "all") == 0;
    bool is_list = areas && yaml_kind(areas) == YAML_SEQUENCE;
    size_t most = is_list ? yaml_count(areas) : map ? map->area_count : 0;
    schedule->areas = memory_new(most + 1, sizeof(*schedule->areas));
    if (areas && !is_all && !is_list) {
        yaml_problem(areas, problems, "must be all, or a list of areas of the map");
    }
    for (size_t i = 0; map && (is_all || is_list) && i < most; i++) {
        if (is_list) {
            add_area(schedule, yaml_at(areas, i), problems);
        } else {
            schedule->areas[schedule->area_count++] = &map->areas[i];
        }
    }
    if (schedule->area_count == 0) {
        schedule->areas[schedule->area_count++] = NULL;
    }
}

static const struct map *read_map(const struct yaml_node *node, const struct maps *maps,
                                  struct problems *problems)
{
    const char *id = yaml_read_text(node, "map", NULL, problems);
    const struct map *map = maps && *id ? maps_find(maps, id) : NULL;
    if (maps && *id && !map) {
        yaml_problem(yaml_find(node, "map"), problems, "there is no map '%.80s'", id);
    }
    return map;
}

static void read_look(const struct yaml_node *node, struct briefing_schedule *schedule,
                      struct problems *problems)
{
    const char *language = yaml_read_text(node, "language", "nl", problems);
    const char *paper = yaml_read_text(node, "paper", "A4", problems);
    static const char *const sinces[] = {"previous", NULL};
    schedule->has_languages = !yaml_is_null(yaml_find(node, "language"));
    schedule->has_paper = !yaml_is_null(yaml_find(node, "paper"));
    schedule->marks_changes = !yaml_is_null(yaml_find(node, "since"));
    yaml_read_choice(node, "since", sinces, 0, problems);
    const char *format = yaml_read_text(node, "format", "pdf", problems);
    if (!language_pair_parse(language, &schedule->languages)) {
        yaml_problem(yaml_find(node, "language"), problems,
                     "must be one or two of nl, en, fr and de, such as nl,en");
    }
    if (!paper_parse(paper, &schedule->paper)) {
        yaml_problem(yaml_find(node, "paper"), problems, "must be A5, A4, A3, A2, A1 or A0");
    }
    if (!briefing_format_parse(format, &schedule->format)) {
        yaml_problem(yaml_find(node, "format"), problems, "must be pdf, svg or png");
    }
    schedule->has_orientation = !yaml_is_null(yaml_find(node, "landscape"));
    schedule->is_landscape = yaml_read_bool(node, "landscape", false, problems);
}

static void read_name(const struct yaml_node *node, const char *every, struct briefing_schedules *schedules,
                      struct problems *problems)
{
    struct briefing_schedule *schedule = &schedules->items[schedules->count - 1];
    char name[BRIEFING_SCHEDULE_NAME_BYTES];
    snprintf(name, sizeof(name), "%.64s-%s", schedule->map ? schedule->map->id : "", every);
    schedule->name = memory_copy_text(yaml_read_text(node, "name", name, problems));
    if (strlen(schedule->name) > 80 || strchr(schedule->name, '/') || !*schedule->name) {
        yaml_problem(yaml_find(node, "name"), problems, "must be 1 to 80 bytes without '/'");
    }
    for (size_t i = 0; i + 1 < schedules->count; i++) {
        if (strcmp(schedules->items[i].name, schedule->name) == 0) {
            yaml_problem(node, problems, "there is a schedule '%s' already: give this one a name",
                         schedule->name);
        }
    }
}

static void read_template(const struct yaml_node *node, const struct config *config,
                          struct briefing_schedule *schedule, struct problems *problems)
{
    const char *id = yaml_read_text(node, "template", "", problems);
    schedule->template_id = memory_copy_text(id);
    bool is_unknown = *id && config->templates && !templates_find(config->templates, id) &&
                      !templates_is_refused(config->templates, id, NULL);
    if (strlen(id) > 64 || is_unknown) {
        yaml_problem(yaml_find(node, "template"), problems, "there is no template '%.80s'", id);
    }
}

static void read_schedule(const struct yaml_node *node, const struct config *config,
                          struct briefing_schedules *schedules, struct problems *problems)
{
    static const char *const known[] = {"map",      "every", "areas",     "from",   "until",
                                        "language", "paper", "landscape", "format", "name",
                                        "template", "since", NULL};
    if (yaml_kind(node) != YAML_MAPPING) {
        yaml_problem(node, problems, "must be a schedule: map, every, and what more there is to say");
        return;
    }
    struct briefing_schedule *schedule = &schedules->items[schedules->count++];
    yaml_check_keys(node, known, problems);
    schedule->map = read_map(node, config->maps, problems);
    read_template(node, config, schedule, problems);
    const char *every = read_every(node, schedule, problems);
    schedule->from_ms = read_moment(node, "from", MOMENT_NONE, problems);
    schedule->until_ms = read_moment(node, "until", MOMENT_FOREVER, problems);
    if (schedule->until_ms <= schedule->from_ms) {
        yaml_problem(yaml_find(node, "until"), problems, "must be later than from");
    }
    read_areas(node, schedule, problems);
    read_look(node, schedule, problems);
    read_name(node, every, schedules, problems);
}

struct briefing_schedules *briefing_schedules_read(const struct yaml_node *list, const struct config *config,
                                                   struct problems *problems)
{
    struct briefing_schedules *schedules = memory_new(1, sizeof(*schedules));
    size_t count = list ? yaml_count(list) : 0;
    if (count > BRIEFING_SCHEDULE_MOST) {
        yaml_problem(list, problems, "has more than %d schedules", BRIEFING_SCHEDULE_MOST);
        count = BRIEFING_SCHEDULE_MOST;
    }
    schedules->items = memory_new(count, sizeof(*schedules->items));
    for (size_t i = 0; i < count; i++) {
        read_schedule(yaml_at(list, i), config, schedules, problems);
    }
    return schedules;
}

void briefing_schedules_free(struct briefing_schedules *schedules)
{
    for (size_t i = 0; schedules && i < schedules->count; i++) {
        free(schedules->items[i].name);
        free(schedules->items[i].template_id);
        free(schedules->items[i].areas);
    }
    if (schedules) {
        free(schedules->items);
    }
    free(schedules);
}
