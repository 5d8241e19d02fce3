#include "symbology/import/style_draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "symbology/import/style_filter.h"

struct draft_layer *style_draft_layer(struct style_draft *draft, const char *name)
{
    for (size_t i = 0; i < draft->layer_count; i++) {
        if (strcmp(draft->layers[i].name, name) == 0) {
            return &draft->layers[i];
        }
    }
    draft->layers = memory_resize(draft->layers, draft->layer_count + 1, sizeof *draft->layers);
    struct draft_layer *layer = &draft->layers[draft->layer_count++];
    *layer = (struct draft_layer){.name = memory_copy_text(name), .raster.opacity = 1};
    return layer;
}

struct draft_rule *draft_layer_add_rule(struct draft_layer *layer)
{
    layer->rules = memory_resize(layer->rules, layer->rule_count + 1, sizeof *layer->rules);
    struct draft_rule *rule = &layer->rules[layer->rule_count++];
    *rule = (struct draft_rule){.max_denominator = INFINITY, .label.offset_px = -1};
    return rule;
}

void draft_raster_add_class(struct draft_raster *raster, struct draft_class value_class)
{
    raster->classes = memory_resize(raster->classes, raster->class_count + 1, sizeof *raster->classes);
    raster->classes[raster->class_count++] = value_class;
}

void draft_rule_finish(struct draft_rule *rule)
{
    free(rule->title);
    free(rule->path);
    free(rule->mark.rotation_attribute);
    free(rule->label.text);
    filter_free(rule->filter);
    *rule = (struct draft_rule){0};
}

static void finish_layer(struct draft_layer *layer)
{
    for (size_t i = 0; i < layer->rule_count; i++) {
        draft_rule_finish(&layer->rules[i]);
    }
    for (size_t i = 0; i < layer->raster.class_count; i++) {
        free(layer->raster.classes[i].title);
    }
    free(layer->rules);
    free(layer->raster.classes);
    free(layer->name);
}

void style_draft_finish(struct style_draft *draft)
{
    for (size_t i = 0; i < draft->layer_count; i++) {
        finish_layer(&draft->layers[i]);
    }
    free(draft->layers);
    *draft = (struct style_draft){0};
}

bool draft_rule_is_visible(const struct draft_rule *rule)
{
    return rule->fill.kind != FILL_NONE || rule->stroke_count > 0 || rule->marks.mark || rule->mark.shape ||
           rule->label.text;
}
