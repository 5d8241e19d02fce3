#include "symbology/import/style_write.h"

#include <math.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "symbology/import/style_arrange.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_losses.h"
#include "symbology/import/style_write_rule.h"
#include "symbology/import/yaml_text.h"
#include "symbology/plain_text.h"

#define MOST_RULES 256   /* of a style: symbology/style.c */
#define MOST_CLASSES 256 /* of a raster: symbology/style.c */

static size_t write_rules(const struct draft_layer *layer, int indent, struct style_losses *losses,
                          struct buffer *yaml)
{
    struct arranged_rules arranged;
    style_arrange(layer, MOST_RULES, losses, &arranged);
    size_t count = arranged.count;
    if (count > 0) {
        buffer_appendf(yaml, "%*srules:\n", indent, "");
    }
    for (size_t i = 0; i < count; i++) {
        style_write_rule(&arranged.items[i], indent + 2, losses, yaml);
    }
    arranged_rules_finish(&arranged);
    return count;
}

static void append_colour(struct buffer *yaml, struct colour colour)
{
    char text[10];
    buffer_appendf(yaml, "\"%s\"", colour_format(colour, text));
}

static void write_ramp_stop(const struct draft_class *stop, int indent, struct buffer *yaml)
{
    buffer_appendf(yaml, "%*s- [", indent, "");
    yaml_append_number(yaml, stop->min);
    buffer_append_text(yaml, ", ");
    append_colour(yaml, stop->colour);
    buffer_append_text(yaml, "]\n");
}

static void append_limit(struct buffer *yaml, const char *key, double value)
{
    if (isfinite(value)) {
        buffer_appendf(yaml, "%s: ", key);
        yaml_append_number(yaml, value);
        buffer_append_text(yaml, ", ");
    }
}

static void write_class(const struct draft_class *value_class, int indent, struct buffer *yaml)
{
    buffer_appendf(yaml, "%*s- {", indent, "");
    if (value_class->min == value_class->below) {
        append_limit(yaml, "value", value_class->min);
    } else {
        append_limit(yaml, "min", value_class->min);
        append_limit(yaml, "below", value_class->below);
    }
    buffer_append_text(yaml, "colour: ");
    append_colour(yaml, value_class->colour);
    if (value_class->title && value_class->title[0] != '\0' &&
        !plain_text_refusal(value_class->title, strlen(value_class->title))) {
        buffer_append_text(yaml, ", title: ");
        yaml_append_text(yaml, value_class->title);
    }
    buffer_append_text(yaml, "}\n");
}

static size_t write_raster(const struct draft_layer *layer, int indent, struct style_losses *losses,
                           struct buffer *yaml)
{
    const struct draft_raster *raster = &layer->raster;
    if (!raster->is_there) {
        return 0;
    }
    buffer_appendf(yaml, "%*sraster:\n%*sopacity: ", indent, "", indent + 2, "");
    yaml_append_px(yaml, raster->opacity);
    buffer_append_text(yaml, "\n");
    if (raster->is_hillshade) {
        buffer_appendf(yaml, "%*shillshade: true\n", indent + 2, "");
    }
    size_t count = raster->class_count;
    if (count > MOST_CLASSES) {
        style_lose(losses, (struct style_origin){0, layer->name},
                   "the raster has %zu colours, more than %d: the last are left out", count, MOST_CLASSES);
        count = MOST_CLASSES;
    }
    if (count > 0) {
        buffer_appendf(yaml, "%*s%s:\n", indent + 2, "", raster->is_ramp ? "ramp" : "classes");
    }
    for (size_t i = 0; i < count; i++) {
        (raster->is_ramp ? write_ramp_stop : write_class)(&raster->classes[i], indent + 4, yaml);
    }
    return 1;
}

size_t style_write(const struct draft_layer *layer, int indent, struct style_losses *losses,
                   struct buffer *yaml)
{
    size_t count = write_rules(layer, indent, losses, yaml);
    return count + write_raster(layer, indent, losses, yaml);
}
