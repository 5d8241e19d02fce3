#include "render/service/briefing/briefing_template.h"

#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/briefing/template.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"

#define NAMES_MOST_BYTES 400

static void set_not_found(const struct config *config, const char *id, struct fault *fault)
{
    struct buffer names;
    buffer_init(&names, NAMES_MOST_BYTES);
    for (size_t i = 0; i < templates_count(config->templates); i++) {
        buffer_appendf(&names, "%s%s", i ? ", " : "", templates_at(config->templates, i)->id);
    }
    fault_set(fault, FAULT_NOT_FOUND, "there is no template '%.80s'; there are: %s", id,
              names.length ? names.bytes : "none");
    buffer_finish(&names);
}

const struct template *briefing_template_find(const struct config *config, const struct order *order,
                                              struct fault *fault)
{
    const char *id = order->briefing.template[0] ? order->briefing.template : "situation";
    const struct template *template = templates_find(config->templates, id);
    if (!template && !templates_is_refused(config->templates, id, fault)) {
        set_not_found(config, id, fault);
    }
    return template;
}

/* The highest level of the plots that the map shows: the last by name. */
static void fill_grip(const struct config *config, struct order *order)
{
    const struct map *map = maps_find(config->maps, order->view.map);
    const char *highest = "";
    for (size_t i = 0; map && i < map->item_count; i++) {
        const char *grip = map->items[i].plot ? config_grip(config, map->items[i].plot) : "";
        highest = strcmp(grip, highest) > 0 ? grip : highest;
    }
    snprintf(order->briefing.grip, sizeof(order->briefing.grip), "%s", highest);
}

bool briefing_template_fill(const struct config *config, struct order *order, struct briefing_given given,
                            struct fault *fault)
{
    const struct template *template = briefing_template_find(config, order, fault);
    struct order_briefing *briefing = &order->briefing;
    if (!briefing->grip[0]) {
        fill_grip(config, order);
    }
    if (!template || !briefing->template[0]) {
        return template != NULL;
    }
    if (!given.paper) {
        briefing->paper = template->paper;
    }
    if (!given.orientation) {
        briefing->is_landscape = template->is_landscape;
    }
    if (!given.crs && template->crs_code[0]) {
        snprintf(briefing->crs_code, sizeof(briefing->crs_code), "%s", template->crs_code);
    }
    if (!given.scale && template->scale_denominator > 0) {
        briefing->scale_denominator = template->scale_denominator;
    }
    if (!given.language && template->has_languages) {
        order_view_speak(&order->view, template->languages);
    }
    if (template->kind == TEMPLATE_COMPARISON && !briefing->since.is_given) {
        briefing->since.wants_previous = true;
    }
    return true;
}
